from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.people.world import (
    MAN_1949,
    TODAY,
    WOMAN_1977,
    World,
    fresh,
    holds,
    home,
    later,
    new_flag,
    new_stay,
    person,
    refused,
    resident,
    settle,
)  # fmt: skip
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.commands.writing import number_of, phones_of
from wangge.people.models import Household, Joining, Phone, PriorityFlag, Resident, Stay
from wangge.people.rules.wishes import Correction, Departure, Joiner, Mover, NewHousehold

pytestmark = pytest.mark.django_db
TABLES = (Household, Resident, Phone, PriorityFlag, Stay)


@pytest.fixture
def world() -> World:
    return settle()


def rows() -> list[dict[str, Any]]:
    """Return every row of the register as it stands, bytes and all."""
    return [dict(row) for table in TABLES for row in table.objects.order_by("pk").values()]


def two_rows_of_one(world: World) -> tuple[UUID, UUID]:
    """Put one man in twice: once at home, once with a telephone, flags, a ward and a stay at another door."""
    first = world.family("张三", "张小", door="3-2-501")
    twin = person("张叁", id_number=MAN_1949, phones=("13800001234",), birth_on=date(1949, 1, 1), is_head=True)
    ward = person("张孙", birth_on=date(2015, 1, 1), guardian=twin.id)
    world.add(NewHousehold(id=uuid7(), area=world.door("9-1-101", world.grids[1]), members=(twin, ward)))
    host = world.family("李四", door="4-1-101")
    people.correct_residents(
        stamp=fresh(), actor=world.clerk, corrections=[Correction(first.residents[0], {"phones": "0600-1234567"})]
    )
    people.raise_flags(
        stamp=fresh(),
        actor=world.clerk,
        flags=[
            new_flag(first.residents[0], "returnee", until_on=date(2020, 2, 20)),
            new_flag(twin.id, "returnee"),
            new_flag(twin.id, "sick"),
        ],
    )
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(twin.id, host.household))
    return first.residents[0], twin.id


def test_two_rows_of_one_person_become_one_that_keeps_what_both_had(world: World) -> None:
    kept, gone = two_rows_of_one(world)
    joined = people.join_residents(
        stamp=fresh(), actor=world.clerk, kept=kept, gone=gone, take=("id_number", "birth_on", "name")
    )
    row, old = resident(kept), resident(gone)
    assert (row.name, row.birth_on, number_of(row), row.is_head) == ("张叁", date(1949, 1, 1), MAN_1949, True)
    assert (row.initials, row.id_kind) == ("zs", "citizen_18")
    assert phones_of([row])[kept] == ("0600-1234567", "13800001234")
    assert (old.state, old.merged_into_id, old.is_head) == ("merged", kept, False)
    standing = PriorityFlag.objects.filter(resident=kept, ended_at=None)
    assert sorted(standing.values_list("reason", "until_on")) == [
        ("returnee", date(2020, 2, 24)),
        ("sick", date(2020, 2, 24)),
    ]
    assert Stay.objects.get().resident_id == kept
    assert Resident.objects.get(guardian=kept).name == "张孙"
    assert joined.closed == ()
    holds()


def test_undoing_a_joining_of_persons_restores_every_byte_and_every_count(world: World) -> None:
    kept, gone = two_rows_of_one(world)
    before = rows()
    joined = people.join_residents(stamp=fresh(), actor=world.clerk, kept=kept, gone=gone, take=("id_number",))
    assert rows() != before
    undone = people.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert (undone.kept, undone.gone) == (kept, gone)
    assert rows() == before
    holds()
    with refused("people.joining_undone"):
        people.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)


def test_the_household_a_double_leaves_empty_closes_and_opens_again_on_undo(world: World) -> None:
    first, second = (
        world.family("张三", "张小", door="3-2-501"),
        world.family("张三", door="9-1-1", area=world.grids[1]),
    )
    before = rows()
    joined = people.join_residents(stamp=fresh(), actor=world.clerk, kept=first.residents[0], gone=second.residents[0])
    assert joined.closed == (second.household,)
    assert home(second.household).state == "closed"
    holds()
    people.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert rows() == before
    holds()


def test_a_head_who_stood_twice_in_one_household_stays_its_head(world: World) -> None:
    family = world.family("张三", "张叁", "张小", door="3-2-501")
    head, double, _ = family.residents
    joined = people.join_residents(stamp=fresh(), actor=world.clerk, kept=double, gone=head)
    assert (resident(double).is_head, resident(double).relation) == (True, "head")
    holds()
    people.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert (resident(double).is_head, resident(head).is_head) == (False, True)
    people.join_residents(stamp=fresh(), actor=world.clerk, kept=head, gone=double, take=("relation",))
    assert (resident(head).is_head, resident(head).relation) == (True, "head")
    holds()


def test_a_double_who_was_a_guest_at_the_kept_ones_home_is_a_guest_no_more(world: World) -> None:
    first, second = world.family("张三", door="3-2-501"), world.family("张叁", "张小", door="4-1-101")
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(second.residents[0], first.household))
    before = rows()
    joined = people.join_residents(stamp=fresh(), actor=world.clerk, kept=first.residents[0], gone=second.residents[0])
    assert Stay.objects.get().ended_on == TODAY
    holds()
    people.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert rows() == before


def test_of_two_stays_of_one_person_the_seconds_ends_and_an_empty_host_closes(world: World) -> None:
    first, second = world.family("张三", "张小", door="3-2-501"), world.family("张叁", "张大", door="4-1-101")
    host, empty = world.family("李四", door="5-1-101"), world.family("王五", door="6-1-101")
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(first.residents[0], host.household))
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(second.residents[0], empty.household))
    people.move_residents(
        stamp=fresh(), actor=world.clerk, movers=[Mover(empty.residents[0])], household=host.household
    )
    assert home(empty.household).state == "open"
    before = rows()
    joined = people.join_residents(stamp=fresh(), actor=world.clerk, kept=first.residents[0], gone=second.residents[0])
    assert (joined.closed, home(empty.household).state) == ((empty.household,), "closed")
    holds()
    people.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert rows() == before
    holds()


def test_persons_who_cannot_be_one_are_not_joined(world: World) -> None:
    first, second = world.family("张三", "张小", door="3-2-501"), world.family("张叁", door="4-1-101")
    kept, gone = first.residents[0], second.residents[0]

    def join(kept: UUID, gone: UUID, *take: str) -> None:
        people.join_residents(stamp=fresh(), actor=world.clerk, kept=kept, gone=gone, take=take)

    with refused("people.joined_with_self"):
        join(kept, kept)
    with refused("people.code_unknown", field="phones"):
        join(kept, gone, "phones")
    people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(first.residents[1], TODAY)])
    with refused("people.keep_the_living"):
        join(first.residents[1], gone)
    join(kept, gone)
    with refused("people.already_joined"):
        join(first.residents[1], gone)
    abroad = NewHousehold(id=uuid7(), area=world.west.id, members=(person("外人"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    with refused("people.resident_unknown"):
        join(kept, abroad.members[0].id)
    holds()


def test_two_households_become_one_and_part_again_to_the_byte(world: World) -> None:
    first = world.family("张三", "张小", door="3-2-501")
    second = world.family("李四", "李小", "李大", door="9-1-101", area=world.grids[1])
    people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(second.residents[1])])
    people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(second.residents[2], TODAY)])
    guest = world.family("客人", door="4-1-101").residents[0]
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(guest, second.household))
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(first.residents[1], second.household))
    before = rows()
    joined = people.join_households(stamp=fresh(), actor=world.clerk, kept=first.household, gone=second.household)
    assert (home(second.household).state, home(second.household).merged_into_id) == ("merged", first.household)
    assert Resident.objects.filter(household=first.household, state="living").count() == 4
    assert Resident.objects.get(household=first.household, is_head=True).id == first.residents[0]
    assert {row.resident_id: row.ended_on for row in Stay.objects.all()} == {guest: None, first.residents[1]: TODAY}
    assert PriorityFlag.objects.get().grid_path == world.grids[0].path
    holds()
    people.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert rows() == before
    holds()


def test_a_household_without_a_head_takes_the_seconds_head(world: World) -> None:
    new = NewHousehold(id=uuid7(), area=world.door("3-2-501"), members=(person("张三"),))
    world.add(new)
    second = world.family("李四", door="3-2-502")
    people.join_households(stamp=fresh(), actor=world.clerk, kept=new.id, gone=second.household)
    assert Resident.objects.get(household=new.id, is_head=True).id == second.residents[0]
    holds()


def test_households_are_joined_only_while_open_two_and_in_reach(world: World) -> None:
    first, second = world.family("张三", door="3-2-501").household, world.family("李四", door="3-2-502").household
    abroad = NewHousehold(id=uuid7(), area=world.west.id, members=(person("外人"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    with refused("people.joined_with_self"):
        people.join_households(stamp=fresh(), actor=world.clerk, kept=first, gone=first)
    with refused("people.household_unknown"):
        people.join_households(stamp=fresh(), actor=world.clerk, kept=first, gone=abroad.id)
    people.join_households(stamp=fresh(), actor=world.clerk, kept=first, gone=second)
    with refused("people.household_closed"):
        people.join_households(stamp=fresh(), actor=world.clerk, kept=first, gone=second)
    holds()


Change = Callable[[World, UUID, UUID, UUID], object]
CHANGES: dict[str, Change] = {
    "a name": lambda world, kept, gone, family: people.correct_residents(
        stamp=later(1), actor=world.clerk, corrections=[Correction(kept, {"name": "张四"})]
    ),
    "a telephone": lambda world, kept, gone, family: people.correct_residents(
        stamp=later(1), actor=world.clerk, corrections=[Correction(kept, {"phones": "13900001234"})]
    ),
    "a flag": lambda world, kept, gone, family: people.raise_flags(
        stamp=later(1), actor=world.clerk, flags=[new_flag(kept, "pregnant")]
    ),
    "a stay": lambda world, kept, gone, family: people.end_stay(
        stamp=later(1), actor=world.clerk, stay=Stay.objects.get().id
    ),
    "a move": lambda world, kept, gone, family: people.move_household(
        stamp=later(1), actor=world.clerk, household=family, area=world.door("7-1-101")
    ),
    "a departure": lambda world, kept, gone, family: people.leave_register(
        stamp=later(1), actor=world.clerk, departures=[Departure(kept, TODAY)]
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_after_another_change_a_joining_stands_and_nothing_is_touched(world: World, change: str) -> None:
    kept, gone = two_rows_of_one(world)
    joined = people.join_residents(stamp=fresh(), actor=world.clerk, kept=kept, gone=gone)
    CHANGES[change](world, kept, gone, resident(kept).household_id)
    before = rows()
    with refused("people.changed_since"):
        people.undo_joining(stamp=later(2), actor=world.clerk, joining=joined.joining)
    assert rows() == before
    holds()


def test_somebody_added_since_stays_where_they_are_when_households_part(world: World) -> None:
    first, second = world.family("张三", door="3-2-501"), world.family("李四", door="9-1-1", area=world.grids[1])
    joined = people.join_households(stamp=fresh(), actor=world.clerk, kept=first.household, gone=second.household)
    baby = person("张娃")
    people.add_residents(stamp=later(1), actor=world.clerk, residents=[Joiner(first.household, baby)])
    people.undo_joining(stamp=later(2), actor=world.clerk, joining=joined.joining)
    assert resident(baby.id).household_id == first.household
    assert resident(second.residents[0]).household_id == second.household
    holds()


def test_only_who_may_write_at_both_places_can_undo(world: World) -> None:
    first = world.family("张三", door="3-2-501")
    abroad = NewHousehold(id=uuid7(), area=world.door("1-1-101", world.west), members=(person("外人"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    joined = people.join_households(stamp=fresh(), actor=world.house.admin, kept=first.household, gone=abroad.id)
    with refused("access.forbidden"):
        people.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    with refused("people.joining_unknown"):
        people.undo_joining(stamp=fresh(), actor=world.clerk, joining=uuid7())
    people.undo_joining(stamp=fresh(), actor=world.house.admin, joining=joined.joining)
    holds()


def test_the_picture_of_a_joining_is_sealed(world: World) -> None:
    first, second = world.family("张三", door="3-2-501"), world.family("李四李四", door="3-2-502")
    people.correct_residents(
        stamp=fresh(), actor=world.clerk, corrections=[Correction(first.residents[0], {"id_number": WOMAN_1977})]
    )
    people.join_households(stamp=fresh(), actor=world.clerk, kept=first.household, gone=second.household)
    blob = bytes(Joining.objects.get().before)
    assert "李四李四".encode() not in blob
    assert b"household" not in blob
