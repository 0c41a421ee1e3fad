"""Changing the tree with people in it: ids and counts stay, paths follow, and only those who manage it may."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.places.world import add, again, county, fresh, open_county, reread, worker
from wangge.access.models import Duty
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.flows import areas as flow
from wangge.journal import feed, sealing, tallies
from wangge.journal.counters import COUNTERS
from wangge.journal.verifying import verify
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.people import commands as people
from wangge.people.models import Household, PriorityFlag, Resident, Stay
from wangge.people.rules.wishes import NewFlag, NewHousehold, NewResident, NewStay
from wangge.places import queries
from wangge.places.checking import tree_faults
from wangge.places.commands import NewArea, ensure_dwellings
from wangge.places.models import Area
from wangge.places.rules import BuildingPlan, DoorKey, Level
from wangge.surveys import commands as surveys
from wangge.surveys.models import DoorDay, DoorVisit
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db(transaction=True)


class World:
    """A community with two grids and one without, each building with two households, one of them visited today."""

    def __init__(self) -> None:
        self.admin = open_county()
        self.lake, self.hill = add(county(), Level.COMMUNITY, "翠湖社区", "青山社区")
        self.first, self.second = add(self.lake, Level.GRID, "第1网格", "第2网格")
        self.homes: dict[str, UUID] = {}
        for place, buildings in ((self.first, "12"), (self.second, "3"), (self.hill, "1")):
            for building in buildings:
                self.settle(place, building)
        self.boat = self.household(self.hill.id, "渔船")

    def settle(self, place: Area, building: str) -> None:
        keys = [DoorKey(building, "1", room) for room in ("101", "102")]
        doors = ensure_dwellings(stamp=fresh(), actor=self.admin, area=place.id, keys=keys)
        for key in keys:
            self.homes[f"{place.name}:{key}"] = self.household(doors[str(key)], "张三")
        self.visit(self.homes[f"{place.name}:{keys[0]}"])

    def household(self, area: int, name: str) -> UUID:
        new = NewHousehold(id=uuid7(), area=area, members=(NewResident(id=uuid7(), name=name, is_head=True),))
        return people.add_households(stamp=fresh(), actor=self.admin, households=[new])[0].household

    def visit(self, household: UUID) -> None:
        stamp = fresh()
        seen = VisitSeen(id=uuid7(), household=household, state=DoorState.DONE, at=stamp.at)
        assert surveys.record_visits(stamp=stamp, actor=self.admin, visits=[seen])[0].outcome == "applied"

    def building(self, name: str, place: Area | None = None) -> Area:
        return queries.buildings_of((place or self.lake).path)[name]


def counts(area: Area) -> dict[str, int]:
    """Return what the board shows of an area today."""
    now = Area.objects.get(id=area.id)
    day = fresh().counted_day
    return tallies.totals(path=now.path, counters=COUNTERS, day=day, today=day)


def shown(area: Area, *counters: str) -> tuple[int, ...]:
    return tuple(counts(area)[counter] for counter in counters)


def agrees() -> None:
    """Check that tree, copies, tallies and journal agree with each other."""
    while sealing.seal_open_lines():
        pass
    found = verify()
    assert (found.bad, found.wrong) == ([], [])
    assert tree_faults() == []
    for home in Household.objects.select_related("dwelling"):
        area = home.dwelling or Area.objects.get(path=home.path)
        assert (home.path, home.grid_path) == (area.path, area.grid_path)
    for resident in Resident.objects.select_related("household"):
        assert resident.path == resident.household.path


def forbidden(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as said:
        act()
    return said.value.code


def test_moving_a_building_takes_its_households_and_todays_doors_along() -> None:
    world = World()
    building = world.building("1")
    before, paths = counts(county()), list(DoorVisit.objects.order_by("id").values_list("path", flat=True))
    assert shown(world.hill, "households", "doors", "doors_done") == (3, 2, 1)
    assert forbidden(
        lambda: flow.move_area(stamp=fresh(), actor=world.admin, area=building.id, parent=world.hill.id)
    ) == ("places.building_taken")
    flow.rename_area(stamp=fresh(), actor=world.admin, area=building.id, name="9")
    done = flow.move_area(stamp=fresh(), actor=world.admin, area=building.id, parent=world.hill.id)
    assert done.path == f"{world.hill.path}{building.id}."
    assert shown(world.hill, "households", "doors", "doors_done") == (5, 4, 2)
    assert shown(world.first, "households", "doors", "doors_done") == (2, 2, 1)
    assert counts(county()) == before
    assert list(DoorVisit.objects.order_by("id").values_list("path", flat=True)) == paths
    assert set(DoorDay.objects.values_list("grid_path", flat=True)) == {
        world.first.path, world.second.path, world.hill.path
    }  # fmt: skip
    moved = next(line for line in feed.history(subject=building.uid) if line.kind == "places.area_moved")
    assert (moved.facts["from"], moved.facts["to"]) == (world.first.id, world.hill.id)
    agrees()


def test_moving_a_grid_and_moving_it_back_leaves_everything_as_it_was() -> None:
    world = World()
    first, lake = counts(world.first), counts(world.lake)
    assert forbidden(
        lambda: flow.move_area(stamp=fresh(), actor=world.admin, area=world.first.id, parent=world.lake.id)
    ) == ("places.already_there")
    flow.rename_area(stamp=fresh(), actor=world.admin, area=world.building("1").id, name="9")
    flow.move_area(stamp=fresh(), actor=world.admin, area=world.first.id, parent=world.hill.id)
    assert counts(world.first) | {"visits": 2} == first
    assert reread([world.first])[0].code == world.first.code
    agrees()
    flow.move_area(stamp=fresh(), actor=world.admin, area=world.first.id, parent=world.lake.id)
    flow.rename_area(stamp=fresh(), actor=world.admin, area=world.building("9").id, name="1")
    assert (counts(world.first), counts(world.lake)) == (first, lake)
    assert reread([world.first])[0].path == world.first.path
    agrees()


def test_splitting_keeps_ids_and_totals_and_hands_over_what_was_chosen() -> None:
    world = World()
    chosen = world.building("2")
    before = counts(world.lake)
    done = flow.split_area(
        stamp=fresh(), actor=world.admin, area=world.first.id, name="第3网格", children=[chosen.id]
    )  # fmt: skip
    new = Area.objects.get(id=done.id)
    assert (new.level, new.parent_id, new.grid_path) == ("grid", world.lake.id, new.path)
    assert new.code not in (world.first.code, world.second.code)
    assert (shown(new, "households", "doors_done"), shown(world.first, "households", "doors_done")) == ((2, 1), (2, 1))
    assert counts(world.lake) == before
    assert queries.buildings_of(new.path)["2"].id == chosen.id
    agrees()


@pytest.mark.parametrize("community", [False, True])
def test_merging_keeps_ids_and_totals_and_ends_the_one_that_is_given_up(community: bool) -> None:
    world = World()
    kept, gone = (world.hill, world.lake) if community else (world.first, world.second)
    before, ids = counts(county()), set(Area.objects.values_list("id", flat=True))
    if community:
        code = forbidden(lambda: flow.merge_areas(stamp=fresh(), actor=world.admin, kept=kept.id, gone=gone.id))
        assert code == "places.building_taken"
        flow.rename_area(stamp=fresh(), actor=world.admin, area=world.building("1", world.hill).id, name="青山1号楼")
    worker(world.admin, "zhou.lan", Role.GRID_WORKER, gone)
    flow.merge_areas(stamp=fresh(), actor=world.admin, kept=kept.id, gone=gone.id)
    assert counts(county()) == before
    assert shown(gone, "households", "residents") == (0, 0)
    assert set(Area.objects.values_list("id", flat=True)) == ids
    assert reread([gone])[0].retired_at is not None
    assert Duty.objects.get(account__login="zhou.lan").area_id == kept.id
    assert [grant.path for grant in again(login="zhou.lan").grants] == [kept.path]
    agrees()


def test_two_villages_with_the_same_groups_become_one_only_after_the_groups_are_told_apart() -> None:
    world = World()
    east, west = add(county(), Level.VILLAGE, "东村", "西村")
    for village in (east, west):
        keys = [DoorKey("1", "", "3", group=True)]
        ensure_dwellings(stamp=fresh(), actor=world.admin, area=village.id, keys=keys)
    assert forbidden(lambda: merge(world, east, west)) == "places.building_taken"
    group = Area.objects.get(parent=west)
    flow.rename_area(stamp=fresh(), actor=world.admin, area=group.id, name="西1")
    merge(world, east, west)
    assert sorted(row.door for row in queries.descend(east.path, "dwelling")) == ["1/3", "西1/3"]
    agrees()


def test_a_household_without_dwelling_goes_where_its_community_goes() -> None:
    world = World()
    flow.rename_area(stamp=fresh(), actor=world.admin, area=world.building("1", world.hill).id, name="青山1号楼")
    flow.merge_areas(stamp=fresh(), actor=world.admin, kept=world.lake.id, gone=world.hill.id)
    boat = Household.objects.get(id=world.boat)
    assert (boat.path, boat.grid_path) == (world.lake.path, world.lake.path)
    agrees()


def test_flags_and_guests_follow_their_doors() -> None:
    world = World()
    stamp = fresh()
    sick, guest = (Resident.objects.get(household=world.homes[key]) for key in ("第1网格:1-1-101", "第2网格:3-1-101"))
    flag = NewFlag(
        id=uuid7(), resident=sick.id, reason="alone_elderly", from_on=stamp.day, until_on=stamp.day.replace(month=3)
    )  # fmt: skip
    people.raise_flags(stamp=stamp, actor=world.admin, flags=[flag])
    stay = NewStay(id=uuid7(), resident=guest.id, household=sick.household_id, from_on=stamp.day)
    people.begin_stay(stamp=fresh(), actor=world.admin, stay=stay)
    flow.move_area(stamp=fresh(), actor=world.admin, area=world.building("1").id, parent=world.second.id)
    home = Household.objects.get(id=sick.household_id)
    assert home.grid_path == world.second.path
    for row in (PriorityFlag.objects.get(), Stay.objects.get()):
        assert (row.path, row.grid_path) == (home.path, home.grid_path)
    agrees()


def test_a_building_is_split_by_its_stairwells_and_merged_again() -> None:
    world = World()
    building = world.building("3")
    ensure_dwellings(stamp=fresh(), actor=world.admin, area=building.parent_id or 0, keys=[DoorKey("3", "2", "101")])
    before = counts(world.lake)
    second = Area.objects.get(parent=building, unit="2")
    done = flow.split_area(
        stamp=fresh(), actor=world.admin, area=building.id, name="3号楼东", children=[second.id]
    )  # fmt: skip
    assert [row.door for row in queries.descend(done.path, "dwelling")] == ["3号楼东-2-101"]
    agrees()
    flow.merge_areas(stamp=fresh(), actor=world.admin, kept=building.id, gone=done.id)
    doors = sorted(row.door for row in queries.descend(building.path, "dwelling"))
    assert doors == ["3-1-101", "3-1-102", "3-2-101"]
    assert counts(world.lake) == before
    same = add(world.second, Level.BUILDING, "8")[0]
    ensure_dwellings(stamp=fresh(), actor=world.admin, area=world.second.id, keys=[DoorKey("8", "1", "101")])
    assert forbidden(lambda: flow.merge_areas(stamp=fresh(), actor=world.admin, kept=building.id, gone=same.id)) == (
        "places.name_taken"
    )
    agrees()


def add_unit(world: World) -> None:
    """Give building 1 a second stairwell, so that it could be split."""
    ensure_dwellings(stamp=fresh(), actor=world.admin, area=world.first.id, keys=[DoorKey("1", "2", "101")])


def stairwell(world: World) -> Area:
    return Area.objects.get(parent=world.building("1"), unit="1")


def split(world: World, area: Area, *children: Area, name: str = "新", code: str | None = None) -> object:
    ids = [child.id for child in children]
    return flow.split_area(stamp=fresh(), actor=world.admin, area=area.id, name=name, children=ids, code=code)


def merge(world: World, kept: Area, gone: Area) -> object:
    return flow.merge_areas(stamp=fresh(), actor=world.admin, kept=kept.id, gone=gone.id)


def move(world: World, area: Area, parent: Area) -> object:
    return flow.move_area(stamp=fresh(), actor=world.admin, area=area.id, parent=parent.id)


@pytest.mark.parametrize(
    ("code", "wish"),
    [
        ("places.nothing_chosen", lambda w: split(w, w.first)),
        ("places.child_unknown", lambda w: split(w, w.first, w.second)),
        ("places.nothing_left", lambda w: split(w, w.second, w.building("3"))),
        ("places.name_missing", lambda w: split(w, w.first, w.building("1"), name=" ")),
        ("places.code_taken", lambda w: split(w, w.lake, w.second, code="own-7")),
        ("places.code_level", lambda w: split(w, w.lake, w.second, code="420322000000")),
        ("places.building_taken", lambda w: split(w, w.building("1"), stairwell(w), name="2号楼")),
        ("places.area_is_root", lambda w: split(w, county(), w.lake)),
        ("places.not_alike", lambda w: merge(w, w.first, w.first)),
        ("places.not_alike", lambda w: merge(w, w.first, w.hill)),
        ("places.area_is_root", lambda w: merge(w, w.first, county())),
        ("places.level_order", lambda w: move(w, w.lake, w.first)),
        ("places.level_order", lambda w: move(w, w.lake, w.hill)),
        ("places.area_is_root", lambda w: move(w, county(), w.lake)),
        ("places.part_of_building", lambda w: move(w, stairwell(w), w.second)),
        ("places.not_empty", lambda w: flow.retire_area(stamp=fresh(), actor=w.admin, area=w.first.id)),
        ("access.forbidden", lambda w: move(w, w.lake, Area(id=424242))),
    ],
)
def test_what_cannot_be_done_to_the_tree_is_refused_and_leaves_it_alone(
    code: str, wish: Callable[[World], object]
) -> None:
    world = World()
    own = NewArea(level=Level.COMMUNITY, name="旧社区", code="own-7")
    flow.add_areas(stamp=fresh(), actor=world.admin, parent=county().id, areas=[own])
    add_unit(world)
    before = list(Area.objects.order_by("id").values_list("id", "path", "code", "retired_at"))
    assert forbidden(lambda: wish(world)) == code
    assert list(Area.objects.order_by("id").values_list("id", "path", "code", "retired_at")) == before
    agrees()


def _wishes(world: World, actor: Viewer) -> dict[str, Callable[[], object]]:
    first, second = world.first.id, world.second.id
    plan = [BuildingPlan("7", 0, 1, 1)]
    one, three = world.building("1").id, world.building("3").id
    return {
        "add": lambda: flow.add_areas(
            stamp=fresh(), actor=actor, parent=first, areas=[NewArea(level=Level.BUILDING, name="6")]
        ),
        "rename": lambda: flow.rename_area(stamp=fresh(), actor=actor, area=first, name="东片"),
        "build": lambda: flow.build(stamp=fresh(), actor=actor, area=first, plans=plan),
        "split": lambda: flow.split_area(stamp=fresh(), actor=actor, area=first, name="新", children=[one]),
        "move": lambda: flow.move_area(stamp=fresh(), actor=actor, area=three, parent=first),
        "merge": lambda: flow.merge_areas(stamp=fresh(), actor=actor, kept=first, gone=second),
        "retire": lambda: flow.retire_area(stamp=fresh(), actor=actor, area=three),
    }


@pytest.mark.parametrize(
    "role",
    [role for role in Role if role not in (Role.ADMINISTRATOR, Role.COUNTY_LEAD, Role.TOWN_LEAD, Role.COMMUNITY_LEAD)],
)
def test_roles_without_the_verb_change_nothing_even_in_their_own_area(role: Role) -> None:
    world = World()
    actor = worker(world.admin, "somebody", role, world.lake)
    for wish in _wishes(world, actor).values():
        assert forbidden(wish) == "access.forbidden"


def test_a_lead_changes_their_own_community_and_neither_the_one_beside_nor_its_own_place() -> None:
    world = World()
    lead = worker(world.admin, "he.min", Role.COMMUNITY_LEAD, world.lake)
    beside = worker(world.admin, "gao.xiu", Role.COMMUNITY_LEAD, world.hill)
    for wish in _wishes(world, beside).values():
        assert forbidden(wish) == "access.forbidden"
    wishes = _wishes(world, lead)
    assert forbidden(wishes.pop("retire")) == "places.not_empty"
    for name in ("add", "rename", "build", "split", "move", "merge"):
        wishes[name]()
    for wish in (
        lambda: flow.split_area(stamp=fresh(), actor=lead, area=world.lake.id, name="新", children=[world.first.id]),
        lambda: flow.retire_area(stamp=fresh(), actor=lead, area=world.lake.id),
    ):
        assert forbidden(wish) == "places.managed_above"
    code = forbidden(lambda: flow.move_area(stamp=fresh(), actor=lead, area=world.first.id, parent=world.hill.id))
    assert code == "access.forbidden"
    agrees()


def test_the_same_wish_sent_twice_happens_once() -> None:
    world = World()
    stamp = fresh()
    chosen = [world.building("2").id]
    both = [
        flow.split_area(stamp=stamp, actor=world.admin, area=world.first.id, name="第3网格", children=chosen)
        for _ in range(2)
    ]
    assert both[0] == both[1]
    assert Area.objects.filter(name="第3网格").count() == 1


def test_who_may_look_follows_the_building_to_its_new_grid() -> None:
    world = World()
    old = worker(world.admin, "old", Role.GRID_WORKER, world.first)
    new = worker(world.admin, "new", Role.GRID_WORKER, world.second)
    building = world.building("1")
    flow.move_area(stamp=fresh(), actor=world.admin, area=building.id, parent=world.second.id)
    path = reread([building])[0].path
    assert not old.permits("register.read", path)
    assert new.permits("register.read", path)


def test_a_move_costs_the_same_however_many_live_there() -> None:
    world = World()
    doors = ensure_dwellings(
        stamp=fresh(), actor=world.admin, area=world.second.id,
        keys=[DoorKey("3", "1", str(room)) for room in range(201, 241)],
    )  # fmt: skip
    for door in doors.values():
        world.household(door, "李四")
    with CaptureQueriesContext(connection) as few:
        flow.move_area(stamp=fresh(), actor=world.admin, area=world.building("1").id, parent=world.second.id)
    with CaptureQueriesContext(connection) as many:
        flow.move_area(stamp=fresh(), actor=world.admin, area=world.building("3").id, parent=world.first.id)
    assert len(many) == len(few)
    agrees()
