"""Outlines of areas: drawn by hand, or from a file that is looked at first."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import contains
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.commands.kinds import SHAPE_REMOVED, SHAPE_SET, SHAPES_PLACED
from wangge.places.commands.standing import standing_area, standing_areas
from wangge.places.models import Area, AreaPlan, AreaShape, ShapeFile
from wangge.places.rules import BUILDING_RANK
from wangge.places.shapes.geojson import Feature, read_features
from wangge.places.shapes.geometry import Ring, Shape, box_of, centre_of, corners, room_at, thinned
from wangge.places.shapes.points import GROUND, extent_of_plan, shape_of


@command
def set_shape(*, stamp: Stamp, actor: Actor, area: int, plan: int | None, rings: Sequence[Ring]) -> int:
    """Draw the outline of an area, on the ground or on a plan; return the area.

    Refused below the building, for a plan that does not lie around the area, and for rings that enclose nothing.
    """
    row = standing_area(area)
    if row.rank > BUILDING_RANK:
        raise Refused("places.shape_too_small")
    sheet = plan_around(row, plan)
    extent = extent_of_plan(sheet.width, sheet.height) if sheet else GROUND
    _save({row.id: shape_of(rings, extent)}, sheet, stamp)
    facts = {"area": row.id, "plan": sheet.id if sheet else None}
    record(stamp=stamp, actor=actor, entries=[Entry(SHAPE_SET, _tally(row), facts, subject=row.uid)])
    return row.id


@command
def remove_shape(*, stamp: Stamp, actor: Actor, area: int, plan: int | None) -> bool:
    """Take the outline of an area away; return whether there was one."""
    row = standing_area(area)
    removed, _ = AreaShape.objects.filter(area=row, plan=plan).delete()
    if removed:
        facts = {"area": row.id, "plan": plan}
        record(stamp=stamp, actor=actor, entries=[Entry(SHAPE_REMOVED, _tally(row), facts, subject=row.uid)])
    return bool(removed)


@command
def upload_shapes(*, stamp: Stamp, actor: Actor, area: int, name: str, content: bytes, account: UUID) -> UUID:
    """Read a file of shapes for an area and keep what it holds until it is placed; return the file.

    What waited there before goes. Nothing is drawn yet. Refused as ``read_features``.
    """
    row = standing_area(area)
    read = read_features(content)
    ShapeFile.objects.filter(area=row).delete()
    file = ShapeFile.objects.create(
        uid=uuid7(),
        area=row,
        name=name[:200],
        features=msgspec.to_builtins(read.features),
        faults=msgspec.to_builtins(read.faults),
        account=account,
        uploaded_at=stamp.received_at,
    )
    return file.uid


@command
def place_shapes(*, stamp: Stamp, actor: Actor, file: UUID, chosen: Sequence[tuple[int, int]]) -> int:
    """Draw shapes of a file: (number in the file, area); return how many areas have got their outline.

    Several shapes of one area make one outline of several parts. What is not chosen waits on; when nothing waits, the
    file goes. Refused when the file is gone, or when an area does not lie in that of the file.
    """
    row = ShapeFile.objects.select_for_update().select_related("area").filter(uid=file).first()
    if row is None:
        raise Refused("places.shape_file_gone")
    waiting = {one.number: one for one in msgspec.convert(row.features, tuple[Feature, ...])}
    taken = [(number, area) for number, area in chosen if number in waiting]
    areas = standing_areas(area for _, area in taken)
    shapes: dict[int, Shape] = {}
    for number, area in taken:
        if not contains(row.area.path, areas[area].path) or areas[area].rank > BUILDING_RANK:
            raise Refused("places.shape_elsewhere", name=areas[area].name)
        shapes.setdefault(area, []).extend(waiting.pop(number).shape)
    _save(shapes, None, stamp)
    if waiting:
        row.features = msgspec.to_builtins(tuple(waiting.values()))
        row.save(update_fields=["features"])
    else:
        row.delete()
    if shapes:
        facts = {"area": row.area_id, "areas": sorted(shapes)}
        record(stamp=stamp, actor=actor, entries=[Entry(SHAPES_PLACED, _tally(row.area), facts, subject=row.area.uid)])
    return len(shapes)


@command
def discard_shapes(*, stamp: Stamp, actor: Actor, file: UUID) -> bool:
    """Throw away what waits in a file; outlines that were drawn from it stay. Return whether it was still there."""
    removed, _ = ShapeFile.objects.filter(uid=file).delete()
    return bool(removed)


def plan_around(area: Area, plan: int | None) -> AreaPlan | None:
    """Return the plan with this id, None for the ground; refused when the area does not lie in the plan's."""
    if plan is None:
        return None
    row = AreaPlan.objects.select_related("area").filter(id=plan).first()
    if row is None or not contains(row.area.path, area.path):
        raise Refused("places.plan_unknown")
    return row


def _save(shapes: dict[int, Shape], plan: AreaPlan | None, stamp: Stamp) -> None:
    """Write outlines in place of those that were there, in two statements."""
    AreaShape.objects.filter(area__in=shapes, plan=plan).delete()
    rows = []
    for area, shape in shapes.items():
        rows.append(AreaShape(area_id=area, plan=plan, changed_at=stamp.received_at, **measured(shape)))
    AreaShape.objects.bulk_create(rows, batch_size=500)


def measured(shape: Shape) -> dict[str, Any]:
    """Return the columns that follow from the corners of a shape."""
    drawn, box, centre = thinned(shape), box_of(corners(shape)), centre_of(shape)
    wide, high = room_at(drawn, centre)
    return {
        "polygons": shape,
        "drawn": drawn,
        "west": box.west,
        "south": box.south,
        "east": box.east,
        "north": box.north,
        "x": centre[0],
        "y": centre[1],
        "wide": wide,
        "high": high,
    }


def _tally(row: Area) -> str:
    return row.grid_path or row.path
