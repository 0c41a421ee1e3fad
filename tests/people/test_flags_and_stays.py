from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from tests.people.world import (
    TODAY,
    World,
    fresh,
    holds,
    home,
    new_flag,
    new_stay,
    person,
    refused,
    settle,
)  # fmt: skip
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.models import PriorityFlag, Stay
from wangge.people.rules.codes import BATCH_LIMIT
from wangge.people.rules.wishes import Departure, NewHousehold

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def flagged(world: World, *flags: object) -> list[UUID]:
    return people.raise_flags(stamp=fresh(), actor=world.clerk, flags=flags)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"reason": "suspicious"}, "people.flag_reason_unknown"),
        ({"until_on": TODAY}, "people.flag_end_before_start"),
        ({"until_on": date(2020, 2, 1)}, "people.flag_end_before_start"),
        ({"review_on": date(2020, 2, 25)}, "people.flag_review_outside"),
        ({"review_on": date(2020, 2, 9)}, "people.flag_review_outside"),
        ({"reason": "other"}, "people.flag_note_missing"),
        ({"note": "长" * 301}, "people.text_too_long"),
    ],
)
def test_a_flag_has_a_reason_and_an_end_after_its_start(world: World, changes: dict[str, object], code: str) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    with refused(code):
        flagged(world, new_flag(who, **({"reason": "returnee"} | changes)))  # type: ignore[arg-type]
    assert not PriorityFlag.objects.exists()
    flagged(world, new_flag(who, review_on=date(2020, 2, 17)))
    holds()


def test_a_reason_stands_once_but_other_reasons_as_often_as_needed(world: World) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    flagged(world, new_flag(who), new_flag(who, "sick"))
    with refused("people.flag_stands", reason="sick"):
        flagged(world, new_flag(who, "sick"))
    with refused("people.flag_stands", reason="dialysis"):
        flagged(world, new_flag(who, "dialysis"), new_flag(who, "dialysis"))
    flagged(world, new_flag(who, "other", note="独居怕黑"), new_flag(who, "other", note="行动不便"))
    assert PriorityFlag.objects.filter(ended_at=None).count() == 4
    holds()


def test_flags_are_for_people_who_are_there_and_in_reach(world: World) -> None:
    family = world.family("张三", "张小", door="3-2-501")
    people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(family.residents[1], TODAY)])
    with refused("people.resident_gone"):
        flagged(world, new_flag(family.residents[1]))
    abroad = NewHousehold(id=uuid7(), area=world.west.id, members=(person("外人"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    with refused("access.forbidden"):
        flagged(world, new_flag(abroad.members[0].id))
    with refused("people.resident_unknown"):
        flagged(world, new_flag(uuid7()))
    holds()


def test_a_flag_ends_once_and_can_be_raised_again(world: World) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    (flag,) = flagged(world, new_flag(who))
    volunteer = Viewer(
        account_id=uuid7(), number=9, login="v", name="", grants=(Grant(Role.VOLUNTEER, world.house.east.path),)
    )
    for actor, asked in ((volunteer, flag), (world.clerk, uuid7())):
        with refused("people.flag_unknown"):
            people.end_flag(stamp=fresh(), actor=actor, flag=asked)
    people.end_flag(stamp=fresh(), actor=world.clerk, flag=flag)
    with refused("people.flag_ended"):
        people.end_flag(stamp=fresh(), actor=world.clerk, flag=flag)
    flagged(world, new_flag(who))
    holds()


def test_flags_lapse_with_their_last_day_and_not_before(world: World) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    flagged(world, new_flag(who), new_flag(who, "sick", until_on=date(2020, 3, 1)))
    assert people.lapse_flags(stamp=fresh(), actor=world.clerk, on=date(2020, 2, 23)) == 0
    assert people.lapse_flags(stamp=fresh(), actor=world.clerk, on=date(2020, 2, 24)) == 1
    assert PriorityFlag.objects.get(reason="returnee").end_reason == "lapsed"
    assert PriorityFlag.objects.get(reason="sick").ended_at is None
    holds()


def test_flags_of_a_whole_batch_lapse_together(world: World) -> None:
    members = tuple(person(f"王{chr(0x4E00 + place)}") for place in range(BATCH_LIMIT))
    world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=members))
    flagged(world, *(new_flag(one.id) for one in members))
    with refused("people.batch_too_large"):
        flagged(world, *(new_flag(members[0].id, "other", note=str(n)) for n in range(BATCH_LIMIT + 1)))
    assert people.lapse_flags(stamp=fresh(), actor=world.clerk, on=date(2020, 2, 24)) == BATCH_LIMIT
    assert people.lapse_flags(stamp=fresh(), actor=world.clerk, on=date(2020, 2, 24)) == 0
    holds()


def test_a_guest_sleeps_at_one_other_door_and_stays_counted_at_home(world: World) -> None:
    first, second = (
        world.family("张三", "张小", door="3-2-501"),
        world.family("李四", door="9-1-1", area=world.grids[1]),
    )
    guest = first.residents[1]
    for wish, code in (
        (new_stay(guest, first.household), "people.stay_at_home"),
        (new_stay(guest, second.household, until_on=TODAY), "people.stay_end_before_start"),
        (new_stay(guest, uuid7()), "people.household_unknown"),
        (new_stay(uuid7(), second.household), "people.resident_unknown"),
    ):
        with refused(code):
            people.begin_stay(stamp=fresh(), actor=world.clerk, stay=wish)
    stay = people.begin_stay(
        stamp=fresh(), actor=world.clerk, stay=new_stay(guest, second.household, until_on=date(2020, 2, 20))
    )
    with refused("people.stays_already"):
        people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(guest, second.household))
    holds()
    people.end_stay(stamp=fresh(), actor=world.clerk, stay=stay)
    with refused("people.stay_ended"):
        people.end_stay(stamp=fresh(), actor=world.clerk, stay=stay)
    with refused("people.stay_unknown"):
        people.end_stay(stamp=fresh(), actor=world.clerk, stay=uuid7())
    assert Stay.objects.get().ended_on == TODAY
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(guest, second.household))
    holds()


def test_a_guest_who_leaves_the_register_leaves_the_hosts_door(world: World) -> None:
    first, second = (
        world.family("张三", "张小", door="3-2-501"),
        world.family("李四", door="9-1-1", area=world.grids[1]),
    )
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(first.residents[1], second.household))
    people.leave_register(
        stamp=fresh(), actor=world.clerk, departures=[Departure(second.residents[0], TODAY - timedelta(days=1))]
    )
    assert home(second.household).state == "open"
    left = people.record_deaths(stamp=fresh(), actor=world.clerk, departures=[Departure(first.residents[1], TODAY)])
    assert left.closed == (second.household,)
    assert isinstance(home(second.household).closed_at, datetime)
    holds()


def test_where_somebody_came_from_is_said_once_they_are_asked_and_corrected_later(world: World) -> None:
    one, two = world.family("张三", "张小", door="3-2-501").residents
    wuhan = "420100000000"
    with refused("people.origin_too_fine"):
        flagged(world, new_flag(one, "visitor", origin="420102"))
    with refused("people.not_come_yet"):
        flagged(world, new_flag(one, "visitor", came_on=TODAY + timedelta(days=1)))
    visitor, sick = flagged(world, new_flag(one, "visitor", origin="4201", came_on=TODAY), new_flag(two, "sick"))
    assert PriorityFlag.objects.get(id=visitor).origin == wuhan
    for flag, origin, code in (
        (sick, wuhan, "people.origin_not_asked"),
        (visitor, "武汉", "people.origin_unclear"),
        (uuid7(), wuhan, "people.flag_unknown"),
    ):
        with refused(code):
            people.place_flag(stamp=fresh(), actor=world.clerk, flag=flag, origin=origin)
    people.place_flag(stamp=fresh(), actor=world.clerk, flag=visitor, origin="421100")
    row = PriorityFlag.objects.get(id=visitor)
    assert (row.origin, row.came_on) == ("421100000000", None)
    people.end_flag(stamp=fresh(), actor=world.clerk, flag=visitor)
    with refused("people.flag_ended"):
        people.place_flag(stamp=fresh(), actor=world.clerk, flag=visitor, origin=wuhan)
    holds()
