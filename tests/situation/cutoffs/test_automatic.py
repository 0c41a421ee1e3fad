"""Snapshots that the server takes by itself, at the hours that an area has set."""

from datetime import UTC, datetime

import pytest

from tests.people.world import World, fresh, refused, settle
from tests.situation.cutoffs.town import SET, minutes
from wangge.agenda.models import Due
from wangge.agenda.workers import run_due
from wangge.situation.cutoffs.automatic import plan_today
from wangge.situation.cutoffs.commands import set_times
from wangge.situation.cutoffs.hours import hours_of
from wangge.situation.cutoffs.models import Snapshot

pytestmark = pytest.mark.django_db
MORNING, FOUR, SIX, MIDNIGHT = (
    datetime(2020, 2, 10, hour, minute, tzinfo=UTC) for hour, minute in ((1, 0), (8, 1), (10, 1), (16, 1))
)


@pytest.fixture
def world() -> World:
    return settle()


def set_hours(world: World, *times: str, area: int = 0, profiles: tuple[str, ...] = (SET,)) -> None:
    set_times(
        stamp=fresh(received_at=MORNING, at=MORNING),
        actor=world.house.admin,
        area=area or world.house.town.id,
        times=times,
        profiles=profiles,
    )


def test_the_whole_area_is_taken_at_four_and_six_unless_somebody_says_otherwise(world: World) -> None:
    plan_today(MORNING)
    plan_today(MORNING)
    assert Due.objects.filter(kind="cutoffs.take").count() == 2
    run_due(FOUR)
    run_due(SIX)
    run_due(SIX)
    assert [one.cutoff_at.hour for one in Snapshot.objects.order_by("cutoff_at")] == [8, 10]
    assert {one.area_id for one in Snapshot.objects.all()} == {world.house.town.id}


def test_midnight_plans_the_next_day(world: World) -> None:
    plan_today(MORNING)
    run_due(MIDNIGHT)
    assert sorted(Due.objects.filter(kind="cutoffs.take", done_at=None).values_list("payload__on", flat=True)) == [
        "2020-02-11",
        "2020-02-11",
    ]


def test_hours_are_set_by_those_who_lead(world: World) -> None:
    with refused("places.area_unknown"):
        set_times(stamp=fresh(), actor=world.clerk, area=world.house.east.id, times=["10:00"], profiles=[SET])
    for times, code in (
        (["25:00"], "cutoffs.time_unreadable"),
        ([f"{n}:00" for n in range(7)], "cutoffs.too_many_times"),
    ):
        with refused(code):
            set_hours(world, *times)
    with refused("cutoffs.profile_unknown"):
        set_hours(world, "10:00", profiles=("nonsense",))
    assert hours_of(world.house.town.id).times == ("16:00", "18:00")
    set_hours(world, "18：30", "9:05")
    assert hours_of(world.house.town.id).times == ("09:05", "18:30")


def test_hours_that_were_dropped_are_not_taken_and_new_ones_hold_today(world: World) -> None:
    plan_today(MORNING)
    set_hours(world, "18:00", "10:00", area=world.house.east.id)
    set_hours(world, "18:00")
    run_due(SIX)
    run_due(SIX)
    taken = {(one.area_id, one.cutoff_at.hour) for one in Snapshot.objects.all()}
    assert taken == {(world.house.town.id, 10), (world.house.east.id, 10), (world.house.east.id, 2)}


def test_one_taken_by_hand_in_the_meantime_is_no_failure(world: World) -> None:
    from tests.situation.cutoffs.town import take

    plan_today(MORNING)
    take(world, minutes(365))
    ran = run_due(SIX)
    assert (ran.done, ran.given_up) == (2, 0)
    assert Snapshot.objects.count() == 1
