"""The board: its numbers are those of the lists behind them."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.people.world import World, fresh, refused, settle
from tests.surveys.test_visits import seen, visit
from wangge.access import commands as access
from wangge.access.queries import viewer_by_login
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.flows.deal_duties import deal_duties
from wangge.people import queries as people
from wangge.situation.board import DUE, OPEN, Board, board
from wangge.surveys.queries import doors_of_day
from wangge.surveys.rules import CLOSED_STATES

pytestmark = pytest.mark.django_db
TODAY = date(2020, 2, 10)


@pytest.fixture
def world() -> World:
    made = settle()
    homes = [made.family(f"王{'一二三四五六'[n]}", door=f"{1 + n % 3}-1-10{n}").household for n in range(6)]
    made.family("李一", door="9-1-101", area=made.grids[1])
    made.family("张一")
    visit(made, seen(homes[0]), seen(homes[1], "vacant"), seen(homes[2], "refused"), seen(homes[3], "nobody_home"))
    return made


def look(world: World, path: str = "", viewer: Viewer | None = None, on: date | None = None) -> Board:
    return board(
        viewer=viewer or world.house.admin, path=path or world.house.east.path, at=NOON, zone="Asia/Shanghai", on=on
    )


def worker(world: World, login: str) -> Viewer:
    access.add_account(
        stamp=fresh(), actor=world.house.admin, login=login, name=login, role=Role.GRID_WORKER,
        area=world.grids[0].id,
    )  # fmt: skip
    found = viewer_by_login(login, on=TODAY)
    assert found is not None
    return found


def test_due_is_done_and_open_and_agrees_with_the_list_of_doors(world: World) -> None:
    found = look(world)
    page = doors_of_day(viewer=world.clerk, path=world.house.east.path, day=TODAY)
    closed = sum(number for state, number in page.by_state.items() if state in CLOSED_STATES)
    assert (found.counters[DUE], found.counters["doors_done"], found.counters[OPEN]) == (7, 2, 5)
    assert (page.total, closed) == (7, 2)
    assert (found.counters["doors_refused"], found.counters["doors_again"]) == (1, 1)
    _, households = people.households(viewer=world.clerk, path=world.house.east.path)
    _, residents = people.residents(viewer=world.clerk, path=world.house.east.path)
    assert (found.counters["households"], found.counters["residents"]) == (households, residents) == (8, 8)


def test_the_areas_below_add_up_to_the_area(world: World) -> None:
    found = look(world)
    assert [child.area.name for child in found.children] == [grid.name for grid in world.grids]
    for code in (DUE, OPEN, "doors_done", "residents", "visits"):
        assert sum(child.counters[code] for child in found.children) == found.counters[code]


def test_a_grid_without_a_visit_since_local_midnight_is_named(world: World) -> None:
    assert world.grids[1].path in {patch.path for patch in look(world).silent}
    assert world.grids[0].path not in {patch.path for patch in look(world).silent}
    tomorrow = board(
        viewer=world.house.admin, path=world.house.east.path, at=NOON + timedelta(days=1), zone="Asia/Shanghai"
    )
    assert {grid.path for grid in world.grids} <= {patch.path for patch in tomorrow.silent}
    assert (tomorrow.counters[DUE], tomorrow.counters[OPEN]) == (7, 7)


def test_a_past_day_keeps_its_numbers(world: World) -> None:
    later = board(
        viewer=world.house.admin,
        path=world.house.east.path,
        at=NOON + timedelta(days=1),
        zone="Asia/Shanghai",
        on=TODAY,
    )
    assert (later.counters[DUE], later.counters["doors_done"]) == (7, 2)


def test_a_board_of_another_area_is_forbidden(world: World) -> None:
    with refused("access.forbidden"):
        look(world, path=world.west.path, viewer=world.clerk)


def test_buildings_and_workers_are_counted_live_and_doors_of_nobody_stand_apart(world: World) -> None:
    hand = worker(world, "wang.hua")
    found = look(world, world.grids[0].path)
    assert [(line.area.name, line.due) for line in found.buildings] == [("1", 2), ("2", 2), ("3", 2)]
    assert sum(line.done for line in found.buildings) == 2
    assert [(line.login, line.due) for line in found.workers] == [(hand.login, 6)]
    second = look(world)
    assert {(line.login, line.due) for line in second.workers} == {(hand.login, 6), ("", 1)}


def test_buildings_are_given_evenly_and_each_once(world: World) -> None:
    hands = [worker(world, login).account_id for login in ("a.a", "b.b")]
    with refused("duties.worker_missing"):
        deal_duties(stamp=fresh(), actor=world.house.admin, area=world.grids[0].id, workers=[])
    with refused("access.forbidden"):
        deal_duties(stamp=fresh(), actor=world.clerk, area=world.grids[0].id, workers=hands)
    shares = deal_duties(stamp=fresh(), actor=world.house.admin, area=world.grids[0].id, workers=hands)
    given = [area for share in shares for area in share.buildings]
    assert sorted(given) == sorted(set(given))
    assert sorted(share.doors for share in shares) == [2, 4]
    lines = look(world, world.grids[0].path).workers
    assert sorted((line.login, line.due) for line in lines) in ([("a.a", 2), ("b.b", 4)], [("a.a", 4), ("b.b", 2)])


def test_a_board_costs_the_same_statements_however_much_there_is(world: World) -> None:
    with CaptureQueriesContext(connection) as few:
        look(world)
    for n in range(1, 8):
        home = world.family(f"赵{'一二三四五六七'[n - 1]}", door=f"{n}-2-20{n}").household
        visit(world, seen(home))
    with CaptureQueriesContext(connection) as more:
        look(world)
    assert len(few) == len(more) <= 22
