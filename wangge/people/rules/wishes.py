"""What commands are asked to do, and what they answer: frozen values that a door, an import or a phone can make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

FieldValue = str | bool | None
"""A new value of a field: text, a day as YYYY-MM-DD, a resident's id as text, yes or no, or nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResident:
    """A person as somebody writes them down.

    ``id_kind`` names a document whose number tells no kind (``passport``...), or ``none`` for somebody without papers.
    ``number_confirmed`` says that somebody looked: another person in the register has the same number all the same.
    """

    id: UUID
    name: str = ""
    sex: str = ""
    birth_on: date | None = None
    id_number: str = ""
    id_kind: str = ""
    phones: tuple[str, ...] = ()
    relation: str = "unknown"
    is_head: bool = False
    presence: str = "living_here"
    guardian: UUID | None = None
    number_confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewHousehold:
    """A household with its members; ``area`` is its dwelling, or the grid, building or community of one without."""

    id: UUID
    area: int
    members: tuple[NewResident, ...] = ()
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something about a resident that was kept and should be looked at, by a code such as ``id_check_digit``."""

    resident: UUID
    code: str


@dataclass(frozen=True, slots=True)
class HouseholdAdded:
    """A household that is now in the register, its members in the order given, and what should be looked at."""

    household: UUID
    residents: tuple[UUID, ...]
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class ResidentAdded:
    """A resident who is now in the register."""

    resident: UUID
    household: UUID
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Joiner:
    """A new member of a household that is already there."""

    household: UUID
    resident: NewResident


@dataclass(frozen=True, slots=True)
class Correction:
    """New values for fields of one resident: name, sex, birth_on, id_number, id_kind, phones, relation, is_head,
    presence, guardian. Phones come as one text, parted by line breaks.

    ``seen`` holds the clock of each value the writer saw (none for a value never edited); None when the writer has
    the present values before its eyes, as an import has.
    """

    resident: UUID
    values: Mapping[str, FieldValue]
    seen: Mapping[str, str] | None = None
    number_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdCorrection:
    """New values for the note or the written address of a household; ``seen`` as for residents."""

    household: UUID
    values: Mapping[str, str]
    seen: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Corrected:
    """What became of a correction, by field: written, beaten by a later one, or waiting because both differ."""

    subject: UUID
    applied: tuple[str, ...] = ()
    superseded: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Mover:
    """Somebody who goes to another household, and what they are there."""

    resident: UUID
    relation: str = "unknown"
    is_head: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """Where residents or a household went, and the households that closed because nobody was left."""

    household: UUID
    residents: tuple[UUID, ...]
    closed: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Departure:
    """Somebody who moved out of the register's area on a day."""

    resident: UUID
    on: date


@dataclass(frozen=True, slots=True)
class Departed:
    """Residents who are no longer counted, and the households that closed because nobody was left."""

    residents: tuple[UUID, ...]
    closed: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFlag:
    """A wish to flag a resident; ``until_on`` is the first day on which it no longer holds.

    ``origin`` is the code of the province or prefecture where a returnee or visitor came from or where somebody still
    is, ``came_on`` the day on which they arrived here.
    """

    id: UUID
    resident: UUID
    reason: str
    until_on: date
    from_on: date
    review_on: date | None = None
    note: str = ""
    basis: str = ""
    origin: str = ""
    came_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewStay:
    """A resident who sleeps at another household's door from a day, until a day if it is known."""

    id: UUID
    resident: UUID
    household: UUID
    from_on: date
    until_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Joined:
    """Two rows made one: the joining by which it can be undone, and the household that closed, if one did."""

    joining: UUID
    kept: UUID
    gone: UUID
    closed: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class NewHouseholdSplit:
    """The household that splits off: its own id, its area (the old one's dwelling when None), its members."""

    id: UUID
    members: tuple[Mover, ...]
    area: int | None = None
    address: str = ""
    note: str = ""
