"""Reads of the installation and the tree."""

from collections.abc import Iterable, Sequence

from django.db.models import Count, Q

from wangge.kernel.paths import ancestors, upper
from wangge.places.copies import within
from wangge.places.models import Area, Installation
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK, GROUP, Level, building_key, normal_code

CODES_AT_ONCE = 500
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


def areas_by_code(codes: Iterable[str]) -> dict[str, Area]:
    """Return areas, ended ones too, by their whole code."""
    wanted = sorted(set(codes))
    found: dict[str, Area] = {}
    for start in range(0, len(wanted), CODES_AT_ONCE):
        rows = Area.objects.filter(code__in=wanted[start : start + CODES_AT_ONCE])
        found |= {row.code or "": row for row in rows}
    return found


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


def retired_children(of: Area) -> list[Area]:
    """Return the areas directly below that were given up, the latest first."""
    return list(Area.objects.filter(parent=of, retired_at__isnull=False).order_by("-retired_at", "id"))


def counts_below(parents: Iterable[int]) -> dict[int, int]:
    """Return how many areas stand directly below each of the areas; one without any is absent."""
    rows = Area.objects.filter(parent__in=list(parents), retired_at=None).order_by()
    return dict(rows.values_list("parent").annotate(number=Count("id")))


def counts_inside(path: str) -> dict[str, int]:
    """Return how many areas of each level stand inside an area, itself left out, the higher levels first."""
    rows = Area.objects.filter(path__gt=path, path__lt=upper(path), retired_at=None, hidden=False).order_by("rank")
    found = rows.values_list("rank", "level").annotate(number=Count("id"))
    return {level: number for _, level, number in found}


def buildings_of(path: str) -> dict[str, Area]:
    """Return the buildings that stand inside an area by their part of the door's key, villagers' groups left out."""
    rows = descend(path, Level.BUILDING)
    return {building_key(row.name): row for row in rows if row.kind != GROUP}


def home_of_buildings(of: Area) -> str:
    """Return the path of the community an area lies in, or its own: inside it a building's name stands once."""
    found = Area.objects.filter(path__in=ancestors(of.path), rank=COMMUNITY_RANK).values_list("path", flat=True).first()
    return found or of.path


def in_ranks(
    paths: Iterable[str], *, above: int = 99, exactly: int = 0, text: str = "", limit: int = 500
) -> list[Area]:
    """Return areas that stand in one of the areas, of ranks above one or of exactly one, whose name or code holds
    ``text``; in the order of the tree, at most ``limit``.
    """
    rows = Area.objects.filter(within("path", list(paths)), retired_at=None, hidden=False)
    rows = rows.filter(rank=exactly) if exactly else rows.filter(rank__lt=above)
    if text.strip():
        rows = rows.filter(Q(name__contains=text.strip()) | Q(code__startswith=text.strip()))
    return list(rows.select_related("parent").order_by("path")[:limit])


def count_areas() -> int:
    """Return how many areas there are, ended ones too."""
    return Area.objects.count()


def areas_by_id(ids: Iterable[int]) -> dict[int, Area]:
    """Return areas by id, ended ones too."""
    return {row.id: row for row in Area.objects.filter(id__in=list(ids))}
