"""What a knock means, without a database."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from wangge.kernel.ids import uuid7
from wangge.surveys.rules import (
    DoorState,
    Knock,
    VisitSeen,
    door_counts,
    door_difference,
    is_closed,
    standing,
    visit_fault,
)

AT = datetime(2020, 2, 10, 1, 0, tzinfo=UTC)


def knock(state: str, minutes: int = 0, number: int = 1, path: str = "1.2.") -> Knock:
    return Knock(UUID(int=number), AT + timedelta(minutes=minutes), state, path)


@pytest.mark.parametrize(
    ("state", "closed"),
    [
        ("done", True), ("vacant", True), ("moved_away", True), ("nobody_home", False), ("refused", False),
        ("gate_locked", False), ("revisit", False), (None, False),
    ],
)  # fmt: skip
def test_a_door_is_closed_when_nothing_is_left_to_do_there(state: str | None, closed: bool) -> None:
    assert is_closed(state) is closed


def test_the_latest_visit_stands_whatever_the_order_of_arrival() -> None:
    early, late = knock("refused", 1, 1), knock("done", 5, 2)
    assert standing([early, late]) == standing([late, early]) == late
    assert standing([]) is None


def test_two_visits_at_one_instant_are_told_apart_by_their_ids() -> None:
    first, second = knock("done", 0, 1), knock("refused", 0, 2)
    assert standing([second, first]) == second


@pytest.mark.parametrize(
    ("state", "counter"),
    [
        ("done", "doors_done"), ("vacant", "doors_done"), ("moved_away", "doors_done"), ("refused", "doors_refused"),
        ("nobody_home", "doors_again"), ("gate_locked", "doors_again"), ("revisit", "doors_again"),
    ],
)  # fmt: skip
def test_each_state_counts_under_one_counter(state: str, counter: str) -> None:
    assert door_counts(knock(state)) == {(counter, "1.2."): 1}


def test_a_correction_posts_only_what_changed() -> None:
    assert door_difference(knock("nobody_home"), knock("done")) == {
        ("doors_done", "1.2."): 1,
        ("doors_again", "1.2."): -1,
    }
    assert door_difference(knock("done"), knock("vacant")) == {}
    assert door_difference(knock("done"), None) == {("doors_done", "1.2."): -1}
    moved = door_difference(knock("done"), knock("done", path="1.3."))
    assert moved == {("doors_done", "1.2."): -1, ("doors_done", "1.3."): 1}


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({}, ""),
        ({"remarks": "x" * 500}, ""),
        ({"remarks": "x" * 501}, "surveys.remarks_too_long"),
        ({"revisit_at": AT}, "surveys.revisit_before_visit"),
        ({"revisit_at": AT + timedelta(hours=1)}, ""),
    ],
)
def test_a_visit_that_cannot_be_read_is_named(changes: dict[str, object], fault: str) -> None:
    seen = VisitSeen(id=uuid7(), household=uuid7(), state=DoorState.DONE, at=AT, **changes)  # type: ignore[arg-type]
    assert visit_fault(seen) == fault
