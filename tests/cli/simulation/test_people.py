"""Invented people: as many of each age, size and surname as the country has, and nobody's number."""

from collections import Counter
from datetime import date
from random import Random

import pytest

from wangge.cli.simulation.census import AGES, SIZES, SURNAMES
from wangge.cli.simulation.people import ESTATE, RENTED, VILLAGE, Inventor, Person
from wangge.cli.simulation.towns import SHAPES, Shape, invent, shape_for
from wangge.kernel.identity import Verdict, read_identity

TODAY = date(2020, 2, 1)
RESIDENTS = 40_000


@pytest.fixture(scope="module")
def families() -> list[list[Person]]:
    """Return the families of an invented township."""
    inventor = Inventor(Random(5), TODAY)
    town = invent("township", RESIDENTS, inventor)
    grids = [grid for place in town.places() for grid in place.grids]
    return [inventor.family(size, grid.leaning) for grid in grids for size in grid.sizes]


def test_there_are_exactly_as_many_residents_as_were_wanted(families: list[list[Person]]) -> None:
    assert sum(map(len, families)) == RESIDENTS


def test_households_have_the_sizes_of_the_census(families: list[list[Person]]) -> None:
    sizes = Counter(map(len, families))
    assert RESIDENTS / len(families) == pytest.approx(2.62, abs=0.06)
    for size, share in SIZES:
        assert 100 * sizes[size] / len(families) == pytest.approx(share, abs=1.2)


def test_every_band_of_five_years_is_as_large_as_in_the_census(families: list[list[Person]]) -> None:
    bands = Counter(min(person.age // 5, len(AGES) - 1) for family in families for person in family)
    for band, share in enumerate(AGES):
        assert 100 * bands[band] / RESIDENTS == pytest.approx(share, abs=1.0), f"from {5 * band} years"


def test_the_commonest_surnames_are_as_common_as_they_are(families: list[list[Person]]) -> None:
    first = Counter(person.name[0] for family in families for person in family)
    assert [name for name, _ in SURNAMES[:5]] == ["王", "李", "张", "刘", "陈"]
    assert 100 * sum(first[name] for name, _ in SURNAMES[:5]) / RESIDENTS == pytest.approx(30.8, abs=2.5)


def test_old_women_are_more_and_boys_are_more(families: list[list[Person]]) -> None:
    people = [person for family in families for person in family]
    old = Counter(person.sex for person in people if person.age >= 80)
    young = Counter(person.sex for person in people if person.age < 15)
    assert old["F"] > old["M"]
    assert 1.05 < young["M"] / young["F"] < 1.25


def test_every_number_is_well_formed_once_and_nobodys(families: list[list[Person]]) -> None:
    people = [person for family in families for person in family if person.number]
    for person in people:
        read = read_identity(person.number, TODAY)
        assert (read.verdict, read.birth_on, read.sex) == (Verdict.VALID, person.birth, person.sex)
        assert person.number[4:6] == "00"
    assert len({person.number for person in people}) == len(people)
    assert 0.985 < len(people) / RESIDENTS < 1


def test_villages_have_more_old_people_and_rented_rooms_more_who_are_alone() -> None:
    inventor = Inventor(Random(6), TODAY)

    def share(leaning: object, of: str) -> float:
        assert leaning in (ESTATE, RENTED, VILLAGE)
        families = [inventor.family(inventor.size(), leaning) for _ in range(4000)]
        people = [person for family in families for person in family]
        found = {
            "old": sum(person.age >= 60 for person in people) / len(people),
            "away": sum(person.away for person in people) / len(people),
            "young alone": sum(len(family) == 1 and family[0].age < 40 for family in families) / len(families),
        }
        return found[of]

    assert share(VILLAGE, "old") > share(ESTATE, "old") > share(RENTED, "old")
    assert share(VILLAGE, "away") > share(ESTATE, "away") == 0
    assert share(RENTED, "young alone") > share(ESTATE, "young alone") > share(VILLAGE, "young alone")


def test_the_same_seed_invents_the_same_people_and_another_seed_others() -> None:
    def some(seed: int) -> list[Person]:
        inventor = Inventor(Random(seed), TODAY)
        return [person for _ in range(50) for person in inventor.family(inventor.size())]

    assert some(1) == some(1) != some(2)


@pytest.mark.parametrize(
    ("residents", "shape"), [(10, "township"), (67_000, "township"), (400_000, "city"), (1_500_000, "prefecture")]
)
def test_a_place_has_the_shape_that_fits_and_every_door_its_own_key(residents: int, shape: Shape) -> None:
    assert shape_for(residents) == shape
    town = invent(shape, min(residents, 30_000), Inventor(Random(3), TODAY))
    depth = {"township": 2, "city": 3, "prefecture": 4}[shape]
    assert len({place.level.rank for place in town.places()}) == depth
    for place in town.places():
        doors = [str(key) for grid in place.grids for key in grid.keys()]  # noqa: SIM118  (not a mapping)
        assert len(set(doors)) == len(doors) >= sum(len(grid.sizes) for grid in place.grids)
    assert set(SHAPES) == {"township", "city", "prefecture"}
