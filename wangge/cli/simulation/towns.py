"""Invented places: how a prefecture, a city or a township divides into communities, villages, grids and buildings."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, product
from math import ceil
from random import Random
from typing import Literal

from wangge.cli.simulation.people import ESTATE, RENTED, VILLAGE, Inventor, Leaning
from wangge.places.rules import DoorKey, Level

Shape = Literal["township", "city", "prefecture"]
SHAPES: tuple[Shape, ...] = ("township", "city", "prefecture")
MOST = {"township": 100_000, "city": 900_000}
"""Up to how many residents a place is a township or a city, when nobody says."""
ROOTS: dict[Shape, tuple[Level, str, str]] = {
    "township": (Level.TOWNSHIP, "990191901", "模拟镇"),
    "city": (Level.COUNTY, "990191", "模拟市"),
    "prefecture": (Level.PREFECTURE, "9901", "模拟地区"),
}
COUNTY, TOWNSHIP, COMMUNITY, VILLAGE_SIZE = 450_000, 36_000, 3_600, 1_150
URBAN = {"township": 0.5, "city": 0.62, "prefecture": 0.62}
RENTED_SHARE = 0.16
LIVED_IN = 0.93
HOUSEHOLDS_A_GRID = 250
HOUSEHOLDS_A_WORKER = 125
FORMS = ((3, 6, 2), (4, 6, 2), (2, 11, 3), (1, 18, 4), (2, 18, 3), (3, 7, 2), (2, 6, 3))
"""Stairwells, floors and doors a floor of buildings in estates."""
FIRST, SECOND = "云青柳石清松白南北东西龙凤金玉杨枫梅河沙", "溪桥林坪山湖塘岭湾泉沟庄田井坝洲"


@dataclass(frozen=True, slots=True)
class Building:
    """A building with stairwells (none in rented houses), or a villagers' group, whose ``doors`` are its houses."""

    name: str
    units: int
    floors: int
    doors: int
    group: bool = False

    def each_door(self) -> Iterator[DoorKey]:
        """Yield its doors in walking order."""
        if self.group:
            for house in range(1, self.doors + 1):
                yield DoorKey(self.name, "", str(house), group=True)
            return
        for unit in range(1, self.units + 1) if self.units else (0,):
            for floor in range(1, self.floors + 1):
                for door in range(1, self.doors + 1):
                    yield DoorKey(self.name, str(unit), f"{floor}{door:02d}")

    @property
    def number(self) -> int:
        """How many doors it has."""
        return self.doors if self.group else max(1, self.units) * self.floors * self.doors


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid: its buildings, the sizes of the households that live there, and how many workers it has."""

    name: str
    leaning: Leaning
    buildings: tuple[Building, ...]
    sizes: tuple[int, ...]

    @property
    def workers(self) -> int:
        """How many workers share its doors."""
        return max(1, round(len(self.sizes) / HOUSEHOLDS_A_WORKER))

    def keys(self) -> list[DoorKey]:
        """Return all its doors in walking order."""
        return [key for building in self.buildings for key in building.each_door()]

    def lived_in(self, random: Random) -> list[int]:
        """Draw behind which of its doors somebody lives, one door for each household."""
        return sorted(random.sample(range(sum(one.number for one in self.buildings)), len(self.sizes)))


@dataclass(slots=True)
class Place:
    """A place above the grids: what lies directly below it, other places or grids."""

    level: Level
    name: str
    below: list["Place"] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)

    def places(self) -> Iterator["Place"]:
        """Yield itself and every place below, from above."""
        yield self
        for one in self.below:
            yield from one.places()


def shape_for(residents: int) -> Shape:
    """Return the shape that a number of residents fits."""
    return next((shape for shape in SHAPES if residents <= MOST.get(shape, residents)), "prefecture")


def shape_of(level: str) -> Shape | None:
    """Return the shape whose root has that level, none for a level that is no root of any."""
    return next((shape for shape, (root, _, _) in ROOTS.items() if root == level), None)


def invent(shape: Shape, residents: int, inventor: Inventor, grid: int = HOUSEHOLDS_A_GRID) -> Place:
    """Return the places of a shape with exactly so many residents, in grids of about ``grid`` households."""
    return _Planner(inventor, URBAN[shape], grid).place(ROOTS[shape][0], ROOTS[shape][2], residents)


@dataclass(slots=True)
class _Planner:
    """Divides residents among places."""

    inventor: Inventor
    urban: float
    grid: int

    @property
    def random(self) -> Random:
        return self.inventor.random

    def place(self, level: Level, name: str, residents: int) -> Place:
        """Return a place of a level with everything below it."""
        found = Place(level, name)
        if level == Level.PREFECTURE:
            parts = self._parts(residents, COUNTY, least=2)
            names = self._names("县", len(parts))
            found.below = [self.place(Level.COUNTY, *one) for one in zip(names, parts, strict=True)]
        elif level == Level.COUNTY:
            parts = self._parts(residents, TOWNSHIP, least=2)
            names = self._names("镇", len(parts))
            found.below = [self.place(Level.TOWNSHIP, *one) for one in zip(names, parts, strict=True)]
        else:
            found.below = list(self._settlements(residents))
        return found

    def _settlements(self, residents: int) -> Iterator[Place]:
        """Yield the communities of a township, then its villages."""
        urban = round(residents * min(0.95, max(0.05, self.random.gauss(self.urban, 0.12))))
        parts = self._parts(urban, COMMUNITY)
        for name, part in zip(self._names("社区", len(parts)), parts, strict=True):
            leaning = RENTED if self.random.random() < RENTED_SHARE else ESTATE
            yield Place(Level.COMMUNITY, name, grids=list(self._grids(leaning, part)))
        parts = self._parts(residents - urban, VILLAGE_SIZE)
        for name, part in zip(self._names("村", len(parts)), parts, strict=True):
            yield Place(Level.VILLAGE, name, grids=list(self._grids(VILLAGE, part)))

    def _parts(self, whole: int, usual: int, least: int = 1) -> list[int]:
        """Divide a number of people into parts of about the usual size, none of them empty."""
        number = min(whole, max(least, round(whole / usual)))
        weights = [self.random.uniform(0.7, 1.3) for _ in range(number)]
        ends = [round(whole * sum(weights[: at + 1]) / sum(weights)) for at in range(number)]
        return [size for size in (end - start for start, end in zip([0, *ends], ends, strict=False)) if size]

    def _names(self, ending: str, number: int) -> list[str]:
        pairs = ["".join(pair) for pair in product(FIRST, SECOND)]
        self.random.shuffle(pairs)
        rounds = ("", "新", "上", "下", "大", "小")
        return [f"{before}{name}{ending}" for before, name in islice(product(rounds, pairs), number)]

    def _grids(self, leaning: Leaning, residents: int) -> Iterator[Grid]:
        """Yield the grids of a community or village; its buildings are numbered through."""
        sizes = self.inventor.settle(residents)
        number = max(1, round(len(sizes) / self.grid))
        first = 1
        for at in range(number):
            part = sizes[len(sizes) * at // number : len(sizes) * (at + 1) // number]
            buildings = tuple(self._buildings(leaning, ceil(len(part) / LIVED_IN), first))
            first += len(buildings)
            yield Grid(f"第{at + 1}网格", leaning, buildings, tuple(part))

    def _buildings(self, leaning: Leaning, doors: int, first: int) -> Iterator[Building]:
        """Yield buildings that have at least so many doors in all."""
        while doors > 0:
            name = str(first)
            if leaning is VILLAGE:
                one = Building(name, 0, 0, min(self.random.randint(22, 38), max(doors, 4)), group=True)
            elif leaning is RENTED:
                one = Building(name, 0, self.random.randint(4, 6), self.random.randint(4, 7))
            else:
                one = Building(name, *self.random.choice(FORMS))
            yield one
            doors -= one.number
            first += 1
