"""A community with the register that the list was made against: people added by commands, not imported."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

from tests.people.world import World, fresh, settle
from wangge.flows.handed_down_list.staging import Wanted
from wangge.flows.import_places import import_buildings
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.rules.wishes import NewHousehold, NewResident
from wangge.places import commands as places
from wangge.places.models import Area
from wangge.places.rules import DoorKey

ROSTERS = Path(__file__).parents[2] / "data" / "rosters"
SHEET = ROSTERS / "returnees_273.xlsx"
AS_OF = date(2020, 2, 10)
DEADLINE = datetime(2020, 2, 12, 2, tzinfo=UTC)


@cache
def truth(name: str) -> Any:
    """Return a truth file."""
    return json.loads((ROSTERS / f"{name}.truth.json").read_text("utf-8"))


def wanted(name: str = "第三批", **more: Any) -> Wanted:
    """Return what is said about the list of the fixture."""
    return Wanted(name=name, source="市指挥部", deadline=DEADLINE, as_of=AS_OF, risk_areas=("湖北",), **more)


@dataclass(frozen=True)
class Urban:
    """The world with the register in its eastern community; ``residents`` by the truth's ids."""

    world: World
    residents: dict[str, UUID]

    @property
    def area(self) -> Area:
        """The community."""
        return self.world.house.east


def urban() -> Urban:
    """Make buildings, doors, households and people of the truth file."""
    world = settle()
    admin, area = world.house.admin, world.house.east
    sheet = (ROSTERS / "urban_591.buildings.csv").read_bytes()
    import_buildings(stamp=fresh(), actor=admin, area=area.id, content=sheet, file="b.csv")
    told = truth("urban_591")
    keys = {one["key"]: DoorKey(*one["key"].split("-")) for one in told["households"] if one["key"]}
    doors: dict[str, int] = {}
    for start in range(0, len(keys), 300):
        part = list(keys.values())[start : start + 300]
        doors |= places.ensure_dwellings(stamp=fresh(), actor=admin, area=area.id, keys=part)
    members: dict[str, list[Any]] = {}
    for one in told["persons"]:
        members.setdefault(one["household"] or f"?{one.get('block')}", []).append(one)
    ids = {one["pid"]: uuid7() for one in told["persons"]}
    homes = [
        NewHousehold(
            id=uuid7(),
            area=doors.get(str(keys[key]), area.id) if key in keys else area.id,
            address="" if key in keys else "写不清的地址",
            members=tuple(_resident(ids, one) for one in family),
        )
        for key, family in members.items()
    ]
    for start in range(0, len(homes), 100):
        people.add_households(stamp=fresh(), actor=admin, households=homes[start : start + 100])
    return Urban(world, ids)


def _resident(ids: dict[str, UUID], one: Any) -> NewResident:
    return NewResident(
        id=ids[one["pid"]],
        name=one["name"] or "",
        sex=one["sex"] or "",
        birth_on=date.fromisoformat(one["birth"]) if one["birth"] else None,
        id_number=one["id_number"] or "",
        phones=tuple(one["phones"])[:5],
        number_confirmed=True,
    )
