"""What planning an import works with: the register as it is, and the rows with what is to be done."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from wangge.flows.import_roster.rows import RosterRow
from wangge.flows.import_roster.states import Action, AskKind, Outcome
from wangge.planning.matching import Door, Subject

Index = bytes
"""A keyed index of a telephone or of a row, compared instead of what it stands for."""

Place = dict[str, str | int | None]
"""Somebody whom a row may be: sheet and row in the file, resident, household."""


@dataclass(frozen=True, slots=True)
class Registered:
    """Somebody the register knows, as far as matching needs; ``living`` is False for who left or died."""

    resident: UUID
    household: UUID
    door: str
    subject: Subject
    living: bool = True
    relation: str = "unknown"
    is_head: bool = False
    phones: frozenset[Index] = frozenset()

    def place(self) -> "Place":
        """Return this person as somebody whom a row may be."""
        return {"sheet": None, "row": None, "resident": str(self.resident), "household": str(self.household)}


@dataclass(frozen=True, slots=True)
class Remembered:
    """A row that an earlier import of the area had as well: the resident it became, or that it still waits."""

    resident: UUID | None
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """The register around an area at one moment: people, households at doors, buildings with units, rows known."""

    people: Sequence[Registered] = ()
    doors: Mapping[str, Sequence[Door]] = field(default_factory=dict)
    with_units: frozenset[str] = frozenset()
    without_units: frozenset[str] = frozenset()
    remembered: Mapping[Index, Remembered] = field(default_factory=dict)
    phone_index: Callable[[str], Index] = str.encode
    sizes: dict[UUID, int] = field(default_factory=dict)

    def size_of(self, household: UUID) -> int:
        """Return how many people live in a household as far as the register knows; counted once for all of them."""
        if not self.sizes:
            for one in self.people:
                if one.living:
                    self.sizes[one.household] = self.sizes.get(one.household, 0) + 1
        return self.sizes.get(household, 0)


_NOTHING: dict[str, str | bool] = {}


def _nothing() -> Mapping[str, str | bool]:
    """Return what a row fills that fills nothing: one for all of them."""
    return _NOTHING


@dataclass(slots=True)
class PlannedRow:
    """A row with what is to be done: ``fill`` are values the register lacks, ``phones`` those it has not."""

    at: int
    sheet: str | None
    row: int
    person: RosterRow | None = None
    fingerprint: Index | None = None
    action: Action = Action.LEFT
    outcome: Outcome = Outcome.SKIPPED
    household: UUID | None = None
    resident: UUID | None = None
    fill: Mapping[str, str | bool] = field(default_factory=_nothing)
    phones: tuple[str, ...] = ()
    codes: Sequence[tuple[str | None, str]] = ()
    folded: int | None = None
    known: Registered | None = None
    chunk: int = 0


@dataclass(slots=True)
class PlannedAsk:
    """A question: the rows that wait (positions), the place of each row in question, and whom they may be."""

    kind: AskKind
    reason: str
    waiting: list[int]
    candidates: list[Place]
    score: float


@dataclass(slots=True)
class Plan:
    """Everything an import will do."""

    rows: list[PlannedRow]
    asks: list[PlannedAsk]
    letter: Callable[[str | None, str], str | None]

    def say(self, row: PlannedRow, code: str, name: str) -> None:
        """Report a code at the column of a field in a row."""
        row.codes = [*row.codes, (self.letter(row.sheet, name), code)]

    def place(self, row: PlannedRow) -> Place:
        """Return a row as somebody whom another may be."""
        return {
            "sheet": row.sheet,
            "row": row.row,
            "resident": str(row.resident) if row.resident else None,
            "household": str(row.household) if row.household else None,
        }
