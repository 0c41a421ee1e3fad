"""The values of rows as rules see them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class HouseholdTerms:
    """A household: where it stands and whether it has a dwelling."""

    id: UUID
    path: str
    grid_path: str
    state: str
    has_dwelling: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentTerms:
    """A resident without anything sealed."""

    id: UUID
    household: UUID
    name: str = ""
    sex: str = ""
    birth_on: date | None = None
    has_number: bool = False
    id_kind: str = ""
    id_doubt: str = ""
    relation: str = "unknown"
    is_head: bool = False
    guardian: UUID | None = None
    presence: str = "living_here"
    state: str = "living"


@dataclass(frozen=True, slots=True)
class FlagTerms:
    """A flag: who, why, from which day, up to but without which day, and whether somebody ended it."""

    id: UUID
    resident: UUID
    reason: str
    from_on: date
    until_on: date
    ended: bool
