"""Opening files: what is read, what is refused."""

import io
import zipfile
from datetime import date

import pytest
import xlsxwriter

from wangge.flows.import_roster import reading
from wangge.flows.import_roster.file import read_file
from wangge.flows.import_roster.reading import column_letter, read_sheets
from wangge.kernel.refused import Refused

DAY = date(2020, 2, 10)


def workbook(*, hidden: bool = False) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        for row, cells in enumerate((("姓名", "住址", "出生日期"), (), ("张伟", "3-2-501", date(1980, 1, 2)))):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    sheet.write_datetime(row, column, cell, book.add_format({"num_format": "yyyy-mm-dd"}))
                else:
                    sheet.write_string(row, column, cell)
        notes = book.add_worksheet("说明")
        notes.write_string(0, 0, "请勿外传")
        if hidden:
            old = book.add_worksheet("旧")
            old.write_row(0, 0, ["姓名", "住址"])
            old.write_row(1, 0, ["李娜", "1-1-101"])
            old.hide()
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_text_is_read_in_each_encoding_with_each_delimiter(encoding: str, delimiter: str) -> None:
    text = f"姓名{delimiter}住址\n\n张伟{delimiter}3-2-501\n"
    (sheet,) = read_sheets(text.encode(encoding))
    assert (sheet.name, [row.number for row in sheet.rows]) == (None, [1, 3])
    assert sheet.rows[1].cells == ("张伟", "3-2-501")


def test_a_workbook_keeps_the_numbers_of_its_rows_past_empty_ones() -> None:
    sheets = read_sheets(workbook(hidden=True))
    assert [(sheet.name, sheet.hidden) for sheet in sheets] == [("名册", False), ("说明", False), ("旧", True)]
    assert [(row.number, row.cells) for row in sheets[0].rows][1] == (3, ("张伟", "3-2-501", date(1980, 1, 2)))


def test_sheets_that_are_hidden_or_no_roster_are_left_out_and_said() -> None:
    read = read_file(workbook(hidden=True), DAY)
    assert [(one.sheet, one.code) for one in read.reports] == [
        ("说明", "sheet_no_data"),
        ("旧", "hidden_sheet_skipped"),
    ]
    assert [row.person.name for row in read.rows if row.person] == ["张伟"]


def zipped(**entries: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "imports.file_empty"),
        (b"\n \n", "imports.file_empty"),
        (b",,\n,,\n", "imports.file_empty"),
        (b"%PDF-1.7 renamed", "imports.not_a_table"),
        (b"a letter to the office", "imports.not_a_table"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR,", "imports.not_a_table"),
        (b"\xff\xff\xff,\xff", "imports.not_a_table"),
        (b"PK\x03\x04 cut off", "imports.not_a_table"),
        (zipped(**{"readme.txt": b"x"}), "imports.not_a_table"),
        (zipped(**{"xl__workbook.xml": b"x", "xl__vbaProject.bin": b"x"}), "imports.file_has_macros"),
        (zipped(**{"xl__workbook.xml": b"no workbook"}), "imports.not_a_table"),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600 + "EncryptedPackage".encode("utf-16-le"), "imports.file_protected"),
        ("住址,电话\n1-1-101,13800001111\n".encode(), "imports.headings_missing"),
        (b",".join([b"x"] * 201), "imports.too_many_columns"),
    ],
)
def test_what_is_no_roster_is_refused_with_why(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_file(content, DAY)
    assert refused.value.code == code


@pytest.mark.parametrize("sheets", [{"one": b"0" * 2_000_000}, {f"n{n}": b"x" for n in range(1001)}])
def test_an_archive_that_unpacks_to_too_much_is_refused_before_it_is_unpacked(sheets: dict[str, bytes]) -> None:
    bomb = zipped(**{"xl__workbook.xml": b"x"}, **{f"xl__worksheets__{name}.xml": one for name, one in sheets.items()})
    with pytest.raises(Refused, match="file_unpacks_too_big"):
        read_sheets(bomb)


def test_a_file_above_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", 100)
    assert read_sheets("姓名,住址\n".encode())
    with pytest.raises(Refused, match="file_too_big"):
        read_sheets("姓名,住址\n".encode() * 10)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert read_sheets(b"a,b\n" * 3)
    with pytest.raises(Refused, match="too_many_rows"):
        read_sheets(b"a,b\n" * 4)


@pytest.mark.parametrize(("index", "letter"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(index: int, letter: str) -> None:
    assert column_letter(index) == letter
