"""A community with two grids and another beside it, doors in each, and families behind them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from uuid import UUID

import pytest

from tests.access.house import House, open_house
from tests.conftest import NOON, stamp
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.journal.verifying import verify
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.models import Household, PriorityFlag, Resident, Stay
from wangge.people.rules.wishes import HouseholdAdded, NewFlag, NewHousehold, NewResident, NewStay
from wangge.places import commands as places
from wangge.places.commands import NewArea
from wangge.places.models import Area
from wangge.places.rules import DoorKey, Level, parse_door

_keys = count(1)
TODAY = date(2020, 2, 10)
# From tests/data/codes: numbers of invented people.
MAN_1949, WOMAN_1977 = "420300194901010015", "420300197701310180"


def fresh(**changes: object) -> Stamp:
    """Return a stamp of noon with a key that nobody used."""
    return replace(stamp(f"people {next(_keys)}"), **changes)  # type: ignore[arg-type]


def later(minutes: int) -> Stamp:
    """Return a stamp some minutes after noon."""
    at = NOON + timedelta(minutes=minutes)
    return stamp(f"people {next(_keys)}", at=at)


@dataclass
class World:
    """The areas, and somebody who may write everywhere and somebody who may only in the east."""

    house: House
    grids: tuple[Area, Area]
    west: Area
    clerk: Viewer
    doors: dict[str, int] = field(default_factory=dict)

    def door(self, text: str, area: Area | None = None) -> int:
        """Return the dwelling of a door in a grid, the first one unless another is given; it is made if needed."""
        home = area or self.grids[0]
        key = parse_door(text)
        assert isinstance(key, DoorKey)
        return places.ensure_dwellings(stamp=fresh(), actor=self.house.admin, area=home.id, keys=[key])[str(key)]

    def family(self, *names: str, door: str = "", area: Area | None = None) -> HouseholdAdded:
        """Add a household of people with these names, the first its head; without a door it counts in the area."""
        members = tuple(
            person(name, is_head=not place, relation="head" if not place else "child")
            for place, name in enumerate(names)
        )
        where = self.door(door, area) if door else (area or self.grids[0]).id
        new = NewHousehold(id=uuid7(), area=where, members=members, address="" if door else "村口船上")
        return self.add(new)

    def add(self, new: NewHousehold) -> HouseholdAdded:
        """Add one household."""
        return people.add_households(stamp=fresh(), actor=self.clerk, households=[new])[0]


def person(name: str = "王小明", **more: object) -> NewResident:
    """Return somebody to be added."""
    return NewResident(id=uuid7(), name=name, **more)  # type: ignore[arg-type]


def new_flag(resident: UUID, reason: str = "returnee", **more: object) -> NewFlag:
    """Return a flag of two weeks from today."""
    given = {"from_on": TODAY, "until_on": date(2020, 2, 24)} | more
    return NewFlag(id=uuid7(), resident=resident, reason=reason, **given)  # type: ignore[arg-type]


def new_stay(resident: UUID, household: UUID, **more: object) -> NewStay:
    """Return a stay from today on."""
    return NewStay(id=uuid7(), resident=resident, household=household, **({"from_on": TODAY} | more))  # type: ignore[arg-type]


def settle() -> World:
    """Open a response and return its world; nobody lives there yet."""
    house = open_house()
    new = [NewArea(level=Level.GRID, name="第2网格")]
    (made,) = places.add_areas(stamp=fresh(), actor=house.admin, parent=house.east.id, areas=new)
    second = Area.objects.get(id=made.id)
    clerk = Viewer(
        account_id=house.admin.account_id,
        number=house.admin.number,
        login="clerk",
        name="文员",
        grants=(Grant(Role.CLERK, house.east.path),),
    )
    return World(house, (house.grid, second), house.west, clerk)


def holds() -> None:
    """Check that journal, tallies, stocks and tables agree, and that every copy of a path does."""
    found = verify()
    assert found.holds, (found.bad, found.wrong)
    for row in Resident.objects.select_related("household"):
        assert row.path == row.household.path
    for flag in PriorityFlag.objects.select_related("resident__household"):
        assert (flag.path, flag.grid_path) == (flag.resident.path, flag.resident.household.grid_path)
    for stay in Stay.objects.select_related("household"):
        assert (stay.path, stay.grid_path) == (stay.household.path, stay.household.grid_path)


def home(id_: UUID) -> Household:
    """Return a household as it stands now."""
    return Household.objects.get(id=id_)


def resident(id_: UUID) -> Resident:
    """Return a resident as they stand now."""
    return Resident.objects.get(id=id_)


@contextmanager
def refused(code: str, **facts: object) -> Iterator[None]:
    """Check that what follows is refused with exactly this code, and that nothing is out of order afterwards."""
    with pytest.raises(Refused) as said:
        yield
    assert said.value.code == code
    assert facts.items() <= said.value.facts.items()
