"""Visits: what they count, how they are corrected, and that nothing happens twice."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from tests.conftest import NOON
from tests.people.world import World, fresh, holds, refused, settle
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.flows import register
from wangge.journal import tallies
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import Departure
from wangge.surveys.commands import record_visits, void_visit
from wangge.surveys.queries import doors_of_day, residents_seen, visits_of
from wangge.surveys.rules import DoorState, VisitOutcome, VisitSeen

pytestmark = pytest.mark.django_db
TODAY = date(2020, 2, 10)
COUNTERS = ("doors", "doors_done", "doors_again", "doors_refused", "visits", "person_times", "persons_seen")


@pytest.fixture
def world() -> World:
    return settle()


def seen(household: UUID, state: str = "done", *, at: datetime = NOON, who: tuple[UUID, ...] = ()) -> VisitSeen:
    return VisitSeen(id=uuid7(), household=household, state=DoorState(state), at=at, seen=who)


def visit(world: World, *visits: VisitSeen, actor: Viewer | None = None) -> list[VisitOutcome]:
    return record_visits(stamp=fresh(), actor=actor or world.clerk, visits=visits)


def counted(world: World, path: str = "", day: date = TODAY) -> dict[str, int]:
    where = path or world.house.east.path
    return {
        code: value
        for code, value in tallies.totals(path=where, counters=COUNTERS, day=day, today=TODAY).items()
        if value
    }


def test_a_visit_closes_its_door_and_counts_persons_apart_from_meetings(world: World) -> None:
    home = world.family("王一", "王二", door="1-1-101")
    visit(world, seen(home.household, who=home.residents))
    visit(world, seen(home.household, at=NOON + timedelta(minutes=5), who=home.residents[:1]))
    assert counted(world) == {"doors": 1, "doors_done": 1, "visits": 2, "person_times": 3, "persons_seen": 2}
    holds()


def test_a_later_visit_stands_and_a_late_one_of_earlier_does_not(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    assert visit(world, seen(home, "done"))[0].outcome == "applied"
    assert visit(world, seen(home, "refused", at=NOON - timedelta(hours=1)))[0].outcome == "superseded"
    assert counted(world)["doors_done"] == 1
    assert "doors_refused" not in counted(world)
    visit(world, seen(home, "refused", at=NOON + timedelta(minutes=1)))
    assert counted(world)["doors_refused"] == 1
    assert "doors_done" not in counted(world)
    holds()


def test_the_same_visit_sent_again_counts_once(world: World) -> None:
    one = seen(world.family("王一", door="1-1-101").household)
    assert [out.outcome for out in visit(world, one, one)] == ["applied", "applied"]
    assert visit(world, one)[0].outcome == "again"
    assert counted(world)["visits"] == 1


def test_one_bad_visit_is_turned_away_alone(world: World) -> None:
    good = seen(world.family("王一", door="1-1-101").household)
    unknown = seen(uuid7())
    long = replace(seen(good.household), remarks="x" * 501)
    stranger = seen(good.household, who=(uuid7(),))
    codes = [out.code for out in visit(world, unknown, long, stranger, good)]
    assert codes == ["surveys.household_unknown", "surveys.remarks_too_long", "surveys.resident_elsewhere", ""]
    assert counted(world)["visits"] == 1


def test_a_door_out_of_reach_is_forbidden_and_nothing_is_written(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    west = Viewer(
        account_id=world.clerk.account_id, number=world.clerk.number, login="w", name="w",
        grants=(Grant(Role.GRID_WORKER, world.west.path),),
    )  # fmt: skip
    assert visit(world, seen(home), actor=west)[0].code == "access.forbidden"
    assert "visits" not in counted(world)


def test_more_than_500_visits_at_once_are_refused(world: World) -> None:
    one = seen(uuid7())
    with refused("surveys.batch_too_large", limit=500):
        visit(world, *([one] * 501))


def test_yesterdays_visit_goes_to_yesterday_and_a_claim_ahead_counts_today(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    visit(world, seen(home, at=NOON - timedelta(days=1)), seen(home, at=NOON + timedelta(days=3)))
    yesterday = tallies.totals(
        path=world.house.east.path, counters=COUNTERS, day=TODAY - timedelta(days=1), today=TODAY
    )
    assert yesterday["doors_done"] == 1
    assert counted(world)["doors_done"] == 1
    flagged = [line.claim_clamped for line in visits_of(viewer=world.clerk, household=home)]
    assert sorted(flagged) == [False, True]
    holds()


def test_voiding_takes_the_visit_out_of_its_day_and_the_one_before_stands_again(world: World) -> None:
    home = world.family("王一", "王二", door="1-1-101")
    first = seen(home.household, "nobody_home")
    second = seen(home.household, "done", at=NOON + timedelta(minutes=3), who=home.residents)
    visit(world, first, second)
    with refused("surveys.reason_missing"):
        void_visit(stamp=fresh(), actor=world.clerk, visit=second.id, reason="  ")
    void_visit(stamp=fresh(), actor=world.clerk, visit=second.id, reason="wrong door")
    assert counted(world) == {"doors": 1, "doors_again": 1, "visits": 1}
    with refused("surveys.already_voided"):
        void_visit(stamp=fresh(), actor=world.clerk, visit=second.id, reason="again")
    void_visit(stamp=fresh(), actor=world.clerk, visit=first.id, reason="wrong day")
    assert counted(world) == {"doors": 1}
    holds()


def test_a_person_met_twice_still_counts_once_after_one_meeting_is_voided(world: World) -> None:
    home = world.family("王一", door="1-1-101")
    first, second = (seen(home.household, at=NOON + timedelta(minutes=n), who=home.residents) for n in (0, 9))
    visit(world, first, second)
    void_visit(stamp=fresh(), actor=world.clerk, visit=first.id, reason="twice")
    assert (counted(world)["persons_seen"], counted(world)["person_times"]) == (1, 1)
    found, total = residents_seen(viewer=world.clerk, path=world.house.east.path, day=TODAY)
    assert (total, found[0].resident) == (1, home.residents[0])
    holds()


def test_done_plus_open_is_due_in_each_grid_after_a_move_and_a_departure(world: World) -> None:
    home = world.family("王一", door="1-1-101")
    other = world.family("李一", door="1-1-102")
    visit(world, seen(home.household), seen(other.household))
    goal = world.door("9-1-101", world.grids[1])
    register.move_household(stamp=fresh(), actor=world.clerk, household=home.household, area=goal)
    west, east = (counted(world, grid.path) for grid in world.grids)
    assert (west["doors"], west["doors_done"]) == (1, 1)
    assert (east["doors"], east["doors_done"]) == (1, 1)
    gone = Departure(other.residents[0], TODAY)
    register.leave_register(stamp=fresh(), actor=world.clerk, departures=[gone])
    assert "doors_done" not in counted(world, world.grids[0].path)
    holds()


def test_the_list_of_doors_puts_open_ones_first_and_counts_each_state(world: World) -> None:
    homes = [world.family(f"王{name}", door=f"1-1-10{n}").household for n, name in enumerate("一二三", start=1)]
    visit(world, seen(homes[0]), seen(homes[1], "refused"))
    page = doors_of_day(viewer=world.clerk, path=world.house.east.path, day=TODAY)
    assert [door.state for door in page.doors] == ["refused", "due", "done"]
    assert page.by_state == {"done": 1, "refused": 1, "due": 1}
    only = doors_of_day(viewer=world.clerk, path=world.house.east.path, day=TODAY, states=["due"])
    assert [door.household for door in only.doors] == [homes[2]]
    nowhere = replace(world.clerk, grants=(Grant(Role.CLERK, world.west.path),))
    assert doors_of_day(viewer=nowhere, path=world.house.east.path, day=TODAY).total == 0
