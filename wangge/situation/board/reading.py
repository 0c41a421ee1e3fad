"""Reading the board: a fixed number of statements, whatever has happened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.access.viewing import Viewer, require
from wangge.journal import tallies
from wangge.journal.counters import COUNTERS
from wangge.journal.feed import head as sealed_head
from wangge.journal.tallies import Breakdown
from wangge.kernel.paths import upper
from wangge.kernel.periods import day_start, local_day
from wangge.people.rules.codes import BIRTHS_MISSING, DOORS, FLAG_REASONS, HOUSEHOLDS, RESIDENTS, flag_counter
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.situation.board.gaps import CONTRADICTIONS, gaps
from wangge.situation.board.inside import inside
from wangge.situation.board.news import finished, latest, news
from wangge.situation.board.shapes import DUE, OPEN, Board, Change, Changed, Child, Patch
from wangge.situation.board.sweep import States, open_round, states_of, sweep
from wangge.situation.board.teams import teams
from wangge.situation.board.trend import trend
from wangge.situation.comparison.queries import comparing
from wangge.surveys.queries import HourCount, LastHour, last_hour
from wangge.surveys.queries.rounds import RoundHead
from wangge.surveys.rules import DOORS_AGAIN, DOORS_DONE, DOORS_REFUSED, PERSON_TIMES, PERSONS_SEEN, VISITS
from wangge.surveys.rules.rounds import numbers

READ = "board.read"


@dataclass(frozen=True, slots=True)
class _Moment:
    """For whom and as of when a board is read."""

    viewer: Viewer
    day: date
    today: date
    at: datetime
    zone: str

    head: RoundHead | None

    def level(self, path: str, rank: int) -> "_Level":
        """Read the counters of an area and of those one step below; what changed is only known of today."""
        counted = tallies.breakdown(path=path, counters=tallied(), day=self.day, today=self.today)
        if self.day != self.today:
            return _Level(counted, None, None)
        midnight = day_start(self.day, self.zone)
        hour = last_hour(viewer=self.viewer, path=path, at=self.at, midnight=midnight, whole=rank < COMMUNITY_RANK)
        return _Level(counted, hour, states_of(self.head, path) if self.head else None)


@dataclass(frozen=True, slots=True)
class _Level:
    """An area and those one step below it: counters, what changed in the last hour, the states of a round's doors."""

    counted: Breakdown
    hour: LastHour | None
    states: States | None

    def child(self, row: Area) -> Child:
        """Return one of the areas below."""
        counters = _derived(self.counted.below.get(row.path) or dict.fromkeys(self.counted.whole, 0))
        hour = self.hour.below.get(row.path) if self.hour else None
        swept = numbers(counters[DUE], self.states.below.get(row.path, {})) if self.states else None
        return Child(_patch(row), counters, hour or HourCount(), swept)


FLAGS = tuple(flag_counter(reason) for reason in FLAG_REASONS)
TALLIED = (
    RESIDENTS, HOUSEHOLDS, DOORS, DOORS_DONE, DOORS_AGAIN, DOORS_REFUSED, VISITS, PERSON_TIMES, PERSONS_SEEN,
    BIRTHS_MISSING, *FLAGS,
)  # fmt: skip


def tallied() -> tuple[str, ...]:
    """Return the counters of a board: those of every installation, and contradictions where they are counted."""
    return (*TALLIED, CONTRADICTIONS) if CONTRADICTIONS in COUNTERS else TALLIED


def board(
    *, viewer: Viewer, path: str, at: datetime, zone: str, on: date | None = None, silent_most: int | None = None
) -> Board:
    """Return the board of an area for a local day, today unless another is given; refused where it may not be read.

    Buildings and workers are counted live, and only inside one community or grid. Doors due are done or open. Of
    silent grids at most ``silent_most`` are named.
    """
    require(viewer, READ, path)
    today = local_day(at, zone)
    day = on or today
    area = Area.objects.get(path=path)
    seq = sealed_head()
    head = open_round(viewer=viewer, path=path, day=day) if day == today else None
    moment = _Moment(viewer, day, today, at, zone, head)
    level = moment.level(path, area.rank)
    counted, hour, states = level.counted, level.hour, level.states
    children = _children(moment, area, level)
    due = counted.whole[DOORS]
    since = hour.since if hour else None
    swept = head.id if head else None
    buildings, workers, ended = inside(viewer, area, day, since, swept) if area.rank >= COMMUNITY_RANK else ((), (), ())
    named, silent_count = quiet_areas(path=path, day=day, most=silent_most)
    compared = comparing(viewer=viewer, path=path, on=today) if day == today else None
    return Board(
        area=_patch(area),
        day=day,
        at=at,
        seq=seq,
        counters=_derived(counted.whole),
        children=children,
        buildings=buildings,
        workers=workers,
        silent=named,
        silent_count=silent_count,
        trend=trend(path=path, rank=area.rank, day=day, at=at, counters=counted.whole),
        changed=_changed(path, seq, hour, [*finished(children), *ended]) if hour else None,
        gaps=gaps(viewer=viewer, path=path, on=day, at=at, counted=counted.whole) if day == today else None,
        comparing=compared,
        teams=teams(path=path, day=day) if compared else (),
        sweep=sweep(head, path=path, due=due, states=states, at=at, zone=zone) if head and states else None,
    )


def unit_of(counter: str) -> str:
    """Return the unit in which a counter of a board is counted."""
    return "doors" if counter in (DUE, OPEN) else COUNTERS[counter].unit


def silent(*, viewer: Viewer, path: str, day: date) -> tuple[Patch, ...]:
    """Return the grids (and communities without grids) of an area from which no visit has come on the day."""
    require(viewer, READ, path)
    return quiet_areas(path=path, day=day, most=None)[0]


def quiet_areas(*, path: str, day: date, most: int | None) -> tuple[tuple[Patch, ...], int]:
    """Return up to ``most`` silent areas, and how many there are; for whoever has checked that they may be read."""
    rows = _quiet(path, day)
    named = tuple(Patch(*row) for row in rows.values_list("id", "code", "name", "path", "level", "kind")[:most])
    return named, rows.count() if len(named) == most else len(named)


def _derived(counted: dict[str, int]) -> dict[str, int]:
    """Add what follows from the tallies: due, and open = due - done."""
    due = counted[DOORS]
    shown = {code: value for code, value in counted.items() if code != DOORS}
    return shown | {DUE: due, OPEN: due - counted[DOORS_DONE]}


def _patch(area: Area) -> Patch:
    return Patch(area.id, area.code, area.name, area.path, area.level, area.kind)


def _children(moment: _Moment, area: Area, level: _Level) -> tuple[Child, ...]:
    """Return the areas one step below down to the grid, fillers looked through, in their order."""
    if area.rank >= GRID_RANK:
        return ()
    rows = list(Area.objects.filter(parent=area, retired_at=None, rank__lte=GRID_RANK).order_by("order", "id"))
    found: list[Child] = []
    for row in rows:
        found += _children(moment, row, moment.level(row.path, row.rank)) if row.hidden else [level.child(row)]
    return tuple(found)


def _quiet(path: str, day: date) -> QuerySet[Area]:
    """Return the lowest areas that the journal knows from which no visit has come on a day."""
    sent = tallies.moved(path=path, counter=VISITS, day=day).values("path")
    inner = Area.objects.filter(rank__in=(COMMUNITY_RANK, GRID_RANK), path__gte=path, path__lt=upper(path))
    divided = Area.objects.filter(parent=OuterRef("id"), rank=GRID_RANK, retired_at=None)
    lowest = inner.filter(retired_at=None).filter(Q(rank=GRID_RANK) | Q(Q(rank=COMMUNITY_RANK) & ~Exists(divided)))
    return lowest.exclude(path__in=sent).order_by("path")


def _changed(path: str, seq: int, hour: LastHour, seen: Sequence[Change]) -> Changed:
    return Changed(hour.since, hour.whole, latest([*seen, *news(path=path, seq=seq, since=hour.since)]))
