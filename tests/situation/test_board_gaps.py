"""What the board tells beside coverage: gaps with their lists, the last hour, the trend, the comparison."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.people.world import World, fresh, holds, later, person, refused, settle
from tests.situation.test_board import look, worker
from tests.surveys.test_visits import seen, visit
from wangge.access import commands as access
from wangge.flows.deal_duties import deal_duties
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people import queries as registers
from wangge.people.rules.wishes import Correction, NewHousehold
from wangge.situation.board import Gaps, board, unowned
from wangge.situation.comparison.commands import switch_off, switch_on
from wangge.surveys.commands import forget_quarters, void_visit
from wangge.surveys.commands.rounds import start_round
from wangge.surveys.models import QuarterCount

pytestmark = pytest.mark.django_db
TODAY = date(2020, 2, 10)


@pytest.fixture
def world() -> World:
    return settle()


def gaps(world: World, path: str = "") -> Gaps:
    found = look(world, path).gaps
    assert found is not None
    return found


def test_residents_without_a_birth_are_counted_through_every_change_and_the_list_has_them(world: World) -> None:
    door = world.door("1-1-101")
    members = (person("王一", birth_on=date(1950, 1, 2)), person("王二"), person("王三"))
    home = world.add(NewHousehold(id=uuid7(), area=door, members=members))
    assert gaps(world).births == 2
    listed, total = registers.residents(viewer=world.clerk, path=world.house.east.path, undated=True)
    assert (total, [line.name for line in listed]) == (2, ["王二", "王三"])
    correction = Correction(resident=home.residents[1], values={"birth_on": "1980-05-06"})
    people.correct_residents(stamp=later(1), actor=world.clerk, corrections=[correction])
    assert gaps(world).births == 1
    taken_back = Correction(resident=home.residents[1], values={"birth_on": ""})
    people.correct_residents(stamp=later(2), actor=world.clerk, corrections=[taken_back])
    assert gaps(world).births == 2
    holds()


def test_every_door_is_nobodys_until_somebody_has_a_duty_there(world: World) -> None:
    for number in range(1, 4):
        world.family("王一", door=f"{number}-1-101")
    world.family("李一", door="9-1-101", area=world.grids[1])
    world.family("船上人")
    assert gaps(world).unowned == 4
    worker(world, "wang.hua")  # has the whole first grid
    assert gaps(world).unowned == 1
    assert [one.path for one in unowned(viewer=world.clerk, path=world.house.east.path, on=TODAY)] == [
        world.grids[1].path
    ]
    assert gaps(world, world.grids[0].path).unowned == 0


def test_in_a_grid_dealt_building_by_building_only_the_buildings_left_over_are_nobodys(world: World) -> None:
    hand = worker(world, "wang.hua").account_id
    for number in range(1, 4):
        world.family("王一", door=f"{number}-1-101")
    deal_duties(stamp=fresh(), actor=world.house.admin, area=world.grids[0].id, workers=[hand])
    end_duty_on_grid(world, hand)
    assert gaps(world).unowned == 0
    world.family("王一", door="4-1-101")
    world.family("王二", door="4-1-102")
    assert gaps(world).unowned == 2
    (left,) = unowned(viewer=world.clerk, path=world.house.east.path, on=TODAY)
    assert (left.doors, left.path.startswith(world.grids[0].path)) == (2, True)


def end_duty_on_grid(world: World, account: UUID) -> None:
    from wangge.access.models import Duty

    row = Duty.objects.get(account=account, area=world.grids[0], ended_at=None)
    access.end_duty(stamp=fresh(), actor=world.house.admin, duty=row.pk)


def test_somebody_deactivated_owns_nothing(world: World) -> None:
    world.family("王一", door="1-1-101")
    hand = worker(world, "wang.hua")
    assert gaps(world).unowned == 0
    access.set_active(stamp=fresh(), actor=world.house.admin, account=hand.account_id, active=False)
    assert gaps(world).unowned == 1


def test_the_last_hour_holds_what_came_in_and_forgets_what_was_taken_back(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    made = seen(home)
    visit(world, made, seen(world.family("王二", door="2-1-101").household, "refused"))
    changed = look(world).changed
    assert changed is not None
    assert (changed.hour.visits, changed.hour.done, changed.hour.refused) == (2, 1, 1)
    assert changed.since == NOON - timedelta(hours=1)
    above = look(world, world.house.town.path)
    assert above.changed is not None
    assert above.changed.hour == changed.hour
    assert [child.hour.visits for child in above.children] == [2, 0]
    void_visit(stamp=fresh(), actor=world.clerk, visit=made.id, reason="点错了")
    assert (look(world).changed or changed).hour.visits == 1
    two_later = board(
        viewer=world.house.admin, path=world.house.east.path, at=NOON + timedelta(hours=2), zone="Asia/Shanghai"
    )
    assert two_later.changed is not None
    assert two_later.changed.hour.visits == 0


def test_a_late_visit_of_yesterday_does_not_change_the_last_hour_of_today(world: World) -> None:
    visit(world, seen(world.family("王一", door="1-1-101").household, at=NOON - timedelta(days=1)))
    changed = look(world).changed
    assert changed is not None
    assert changed.hour.visits == 0
    assert [day.visits for day in look(world).trend[-2:]] == [1, 0]


def test_quarters_are_kept_for_two_days(world: World) -> None:
    visit(world, seen(world.family("王一", door="1-1-101").household))
    assert forget_quarters(now=NOON + timedelta(days=1)) == 0
    assert forget_quarters(now=NOON + timedelta(days=3)) > 0
    assert not QuarterCount.objects.exists()


def test_a_stairwell_that_was_just_finished_is_told_once_all_its_doors_are_done(world: World) -> None:
    homes = [world.family("王一", door=door).household for door in ("5-1-101", "5-2-101", "5-2-102")]
    visit(world, seen(homes[1]))
    assert not (look(world).changed or pytest.fail("no change")).changes
    visit(world, seen(homes[2]))
    (change,) = look(world).changed.changes  # type: ignore[union-attr]
    assert (change.code, change.name, change.number) == ("stairwell_finished", "2", 2)
    visit(world, seen(homes[0], "refused"))
    assert len(look(world).changed.changes) == 1  # type: ignore[union-attr]


def test_the_trend_adds_fourteen_days_up_and_ends_with_the_board(world: World) -> None:
    home = world.family("王一", door="1-1-101")
    visit(world, seen(home.household, who=home.residents), seen(home.household, at=NOON - timedelta(days=3)))
    trend = look(world).trend
    assert len(trend) == 14
    assert (trend[-1].day, trend[-1].visits, trend[-1].done, trend[-1].seen) == (TODAY, 1, 1, 1)
    assert [day.visits for day in trend] == [0] * 10 + [1, 0, 0, 1]


def test_comparing_is_off_and_is_switched_on_only_by_a_leader_with_reason_and_end(world: World) -> None:
    world.family("王一", door="1-1-101")
    lead, area = world.house.admin, world.house.east.id
    assert (look(world).comparing, look(world).teams) == (None, ())
    with refused("access.forbidden"):
        switch_on(stamp=fresh(), actor=world.clerk, area=area, reason="今晚收尾", last_on=TODAY)
    with refused("comparison.reason_missing"):
        switch_on(stamp=fresh(), actor=lead, area=area, reason=" ", last_on=TODAY)
    for last_on in (TODAY - timedelta(days=1), TODAY + timedelta(days=14)):
        with refused("comparison.end_outside", days=14):
            switch_on(stamp=fresh(), actor=lead, area=area, reason="今晚收尾", last_on=last_on)
    once = fresh()
    first = switch_on(stamp=once, actor=lead, area=area, reason="今晚收尾", last_on=TODAY)
    assert switch_on(stamp=once, actor=lead, area=area, reason="今晚收尾", last_on=TODAY) == first
    with refused("comparison.on_already"):
        switch_on(stamp=fresh(), actor=lead, area=area, reason="今晚收尾", last_on=TODAY)
    found = look(world)
    assert found.comparing is not None
    assert (found.comparing.reason, found.comparing.last_on) == ("今晚收尾", TODAY)
    assert [(team.place, team.area.path, team.open) for team in found.teams] == [(1, world.grids[0].path, 1)]
    assert look(world, world.house.town.path).comparing is None


def test_a_comparison_ends_by_itself_and_can_be_ended_before(world: World) -> None:
    lead, area = world.house.admin, world.house.east.id
    with refused("comparison.off_already"):
        switch_off(stamp=fresh(), actor=lead, area=area)
    switch_on(stamp=fresh(), actor=lead, area=area, reason="今晚收尾", last_on=TODAY)
    tomorrow = NOON + timedelta(days=1)
    assert board(viewer=lead, path=world.house.east.path, at=tomorrow, zone="Asia/Shanghai").comparing is None
    switch_on(
        stamp=fresh(at=tomorrow, received_at=tomorrow), actor=lead, area=area, reason="再比一天",
        last_on=TODAY + timedelta(days=1),
    )  # fmt: skip
    switch_off(stamp=fresh(at=tomorrow, received_at=tomorrow), actor=lead, area=area)
    assert board(viewer=lead, path=world.house.east.path, at=tomorrow, zone="Asia/Shanghai").comparing is None
    holds()


def test_while_a_round_is_open_the_board_tells_where_it_stands_here_and_below(world: World) -> None:
    homes = [world.family("王一", door=f"{n}-1-101").household for n in range(1, 5)]
    assert look(world).sweep is None
    start_round(
        stamp=fresh(), actor=world.house.admin, area=world.house.east.id, name="第一轮", purpose="排查", basis="1号",
        questionnaire=None, from_on=TODAY - timedelta(days=1), until_on=TODAY + timedelta(days=1),
        deadline=NOON + timedelta(hours=6), before=None,
    )  # fmt: skip
    visit(world, seen(homes[0], at=NOON - timedelta(days=1)), seen(homes[1]), seen(homes[2], "refused"))
    found = look(world)
    assert found.sweep is not None
    assert (found.sweep.numbers.due, found.sweep.numbers.done, found.sweep.numbers.open) == (4, 2, 2)
    assert found.counters["doors_done"] == 1
    assert (found.sweep.day_of(TODAY), found.sweep.days) == (2, 2)
    assert found.sweep.forecast is not None
    assert [child.swept.open for child in found.children if child.swept] == [2, 0]
    earlier = look(world, on=TODAY - timedelta(days=1))
    assert (earlier.sweep, earlier.changed, earlier.gaps) == (None, None, None)


def test_a_board_with_a_round_and_a_comparison_costs_the_same_statements_however_much_there_is(world: World) -> None:
    start_round(
        stamp=fresh(), actor=world.house.admin, area=world.house.east.id, name="第一轮", purpose="排查", basis="1号",
        questionnaire=None, from_on=TODAY, until_on=TODAY + timedelta(days=1), deadline=NOON, before=None,
    )  # fmt: skip
    switch_on(stamp=fresh(), actor=world.house.admin, area=world.house.east.id, reason="今晚收尾", last_on=TODAY)
    visit(world, seen(world.family("王一", door="1-1-101").household))
    with CaptureQueriesContext(connection) as few:
        look(world)
    for number in range(2, 9):
        visit(world, seen(world.family("赵一", door=f"{number}-2-201", area=world.grids[number % 2]).household))
    with CaptureQueriesContext(connection) as more:
        look(world)
    assert len(few) == len(more) <= 28
