"""Checking that the tree agrees with itself: paths, tally paths, levels, codes, doors, and copies in other rooms."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.db.models.functions import Cast, Concat

from wangge.places import rules
from wangge.places.copies import COPIES
from wangge.places.models import Area

MOST_OF_A_KIND = 200


@dataclass(frozen=True, slots=True)
class TreeFault:
    """One thing that does not agree: the area, and a code such as ``path_differs`` that says what."""

    area: int
    code: str | None
    path: str
    why: str


def tree_faults() -> list[TreeFault]:
    """Return what is wrong with the tree, at most two hundred of each kind; empty when it agrees."""
    found = [TreeFault(row.id, row.code, row.path, why) for why, rows in _wrong() for row in rows[:MOST_OF_A_KIND]]
    return [*found, *_codes(), *_doors(), *_copies()]


def _wrong() -> Iterator[tuple[str, QuerySet[Area]]]:
    """Yield each kind of fault that one condition finds, with its rows."""
    rows = Area.objects.order_by("path")
    own: Any = Concat(Cast("id", CharField()), Value("."))
    yield "path_differs", rows.filter(parent=None).exclude(path=own)
    below: Any = Concat("parent__path", own)
    yield "path_differs", rows.filter(parent__isnull=False).exclude(path=below)
    named = Q(pk__in=[])
    for level, rank in rules.RANKS.items():
        named |= Q(level=level, rank=rank)
    yield "rank_differs", rows.exclude(named)
    yield "level_order", rows.filter(parent__rank__gte=F("rank"))
    tallied = Q(rank__in=(rules.COMMUNITY_RANK, rules.GRID_RANK))
    yield "grid_path_differs", rows.filter(tallied).exclude(grid_path=F("path"))
    yield "grid_path_differs", rows.filter(rank__lt=rules.COMMUNITY_RANK).exclude(grid_path="")
    small = rows.filter(rank__gt=rules.GRID_RANK)
    yield "grid_path_differs", small.filter(parent__isnull=False).exclude(grid_path=F("parent__grid_path"))
    yield "above_retired", rows.filter(retired_at=None, parent__retired_at__isnull=False)


def _codes() -> Iterator[TreeFault]:
    """Yield areas whose code stands for another level."""
    rows = Area.objects.filter(rank__lte=rules.BUILDING_RANK, code__isnull=False).order_by("path").only(
        "id", "code", "path", "level"
    )  # fmt: skip
    for row in rows.iterator(chunk_size=2000):
        if rules.code_fault(row.code or "", rules.Level(row.level)):
            yield TreeFault(row.id, row.code, row.path, "code_level")


def _doors() -> Iterator[TreeFault]:
    """Yield buildings in which one door stands twice."""
    standing = Area.objects.filter(level=rules.Level.DWELLING, retired_at=None).exclude(door="").order_by()
    twice = standing.values("parent", "door").annotate(number=Count("id")).filter(number__gt=1)
    parents = [row["parent"] or 0 for row in twice[:MOST_OF_A_KIND]]
    for row in Area.objects.filter(id__in=parents).order_by("path"):
        yield TreeFault(row.id, row.code, row.path, "door_twice")


def _copies() -> Iterator[TreeFault]:
    """Yield areas whose path another room has kept differently."""
    for copy in COPIES.values():
        if not copy.area:
            continue
        model: Any = copy.model
        rows = model._base_manager.filter(**{f"{copy.area}__isnull": False})
        astray = rows.exclude(**{copy.path: F(f"{copy.area}__path")}).order_by(copy.area)
        ids = set(astray.values_list(copy.area, flat=True)[:MOST_OF_A_KIND])
        for row in Area.objects.filter(id__in=ids).order_by("path"):
            yield TreeFault(row.id, row.code, row.path, f"copy_differs:{copy.label}")
