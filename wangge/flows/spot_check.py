"""A second look at a door: the answers are kept beside the first ones, and the two are compared, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.surveys.commands import record_responses
from wangge.surveys.commands.spotchecks import CheckDone, record_check
from wangge.surveys.models import SpotCheck
from wangge.surveys.rules import DoorState
from wangge.surveys.rules.answers import RECORD, Filling


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckSeen:
    """What a second person found at a door; ``id`` is that of their answers, where there are any."""

    id: UUID
    state: DoorState
    at: datetime
    note: str = ""
    questionnaire: UUID | None = None
    answers: Mapping[str, Any] | None = None
    read_aloud: bool = False


@command
def look_again(*, stamp: Stamp, actor: Viewer, check: UUID, seen: CheckSeen) -> CheckDone:
    """Record a second look: answers with the source ``check``, and how far they agree with the first.

    No visit is made of it, so that the round's doors and counts stay as they are; nothing goes to the register.
    Refused as ``record_check``, and for answers that do not fit.
    """
    row = SpotCheck.objects.filter(id=check).first()
    if row is None or not actor.permits(RECORD, row.path):
        raise Refused("answers.check_unknown")
    sheet = None
    if seen.answers is not None and seen.questionnaire is not None:
        filling = Filling(
            id=seen.id,
            questionnaire=seen.questionnaire,
            household=row.household_id,
            at=seen.at,
            source="check",
            answers=seen.answers,
            round=row.round_id,
            read_aloud=seen.read_aloud,
        )
        outcome = record_responses(stamp=stamp, actor=actor, fillings=[filling])[0]
        if outcome.code:
            raise Refused(outcome.code)
        sheet = seen.id
    return record_check(
        stamp=stamp, actor=actor, check=check, state=seen.state.value, at=seen.at, note=seen.note, sheet=sheet
    )
