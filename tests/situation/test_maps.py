"""The map: its numbers are those of the board, its steps can be read, its drawing holds what is known."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.access.house import again
from tests.conftest import NOON
from tests.people.world import World, fresh, settle
from tests.surveys.rounds.ground import begin, knock
from tests.surveys.test_visits import seen, visit
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.flows import maps as flow
from wangge.kernel.refused import Refused
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.situation.board import board
from wangge.situation.maps import COUNTERS, AreaMap, area_map, levels_below, step_of, steps_of
from wangge.surveys.models import DoorDay
from wangge.surveys.queries.rounds import progress

pytestmark = pytest.mark.django_db
TODAY = date(2020, 2, 10)


@pytest.mark.parametrize(
    ("values", "ends"),
    [
        ([], []),
        ([0, 0], []),
        ([3], [1, 2, 3]),
        ([7, 9, 12], [5, 10, 15]),
        ([99, 120], [25, 50, 75, 100, 125]),
        ([64, 71, 82, 94, 103, 855], [50, 100, 200, 500, 1000]),
        ([1, 1, 1, 6], [1, 2, 5, 10]),
        ([4_000_000, 5_000_000], [1_000_000, 2_000_000, 3_000_000, 4_000_000, 5_000_000]),
    ],
)
def test_a_legend_has_at_most_five_steps_with_round_ends_that_hold_every_value(
    values: list[int], ends: list[int]
) -> None:
    steps = steps_of(values)
    assert [step.most for step in steps] == ends
    assert [step.least for step in steps] == [end + 1 for end in [0, *ends[:-1]]][: len(ends)]
    assert all(1 <= step_of(value, steps) <= 5 for value in values if value)
    assert step_of(0, steps) == 0


@pytest.fixture
def world() -> World:
    made = settle()
    homes = [made.family(f"王{'一二三四五六'[n]}", door=f"{1 + n % 3}-1-10{n}").household for n in range(6)]
    made.family("李一", door="9-1-101", area=made.grids[1])
    visit(made, seen(homes[0]), seen(homes[1], "vacant"), seen(homes[2], "refused"), seen(homes[3], "nobody_home"))
    return made


def look(world: World, area: Area, level: str = "below", viewer: Viewer | None = None, **more: object) -> AreaMap:
    given = {"counter": "doors_open", "day": TODAY, "today": TODAY, "plan": None} | more
    return area_map(viewer=viewer or world.house.admin, area=area, level=level, **given)  # type: ignore[arg-type]


def test_a_map_is_refused_where_the_board_is(world: World) -> None:
    hand = again(world.house.add("hand", Role.GRID_WORKER, world.house.east))
    with pytest.raises(Refused):
        look(world, world.house.east, viewer=hand)


@pytest.mark.parametrize("counter", [code for code in COUNTERS if not code.startswith("flag_")])
def test_every_number_is_that_of_the_board(world: World, counter: str) -> None:
    east = world.house.east
    told = board(viewer=world.house.admin, path=east.path, at=NOON, zone="Asia/Shanghai")
    found = look(world, east, counter=counter)
    assert {patch.path: patch.value or 0 for patch in found.patches} == {
        child.area.path: child.counters[counter] for child in told.children
    }
    assert found.whole == told.counters[counter]


def test_buildings_are_counted_live_like_the_board_counts_them(world: World) -> None:
    east = world.house.east
    told = board(viewer=world.house.admin, path=east.path, at=NOON, zone="Asia/Shanghai")
    for counter, number in (("doors_open", "open"), ("doors_done", "done"), ("doors_due", "due")):
        found = look(world, east, "building", counter=counter)
        expected = {line.area.path: getattr(line, number) for line in told.buildings}
        assert {patch.path: patch.value or 0 for patch in found.patches} == expected
    assert look(world, east, "building", counter="residents").whole == 7
    assert look(world, east, "building", counter="households").whole == 7


def test_an_area_without_doors_has_no_record_and_one_without_visits_is_silent(world: World) -> None:
    first, second = look(world, world.house.east).patches
    assert (first.value, first.silent) == (4, False)
    assert (second.value, second.silent) == (1, True)
    whole = look(world, places.crumbs(world.house.east)[-2])
    west = next(patch for patch in whole.patches if patch.path == world.west.path)
    assert (west.value, west.silent) == (None, False)
    assert not any(patch.silent for patch in look(world, world.house.east, counter="residents").patches)


def test_a_round_that_is_on_is_shown_by_its_own_numbers(world: World) -> None:
    with pytest.raises(Refused):
        look(world, world.house.east, counter="round_open")
    round_id = begin(world).round
    home = DoorDay.objects.filter(grid_path=world.grids[0].path).first()
    assert home is not None
    knock(world, home.household_id, at=NOON + timedelta(hours=1))
    found = look(world, world.house.east, counter="round_open", round=round_id)
    told = progress(viewer=world.house.admin, round=round_id, path=world.house.east.path)
    assert [patch.silent for patch in found.patches] == [False, True]
    assert (found.whole, told.open) == (5, 5)
    assert look(world, world.house.east, counter="round_done", round=round_id).whole == told.done


def test_levels_go_down_to_the_building_only_inside_one_community(world: World) -> None:
    town = places.crumbs(world.house.east)[-2]
    assert levels_below(town) == ("below", "grid")
    assert levels_below(world.house.east) == ("below", "building")
    assert levels_below(world.grids[0]) == ("building",)


def square(x: float, y: float) -> list[tuple[float, float]]:
    return [(x, y), (x + 0.01, y), (x + 0.01, y + 0.01), (x, y + 0.01)]


def test_a_map_on_the_ground_is_as_wide_as_high_and_north_is_up(world: World) -> None:
    east, (first, second) = world.house.east, world.grids
    assert look(world, east).drawing is None
    for area, y in ((first, 60.0), (second, 60.01)):
        flow.set_shape(stamp=fresh(), actor=world.house.admin, area=area.id, plan=None, rings=[square(109.0, y)])
    found = look(world, east)
    assert found.drawing is not None
    assert found.unplaced == 0
    sheet = found.drawing.sheet
    assert sheet.kx == pytest.approx(-sheet.ky * 0.5, rel=0.01)
    assert found.drawing.outlines[second.id].y < found.drawing.outlines[first.id].y
    x, y = sheet.at((109.005, 60.01))
    assert (x, y) == pytest.approx((sheet.width / 2, sheet.height / 2), abs=0.5)
    assert found.drawing.outlines[first.id].fit > 13


def test_a_map_on_a_plan_draws_only_what_is_on_it(world: World) -> None:
    east, (first, second) = world.house.east, world.grids
    plan = flow.set_plan(stamp=fresh(), actor=world.house.admin, area=east.id, content=b"")
    flow.set_shape(
        stamp=fresh(), actor=world.house.admin, area=first.id, plan=plan, rings=[[(0, 0), (600, 0), (0, 420)]]
    )
    flow.set_shape(stamp=fresh(), actor=world.house.admin, area=second.id, plan=None, rings=[square(109.0, 24.0)])
    found = look(world, east, plan=places.plan_of(east.id))
    assert found.drawing is not None
    assert found.drawing.outlines.keys() == {first.id}
    assert found.drawing.outlines[first.id].d == "M0.0 0.0L500.0 0.0L0.0 350.0Z"
    assert found.unplaced == 1
    assert found.drawing.underlay is not None
    assert not found.drawing.underlay.picture


def test_a_map_costs_the_same_for_one_shape_and_for_three(world: World) -> None:
    statements = []
    for number in (1, 3):
        for place in range(number):
            area = (*world.grids, world.house.east)[place]
            ring = square(109.0 + place, 24.0)
            flow.set_shape(stamp=fresh(), actor=world.house.admin, area=area.id, plan=None, rings=[ring])
        with CaptureQueriesContext(connection) as seen_:
            look(world, world.house.east)
        statements.append(len(seen_))
    assert statements[0] == statements[1] <= 8
