from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.people.world import MAN_1949, WOMAN_1977, World, fresh, new_flag, new_stay, person, refused, settle
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people import queries
from wangge.people.rules.searching import Match, spellings
from wangge.people.rules.wishes import Departure, Joiner, NewHousehold

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


@pytest.fixture
def town(world: World) -> dict[str, UUID]:
    """Put a few people in whom one can look for in many ways."""
    found: dict[str, UUID] = {}
    for door, area, members in (
        ("3-2-501", world.grids[0], (person("张伟", id_number=MAN_1949, phones=("13800001234",), is_head=True),)),
        ("3-2-502", world.grids[0], (person("翟红", phones=("0600-7654321",)), person("張國榮"))),
        (
            "13-0-1506",
            world.grids[1],
            (person("欧阳修"), person("Maria Lopez", id_number="E1234567", id_kind="passport")),
        ),
        ("4/12", world.grids[1], (person("单国芳", id_number=WOMAN_1977),)),
    ):
        new = NewHousehold(id=uuid7(), area=world.door(door, area), members=members)
        world.add(new)
        found |= {one.name: one.id for one in members} | {door: new.id}
    abroad = NewHousehold(id=uuid7(), area=world.door("3-2-501", world.west), members=(person("张伟"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    return found


@pytest.mark.parametrize(
    ("text", "names", "match"),
    [
        ("张", {"张伟", "張國榮"}, Match.NAME),
        ("张伟", {"张伟"}, Match.NAME),
        ("張偉", {"张伟"}, Match.NAME),
        ("张国荣", {"張國榮"}, Match.NAME),
        ("zw", {"张伟"}, Match.INITIALS),
        ("ZGR", {"張國榮"}, Match.INITIALS),
        ("zh", {"翟红"}, Match.INITIALS),
        ("dh", {"翟红"}, Match.INITIALS),
        ("oyx", {"欧阳修"}, Match.INITIALS),
        ("zhangwei", {"张伟"}, Match.PINYIN),
        ("ou yang", {"欧阳修"}, Match.PINYIN),
        ("shan guo fang", {"单国芳"}, Match.PINYIN),
        (MAN_1949, {"张伟"}, Match.NUMBER),
        ("4203 0019 4901 0100 15", {"张伟"}, Match.NUMBER),
        ("e1234567", {"Maria Lopez"}, Match.NUMBER),
        ("0180", {"单国芳"}, Match.LAST_FOUR_NUMBER),
        ("13800001234", {"张伟"}, Match.PHONE),
        ("+86 138-0000-1234", {"张伟"}, Match.PHONE),
        ("1234", {"张伟"}, Match.LAST_FOUR_PHONE),
        ("06007654321", {"翟红"}, Match.PHONE),
        ("4321", {"翟红"}, Match.LAST_FOUR_PHONE),
    ],
)
def test_people_are_found_by_whatever_is_known_of_them(
    world: World, town: dict[str, UUID], text: str, names: set[str], match: Match
) -> None:
    found = queries.search(viewer=world.clerk, text=text)
    hits = [hit for hit in found.hits if hit.match == match]
    assert {hit.name for hit in hits} == names
    assert {hit.resident for hit in hits} == {town[name] for name in names}
    assert not found.more


@pytest.mark.parametrize(
    ("text", "doors"),
    [
        ("3-2-501", {"3-2-501"}),
        ("3栋2单元501", {"3-2-501"}),
        ("3-2", {"3-2-501", "3-2-502"}),
        ("3栋", {"3-2-501", "3-2-502"}),
        ("3栋2单元", {"3-2-501", "3-2-502"}),
        ("13", {"13-0-1506"}),
        ("4/12", {"4/12"}),
        ("4组", {"4/12"}),
        ("4组1", {"4/12"}),
        ("4/", {"4/12"}),
    ],
)
def test_doors_are_found_whole_and_in_part(world: World, town: dict[str, UUID], text: str, doors: set[str]) -> None:
    hits = [hit for hit in queries.search(viewer=world.clerk, text=text).hits if hit.match == Match.DOOR]
    assert {hit.door for hit in hits} == doors
    assert {hit.household for hit in hits} == {town[door] for door in doors}


def test_nobody_is_found_outside_ones_areas_nor_by_one_who_may_not_read(world: World, town: dict[str, UUID]) -> None:
    def found(viewer: Viewer, text: str) -> int:
        return len(queries.search(viewer=viewer, text=text).hits)

    guard = Viewer(account_id=uuid7(), number=9, login="g", name="", grants=(Grant(Role.GUARD, world.house.town.path),))
    for text in ("张伟", "zw", "zhangwei", "3-2-501", MAN_1949, "13800001234", "1234"):
        assert found(guard, text) == 0
    assert (found(world.clerk, "张伟"), found(world.house.admin, "张伟")) == (1, 2)
    inside = queries.search(viewer=world.house.admin, text="张伟", inside=world.grids[0].path).hits
    assert [hit.resident for hit in inside] == [town["张伟"]]
    assert found(world.clerk, "  ") == 0


def test_those_who_left_come_last_and_joined_rows_not_at_all(world: World, town: dict[str, UUID]) -> None:
    double = world.family("张伟", door="7-1-101").residents[0]
    people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(town["张伟"], date(2020, 2, 9))])
    hits = queries.search(viewer=world.clerk, text="张伟").hits
    assert [(hit.resident, hit.state) for hit in hits] == [(double, "living"), (town["张伟"], "moved_out")]
    people.join_residents(stamp=fresh(), actor=world.clerk, kept=double, gone=town["张伟"])
    assert [hit.resident for hit in queries.search(viewer=world.clerk, text="张伟").hits] == [double]


def test_a_long_list_is_cut_and_says_that_there_is_more(world: World) -> None:
    world.family(*["王伟"] * 9, door="3-2-501")
    found = queries.search(viewer=world.clerk, text="王伟", limit=5)
    assert (len(found.hits), found.more) == (5, True)
    assert not queries.search(viewer=world.clerk, text="王伟", limit=9).more


def test_names_are_searched_in_both_scripts() -> None:
    assert spellings("張偉") == ("張偉", "张伟")
    assert spellings("张伟") == ("张伟", "張偉")
    assert spellings("王小明") == ("王小明",)
    assert spellings("Maria") == ("Maria",)


def statements(act: object) -> int:
    with CaptureQueriesContext(
        connection,
    ) as asked:
        act()  # type: ignore[operator]
    return len(asked)


def test_pages_cost_a_fixed_number_of_statements_however_many_live_there(world: World) -> None:
    family = world.family("张三", door="3-2-501")
    building = queries.spot(viewer=world.clerk, household=family.household)
    from wangge.places.models import Area

    sheet_of = Area.objects.get(path__in=_above(building.path), level="building").id
    asks = {
        "page": lambda: queries.household_page(viewer=world.clerk, household=family.household, on=date(2020, 2, 10)),
        "search": lambda: queries.search(viewer=world.clerk, text="张"),
        "doors": lambda: queries.search(viewer=world.clerk, text="3栋"),
        "households": lambda: queries.households(viewer=world.clerk, path=world.house.east.path),
        "residents": lambda: queries.residents(viewer=world.clerk, path=world.house.east.path),
        "sheet": lambda: queries.building_sheet(viewer=world.clerk, area=sheet_of),
        "export": lambda: list(queries.export(viewer=world.clerk, path=world.house.east.path)),
        "unmasked": lambda: queries.unmasked(viewer=world.clerk, household=family.household),
    }
    before = {name: statements(act) for name, act in asks.items()}
    members = [Joiner(family.household, person(f"张{n}", phones=("13800001234",))) for n in "甲乙丙"]
    people.add_residents(stamp=fresh(), actor=world.clerk, residents=members)
    people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(one.resident.id) for one in members])
    for door in ("3-1-101", "3-2-502"):
        other = world.family("张四", "张五", door=door)
        people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(other.residents[0], family.household))
    assert {name: statements(act) for name, act in asks.items()} == before


def _above(path: str) -> list[str]:
    from wangge.kernel.paths import ancestors

    return ancestors(path)


def test_a_household_page_shows_masked_numbers_and_whole_ones_only_to_those_who_may(
    world: World, town: dict[str, UUID]
) -> None:
    page = queries.household_page(viewer=world.clerk, household=town["3-2-501"], on=date(2020, 2, 10))
    (member,) = page.members
    assert (member.id_number, member.phones) == ("****0015", ("138****1234",))
    (clear,) = queries.unmasked(viewer=world.clerk, household=town["3-2-501"])
    assert (clear.id_number, clear.phones) == (MAN_1949, ("13800001234",))
    auditor = Viewer(
        account_id=uuid7(), number=9, login="a", name="", grants=(Grant(Role.AUDITOR, world.house.town.path),)
    )
    for ask in (
        lambda: queries.unmasked(viewer=auditor, household=town["3-2-501"]),
        lambda: queries.household_page(viewer=auditor, household=town["3-2-501"], on=date(2020, 2, 10)),
        lambda: queries.spot(viewer=auditor, household=town["3-2-501"]),
    ):
        with refused("people.household_unknown"):
            ask()
    with refused("people.resident_unknown"):
        queries.household_of(viewer=auditor, resident=town["张伟"])


def test_a_page_says_what_is_missing_and_who_sleeps_where(world: World, town: dict[str, UUID]) -> None:
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(town["翟红"], town["3-2-501"]))
    host = queries.household_page(viewer=world.clerk, household=town["3-2-501"], on=date(2020, 2, 10))
    assert [(guest.name, guest.home_door) for guest in host.guests] == [("翟红", "3-2-502")]
    there = queries.household_page(viewer=world.clerk, household=town["3-2-502"], on=date(2020, 2, 10))
    assert [(guest.name, guest.host_door) for guest in there.away] == [("翟红", "3-2-501")]
    assert "no_head" in there.gaps
    gaps = {member.name: set(member.gaps) for member in there.members}
    assert {"birth_missing", "number_missing", "sex_missing", "phone_missing"} <= gaps["張國榮"]


def test_a_building_is_drawn_from_the_top_floor_down(world: World, town: dict[str, UUID]) -> None:
    from wangge.places.models import Area

    world.door("3-2-101")
    world.door("3-1-201")
    building = Area.objects.get(level="building", name__startswith="3", path__startswith=world.grids[0].path)
    sheet = queries.building_sheet(viewer=world.clerk, area=building.id)
    drawn = [
        (unit.name, floor.number, [cell.door for cell in floor.cells]) for unit in sheet.units for floor in unit.floors
    ]
    assert drawn == [("1", 2, ["3-1-201"]), ("2", 5, ["3-2-501", "3-2-502"]), ("2", 1, ["3-2-101"])]
    assert sheet.doors == 4
    heads = [
        line.head for unit in sheet.units for floor in unit.floors for cell in floor.cells for line in cell.households
    ]
    assert heads == ["张伟", "翟红"]
    with refused("places.area_unknown"):
        queries.building_sheet(viewer=world.clerk, area=world.west.id)


def test_an_export_is_in_order_of_doors_with_nothing_that_cannot_be_relied_on(
    world: World, town: dict[str, UUID]
) -> None:
    doubtful = person("王疑", id_number=MAN_1949[:-1] + "0")
    world.add(NewHousehold(id=uuid7(), area=world.door("3-10-101"), members=(doubtful,)))
    world.family("船上人")
    rows = list(queries.export(viewer=world.clerk, path=world.house.east.path))
    assert [row.door for row in rows] == ["3-2-501", "3-2-502", "3-10-101", "4/12", "13-0-1506", None]
    members = {one.name: one for row in rows for one in row.members}
    assert (members["张伟"].id_number, members["张伟"].phones, members["张伟"].head) == (
        MAN_1949,
        ("13800001234",),
        True,
    )
    assert members["王疑"].id_number is None
    volunteer = Viewer(
        account_id=uuid7(), number=9, login="v", name="", grants=(Grant(Role.GRID_WORKER, world.house.town.path),)
    )
    assert list(queries.export(viewer=volunteer, path=world.house.east.path)) == []
