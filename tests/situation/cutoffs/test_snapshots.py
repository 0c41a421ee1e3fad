"""Snapshots: kept as they were, compared with the one before, late facts told apart."""

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext

from tests.people.world import TODAY, World, fresh, holds, refused, settle
from tests.situation.cutoffs.town import BEEN, FROM_WUHAN, HUANGGANG, SET, WUHAN, flag, minutes, row, take
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.journal.models import Line
from wangge.journal.sealing import seal_open_lines
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.rules.wishes import Departure
from wangge.situation.cutoffs.commands import take_snapshot
from wangge.situation.cutoffs.indicators import current
from wangge.situation.cutoffs.models import Snapshot, SnapshotRow
from wangge.situation.cutoffs.queries import cutoffs, figures, opens, snapshot_page, snapshots
from wangge.surveys.commands import record_visits
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db
EVENING = time(18, 0)


@pytest.fixture
def world() -> World:
    return settle()


@pytest.fixture
def people_of(world: World) -> tuple[UUID, ...]:
    return world.family("张三", "张四", "张五", "张六", "张七", door="1-1-101").residents


def test_a_snapshot_is_for_those_who_report_in_that_area(world: World) -> None:
    worker = Viewer(
        account_id=uuid7(), number=9, login="w", name="", grants=(Grant(Role.GRID_WORKER, world.house.town.path),)
    )
    for actor, area in ((worker, world.house.east.id), (world.clerk, world.west.id), (world.clerk, 999_999)):
        with refused("places.area_unknown"):
            take_snapshot(stamp=fresh(), actor=actor, profile=SET, area=area)
    with refused("cutoffs.profile_unknown", profile="nonsense"):
        take_snapshot(stamp=fresh(), actor=world.clerk, profile="nonsense", area=world.house.east.id)
    with refused("cutoffs.area_too_fine"):
        take_snapshot(stamp=fresh(), actor=world.clerk, profile=SET, area=world.door("1-1-101"))
    assert not Snapshot.objects.exists()
    take_snapshot(stamp=fresh(), actor=world.clerk, profile=SET, area=world.house.east.id)
    holds()


@pytest.mark.parametrize(
    ("on", "at", "code"),
    [
        (TODAY, time(12, 1), "cutoffs.not_yet"),
        (TODAY + timedelta(days=1), time(9, 0), "cutoffs.not_yet"),
        (TODAY - timedelta(days=1), time(11, 59), "cutoffs.too_long_ago"),
        (TODAY - timedelta(days=1), None, "cutoffs.time_missing"),
    ],
)
def test_only_a_cut_off_of_the_last_day_can_be_taken(world: World, on: date, at: time | None, code: str) -> None:
    with refused(code):
        take(world, fresh(), on=on, at=at)
    take(world, fresh(), on=TODAY - timedelta(days=1), at=time(12, 0))
    take(world, fresh(), on=TODAY, at=time(12, 0))


def test_the_same_cut_off_gives_the_same_snapshot_and_an_earlier_one_comes_too_late(
    world: World, people_of: tuple[UUID, ...]
) -> None:
    first = take(world, minutes(370), at=EVENING)
    flag(world, people_of[0], "visitor", WUHAN, minutes(380))
    assert take(world, minutes(390), at=EVENING).id == first.id
    assert row(first).numbers[FROM_WUHAN] == 0, "kept as it was"
    with refused("cutoffs.later_taken"):
        take(world, minutes(390), at=time(16, 0))


def test_parents_are_the_sum_of_their_children_and_what_is_not_attainable_is_not_there(
    world: World, people_of: tuple[UUID, ...]
) -> None:
    other = world.family("李四", door="9-1-101", area=world.grids[1]).residents[0]
    flag(world, people_of[0], "visitor", WUHAN)
    flag(world, other, "visitor", WUHAN)
    whole, east = take(world, minutes(1)), take(world, minutes(2), area=world.house.east.id)
    assert [row(whole, area.id).numbers[FROM_WUHAN] for area in (world.house.town, world.house.east, world.west)] == [
        2, 2, 0,
    ]  # fmt: skip
    assert [row(east, grid.id).numbers[FROM_WUHAN] for grid in world.grids] == [1, 1]
    assert "fever.other" not in row(whole).numbers
    page = snapshot_page(viewer=world.house.admin, snapshot=whole.id)
    assert "fever.other" in [one.code for one in page.indicators]
    assert page.rest is None


def test_what_hangs_on_the_area_itself_is_told_apart_from_its_grids(world: World) -> None:
    boat = world.family("水上人", area=world.house.east).residents[0]
    flag(world, boat, "visitor", WUHAN)
    page = snapshot_page(viewer=world.clerk, snapshot=take(world, minutes(1), area=world.house.east.id).id)
    assert page.rest is not None
    assert page.rest.numbers[FROM_WUHAN] == 1


def test_the_increase_is_the_stock_minus_that_of_the_snapshot_before(world: World, people_of: tuple[UUID, ...]) -> None:
    flag(world, people_of[0], "visitor", WUHAN, minutes(1))
    gone = flag(world, people_of[1], "visitor", WUHAN, minutes(1))
    first = take(world, minutes(2))
    people.end_flag(stamp=minutes(3), actor=world.clerk, flag=gone)
    flag(world, people_of[2], "returnee", WUHAN, minutes(3))
    second = take(world, minutes(4))
    assert row(first).changes == {}, "nothing to compare with"
    assert (row(second).numbers[FROM_WUHAN], row(second).changes[FROM_WUHAN]) == (1, -1)
    assert (row(second).numbers[BEEN], row(second).changes[BEEN]) == (1, 1)
    assert second.previous_id == first.id
    assert row(take(world, minutes(5), profile="register")).changes == {}, "another set has a history of its own"


def test_what_had_happened_by_the_cut_off_but_came_later_is_told_apart(
    world: World, people_of: tuple[UUID, ...]
) -> None:
    first = take(world, minutes(10))
    early = flag(world, people_of[0], "visitor", WUHAN, minutes(20, at=5))
    flag(world, people_of[1], "visitor", WUHAN, minutes(20))
    people.end_flag(stamp=minutes(21), actor=world.clerk, flag=early)
    flag(world, people_of[2], "visitor", HUANGGANG, minutes(20, at=5))
    seal_open_lines()
    assert snapshot_page(viewer=world.house.admin, snapshot=first.id).since == {
        FROM_WUHAN: 1,
        "returnee.from_hubei_other": 1,
    }
    second = take(world, minutes(30))
    assert row(second).late == {FROM_WUHAN: 1, "returnee.from_hubei_other": 1}
    assert row(second, world.west.id).late == {}
    assert row(take(world, minutes(40))).late == {}, "told once"
    assert snapshot_page(viewer=world.house.admin, snapshot=first.id).since is None


def test_a_late_departure_or_correction_takes_away_what_it_took(world: World, people_of: tuple[UUID, ...]) -> None:
    flag(world, people_of[0], "visitor", WUHAN, minutes(1))
    placed = flag(world, people_of[1], "visitor", WUHAN, minutes(1))
    take(world, minutes(10))
    people.place_flag(stamp=minutes(20, at=5), actor=world.clerk, flag=placed, origin=HUANGGANG)
    people.leave_register(stamp=minutes(21, at=6), actor=world.clerk, departures=[Departure(people_of[0], TODAY)])
    second = row(take(world, minutes(30)))
    assert second.late == {FROM_WUHAN: -2, "returnee.from_hubei_other": 1}
    assert second.late == {code: value for code, value in second.changes.items() if value}


def test_late_visits_are_told_by_their_counters(world: World) -> None:
    home = world.family("张三", door="1-1-101")
    first = take(world, minutes(10), profile="register")
    seen = VisitSeen(id=uuid7(), household=home.household, state=DoorState.DONE, at=minutes(5).at)
    record_visits(stamp=minutes(20), actor=world.clerk, visits=[seen])
    people.leave_register(stamp=minutes(20, at=5), actor=world.clerk, departures=[Departure(home.residents[0], TODAY)])
    second = row(take(world, minutes(30), profile="register"))
    assert row(first).numbers["surveys.visits"] == 0
    assert (second.numbers["surveys.visits"], second.changes["surveys.visits"]) == (1, 1)
    assert second.late["surveys.visits"] == 1
    assert (second.changes["register.residents"], second.late["register.residents"]) == (-1, -1)


def test_a_snapshot_reaches_exactly_to_the_line_before_its_own(world: World, people_of: tuple[UUID, ...]) -> None:
    flag(world, people_of[0], "visitor", WUHAN, minutes(1))
    taken = take(world, minutes(2))
    own = Line.objects.get(kind="cutoffs.snapshot_taken").id
    reached = Line.objects.filter(Q(seq__lte=taken.seq) | Q(id__in=taken.open_lines)).values_list("id", flat=True)
    assert set(reached) == set(Line.objects.filter(id__lt=own).values_list("id", flat=True))


def test_the_day_of_a_snapshot_gives_the_figures_and_the_change_is_against_the_day_before(
    world: World, people_of: tuple[UUID, ...]
) -> None:
    flag(world, people_of[0], "visitor", WUHAN, minutes(-1440))
    take(world, minutes(-1439))
    flag(world, people_of[1], "visitor", WUHAN, minutes(1))

    def figure(path: str = "", on: date = TODAY) -> tuple[int | None, int | None]:
        found = figures(
            viewer=world.house.admin, path=path or world.house.town.path, indicators=[FROM_WUHAN], on=on, today=TODAY
        )[FROM_WUHAN]
        return found.stock, found.change

    assert figure() == (2, 1), "live"
    take(world, minutes(2))
    flag(world, people_of[2], "visitor", WUHAN, minutes(3))
    assert figure() == (2, 1), "as it was kept"
    take(world, minutes(4))
    assert figure() == (3, 2), "the later of two, still against yesterday"
    assert figure(world.house.east.path) == (3, 2), "below, too"
    assert figure(on=TODAY - timedelta(days=1)) == (1, None)
    assert figure(on=TODAY - timedelta(days=2)) == (None, None), "a day that is over and was not kept is not asked"


def test_a_viewer_sees_snapshots_and_areas_of_their_own_only(world: World) -> None:
    whole, east = take(world, minutes(1)), take(world, minutes(2), area=world.house.east.id)
    with refused("cutoffs.snapshot_unknown"):
        snapshot_page(viewer=world.clerk, snapshot=whole.id)
    assert [one.snapshot for one in snapshots(viewer=world.clerk)] == [east.id]
    assert {one.snapshot for one in snapshots(viewer=world.house.admin)} == {whole.id, east.id}
    assert len(snapshots(viewer=world.house.admin, path=world.west.path)) == 0


def test_numbers_stay_when_the_people_are_erased(world: World, people_of: tuple[UUID, ...]) -> None:
    flag(world, people_of[0], "visitor", WUHAN)
    taken = take(world, minutes(1))
    before = list(SnapshotRow.objects.values_list("numbers", flat=True))
    people.withdraw(stamp=minutes(2), actor=world.clerk, residents=[people_of[0]])
    assert row(take(world, minutes(3))).changes[FROM_WUHAN] == -1
    assert list(SnapshotRow.objects.filter(snapshot=taken).values_list("numbers", flat=True)) == before


def statements(act: Callable[[], object]) -> int:
    """Return how many statements reading takes."""
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)


def test_reading_costs_the_same_with_one_and_with_three(world: World) -> None:
    admin, town, east = world.house.admin, world.house.town, world.house.east
    codes = ["returnee.from_wuhan", "register.residents", "surveys.visits"]
    at, costs = minutes(60 * 24).at, []
    for number in (1, 2):
        for part in range(number):
            who = world.family("张三", door=f"{number}-1-10{part}").residents[0]
            flag(world, who, "visitor", WUHAN)
        shot = take(world, minutes(number)).id
        take(world, minutes(number), area=east.id)
        one = current()["returnee.from_wuhan"]
        reads: list[Callable[[], object]] = [
            lambda: figures(viewer=admin, path=town.path, indicators=codes, on=TODAY),
            lambda: snapshot_page(viewer=admin, snapshot=shot),  # noqa: B023  (read at once)
            lambda: cutoffs(viewer=admin, area=town.id, path=town.path, profile=SET),
            lambda: snapshots(viewer=admin),
            lambda: opens(viewer=admin, indicator=one, path=town.path),  # noqa: B023
            lambda: opens(viewer=admin, indicator=one, path=town.path, at=at),  # noqa: B023
        ]
        costs.append([statements(act) for act in reads])
    assert costs[0] == costs[1], costs
    assert max(costs[0]) <= 9


def test_the_list_behind_a_number_has_as_many_people_as_the_number_says(world: World) -> None:
    for door, place in enumerate((WUHAN, HUANGGANG, "420000000000", ""), start=1):
        flag(world, world.family("张三", door=f"1-1-10{door}").residents[0], "visitor", place)
    taken = take(world, minutes(1))
    for code, one in current().items():
        if one.source and one.source.flags and SET in one.sets:
            _, now = opens(viewer=world.clerk, indicator=one, path=world.house.east.path)
            _, then = opens(viewer=world.clerk, indicator=one, path=world.house.east.path, at=taken.taken_at)
            assert now == then == row(taken, world.house.east.id).numbers[code], code
    _, elsewhere = opens(viewer=world.clerk, indicator=current()[FROM_WUHAN], path=world.house.town.path)
    assert elsewhere == 1, "of the viewer's own area"
