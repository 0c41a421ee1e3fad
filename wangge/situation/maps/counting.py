"""The numbers of a map: a counter for each area of a level, from tallies, or live for buildings of one community."""

from bisect import bisect_right
from collections import Counter as Sums
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from wangge.access.viewing import Viewer, scoped
from wangge.journal import tallies
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import (
    DOORS,
    FLAG_REASONS,
    HOUSEHOLDS,
    RESIDENTS,
    HouseholdState,
    ResidentState,
    flag_counter,
)
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, COMMUNITY_RANK, GRID_RANK, natural
from wangge.surveys.queries import doors_by_path
from wangge.surveys.queries.rounds import progress_below
from wangge.surveys.rules import DOORS_AGAIN, DOORS_DONE, DOORS_REFUSED, PERSONS_SEEN, VISITS

DUE, OPEN = "doors_due", "doors_open"
FLAGGED = {flag_counter(reason): reason for reason in FLAG_REASONS}
BUILDING_COUNTERS = (OPEN, DOORS_DONE, DUE, RESIDENTS, HOUSEHOLDS)
COUNTERS = (
    OPEN, DOORS_DONE, DUE, DOORS_AGAIN, DOORS_REFUSED, VISITS, PERSONS_SEEN, RESIDENTS, HOUSEHOLDS, *FLAGGED,
)  # fmt: skip
ROUND_COUNTERS = {
    "round_open": "open", "round_done": "done", "round_revisit": "revisit", "round_refused": "refused",
    "round_due": "due",
}  # fmt: skip
"""What a round that is on counts, and which of its numbers that is; for the areas one step below."""
BELOW, GRIDS, BUILDINGS = "below", "grid", "building"
OF_THE_DAY = frozenset({OPEN, DOORS_DONE, DOORS_AGAIN, DOORS_REFUSED, VISITS, PERSONS_SEEN})
READ = "board.read"


@dataclass(frozen=True, slots=True)
class Reached:
    """A counter of an area; ``value`` is None where nothing is registered that it could count.

    ``silent`` says that no visit has come from there on the day.
    """

    value: int | None
    silent: bool


@dataclass(frozen=True, slots=True)
class Patch:
    """An area on the map with its number and its step."""

    id: int
    code: str | None
    name: str
    path: str
    level: str
    kind: str
    value: int | None
    step: int
    silent: bool


def levels_below(area: Area) -> tuple[str, ...]:
    """Return the levels by which the inside of an area can be shown, the nearest first."""
    levels = []
    if area.rank < GRID_RANK and any(row.rank <= GRID_RANK for row in places.children(area)):
        levels.append(BELOW)
    if area.rank < COMMUNITY_RANK:
        levels.append(GRIDS)
    if COMMUNITY_RANK <= area.rank < BUILDING_RANK:
        levels.append(BUILDINGS)
    return tuple(levels)


def areas_shown(area: Area, level: str) -> list[Area]:
    """Return the areas of a level in an area, as people name them, in order."""
    if level == BUILDINGS:
        rows = [row for row in places.descend(area.path, BUILDINGS) if not row.hidden]
        return sorted(rows, key=lambda row: (natural(row.name), row.path))
    if level == GRIDS:
        return places.grids_of(area.path)
    return [row for row in places.children(area) if row.rank <= GRID_RANK]


def counted(
    *, viewer: Viewer, area: Area, shown: Sequence[Area], counter: str, day: date, today: date, round: UUID | None
) -> dict[str, Reached]:
    """Return a counter for each of the areas shown, by path; those of a round stand as they are now."""
    if counter in ROUND_COUNTERS:
        if round is None:
            raise Refused("rounds.round_unknown")
        return _of_round(viewer, area, shown, counter, round)
    if shown and all(row.rank >= BUILDING_RANK for row in shown):
        return _live(viewer, area, shown, counter, day)
    wanted = {DOORS, VISITS, DOORS_DONE} if counter in (OPEN, DUE) else {DOORS, VISITS, counter}
    rows = tallies.by_path(path=area.path, counters=sorted(wanted), day=day, today=today)
    summed = _folded([row.path for row in shown], rows)
    return {row.path: _reached(summed[row.path], counter) for row in shown}


def _of_round(viewer: Viewer, area: Area, shown: Sequence[Area], counter: str, round: UUID) -> dict[str, Reached]:
    below = {one.path: one.numbers for one in progress_below(viewer=viewer, round=round, path=area.path)}
    found = {}
    for row in shown:
        numbers = below.get(row.path)
        value = getattr(numbers, ROUND_COUNTERS[counter]) if numbers and numbers.due else None
        found[row.path] = Reached(value, silent=bool(numbers and numbers.due and not any(numbers.by_state.values())))
    return found


def _folded(paths: Sequence[str], rows: Mapping[str, Mapping[str, int]]) -> dict[str, Sums[str]]:
    """Add tallies up for areas of which none lies in another."""
    starts = sorted(paths)
    found: dict[str, Sums[str]] = {path: Sums() for path in starts}
    for path, values in rows.items():
        if home := _home(starts, path):
            found[home].update(values)
    return found


def _home(starts: Sequence[str], path: str) -> str:
    """Return which of some areas a path lies in, empty when in none; they are sorted, and none lies in another."""
    at = bisect_right(starts, path) - 1
    return starts[at] if at >= 0 and path.startswith(starts[at]) else ""


def _reached(values: Mapping[str, int], counter: str) -> Reached:
    silent = counter in OF_THE_DAY and not values[VISITS] and values[DOORS] > 0
    due = values[DOORS]
    value = {OPEN: due - values[DOORS_DONE], DUE: due}.get(counter, values[counter])
    return Reached(value if due or value else None, silent)


def _live(viewer: Viewer, area: Area, shown: Sequence[Area], counter: str, day: date) -> dict[str, Reached]:
    """Count inside one community by building: doors of the day, or who is registered now."""
    starts = sorted(row.path for row in shown)
    if counter in (RESIDENTS, HOUSEHOLDS):
        sums = _added(starts, _registered(viewer, area.path, counter))
        return {path: Reached(sums[path] or None, False) for path in starts}
    doors = doors_by_path(viewer=viewer, path=area.path, day=day)
    due = _added(starts, ((door.path, 1) for door in doors))
    done = _added(starts, ((door.path, int(door.closed)) for door in doors))
    numbers = {DUE: due, DOORS_DONE: done}.get(counter, due - done)
    return {path: Reached(numbers[path] if due[path] else None, False) for path in starts}


def _registered(viewer: Viewer, path: str, counter: str) -> Iterable[tuple[str, int]]:
    """Return how many households or residents the register has at each path, without saying who."""
    inside = {"path__gte": path, "path__lt": upper(path)}
    if counter == HOUSEHOLDS:
        homes = scoped(Household, viewer, READ).filter(**inside, state=HouseholdState.OPEN).order_by()
        return homes.values_list("path").annotate(number=Count("id"))
    people = scoped(Resident, viewer, READ).filter(**inside, state=ResidentState.LIVING).order_by()
    return people.values_list("path").annotate(number=Count("id"))


def _added(starts: Sequence[str], rows: Iterable[tuple[str, int]]) -> Sums[str]:
    """Add numbers up by the area that their path lies in."""
    found: Sums[str] = Sums()
    for path, number in rows:
        if home := _home(starts, path):
            found[home] += number
    return found
