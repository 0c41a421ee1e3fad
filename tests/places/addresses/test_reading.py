"""Single addresses, as a clerk meets them."""

from itertools import product

import pytest

from tests.places.addresses.hard_cases import CASES
from wangge.places.addresses import Address, Door, Doors, Doubt, Verdict, parse_address, parse_parts, resolve

PARTS = ("lane", "group", "quarter", "building", "stairwell", "floor", "room", "rest")


def parts(address: Address) -> dict[str, str]:
    return {part: value for part in PARTS if (value := getattr(address, part))}


@pytest.mark.parametrize(("text", "wanted", "ask"), CASES, ids=[case[0] for case in CASES])
def test_an_address_is_read_for_certain_or_asked(text: str, wanted: dict[str, str], ask: str) -> None:
    address = parse_address(text)
    assert (parts(address), address.certain) == (wanted, not ask)
    assert 0 <= address.confidence <= 1
    assert (address.confidence >= 0.85) == address.certain


def test_the_longest_nonsense_is_read_without_harm() -> None:
    for text in ("3栋" * 5000, "9" * 5000, "(" * 5000, "一" * 5000, "三2-" * 5000, "\u200b", "\n\t", "楼", "号室栋"):
        assert not parse_address(text, scope="阳光花园", known=["锦绣苑"]).certain


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("同上", Doubt.AS_ABOVE), ("无", Doubt.NO_ADDRESS), ("3栋", Doubt.INCOMPLETE),
        ("3栋2单元501、502", Doubt.SEVERAL),
        ("32501", Doubt.JOINED), ("3栋2单元O501", Doubt.LETTER), ("3栋2单元5楼601", Doubt.FLOOR_DIFFERS),
        ("3-501", Doubt.STAIRWELL_OPEN), ("8-1-1", Doubt.UNCLEAR), ("3栋2单元501 张", Doubt.WORDS),
        ("翠湖苑3栋2单元501", Doubt.PLACE_UNKNOWN),
    ],
)  # fmt: skip
def test_why_an_address_must_be_asked_is_said(text: str, doubt: Doubt) -> None:
    assert doubt in parse_address(text, scope="阳光花园").doubts


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("江南水乡3栋2单元501", Verdict.ASK), ("格林小镇3栋2单元501", Verdict.ASK),
        ("翠湖小区3栋2单元501", Verdict.ASK),
        ("郧西县翠湖小区3栋2单元501", Verdict.ASK), ("幸福里3栋2单元501", Verdict.ASK),
        ("红旗社区3栋2单元501", Verdict.ASK),
        ("阳光花园南苑3栋2单元501", Verdict.ASK), ("二期3栋2单元501", Verdict.ASK), ("东区3栋2单元501", Verdict.ASK),
        ("阳光花园路3栋2单元501", Verdict.ASK), ("阳光花园对面3栋2单元501", Verdict.ASK),
        ("3栋2单元501楼下", Verdict.ASK),
        ("锦绣苑3栋2单元501", Verdict.ELSEWHERE), ("锦绣苑路8号阳光花园3栋2单元501", Verdict.DOOR),
        ("郧西县城关镇人民路88号3栋2单元501", Verdict.DOOR), ("陽光花園３棟２單元５０１", Verdict.DOOR),
        ("人民路88号阳光花园3-2-501", Verdict.DOOR), ("阳光花园小区3-2-501", Verdict.DOOR),
    ],
)  # fmt: skip
def test_only_an_address_of_this_place_comes_to_its_door(text: str, verdict: Verdict) -> None:
    door = Door(building="3", stairwell="2", room="501")
    finding = resolve(parse_address(text, scope="阳光花园", known=["锦绣苑"]), Doors([door]))
    assert (finding.verdict, finding.door) == (verdict, door if verdict == Verdict.DOOR else None)


def test_estates_of_one_community_are_told_apart_by_their_names() -> None:
    ours, theirs = Door("", "", "翠湖苑", "3", "2", "501"), Door("", "", "金桂园", "3", "2", "501")
    doors, known = Doors([ours, theirs]), ("翠湖苑", "金桂园")
    assert resolve(parse_address("3栋2单元501", known=known), doors).verdict == Verdict.ASK
    assert resolve(parse_address("翠湖苑3栋2单元501", known=known), doors).door == ours
    assert resolve(parse_address("金桂园小区3-2-501", known=known), doors).door == theirs


@pytest.mark.parametrize(
    ("text", "estate"),
    [
        ("3栋2单元501", ""), ("人民路88号3栋2单元501", ""), ("湖北省十堰市郧西县城关镇3栋2单元501", ""),
        ("阳光花园小区3栋2单元501", "阳光花园"), ("翠湖社区翠湖苑3-2-501", "翠湖苑"),
        ("湖北省十堰市郧西县城关镇人民路88号阳光花园3栋2单元501", "阳光花园"), ("前进村3组25号", "前进村"),
        ("3栋2单元501张三", ""),
    ],
)  # fmt: skip
def test_the_estate_that_an_address_names_is_known_even_where_it_is_not_in_the_register(text: str, estate: str) -> None:
    assert parse_address(text).estate == estate


def test_the_third_lane_of_one_street_is_not_that_of_another() -> None:
    south, north = Door(lane="中南路3巷", building="8"), Door(lane="中北路3巷", building="8")
    doors = Doors([south, north])
    assert resolve(parse_address("中南路三巷8号"), doors).door == south
    assert resolve(parse_address("三巷8号"), doors).verdict == Verdict.ASK
    assert resolve(parse_address("中南路三巷8号"), Doors([Door(lane="3巷", building="8")])).verdict == Verdict.ASK


def test_a_stairwell_left_out_is_asked_only_where_the_building_has_some() -> None:
    with_some = Doors([Door(building="3", stairwell="2", room="501")])
    without = Doors([Door(building="3", room="501")])
    assert resolve(parse_address("3-501"), with_some).verdict == Verdict.ASK
    assert resolve(parse_address("3栋501"), with_some).verdict == Verdict.ASK
    assert resolve(parse_address("3-501"), without).door == Door(building="3", room="501")
    assert resolve(parse_address("3栋5-501"), without).verdict == Verdict.ASK
    assert resolve(parse_address("3栋2单元501"), without).verdict == Verdict.UNKNOWN


@pytest.mark.parametrize(
    ("cells", "door"),
    [
        ({"building": "3号楼", "unit": "二单元", "room": "501室"}, Door("", "", "", "3", "2", "501")),
        ({"building": "3", "unit": "无", "room": "501"}, Door(building="3", room="501")),
        ({"building": "3", "unit": "0", "room": "501"}, Door(building="3", room="501")),
        ({"building": "3号", "room": "2-501"}, Door("", "", "", "3", "2", "501")),
        ({"building": "3", "room": "3-2-501"}, Door("", "", "", "3", "2", "501")),
        ({"building": "3", "unit": "东", "room": "501"}, Door("", "", "", "3", "东", "501")),
        ({"building": "3", "unit": "2", "floor": "5", "room": "01"}, Door("", "", "", "3", "2", "501")),
        ({"building": "3", "unit": "1", "room": "1"}, Door("", "", "", "3", "1", "1")),
        ({"building": "办公楼", "room": "301"}, Door(building="办公楼", room="301")),
        ({"building": "3", "address": "501"}, Door(building="3", room="501")),
        ({"building": "3", "unit": "2", "room": "501", "address": "人民路88号阳光花园"}, Door("", "", "", "3", "2",
        "501")),
        ({"building": "3", "unit": "2", "room": "501", "address": "同上"}, Door("", "", "", "3", "2", "501")),
        ({"group": "三组", "house": "25号"}, Door(group="3", building="25")),
        ({"group": "3", "house": "25"}, Door(group="3", building="25")),
        ({"group": "上坪", "address": "12号"}, Door(group="上坪", building="12")),
        ({"group": "王家屯", "house": "12"}, Door(group="王家屯", building="12")),
        ({"group": "3", "address": "前进村3组25号", "house": "25"}, Door(group="3", building="25")),
        ({"lane": "108", "house": "12号", "room": "501"}, Door(lane="108", building="12", room="501")),
    ],
)  # fmt: skip
def test_cells_of_their_own_are_one_address(cells: dict[str, str], door: Door) -> None:
    address = parse_parts(**cells)
    assert (address.door, address.certain) == (door, True)


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ({}, Doubt.NO_ADDRESS), ({"address": "无"}, Doubt.NO_ADDRESS), ({"address": "同上"}, Doubt.AS_ABOVE),
        ({"building": "3"}, Doubt.INCOMPLETE), ({"building": "3", "unit": "1", "room": "3-2-501"}, Doubt.UNCLEAR),
        ({"building": "3", "unit": "2", "room": "501、502"}, Doubt.SEVERAL),
        ({"building": "3", "room": "501", "address": "4栋501"}, Doubt.SEVERAL),
        ({"group": "上坪", "address": "下坪组12号"}, Doubt.SEVERAL),
    ],
)  # fmt: skip
def test_cells_that_tell_too_little_or_differ_are_asked(cells: dict[str, str], doubt: Doubt) -> None:
    address = parse_parts(**cells)
    assert doubt in address.doubts
    assert not address.certain


def test_what_is_read_of_a_plain_door_at_once_is_what_the_long_way_reads() -> None:
    doors = product(
        ("1", "20", "305"), ("栋", "幢", "座", "号楼"), ("1", "12"), ("101", "1203", "2018"), ("", "室", "号")
    )
    for building, word, stairwell, room, end in doors:
        for blank in ("", " "):
            text = f"{building}{word}{blank}{stairwell}单元{blank}{room}{end}"
            assert parse_address(text) == parse_address(text, known=["李家庄"]), text
