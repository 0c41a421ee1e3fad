"""Buildings by their numbers, and the doors that registers and plans need."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from wangge.journal.actors import Actor
from wangge.journal.among import among
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import rules
from wangge.places.commands.adding import NewArea, insert, refuse_taken_buildings
from wangge.places.commands.kinds import BUILDING_ENLARGED
from wangge.places.commands.standing import standing_area
from wangge.places.models import Area
from wangge.places.rules import BuildingPlan, DoorKey, Level
from wangge.places.stillness import hold_still

MOST_BUILDINGS = 500
# A building or villagers' group by its part of the door's key, and whether it is a group.
BuildingKey = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class BuildingSet:
    """What became of one planned building: ``made``, ``enlarged``, ``same``, or ``smaller`` than what stands."""

    id: int
    outcome: str


@command
def ensure_dwellings(*, stamp: Stamp, actor: Actor, area: int, keys: Sequence[DoorKey]) -> dict[str, int]:
    """Return the dwelling area of each door in a community, village or grid, making what is not there.

    Buildings and villagers' groups, stairwells and dwellings are made as needed, a fixed number of statements each.
    """
    home = _home(area)
    wanted = sorted(set(keys), key=DoorKey.order)
    inside = Area.objects.filter(path__gte=home.path, path__lt=upper(home.path), retired_at=None)
    doors = inside.filter(among("door", [str(key) for key in wanted])).exclude(door="")  # as the index says it
    found = dict(doors.values_list("door", "id"))
    missing = [key for key in wanted if str(key) not in found]
    if missing:
        buildings = _ensure_buildings(stamp, actor, home, missing)
        stairwells = _ensure_stairwells(stamp, actor, buildings, missing)
        new = [
            (stairwells.get((key.building, key.unit), buildings[key.building, key.group]), _dwelling(key))
            for key in missing
        ]
        found |= {row.door: row.id for row in insert(stamp, actor, new)}
    return found


def _home(area: int) -> Area:
    hold_still()
    return standing_area(area)


def _buildings(home: Area, wanted: Collection[BuildingKey] | None = None) -> dict[BuildingKey, Area]:
    """Return the buildings of an area by key, or only those that are wanted: a large area has thousands."""
    inside = Area.objects.filter(path__gte=home.path, path__lt=upper(home.path), retired_at=None)
    rows = inside.filter(rank=rules.BUILDING_RANK)
    if wanted is not None:
        names = rows.values_list("id", "name", "kind")
        known = [id_ for id_, name, kind in names if (rules.building_key(name), kind == rules.GROUP) in wanted]
        rows = Area.objects.filter(id__in=known)
    return {(rules.building_key(row.name), row.kind == rules.GROUP): row for row in rows.order_by("-id")}


def _ensure_buildings(stamp: Stamp, actor: Actor, home: Area, keys: Sequence[DoorKey]) -> dict[BuildingKey, Area]:
    found = _buildings(home, {(key.building, key.group) for key in keys})
    missing = list(dict.fromkeys((k.building, k.group) for k in keys if (k.building, k.group) not in found))
    new = [NewArea(level=Level.BUILDING, name=name, kind=rules.GROUP if group else "") for name, group in missing]
    return found | dict(zip(missing, insert(stamp, actor, [(home, one) for one in new]), strict=True))


def _ensure_stairwells(
    stamp: Stamp, actor: Actor, buildings: dict[BuildingKey, Area], keys: Sequence[DoorKey]
) -> dict[tuple[str, str], Area]:
    wanted = {(key.building, key.unit) for key in keys if key.unit not in ("", "0")}
    by_id = {row.id: name for (name, group), row in buildings.items() if not group}
    rows = Area.objects.filter(parent__in=by_id, level=Level.STAIRWELL, retired_at=None)
    found = {(by_id[row.parent_id or 0], row.unit): row for row in rows}
    missing = sorted(wanted - found.keys(), key=lambda one: (rules.natural(one[0]), rules.natural(one[1])))
    new = [(buildings[name, False], NewArea(level=Level.STAIRWELL, name=unit, unit=unit)) for name, unit in missing]
    return found | dict(zip(missing, insert(stamp, actor, new), strict=True))


def _dwelling(key: DoorKey) -> NewArea:
    return NewArea(
        level=Level.DWELLING,
        name=key.room,
        unit=key.unit,
        floor=None if key.group else rules.floor_of(key.room),
        room=key.room,
        door=str(key),
    )


@command
def set_buildings(*, stamp: Stamp, actor: Actor, area: int, plans: Sequence[BuildingPlan]) -> list[BuildingSet]:
    """Make the planned buildings that are not there and note the numbers of those that grew; doors come after.

    A building never shrinks by a plan: somebody may live behind its doors. Refused above 500 buildings, and for
    numbers no building has.
    """
    if len(plans) > MOST_BUILDINGS:
        raise Refused("places.too_many", limit=MOST_BUILDINGS)
    home = _home(area)
    for plan in plans:
        if fault := rules.plan_fault(plan):
            raise Refused(fault, name=plan.name)
    if again := rules.twice([plan.name for plan in plans]):
        raise Refused("places.building_taken", name=again[0])
    found = {name: row for (name, group), row in _buildings(home).items() if not group}
    missing = [plan for plan in plans if rules.building_key(plan.name) not in found]
    refuse_taken_buildings([(home, plan.name, "") for plan in missing])
    made = insert(stamp, actor, [(home, _building(plan)) for plan in missing])
    outcomes = {
        rules.building_key(plan.name): BuildingSet(row.id, "made") for plan, row in zip(missing, made, strict=True)
    }
    for plan in plans:
        key = rules.building_key(plan.name)
        if key in found:
            outcomes[key] = BuildingSet(found[key].id, _enlarge(stamp, actor, found[key], plan))
    return [outcomes[rules.building_key(plan.name)] for plan in plans]


def _building(plan: BuildingPlan) -> NewArea:
    return NewArea(
        level=Level.BUILDING,
        name=plan.name,
        units=plan.units,
        floors=plan.floors,
        doors_per_floor=plan.doors_per_floor,
    )


def _enlarge(stamp: Stamp, actor: Actor, row: Area, plan: BuildingPlan) -> str:
    """Note larger numbers of a building that stands, and return what became of it."""
    old = (row.units or 0, row.floors or 0, row.doors_per_floor or 0)
    planned = (plan.units, plan.floors, plan.doors_per_floor)
    new = tuple(max(pair) for pair in zip(old, planned, strict=True))
    if new == old:
        return "same" if planned == old else "smaller"
    row.units, row.floors, row.doors_per_floor = new
    row.save(update_fields=["units", "floors", "doors_per_floor"])
    facts = {"area": row.id, "old": old, "new": new}
    record(stamp=stamp, actor=actor, entries=[Entry(BUILDING_ENLARGED, row.grid_path, facts, subject=row.uid)])
    return "enlarged"
