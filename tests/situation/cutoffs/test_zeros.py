"""Zero reports: a positive statement, apart from silence, and true."""

from datetime import timedelta
from uuid import UUID

import pytest

from tests.people.world import TODAY, World, fresh, holds, refused, settle
from tests.situation.cutoffs.town import SET, WUHAN, flag, minutes, take
from wangge.kernel.ids import uuid7
from wangge.situation.cutoffs.commands import declare_zero, withdraw_zero
from wangge.situation.cutoffs.indicators import current
from wangge.situation.cutoffs.models import ZeroReport
from wangge.situation.cutoffs.queries import reports, snapshot_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def states(world: World) -> dict[str, str]:
    found = reports(
        viewer=world.house.admin,
        path=world.house.town.path,
        profile=SET,
        indicators=[one for one in current().values() if SET in one.sets],
        on=TODAY,
    )
    return {one.name: one.state.value for one in found}


def declare(world: World, number: float = 1) -> UUID:
    return declare_zero(stamp=minutes(number), actor=world.clerk, profile=SET, area=world.house.east.id)


def test_a_zero_report_is_made_by_a_community_that_one_reports_for(world: World) -> None:
    for area in (world.west.id, 999_999):
        with refused("places.area_unknown"):
            declare_zero(stamp=fresh(), actor=world.clerk, profile=SET, area=area)
    for area in (world.house.town.id, world.grids[0].id):
        with refused("cutoffs.not_a_community"):
            declare_zero(stamp=fresh(), actor=world.house.admin, profile=SET, area=area)
    for day in (TODAY + timedelta(days=1), TODAY - timedelta(days=8)):
        with refused("cutoffs.day_outside", days=7):
            declare_zero(stamp=fresh(), actor=world.clerk, profile=SET, area=world.house.east.id, on=day)
    assert not ZeroReport.objects.exists()
    first = declare(world)
    assert declare(world, 2) == first, "said once"
    holds()


def test_silence_is_not_zero_and_what_was_recorded_is_not_zero_either(world: World) -> None:
    assert states(world) == {"东社区": "silent", "西社区": "silent"}
    declare(world)
    assert states(world) == {"东社区": "zero", "西社区": "silent"}
    flag(world, world.family("张三", door="1-1-101").residents[0], "visitor", WUHAN)
    assert states(world)["东社区"] == "reported", "something came after all"
    withdraw_zero(stamp=minutes(3), actor=world.clerk, report=ZeroReport.objects.get().id)
    with refused("cutoffs.not_zero"):
        declare(world, 4)


def test_a_zero_report_can_be_taken_back_until_it_was_counted(world: World) -> None:
    report = declare(world)
    for actor, asked in ((world.clerk, uuid7()), (world.house.admin, uuid7())):
        with refused("cutoffs.zero_unknown"):
            withdraw_zero(stamp=fresh(), actor=actor, report=asked)
    withdraw_zero(stamp=minutes(2), actor=world.clerk, report=report)
    with refused("cutoffs.zero_unknown"):
        withdraw_zero(stamp=minutes(2), actor=world.clerk, report=report)
    assert states(world)["东社区"] == "silent"
    again = declare(world, 3)
    take(world, minutes(4))
    with refused("cutoffs.zero_counted"):
        withdraw_zero(stamp=minutes(5), actor=world.clerk, report=again)


def test_a_report_after_the_snapshot_is_late_and_says_so(world: World) -> None:
    taken = take(world, minutes(1))
    assert sorted(taken.silent) == sorted([world.house.east.id, world.west.id])
    declare(world, 2)
    page = snapshot_page(viewer=world.house.admin, snapshot=taken.id)
    assert page.late == {world.house.east.id}
    assert page.cutoff.silent == 2, "as it was kept"
    assert declare(world, 3) == ZeroReport.objects.get().id
