from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.people.world import MAN_1949, WOMAN_1977, World, fresh, holds, home, person, refused, resident, settle
from wangge.journal import tallies
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.commands.writing import number_of, phones_of
from wangge.people.models import Household, Resident
from wangge.people.rules.wishes import Correction, Departure, Joiner, NewHousehold

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def counted(world: World, *codes: str) -> list[int]:
    day = date(2020, 2, 10)
    found = tallies.totals(path=world.house.town.path, counters=codes, day=day, today=day)
    return [found[code] for code in codes]


def test_a_family_is_kept_with_what_its_numbers_tell_and_counted(world: World) -> None:
    head = person("单国芳", id_number=f" {WOMAN_1977} ", phones=("+86 138 0000 1234", "13800001234"), is_head=True)
    child = person("单小宝", relation="child", guardian=head.id, birth_on=date(2015, 3, 1), sex="M")
    nobody = person("", id_kind="none")
    added = world.add(
        NewHousehold(id=uuid7(), area=world.door("3-2-501"), members=(head, child, nobody), note=" 有狗 ")
    )
    assert added.residents == (head.id, child.id, nobody.id)
    assert added.doubts == ()
    row = resident(head.id)
    assert (row.sex, row.birth_on, row.relation, row.id_kind) == ("F", date(1977, 1, 31), "head", "citizen_18")
    assert (row.pinyin, row.initials) == ("shanguofang", "sgf")
    assert number_of(row) == WOMAN_1977
    assert WOMAN_1977.encode() not in bytes(row.id_sealed or b"")
    assert phones_of([row])[row.id] == ("13800001234",)
    assert resident(child.id).guardian_id == head.id
    assert home(added.household).note == "有狗"
    assert counted(world, "residents", "households", "doors") == [3, 1, 1]
    holds()


def test_a_household_without_a_door_is_counted_but_not_due(world: World) -> None:
    added = world.family("船上人", "船上妻")
    row = home(added.household)
    assert (row.dwelling_id, row.address, row.path) == (None, "村口船上", world.grids[0].path)
    assert counted(world, "residents", "households", "doors") == [2, 1, 0]
    holds()


def test_households_count_in_the_community_when_they_are_not_in_a_grid(world: World) -> None:
    added = world.family("张三", area=world.house.east)
    assert home(added.household).grid_path == world.house.east.path
    holds()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": "张三、李四"}, "people.name_unreadable"),
        ({"name": "无"}, "people.name_unreadable"),
        ({"phones": ("12345",)}, "people.phone_unreadable"),
        ({"phones": tuple(f"1380000000{n}" for n in range(9))}, "people.too_many_phones"),
        ({"id_kind": "library_card", "id_number": "1"}, "people.id_kind_unknown"),
        ({"birth_on": date(2020, 2, 11)}, "people.birth_in_future"),
        ({"sex": "X"}, "people.code_unknown"),
        ({"relation": "cousin"}, "people.code_unknown"),
        ({"presence": "asleep"}, "people.code_unknown"),
    ],
)
def test_what_cannot_be_read_is_refused_naming_the_person_and_nothing_is_kept(
    world: World, changes: dict[str, object], code: str
) -> None:
    wrong = person(**({"name": "李四"} | changes))  # type: ignore[arg-type]
    home_ = NewHousehold(id=uuid7(), area=world.door("3-2-501"), members=(person("张三"), wrong))
    with refused(code, resident=str(wrong.id)):
        world.add(home_)
    assert not Household.objects.exists()
    holds()


def test_two_heads_a_used_id_and_a_foreign_area_are_refused(world: World) -> None:
    door = world.door("3-2-501")
    first, second = person("张三", is_head=True), person("李四", relation="head")
    with refused("people.two_heads"):
        world.add(NewHousehold(id=uuid7(), area=door, members=(first, second)))
    added = world.add(NewHousehold(id=uuid7(), area=door, members=(first,)))
    with refused("people.id_used"):
        world.add(NewHousehold(id=uuid7(), area=door, members=(first,)))
    with refused("people.id_used"):
        world.add(NewHousehold(id=added.household, area=door, members=(second,)))
    with refused("people.named_twice"):
        world.add(NewHousehold(id=uuid7(), area=door, members=(second, second)))
    for area in (world.west.id, 999_999):
        with refused("access.forbidden"):
            world.add(NewHousehold(id=uuid7(), area=area, members=(second,)))
    with refused("people.area_too_high"):
        people.add_households(
            stamp=fresh(), actor=world.house.admin, households=[NewHousehold(id=uuid7(), area=world.house.town.id)]
        )
    with refused("people.text_too_long"):
        world.add(NewHousehold(id=uuid7(), area=door, note="长" * 501))
    holds()


def test_a_batch_holds_five_hundred_and_no_more(world: World) -> None:
    members = tuple(person(f"王{chr(0x4E00 + place)}") for place in range(500))
    new = NewHousehold(id=uuid7(), area=world.grids[0].id, members=members)
    with refused("people.batch_too_large"):
        world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=(*members, person("张三"))))
    assert len(world.add(new).residents) == 500
    joiners = [Joiner(new.id, person("张三")) for _ in range(501)]
    with refused("people.batch_too_large"):
        people.add_residents(stamp=fresh(), actor=world.clerk, residents=joiners)
    holds()


def test_a_number_that_a_living_person_has_is_refused_until_somebody_confirms(world: World) -> None:
    first = person("张三", id_number=MAN_1949)
    world.add(NewHousehold(id=uuid7(), area=world.door("3-2-501"), members=(first,)))
    other = person("张山", id_number=MAN_1949)
    with refused("people.number_taken", resident=str(other.id), other=str(first.id)):
        world.add(NewHousehold(id=uuid7(), area=world.door("3-2-502"), members=(other,)))
    sure = person("张山", id_number=MAN_1949, number_confirmed=True)
    world.add(NewHousehold(id=uuid7(), area=world.door("3-2-502"), members=(sure,)))
    twice = (person("甲", id_number=WOMAN_1977), person("乙", id_number=WOMAN_1977))
    with refused("people.number_taken"):
        world.add(NewHousehold(id=uuid7(), area=world.door("3-2-503"), members=twice))
    holds()


def test_who_has_a_number_elsewhere_is_not_told(world: World) -> None:
    there = NewHousehold(id=uuid7(), area=world.west.id, members=(person("张三", id_number=MAN_1949),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[there])
    here = NewHousehold(id=uuid7(), area=world.grids[0].id, members=(person("张三", id_number=MAN_1949),))
    assert world.add(here).household == here.id
    holds()


@pytest.mark.parametrize(
    ("number", "doubt"),
    [(MAN_1949[:-1] + "0", "id_check_digit"), ("420300199902300015", "id_birth_date"), ("4203001949", "id_shape")],
)
def test_a_doubtful_number_is_kept_as_written_tells_nothing_and_is_named(world: World, number: str, doubt: str) -> None:
    new = person("张三", id_number=number, birth_on=date(1950, 1, 1), sex="F")
    added = world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=(new,)))
    assert [one.code for one in added.doubts] == [doubt]
    row = resident(new.id)
    assert (row.id_doubt, row.birth_on, row.sex) == (doubt.removeprefix("id_"), date(1950, 1, 1), "F")
    assert number_of(row) == number


def test_a_good_number_overrules_birth_and_sex_and_says_so(world: World) -> None:
    new = person("张三", id_number=MAN_1949, birth_on=date(1950, 1, 1), sex="F")
    added = world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=(new,)))
    assert {one.code for one in added.doubts} == {"birth_conflict", "sex_conflict"}
    assert (resident(new.id).birth_on, resident(new.id).sex) == (date(1949, 1, 1), "M")


@pytest.mark.parametrize(
    ("guardian", "code"),
    [
        ("self", "people.guardian_is_self"),
        ("child", "people.guardian_under_age"),
        ("gone", "people.guardian_gone"),
        ("unknown", "people.resident_unknown"),
    ],
)
def test_a_guardian_is_somebody_else_grown_up_and_still_there(world: World, guardian: str, code: str) -> None:
    family = world.family("张三", "张小", door="3-2-501")
    people.correct_residents(
        stamp=fresh(),
        actor=world.clerk,
        corrections=[Correction(family.residents[1], {"birth_on": "2010-01-01"})],
    )
    gone = world.family("李四", door="3-2-502").residents[0]
    people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(gone, date(2020, 2, 1))])
    ward = person("张娃", birth_on=date(2019, 1, 1))
    who = {"self": ward.id, "child": family.residents[1], "gone": gone, "unknown": uuid7()}[guardian]
    new = person("张娃", birth_on=date(2019, 1, 1), guardian=who)
    if guardian == "self":
        new = replace(ward, guardian=ward.id)
    with refused(code):
        people.add_residents(stamp=fresh(), actor=world.clerk, residents=[Joiner(family.household, new)])
    fine = replace(new, guardian=family.residents[0])
    people.add_residents(stamp=fresh(), actor=world.clerk, residents=[Joiner(family.household, fine)])
    assert resident(fine.id).guardian_id == family.residents[0]
    holds()


def test_members_join_a_household_that_is_there_but_no_second_head(world: World) -> None:
    family = world.family("张三", door="3-2-501")
    for head in (person("李四", is_head=True), person("李四", relation="head")):
        with refused("people.two_heads"):
            people.add_residents(stamp=fresh(), actor=world.clerk, residents=[Joiner(family.household, head)])
    wife = person("李四", relation="spouse")
    (added,) = people.add_residents(stamp=fresh(), actor=world.clerk, residents=[Joiner(family.household, wife)])
    assert (added.resident, added.household) == (wife.id, family.household)
    for household in (uuid7(), _elsewhere(world)):
        with refused("people.household_unknown"):
            people.add_residents(stamp=fresh(), actor=world.clerk, residents=[Joiner(household, person("王五"))])
    assert Resident.objects.filter(household=family.household).count() == 2
    holds()


def _elsewhere(world: World) -> UUID:
    new = NewHousehold(id=uuid7(), area=world.west.id, members=(person("外人"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[new])
    return new.id
