"""Columns, cells, doors and rows."""

from datetime import date, datetime

import pytest

from wangge.flows.import_roster.cells import read_day, read_numeral, read_part, read_phones, text_of
from wangge.flows.import_roster.columns import field_of, is_forbidden
from wangge.flows.import_roster.doors import read_door
from wangge.flows.import_roster.file import read_file
from wangge.flows.import_roster.reading import Cell, Sheet, SheetRow
from wangge.flows.import_roster.rows import ReadRow, read_rows
from wangge.flows.import_roster.tables import find_table

DAY = date(2020, 2, 10)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("姓名", "name"),
        (" 姓 名 ", "name"),
        ("姓名（必填）", "name"),
        ("Full Name", "name"),
        ("身份证号码", "number"),
        ("ID_number", "number"),
        ("联系电话2", "phones"),
        ("户主本人联系电话", "phones"),
        ("与户主关系", "relation"),
        ("户主", "head"),
        ("楼栋号", "building"),
        ("组", "group"),
        ("心情", None),
        ("", None),
    ],
)
def test_headings_are_known_by_what_offices_write(header: str, field: str | None) -> None:
    assert field_of(header)[0] == field


@pytest.mark.parametrize(
    "header", ["民族", "宗教信仰", "政治面貌", "是否党员", "手机基站位置", "Religion", "party_member", "GPS", "坐标"]
)
def test_what_is_never_asked_is_known_by_its_heading(header: str) -> None:
    assert is_forbidden(header)


def test_headings_are_found_below_a_title_and_forbidden_columns_are_dropped() -> None:
    rows = (
        (1, ("某村花名册", "", "")),
        (3, ("姓名", "民族", "住址", "联系电话", "电话2", "姓名")),
        (4, ("张伟", "汉")),
    )
    found = find_table(Sheet(None, False, tuple(SheetRow(*row) for row in rows)), {}, {})
    assert found is not None
    assert (found.header_row, [one.header for one in found.dropped]) == (3, ["民族"])
    assert found.places == {"name": (0,), "door": (2,), "phones": (3, 4)}
    assert [(one.column, one.field) for one in found.columns][-1] == ("F", None)


def test_a_sheet_without_name_or_number_is_no_roster() -> None:
    assert find_table(Sheet(None, False, (SheetRow(1, ("楼号", "单元", "房号")),)), {}, {}) is None


@pytest.mark.parametrize(
    ("cell", "day", "fault"),
    [
        ("2020.2.3", date(2020, 2, 3), ""),
        ("2020年2月3日", date(2020, 2, 3), ""),
        ("2020 年 2 月 3 日", date(2020, 2, 3), ""),
        ("２０２０/2/3", date(2020, 2, 3), ""),
        ("20200203", date(2020, 2, 3), ""),
        (20200203.0, date(2020, 2, 3), ""),
        (43864.0, date(2020, 2, 3), ""),
        (datetime(2020, 2, 3, 0, 0), date(2020, 2, 3), ""),  # noqa: DTZ001
        ("13/04/1965", date(1965, 4, 13), ""),
        ("03/04/1965", None, "date_ambiguous"),
        ("2020-02-30", None, "date_impossible"),
        ("二月", None, "cell_unreadable"),
        (2.1, None, "cell_unreadable"),
        ("无", None, ""),
        ("", None, ""),
    ],
)
def test_dates_are_read_for_certain_or_said_why_not(cell: Cell, day: date | None, fault: str) -> None:
    assert read_day(cell) == (day, fault)


@pytest.mark.parametrize(
    ("cell", "numbers", "wrong"),
    [
        ("169 6393 4191", ("16963934191",), False),
        ("194-4800-4863", ("19448004863",), False),
        ("15494857977（儿子）、+86 16963934191", ("15494857977", "16963934191"), False),
        ("15499528797 16316473130", ("15499528797", "16316473130"), False),
        (16347131679.0, ("16347131679",), False),
        ("0600-1234567", ("0600-1234567",), False),
        ("15494857977;15494857977", ("15494857977",), False),
        ("1945125823", (), True),
        ("16347131679/123", ("16347131679",), True),
        ("没有电话", (), False),
        ("", (), False),
    ],
)
def test_every_telephone_in_a_cell_is_taken_and_what_is_none_is_said(
    cell: Cell, numbers: tuple[str, ...], wrong: bool
) -> None:
    assert read_phones(cell) == (numbers, wrong)


@pytest.mark.parametrize(
    ("text", "part"),
    [("第3栋", "3"), ("一单元", "1"), ("501室", "501"), ("１６#", "16"), ("十二组", "12"), ("001", "1"), ("3A", "3A"),
     ("五零一", "501"), ("", ""), ("甲栋", None), ("301.5", None)],
)  # fmt: skip
def test_parts_of_a_door_are_read_with_their_words(text: str, part: str | None) -> None:
    assert read_part(text) == part


@pytest.mark.parametrize(
    ("text", "number"), [("十", 10), ("二十", 20), ("一百零三", 103), ("五〇一", 501), ("百百", None)]
)
def test_numerals_are_counted(text: str, number: int | None) -> None:
    assert read_numeral(text) == number


@pytest.mark.parametrize(
    ("texts", "door"),
    [
        ({"door": "3-2-501"}, "3-2-501"),
        ({"door": "三栋二单元501室"}, "3-2-501"),
        ({"door": "03-02-501"}, "3-2-501"),
        ({"building": "3号楼", "unit": "2单元", "room": "501"}, "3-2-501"),
        ({"building": "13", "room": "1506室"}, "13-0-1506"),
        ({"building": "3", "unit": "东门", "room": "501"}, None),
        ({"group": "4", "house": "12"}, "4/12"),
        ({"group": "第四组", "door": "12号"}, "4/12"),
        ({"door": "四组12号", "house": "7"}, "4/12"),
        ({"group": "4", "house": "7", "door": ""}, "4/7"),
        ({"group": "4", "house": "7", "door": "河边第二家"}, None),
        ({"door": "胡同口往里走"}, None),
        ({}, None),
    ],
)
def test_a_door_is_read_from_any_of_its_columns_or_not_at_all(texts: dict[str, str], door: str | None) -> None:
    key, written = read_door(texts)
    assert (str(key) if key else None) == door
    assert bool(written) == bool(texts)


def rows_of(text: str) -> list[ReadRow]:
    return list(read_file(text.encode(), DAY).rows)


HEAD = "住址,姓名,与户主关系,性别,出生日期,身份证号,电话,备注\n"


def codes(text: str) -> list[tuple[str | None, str]]:
    (row,) = rows_of(HEAD + text)
    return [(report.column, report.code) for report in row.reports]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("1-1-101,周民,户主,男,1939-01-23,43112619390123997X,16963934191,", []),
        ("1-1-101,周民,户主,,,431126390123997,,", [("F", "id_15_digits")]),
        ("1-1-101,周民,户主,,,431126193901239971,,", [("F", "id_check_digit")]),
        ("1-1-101,周民,户主,,,431126193902309971,,", [("F", "id_date_invalid")]),
        ("1-1-101,周民,户主,,,4311261939,,", [("F", "id_length")]),
        ("1-1-101,周民,户主,,,4.31126E+17,,", [("F", "id_truncated")]),
        ("1-1-101,周民,户主,,,无,,", [("F", "id_missing")]),
        ("1-1-101,周民,户主,女,1939-01-24,43112619390123997X,,", [("E", "birth_conflict"), ("D", "sex_conflict")]),
        ("1-1-101,周民,户主,,2021-01-01,无,,", [("F", "id_missing"), ("E", "date_impossible")]),
        ("1-1-101,周民,户主,中,,43112619390123997X,,", [("D", "cell_unreadable")]),
        ("1-1-101,周民,邻居,,,43112619390123997X,,", [("C", "cell_unreadable")]),
        ("1-1-101,,户主,,,43112619390123997X,,", [("B", "name_missing")]),
        ("1-1-101,周民,户主,,,43112619390123997X,12,", [("G", "phone_invalid")]),
        ("河边,周民,户主,,,43112619390123997X,,", [("A", "address_unreadable")]),
        ("1-1-101,周民,户主,,,43112619390123997X,,,多写的", [("I", "stray_note")]),
    ],
)
def test_what_is_wrong_with_a_person_is_said_by_column(row: str, said: list[tuple[str, str]]) -> None:
    assert codes(row) == said


@pytest.mark.parametrize(
    ("row", "left", "said"),
    [
        ("合计,,,,,,,", "skipped", [("A", "total_row_skipped")]),
        ("1号楼小计,0户,,,,,,", "skipped", [("A", "total_row_skipped")]),
        (HEAD.strip(), "skipped", [("A", "header_repeated_skipped")]),
        ("1-1-101,空置,,,,,,", "skipped", [("B", "vacant_door")]),
        ("1-1-101,,,,,,,", "skipped", [("B", "vacant_door")]),
        ("以下为租户,,,,,,,", "skipped", [("A", "stray_note")]),
        ("1-1-101,周民,户主,,,43112619390123997X,,已去世", "skipped", [("H", "not_resident")]),
        ("1-1-101,周民、吴梅,户主,,,,,", "rejected", [("B", "cell_unreadable")]),
        ("1-1-101,=A1+1,户主,,,,,", "rejected", [("B", "cell_unreadable")]),
    ],
)
def test_a_row_that_is_no_person_is_left_out_and_said(row: str, left: str, said: list[tuple[str, str]]) -> None:
    (read,) = rows_of(HEAD + row)
    assert (read.person, read.left, [(one.column, one.code) for one in read.reports]) == (None, left, said)


def test_a_good_number_tells_birth_and_sex() -> None:
    (row,) = rows_of(HEAD + "1-1-101,周民,户主,女,,43112619390123997X,,")
    assert row.person
    assert (row.person.birth, row.person.sex) == (date(1939, 1, 23), "M")


def test_a_number_cut_off_by_a_workbook_still_tells_the_birth() -> None:
    cells: tuple[Cell, ...] = ("周民", "1-1-101", 4.31126193901239e17)
    sheet = Sheet("a", False, (SheetRow(1, ("姓名", "住址", "身份证号")), SheetRow(2, cells)))
    found = find_table(sheet, {}, {})
    assert found
    (row,) = read_rows(sheet, found, DAY, {})
    assert row.person
    assert (row.person.number, row.person.partial, row.person.birth) == ("", "431126193901239", date(1939, 1, 23))


def test_a_family_keeps_the_door_of_its_first_row() -> None:
    text = "3-2-501,甲一,户主,,,,,\n,甲二,妻,,,,,\n同上,甲三,子,,,,,\n3-2-502,乙一,户主,,,,,\n,丙一,户主,,,,,\n"
    people = [row.person for row in rows_of(HEAD + text)]
    assert [one.door for one in people if one] == ["3-2-501", "3-2-501", "3-2-501", "3-2-502", ""]
    assert [one.block for one in people if one] == [1, 1, 1, 2, 3]


def test_a_building_and_its_unit_hold_until_the_next_is_written() -> None:
    text = "楼号,单元,房号,姓名\n1,1,101,甲\n,,102,乙\n,2,101,丙\n2,,101,丁\n"
    assert [row.person.door for row in rows_of(text) if row.person] == ["1-1-101", "1-1-102", "1-2-101", "2-0-101"]


def test_forbidden_cells_are_in_nothing_that_was_read() -> None:
    read = read_file("姓名,住址,民族,宗教信仰\n张伟,1-1-101,禁读甲,禁读乙\n".encode(), DAY)
    assert "禁读" not in repr(read)
    assert [one.header for one in read.dropped] == ["民族", "宗教信仰"]
    assert [(one.row, one.column, one.code) for one in read.reports] == [
        (1, "C", "forbidden_column"),
        (1, "D", "forbidden_column"),
    ]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(501.0, "501"), (1.5, "1.5"), (None, ""), ("\u200b张\ufeff ", "张"), (date(2020, 2, 3), "2020-02-03")],
)
def test_cells_are_text_the_way_people_see_them(cell: Cell, text: str) -> None:
    assert text_of(cell) == text
