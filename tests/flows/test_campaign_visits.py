"""Which doors a team gets: whole buildings where that is about even, else stairwells, and nobody twice."""

from uuid import UUID

import pytest

from wangge.flows.campaign_visits import _first, _shares
from wangge.surveys.queries.campaigns import Undeclared


def town(*stairwells: tuple[str, int]) -> list[Undeclared]:
    """Return stairwells of buildings with so many doors."""
    made = []
    for at, (building, doors) in enumerate(stairwells):
        made.append(Undeclared(building, str(at), tuple(UUID(int=1000 * at + door) for door in range(doors))))
    return made


@pytest.mark.parametrize(
    ("stairwells", "hands", "sizes"),
    [
        ([("a", 10), ("a", 10), ("b", 10), ("b", 10)], 2, [20, 20]),
        ([("a", 11), ("a", 10), ("a", 10), ("b", 9)], 2, [19, 21]),
        ([("a", 30)], 3, [10, 10, 10]),
        ([("a", 1)], 2, [0, 1]),
    ],
)
def test_doors_are_dealt_about_evenly_and_each_once(
    stairwells: list[tuple[str, int]], hands: int, sizes: list[int]
) -> None:
    found = town(*stairwells)
    shares = _shares(found, hands)
    assert sorted(len(share) for share in shares) == sizes
    dealt = [home for share in shares for home in share]
    assert sorted(dealt, key=str) == sorted((home for one in found for home in one.households), key=str)


def test_whole_buildings_stay_with_one_team_where_that_is_about_even() -> None:
    found = town(("a", 10), ("a", 11), ("b", 20))
    first, second = _shares(found, 2)
    assert {len(first), len(second)} == {21, 20}


def test_only_the_first_doors_of_the_walk_are_dealt() -> None:
    found = town(("a", 10), ("b", 10), ("c", 10))
    assert [len(one.households) for one in _first(found, 15)] == [10, 5]
    assert [len(one.households) for one in _first(found, 20)] == [10, 10]
    assert _first([], 20) == []
