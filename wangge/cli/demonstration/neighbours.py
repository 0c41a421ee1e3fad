"""Who lives behind the doors of the invented township, as far as somebody who answers there needs it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from wangge.cli.simulation.answers import Known

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer

GROWN_UP = 40
"""The age of somebody whose birthday nobody wrote down."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody who lives behind a door."""

    id: UUID
    name: str
    known: Known


def neighbours(viewer: "Viewer", household: UUID, on: date) -> Sequence[Neighbour]:
    """Return who lives behind a door, the head first."""
    from wangge.people.queries import household_page
    from wangge.people.rules.codes import Presence

    found = household_page(viewer=viewer, household=household, on=on)
    return [
        Neighbour(one.id, one.name, Known(one.sex, _age(one.birth_on, on), one.presence == Presence.AWAY))
        for one in found.members
    ]


def _age(birth_on: date | None, on: date) -> int:
    if birth_on is None:
        return GROWN_UP
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))
