"""A questionnaire at one door: what is asked, of whom, and what was said last."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.kernel.paths import contains
from wangge.kernel.refused import Refused
from wangge.people.commands.writing import phones_of
from wangge.people.models import Resident
from wangge.people.rules.codes import ResidentState
from wangge.privacy.masks import mask_phone
from wangge.situation.rounds import DoorForm, door_form
from wangge.surveys.answered import definition_of
from wangge.surveys.models import Questionnaire
from wangge.surveys.queries.answers import LastSaid, last_said
from wangge.surveys.queries.rounds import RoundHead, round_of
from wangge.surveys.rules.questionnaires import Context, Definition, Member


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A round's questionnaire at a door: ``names`` say how each member is called on the page."""

    round: RoundHead
    door: DoorForm
    questionnaire: UUID
    code: str
    definition: Definition
    context: Context
    names: Mapping[str, str]
    last: LastSaid | None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages in which it may be asked."""
        return self.definition.languages

    def begun(self) -> dict[str, Any]:
        """Return what was said last as a filling that may be begun with: of those who live here now."""
        if self.last is None:
            return {}
        here = {member.id for member in self.context.members}
        return {
            name: [one for one in value if not isinstance(one, dict) or one.get("resident") in here]
            if isinstance(value, list)
            else value
            for name, value in self.last.answers.items()
        }


def asking_at(*, viewer: Viewer, round: UUID, household: UUID, on: date, now: datetime) -> Asking:
    """Return what a round asks at a door; refused as unknown out of reach or outside the round.

    ``answers.round_asks_nothing`` where the round has no questionnaire.
    """
    head = round_of(viewer=viewer, round=round)
    door = door_form(viewer=viewer, household=household, on=on)
    if not contains(head.path, door.area_path):
        raise Refused("answers.round_unknown")
    paper = Questionnaire.objects.filter(id=head.questionnaire).first() if head.questionnaire else None
    if paper is None:
        raise Refused("answers.round_asks_nothing")
    people = Resident.objects.filter(household=household, state=ResidentState.LIVING)
    members = tuple(
        Member(id=str(row.id), name=row.name, birth_on=row.birth_on, sex=row.sex)
        for row in people.order_by("-is_head", "added_at", "id")
    )
    return Asking(
        round=head,
        door=door,
        questionnaire=paper.id,
        code=paper.code,
        definition=definition_of(paper),
        context=Context(today=on, now=now, members=members),
        names={str(id_): name for id_, name in door.members},
        last=last_said(viewer=viewer, household=household, code=paper.code),
    )


def register_says(subject: UUID, bind: str) -> str:
    """Return what the register says now in the field of a resident that a question is bound to; telephones masked."""
    row = Resident.objects.filter(id=subject).first()
    if row is None:
        return ""
    if bind == "resident.phone":
        return "、".join(mask_phone(number) for number in phones_of([row]).get(row.id, ()))
    value = getattr(row, bind.removeprefix("resident."), "")
    return value.isoformat() if isinstance(value, date) else str(value or "")
