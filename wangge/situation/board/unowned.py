"""Doors that are nobody's: exact, from stocks where a whole grid has nobody, counted live in single buildings.

What it costs hangs on duties, grids and buildings, never on visits.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from wangge.access.models import Duty
from wangge.access.queries import standing_duties
from wangge.access.rules import Role
from wangge.access.viewing import Viewer, require
from wangge.journal.models import Stock
from wangge.kernel.paths import ancestors, outermost, upper
from wangge.people.models import Household
from wangge.people.rules.codes import DOORS, HouseholdState
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, GRID_RANK

READ = "board.read"
RANGES_MOST = 40
"""Up to how many buildings are read each by itself; more of them are read in one sweep over the area."""


@dataclass(frozen=True, slots=True)
class Unowned:
    """A grid or building in which nobody is responsible for some doors: its path and how many doors."""

    path: str
    doors: int


def unowned(*, viewer: Viewer, path: str, on: date) -> list[Unowned]:
    """Return where doors are nobody's on a day, whole grids before single buildings, most doors first.

    A door is somebody's when an active grid worker has a duty on its dwelling or on any area above.
    """
    require(viewer, READ, path)
    duties = standing_duties(on).filter(role=Role.GRID_WORKER, account__is_active=True)
    if duties.filter(path__in=ancestors(path)).exists():
        return []
    within = duties.filter(path__gte=path, path__lt=upper(path))
    broad = outermost(within.filter(area__rank__lt=GRID_RANK).values_list("path", flat=True).distinct())
    grids = [one for one in _grids(path, within) if not _under(one.path, broad)]
    buildings = [one for one in _buildings(path, within) if not _under(one, broad)]
    found = [*grids, *_doors(path, buildings, within)]
    return sorted(found, key=lambda one: (-one.doors, one.path))


def _under(path: str, outer: Sequence[str]) -> bool:
    """Tell whether a path lies in one of some areas, which are sorted and lie in no other of them."""
    at = bisect_right(outer, path) - 1
    return at >= 0 and path.startswith(outer[at])


def _grids(path: str, within: QuerySet[Duty]) -> list[Unowned]:
    """Return the grids in which nobody has a duty of any size, with all their doors."""
    rows = Stock.objects.filter(counter=DOORS, path__gte=path, path__lt=upper(path), value__gt=0)
    rows = rows.exclude(path__in=within.values("area__grid_path"))
    return [Unowned(*one) for one in rows.values_list("path", "value")]


def _buildings(path: str, within: QuerySet[Duty]) -> list[str]:
    """Return the buildings without a duty in grids where only single buildings or dwellings are somebody's."""
    finer = within.filter(area__rank__gt=GRID_RANK)
    if not finer.exists():
        return []
    rows = Area.objects.filter(rank=BUILDING_RANK, path__gte=path, path__lt=upper(path), retired_at=None)
    rows = rows.filter(grid_path__in=finer.values("area__grid_path"))
    # subqueries that do not depend on the row: each is read once, however many buildings there are
    rows = rows.exclude(path__in=within.values("path")).exclude(grid_path__in=within.values("path"))
    return list(rows.order_by("path").values_list("path", flat=True))


def _doors(path: str, buildings: Sequence[str], within: QuerySet[Duty]) -> list[Unowned]:
    """Count the due doors of buildings, without those whose dwelling or stairwell is somebody's."""
    if not buildings:
        return []
    deep = outermost(within.filter(area__rank__gt=BUILDING_RANK).values_list("path", flat=True))
    rows = Household.objects.filter(_ranges(path, buildings), state=HouseholdState.OPEN, dwelling__isnull=False)
    doors: Counter[str] = Counter()
    for home in rows.values_list("path", flat=True):
        at = bisect_right(buildings, home) - 1
        if at >= 0 and home.startswith(buildings[at]) and not _under(home, deep):
            doors[buildings[at]] += 1
    return [Unowned(*one) for one in doors.items()]


def _ranges(path: str, buildings: Sequence[str]) -> Q:
    """Return the condition that a path lies in one of the buildings; in the area, where there are many of them."""
    if len(buildings) > RANGES_MOST:
        return Q(path__gte=path, path__lt=upper(path))
    found = Q(pk__in=[])
    for one in buildings:
        found |= Q(path__gte=one, path__lt=upper(one))
    return found
