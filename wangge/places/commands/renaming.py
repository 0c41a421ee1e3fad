"""Another name for an area; the keys of the doors inside follow it."""

from django.db.models import Value
from django.db.models.functions import Concat, Substr

from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import rules
from wangge.places.commands.adding import refuse_taken_buildings
from wangge.places.commands.kinds import AREA_RENAMED
from wangge.places.commands.standing import standing_area
from wangge.places.models import Area
from wangge.places.rules import Level


@command
def rename_area(*, stamp: Stamp, actor: Actor, area: int, name: str) -> int:
    """Give an area another name; the old one stays in its history.

    Refused for an unknown area, an empty name, or one that another building of the community, or another stairwell or
    door of the building, has.
    """
    row = standing_area(area)
    if not name.strip():
        raise Refused("places.name_missing")
    old, row.name = row.name, name.strip()
    row.save(update_fields=["name"])
    if row.rank >= rules.BUILDING_RANK:
        _follow(row, old)
    facts = {"area": row.id, "old": old, "new": row.name}
    record(stamp=stamp, actor=actor, entries=[Entry(AREA_RENAMED, row.grid_path or row.path, facts, subject=row.uid)])
    return row.id


def _follow(row: Area, old: str) -> None:
    """Bring doors in line with the new name of a building, stairwell or dwelling."""
    if row.level == Level.BUILDING:
        if row.parent is not None and rules.building_key(old) != rules.building_key(row.name):
            refuse_taken_buildings([(row.parent, row.name, row.kind)], but=[row.path])
        rekey(row.path, rules.building_key(old), rules.building_key(row.name))
        return
    if (
        Area.objects.filter(parent=row.parent_id, name=row.name, unit=row.unit, retired_at=None)
        .exclude(id=row.id)
        .exists()
    ):
        raise Refused("places.name_taken", name=row.name)
    part = rules.building_key(row.name)
    if row.level == Level.STAIRWELL:
        _rename_unit(row, part)
    else:
        row.room, row.floor = part, None if row.unit == "" else rules.floor_of(part)
        row.door = row.door[: len(row.door) - len(rules.building_key(old))] + part
        row.save(update_fields=["room", "floor", "door"])


def _rename_unit(row: Area, unit: str) -> None:
    """Write a stairwell's new number into itself and the doors on it."""
    if (
        Area.objects.filter(parent=row.parent_id, level=Level.STAIRWELL, unit=unit, retired_at=None)
        .exclude(id=row.id)
        .exists()
    ):
        raise Refused("places.name_taken", name=row.name)
    building = rules.building_key(row.parent.name) if row.parent else ""
    rekey(row.path, f"{building}-{row.unit}", f"{building}-{unit}")
    Area.objects.filter(path__gte=row.path, path__lt=upper(row.path)).update(unit=unit)


def rekey(path: str, old: str, new: str) -> None:
    """Change the beginning of the keys of all doors in an area."""
    if old == new:
        return
    rows = Area.objects.filter(path__gte=path, path__lt=upper(path))
    for sign in ("-", "/"):
        rows.filter(door__startswith=old + sign).update(door=Concat(Value(new), Substr("door", len(old) + 1)))
