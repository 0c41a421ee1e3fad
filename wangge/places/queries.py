"""Reads of the installation and the tree."""

from collections.abc import Iterable, Sequence

from wangge.kernel.paths import ancestors, upper
from wangge.places.models import Area, Installation
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK, normal_code

_kept: list[Installation] = []


def installation() -> Installation | None:
    """Return the response this installation serves, None before ``init``; read once a process."""
    if not _kept:
        row = Installation.objects.select_related("area").first()
        if row is None:
            return None
        _kept.append(row)
    return _kept[0]


def forget_installation() -> None:
    """Read the installation again at the next use."""
    _kept.clear()


def area(area_id: int) -> Area | None:
    """Return the area, None when there is none."""
    return Area.objects.filter(id=area_id).first()


def area_by_path(path: str) -> Area | None:
    """Return the area of that path, None when there is none."""
    return Area.objects.filter(path=path).first()


def area_by_code(code: str) -> Area | None:
    """Return the area of a code; a division code may be cut to 2, 4, 6, 9 or 12 digits."""
    exact = Area.objects.filter(code=code.strip()).first()
    normal = normal_code(code)
    return exact or (Area.objects.filter(code=normal).first() if normal else None)


def areas(paths: Iterable[str]) -> dict[str, Area]:
    """Return areas by path."""
    return {row.path: row for row in Area.objects.filter(path__in=list(paths))}


def crumbs(of: Area) -> list[Area]:
    """Return the areas above and the area itself, the uppermost first, without those nobody names."""
    return list(Area.objects.filter(path__in=ancestors(of.path), hidden=False).order_by("path"))


def children(of: Area) -> list[Area]:
    """Return the areas that stand below in the eyes of people: fillers are looked through."""
    found: list[Area] = []
    for row in Area.objects.filter(parent=of, retired_at=None).order_by("order", "id"):
        found += children(row) if row.hidden else [row]
    return found


def descend(path: str, level: str) -> Sequence[Area]:
    """Return the areas of one level inside an area, in order."""
    rows = Area.objects.filter(path__gte=path, path__lt=upper(path), level=level, retired_at=None)
    return list(rows.order_by("path"))


def grids_of(path: str) -> list[Area]:
    """Return the patches that are tallied inside an area: grids, and communities that have none."""
    rows = Area.objects.filter(
        path__gte=path, path__lt=upper(path), rank__in=(COMMUNITY_RANK, GRID_RANK), retired_at=None
    ).order_by("path")
    patches = list(rows)
    with_grids = {row.parent_id for row in patches if row.rank == GRID_RANK}
    return [row for row in patches if row.rank == GRID_RANK or row.id not in with_grids]
