"""Keying a printed page: one row at a time, each saved by itself with the time that stands on the paper."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from wangge.access.viewing import Viewer
from wangge.flows.door_visit import DoorRecorded, DoorSeen, record_doors
from wangge.flows.visit_sheet import visit_identity
from wangge.journal.commanding import command
from wangge.journal.rules import canonical
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.surveys.models import PaperSheet, SurveyRound
from wangge.surveys.rules import DoorState, VisitSeen
from wangge.surveys.rules.answers import RECORD, Filling


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedRow:
    """What is written in one row: state, when, by whom, when to come again, and the answers of a questionnaire."""

    state: DoorState
    at: datetime
    worker: UUID | None = None
    revisit_at: datetime | None = None
    seen: tuple[UUID, ...] = ()
    remarks: str = ""
    answers: Mapping[str, Any] | None = None
    read_aloud: bool = False


@command
def key_row(*, stamp: Stamp, actor: Viewer, sheet: UUID, row: int, keyed: KeyedRow) -> DoorRecorded:
    """Record one row of a printed page: visit and answers together, or neither.

    Two clerks who key the same row in the same words make one record; in different words both are kept, and what
    contradicts is asked. Refused for a page or row that is unknown, and for answers that cannot be read.
    """
    page = PaperSheet.objects.filter(id=sheet).first()
    if page is None or not actor.permits(RECORD, page.path):
        raise Refused("answers.sheet_unknown")
    if not 1 <= row <= len(page.rows):
        raise Refused("answers.row_unknown")
    if keyed.at > stamp.received_at:
        raise Refused("surveys.visit_ahead")
    home = UUID(page.rows[row - 1])
    done = record_doors(stamp=stamp, actor=actor, doors=[_door(actor, page, home, keyed)])[0]
    for outcome in (done.visit, done.filling):
        if outcome is not None and outcome.code:
            raise Refused(outcome.code)
    return done


def _door(actor: Viewer, page: PaperSheet, home: UUID, keyed: KeyedRow) -> DoorSeen:
    worker = keyed.worker or actor.account_id
    visit = VisitSeen(
        id=visit_identity(home, keyed.at, keyed.state, worker),
        household=home,
        state=keyed.state,
        at=keyed.at,
        seen=keyed.seen,
        remarks=keyed.remarks,
        revisit_at=keyed.revisit_at,
        worker=worker,
    )
    asks = SurveyRound.objects.filter(id=page.round_id).values_list("questionnaire", flat=True).first()
    if keyed.answers is None or asks is None:
        return DoorSeen(visit=visit)
    filling = Filling(
        id=uuid5(visit.id, canonical(dict(keyed.answers)).decode()),
        questionnaire=asks,
        household=home,
        at=keyed.at,
        source="paper",
        answers=keyed.answers,
        round=page.round_id,
        visit=visit.id,
        observer=worker,
        read_aloud=keyed.read_aloud,
    )
    return DoorSeen(visit=visit, filling=filling)
