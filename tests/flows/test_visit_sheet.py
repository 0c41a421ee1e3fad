"""Visits written down on paper or in a sheet."""

import pytest

from tests.access.house import again
from tests.people.world import World, fresh, holds, person, refused, settle
from wangge.access.rules import Role
from wangge.flows.visit_sheet import SheetRecorded, record_visit_sheet
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.rules.wishes import NewHousehold
from wangge.surveys.models import DoorDay, DoorVisit

pytestmark = pytest.mark.django_db
HEAD = "door,state,at,by,remarks\n"


@pytest.fixture
def world() -> World:
    return settle()


def record(world: World, text: str, **more: object) -> SheetRecorded:
    given = {"stamp": fresh(), "actor": world.clerk, "area": world.house.east.id} | more
    return record_visit_sheet(text=text, **given)  # type: ignore[arg-type]


def test_rows_are_recorded_and_the_same_sheet_again_records_nothing_twice(world: World) -> None:
    world.family("王一", door="3-2-501")
    world.family("李一", door="4/12", area=world.grids[1])
    text = HEAD + "3-2-501,done,2020-02-10 09:30,,\n4组12号,拒访,2020-02-10T10:00:00+08:00,,dog\n"
    first = record(world, text)
    assert (first.recorded, first.again, first.rejected) == (2, 0, 0)
    second = record(world, text + text.splitlines()[1] + "\n")
    assert (second.recorded, second.again, second.rejected) == (0, 3, 0)
    assert DoorVisit.objects.count() == 2
    assert set(DoorDay.objects.values_list("state", flat=True)) == {"done", "refused"}
    holds()


def test_times_without_a_zone_are_local_and_an_empty_one_is_now(world: World) -> None:
    world.family("王一", door="3-2-501")
    record(world, HEAD + "3-2-501,done,2020-02-10 09:30,,\n3-2-501,done,,,\n")
    assert sorted(row.at.strftime("%H:%M") for row in DoorVisit.objects.all()) == ["01:30", "04:00"]


@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("nonsense,done,,,", "door", "door_unreadable"),
        ("9-9-999,done,,,", "door", "door_unknown"),
        ("3-2-501,maybe,,,", "state", "state_unknown"),
        ("3-2-501,done,yesterday,,", "at", "time_unreadable"),
        ("3-2-501,done,,nobody.here,", "by", "worker_unknown"),
        (f"3-2-501,done,,,{'x' * 501}", "remarks", "text_too_long"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_and_the_others_go_in(
    world: World, row: str, column: str, code: str
) -> None:
    world.family("王一", door="3-2-501")
    done = record(world, f"{HEAD}{row}\n3-2-501,done,,,\n")
    assert (done.recorded, done.rejected) == (1, 1)
    assert [(one.row, one.column, one.code) for one in done.reported] == [(2, column, code)]


def test_a_visit_is_the_workers_who_went_when_somebody_else_writes_it_down(world: World) -> None:
    world.family("王一", door="3-2-501")
    here = again(world.house.add("wang.hua", Role.GRID_WORKER, world.grids[0]))
    world.house.add("li.na", Role.GRID_WORKER, world.west)
    done = record(world, HEAD + "3-2-501,done,,wang.hua,\n3-2-501,done,,li.na,\n")
    assert (done.recorded, done.rejected) == (1, 1)
    assert DoorVisit.objects.get().worker_id == here.account_id


def test_two_households_behind_one_door_are_both_visited(world: World) -> None:
    for name in ("王一", "李一"):
        world.family(name, door="3-2-501")
    assert record(world, HEAD + "3-2-501,done,,,\n").recorded == 1
    assert DoorVisit.objects.count() == 2


def test_a_sheet_without_headings_or_for_another_area_is_refused(world: World) -> None:
    with refused("visits.heading_missing", column="door"):
        record(world, "a,b\n1,2\n")
    with refused("access.forbidden"):
        record(world, HEAD, area=world.west.id)
    with refused("access.forbidden"):
        record(world, HEAD, area=999_999)


def test_a_long_sheet_goes_in_by_steps(world: World) -> None:
    world.family("王一", door="3-2-501")
    rows = [f"3-2-501,done,2020-02-10 {hour:02d}:{minute:02d},," for hour in range(9) for minute in range(60)]
    done = record(world, HEAD + "\n".join(rows) + "\n")
    assert (done.recorded, done.rejected) == (540, 0)
    holds()


def test_a_door_that_stands_in_two_communities_is_asked_about_and_told_apart_by_a_column(world: World) -> None:
    world.family("王一", door="3-2-501")
    people.add_households(
        stamp=fresh(),
        actor=world.house.admin,
        households=[NewHousehold(id=uuid7(), area=world.door("3-2-501", world.west), members=(person("李一"),))],
    )
    town = {"area": world.house.town.id, "actor": world.house.admin}
    unclear = record(world, "door,state\n3-2-501,done\n", **town)
    assert [(one.column, one.code) for one in unclear.reported] == [("door", "door_ambiguous")]
    done = record(world, "社区,门牌,状态\n西社区,3-2-501,done\n无此社区,3-2-501,done\n", **town)
    assert [(one.row, one.column, one.code) for one in done.reported] == [(3, "area", "area_unknown")]
    assert DoorVisit.objects.get().path.startswith(world.west.path)
