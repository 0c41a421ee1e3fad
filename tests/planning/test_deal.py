from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wangge.planning.deal import Carrier, Load, along_the_walk, deal_evenly, hand_on, hilbert


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


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
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


def test_neighbours_on_the_map_go_to_one_worker() -> None:
    """Four blocks of houses in the corners of a square, given in no order: each worker gets one corner."""
    corners = [(x, y) for x in (0.0, 100.0) for y in (0.0, 100.0)]
    loads = [
        Load(corner * 10 + n, 5, (corners[corner][0] + n, corners[corner][1] + n % 3))
        for n in range(6)
        for corner in (2, 0, 3, 1)
    ]
    shares = deal_evenly(loads, 4)
    assert sorted(sorted({key // 10 for key in share}) for share in shares) == [[0], [1], [2], [3]]


def test_the_hilbert_curve_visits_every_cell_once_and_never_jumps() -> None:
    cells = sorted((hilbert(x, y), x, y) for x in range(16) for y in range(16))
    assert [far for far, _, _ in cells] == list(range(256))
    assert all(abs(x - nx) + abs(y - ny) == 1 for (_, x, y), (_, nx, ny) in pairwise(cells))


def test_a_load_without_a_place_goes_with_the_one_before_it() -> None:
    loads = [Load(1, 1, (9.0, 9.0)), Load(2, 1), Load(3, 1, (0.0, 0.0)), Load(4, 1)]
    assert [load.key for load in along_the_walk(loads)] == [3, 4, 1, 2]


@pytest.mark.parametrize("doors", [[10] * 12, [50, 1, 1, 30, 8, 8, 8], [7]])
def test_whoever_takes_over_ends_with_about_as_many_doors_as_the_others(doors: list[int]) -> None:
    carriers = [Carrier(40, ((0.0, 0.0),)), Carrier(20, ((10.0, 0.0),)), Carrier(35)]
    loads = [Load(n, number, (float(n), 0.0)) for n, number in enumerate(doors)]
    shares = hand_on(loads, carriers)
    assert sorted(key for share in shares for key in share) == list(range(len(doors)))
    after = [one.doors + sum(doors[key] for key in share) for one, share in zip(carriers, shares, strict=True)]
    even = (sum(doors) + 95) / 3
    assert max(after) <= max(1.05 * even + 1, 40, min(one.doors for one in carriers) + max(doors))


def test_the_nearer_of_two_with_room_takes_a_building_over() -> None:
    carriers = [Carrier(10, ((0.0, 0.0),)), Carrier(10, ((100.0, 0.0),))]
    assert hand_on([Load(1, 4, (90.0, 0.0)), Load(2, 4, (5.0, 0.0))], carriers) == [[2], [1]]
    with pytest.raises(ValueError, match="somebody"):
        hand_on([Load(1, 1)], [])
