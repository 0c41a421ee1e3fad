"""Starting, closing and reopening survey rounds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import contains
from wangge.kernel.periods import day_start
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.stillness import hold_alone
from wangge.surveys import kinds, round_doors
from wangge.surveys.models import Questionnaire, SurveyRound
from wangge.surveys.queries.rounds import numbers_of
from wangge.surveys.rules.rounds import MANAGE, TEXT_LIMIT, RoundWish, wish_fault


@dataclass(frozen=True, slots=True)
class RoundStarted:
    """A round that was started, and how many doors are due in it."""

    round: UUID
    due: int


@command
def start_round(
    *,
    stamp: Stamp,
    actor: Viewer,
    area: int,
    name: str,
    purpose: str,
    basis: str,
    from_on: date,
    until_on: date,
    deadline: datetime | None = None,
    questionnaire: UUID | None = None,
    before: UUID | None = None,
) -> RoundStarted:
    """Order a sweep of an area; visits of its days that are recorded already count. ``before`` is the round it repeats.

    ``until_on`` is the first day that is no longer part of it; without a deadline it is due when the last day ends.
    Refused outside the actor's areas, without name, purpose or basis, for days that are reversed or too many, for a
    name that another round of the area has, and for questions that are not published for households here.
    """
    hold_alone()
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, home.path)
    wish = RoundWish(
        name=" ".join(name.split()), purpose=purpose.strip(), basis=basis.strip(), from_on=from_on, until_on=until_on,
        deadline=deadline or day_start(until_on, stamp.zone),
    )  # fmt: skip
    if fault := wish_fault(wish, begins_at=day_start(from_on, stamp.zone)):
        raise Refused(fault[0], **fault[1])
    if SurveyRound.objects.filter(area=home, name=wish.name).exists():
        raise Refused("rounds.name_taken", name=wish.name)
    row = _open(stamp, actor, home, wish, questions=_questions(home, questionnaire), before=_before(home, before))
    round_doors.fill_rounds([round_doors.span_of(row)])
    due = numbers_of(row, row.path).due
    _note(stamp, actor, row, kinds.ROUND_STARTED, due=due)
    return RoundStarted(row.id, due)


def _open(
    stamp: Stamp, actor: Viewer, home: Area, wish: RoundWish, *,
    questions: Questionnaire | None, before: SurveyRound | None,
) -> SurveyRound:  # fmt: skip
    return SurveyRound.objects.create(
        id=uuid7(),
        area=home,
        path=home.path,
        name=wish.name,
        purpose=wish.purpose,
        basis=wish.basis,
        questionnaire=questions,
        from_on=wish.from_on,
        until_on=wish.until_on,
        deadline=wish.deadline,
        before=before,
        opened_by_id=actor.account_id,
        opened_at=stamp.received_at,
    )


def _questions(home: Area, questionnaire: UUID | None) -> Questionnaire | None:
    """Return the questions of a round; refused unless they are published for households of the area."""
    if questionnaire is None:
        return None
    row = Questionnaire.objects.filter(id=questionnaire).first()
    if row is None or not contains(row.path, home.path):
        raise Refused("rounds.questions_unknown")
    if row.state != "published":
        raise Refused("rounds.questions_unpublished")
    if row.definition.get("subject") == "place":
        raise Refused("rounds.questions_of_places")
    return row


def _before(home: Area, before: UUID | None) -> SurveyRound | None:
    """Return the round that is repeated; refused as unknown unless it lay on this area, around it or in it."""
    if before is None:
        return None
    row = SurveyRound.objects.filter(id=before).first()
    near = row is not None and (contains(row.path, home.path) or contains(home.path, row.path))
    if row is None or not near:
        raise Refused("rounds.round_unknown")
    return row


@command
def close_round(*, stamp: Stamp, actor: Viewer, round: UUID, note: str = "") -> UUID:
    """Close a round: the numbers of this instant are kept with it for ever; late visits are counted apart from them.

    Refused for an unknown round and for one that is closed.
    """
    hold_alone()
    row = _locked(actor, round)
    if row.closed_at is not None:
        raise Refused("rounds.closed_already", name=row.name)
    if len(note.strip()) > TEXT_LIMIT:
        raise Refused("rounds.text_too_long", limit=TEXT_LIMIT)
    found = numbers_of(row, row.path)
    row.final = {"due": found.due, "by_state": dict(found.by_state)}
    row.closed_by_id, row.closed_at, row.close_note = actor.account_id, stamp.received_at, note.strip()
    row.save(update_fields=["final", "closed_by", "closed_at", "close_note"])
    _note(stamp, actor, row, kinds.ROUND_CLOSED, due=found.due, done=found.done)
    return row.id


@command
def reopen_round(*, stamp: Stamp, actor: Viewer, round: UUID) -> UUID:
    """Open a closed round again: households that moved, came or went since are followed. Refused for an open one."""
    hold_alone()
    row = _locked(actor, round)
    if row.closed_at is None:
        raise Refused("rounds.open_already", name=row.name)
    row.final, row.closed_by, row.closed_at, row.close_note = None, None, None, ""
    row.save(update_fields=["final", "closed_by", "closed_at", "close_note"])
    round_doors.fill_rounds([round_doors.span_of(row)])
    _note(stamp, actor, row, kinds.ROUND_REOPENED)
    return row.id


def _locked(actor: Viewer, round_id: UUID) -> SurveyRound:
    """Return a round, locked; refused as unknown where the actor does not order rounds."""
    row = SurveyRound.objects.select_for_update(of=("self",)).select_related("area").filter(id=round_id).first()
    if row is None or not actor.holds_at(MANAGE, row.path):
        raise Refused("rounds.round_unknown")
    require(actor, MANAGE, row.path)
    return row


def _note(stamp: Stamp, actor: Viewer, row: SurveyRound, kind: str, **facts: int) -> None:
    said: dict[str, Any] = {"round": str(row.id), "area": row.area_id, **facts}
    record(stamp=stamp, actor=actor, entries=[Entry(kind, row.area.grid_path or row.path, said, subject=row.id)])
