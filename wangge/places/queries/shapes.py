"""Reads of what is drawn of areas: outlines, plans, points, files on their way in."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from uuid import UUID

import msgspec
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from wangge.kernel.paths import ancestors, upper
from wangge.places.models import Area, AreaPlan, AreaShape, MapPoint, ShapeFile
from wangge.places.rules import BUILDING_RANK
from wangge.places.shapes.geojson import Feature, FeatureFault
from wangge.places.shapes.geometry import Box, Shape, Spot
from wangge.places.shapes.matching import Candidate
from wangge.privacy import vault

PICTURE = "places.AreaPlan.sealed"
METRES_A_DEGREE = 111_320.0
AT_ONCE = 500
# the database's own reader of JSON takes ten times as long
READ_SHAPE: msgspec.json.Decoder[Shape] = msgspec.json.Decoder(Shape)
_BOX, _INSIDE = ("west", "south", "east", "north"), ("x", "y", "wide", "high")


@dataclass(frozen=True, slots=True)
class Outline:
    """The thinned outline of an area, the box around it, a spot inside it and how wide and high it is there."""

    area: int
    shape: Shape
    box: Box
    centre: Spot
    room: tuple[float, float]


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan without its picture."""

    id: int
    uid: UUID
    area: int
    path: str
    width: int
    height: int
    media: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point on a map."""

    uid: UUID
    area: int
    plan: int | None
    kind: str
    name: str
    note: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Staged:
    """A file of shapes that still holds some without a place."""

    uid: UUID
    area: int
    name: str
    features: tuple[Feature, ...]
    faults: tuple[FeatureFault, ...]


def outlines(areas: Iterable[int], plan: int | None = None) -> dict[int, Outline]:
    """Return the thinned outlines of areas by id, on the ground or on a plan; an area without one is absent."""
    wanted, found = sorted(set(areas)), dict[int, Outline]()
    for start in range(0, len(wanted), AT_ONCE):
        rows = AreaShape.objects.filter(area__in=wanted[start : start + AT_ONCE], plan=plan)
        as_text = rows.annotate(text=Cast("drawn", TextField()))
        for area, text, west, south, east, north, *inside in as_text.values_list("area", "text", *_BOX, *_INSIDE):
            x, y, wide, high = inside
            shape = READ_SHAPE.decode(text)
            found[area] = Outline(area, shape, Box(west, south, east, north), (x, y), (wide, high))
    return found


def outline(area: int, plan: int | None = None) -> Shape:
    """Return the whole outline of one area, empty where there is none."""
    rows = AreaShape.objects.filter(area=area, plan=plan)
    return _shape(rows.values_list("polygons", flat=True).first() or [])


def _shape(kept: list[list[list[list[float]]]]) -> Shape:
    """Return a shape as the rules know it; JSON knows no pairs."""
    return [[[(x, y) for x, y in ring] for ring in polygon] for polygon in kept]


_SHEET = ("id", "uid", "area", "area__path", "width", "height", "media")


def plan_of(area: int) -> PlanSheet | None:
    """Return the plan of an area, None when it has none."""
    row = AreaPlan.objects.filter(area=area).values_list(*_SHEET).first()
    return PlanSheet(*row) if row else None


def plan(uid: UUID) -> PlanSheet | None:
    """Return a plan, None when there is none."""
    row = AreaPlan.objects.filter(uid=uid).values_list(*_SHEET).first()
    return PlanSheet(*row) if row else None


def plans_around(path: str) -> list[PlanSheet]:
    """Return the plans of an area and of those above it, the nearest first."""
    rows = AreaPlan.objects.filter(area__path__in=ancestors(path)).order_by("-area__rank", "-area__path")
    return [PlanSheet(*row) for row in rows.values_list(*_SHEET)]


def areas_on_plan(sheet: PlanSheet) -> list[int]:
    """Return which areas have an outline on a plan."""
    return list(AreaShape.objects.filter(plan=sheet.id).values_list("area", flat=True))


def picture_of(sheet: PlanSheet) -> bytes:
    """Return the picture of a plan, empty when the sheet is blank."""
    sealed = AreaPlan.objects.filter(id=sheet.id).values_list("sealed", flat=True).first()
    return vault.unseal_bytes(PICTURE, bytes(sealed)) if sealed else b""


_POINT = ("uid", "area", "plan", "kind", "name", "note", "x", "y")


def points_inside(path: str, plan: int | None = None) -> list[Point]:
    """Return the points of an area and of those below it, by name: on the ground, or those on a plan."""
    rows = MapPoint.objects.filter(area__path__gte=path, area__path__lt=upper(path), plan=plan)
    return [Point(*row) for row in rows.order_by("kind", "name", "uid").values_list(*_POINT)]


def point(uid: UUID) -> Point | None:
    """Return a point, None when there is none."""
    row = MapPoint.objects.filter(uid=uid).values_list(*_POINT).first()
    return Point(*row) if row else None


def staged_of(area: int) -> Staged | None:
    """Return the file of shapes that waits in an area, None when there is none."""
    return _staged(ShapeFile.objects.filter(area=area).first())


def staged(uid: UUID) -> Staged | None:
    """Return a file of shapes, None when it is gone."""
    return _staged(ShapeFile.objects.filter(uid=uid).first())


def _staged(row: ShapeFile | None) -> Staged | None:
    if row is None:
        return None
    features = msgspec.convert(row.features, tuple[Feature, ...])
    return Staged(row.uid, row.area_id, row.name, features, msgspec.convert(row.faults, tuple[FeatureFault, ...]))


def candidates_inside(path: str) -> list[Candidate]:
    """Return the areas to which a shape may belong: an area and everything in it down to the building."""
    here = Q(path__in=ancestors(path))
    inside = Q(path__gte=path, path__lt=upper(path), rank__lte=BUILDING_RANK, retired_at=None)
    columns = ("id", "path", "name", "code", "external_code", "hidden")
    rows = list(Area.objects.filter(here | inside).order_by("path").values_list(*columns))
    names = {row_path: name for _, row_path, name, _, _, hidden in rows if not hidden}
    return [
        Candidate(id_, name, code or "", external, tuple(_above(row_path, names)))
        for id_, row_path, name, code, external, hidden in rows
        if row_path.startswith(path) and not hidden
    ]


def _above(path: str, names: dict[str, str]) -> list[str]:
    return [names[one] for one in reversed(ancestors(path)[:-1]) if one in names]


def centres(paths: Sequence[str]) -> dict[str, Spot]:
    """Return where areas lie, by path, so that distances between them can be told; one without a shape is absent.

    In metres east and north where shapes on the ground are known, else in dots of the plan on which most are drawn;
    never of both, for they cannot be compared.
    """
    known: dict[int | None, dict[str, Spot]] = defaultdict(dict)
    wanted = sorted(set(paths))
    for start in range(0, len(wanted), AT_ONCE):
        rows = AreaShape.objects.filter(area__path__in=wanted[start : start + AT_ONCE])
        for path, sheet, x, y in rows.values_list("area__path", "plan", "x", "y"):
            known[sheet][path] = (x, y)
    if ground := known.get(None):
        level = cos(radians(sum(y for _, y in ground.values()) / len(ground)))
        return {path: (x * METRES_A_DEGREE * level, y * METRES_A_DEGREE) for path, (x, y) in ground.items()}
    return max(known.values(), key=len, default={})
