"""Writes of the installation and the tree. They are permitted by the flow that calls them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfoNotFoundError

from django.db import connection
from django.db.models import Max

from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.kinds import Kind, register_kind
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import join, upper
from wangge.kernel.periods import zone_of
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import divisions, queries, rules
from wangge.places.models import Area, Installation
from wangge.places.rules import DoorKey, Level

AREA_ADDED = "places.area_added"
AREA_RENAMED = "places.area_renamed"
OPENED = "places.installation_opened"
INSERT_AT_ONCE = 500


def register() -> None:
    """Tell the journal this room's kinds of line."""
    for kind in (AREA_ADDED, AREA_RENAMED, OPENED):
        register_kind(Kind(kind, retention="kept"))


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


@command
def open_installation(
    *,
    stamp: Stamp,
    actor: Actor,
    authority: str,
    legal_basis: str,
    response: str,
    area_code: str,
    area_name: str = "",
    language: str = "zh-hans",
    demonstration: bool = False,
) -> UUID:
    """Open the response of this installation in an area, with the areas above it as far as they are shipped.

    Refused when it is open already, when the code is malformed, or unknown and without a name.
    """
    if Installation.objects.exists():
        raise Refused("places.already_open")
    try:
        zone_of(stamp.zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise Refused("places.zone_unknown", zone=stamp.zone) from None
    root = _area_with_those_above(stamp, actor, area_code, area_name.strip())
    row = Installation.objects.create(
        uid=uuid7(),
        epoch=uuid7(),
        authority=authority.strip(),
        legal_basis=legal_basis.strip(),
        response=response.strip(),
        area=root,
        zone=stamp.zone,
        language=language,
        demonstration=demonstration,
        opened_at=stamp.received_at,
    )
    queries.forget_installation()
    entry = Entry(OPENED, root.grid_path or root.path, {"installation": str(row.uid)}, subject=root.uid)
    record(stamp=stamp, actor=actor, entries=[entry])
    return row.uid


def _area_with_those_above(stamp: Stamp, actor: Actor, text: str, name: str) -> Area:
    """Return the area of a code, making it and whatever is missing above it."""
    code = rules.normal_code(text)
    if code is None:
        raise Refused("places.code_malformed", code=text)
    known = divisions.chain(code)
    if not known and not name:
        raise Refused("places.area_unknown", code=text)
    parent: Area | None = None
    above = known or [d for c in rules.codes_above(code) for d in divisions.chain(c)[-1:]]
    for division in above:
        new = NewArea(level=Level(division.level), name=division.name, code=division.code, hidden=division.is_filler)
        parent = _found_or_made(stamp, actor, parent, new)
    if not known:
        parent = _found_or_made(stamp, actor, parent, NewArea(level=rules.level_of_code(code), name=name, code=code))
    if parent is None:
        raise Refused("places.area_unknown", code=text)
    return parent


def _found_or_made(stamp: Stamp, actor: Actor, parent: Area | None, new: NewArea) -> Area:
    found = Area.objects.filter(code=new.code).first()
    return found or _insert(stamp, actor, [(parent, new)])[0]


@command
def add_area(*, stamp: Stamp, actor: Actor, parent: int, area: NewArea) -> AreaAdded:
    """Add one area below another; any level may be skipped, none may be turned round."""
    return add_areas(stamp=stamp, actor=actor, parent=parent, areas=[area])[0]


@command
def add_areas(*, stamp: Stamp, actor: Actor, parent: int, areas: Sequence[NewArea]) -> list[AreaAdded]:
    """Add areas below one parent, in the order given; all of them or none.

    Refused for an unknown parent, an empty name, a level that is not below the parent's, or a code that was ever used.
    """
    above = Area.objects.select_for_update().filter(id=parent, retired_at=None).first()
    if above is None:
        raise Refused("places.area_unknown", code=str(parent))
    for new in areas:
        if not new.name.strip():
            raise Refused("places.name_missing")
        if new.level.rank <= above.rank:
            raise Refused("places.level_order", level=new.level.value, parent_level=above.level)
    return [AreaAdded(row.id, row.code, row.path) for row in _insert(stamp, actor, [(above, new) for new in areas])]


Placed = tuple[Area | None, NewArea]


def _insert(stamp: Stamp, actor: Actor, areas: Sequence[Placed]) -> list[Area]:
    """Write areas, each below its parent, with paths known beforehand, and a line for each above the stairwell."""
    ids = _new_ids(len(areas))
    codes = _codes(areas)
    order = _last_orders({parent.id for parent, _ in areas if parent})
    rows = []
    for (parent, new), id_, code in zip(areas, ids, codes, strict=True):
        above = parent.id if parent else None
        order[above] = order.get(above, 0) + 1
        rows.append(_row(stamp, parent, new, id_=id_, code=code, order=order[above]))
    Area.objects.bulk_create(rows, batch_size=INSERT_AT_ONCE)
    entries = [
        Entry(AREA_ADDED, row.grid_path or row.path, {"area": row.id, "level": row.level}, subject=row.uid)
        for row in rows
        if row.rank < rules.STAIRWELL_RANK
    ]
    record(stamp=stamp, actor=actor, entries=entries)
    return rows


def _last_orders(parents: set[int]) -> dict[int | None, int]:
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
        parent=parent,
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
    given = [new.code.strip() for _, new in areas if new.code]
    taken = set(Area.objects.filter(code__in=given).values_list("code", flat=True))
    if clash := sorted(code for code in given if code in taken or given.count(code) > 1):
        raise Refused("places.code_taken", code=clash[0])
    used: set[str] = set(given)
    read: set[str] = set()
    codes: list[str | None] = []
    for parent, new in areas:
        stem = (parent.code or "") if parent else ""
        if new.code or not stem or new.level not in rules.DIGITS:
            codes.append(new.code.strip() if new.code else None)
            continue
        if stem not in read:
            used |= {code for code in _codes_like(stem) if code}
            read.add(stem)
        code = rules.next_code(stem, new.level, used)
        used.add(code)
        codes.append(code)
    return codes


def _codes_like(stem: str) -> Iterable[str | None]:
    """Return the codes that may clash with the next ones below an area."""
    if not stem:
        return ()
    family = stem[:9] if len(stem) == 12 and stem.endswith("000") else stem[:12]
    return Area.objects.filter(code__gte=family, code__lt=family + "~").values_list("code", flat=True)


@command
def rename_area(*, stamp: Stamp, actor: Actor, area: int, name: str) -> int:
    """Give an area another name; the old one stays in its history."""
    row = Area.objects.select_for_update().filter(id=area, retired_at=None).first()
    if row is None:
        raise Refused("places.area_unknown", code=str(area))
    if not name.strip():
        raise Refused("places.name_missing")
    facts = {"area": row.id, "old": row.name, "new": name.strip()}
    row.name = name.strip()
    row.save(update_fields=["name"])
    record(stamp=stamp, actor=actor, entries=[Entry(AREA_RENAMED, row.grid_path or row.path, facts, subject=row.uid)])
    return row.id


@command
def ensure_dwellings(*, stamp: Stamp, actor: Actor, area: int, keys: Sequence[DoorKey]) -> dict[str, int]:
    """Return the dwelling area of each door in a community, village or grid, making what is not there.

    Buildings and villagers' groups, stairwells and dwellings are made as needed, a fixed number of statements each.
    """
    home = Area.objects.select_for_update().filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("places.area_unknown", code=str(area))
    wanted = sorted(set(keys), key=DoorKey.order)
    inside = Area.objects.filter(path__gte=home.path, path__lt=upper(home.path), retired_at=None)
    found = {row.door: row.id for row in inside.filter(door__in=[str(key) for key in wanted])}
    missing = [key for key in wanted if str(key) not in found]
    if missing:
        buildings = _ensure_buildings(stamp, actor, home, missing)
        stairwells = _ensure_stairwells(stamp, actor, buildings, missing)
        new = [(stairwells.get((key.building, key.unit), buildings[key.building]), _dwelling(key)) for key in missing]
        found |= {row.door: row.id for row in _insert(stamp, actor, new)}
    return found


def _ensure_buildings(stamp: Stamp, actor: Actor, home: Area, keys: Sequence[DoorKey]) -> dict[str, Area]:
    inside = Area.objects.filter(path__gte=home.path, path__lt=upper(home.path), level=Level.BUILDING, retired_at=None)
    found = {row.name: row for row in inside}
    new = [
        NewArea(level=Level.BUILDING, name=key.building, kind=rules.GROUP if key.group else "")
        for key in {key.building: key for key in keys if key.building not in found}.values()
    ]
    return found | {row.name: row for row in _insert(stamp, actor, [(home, one) for one in new])}


def _ensure_stairwells(
    stamp: Stamp, actor: Actor, buildings: dict[str, Area], keys: Sequence[DoorKey]
) -> dict[tuple[str, str], Area]:
    wanted = {(key.building, key.unit) for key in keys if key.unit not in ("", "0")}
    by_id = {row.id: name for name, row in buildings.items()}
    rows = Area.objects.filter(parent__in=by_id, level=Level.STAIRWELL, retired_at=None)
    found = {(by_id[row.parent_id or 0], row.unit): row for row in rows}
    missing = sorted(wanted - found.keys(), key=lambda one: (rules.natural(one[0]), rules.natural(one[1])))
    new = [(buildings[name], NewArea(level=Level.STAIRWELL, name=unit, unit=unit)) for name, unit in missing]
    return found | dict(zip(missing, _insert(stamp, actor, new), strict=True))


def _dwelling(key: DoorKey) -> NewArea:
    return NewArea(
        level=Level.DWELLING,
        name=key.room,
        unit=key.unit,
        floor=None if key.group else rules.floor_of(key.room),
        room=key.room,
        door=str(key),
    )
