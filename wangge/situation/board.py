"""The board of an area: numbers from tallies, open doors by building and worker, grids that sent nothing."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from wangge.access.queries import worker_of
from wangge.access.viewing import Viewer, require
from wangge.journal import tallies
from wangge.journal.counters import COUNTERS
from wangge.journal.feed import head
from wangge.kernel.paths import upper
from wangge.kernel.periods import local_day
from wangge.people.rules.codes import DOORS, FLAG_REASONS, HOUSEHOLDS, RESIDENTS, flag_counter
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, COMMUNITY_RANK, GRID_RANK, natural
from wangge.surveys.queries import doors_by_path
from wangge.surveys.rules import DOORS_AGAIN, DOORS_DONE, DOORS_REFUSED, PERSON_TIMES, PERSONS_SEEN, VISITS

READ = "board.read"
DUE, OPEN = "doors_due", "doors_open"
FLAGS = tuple(flag_counter(reason) for reason in FLAG_REASONS)
TALLIED = (
    RESIDENTS, HOUSEHOLDS, DOORS, DOORS_DONE, DOORS_AGAIN, DOORS_REFUSED, VISITS, PERSON_TIMES, PERSONS_SEEN, *FLAGS,
)  # fmt: skip


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
    """An area below with its own counters."""

    area: Patch
    counters: dict[str, int]


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building or villagers' group: its due doors, how many are done, and whose it is."""

    area: Patch
    due: int
    done: int
    worker: UUID | None
    login: str
    worker_name: str

    @property
    def open(self) -> int:
        """How many doors are left."""
        return self.due - self.done


@dataclass(frozen=True, slots=True)
class WorkerLine:
    """What a worker has in hand in this area; without a worker: doors that are nobody's."""

    worker: UUID | None
    login: str
    name: str
    due: int
    done: int

    @property
    def open(self) -> int:
        """How many doors are left."""
        return self.due - self.done


@dataclass(frozen=True, slots=True)
class Board:
    """What is known of an area on a local day, as of the sealed line ``seq``."""

    area: Patch
    day: date
    at: datetime
    seq: int
    counters: dict[str, int]
    children: tuple[Child, ...]
    buildings: tuple[BuildingLine, ...]
    workers: tuple[WorkerLine, ...]
    silent: tuple[Patch, ...]


def board(*, viewer: Viewer, path: str, at: datetime, zone: str, on: date | None = None) -> Board:
    """Return the board of an area for a local day, today unless another is given; refused where it may not be read.

    Buildings and workers are counted live, and only inside one community or grid. Doors due are done or open.
    """
    require(viewer, READ, path)
    today = local_day(at, zone)
    day = on or today
    area = Area.objects.get(path=path)
    counted = tallies.breakdown(path=path, counters=TALLIED, day=day, today=today)
    buildings, workers = _inside(viewer, area, day) if area.rank >= COMMUNITY_RANK else ((), ())
    return Board(
        area=_patch(area),
        day=day,
        at=at,
        seq=head(),
        counters=_derived(counted.whole),
        children=_children(area, counted.below, day, today),
        buildings=buildings,
        workers=workers,
        silent=silent(path=path, day=day),
    )


def unit_of(counter: str) -> str:
    """Return the unit in which a counter of a board is counted."""
    return "doors" if counter in (DUE, OPEN) else COUNTERS[counter].unit


def _derived(counted: dict[str, int]) -> dict[str, int]:
    """Add what follows from the tallies: due, and open = due - done."""
    due = counted[DOORS]
    shown = {code: value for code, value in counted.items() if code != DOORS}
    return shown | {DUE: due, OPEN: due - counted[DOORS_DONE]}


def _patch(area: Area) -> Patch:
    return Patch(area.id, area.code, area.name, area.path, area.level, area.kind)


def _children(area: Area, counted: dict[str, dict[str, int]], day: date, today: date) -> tuple[Child, ...]:
    """Return the areas one step below down to the grid, fillers looked through, in their order."""
    if area.rank >= GRID_RANK:
        return ()
    rows = list(Area.objects.filter(parent=area, retired_at=None, rank__lte=GRID_RANK).order_by("order", "id"))
    found: list[Child] = []
    for row in rows:
        if row.hidden:
            inner = tallies.breakdown(path=row.path, counters=TALLIED, day=day, today=today)
            found += _children(row, inner.below, day, today)
        else:
            found.append(Child(_patch(row), _derived(counted.get(row.path) or dict.fromkeys(TALLIED, 0))))
    return tuple(found)


def silent(*, path: str, day: date) -> tuple[Patch, ...]:
    """Return the grids (and communities without grids) of an area from which no visit has come on the day."""
    sent = tallies.moved(path=path, counter=VISITS, day=day).values("path")
    inside = Area.objects.filter(path__gte=path, path__lt=upper(path), retired_at=None)
    divided = Area.objects.filter(parent=OuterRef("id"), rank=GRID_RANK, retired_at=None)
    quiet = inside.filter(Q(rank=GRID_RANK) | Q(Q(rank=COMMUNITY_RANK) & ~Exists(divided)))
    rows = quiet.exclude(path__in=sent).order_by("path").values_list("id", "code", "name", "path", "level", "kind")
    return tuple(Patch(*row) for row in rows)


Lines = tuple[tuple[BuildingLine, ...], tuple[WorkerLine, ...]]


def _inside(viewer: Viewer, area: Area, day: date) -> Lines:
    """Count due and done doors of one community or grid by building and by worker."""
    doors = doors_by_path(viewer=viewer, path=area.path, day=day)
    rows = Area.objects.filter(path__gte=area.path, path__lt=upper(area.path), rank=BUILDING_RANK, retired_at=None)
    buildings = sorted(rows, key=lambda row: row.path)
    whose = worker_of(on=day, inside=area.path)
    by_building = _by_prefix(doors, [row.path for row in buildings])
    by_worker: dict[tuple[UUID | None, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for path, closed in doors:
        count = by_worker[whose(path) or (None, "", "")]
        count[0] += 1
        count[1] += closed
    lines = []
    for row in buildings:
        worker = whose(row.path) or (None, "", "")
        due, done = by_building.get(row.path, (0, 0))
        lines.append(BuildingLine(_patch(row), due, done, *worker))
    lines.sort(key=lambda line: (natural(line.area.name), line.area.path))
    workers = [WorkerLine(*worker, due, done) for worker, (due, done) in by_worker.items()]
    return tuple(lines), tuple(sorted(workers, key=lambda line: (-line.open, line.login)))


def _by_prefix(doors: Sequence[tuple[str, bool]], prefixes: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Return (due, done) of each area path; the paths are sorted and none lies in another."""
    counts: dict[str, list[int]] = {}
    for path, closed in doors:
        at = bisect_right(prefixes, path) - 1
        if at >= 0 and path.startswith(prefixes[at]):
            count = counts.setdefault(prefixes[at], [0, 0])
            count[0] += 1
            count[1] += closed
    return {path: (due, done) for path, (due, done) in counts.items()}
