"""Filling an empty installation with an invented town, by the commands that offices use."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from wangge.cli.simulation.answers import Known
from wangge.cli.simulation.clock import Clock
from wangge.cli.simulation.people import Inventor, Person
from wangge.cli.simulation.towns import Grid, Place

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.people.rules.wishes import NewFlag, NewHousehold, NewResident
    from wangge.places.rules import DoorKey

T = TypeVar("T")
PEOPLE_AT_ONCE = 450
ORIGINS = ("420100000000", "421100000000", "420900000000", "440100000000", "330300000000")
LEADS = {"township": ("town_lead", "town"), "county": ("county_lead", "county"), "prefecture": ("county_lead", "area")}
"""The role and the first part of the login of whoever leads a place above the communities."""


@dataclass(slots=True)
class Town:
    """What the days need to know about the town: dwellings that are free, and what whoever answers would say."""

    households: int = 0
    residents: int = 0
    free: list[int] = field(default_factory=list)
    people: dict[UUID, Known] = field(default_factory=dict)


@dataclass(slots=True)
class Filler:
    """Fills the installation as its administrator would; ``told`` hears how many residents have moved in."""

    actor: "Viewer"
    inventor: Inventor
    clock: Clock
    told: Callable[[int], None] = lambda _: None
    town: Town = field(default_factory=Town)
    _staff: dict[str, int] = field(default_factory=dict)

    def fill(self, root: int, place: Place) -> Town:
        """Put everything below the place under the area ``root``, with accounts, families and duties."""
        self._account("audit", "auditor", root)
        self._below(root, place)
        return self.town

    def _below(self, area: int, place: Place) -> None:
        from wangge.flows.areas import add_areas
        from wangge.places.commands import NewArea

        if place.level in LEADS:
            role, login = LEADS[place.level]
            self._account(login, role, area)
        new = [NewArea(level=one.level, name=one.name) for one in place.below]
        made = add_areas(stamp=self.clock.tick(), actor=self.actor, parent=area, areas=new)
        for one, added in zip(place.below, made, strict=True):
            if one.grids:
                self._settlement(added.id, one)
            else:
                self._below(added.id, one)

    def _settlement(self, area: int, place: Place) -> None:
        from wangge.flows.areas import add_areas
        from wangge.places.commands import NewArea
        from wangge.places.rules import Level

        self._account("lead", "community_lead", area)
        self._account("clerk", "clerk", area)
        new = [NewArea(level=Level.GRID, name=grid.name) for grid in place.grids]
        made = add_areas(stamp=self.clock.tick(), actor=self.actor, parent=area, areas=new)
        for grid, patch in zip(place.grids, made, strict=True):
            workers = [self._account("grid", "grid_worker", patch.id) for _ in range(grid.workers)]
            self._move_in(patch.id, grid)
            self._deal(patch.id, workers)
            self.told(self.town.residents)

    def _account(self, before: str, role: str, area: int) -> UUID:
        """Make an account with a numbered login: grid1, grid2 and so on."""
        from wangge.access import commands
        from wangge.access.rules import Role

        number = self._staff[before] = self._staff.get(before, 0) + 1
        return commands.add_account(
            stamp=self.clock.tick(),
            actor=self.actor,
            login=f"{before}{number}",
            name=self.inventor.name(self.inventor.random.choice("MF")),
            role=Role(role),
            area=area,
        )

    def _move_in(self, area: int, grid: Grid) -> None:
        """Let families move in behind doors by lot; the doors that stay empty are free to move to."""
        families = [self.inventor.family(size, grid.leaning) for size in grid.sizes]
        self.settle(area, grid.keys(), grid.lived_in(self.inventor.random), families)

    def settle(
        self, area: int, keys: "Sequence[DoorKey]", chosen: Sequence[int], families: Sequence[list[Person]]
    ) -> None:
        """Make the doors of a grid and let families move in behind those chosen by their place, with their flags."""
        from wangge.people import commands
        from wangge.places.commands import ensure_dwellings

        doors: dict[str, int] = {}
        for part in batches(keys, lambda _: 1):
            doors |= ensure_dwellings(stamp=self.clock.tick(), actor=self.actor, area=area, keys=part)
        lived_in = set(chosen)
        self.town.free += [doors[str(key)] for at, key in enumerate(keys) if at not in lived_in]
        homes = [(doors[str(keys[at])], family) for at, family in zip(chosen, families, strict=True)]
        flags: list[NewFlag] = []
        for group in batches(homes, lambda pair: len(pair[1])):
            new = [self._household(*pair) for pair in group]
            commands.add_households(stamp=self.clock.tick(), actor=self.actor, households=new)
            for home, (_, family) in zip(new, group, strict=True):
                flags += self._flags(home, family)
        for some in batches(flags, lambda _: 1):
            commands.raise_flags(stamp=self.clock.tick(), actor=self.actor, flags=some)

    def _household(self, dwelling: int, family: Sequence[Person]) -> "NewHousehold":
        from wangge.people.rules.wishes import NewHousehold

        home = self.clock.new_id()
        ids = [self.clock.new_id() for _ in family]
        self.town.people.update((id_, Known(one.sex, one.age, one.away)) for id_, one in zip(ids, family, strict=True))
        self.town.households += 1
        self.town.residents += len(family)
        grown = [id_ for id_, person in zip(ids, family, strict=True) if person.birth and person.age >= 19]
        members = tuple(new_resident(id_, one, grown) for id_, one in zip(ids, family, strict=True))
        return NewHousehold(id=home, area=dwelling, members=members)

    def _flags(self, home: "NewHousehold", family: Sequence[Person]) -> "Iterator[NewFlag]":
        """Yield the flags a family carries: old people alone, some others by lot."""
        for member, person in zip(home.members, family, strict=True):
            alone = len(family) == 1 and person.age >= 70
            if reason := "alone_elderly" if alone else self._lot(person):
                yield self.flag(member.id, reason)

    def flag(self, resident: UUID, reason: str) -> "NewFlag":
        """Return a flag of the usual length; who came home says from where."""
        from wangge.kernel.periods import local_day
        from wangge.people.rules.codes import FLAG_REASONS
        from wangge.people.rules.wishes import NewFlag

        today, usual = local_day(self.clock.now, self.clock.zone), FLAG_REASONS[reason]
        came = reason == "returnee"
        random = self.inventor.random
        return NewFlag(
            id=self.clock.new_id(),
            resident=resident,
            reason=reason,
            from_on=today,
            until_on=today + timedelta(days=usual.days),
            review_on=today + timedelta(days=usual.review_days),
            origin=random.choice(ORIGINS) if came else "",
            came_on=today - timedelta(days=random.randint(0, 9)) if came else None,
        )

    def _lot(self, person: Person) -> str:
        drawn = self.inventor.random.random()
        if person.away:
            return "still_away" if drawn < 0.1 else ""
        if drawn < 0.012:
            return "returnee"
        if person.sex == "F" and 22 <= person.age <= 38 and drawn < 0.03:
            return "pregnant"
        if person.age >= 60 and drawn < 0.06:
            return "sick" if drawn < 0.04 else "no_phone" if not person.phones else ""
        return "dialysis" if drawn > 0.9995 else "disabled" if drawn > 0.994 else ""

    def _deal(self, area: int, workers: Sequence[UUID]) -> None:
        from wangge.flows.deal_duties import deal_duties

        deal_duties(stamp=self.clock.tick(), actor=self.actor, area=area, workers=workers)


def new_resident(id_: UUID, person: Person, guardians: Sequence[UUID] = ()) -> "NewResident":
    """Return a person as a clerk would write them down; a child gets a grown-up of the household as guardian."""
    from wangge.people.rules.wishes import NewResident

    return NewResident(
        id=id_,
        name=person.name,
        sex=person.sex,
        birth_on=person.birth,
        id_number=person.number,
        phones=person.phones,
        relation=person.relation,
        is_head=person.relation == "head",
        presence="away" if person.away else "living_here",
        guardian=guardians[0] if guardians and person.birth and person.age < 14 else None,
    )


def batches(items: Sequence[T], size: Callable[[T], int]) -> Iterator[list[T]]:
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
