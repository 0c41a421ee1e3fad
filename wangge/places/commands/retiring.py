"""Giving areas up, and taking that back: nothing is deleted, and no code is ever used again."""

from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.paths import contains, upper
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import copies, rules
from wangge.places.commands.adding import refuse_taken_buildings
from wangge.places.commands.kinds import AREA_RESTORED, AREA_RETIRED
from wangge.places.commands.standing import standing_area
from wangge.places.models import Area, Installation
from wangge.places.stillness import hold_alone


@command
def retire_area(*, stamp: Stamp, actor: Actor, area: int) -> int:
    """Give up an area with everything below it; return how many areas ended.

    Refused while a household, a duty or the like stands in it, and for the area of the response itself.
    """
    hold_alone()
    row = standing_area(area)
    refuse_root(row)
    living = copies.living_inside(row.path, on=stamp.counted_day)
    if living:
        raise Refused("places.not_empty", count=living)
    inside = Area.objects.filter(path__gte=row.path, path__lt=upper(row.path), retired_at=None)
    count = inside.update(retired_at=stamp.received_at)
    entry = Entry(AREA_RETIRED, row.grid_path or row.path, {"area": row.id, "areas": count}, subject=row.uid)
    record(stamp=stamp, actor=actor, entries=[entry])
    return count


@command
def restore_area(*, stamp: Stamp, actor: Actor, area: int) -> int:
    """Take the giving-up of an area back, with what ended in the same step; return how many areas stand again.

    Refused where the area above has ended too, or another building has taken the name.
    """
    hold_alone()
    row = Area.objects.select_for_update().filter(id=area, retired_at__isnull=False).first()
    if row is None:
        raise Refused("places.not_retired")
    if row.parent is not None and row.parent.retired_at is not None:
        raise Refused("places.above_retired", name=row.parent.name)
    inside = Area.objects.filter(path__gte=row.path, path__lt=upper(row.path), retired_at=row.retired_at)
    buildings = inside.filter(rank=rules.BUILDING_RANK).select_related("parent")
    refuse_taken_buildings([(one.parent, one.name, one.kind) for one in buildings if one.parent], but=[row.path])
    count = inside.update(retired_at=None)
    entry = Entry(AREA_RESTORED, row.grid_path or row.path, {"area": row.id, "areas": count}, subject=row.uid)
    record(stamp=stamp, actor=actor, entries=[entry])
    return count


def refuse_root(row: Area) -> None:
    """Refuse to change the place of the response's own area or of one above it."""
    opened = Installation.objects.select_related("area").first()
    if opened is not None and contains(row.path, opened.area.path):
        raise Refused("places.area_is_root", name=row.name)
