import pytest
from hypothesis import given
from hypothesis import strategies as st

from wangge.planning.deal import Load, deal_evenly


def test_dealing_to_nobody_is_an_error() -> None:
    with pytest.raises(ValueError, match="somebody"):
        deal_evenly([Load(1, 10)], 0)


def test_equal_buildings_are_dealt_as_neighbours() -> None:
    loads = [Load(key, 24) for key in range(8)]
    assert deal_evenly(loads, 4) == [[0, 1], [2, 3], [4, 5], [6, 7]]


def test_a_tower_is_weighed_against_small_houses() -> None:
    shares = deal_evenly([Load(1, 60), Load(2, 20), Load(3, 20), Load(4, 20)], 2)
    assert sorted(map(sorted, shares)) == [[1], [2, 3, 4]]


def test_more_workers_than_buildings_leaves_some_without() -> None:
    assert sorted(deal_evenly([Load(1, 5), Load(2, 5)], 3), reverse=True) == [[2], [1], []]


@given(st.lists(st.integers(0, 200), max_size=60), st.integers(1, 12))
def test_every_building_is_dealt_once_and_nobody_carries_much_more_than_the_mean(doors: list[int], hands: int) -> None:
    loads = [Load(key, count) for key, count in enumerate(doors)]
    shares = deal_evenly(loads, hands)
    assert len(shares) == hands
    assert sorted(key for share in shares for key in share) == list(range(len(doors)))
    busiest = max(sum(doors[key] for key in share) for share in shares)
    # Graham's bound for longest-first is 4/3 of the optimum, and neighbours may add a tenth.
    floor = max(sum(doors) / hands, max(doors, default=0))
    assert busiest <= max(1.1 * (4 / 3) * floor, floor + max(doors, default=0))
