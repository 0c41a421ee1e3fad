"""Questionnaires on paper: what is asked of each household."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.people.queries import member_names
from wangge.surveys.answered import definition_of
from wangge.surveys.models import Questionnaire
from wangge.surveys.queries.rounds import round_of
from wangge.surveys.rules.questionnaires import Definition


@dataclass(frozen=True, slots=True)
class FormOfHousehold:
    """The questionnaire of a round for one household, with the names of its members."""

    household: UUID
    definition: Definition
    names: tuple[str, ...]


def forms_of(*, viewer: Viewer, round: UUID, households: Sequence[UUID]) -> list[FormOfHousehold]:
    """Return the questionnaire of a round for each household, none where the round has none."""
    head = round_of(viewer=viewer, round=round)
    paper = Questionnaire.objects.filter(id=head.questionnaire).first() if head.questionnaire else None
    if paper is None:
        return []
    names = member_names(viewer=viewer, households=households)
    asked = definition_of(paper)
    return [FormOfHousehold(home, asked, tuple(name for _, name in names.get(home, ()))) for home in households]
