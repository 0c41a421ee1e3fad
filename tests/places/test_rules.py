"""Codes, doors and buildings: decided by tables."""

import csv
from pathlib import Path

import pytest

from wangge.places import divisions, rules
from wangge.places.addresses import Doubt, parse_address
from wangge.places.rules import BuildingPlan, DoorKey, Level

DATA = Path(__file__).parent / "data"


def table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("case", table("division_codes.csv"), ids=lambda case: case["case"])
def test_a_division_code_is_read_or_refused(case: dict[str, str]) -> None:
    code = rules.normal_code(case["input"])
    if case["verdict"] == "refuse":
        assert code is None
        return
    assert code == case["code"]
    level = rules.level_of_code(case["code"])
    assert level.rank == Level(case["level"]).rank
    above = rules.codes_above(case["code"])
    assert (above[-1] if above else "") == case["parent"]
    if case["in_set"] == "yes" and level.rank < rules.COMMUNITY_RANK:
        assert divisions.chain(case["code"])[-1].name == case["name"]


@pytest.mark.parametrize("case", table("grid_codes.csv"), ids=lambda case: case["case"])
def test_a_grid_or_building_code_is_read_or_refused(case: dict[str, str]) -> None:
    level = Level.BUILDING if case["case"] in ("G09", "G10", "G11") else Level.GRID
    code = rules.clean_code(case["input"], level)
    fault = rules.code_fault(code, level)
    if case["verdict"] in ("grid", "building"):
        assert (code, fault) == (case["code"], "")
    else:
        assert bool(fault) == (case["verdict"] in ("refuse_parent", "refuse_sequence", "area"))


@pytest.mark.parametrize(
    ("code", "level", "fault"),
    [
        ("420322100001", Level.COMMUNITY, ""),
        ("420322100999", Level.VILLAGE, ""),
        ("420322100000", Level.VILLAGE, "places.code_level"),
        ("420322100001", Level.TOWNSHIP, "places.code_level"),
        ("own-7", Level.VILLAGE, ""),
        ("420322100001", Level.GRID, "places.code_level"),
    ],
)
def test_twelve_digits_must_stand_for_the_level_they_are_given_to(code: str, level: Level, fault: str) -> None:
    assert rules.code_fault(code, level) == fault


@pytest.mark.parametrize(
    ("code", "name", "level"),
    [
        ("371323111200", "沙沟村村民委员会", Level.VILLAGE),
        ("371323111201", "沙沟社区", Level.COMMUNITY),
        ("371323111202", "沙沟社区村民委员会", Level.VILLAGE),
        ("371323111001", "东营居委会", Level.COMMUNITY),
        ("371323111003", "果树农场（特殊村委会）", Level.COMMUNITY),
        ("371323111999", "工地", Level.VILLAGE),
        ("371323111000", "沙沟村", Level.TOWNSHIP),
    ],
)
def test_between_village_and_community_the_name_wins_over_the_digits(code: str, name: str, level: Level) -> None:
    assert rules.level_of_division(code, name) == level


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("3", "3"), ("3栋", "3"), ("3号楼", "3"), ("第3栋", "3"), ("3 # 楼", "3"), ("３幢", "3"),
        ("翠湖苑3号楼", "翠湖苑3"), ("3-1", "3.1"), ("办公楼", "办公"), ("A座", "A"), ("", ""),
        ("三号楼", "3"), ("３號樓", "3"), ("二期三栋", "2期3"), ("108弄12号", "108弄12"), ("108弄12号楼", "108弄12"),
        ("a座", "A"), ("3组", "3"), ("第三村民小组", "3"), ("王家屯", "王家屯"), ("3栋2单元", "3栋2单元"), ("12号",
        "12"),
    ],
)  # fmt: skip
def test_a_building_gives_its_part_of_a_doors_key_however_its_name_is_written(name: str, key: str) -> None:
    assert rules.building_key(name) == key


def test_a_building_by_its_numbers_has_its_doors_from_the_ground_up() -> None:
    doors = [str(key) for key in BuildingPlan("3号楼", 2, 2, 2).door_keys()]
    assert doors == ["3-1-101", "3-1-102", "3-1-201", "3-1-202", "3-2-101", "3-2-102", "3-2-201", "3-2-202"]
    tall = BuildingPlan("13", 0, 18, 6)
    assert (tall.doors, str(tall.door_keys()[-2])) == (108, "13-0-1805")


@pytest.mark.parametrize(
    ("plan", "fault"),
    [
        (BuildingPlan("1", 0, 1, 1), ""),
        (BuildingPlan(" ", 1, 1, 1), "places.name_missing"),
        (BuildingPlan("1", -1, 1, 1), "places.building_numbers"),
        (BuildingPlan("1", 1, 0, 1), "places.building_numbers"),
        (BuildingPlan("1", 1, 121, 1), "places.building_numbers"),
        (BuildingPlan("1", 1, 1, 0), "places.building_numbers"),
    ],
)
def test_numbers_that_no_building_has_are_refused(plan: BuildingPlan, fault: str) -> None:
    assert rules.plan_fault(plan) == fault


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1-3", ["1", "2", "3"]),
        ("1到2号楼，7", ["1号楼", "2号楼", "7"]),
        ("A、B、A", ["A", "B"]),
        ("9-3", ["9-3"]),
        ("1-9999", ["1-9999"]),
        ("  ", []),
    ],
)
def test_a_span_of_buildings_is_written_out(text: str, names: list[str]) -> None:
    assert rules.spelled_names(text) == names


@pytest.mark.parametrize(
    ("text", "door"),
    [
        ("3-2-501", DoorKey("3", "2", "501")), ("13-0-1506", DoorKey("13", "0", "1506")),
        ("3栋2单元501", DoorKey("3", "2", "501")), ("4/12", DoorKey("4", "", "12", group=True)),
        ("4组12号", DoorKey("4", "", "12", group=True)), ("看水塔旁边", None),
        ("三號樓2-501", DoorKey("3", "2", "501")), ("03-02-0501", DoorKey("3", "2", "501")),
        ("8-1-1", DoorKey("8", "1", "1")), ("A座1203", DoorKey("A", "0", "1203")), ("3-501", None), ("3-501-2", None),
        ("3栋2单元501-1", DoorKey("3", "2", "501-1")), ("二期3栋501", DoorKey("2期3", "0", "501")),
        ("108弄12号501", DoorKey("108弄12", "0", "501")), ("王家屯12号", DoorKey("王家屯", "", "12", group=True)),
        ("三巷5号", DoorKey("3巷", "", "5", group=True)), ("办公楼301", DoorKey("办公", "0", "301")),
        ("阳光花园3栋2单元501", None), ("3栋2单元501、502", None), ("2020-02-03", None), ("无", None), ("25号", None),
        ("张三", None), ("13800000000", None), ("501", None), ("3" * 300, None),
    ],
)  # fmt: skip
def test_a_door_is_read_for_certain_or_not_at_all(text: str, door: DoorKey | None) -> None:
    assert rules.parse_door(text) == door


def test_the_key_of_an_address_may_leave_a_doubt_to_the_caller() -> None:
    address = parse_address("3-501")
    assert rules.door_key(address) is None
    assert rules.door_key(address, {Doubt.STAIRWELL_OPEN}) == DoorKey("3", "0", "501")
    assert rules.door_key(parse_address("3栋"), {Doubt.INCOMPLETE}) is None
    assert rules.door_key(parse_address("2单元501"), {Doubt.INCOMPLETE}) is None
