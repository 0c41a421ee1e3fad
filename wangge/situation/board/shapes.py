"""What a board tells, as frozen values."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from wangge.situation.board.sweep import Sweep
from wangge.situation.comparison.queries import Comparing
from wangge.surveys.queries import HourCount
from wangge.surveys.rules.rounds import Numbers

DUE, OPEN = "doors_due", "doors_open"


@dataclass(frozen=True, slots=True)
class Patch:
    """An area as a board names it."""

    id: int
    code: str | None
    name: str
    path: str
    level: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """An area below with its own counters, what changed there in the last hour, and where the open round stands."""

    area: Patch
    counters: dict[str, int]
    hour: HourCount = field(default_factory=HourCount)
    swept: Numbers | None = None


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building or villagers' group: its due doors, how many are done today and in the open round, and whose it is."""

    area: Patch
    due: int
    done: int
    worker: UUID | None
    login: str
    worker_name: str
    swept: int = 0

    @property
    def open(self) -> int:
        """How many doors are left today."""
        return self.due - self.done


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """What a worker has in hand in this area; without a worker: doors that are nobody's."""

    worker: UUID | None
    login: str
    name: str
    due: int
    done: int
    swept: int = 0

    @property
    def open(self) -> int:
        """How many doors are left today."""
        return self.due - self.done


@dataclass(frozen=True, slots=True)
class TeamLine:
    """A grid (or community without grids) in a comparison: its place by open doors, 1 for the most."""

    place: int
    area: Patch
    above: str
    due: int
    open: int

    @property
    def done(self) -> int:
        """How many doors are done today."""
        return self.due - self.open


@dataclass(frozen=True, slots=True)
class TrendDay:
    """What happened on one day: visits, doors done, persons seen."""

    day: date
    visits: int
    done: int
    seen: int


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened in the last hour: its code, when (None: some time in the hour), where, how much.

    ``name`` is the name of a list or a stairwell, never of a person.
    """

    code: str
    at: datetime | None
    area: Patch | None
    number: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What changed since an instant 60 to 75 minutes ago, and the latest things that happened."""

    since: datetime
    hour: HourCount
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class OverdueList:
    """A list past its deadline, with how many of its rows in the area nobody has answered."""

    id: UUID
    area: int
    path: str
    name: str
    source: str
    deadline: datetime
    rows: int


@dataclass(frozen=True, slots=True)
class Gaps:
    """What is missing: births, owners of doors, answers to lists; contradictions are None where none are counted."""

    births: int
    unowned: int
    doorless: int
    contradictions: int | None
    overdue: tuple[OverdueList, ...]

    @property
    def overdue_rows(self) -> int:
        """How many rows of lists are past their deadline."""
        return sum(one.rows for one in self.overdue)


@dataclass(frozen=True, slots=True)
class Board:
    """What is known of an area on a local day, as of the sealed line ``seq``.

    ``silent`` may be cut off; ``silent_count`` is how many there are. ``changed`` is only known of today.
    """

    area: Patch
    day: date
    at: datetime
    seq: int
    counters: dict[str, int]
    children: tuple[Child, ...]
    buildings: tuple[BuildingLine, ...]
    workers: tuple[WorkerLine, ...]
    silent: tuple[Patch, ...]
    silent_count: int
    trend: tuple[TrendDay, ...]
    changed: Changed | None
    gaps: Gaps | None
    comparing: Comparing | None
    teams: tuple[TeamLine, ...]
    sweep: Sweep | None
