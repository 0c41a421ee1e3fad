"""Opening the invented township: areas, accounts, families, flags, the buildings given to workers."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, TypeVar

from wangge.cli import starting
from wangge.cli.demonstration import places
from wangge.cli.demonstration.lists import hand_down
from wangge.cli.demonstration.people import Inventor, Person

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.people.rules.wishes import NewFlag, NewHousehold
    from wangge.places.rules import DoorKey

T = TypeVar("T")
SEED = 20200210
PEOPLE_AT_ONCE = 450
ORIGINS = ("420100000000", "421100000000", "440100000000")


def open_demonstration() -> None:
    """Open the demonstration: a township with a community, its grids, twelve villages, families, accounts, duties."""
    from wangge.access import queries
    from wangge.cli.opening import open_response
    from wangge.places.queries import installation

    open_response(
        {
            "zone": starting.ZONE, "response": "云溪镇疫情联防联控（演示）", "authority": "云溪镇疫情联防联控工作组",
            "basis": "青防指〔2027〕3号（演示）", "area_code": places.TOWNSHIP, "area_name": places.TOWNSHIP_NAME,
            "language": "zh-hans", "admin": "admin", "demonstration": True,
        }
    )  # fmt: skip
    opened = installation()
    administrator = queries.first_administrator(on=starting.stamp().day)
    assert opened is not None
    assert administrator is not None
    builder = _Builder(administrator, Inventor(Random(SEED), starting.stamp().day))  # noqa: S311  (nothing secret)
    builder.build(opened.area_id)


@dataclass(slots=True)
class _Builder:
    """Builds the township as its administrator would, by commands only."""

    actor: "Viewer"
    inventor: Inventor

    def build(self, town: int) -> None:
        """Build everything below the township."""
        from wangge.flows.areas import add_areas
        from wangge.places.commands import NewArea
        from wangge.places.rules import Level

        new = [NewArea(level=Level.COMMUNITY, name=places.COMMUNITY)]
        new += [NewArea(level=Level.VILLAGE, name=name) for name in places.VILLAGES]
        made = add_areas(stamp=starting.stamp(), actor=self.actor, parent=town, areas=new)
        community = made[0].id
        grids = [NewArea(level=Level.GRID, name=grid.name) for grid in places.GRIDS]
        patches = add_areas(stamp=starting.stamp(), actor=self.actor, parent=community, areas=grids)
        self._staff({"town": town, "community": community, "grid": patches[0].id})
        first = 1
        for grid, patch in zip(places.GRIDS, patches, strict=True):
            self._grid(grid, patch.id, first)
            first += sum(estate.buildings for estate in grid.estates)
        for at, (name, village) in enumerate(zip(places.VILLAGES, made[1:], strict=True), start=1):
            self._village(f"village{at:02d}", f"{name}网格员", village.id)
        hand_down(self.actor, self.inventor, community)

    def _staff(self, areas: dict[str, int]) -> None:
        for role, (login, name, where) in places.PEOPLE.items():
            self._account(login, name, role, areas[where])

    def _account(self, login: str, name: str, role: str, area: int) -> None:
        from wangge.access import commands
        from wangge.access.rules import Role

        commands.add_account(
            stamp=starting.stamp(), actor=self.actor, login=login, name=name, role=Role(role), area=area
        )

    def _grid(self, grid: places.Grid, area: int, first: int) -> None:
        from wangge.places.rules import DoorKey

        keys: list[DoorKey] = []
        for estate in grid.estates:
            keys += [DoorKey(*key) for key in estate.keys(first)]
            first += estate.buildings
        known = {login for login, _, _ in places.PEOPLE.values()}
        for login, name in grid.workers:
            if login not in known:
                self._account(login, name, "grid_worker", area)
        self._settle(area, keys, grid.households, grid.residents)
        self._deal(area, [login for login, _ in grid.workers])

    def _village(self, login: str, name: str, area: int) -> None:
        from wangge.places.rules import DoorKey

        keys = [
            DoorKey(str(group), "", str(house), group=True)
            for group in range(1, places.VILLAGE_GROUPS + 1)
            for house in range(1, places.VILLAGE_HOUSES + 1)
        ]
        self._account(login, name, "grid_worker", area)
        households = self.inventor.random.randint(places.LEAST_HOUSEHOLDS, places.MOST_HOUSEHOLDS)
        self._settle(area, keys, households, round(households * places.PERSONS_A_HOUSEHOLD))

    def _settle(self, area: int, keys: "list[DoorKey]", households: int, residents: int) -> None:
        """Make the doors and let families move in; some doors stay empty."""
        from wangge.people import commands
        from wangge.places.commands import ensure_dwellings

        doors: dict[str, int] = {}
        for part in _parts(keys, lambda _: 1):
            doors |= ensure_dwellings(stamp=starting.stamp(), actor=self.actor, area=area, keys=part)
        chosen = sorted(self.inventor.random.sample(range(len(keys)), households))
        families = [self.inventor.family(size) for size in self.inventor.sizes(households, residents)]
        lived = list(zip((doors[str(keys[at])] for at in chosen), families, strict=True))
        flags: list[NewFlag] = []
        for group in _parts(lived, lambda pair: len(pair[1])):
            new = [_household(dwelling, family) for dwelling, family in group]
            commands.add_households(stamp=starting.stamp(), actor=self.actor, households=new)
            for home, (_, family) in zip(new, group, strict=True):
                flags += self._flags(home, family)
        commands.raise_flags(stamp=starting.stamp(), actor=self.actor, flags=flags)

    def _flags(self, home: "NewHousehold", family: list[Person]) -> "Iterator[NewFlag]":
        """Yield the flags a family carries: old people alone, some others by lot."""
        from wangge.kernel.identity import years_old
        from wangge.kernel.ids import uuid7
        from wangge.people.rules.codes import FLAG_REASONS
        from wangge.people.rules.wishes import NewFlag

        today = self.inventor.today
        for member, person in zip(home.members, family, strict=True):
            age = years_old(person.birth, today)
            reason = "alone_elderly" if len(family) == 1 and age >= 70 else self._lot(person, age)
            if reason:
                days = FLAG_REASONS[reason]
                yield NewFlag(
                    id=uuid7(),
                    resident=member.id,
                    reason=reason,
                    from_on=today - timedelta(days=1),
                    until_on=today + timedelta(days=days.days),
                    review_on=today + timedelta(days=days.review_days),
                    origin=ORIGINS[age % len(ORIGINS)] if reason == "returnee" else "",
                )

    def _lot(self, person: Person, age: int) -> str:
        drawn = self.inventor.random.random()
        if drawn < 0.012:
            return "returnee"
        if person.sex == "F" and 22 <= age <= 38 and drawn < 0.03:
            return "pregnant"
        if age >= 60 and drawn < 0.06:
            return "sick"
        return "dialysis" if drawn > 0.9995 else ""

    def _deal(self, area: int, logins: list[str]) -> None:
        from wangge.access.queries import viewer_by_login
        from wangge.flows.deal_duties import deal_duties

        stamp = starting.stamp()
        workers = [viewer_by_login(login, on=stamp.day) for login in logins]
        deal_duties(
            stamp=stamp, actor=self.actor, area=area, workers=[one.account_id for one in workers if one is not None]
        )


def _household(dwelling: int, family: Iterable[Person]) -> "NewHousehold":
    from wangge.kernel.ids import uuid7
    from wangge.people.rules.wishes import NewHousehold, NewResident

    members = tuple(
        NewResident(
            id=uuid7(),
            name=person.name,
            sex=person.sex,
            birth_on=person.birth,
            id_number=person.number,
            phones=person.phones,
            relation=person.relation,
            is_head=person.relation == "head",
        )
        for person in family
    )
    return NewHousehold(id=uuid7(), area=dwelling, members=members)


def _parts(items: list[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Yield the items in runs that together are small enough for one command."""
    part: list[T] = []
    weight = 0
    for item in items:
        if part and weight + size(item) > PEOPLE_AT_ONCE:
            yield part
            part, weight = [], 0
        part.append(item)
        weight += size(item)
    if part:
        yield part
