"""Adding areas: ids, codes that were never used, paths known beforehand."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Max, Q

from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.inserting import insert_rows
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import ancestors, join
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import rules
from wangge.places.commands.kinds import AREA_ADDED
from wangge.places.commands.standing import standing_areas
from wangge.places.copies import within
from wangge.places.models import Area
from wangge.places.rules import Level
from wangge.places.stillness import hold_still


@dataclass(frozen=True, slots=True)
class AreaAdded:
    """An area that is now in the tree."""

    id: int
    code: str | None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewArea:
    """An area to be added below another; without ``code`` it gets the next free one of its level."""

    level: Level
    name: str
    code: str | None = None
    kind: str = ""
    hidden: bool = False
    units: int | None = None
    floors: int | None = None
    doors_per_floor: int | None = None
    unit: str = ""
    floor: int | None = None
    room: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True)
class Placing:
    """A new area and the one below which it is to stand."""

    parent: int
    area: NewArea


Placed = tuple[Area | None, NewArea]


@command
def add_area(*, stamp: Stamp, actor: Actor, parent: int, area: NewArea) -> AreaAdded:
    """Add one area below another; any level may be skipped, none may be turned round."""
    return add_areas(stamp=stamp, actor=actor, parent=parent, areas=[area])[0]


@command
def add_areas(*, stamp: Stamp, actor: Actor, parent: int, areas: Sequence[NewArea]) -> list[AreaAdded]:
    """Add areas below one parent, in the order given; all of them or none.

    Refused for an unknown parent, an empty name, a level that is not below the parent's, a code that was ever used or
    stands for another level, or a building whose name is taken in its community.
    """
    return place_areas(stamp=stamp, actor=actor, placings=[Placing(parent, area) for area in areas])


@command
def place_areas(*, stamp: Stamp, actor: Actor, placings: Sequence[Placing]) -> list[AreaAdded]:
    """Add areas below several parents, in the order given; all of them or none; refusals as ``add_areas``."""
    hold_still()
    parents = standing_areas(placing.parent for placing in placings)
    for placing in placings:
        _check(parents[placing.parent], placing.area)
    placed: list[Placed] = [(parents[placing.parent], placing.area) for placing in placings]
    buildings = [one for one in placings if one.area.level == Level.BUILDING]
    refuse_taken_buildings([(parents[one.parent], one.area.name, one.area.kind) for one in buildings])
    return [AreaAdded(row.id, row.code, row.path) for row in insert(stamp, actor, placed)]


def _check(above: Area, new: NewArea) -> None:
    if not new.name.strip():
        raise Refused("places.name_missing")
    if new.level.rank <= above.rank:
        raise Refused("places.level_order", level=new.level.value, parent_level=above.level)
    if new.code and (fault := rules.code_fault(rules.clean_code(new.code, new.level), new.level)):
        raise Refused(fault, code=new.code, level=new.level.value)


def communities_of(areas: Sequence[Area]) -> dict[int, str]:
    """Return by area the path of the community it lies in, or its own path where there is none."""
    above = {path for area in areas for path in ancestors(area.path)}
    known = set(Area.objects.filter(path__in=above, rank=rules.COMMUNITY_RANK).values_list("path", flat=True))
    return {area.id: next((p for p in ancestors(area.path) if p in known), area.path) for area in areas}


BuildingWanted = tuple[Area, str, str]
"""Where a building is to stand, its name, and its kind (a villagers' group or none)."""


def refuse_taken_buildings(wanted: Sequence[BuildingWanted], *, but: Sequence[str] = ()) -> None:
    """Refuse building names that another building of the same community has, or that are given twice.

    A building and a villagers' group of one name are two places. ``but`` are paths whose buildings do not count,
    because they are what is being changed.
    """
    if not wanted:
        return
    homes = communities_of(list({area.id: area for area, _, _ in wanted}.values()))
    asked: dict[tuple[str, bool], list[tuple[str, str]]] = defaultdict(list)
    for area, name, kind in wanted:
        asked[homes[area.id], area.rank >= rules.COMMUNITY_RANK].append((name, kind))
    for (home, tallied), named in asked.items():
        rows = Area.objects.filter(within("path", [home]), level=Level.BUILDING, retired_at=None)
        if not tallied:  # directly below a township or higher: communities inside it have their own names
            rows = rows.filter(grid_path="")
        known = {_building_key(*row) for row in rows.exclude(within("path", but)).values_list("name", "kind")}
        for name, kind in named:
            key = _building_key(name, kind)
            if key in known:
                raise Refused("places.building_taken", name=name)
            known.add(key)


def _building_key(name: str, kind: str) -> tuple[str, bool]:
    return rules.building_key(name), kind == rules.GROUP


def insert(stamp: Stamp, actor: Actor, areas: Sequence[Placed]) -> list[Area]:
    """Write areas, each below its parent, with paths known beforehand, and a line for each above the stairwell."""
    ids = _new_ids(len(areas))
    codes = _codes(areas)
    order = last_orders({parent.id for parent, _ in areas if parent})
    rows = []
    for (parent, new), id_, code in zip(areas, ids, codes, strict=True):
        above = parent.id if parent else None
        order[above] = order.get(above, 0) + 1
        rows.append(_row(stamp, parent, new, id_=id_, code=code, order=order[above]))
    insert_rows(rows)
    entries = [
        Entry(AREA_ADDED, row.grid_path or row.path, {"area": row.id, "level": row.level}, subject=row.uid)
        for row in rows
        if row.rank < rules.STAIRWELL_RANK
    ]
    record(stamp=stamp, actor=actor, entries=entries)
    return rows


def last_orders(parents: set[int]) -> dict[int | None, int]:
    """Return the last place among its siblings below each parent."""
    rows = Area.objects.filter(parent__in=parents).order_by().values_list("parent").annotate(last=Max("order"))
    return dict(rows)


def _row(stamp: Stamp, parent: Area | None, new: NewArea, *, id_: int, code: str | None, order: int) -> Area:
    path = join(parent.path if parent else "", id_)
    grid_path = parent.grid_path if parent else ""
    if rules.COMMUNITY_RANK <= new.level.rank <= rules.GRID_RANK:
        grid_path = path
    return Area(
        id=id_,
        uid=uuid7(),
        parent_id=parent.id if parent else None,
        path=path,
        grid_path=grid_path,
        level=new.level.value,
        rank=new.level.rank,
        name=new.name.strip(),
        kind=new.kind,
        code=code,
        hidden=new.hidden,
        order=order,
        units=new.units,
        floors=new.floors,
        doors_per_floor=new.doors_per_floor,
        unit=new.unit,
        floor=new.floor,
        room=new.room,
        door=new.door,
        opened_at=stamp.received_at,
    )


def _new_ids(count: int) -> list[int]:
    """Return ids that nobody else gets: from PostgreSQL's sequence, or above the largest under SQLite's write lock."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence('places_area', 'id')) FROM generate_series(1, %s)", [count]
            )
            return [int(row[0]) for row in cursor.fetchall()]
    first = (Area.objects.aggregate(last=Max("id"))["last"] or 0) + 1
    return list(range(first, first + count))


def _codes(areas: Sequence[Placed]) -> list[str | None]:
    """Return the code of each new area: its own, when it was never used, or the next free one."""
    own = [rules.clean_code(new.code, new.level) if new.code else "" for _, new in areas]
    given = [code for code in own if code]
    taken = set(Area.objects.filter(code__in=given).values_list("code", flat=True))
    if clash := sorted(code for code in set(given) if code in taken or given.count(code) > 1):
        raise Refused("places.code_taken", code=clash[0])
    used: set[str] = set(given)
    used |= _codes_like({parent.code or "" for parent, new in areas if parent and not new.code})
    codes: list[str | None] = []
    for (parent, new), code in zip(areas, own, strict=True):
        stem = (parent.code or "") if parent else ""
        if code or not stem or new.level not in rules.DIGITS:
            codes.append(code or None)
            continue
        codes.append(rules.next_code(stem, new.level, used))
        used.add(codes[-1] or "")
    return codes


def _codes_like(stems: Iterable[str]) -> set[str]:
    """Return the codes that may clash with the next ones below areas with these codes."""
    condition = Q(pk__in=[])
    for stem in {stem.rstrip("0")[:9] if stem[9:] == "000" else stem[:12] for stem in stems if stem}:
        condition |= Q(code__gte=stem, code__lt=stem + "~")
    return {code for code in Area.objects.filter(condition).values_list("code", flat=True) if code}
