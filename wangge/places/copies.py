"""Copies of paths in other rooms' tables: registered here, and carried along when an area changes its place.

Only what stands in the register has its copy rewritten. Facts (visits, journal lines, tallied flows) keep the path at
the time, and are not registered.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Case, Model, Q, QuerySet, Value, When
from django.db.models.functions import Concat, Substr

from wangge.kernel.paths import upper

Living = Q | Callable[[date], Q]
RANGES_AT_ONCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PathCopy:
    """Columns of one table that copy an area's path.

    ``grid`` copies the tally path, ``area`` is a foreign key to the area itself; ``living`` picks the rows because of
    which an area cannot be retired, on a local day where that matters; none of them do without it.
    """

    label: str
    path: str
    grid: str = ""
    area: str = ""
    living: Living | None = None

    @property
    def model(self) -> type[Model]:
        """The table."""
        return apps.get_model(self.label)


COPIES: dict[str, PathCopy] = {}


def register_path_copy(label: str, *, path: str, grid: str = "", area: str = "", open: Living | None = None) -> None:
    """Say that the model ``label`` (``people.Household``) copies paths; a later call replaces an earlier.

    ``open`` is a condition, or a function from the local day to one, under which a row counts as standing in its area.
    """
    COPIES[label] = PathCopy(label=label, path=path, grid=grid, area=area, living=open)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """How paths change: what lies in ``ranges`` goes from below ``old`` to below ``new``.

    ``grid`` is the tally path of what was tallied above ``old``, such as a building that changes its grid.
    """

    ranges: Sequence[str]
    old: str
    new: str
    grid: str

    def path(self, column: str) -> Any:
        """Return the expression of the new path."""
        return Concat(Value(self.new), Substr(column, len(self.old) + 1))

    def grid_path(self, column: str) -> Any:
        """Return the expression of the new tally path."""
        inside = {f"{column}__gte": self.old, f"{column}__lt": upper(self.old)}
        return Case(When(Q(**inside), then=self.path(column)), default=Value(self.grid))


def within(column: str, paths: Sequence[str]) -> Q:
    """Return the condition that a path lies in one of the areas."""
    condition = Q(pk__in=[])
    for path in paths:
        condition |= Q(**{f"{column}__gte": path, f"{column}__lt": upper(path)})
    return condition


def carry(rows: QuerySet[Any], change: Change, *, path: str, grid: str = "") -> None:
    """Change the paths of all rows in the ranges, one statement for each two hundred ranges."""
    for start in range(0, len(change.ranges), RANGES_AT_ONCE):
        part = change.ranges[start : start + RANGES_AT_ONCE]
        columns = {path: change.path(path)} | ({grid: change.grid_path(grid)} if grid else {})
        rows.filter(within(path, part)).update(**columns)


def carry_copies(change: Change) -> None:
    """Change the paths in every registered table."""
    for copy in COPIES.values():
        carry(copy.model._base_manager.all(), change, path=copy.path, grid=copy.grid)


def hand_over(gone: int, kept: int) -> None:
    """Let whatever points to an area that is given up point to the one that stays."""
    for copy in COPIES.values():
        if copy.area:
            copy.model._base_manager.filter(**{copy.area: gone}).update(**{copy.area: kept})


def living_inside(path: str, *, on: date) -> int:
    """Return how many rows of other rooms stand in an area on a local day."""
    found = 0
    for copy in COPIES.values():
        if copy.living is not None:
            condition = copy.living(on) if callable(copy.living) else copy.living
            found += copy.model._base_manager.filter(within(copy.path, [path]), condition).count()
    return found
