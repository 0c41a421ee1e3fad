"""What an office hid, struck out or let the workbook compute is nobody's statement: not taken, and said."""

import pytest
import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from tests.flows.import_roster.books import HEADINGS, QIAN, WU, ZHOU, book, names, people, read, said
from wangge.kernel.refused import Refused

ROSTER = ("名册", (HEADINGS, ZHOU, WU, QIAN))


def test_a_hidden_row_is_not_read_and_is_said() -> None:
    found = read(book(ROSTER, change=lambda _, sheet: sheet.set_row(2, None, None, {"hidden": True})))
    assert names(found) == ["周民", "钱七"]
    assert said(found) == [("名册", 3, None, "hidden_row_skipped")]


def test_a_row_without_height_is_hidden_too() -> None:
    found = read(book(ROSTER, change=lambda _, sheet: sheet.set_row(2, 0)))
    assert names(found) == ["周民", "钱七"]


def test_a_hidden_column_is_not_read_and_is_said_once() -> None:
    found = read(book(ROSTER, change=lambda _, sheet: sheet.set_column(4, 4, None, None, {"hidden": True})))
    assert [one.phones for one in people(found)] == [(), (), ()]
    assert said(found) == [("名册", None, "E", "hidden_column_skipped")]


def test_a_struck_name_leaves_its_row_out() -> None:
    def strike(made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_row(2, 0, WU, made.add_format({"font_strikeout": True}))

    found = read(book(ROSTER, change=strike))
    assert names(found) == ["周民", "钱七"]
    assert {code for *_, code in said(found)} == {"struck_out_skipped"}
    assert [row.left for row in found.rows] == ["", "skipped", ""]


def test_a_struck_telephone_is_not_taken_and_the_person_is() -> None:
    def strike(made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write(2, 4, WU[4], made.add_format({"font_strikeout": True}))

    found = read(book(ROSTER, change=strike))
    assert [one.phones for one in people(found)] == [("16963934191",), (), ("16963934193",)]
    assert said(found) == [("名册", 3, "E", "struck_out_skipped")]


def test_of_a_cell_that_is_struck_in_part_the_rest_is_taken() -> None:
    def strike(made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        plain, struck = made.add_format(), made.add_format({"font_strikeout": True})
        sheet.write_rich_string(2, 4, struck, "16963934199", plain, " 16963934192", plain)

    found = read(book(ROSTER, change=strike))
    assert people(found)[1].phones == ("16963934192",)
    assert said(found) == [("名册", 3, "E", "struck_out_skipped")]


def test_a_computed_name_leaves_its_row_out_and_a_computed_telephone_only_itself() -> None:
    def compute(_made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.write_formula(1, 4, "=E3", None, "16963934192")
        sheet.write_formula(3, 1, '=B2&"子"', None, "周民子")

    found = read(book(ROSTER, change=compute))
    assert [(one.name, one.phones) for one in people(found)] == [("周民", ()), ("吴梅", ("16963934192",))]
    assert said(found) == [("名册", 2, "E", "formula_not_taken"), ("名册", 4, "B", "formula_not_taken")]


def test_a_hidden_sheet_is_not_read_even_when_it_is_the_only_one_with_people() -> None:
    def hide(made: xlsxwriter.Workbook, _sheet: Worksheet) -> None:
        made.worksheets()[1].very_hidden()

    content = book(("封面", (("说明",),)), ("旧", (HEADINGS, ZHOU)), change=hide)
    with pytest.raises(Refused, match="headings_missing"):
        read(content)


def test_nothing_is_said_of_hidden_places_in_which_nothing_stands() -> None:
    def hide(_made: xlsxwriter.Workbook, sheet: Worksheet) -> None:
        sheet.set_column(9, 12, None, None, {"hidden": True})
        sheet.set_row(7, None, None, {"hidden": True})

    assert said(read(book(ROSTER, change=hide))) == []


def test_days_are_counted_as_the_workbook_counts_them() -> None:
    rows = (("姓名", "身份证号", "出生日期"), ("周民", "", 5000), ("吴梅", "", 20000))
    since_1900, since_1904 = read(book(("一", rows))), read(book(("一", rows), date_1904=True))
    days = [[str(one.birth) for one in people(found)] for found in (since_1900, since_1904)]
    assert days == [["None", "1954-10-03"], ["None", "1958-10-04"]]
