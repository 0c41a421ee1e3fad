"""Rounds: who may order one, and that its counts follow whatever happens to visits, households and areas."""

from datetime import timedelta
from typing import Any

import pytest
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.people.world import World, fresh, refused, settle
from tests.surveys.rounds.ground import TODAY, begin, knock, numbers
from wangge.flows import areas, register
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import Departure
from wangge.privacy.holdings import erase
from wangge.surveys.commands import close_round, record_visits, reopen_round, void_visit
from wangge.surveys.models import DoorVisit, RoundCount, RoundDoor
from wangge.surveys.queries.rounds import open_round_at, progress, progress_below, round_named, rounds_in
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"name": "  "}, "rounds.name_missing"),
        ({"purpose": ""}, "rounds.purpose_missing"),
        ({"basis": ""}, "rounds.basis_missing"),
        ({"basis": "x" * 201}, "rounds.text_too_long"),
        ({"until_on": TODAY}, "rounds.days_reversed"),
        ({"until_on": TODAY + timedelta(days=61)}, "rounds.too_long"),
        ({"deadline": NOON - timedelta(days=1)}, "rounds.deadline_early"),
        ({"questionnaire": uuid7()}, "rounds.questions_unknown"),
        ({"before": uuid7()}, "rounds.round_unknown"),
        ({"area": 987654}, "access.forbidden"),
    ],
)
def test_an_order_that_cannot_be_carried_out_is_refused_with_its_reason(
    world: World, wrong: dict[str, Any], code: str
) -> None:
    with refused(code):
        begin(world, **wrong)
    assert begin(world).due == 0


def test_nobody_orders_a_round_where_they_do_not_lead(world: World) -> None:
    with refused("access.forbidden"):
        begin(world, actor=world.clerk)
    one = begin(world)
    with refused("rounds.name_taken", name="第一轮"):
        begin(world)
    with refused("rounds.round_unknown"):
        close_round(stamp=fresh(), actor=world.clerk, round=one.round)


def test_a_visit_closes_its_door_in_the_round_and_the_latest_of_its_days_stands(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    world.family("李一", door="1-1-102")
    one = begin(world)
    assert one.due == 2
    knock(world, home, "nobody_home")
    assert numbers(world, one.round) == (2, 0, 2, {"nobody_home": 1})
    knock(world, home, at=NOON + timedelta(days=1))
    assert numbers(world, one.round) == (2, 1, 1, {"done": 1})
    knock(world, home, "refused", at=NOON + timedelta(hours=1))
    knock(world, home, "refused", at=NOON - timedelta(days=1))
    knock(world, home, "refused", at=NOON + timedelta(days=2))
    assert numbers(world, one.round) == (2, 1, 1, {"done": 1})


def test_a_round_counts_the_visits_of_its_days_that_are_there_already(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    knock(world, home)
    assert numbers(world, begin(world).round) == (1, 1, 0, {"done": 1})


def test_a_visit_counts_in_every_round_that_holds_its_door_and_day(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    whole = begin(world, area=world.house.town.id, name="全镇")
    east = begin(world)
    west = begin(world, area=world.west.id, name="西")
    knock(world, home)
    assert numbers(world, whole.round, world.house.town.path)[1] == 1
    assert numbers(world, east.round)[1] == 1
    assert numbers(world, west.round, world.west.path) == (0, 0, 0, {})


def test_voiding_lets_the_visit_before_stand_again(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    one = begin(world)
    knock(world, home, "refused")
    second = knock(world, home, at=NOON + timedelta(days=1))
    void_visit(stamp=fresh(), actor=world.clerk, visit=second.id, reason="wrong door")
    assert numbers(world, one.round) == (1, 0, 1, {"refused": 1})
    void_visit(stamp=fresh(), actor=world.clerk, visit=DoorVisit.objects.get(voided_at=None).id, reason="wrong door")
    assert numbers(world, one.round) == (1, 0, 1, {})


def test_a_clock_that_lies_counts_when_it_was_received_and_stands_for_nothing_later(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    one = begin(world)
    lie = VisitSeen(id=uuid7(), household=home, state=DoorState.REFUSED, at=NOON + timedelta(days=20))
    record_visits(stamp=fresh(), actor=world.clerk, visits=[lie])
    assert numbers(world, one.round)[3] == {"refused": 1}
    knock(world, home, at=NOON + timedelta(hours=2))
    assert numbers(world, one.round)[3] == {"done": 1}


def test_a_household_takes_its_state_along_inside_the_round_and_out_of_it(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    one = begin(world)
    knock(world, home)
    goal = world.door("9-1-101", world.grids[1])
    register.move_household(stamp=fresh(), actor=world.clerk, household=home, area=goal)
    assert numbers(world, one.round, world.grids[0].path) == (0, 0, 0, {})
    assert numbers(world, one.round, world.grids[1].path) == (1, 1, 0, {"done": 1})
    away = world.door("7-1-101", world.west)
    register.move_household(stamp=fresh(), actor=world.house.admin, household=home, area=away)
    assert numbers(world, one.round) == (0, 0, 0, {})
    back = world.door("1-1-101")
    register.move_household(stamp=fresh(), actor=world.house.admin, household=home, area=back)
    assert numbers(world, one.round) == (1, 1, 0, {"done": 1})


def test_a_household_that_closes_is_due_no_more_and_comes_back_as_it_stood(world: World) -> None:
    home = world.family("王一", door="1-1-101")
    one = begin(world)
    knock(world, home.household)
    gone = Departure(home.residents[0], TODAY)
    register.leave_register(stamp=fresh(), actor=world.clerk, departures=[gone])
    assert numbers(world, one.round) == (0, 0, 0, {})
    register.reinstate_resident(stamp=fresh(), actor=world.clerk, resident=home.residents[0])
    assert numbers(world, one.round) == (1, 1, 0, {"done": 1})


def test_households_that_are_joined_and_parted_count_as_their_doors_are_due(world: World) -> None:
    kept = world.family("王一", door="1-1-101").household
    gone = world.family("李一", door="1-1-102").household
    one = begin(world)
    knock(world, kept)
    knock(world, gone, "refused")
    joined = register.join_households(stamp=fresh(), actor=world.clerk, kept=kept, gone=gone)
    assert numbers(world, one.round) == (1, 1, 0, {"done": 1})
    knock(world, gone, at=NOON + timedelta(minutes=5), state="refused")
    assert numbers(world, one.round) == (1, 0, 1, {"refused": 1})
    register.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert numbers(world, one.round)[0] == 2


def test_an_erased_household_leaves_nothing_in_the_round(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    one = begin(world)
    knock(world, home)
    erase(home, at=NOON)
    assert not RoundDoor.objects.exists()
    found = progress(viewer=world.house.admin, round=one.round, path=world.house.east.path)
    assert (found.done, found.series) == (0, ())


def test_a_building_that_changes_its_grid_or_community_takes_its_doors_along(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    one = begin(world)
    west = begin(world, area=world.west.id, name="西")
    knock(world, home)
    building = world.door("1-1-101")
    from wangge.places.models import Area

    block = Area.objects.get(path__in=[Area.objects.get(id=building).path[: -len(f"{building}.")]])
    while block.rank > 7:
        block = block.parent  # type: ignore[assignment]
    areas.move_area(stamp=fresh(), actor=world.house.admin, area=block.id, parent=world.grids[1].id)
    assert numbers(world, one.round, world.grids[1].path) == (1, 1, 0, {"done": 1})
    areas.move_area(stamp=fresh(), actor=world.house.admin, area=block.id, parent=world.west.id)
    assert numbers(world, one.round) == (0, 0, 0, {})
    assert numbers(world, west.round, world.west.path) == (1, 1, 0, {"done": 1})
    areas.merge_areas(stamp=fresh(), actor=world.house.admin, kept=world.house.east.id, gone=world.west.id)
    assert numbers(world, one.round) == (1, 1, 0, {"done": 1})
    assert numbers(world, west.round) == (1, 1, 0, {"done": 1})


def test_a_closed_round_keeps_its_numbers_and_its_doors_where_they_stood(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    other = world.family("李一", door="1-1-102").household
    one = begin(world)
    knock(world, home)
    close_round(stamp=fresh(), actor=world.house.admin, round=one.round, note="到期")
    with refused("rounds.closed_already"):
        close_round(stamp=fresh(), actor=world.house.admin, round=one.round)
    away = world.door("7-1-101", world.west)
    register.move_household(stamp=fresh(), actor=world.house.admin, household=home, area=away)
    knock(world, other, "refused", at=NOON - timedelta(hours=1))
    assert numbers(world, one.round) == (2, 1, 1, {"done": 1})
    assert dict(RoundCount.objects.exclude(doors=0).values_list("state", "doors")) == {"done": 1, "refused": 1}
    reopen_round(stamp=fresh(), actor=world.house.admin, round=one.round)
    assert numbers(world, one.round) == (1, 0, 1, {"refused": 1})
    with refused("rounds.open_already"):
        reopen_round(stamp=fresh(), actor=world.house.admin, round=one.round)


def test_a_round_is_found_by_whoever_works_in_it_and_by_nobody_else(world: World) -> None:
    one = begin(world)
    west = begin(world, area=world.west.id, name="西")
    lines, number = rounds_in(viewer=world.clerk, path=world.house.town.path)
    assert ([line.id for line in lines], number) == ([one.round], 1)
    assert (
        round_named(viewer=world.clerk, name="第一轮")
        == one.round
        == round_named(viewer=world.clerk, name=str(one.round))
    )
    with refused("rounds.round_unknown"):
        round_named(viewer=world.clerk, name="西")
    with refused("rounds.round_unknown"):
        progress(viewer=world.clerk, round=west.round, path=world.west.path)
    found = open_round_at(viewer=world.clerk, path=world.grids[0].path, day=TODAY)
    assert found is not None
    assert found.id == one.round
    assert open_round_at(viewer=world.clerk, path=world.grids[0].path, day=TODAY + timedelta(days=2)) is None
    assert open_round_at(viewer=world.clerk, path=world.west.path) is None


def test_what_a_round_costs_to_read_does_not_grow(world: World, django_assert_num_queries: object) -> None:
    from django.db import connection

    one = begin(world)
    costs = []
    for size in (1, 3):
        for number in range(size):
            knock(world, world.family("王一", door=f"{size}-1-10{number}").household)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            progress(viewer=world.clerk, round=one.round, path=world.house.east.path)
            below = progress_below(viewer=world.clerk, round=one.round, path=world.house.east.path)
            rounds_in(viewer=world.clerk, path=world.house.east.path)
        costs.append(len(asked))
    assert costs[0] == costs[1]
    assert [(line.name, line.numbers.done) for line in below] == [(world.grids[0].name, 4), (world.grids[1].name, 0)]


def test_a_batch_of_visits_costs_the_same_number_of_statements(world: World) -> None:
    from django.db import connection

    begin(world)
    costs = []
    for size in (1, 3):
        homes = [world.family("王一", door=f"{size}-1-10{number}").household for number in range(size)]
        visits = [VisitSeen(id=uuid7(), household=home, state=DoorState.DONE, at=NOON) for home in homes]
        with CaptureQueriesContext(connection) as asked:
            record_visits(stamp=fresh(), actor=world.clerk, visits=visits)
        costs.append(len(asked))
    assert costs[0] == costs[1]


def test_paper_of_long_ago_belongs_to_the_round_of_its_days_and_counts_on_the_day_it_is_keyed_in(world: World) -> None:
    home, other = (world.family(name, door=door).household for name, door in (("王一", "1-1-101"), ("王二", "1-1-102")))
    then = TODAY - timedelta(days=50)
    old = begin(world, name="去年", from_on=then, until_on=then + timedelta(days=2)).round
    now = begin(world).round
    paper = [
        VisitSeen(id=uuid7(), household=home, state=DoorState(state), at=NOON - timedelta(days=50, hours=hours))
        for state, hours in (("done", 1), ("nobody_home", 3))
    ]
    record_visits(stamp=fresh(), actor=world.clerk, visits=paper)
    assert numbers(world, old) == (2, 1, 1, {"done": 1}), "the later knock of that day stands, whichever came first"
    assert numbers(world, now)[3], "they count today too: that is when they came"
    knock(world, other, at=NOON - timedelta(days=20000))
    assert numbers(world, now)[0] == 2
    assert numbers(world, old)[3] == {"done": 1}, "a clock of 1970 brings nothing into a round of last year"
    void_visit(stamp=fresh(), actor=world.clerk, visit=paper[0].id, reason="填错了")
    assert numbers(world, old)[3] == {"nobody_home": 1}
