import csv
from datetime import date, datetime
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from tests.situation.forms.originals import merged, opened, original, values, width
from wangge.situation.forms.rules.layout import head_boxes
from wangge.situation.forms.rules.readable import Kind, Value
from wangge.situation.forms.rules.values import choices_of, kind_of, width_of
from wangge.situation.forms.sheets.drawing import Drawn, Spool
from wangge.situation.forms.sheets.excel import xlsx
from wangge.situation.forms.sheets.paper import pdf
from wangge.situation.forms.sheets.text import csv_text
from wangge.situation.forms.shipped import shipped

# as a spreadsheet has it, without a zone
BORN = datetime(1960, 2, 11)  # noqa: DTZ001
MARK = "W12345678 李华（li.hua） 2020-02-10 12:00 用途：核对 & 上报"


def drawn(code: str, **changes: object) -> Drawn:
    body = shipped()[code].body
    said: dict[str, object] = {
        "name": body.sheet, "title": body.title, "above": body.above, "footer": body.footer, "mark": MARK,
        "heads": tuple(head_boxes(body.columns, body.header_rows)), "header_rows": body.header_rows,
        "kinds": tuple(kind_of(one) for one in body.columns), "widths": tuple(width_of(one) for one in body.columns),
        "choices": tuple(choices_of(one) for one in body.columns), "zero_row": body.zero_row,
    }  # fmt: skip
    return Drawn(**(said | changes))  # type: ignore[arg-type]


def test_liuzhou_01_stands_cell_by_cell_as_printed() -> None:
    form = original("liuzhou-01")
    columns = len(form["columns"])
    asked: list[Value] = ["未排查", 3]
    row: list[Value] = [0, 12, *(asked * 6), ""]
    sheet = opened(xlsx([(drawn("liuzhou-01"), Spool([row]))]))
    assert sheet.title == form["sheet"]
    assert sheet["A1"].value == form["title"]
    assert [sheet["A2"].value, sheet["H2"].value] == ["填报单位:{area}", form["above_header"][1]]
    for column, said in enumerate(form["columns"], start=1):
        path = said["header"]
        assert sheet.cell(3, column if len(path) == 1 else column - (column - 1) % 2).value == path[0]
        assert sheet.cell(4, column).value == (path[1] if len(path) == 2 else None)
    pairs = {f"{first}3:{second}3" for first, second in ("AB", "CD", "EF", "GH", "IJ", "KL", "MN")}
    assert merged(sheet) == {"A1:O1", "A2:G2", "H2:O2", "O3:O4", "A6:E6", "F6:J6", "K6:O6", *pairs}
    assert values(sheet, 5, columns) == [*row[:-1], None]
    assert [sheet["A6"].value, sheet["F6"].value, sheet["K6"].value] == form["footer"]
    assert sheet.max_row == 6, "the mark stands in the margin and the properties, not among the cells"
    workbook = sheet.parent
    assert workbook is not None
    assert workbook.properties.description == MARK


def test_the_print_set_up_is_a4_across_with_headings_on_each_page() -> None:
    sheet = opened(xlsx([(drawn("liuzhou-01"), Spool([[0] * 14 + [""]]))]))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert sheet.sheet_properties.pageSetUpPr is not None
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.page_setup.fitToHeight == 0, "as many pages as it takes, one page wide"
    assert sheet.freeze_panes == "A5"
    assert sheet.print_title_rows == "$3:$4"
    assert str(sheet.print_area).endswith("$A$1:$O$6")
    xml = ZipFile(BytesIO(xlsx([(drawn("liuzhou-01"), Spool())]))).read("xl/worksheets/sheet1.xml").decode()
    assert "<oddFooter>&amp;C&amp;9第 &amp;P 页 / 共 &amp;N 页</oddFooter>" in xml
    assert "核对 &amp;&amp; 上报" in xml, "a single & begins a code in a header"


def test_people_stand_as_text_days_as_days_and_each_row_carries_its_mark() -> None:
    form = drawn("grid-platform-people", row_mark="W12345678")
    columns = shipped()["grid-platform-people"].body.columns
    row = [_like(kind, number) for number, kind in enumerate(form.kinds)]
    row[0] = "=1+2 <王> & 五\x0b"
    sheet = opened(xlsx([(form, Spool([row, row]))]))
    heads = values(sheet, 2, form.columns)
    assert heads == [column.header[0] for column in columns]
    assert sheet["A3"].value == "=1+2 <王> & 五"
    assert sheet["A3"].data_type == "s"
    for column, kind in enumerate(form.kinds, start=1):
        cell = sheet.cell(3, column)
        assert width(sheet, column) == pytest.approx(form.widths[column - 1], abs=0.8)
        if kind == Kind.DAY:
            assert (cell.number_format, cell.value) == ("yyyy-mm-dd", BORN)
        elif kind == Kind.TEXT:
            assert (cell.number_format, cell.data_type) == ("@", "s")
    mark = form.columns + 1
    assert [sheet.cell(number, mark).value for number in (2, 3, 4)] == ["水印", "W12345678-00001", "W12345678-00002"]
    assert str(sheet.print_area).endswith(f"${get_column_letter(form.columns)}$4"), "the marks are not printed"
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    sex = get_column_letter(heads.index("性别") + 1)
    assert lists[f"{sex}3:{sex}4"] == '"男,女"'


def _like(kind: Kind, number: int) -> Value:
    if kind == Kind.DAY:
        return date(1960, 2, 11)
    return number if kind == Kind.NUMBER else f"0{number}"


def test_an_empty_form_says_so_in_a_row_of_its_own() -> None:
    form = drawn("sanya-01")
    sheet = opened(xlsx([(form, Spool())]))
    assert sheet["A3"].value == form.zero_row
    assert f"A3:{get_column_letter(form.columns)}3" in merged(sheet)
    text = csv_text([(form, Spool())]).decode("utf-8-sig")
    assert text.splitlines()[-1] == form.zero_row


def test_text_goes_out_with_the_mark_of_utf_8_and_nothing_in_it_is_run() -> None:
    form = drawn("sanya-01", row_mark="W12345678")
    row: list[Value] = ["+8613800001234", "王，五", "男", 60, "@1", "东社区\n3栋", "-"]
    row += [""] * (form.columns - len(row))
    content = csv_text([(form, Spool([row]))])
    assert content.startswith(b"\xef\xbb\xbf")
    heads, first = list(csv.reader(StringIO(content.decode("utf-8-sig"))))
    assert heads == [*(column.header[0] for column in shipped()["sanya-01"].body.columns), "水印"]
    assert first[:7] == ["'+8613800001234", "王，五", "男", "60", "'@1", "东社区 3栋", "'-"]
    assert first[-1] == "W12345678-00001"
    counted = csv_text([(drawn("liuzhou-01"), Spool())]).decode("utf-8-sig")
    assert counted.startswith("来自武汉市的市外人员/当日增减,")


def test_paper_is_set_with_the_typeface_that_comes_along() -> None:
    form = drawn("liuzhou-01")
    content = pdf([(form, Spool([[0] * 14 + ["#set 'x' \\ [*a*]"]]))])
    assert content.startswith(b"%PDF-")
    assert b"NotoSansCJK" in content
    assert content.count(b"/Type /Page\n") + content.count(b"/Type /Page ") + content.count(b"/Type/Page/") == 1


def test_sheets_of_one_name_get_names_of_their_own() -> None:
    sheet = (drawn("sanya-01", name="3/栋"), Spool())
    book = load_workbook(BytesIO(xlsx([sheet, sheet])))
    assert book.sheetnames == ["3 栋", "3 栋 2"]


def test_rows_are_kept_compressed_and_come_back_as_they_were() -> None:
    rows: list[list[Value]] = [[number, f"张{number}", date(2020, 2, 10), None] for number in range(1_201)]
    spool = Spool(rows)
    assert (spool.count, list(spool), list(spool)) == (1_201, rows, rows)
