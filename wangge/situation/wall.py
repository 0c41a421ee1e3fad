"""What stands on the wall at the meeting: counts and names of areas, never of a person; small health counts hidden."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from wangge.access.viewing import Viewer, require
from wangge.journal import tallies
from wangge.journal.tallies import Breakdown
from wangge.kernel.periods import day_start, local_day
from wangge.people.rules.codes import DOORS, FLAG_REASONS, flag_counter
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.situation.board import OverdueList, quiet_areas, unowned
from wangge.situation.board.gaps import overdue
from wangge.situation.board.sweep import States, Sweep, open_round, states_of, sweep
from wangge.surveys.queries import HourCount, last_hour
from wangge.surveys.queries.rounds import RoundHead
from wangge.surveys.rules import DOORS_AGAIN, DOORS_DONE, DOORS_REFUSED, PERSONS_SEEN
from wangge.surveys.rules.rounds import numbers

READ = "board.read"
FLAGS = tuple(flag_counter(reason) for reason in FLAG_REASONS)
COUNTED = (DOORS, DOORS_DONE, DOORS_AGAIN, DOORS_REFUSED, PERSONS_SEEN, *FLAGS)
SMALL = 5
"""Fewer people with a health reason than this are told as "fewer than five": on a public screen it could be one."""
SILENT_MOST = 24


@dataclass(frozen=True, slots=True)
class Doors:
    """Doors of an area, of today or of the open round: due, done, to come again, refused."""

    name: str
    due: int
    done: int
    again: int
    refused: int

    @property
    def open(self) -> int:
        """How many doors are left."""
        return self.due - self.done


@dataclass(frozen=True, slots=True)
class Group:
    """How many carry a flag of a reason; None for fewer than five, but at least one."""

    reason: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Wall:
    """Everything that the wall shows in turn, as of one moment."""

    area: Doors
    day: date
    at: datetime
    below: tuple[Doors, ...]
    hour: HourCount
    seen: int
    silent: tuple[str, ...]
    silent_count: int
    unowned: int
    overdue: tuple[OverdueList, ...]
    groups: tuple[Group, ...]
    sweep: Sweep | None


def wall(*, viewer: Viewer, path: str, at: datetime, zone: str) -> Wall:
    """Return what the wall of an area shows now; refused where its board may not be read.

    While a round is open its doors are shown, else those of today.
    """
    require(viewer, READ, path)
    day = local_day(at, zone)
    area = Area.objects.get(path=path)
    head = open_round(viewer=viewer, path=path, day=day)
    level = _level(head, path, day)
    counted = level.counted.whole
    midnight, above = day_start(day, zone), area.rank < COMMUNITY_RANK
    hour = last_hour(viewer=viewer, path=path, at=at, midnight=midnight, whole=above)
    silent, number = quiet_areas(path=path, day=day, most=SILENT_MOST)
    swept = None
    if head and level.states:
        swept = sweep(head, path=path, due=counted[DOORS], states=level.states, at=at, zone=zone)
    return Wall(
        area=_doors(area.name, counted, level.states.whole if level.states else None),
        day=day,
        at=at,
        below=tuple(sorted(_below(head, area, level, day), key=lambda one: -one.open)),
        hour=hour.whole,
        seen=counted[PERSONS_SEEN],
        silent=tuple(patch.name for patch in silent),
        silent_count=number,
        unowned=sum(one.doors for one in unowned(viewer=viewer, path=path, on=day)),
        overdue=overdue(viewer=viewer, path=path, at=at),
        groups=_groups(counted),
        sweep=swept,
    )


@dataclass(frozen=True, slots=True)
class _Level:
    """An area and those one step below: counters, and the states of the open round's doors."""

    counted: Breakdown
    states: States | None


def _level(head: RoundHead | None, path: str, day: date) -> _Level:
    counted = tallies.breakdown(path=path, counters=COUNTED, day=day, today=day)
    return _Level(counted, states_of(head, path) if head else None)


def _doors(name: str, counted: Mapping[str, int], states: Mapping[str, int] | None) -> Doors:
    if states is None:
        return Doors(name, counted[DOORS], counted[DOORS_DONE], counted[DOORS_AGAIN], counted[DOORS_REFUSED])
    found = numbers(counted[DOORS], states)
    return Doors(name, found.due, found.done, found.revisit, found.refused)


def _below(head: RoundHead | None, area: Area, level: _Level, day: date) -> list[Doors]:
    """Return the doors of the areas one step below down to the grid, fillers looked through; empty areas left out."""
    if area.rank >= GRID_RANK:
        return []
    rows = Area.objects.filter(parent=area, retired_at=None, rank__lte=GRID_RANK).order_by("order", "id")
    found = []
    for row in rows:
        counted = level.counted.below.get(row.path)
        if row.hidden:
            found += _below(head, row, _level(head, row.path, day), day)
        elif counted and counted[DOORS]:
            states = level.states.below.get(row.path, {}) if level.states else None
            found.append(_doors(row.name, counted, states))
    return found


def _groups(counted: dict[str, int]) -> tuple[Group, ...]:
    """Return the reasons that somebody is flagged for, most first, small numbers hidden and last."""
    numbers = {reason: counted[flag_counter(reason)] for reason in FLAG_REASONS if counted[flag_counter(reason)]}
    shown = [Group(reason, number if number >= SMALL else None) for reason, number in numbers.items()]
    return tuple(sorted(shown, key=lambda one: -(one.number or 0)))
