"""Lists of shapes that nobody has seen yet: headings, days, doors, places, words of findings."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from wangge.flows.handed_down_list.answers import read_outcome
from wangge.flows.handed_down_list.door import building_of, door_of
from wangge.flows.handed_down_list.exposure import is_exposed
from wangge.flows.handed_down_list.sheet import ListRow, read_list
from wangge.kernel.refused import Refused

AS_OF = date(2020, 2, 10)
NUMBER, OTHER = "420300194901010015", "420300197701310180"


def rows(text: str) -> list[ListRow]:
    return list(read_list(text.encode(), AS_OF).rows)


def test_columns_are_known_in_any_order_and_by_other_words() -> None:
    (one,) = rows(
        "关于排查返乡人员的函,,,,,,,\n"
        "序号,返乡日期,现居住地址,离开武汉时间,联系方式,公民身份号码,人员姓名,何地返回\n"
        f"1,2月5日,3栋2单元501,二月三日,13800001234,{NUMBER},王建国,武汉市\n"
    )
    assert (one.row, one.name, one.number, one.phones) == (3, "王建国", NUMBER, ("13800001234",))
    assert (one.left, one.arrived, one.source) == (date(2020, 2, 3), date(2020, 2, 5), "武汉市")


def test_numbers_and_telephones_are_found_by_what_stands_in_their_columns() -> None:
    found = read_list(f"姓名,甲,乙,地址\n王建国,13800001234,{NUMBER},x\n李梅,13800001235,{OTHER},y\n".encode(), AS_OF)
    assert [(one.number, one.phones) for one in found.rows] == [
        (NUMBER, ("13800001234",)), (OTHER, ("13800001235",)),
    ]  # fmt: skip


def test_a_time_of_leaving_means_leaving_here_only_beside_the_question_whether_they_left() -> None:
    (one,) = rows("姓名,离开时间,是否离开,离开时间,去向\n王建国,2020-02-01,是,2020-02-08,深圳\n")
    assert (one.left, one.left_again, one.left_again_on, one.left_again_to) == (
        date(2020, 2, 1), True, date(2020, 2, 8), "深圳",
    )  # fmt: skip
    (bare,) = rows("姓名,身份证号,离开时间\n王建国,,2020-02-01\n")
    assert bare.left == date(2020, 2, 1)


def test_forbidden_columns_are_not_read_also_below_a_common_heading() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (("核查名单", None, None, None, None), ("姓名", "身份证号", "轨迹信息", None, "民族"),
                 (None, None, "基站", "经纬度", None), ("王建国", NUMBER, "禁1", "禁2", "禁3")):  # fmt: skip
        sheet.append(line)
    sheet.merge_cells("C2:D2")
    made = io.BytesIO()
    book.save(made)
    read = read_list(made.getvalue(), AS_OF)
    assert read.dropped == ("基站", "经纬度", "民族")
    assert [one.name for one in read.rows] == ["王建国"]
    assert "禁" not in f"{read}"


def test_a_forbidden_heading_that_is_merged_over_several_columns_forbids_them_all() -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(("姓名", "轨迹", None, "身份证号"))
    sheet.append(("王建国", "禁1", "禁2", NUMBER))
    sheet.merge_cells("B1:C1")
    made = io.BytesIO()
    book.save(made)
    read = read_list(made.getvalue(), AS_OF)
    assert (read.dropped, read.rows[0].number) == (("轨迹",), NUMBER)
    assert "禁" not in f"{read}"


def test_several_sheets_are_one_list_and_hidden_ones_none() -> None:
    book = Workbook()
    for title, hidden in (("一组", False), ("二组", False), ("旧", True)):
        sheet = book.create_sheet(title)
        sheet.append(("姓名", "电话"))
        sheet.append((f"人{title[0]}", "13800001234"))
        sheet.sheet_state = "hidden" if hidden else "visible"
    del book["Sheet"]
    made = io.BytesIO()
    book.save(made)
    read = read_list(made.getvalue(), AS_OF)
    assert [(one.sheet, one.row) for one in read.rows] == [("一组", 2), ("二组", 2)]
    assert ("旧", None, None, "hidden_sheet_skipped") in read.reports


def test_what_is_no_list_of_people_is_refused() -> None:
    for text, code in (("日期,数量\n1,2\n", "lists.headings_missing"), ("姓名,电话\n合计,\n", "lists.nobody")):
        with pytest.raises(Refused) as said:
            rows(text)
        assert said.value.code == code


@pytest.mark.parametrize(
    ("address", "door"),
    [
        ("幸福里社区16#1-502", "16-1-502"), ("13幢4层403", "13-0-403"), ("１３栋１６０１", "13-0-1601"),
        ("第6栋第2单元2楼201", "6-2-201"), ("幸福里社区七栋八零二", "7-0-802"), ("14 3 101", "14-3-101"),
        ("幸福里社区7-1802", "7-0-1802"), ("6栋201", ""), ("6-201", ""), ("市内建设路55号", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_door_is_read_for_certain_or_not_at_all(address: str, door: str) -> None:
    assert door_of(address, {"6": True, "7": False, "13": False, "14": True, "16": True}) == door


def test_a_building_is_known_where_the_door_is_not() -> None:
    assert [building_of(text) for text in ("幸福里3号楼", "第12栋", "建设路55号")] == ["3", "12", ""]


@pytest.mark.parametrize(
    ("source", "risks", "exposed"),
    [
        ("湖北黄冈", ("湖北",), True), ("湖北省武汉市江岸区", ("湖北",), True), ("武汉江岸区", ("湖北",), True),
        ("黄冈", ("湖北省",), True), ("湖北", ("武汉",), True), ("湖北黄冈", ("武汉",), False),
        ("湖南长沙", ("湖北",), False), ("江苏常熟", ("湖北", "浙江温州"), False), ("温州", ("湖北", "浙江"), True),
        ("", ("湖北",), True), ("湖南长沙", (), True),
    ],
)  # fmt: skip
def test_somebody_is_not_exposed_only_where_the_source_is_known_to_lie_outside(
    source: str, risks: tuple[str, ...], exposed: bool
) -> None:
    assert is_exposed(source, risks) is exposed


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("属实，已登记", "already_surveyed"), ("信息无误", "already_surveyed"), ("信息有误，已更正", "wrong_info"),
        ("漏登，现住该处", "newly_found"), ("未登记，现住该处", "newly_found"), ("查无此人", "not_resident"),
        ("户籍在此，人不在此居住", "not_resident"), ("房屋已出售", "not_resident"), ("已满14天，无异常", "period_over"),
        ("超过14天", "period_over"), ("途经未停留", "in_transit"), ("短暂停留后已离开", "in_transit"),
        ("非疫区返回", "not_exposed"), ("未去过武汉", "not_exposed"), ("名单内重复", "duplicate_in_list"),
        ("NEWLY_FOUND", "newly_found"), ("再联系", None), ("", None),
    ],
)  # fmt: skip
def test_findings_are_understood_as_workers_write_them(words: str, outcome: str | None) -> None:
    assert read_outcome(words) == outcome
