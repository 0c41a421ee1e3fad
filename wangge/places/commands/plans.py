"""Plans to draw on, and points on maps."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.commands.kinds import PLAN_REMOVED, PLAN_SET, POINT_REMOVED, POINT_SET
from wangge.places.commands.shapes import measured, plan_around
from wangge.places.commands.standing import standing_area
from wangge.places.models import Area, AreaPlan, AreaShape, MapPoint
from wangge.places.queries.shapes import PICTURE
from wangge.places.shapes.geometry import Shape
from wangge.places.shapes.pictures import clean_picture
from wangge.places.shapes.points import BLANK_HEIGHT, BLANK_WIDTH, GROUND, POINTS_MOST, PointKind, extent_of_plan
from wangge.privacy import vault


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedPoint:
    """A point as somebody wants it: a new one without ``uid``, else the one that is changed."""

    uid: UUID | None
    area: int
    plan: int | None
    kind: PointKind
    name: str
    note: str
    x: float
    y: float


@command
def set_plan(*, stamp: Stamp, actor: Actor, area: int, content: bytes) -> int:
    """Give an area a plan to draw on: a picture, or a blank sheet without one; return its id.

    A plan that is there gets the new picture; what was drawn on it is stretched along. Refused as ``clean_picture``.
    """
    row = standing_area(area)
    picture = clean_picture(content) if content else None
    width, height = (picture.width, picture.height) if picture else (BLANK_WIDTH, BLANK_HEIGHT)
    sheet = AreaPlan.objects.select_for_update().filter(area=row).first()
    if sheet is None:
        sheet = AreaPlan(uid=uuid7(), area=row, width=width, height=height)
    elif (sheet.width, sheet.height) != (width, height):
        _stretch(sheet, width / sheet.width, height / sheet.height)
    sheet.width, sheet.height, sheet.changed_at = width, height, stamp.received_at
    sheet.media = picture.media if picture else ""
    sheet.sealed = vault.seal_bytes(PICTURE, picture.content) if picture else None
    sheet.save()
    facts = {"area": row.id, "plan": sheet.id, "picture": bool(picture)}
    record(stamp=stamp, actor=actor, entries=[Entry(PLAN_SET, _tally(row), facts, subject=row.uid)])
    return sheet.id


def _stretch(sheet: AreaPlan, across: float, down: float) -> None:
    """Carry what is drawn on a plan over to a picture of another size."""

    def stretched(shape: Shape) -> Shape:
        return [[[(round(x * across), round(y * down)) for x, y in ring] for ring in polygon] for polygon in shape]

    shapes = list(AreaShape.objects.filter(plan=sheet))
    columns: set[str] = set()
    for row in shapes:
        for column, value in measured(stretched(row.polygons)).items():
            setattr(row, column, value)
            columns.add(column)
    if shapes:
        AreaShape.objects.bulk_update(shapes, sorted(columns), batch_size=200)
    MapPoint.objects.filter(plan=sheet).update(x=F("x") * across, y=F("y") * down)


@command
def remove_plan(*, stamp: Stamp, actor: Actor, area: int) -> bool:
    """Take the plan of an area away with everything that is drawn on it; return whether there was one."""
    row = standing_area(area)
    removed, _ = AreaPlan.objects.filter(area=row).delete()
    if removed:
        facts = {"area": row.id}
        record(stamp=stamp, actor=actor, entries=[Entry(PLAN_REMOVED, _tally(row), facts, subject=row.uid)])
    return bool(removed)


@command
def set_point(*, stamp: Stamp, actor: Actor, point: WantedPoint) -> UUID:
    """Place a point on the map of an area, or change it.

    Refused without a name, outside the plan or the earth, and when the area has too many already.
    """
    row = standing_area(point.area)
    sheet = plan_around(row, point.plan)
    extent = extent_of_plan(sheet.width, sheet.height) if sheet else GROUND
    if not point.name.strip():
        raise Refused("places.point_name_missing")
    if not extent.holds((point.x, point.y)):
        raise Refused("places.corner_outside", x=f"{point.x:g}", y=f"{point.y:g}")
    uid = point.uid or uuid7()
    if MapPoint.objects.filter(area=row).exclude(uid=uid).count() >= POINTS_MOST:
        raise Refused("places.points_too_many", limit=POINTS_MOST)
    values = {
        "area": row,
        "plan": sheet,
        "kind": point.kind.value,
        "name": point.name.strip()[:60],
        "note": point.note.strip()[:200],
        "x": round(point.x, extent.digits),
        "y": round(point.y, extent.digits),
        "changed_at": stamp.received_at,
    }
    MapPoint.objects.update_or_create(uid=uid, defaults=values)
    facts = {"area": row.id, "point": str(uid), "kind": point.kind.value}
    record(stamp=stamp, actor=actor, entries=[Entry(POINT_SET, _tally(row), facts, subject=row.uid)])
    return uid


@command
def remove_point(*, stamp: Stamp, actor: Actor, point: UUID) -> bool:
    """Take a point off the map; return whether it was still there."""
    found = MapPoint.objects.select_related("area").filter(uid=point).first()
    if found is None:
        return False
    found.delete()
    facts = {"area": found.area_id, "point": str(point), "kind": found.kind}
    entry = Entry(POINT_REMOVED, _tally(found.area), facts, subject=found.area.uid)
    record(stamp=stamp, actor=actor, entries=[entry])
    return True


def _tally(row: Area) -> str:
    return row.grid_path or row.path
