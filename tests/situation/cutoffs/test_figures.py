"""Figures: stocks right whatever happens to people, not asked apart from nought."""

from datetime import date
from uuid import UUID

import pytest

from tests.people.world import TODAY, World, fresh, new_flag, refused, settle
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.situation.cutoffs.queries import figures

pytestmark = pytest.mark.django_db
WUHAN, HUANGGANG, GUANGZHOU = "420100000000", "421100000000", "440100000000"
FROM_WUHAN, FROM_HUBEI, BEEN, THERE = (
    "returnee.from_wuhan", "returnee.from_hubei_other", "resident.been_to_wuhan", "resident.staying_in_hubei",
)  # fmt: skip
CODES = (FROM_WUHAN, FROM_HUBEI, BEEN, THERE, "fever.other")


@pytest.fixture
def world() -> World:
    return settle()


def flag(world: World, who: UUID, reason: str, origin: str = "") -> UUID:
    return people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(who, reason, origin=origin)])[0]


def stocks(world: World, path: str = "", on: date = TODAY) -> list[int | None]:
    found = figures(viewer=world.house.admin, path=path or world.house.town.path, indicators=CODES, on=on)
    return [found[code].stock for code in CODES]


def test_figures_are_for_those_who_may_read_the_board(world: World) -> None:
    worker = Viewer(
        account_id=uuid7(), number=9, login="w", name="", grants=(Grant(Role.GRID_WORKER, world.house.town.path),)
    )
    for viewer, path in ((worker, world.house.town.path), (world.clerk, world.west.path)):
        with refused("access.forbidden"):
            figures(viewer=viewer, path=path, indicators=CODES, on=TODAY)
    assert (
        figures(viewer=world.clerk, path=world.house.east.path, indicators=["nonsense"], on=TODAY)["nonsense"].stock
        is None
    )


def test_figures_count_by_reason_and_origin_and_what_is_not_asked_is_not_nought(world: World) -> None:
    home = world.family("张三", "张四", "张五", "张六", "张七", "张八", door="1-1-101")
    one, two, three, four, five, six = home.residents
    assert stocks(world) == [0, 0, 0, 0, None]
    flag(world, one, "visitor", WUHAN)
    flag(world, two, "visitor", HUANGGANG)
    flag(world, three, "visitor", "420000000000")
    flag(world, four, "returnee", WUHAN)
    flag(world, five, "still_away", HUANGGANG)
    flag(world, six, "visitor", GUANGZHOU)
    assert stocks(world) == [1, 2, 1, 1, None]
    assert stocks(world, world.grids[1].path) == [0, 0, 0, 0, None]
    assert stocks(world, world.grids[0].path) == [1, 2, 1, 1, None]
