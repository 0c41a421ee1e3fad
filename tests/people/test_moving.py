from datetime import date

import pytest

from tests.people.world import (
    World,
    fresh,
    holds,
    home,
    new_flag,
    new_stay,
    person,
    refused,
    resident,
    settle,
)  # fmt: skip
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.models import PriorityFlag, Stay
from wangge.people.rules.wishes import Correction, Departure, Mover, NewHousehold, NewHouseholdSplit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def test_a_household_moves_with_members_flags_and_guests_and_its_counts_follow(world: World) -> None:
    family = world.family("张三", "张小", door="3-2-501")
    guest = world.family("客人", door="4-1-101").residents[0]
    people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(family.residents[1])])
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(guest, family.household))
    goal = world.door("9-1-101", world.grids[1])
    moved = people.move_household(stamp=fresh(), actor=world.clerk, household=family.household, area=goal)
    assert set(moved.residents) == set(family.residents)
    assert home(family.household).dwelling_id == goal
    assert PriorityFlag.objects.get().grid_path == world.grids[1].path
    holds()
    people.move_household(
        stamp=fresh(), actor=world.clerk, household=family.household, area=world.grids[1].id, address="船上"
    )
    row = home(family.household)
    assert (row.dwelling_id, row.address, row.path) == (None, "船上", world.grids[1].path)
    holds()


def test_a_household_cannot_move_to_where_it_is_too_high_or_out_of_reach(world: World) -> None:
    family = world.family("张三", door="3-2-501").household
    abroad = world.door("1-1-101", world.west)
    for area, code in (
        (world.door("3-2-501"), "people.already_there"),
        (abroad, "access.forbidden"),
        (world.house.town.id, "access.forbidden"),
        (10**6, "access.forbidden"),
    ):
        with refused(code):
            people.move_household(stamp=fresh(), actor=world.clerk, household=family, area=area)
    with refused("people.area_too_high"):
        people.move_household(stamp=fresh(), actor=world.house.admin, household=family, area=world.house.town.id)
    people.move_household(stamp=fresh(), actor=world.house.admin, household=family, area=abroad)
    with refused("people.household_unknown"):
        people.move_household(stamp=fresh(), actor=world.clerk, household=family, area=world.door("3-2-502"))
    holds()


def test_members_move_and_the_household_they_leave_empty_closes(world: World) -> None:
    first, second = (
        world.family("张三", "张小", door="3-2-501"),
        world.family("李四", door="9-1-1", area=world.grids[1]),
    )
    movers = [Mover(first.residents[1], "grandchild")]
    moved = people.move_residents(stamp=fresh(), actor=world.clerk, movers=movers, household=second.household)
    assert (moved.closed, resident(first.residents[1]).relation) == ((), "grandchild")
    holds()
    with refused("people.two_heads"):
        people.move_residents(
            stamp=fresh(), actor=world.clerk, movers=[Mover(first.residents[0], is_head=True)],
            household=second.household,
        )  # fmt: skip
    rest = [Mover(first.residents[0], "in_law")]
    moved = people.move_residents(stamp=fresh(), actor=world.clerk, movers=rest, household=second.household)
    assert moved.closed == (first.household,)
    assert (home(first.household).state, resident(first.residents[0]).is_head) == ("closed", False)
    with refused("people.already_there"):
        people.move_residents(stamp=fresh(), actor=world.clerk, movers=rest, household=second.household)
    with refused("people.household_closed"):
        people.move_residents(stamp=fresh(), actor=world.clerk, movers=rest, household=first.household)
    holds()


def test_a_guest_at_the_new_home_is_no_guest_any_more(world: World) -> None:
    first, second = world.family("张三", "张小", door="3-2-501"), world.family("李四", door="4-2-501")
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(first.residents[1], second.household))
    movers = [Mover(first.residents[1], "grandchild")]
    people.move_residents(stamp=fresh(), actor=world.clerk, movers=movers, household=second.household)
    assert Stay.objects.get().ended_on == date(2020, 2, 10)
    holds()


def test_a_household_with_a_guest_stays_open_when_its_own_members_leave(world: World) -> None:
    first, second = world.family("张三", door="3-2-501"), world.family("李四", door="4-2-501")
    guest = world.family("客人", door="5-1-101").residents[0]
    stay = people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(guest, first.household))
    movers = [Mover(first.residents[0])]
    moved = people.move_residents(stamp=fresh(), actor=world.clerk, movers=movers, household=second.household)
    assert (moved.closed, home(first.household).state) == ((), "open")
    holds()
    people.end_stay(stamp=fresh(), actor=world.clerk, stay=stay)
    assert home(first.household).state == "closed"
    holds()


def test_a_split_founds_a_household_at_the_same_door_or_another(world: World) -> None:
    family = world.family("张三", "张小", "张大", door="3-2-501")
    head, young, old = family.residents
    same = NewHouseholdSplit(uuid7(), (Mover(young, is_head=True),), note="单过")
    people.split_household(stamp=fresh(), actor=world.clerk, household=family.household, into=same)
    assert home(same.id).dwelling_id == home(family.household).dwelling_id
    assert (resident(young).is_head, resident(young).relation, home(same.id).note) == (True, "head", "单过")
    holds()
    other = NewHouseholdSplit(uuid7(), (Mover(old),), area=world.door("9-1-101", world.grids[1]))
    people.split_household(stamp=fresh(), actor=world.clerk, household=family.household, into=other)
    assert home(other.id).grid_path == world.grids[1].path
    assert resident(head).household_id == family.household
    holds()


def test_a_split_that_leaves_nobody_takes_strangers_or_goes_abroad_is_refused(world: World) -> None:
    family, others = world.family("张三", "张小", door="3-2-501"), world.family("李四", door="4-2-501")
    head, young = family.residents
    for members, area, code in (
        ((), None, "people.split_leaves_nobody"),
        ((Mover(head), Mover(young)), None, "people.split_leaves_nobody"),
        ((Mover(others.residents[0]),), None, "people.resident_unknown"),
        ((Mover(young), Mover(young)), None, "people.named_twice"),
        ((Mover(young),), world.west.id, "access.forbidden"),
    ):
        with refused(code):
            people.split_household(
                stamp=fresh(), actor=world.clerk, household=family.household,
                into=NewHouseholdSplit(uuid7(), members, area=area),
            )  # fmt: skip
    with refused("people.text_too_long", limit=500):
        people.split_household(
            stamp=fresh(), actor=world.clerk, household=family.household,
            into=NewHouseholdSplit(uuid7(), (Mover(young),), note="长" * 501),
        )  # fmt: skip
    with refused("people.id_used"):
        people.split_household(
            stamp=fresh(), actor=world.clerk, household=family.household,
            into=NewHouseholdSplit(others.household, (Mover(young),)),
        )  # fmt: skip
    holds()


def test_somebody_who_moved_out_can_move_nowhere_but_can_be_counted_again(world: World) -> None:
    family, other = world.family("张三", "张小", door="3-2-501"), world.family("李四", door="4-2-501")
    young = family.residents[1]
    people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(young)])
    left = people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(young, date(2020, 2, 9))])
    assert (left.closed, resident(young).state, resident(young).state_on) == ((), "moved_out", date(2020, 2, 9))
    assert PriorityFlag.objects.get().end_reason == "gone"
    holds()
    with refused("people.resident_gone"):
        people.move_residents(stamp=fresh(), actor=world.clerk, movers=[Mover(young)], household=other.household)
    people.reinstate_resident(stamp=fresh(), actor=world.clerk, resident=young)
    assert (resident(young).state, resident(young).state_on) == ("living", None)
    with refused("people.not_gone"):
        people.reinstate_resident(stamp=fresh(), actor=world.clerk, resident=young)
    holds()


def test_the_last_one_who_dies_closes_the_household_and_counting_them_again_opens_it(world: World) -> None:
    family = world.family("张三", door="3-2-501")
    head = family.residents[0]
    with refused("people.day_in_future"):
        people.record_deaths(stamp=fresh(), actor=world.clerk, departures=[Departure(head, date(2020, 2, 11))])
    dead = people.record_deaths(stamp=fresh(), actor=world.clerk, departures=[Departure(head, date(2020, 2, 10))])
    assert (dead.closed, home(family.household).state, resident(head).state) == ((family.household,), "closed", "died")
    holds()
    people.reinstate_resident(stamp=fresh(), actor=world.clerk, resident=head)
    assert (home(family.household).state, home(family.household).closed_at, resident(head).is_head) == (
        "open", None, True,
    )  # fmt: skip
    holds()


def test_a_head_who_comes_back_finds_the_office_taken(world: World) -> None:
    family = world.family("张三", "张小", door="3-2-501")
    head, young = family.residents
    people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(head, date(2020, 2, 9))])
    people.correct_residents(stamp=fresh(), actor=world.clerk, corrections=[Correction(young, {"is_head": True})])
    people.reinstate_resident(stamp=fresh(), actor=world.clerk, resident=head)
    assert (resident(head).is_head, resident(head).relation, resident(young).is_head) == (False, "unknown", True)
    holds()


def test_what_was_put_in_by_mistake_is_taken_out_with_its_counts(world: World) -> None:
    family, other = world.family("张三", "张小", door="3-2-501"), world.family("李四", "李小", door="4-2-501")
    people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(family.residents[0])])
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(other.residents[1], family.household))
    gone = people.withdraw(
        stamp=fresh(), actor=world.clerk, households=[family.household], residents=[other.residents[0]]
    )
    assert gone == 4
    holds()
    abroad = NewHousehold(id=uuid7(), area=world.west.id, members=(person("外人"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    with refused("people.household_unknown"):
        people.withdraw(stamp=fresh(), actor=world.clerk, households=[abroad.id])
    holds()
