"""Divisions and buildings from sheets: each row is used or reported, and the same sheet again changes nothing."""

import pytest

from tests.places.world import add, county, fresh, open_county, worker
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.flows.import_places import PlacesImported, import_buildings, import_divisions
from wangge.journal.models import Line
from wangge.kernel.refused import Refused
from wangge.places import queries
from wangge.places.checking import tree_faults
from wangge.places.commands import rename_area
from wangge.places.models import Area
from wangge.places.rules import Level

pytestmark = pytest.mark.django_db(transaction=True)

HEADER = "code,name,level,parent\n"
VILLAGES = """420000000000,湖北省,province,
420300000000,十堰市,prefecture,420000000000
420322000000,郧西县,county,420300000000
420322100000,城关镇,township,420322000000
420322100001,东方居委会,village,420322100000
420322100200,下北隅村委会,village,420322100000
420322100999,特殊社区,village,420322100000
"""


def bring(actor: Viewer, text: str | bytes) -> PlacesImported:
    content = text if isinstance(text, bytes) else text.encode()
    return import_divisions(stamp=fresh(), actor=actor, content=content, file="sheet.csv")


def told(done: PlacesImported) -> list[tuple[int, str | None, str]]:
    return [(said.row, said.column, said.code) for said in done.reported]


def test_a_county_gets_its_villages_once_and_its_own_names_stay() -> None:
    admin = open_county()
    done = bring(admin, "\ufeff" + HEADER + VILLAGES)
    assert (done.rows, done.created, done.unchanged, done.rejected, told(done)) == (7, 4, 3, 0, [])
    made = {row.code: (row.level, row.name) for row in queries.descend(county().path, "community")}
    assert made == {"420322100001": ("community", "东方居委会"), "420322100999": ("community", "特殊社区")}
    village = queries.area_by_code("420322100200")
    assert village is not None
    assert village.level == "village"
    again = bring(admin, HEADER + VILLAGES)
    assert (again.created, again.unchanged, told(again)) == (0, 7, [])
    rename_area(stamp=fresh(), actor=admin, area=village.id, name="下北隅村")
    assert told(bring(admin, HEADER + VILLAGES)) == [(7, "B", "name_differs")]
    assert tree_faults() == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
def test_offices_words_signs_and_encodings_are_read(encoding: str, sign: str) -> None:
    admin = open_county()
    rows = ("统计用区划代码,城乡分类代码,名称", "420322100000,,城关镇", ",,", "４２０３２２１００００１,111,东方居委会")
    done = bring(admin, "\r\n".join(rows).replace(",", sign).encode(encoding))
    assert (done.rows, done.created, told(done)) == (2, 2, [])
    community = queries.area_by_code("420322100001")
    assert community is not None
    assert community.kind == "111"


def test_a_missing_township_comes_from_the_shipped_list() -> None:
    admin = open_county()
    done = bring(admin, "code,name\n420322100001,东方居委会\n420322100002,东营居委会\n")
    assert (done.rows, done.created, done.rejected, told(done)) == (2, 2, 0, [(2, "A", "parent_added")])
    town = queries.area_by_code("420322100")
    assert town is not None
    assert (town.name, len(queries.children(town))) == ("城关镇", 2)


def test_rows_that_cannot_be_used_are_reported_by_row_and_column() -> None:
    admin = open_county()
    rows = [
        "420322100000,城关镇,township,", "4.20322E+11,甲,,", ",乙,,", "420322100001,,,", "420322100000,又一个,,",
        "110101001000,东华门街道,,", "420322888001,无镇居委会,,", "420322100002,东营居委会,county,",
    ]  # fmt: skip
    done = bring(admin, HEADER + "\n".join(rows))
    assert sorted(told(done)) == [
        (3, "A", "code_malformed"), (4, "A", "code_missing"), (5, "B", "name_missing"), (6, "A", "code_repeated"),
        (7, "A", "outside"), (8, "A", "parent_unknown"), (9, "C", "level_differs"),
    ]  # fmt: skip
    assert (done.rows, done.created, done.unchanged, done.rejected) == (8, 2, 0, 6)


def test_a_village_directly_below_its_county_and_a_hidden_filler_are_kept_in_the_tree() -> None:
    admin = open_county()
    rows = (
        "420322000201,独立村委会,village,420322000000",
        "420322198000,郧西县直辖村级区划,township,420322000000",
        "420322198200,林场村,village,420322198000",
    )
    assert bring(admin, HEADER + "\n".join(rows)).created == 3
    assert {row.name for row in queries.children(county())} == {"独立村委会", "林场村"}
    filler = queries.area_by_code("420322198")
    assert filler is not None
    assert filler.hidden
    assert tree_faults() == []


def test_more_than_a_transactions_worth_of_rows_is_cut_into_several() -> None:
    admin = open_county()
    bring(admin, HEADER + "420322100000,城关镇,township,420322000000\n")
    rows = "".join(f"420322100{number:03d},第{number}村委会,village,420322100000\n" for number in range(1, 1000))
    assert bring(admin, HEADER + rows).created == 999
    assert Line.objects.filter(kind="places.area_added").count() == Area.objects.count()
    assert bring(admin, HEADER + rows).unchanged == 999


def test_only_what_the_account_manages_is_added() -> None:
    admin = open_county()
    bring(admin, HEADER + "420322100000,城关镇,township,420322000000\n420322101000,土门镇,township,420322000000\n")
    town = queries.area_by_code("420322100")
    assert town is not None
    clerk = worker(admin, "shen.jie", Role.CLERK, town)
    with pytest.raises(Refused, match=r"access\.forbidden"):
        bring(clerk, HEADER + VILLAGES)
    lead = worker(admin, "chen.lixin", Role.TOWN_LEAD, town)
    done = bring(lead, HEADER + VILLAGES + "420322101200,乙村委会,village,420322101000\n420322102000,丙镇,township,\n")
    assert (done.created, told(done)) == (3, [(10, "A", "outside"), (9, "A", "outside")])


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"PK\x03\x04", "places.file_unreadable"),
        (b"code,name\n\xff\xff\xff", "places.file_unreadable"),
        (b"", "places.header_missing"),
        (b"name,level\nx,village\n", "places.header_missing"),
    ],
)
def test_a_file_that_is_no_such_sheet_is_refused(content: bytes, code: str) -> None:
    admin = open_county()
    with pytest.raises(Refused) as said:
        bring(admin, content)
    assert said.value.code == code


BUILDINGS = "楼号,单元数,层数,每层户数\n1,3,6,2\n7,0,18,6\n"


def build(actor: Viewer, area: Area, text: str) -> PlacesImported:
    return import_buildings(stamp=fresh(), actor=actor, area=area.id, content=text.encode(), file="buildings.csv")


def test_buildings_come_with_stairwells_and_doors_once() -> None:
    admin = open_county()
    home = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    done = build(admin, home, "\ufeff" + BUILDINGS)
    assert (done.rows, done.created, done.doors, done.rejected, told(done)) == (2, 2, 144, 0, [])
    assert queries.counts_inside(home.path) == {"building": 2, "stairwell": 3, "dwelling": 144}
    assert Area.objects.filter(door__in=["1-3-602", "7-0-1806"]).count() == 2
    again = build(admin, home, BUILDINGS)
    assert (again.created, again.unchanged, again.doors, told(again)) == (0, 2, 0, [])
    assert tree_faults() == []


def test_a_larger_building_gets_more_doors_and_a_smaller_one_keeps_its_own() -> None:
    admin = open_county()
    home = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    build(admin, home, BUILDINGS)
    done = build(admin, home, "building,units,floors,doors_per_floor\n1号楼,3,7,2\n7,0,10,6\n9,12,33,6\n")
    assert (done.created, done.enlarged, done.unchanged, done.doors) == (1, 1, 1, 6 + 12 * 33 * 6)
    assert told(done) == [(3, "A", "smaller")]
    assert Area.objects.filter(door="1-1-702").exists()
    assert Area.objects.filter(door="7-0-1806", retired_at=None).exists()


def test_building_rows_that_cannot_be_used_are_reported() -> None:
    admin = open_county()
    home = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    first, second = add(home, Level.GRID, "第1网格", "第2网格")
    add(second, Level.BUILDING, "8号楼")
    rows = "1,3.0,6层,2户\n2,三,6,2\n,1,1,1\n1栋,1,1,1\n3,1,0,1\n8,1,1,1\n4,1\n"
    done = build(admin, first, "楼号,单元数,层数,每层户数\n" + rows)
    assert told(done) == [
        (3, "B", "number_malformed"), (4, "A", "name_missing"), (5, "A", "building_repeated"),
        (6, "C", "number_impossible"), (7, "A", "building_elsewhere"), (8, "C", "number_malformed"),
        (8, "D", "number_malformed"),
    ]  # fmt: skip
    assert (done.rows, done.created, done.rejected, done.doors) == (7, 1, 6, 36)


def test_buildings_go_only_into_a_community_or_grid_that_the_account_manages() -> None:
    admin = open_county()
    home, other = add(county(), Level.COMMUNITY, "翠湖社区", "青山社区")
    lead = worker(admin, "he.min", Role.COMMUNITY_LEAD, other)
    for actor, area, code in ((lead, home, "access.forbidden"), (admin, county(), "places.level_order")):
        with pytest.raises(Refused) as said:
            build(actor, area, BUILDINGS)
        assert said.value.code == code
    assert build(admin, home, BUILDINGS).created == 2
    assert build(lead, other, BUILDINGS).created == 2
