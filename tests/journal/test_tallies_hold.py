"""Whatever happens, in whatever order and whenever it is told: what is counted is what a count by hand finds.

Corrections, moves, erasures, late facts, clocks that lie, areas that are merged and split, rounds opened and closed.
WANGGE_WALKS=400 takes as many examples, for a longer run.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.conftest import NOON, stamp
from tests.journal.counting import (
    persons_kept,
)
from tests.journal.walking import Walk, compare
from tests.people.world import settle
from wangge.journal.models import Stock, Tally
from wangge.journal.verifying import verify
from wangge.kernel.ids import uuid7
from wangge.surveys import commands as surveys
from wangge.surveys.models import DoorVisit, RoundCount
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db
WALKS = int(os.environ.get("WANGGE_WALKS", "12"))
STEPS = 25


def walk(examples: int, machine: type[Walk] = Walk) -> None:
    """Let so many walks be gone."""
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            derandomize=WALKS <= 12,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_everything_counted_is_what_a_count_by_hand_finds() -> None:
    walk(WALKS)


PLANTED: dict[str, Callable[[], object]] = {
    "one more in a tally": lambda: _add(Tally.objects.filter(counter="visits", value__gt=0), "value"),
    "one person less": lambda: _add(Tally.objects.filter(counter="persons_seen", value__gt=0), "value", -1),
    "one more in a stock": lambda: _add(Stock.objects.filter(counter="residents", value__gt=0), "value"),
    "a door more in a round": lambda: _add(RoundCount.objects.filter(doors__gt=0), "doors"),
    "a visit that was counted and is gone": lambda: DoorVisit.objects.filter(voided_at=None).update(voided_at=NOON),
}


def _add(rows: Any, column: str, number: int = 1) -> None:
    row = rows.order_by("id").first()
    setattr(row, column, getattr(row, column) + number)
    row.save()


@pytest.mark.parametrize("planted", PLANTED)
def test_a_fault_that_is_planted_is_found(planted: str) -> None:
    walked = Walk()
    try:
        walked.a_round_begins(1, 2)
        walked.a_walk_from_door_to_door(0, 4, "refused", 0)
        compare()
        PLANTED[planted]()
        with pytest.raises(AssertionError):
            compare()
    finally:
        transaction.set_rollback(True)
        walked.undo.__exit__(None, None, None)


def test_a_person_met_in_two_grids_counts_in_one_that_is_left() -> None:
    world = settle()
    first = world.family("王一", "王二", door="1-1-101")
    second = world.family("李一", door="3-1-101", area=world.grids[1])
    guest = first.residents[1]
    seen = [
        VisitSeen(id=uuid7(), household=home, state=DoorState.DONE, at=NOON + timedelta(minutes=at), seen=(guest,))
        for at, home in enumerate((first.household, second.household))
    ]
    surveys.record_visits(stamp=stamp("both"), actor=world.house.admin, visits=seen)
    counted = []
    for at, visit in enumerate(seen):
        counted.append(persons_kept())
        surveys.void_visit(stamp=stamp(f"void {at}"), actor=world.house.admin, visit=visit.id, reason="录错")
    grids = [{(NOON.date(), grid.path): 1} for grid in world.grids]
    assert [*counted, persons_kept()] == [*grids, {}]
    assert verify().holds
