"""Splitting, merging and moving areas: ids stay, paths change everywhere by a few statements, stocks follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import F

from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.counters import stocks_inside
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.paths import contains, join
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import copies, rules
from wangge.places.commands.adding import NewArea, communities_of, insert, last_orders, refuse_taken_buildings
from wangge.places.commands.kinds import AREA_MOVED, AREA_RETIRED, AREA_SPLIT, AREAS_MERGED
from wangge.places.commands.renaming import rekey
from wangge.places.commands.retiring import refuse_root
from wangge.places.commands.standing import standing_area, standing_areas
from wangge.places.copies import Change
from wangge.places.models import Area
from wangge.places.rules import Level
from wangge.places.stillness import hold_alone


@dataclass(frozen=True, slots=True)
class PathsChanged:
    """The area in which paths have changed, and its path now."""

    id: int
    code: str | None
    path: str


@command
def split_area(
    *, stamp: Stamp, actor: Actor, area: int, name: str, children: Sequence[int], code: str | None = None
) -> PathsChanged:
    """Put some of the areas one step below an area into a new one beside it; return the new one.

    Refused below the building, for the response's own area, without children or with all of them, for one that is not
    directly below, and as ``add_areas``.
    """
    hold_alone()
    row = standing_area(area)
    _refuse_small(row)
    refuse_root(row)
    below = dict(Area.objects.filter(parent=row, retired_at=None).values_list("id", "path"))
    chosen = sorted(set(children))
    if not chosen:
        raise Refused("places.nothing_chosen")
    if not below.keys() >= set(chosen):
        raise Refused("places.child_unknown", name=row.name)
    if len(chosen) == len(below):
        raise Refused("places.nothing_left", name=row.name)
    new = _sibling(stamp, actor, row, name, code)
    change = Change(ranges=[below[id_] for id_ in chosen], old=row.path, new=new.path, grid=new.grid_path)
    counts = _carry(change, before=change.ranges, after=[new.path])
    Area.objects.filter(id__in=chosen).update(parent=new)
    if row.level == Level.BUILDING:
        rekey(new.path, rules.building_key(row.name), rules.building_key(new.name))
        _count_units(row, new)
    facts = {"area": row.id, "new": new.id, "children": chosen}
    record(stamp=stamp, actor=actor, entries=[Entry(AREA_SPLIT, _tally(row), facts, counts, subject=row.uid)])
    return PathsChanged(new.id, new.code, new.path)


def _sibling(stamp: Stamp, actor: Actor, row: Area, name: str, code: str | None) -> Area:
    """Make the new area beside the one that is split."""
    level = Level(row.level)
    if not name.strip():
        raise Refused("places.name_missing")
    if code and (fault := rules.code_fault(rules.clean_code(code, level), level)):
        raise Refused(fault, code=code, level=level.value)
    if row.parent is None:
        raise Refused("places.area_is_root", name=row.name)
    if level == Level.BUILDING:
        refuse_taken_buildings([(row.parent, name, row.kind)])
    new = NewArea(
        level=level, name=name, code=code, kind=row.kind, floors=row.floors, doors_per_floor=row.doors_per_floor
    )
    return insert(stamp, actor, [(row.parent, new)])[0]


@command
def merge_areas(*, stamp: Stamp, actor: Actor, kept: int, gone: int) -> PathsChanged:
    """Put everything that lies in ``gone`` into ``kept`` and give ``gone`` up; its workers work in ``kept`` then.

    Refused for one area with itself, two of different rank, below the building, for the response's own area, and
    where two buildings of one community, or two stairwells or doors of one building, would have the same name.
    """
    hold_alone()
    both = standing_areas([kept, gone])
    row, end = both[kept], both[gone]
    _refuse_small(row)
    refuse_root(end)
    if row.id == end.id or row.rank != end.rank:
        raise Refused("places.not_alike")
    _refuse_same_names(end, row)
    counts = _merge(stamp, row, end)
    facts = {"area": row.id, "gone": end.id}
    entries = [
        Entry(AREAS_MERGED, _tally(row), facts, counts, subject=row.uid),
        Entry(AREA_RETIRED, _tally(end), {"area": end.id, "into": row.id}, subject=end.uid),
    ]
    record(stamp=stamp, actor=actor, entries=entries)
    return PathsChanged(row.id, row.code, row.path)


def _merge(stamp: Stamp, row: Area, end: Area) -> tuple[Count, ...]:
    """Carry everything over and end the area that is given up."""
    last = last_orders({row.id}).get(row.id, 0)
    both = [row.path, end.path]
    counts = _carry(Change(ranges=[end.path], old=end.path, new=row.path, grid=row.grid_path), both, both, but=end.id)
    Area.objects.filter(parent=end).update(parent=row, order=F("order") + last)
    Area.objects.filter(id=end.id).update(retired_at=stamp.received_at)
    copies.hand_over(end.id, row.id)
    if row.level == Level.BUILDING:
        rekey(row.path, rules.building_key(end.name), rules.building_key(row.name))
        _count_units(row)
    return counts


def _count_units(*buildings: Area) -> None:
    """Write into buildings how many stairwells they have now."""
    for row in buildings:
        number = Area.objects.filter(parent=row, level=Level.STAIRWELL, retired_at=None).count()
        Area.objects.filter(id=row.id).update(units=number)


@command
def move_area(*, stamp: Stamp, actor: Actor, area: int, parent: int) -> PathsChanged:
    """Hang an area with everything below it under another; its id and its code stay.

    Refused where it hangs already, under itself or under a level that is not above its own, below the building, for
    the response's own area, and where a building of the new community has the name of one that comes.
    """
    hold_alone()
    both = standing_areas([area, parent])
    row, above = both[area], both[parent]
    _refuse_small(row)
    refuse_root(row)
    if contains(row.path, above.path) or above.rank >= row.rank:
        raise Refused("places.level_order", level=row.level, parent_level=above.level)
    if row.parent_id == above.id:
        raise Refused("places.already_there", name=above.name)
    _refuse_same_buildings(row, above)
    old, old_parent, path = row.path, row.parent_id, join(above.path, row.id)
    change = Change(ranges=[old], old=old, new=path, grid=above.grid_path)
    counts = _carry(change, before=[old], after=[path])
    order = last_orders({above.id}).get(above.id, 0) + 1
    Area.objects.filter(id=row.id).update(parent=above, order=order)
    row.refresh_from_db()
    facts = {"area": row.id, "from": old_parent, "to": above.id, "old_path": old, "new_path": path}
    record(stamp=stamp, actor=actor, entries=[Entry(AREA_MOVED, _tally(row), facts, counts, subject=row.uid)])
    return PathsChanged(row.id, row.code, path)


def _carry(change: Change, before: Sequence[str], after: Sequence[str], *, but: int = 0) -> tuple[Count, ...]:
    """Change the paths of areas and of every copy, and return what the stocks moved by.

    ``before`` and ``after`` are the areas in which the things that move are counted.
    """
    held = stocks_inside(before)
    copies.carry(Area.objects.exclude(id=but), change, path="path", grid="grid_path")
    copies.carry_copies(change)
    moved = stocks_inside(after)
    moved.subtract(held)
    return tuple(Count(counter, path, delta) for (counter, path), delta in sorted(moved.items()) if delta)


def _tally(row: Area) -> str:
    return row.grid_path or row.path


def _refuse_small(row: Area) -> None:
    """Refuse to reshape stairwells and doors: they are part of their building."""
    if row.rank > rules.BUILDING_RANK:
        raise Refused("places.part_of_building")


def _refuse_same_buildings(row: Area, above: Area) -> None:
    """Refuse when a building in ``row`` has the name of one in the community of ``above``."""
    homes = communities_of([row, above])
    if homes[row.id] != homes[above.id] and row.rank > rules.COMMUNITY_RANK:
        rows = Area.objects.filter(copies.within("path", [row.path]), level=Level.BUILDING, retired_at=None)
        refuse_taken_buildings([(above, one.name, one.kind) for one in rows], but=[row.path])


def _refuse_same_names(end: Area, row: Area) -> None:
    """Refuse a merger after which two buildings, stairwells or doors of one place had the same name."""
    if row.rank in (rules.COMMUNITY_RANK, rules.GRID_RANK):
        rows = Area.objects.filter(copies.within("path", [end.path]), level=Level.BUILDING, retired_at=None)
        refuse_taken_buildings([(row, one.name, one.kind) for one in rows], but=[end.path])
    elif row.level == Level.BUILDING:
        below = Area.objects.filter(parent=row, retired_at=None).values("name")
        clash = Area.objects.filter(parent=end, retired_at=None, name__in=below).order_by("order").first()
        if clash is not None:
            raise Refused("places.name_taken", name=clash.name)
