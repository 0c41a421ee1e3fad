"""Invented families: ages and household sizes like the country's, numbers that belong to nobody (SOURCES.md)."""

from bisect import bisect
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from wangge.cli.simulation.census import FITTED, MEN, MODERN, RARE, RARE_SHARE, SIZES, SURNAMES, WOMEN
from wangge.cli.simulation.families import BAND, MOST, SIZE_OF, Role, live_together
from wangge.kernel.identity import check_digit

PREFIXES = ("154", "163", "164", "168", "169", "179", "194")
ADDRESS_PART = "371300"
SERIALS = 499
"""How many numbers of one sex a day of birth has in one address part."""
WITHOUT_PAPERS = 0.008


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person; ``number`` and ``birth`` are missing where nobody has seen the papers yet."""

    name: str
    sex: str
    birth: date | None
    number: str
    phones: tuple[str, ...]
    relation: str
    age: int
    away: bool = False


class _Drawn:
    """Values with weights, drawn by one throw."""

    def __init__(self, weighted: "list[tuple[tuple[str, int], float]]") -> None:
        self.values = [value for value, _ in weighted]
        self.sums = list(accumulate(weight for _, weight in weighted))

    def draw(self, random: Random) -> tuple[str, int]:
        return self.values[bisect(self.sums, random.random() * self.sums[-1])]


@dataclass(frozen=True, slots=True)
class Leaning:
    """How households of a kind of place differ from the country's: factors on how often a shape occurs.

    ``away`` is the share of members of working age who are registered here and work elsewhere.
    """

    shapes: dict[str, float] = field(default_factory=dict)
    old: float = 1.0
    young_alone: float = 1.0
    away: float = 0.0

    def factor(self, shape: str, age: int) -> float:
        """Return how much more often than in the country a household of that shape and age of head is."""
        found = self.shapes.get(shape, 1.0)
        if age >= 60:
            found *= self.old
        return found * self.young_alone if shape == "alone" and age < 40 else found


ESTATE = Leaning()
RENTED = Leaning({"sharers": 8.0, "couple": 1.2, "grandchild": 0.2, "child_parents": 0.3}, old=0.35, young_alone=3.0)
VILLAGE = Leaning({"grandchild": 1.8, "sharers": 0.1, "two_children": 1.2}, old=1.25, young_alone=0.6, away=0.16)


class Inventor:
    """Draws families from one seed, so that the same seed always gives the same people."""

    def __init__(self, random: Random, today: date) -> None:
        self.random, self.today = random, today
        self._used: defaultdict[tuple[date, str], int] = defaultdict(int)
        rare = [(name, RARE_SHARE / len(RARE)) for name in RARE]
        self._surnames = [name for name, _ in (*SURNAMES, *rare)]
        self._shares = list(accumulate(share for _, share in (*SURNAMES, *rare)))
        self._shapes: dict[tuple[int, int], _Drawn] = {}
        self._sizes = list(accumulate(weight for _, weight in SIZES))

    def size(self) -> int:
        """Return the size of one household."""
        return SIZES[bisect(self._sizes, self.random.random() * self._sizes[-1])][0]

    def sizes(self, households: int, residents: int) -> list[int]:
        """Return household sizes that add up to exactly so many residents."""
        sizes = [self.size() for _ in range(households)]
        while (rest := residents - sum(sizes)) != 0:
            at = self.random.randrange(households)
            if rest > 0 and sizes[at] < MOST:
                sizes[at] += 1
            elif rest < 0 and sizes[at] > 1:
                sizes[at] -= 1
        return sizes

    def settle(self, residents: int) -> list[int]:
        """Return sizes of households in which exactly so many residents live."""
        sizes: list[int] = []
        while residents > 0:
            sizes.append(min(residents, self.size()))
            residents -= sizes[-1]
        return sizes

    def family(self, size: int, leaning: Leaning = ESTATE) -> list[Person]:
        """Return a family of that size, its head first."""
        key = (size, id(leaning))
        if key not in self._shapes:
            self._shapes[key] = _shapes(size, leaning)
        shape, band = self._shapes[key].draw(self.random)
        surname = self.surname()
        roles = live_together(shape, band + self.random.randrange(BAND), self.random)
        return [self._person(role, surname, leaning) for role in roles]

    def surname(self) -> str:
        """Return a surname as often as the country has it."""
        return self._surnames[bisect(self._shares, self.random.random() * self._shares[-1])]

    def newborn(self) -> Person:
        """Return a child of some days."""
        return self._person(Role("child", self.random.choice("MF"), 0), self.surname(), ESTATE)

    def name(self, sex: str, age: int = 40) -> str:
        """Return a name with a surname as often as the country has it."""
        return self.surname() + self._given(sex, age)

    def _given(self, sex: str, age: int) -> str:
        signs = MODERN if age < 20 else MEN if sex == "M" else WOMEN
        return "".join(self.random.choices(signs, k=1 if self.random.random() < 0.2 else 2))

    def _person(self, role: Role, surname: str, leaning: Leaning) -> Person:
        random = self.random
        own = role.relation in ("head", "child", "grandchild") or (role.relation == "parent" and role.sex == "M")
        name = (surname if own else self.surname()) + self._given(role.sex, role.age)
        birth: date | None = self.today - timedelta(days=int(365.25 * role.age) + random.randrange(10, 355))
        number = ""
        if random.random() >= WITHOUT_PAPERS:
            assert birth is not None
            birth, number = self._number(birth, role.sex)
        elif random.random() < 0.5:
            birth = None
        phones = (self.phone(),) if 12 <= role.age <= 84 and random.random() < 0.93 else ()
        away = 18 <= role.age < 55 and role.relation != "head" and random.random() < leaning.away
        return Person(name, role.sex, birth, number, phones, role.relation, role.age, away)

    def _number(self, birth: date, sex: str) -> tuple[date, str]:
        """Return an identity number nobody else here has, with its day of birth: earlier where that day is used up."""
        while self._used[birth, sex] >= SERIALS:
            birth -= timedelta(days=1)
        self._used[birth, sex] += 1
        # 211 and 499 have no common divisor: every number of the day comes once, in no order that shows
        place = (self._used[birth, sex] * 211 + birth.toordinal() * 37) % SERIALS
        serial = 2 * (place + 1) - (sex == "M")
        body = f"{ADDRESS_PART}{birth:%Y%m%d}{serial:03d}"
        return birth, body + check_digit(body)

    def phone(self) -> str:
        """Return a telephone number that nobody has."""
        return self.random.choice(PREFIXES) + f"{self.random.randrange(10**8):08d}"


def _shapes(size: int, leaning: Leaning) -> _Drawn:
    """Return the shapes and ages of head of households of that size, as often as they occur."""
    return _Drawn(
        [
            ((shape, first + BAND * at), weight * leaning.factor(shape, first + BAND * at))
            for shape, first, weights in FITTED
            if SIZE_OF[shape] == size
            for at, weight in enumerate(weights)
        ]
    )
