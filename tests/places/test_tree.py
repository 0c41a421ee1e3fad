"""The tree of areas: adding, renaming, doors, giving up."""

from collections.abc import Callable

import pytest
from django.db.models import QuerySet
from pytest_django import DjangoAssertNumQueries

from tests.conftest import stamp
from tests.places.world import Opener, add, county, fresh, open_county, reread, worker
from wangge.access.models import Duty
from wangge.access.rules import Role
from wangge.journal import feed
from wangge.kernel.refused import Refused
from wangge.places import commands, queries
from wangge.places.checking import tree_faults
from wangge.places.commands import NewArea
from wangge.places.models import Area
from wangge.places.rules import BuildingPlan, DoorKey, Level, next_code

pytestmark = pytest.mark.django_db(transaction=True)


def refused(code: str, act: Callable[..., object], **facts: object) -> None:
    with pytest.raises(Refused) as said:
        act(stamp=fresh(), actor=Opener(), **facts)
    assert said.value.code == code


def doors(area: Area) -> list[str]:
    return sorted(row.door for row in queries.descend(area.path, "dwelling"))


def test_levels_may_be_skipped_but_never_turned_round() -> None:
    open_county()
    village = add(county(), Level.VILLAGE, "独立村")[0]
    refused(
        "places.level_order", commands.add_areas, parent=village.id, areas=[NewArea(level=Level.TOWNSHIP, name="镇")]
    )
    refused(
        "places.level_order", commands.add_areas, parent=village.id, areas=[NewArea(level=Level.COMMUNITY, name="社")]
    )
    building = add(village, Level.BUILDING, "1")[0]
    assert (village.grid_path, building.grid_path) == (village.path, village.path)
    grid = add(village, Level.GRID, "第1网格")[0]
    assert add(grid, Level.DWELLING, "看场屋")[0].grid_path == grid.path
    assert [row.name for row in queries.grids_of(county().path)] == ["第1网格"]
    assert tree_faults() == []


def test_a_code_is_never_used_again_even_when_its_area_is_given_up() -> None:
    open_county()
    town = add(county(), Level.TOWNSHIP, "新镇")[0]
    first, second = add(town, Level.VILLAGE, "甲村", "乙村")
    assert (town.code, first.code, second.code) == ("420322901000", "420322901200", "420322901201")
    parent = commands.add_area(
        stamp=fresh(), actor=Opener(), parent=county().id,
        area=NewArea(level=Level.TOWNSHIP, name="城关", code="420322100"),
    )  # fmt: skip
    assert parent.code == "420322100000"
    home = Area.objects.get(id=parent.id)
    villages = add(home, Level.VILLAGE, "丙村", "丁村")
    assert [row.code for row in villages] == ["420322100200", "420322100201"]
    commands.retire_area(stamp=fresh(), actor=Opener(), area=villages[1].id)
    assert add(home, Level.VILLAGE, "戊村")[0].code == "420322100202"
    again = NewArea(level=Level.VILLAGE, name="己村", code="420322100201")
    refused("places.code_taken", commands.add_areas, parent=home.id, areas=[again])
    twice = [NewArea(level=Level.VILLAGE, name=name, code="420322100300") for name in ("庚村", "辛村")]
    refused("places.code_taken", commands.add_areas, parent=home.id, areas=twice)
    wrong = NewArea(level=Level.VILLAGE, name="壬村", code="420322101000")
    refused("places.code_level", commands.add_areas, parent=home.id, areas=[wrong])


def test_two_communities_may_have_buildings_of_the_same_name_and_one_may_not() -> None:
    open_county()
    lake, hill = add(county(), Level.COMMUNITY, "翠湖社区", "青山社区")
    for home in (lake, hill):
        keys = [DoorKey("3", "2", "501"), DoorKey("3", "2", "502")]
        made = commands.ensure_dwellings(stamp=fresh(), actor=Opener(), area=home.id, keys=keys)
        assert commands.ensure_dwellings(stamp=fresh(), actor=Opener(), area=home.id, keys=keys) == made
        assert doors(home) == ["3-2-501", "3-2-502"]
    grid = add(lake, Level.GRID, "第1网格")[0]
    refused(
        "places.building_taken", commands.add_areas, parent=grid.id, areas=[NewArea(level=Level.BUILDING, name="3号楼")]
    )
    pair = [NewArea(level=Level.BUILDING, name=name) for name in ("9", "9栋")]
    refused("places.building_taken", commands.add_areas, parent=grid.id, areas=pair)
    assert add(grid, Level.BUILDING, "翠湖苑3号楼")[0].grid_path == grid.path
    assert tree_faults() == []


def test_a_building_and_a_villagers_group_of_one_number_are_two_places() -> None:
    open_county()
    village = add(county(), Level.VILLAGE, "石桥村")[0]
    keys = [DoorKey("4", "", "12", group=True), DoorKey("4", "1", "101")]
    commands.ensure_dwellings(stamp=fresh(), actor=Opener(), area=village.id, keys=keys)
    assert doors(village) == ["4-1-101", "4/12"]
    assert sorted(row.kind for row in queries.descend(village.path, "building")) == ["", "group"]


def test_doors_follow_the_name_of_their_building_stairwell_and_dwelling() -> None:
    open_county()
    home = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    keys = [DoorKey(b, "1", r) for b in ("3", "33") for r in ("101", "102")]
    commands.ensure_dwellings(stamp=fresh(), actor=Opener(), area=home.id, keys=keys)
    building = queries.buildings_of(home.path)["3"]
    refused("places.name_missing", commands.rename_area, area=building.id, name="  ")
    refused("places.building_taken", commands.rename_area, area=building.id, name="33号楼")
    commands.rename_area(stamp=fresh(), actor=Opener(), area=building.id, name="5号楼")
    stairwell = Area.objects.get(parent=building)
    commands.rename_area(stamp=fresh(), actor=Opener(), area=stairwell.id, name="2")
    room = Area.objects.get(door="5-2-101")
    refused("places.name_taken", commands.rename_area, area=room.id, name="102")
    commands.rename_area(stamp=fresh(), actor=Opener(), area=room.id, name="1203")
    assert doors(home) == ["33-1-101", "33-1-102", "5-2-102", "5-2-1203"]
    assert (reread([room])[0].unit, reread([room])[0].floor) == ("2", 12)
    assert commands.ensure_dwellings(stamp=fresh(), actor=Opener(), area=home.id, keys=[DoorKey("5", "2", "1203")]) == {
        "5-2-1203": room.id
    }
    told = [line.facts for line in feed.history(subject=building.uid) if line.kind == "places.area_renamed"]
    assert told == [{"area": building.id, "old": "3", "new": "5号楼"}]


def test_planned_buildings_are_made_once_grow_and_never_shrink() -> None:
    open_county()
    home = add(county(), Level.COMMUNITY, "翠湖社区")[0]

    def plan(*plans: BuildingPlan) -> list[str]:
        done = commands.set_buildings(stamp=fresh(), actor=Opener(), area=home.id, plans=plans)
        return [one.outcome for one in done]

    refused("places.building_numbers", commands.set_buildings, area=home.id, plans=[BuildingPlan("1", 1, 0, 2)])
    pair = [BuildingPlan("1", 1, 6, 2), BuildingPlan("1栋", 1, 6, 2)]
    refused("places.building_taken", commands.set_buildings, area=home.id, plans=pair)
    many = [BuildingPlan(str(n), 1, 1, 1) for n in range(501)]
    refused("places.too_many", commands.set_buildings, area=home.id, plans=many)
    assert plan(BuildingPlan("1", 2, 6, 2), BuildingPlan("2", 0, 18, 6)) == ["made", "made"]
    assert plan(BuildingPlan("2号楼", 0, 18, 6), BuildingPlan("1", 3, 6, 2)) == ["same", "enlarged"]
    assert plan(BuildingPlan("1", 1, 6, 2)) == ["smaller"]
    assert queries.buildings_of(home.path)["1"].units == 3
    grid = add(home, Level.GRID, "第1网格")[0]
    refused("places.building_taken", commands.set_buildings, area=grid.id, plans=[BuildingPlan("2", 0, 18, 6)])


def test_an_area_in_which_somebody_works_cannot_be_given_up_and_an_empty_one_can() -> None:
    admin = open_county()
    home, other = add(county(), Level.COMMUNITY, "翠湖社区", "青山社区")
    grid = add(home, Level.GRID, "第1网格")[0]
    worker(admin, "zhou.lan", Role.GRID_WORKER, grid)
    refused("places.not_empty", commands.retire_area, area=home.id)
    refused("places.area_is_root", commands.retire_area, area=county().id)
    building = add(other, Level.BUILDING, "1")[0]
    assert commands.retire_area(stamp=fresh(), actor=Opener(), area=other.id) == 2
    refused("places.area_retired", commands.retire_area, area=other.id)
    refused("places.area_retired", commands.rename_area, area=building.id, name="2")
    refused("places.area_unknown", commands.rename_area, area=424242, name="2")
    assert [row.name for row in queries.children(county())] == ["翠湖社区"]
    assert queries.retired_children(county()) == [other]
    assert tree_faults() == []


def test_giving_up_is_taken_back_with_what_ended_in_the_same_step() -> None:
    open_county()
    home = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    first, second = add(home, Level.BUILDING, "1", "2")
    commands.retire_area(stamp=fresh(), actor=Opener(), area=first.id)
    later = fresh().at.replace(hour=6)
    commands.retire_area(stamp=stamp("later", at=later), actor=Opener(), area=home.id)
    refused("places.above_retired", commands.restore_area, area=second.id)
    assert commands.restore_area(stamp=fresh(), actor=Opener(), area=home.id) == 2
    refused("places.not_retired", commands.restore_area, area=home.id)
    assert [row.name for row in queries.children(home)] == ["2"]
    add(home, Level.BUILDING, "1")
    refused("places.building_taken", commands.restore_area, area=first.id)


def test_reads_of_the_tree_cost_the_same_for_three_rows_as_for_one(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    open_county()
    towns = add(county(), Level.TOWNSHIP, "甲镇", "乙镇", "丙镇")
    add(towns[0], Level.VILLAGE, "一村", "二村")
    for some in (towns[:1], towns):
        with django_assert_num_queries(1):
            assert queries.counts_below(row.id for row in some) == {towns[0].id: 2}
    path = county().path
    with django_assert_num_queries(1):
        assert queries.counts_inside(path) == {"township": 3, "village": 2}
    found = queries.in_ranks([county().path], above=5, text="镇")
    assert [row.name for row in found] == ["甲镇", "乙镇", "丙镇"]
    assert [row.name for row in queries.in_ranks([county().path], exactly=5)] == ["一村", "二村"]
    assert queries.in_ranks([], above=9) == []


def test_the_check_names_every_kind_of_disagreement() -> None:
    admin = open_county()
    home = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    grid = add(home, Level.GRID, "第1网格")[0]
    worker(admin, "zhou.lan", Role.GRID_WORKER, grid)
    commands.ensure_dwellings(
        stamp=fresh(), actor=Opener(), area=home.id, keys=[DoorKey("3", "0", "101"), DoorKey("3", "0", "102")]
    )
    assert tree_faults() == []
    first, second = queries.descend(home.path, "dwelling")
    wrongs: list[tuple[QuerySet[Area], dict[str, object], str]] = [
        (Area.objects.filter(id=second.id), {"door": "3-0-101"}, "door_twice"),
        (Area.objects.filter(id=first.id), {"grid_path": grid.path}, "grid_path_differs"),
        (Area.objects.filter(id=first.id), {"path": home.path + "9999."}, "path_differs"),
        (Area.objects.filter(id=home.id), {"rank": 4}, "rank_differs"),
        (Area.objects.filter(id=grid.id), {"code": "420322100000000"}, "code_level"),
        (Area.objects.filter(id=home.id), {"retired_at": fresh().at}, "above_retired"),
    ]
    for rows, change, why in wrongs:
        before = rows.values(*change).get()
        rows.update(**change)
        assert why in {fault.why for fault in tree_faults()}
        rows.update(**before)
    Duty.objects.filter(area=grid).update(path=home.path)
    assert {(fault.area, fault.why) for fault in tree_faults()} == {(grid.id, "copy_differs:access.Duty")}


@pytest.mark.parametrize(
    ("parent", "level", "taken", "code"),
    [
        ("370000000000", Level.PREFECTURE, set(), "379100000000"),
        ("371300000000", Level.COUNTY, set(), "371391000000"),
        ("371323000000", Level.TOWNSHIP, set(), "371323901000"),
        ("371323000000", Level.TOWNSHIP, {"371323901000"}, "371323902000"),
        ("371323901000", Level.VILLAGE, set(), "371323901200"),
        ("371323000000", Level.COMMUNITY, set(), "371323000001"),
        ("371323901200", Level.GRID, set(), "371323901200001"),
        ("371323901200001", Level.BUILDING, {"37132390120000001"}, "37132390120000002"),
    ],
)
def test_every_level_down_to_the_building_gets_a_code_that_was_never_used(
    parent: str, level: Level, taken: set[str], code: str
) -> None:
    assert next_code(parent, level, taken) == code
