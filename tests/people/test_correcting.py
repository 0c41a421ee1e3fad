from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.people.world import (
    MAN_1949,
    WOMAN_1977,
    World,
    fresh,
    holds,
    home,
    later,
    person,
    refused,
    resident,
    settle,
)  # fmt: skip
from wangge.access.viewing import Viewer
from wangge.kernel.ids import uuid7
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.commands.writing import number_of, phones_of
from wangge.people.models import Resident
from wangge.people.rules.wishes import Corrected, Correction, Departure, HouseholdCorrection, NewHousehold

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def correct(world: World, who: UUID, stamp: Stamp | None = None, **values: Any) -> Corrected:
    seen = values.pop("seen", None)
    confirmed = values.pop("number_confirmed", False)
    wish = Correction(who, values, seen, confirmed)
    return people.correct_residents(stamp=stamp or fresh(), actor=world.clerk, corrections=[wish])[0]


def test_a_name_is_corrected_with_what_search_needs_and_its_clock_is_kept(world: World) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    done = correct(world, who, name="单國芳", presence="away")
    row = resident(who)
    assert set(done.applied) == {"presence", "name"}
    assert (row.name, row.initials, row.presence, set(row.clocks)) == ("单國芳", "sgf", "away", {"name", "presence"})
    assert correct(world, who, name="单國芳").applied == ()
    holds()


def test_of_two_soft_edits_the_later_clock_wins_in_whatever_order_they_come(world: World) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    assert correct(world, who, later(5), presence="away").applied == ("presence",)
    old = correct(world, who, later(2), presence="guest")
    assert (old.applied, old.superseded, resident(who).presence) == ((), ("presence",), "away")
    assert correct(world, who, later(9), presence="guest").applied == ("presence",)


def test_a_protected_edit_that_did_not_see_the_present_value_waits_for_a_person(world: World) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    assert correct(world, who, later(1), name="张山", seen={}).applied == ("name",)
    unseen = correct(world, who, later(2), name="章三", presence="away", seen={})
    assert (unseen.conflicts, unseen.applied, resident(who).name) == (("name",), ("presence",), "张山")
    same = correct(world, who, later(3), name="张山", seen={})
    assert (same.conflicts, same.applied) == ((), ())
    seen = dict(resident(who).clocks)
    assert correct(world, who, later(4), name="章三", seen=seen).applied == ("name",)
    assert resident(who).name == "章三"


def test_a_number_brings_birth_and_sex_along_and_a_doubtful_one_does_not(world: World) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    done = correct(world, who, id_number=MAN_1949, sex="F")
    assert {one.code for one in done.doubts} == {"sex_conflict"}
    row = resident(who)
    assert (row.birth_on, row.sex, row.id_doubt, number_of(row)) == (date(1949, 1, 1), "M", "", MAN_1949)
    done = correct(world, who, id_number=MAN_1949[:-1] + "0")
    row = resident(who)
    assert [one.code for one in done.doubts] == ["id_check_digit"]
    assert (row.birth_on, row.sex, row.id_doubt) == (date(1949, 1, 1), "M", "check_digit")
    correct(world, who, id_number="", id_kind="none")
    row = resident(who)
    assert (row.id_index, row.id_last4, row.id_sealed, row.id_kind, row.id_doubt) == (None, None, None, "none", "")


def test_a_number_of_somebody_else_is_refused_until_confirmed_and_ones_own_never(world: World) -> None:
    first = person("张三", id_number=MAN_1949)
    world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=(first,)))
    who = world.family("张山", door="3-2-501").residents[0]
    with refused("people.number_taken", resident=str(who), other=str(first.id)):
        correct(world, who, id_number=MAN_1949)
    correct(world, who, id_number=MAN_1949, number_confirmed=True)
    correct(world, who, id_number=WOMAN_1977)
    correct(world, who, id_number=f"{WOMAN_1977} ")
    assert number_of(resident(who)) == WOMAN_1977


def test_phones_are_replaced_as_a_whole(world: World) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    correct(world, who, phones="13800001234\n0600-1234567")
    assert phones_of([resident(who)])[who] == ("13800001234", "0600-1234567")
    correct(world, who, later(3), phones="0600-1234567")
    assert phones_of([resident(who)])[who] == ("0600-1234567",)
    correct(world, who, later(4), phones="")
    assert phones_of([resident(who)]) == {}


def test_a_new_head_takes_the_office_from_the_old_one(world: World) -> None:
    family = world.family("张三", "李四", "王五", door="3-2-501")
    head, second, third = family.residents
    correct(world, second, is_head=True)
    assert [(row.is_head, row.relation) for row in map(resident, (head, second))] == [
        (False, "unknown"),
        (True, "head"),
    ]
    correct(world, third, later(1), relation="head")
    assert Resident.objects.get(household=family.household, is_head=True).id == third
    correct(world, third, later(2), is_head=False)
    assert (resident(third).is_head, resident(third).relation) == (False, "unknown")
    both = [Correction(head, {"is_head": True}), Correction(second, {"is_head": True})]
    with refused("people.two_heads"):
        people.correct_residents(stamp=later(3), actor=world.clerk, corrections=both)
    swap = [Correction(head, {"is_head": True}), Correction(third, {"is_head": False})]
    people.correct_residents(stamp=later(4), actor=world.clerk, corrections=swap)
    assert Resident.objects.get(household=family.household, is_head=True).id == head
    holds()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": "张三、李四"}, "people.name_unreadable"),
        ({"birth_on": "昨天"}, "people.birth_unreadable"),
        ({"birth_on": "2020-02-11"}, "people.birth_in_future"),
        ({"phones": "12"}, "people.phone_unreadable"),
        ({"sex": "X"}, "people.code_unknown"),
        ({"shoe_size": "42"}, "people.code_unknown"),
        ({"guardian": "not an id"}, "people.resident_unknown"),
    ],
)
def test_unreadable_corrections_are_refused_naming_the_person(world: World, values: dict[str, Any], code: str) -> None:
    who = world.family("张三", door="3-2-501").residents[0]
    before = Resident.objects.filter(id=who).values().get()
    with refused(code, resident=str(who)):
        correct(world, who, **values)
    assert Resident.objects.filter(id=who).values().get() == before


def test_only_those_who_are_there_and_in_reach_are_corrected(world: World) -> None:
    family = world.family("张三", "李四", door="3-2-501")
    gone = family.residents[1]
    people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(gone, date(2020, 2, 1))])
    with refused("people.resident_gone"):
        correct(world, gone, name="李五")
    abroad = NewHousehold(id=uuid7(), area=world.west.id, members=(person("外人"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    for who in (abroad.members[0].id, uuid7()):
        with refused("people.resident_unknown"):
            correct(world, who, name="李五")
    auditor = Viewer(account_id=uuid7(), number=9, login="auditor", name="")
    with refused("people.resident_unknown"):
        people.correct_residents(
            stamp=fresh(), actor=auditor, corrections=[Correction(family.residents[0], {"name": "李五"})]
        )


def test_note_and_address_of_a_household_are_soft(world: World) -> None:
    family = world.family("张三", door="3-2-501").household
    wish = HouseholdCorrection(family, {"note": " 有狗 ", "address": "三栋"})
    people.correct_household(stamp=later(5), actor=world.clerk, correction=wish)
    late = people.correct_household(
        stamp=later(2), actor=world.clerk, correction=HouseholdCorrection(family, {"note": "无狗"})
    )
    assert (late.superseded, home(family).note, home(family).address) == (("note",), "有狗", "三栋")
    with refused("people.text_too_long", limit=200):
        people.correct_household(
            stamp=later(6), actor=world.clerk, correction=HouseholdCorrection(family, {"address": "长" * 201})
        )
    with refused("people.text_too_long", limit=500):
        people.correct_household(
            stamp=later(6), actor=world.clerk, correction=HouseholdCorrection(family, {"note": "长" * 501})
        )
    holds()
