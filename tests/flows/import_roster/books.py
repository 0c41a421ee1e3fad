"""Workbooks made for one test each."""

import io
from collections.abc import Callable, Sequence
from datetime import date

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from wangge.flows.import_roster.file import ReadFile, read_file
from wangge.flows.import_roster.rows import RosterRow

TODAY = date(2020, 2, 10)
HEADINGS = ("住址", "姓名", "与户主关系", "身份证号", "联系电话", "备注")
ZHOU = ("1-1-101", "周民", "户主", "43112619390123997X", "16963934191", "")
WU = ("", "吴梅", "妻", "431126193703259064", "16963934192", "")
QIAN = ("1-1-102", "钱七", "户主", "", "16963934193", "")


def book(
    *sheets: tuple[str, Sequence[Sequence[object]]],
    change: Callable[[xlsxwriter.Workbook, Worksheet], object] = lambda _book, _sheet: None,
    **options: object,
) -> bytes:
    """Return an .xlsx of these sheets; ``change`` does something more to the first."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, **options}) as workbook:
        for name, rows in sheets:
            sheet = workbook.add_worksheet(name)
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
        change(workbook, workbook.worksheets()[0])
    return made.getvalue()


def read(content: str | bytes) -> ReadFile:
    """Return a file as it is read."""
    return read_file(content if isinstance(content, bytes) else content.encode(), TODAY)


def people(found: ReadFile) -> list[RosterRow]:
    """Return the people of a file."""
    return [row.person for row in found.rows if row.person]


def names(found: ReadFile) -> list[str]:
    """Return the names of the people of a file."""
    return [one.name for one in people(found)]


def said(found: ReadFile) -> list[tuple[str | None, int | None, str | None, str]]:
    """Return everything reported while reading, apart from missing numbers."""
    every = [*found.reports, *(one for row in found.rows for one in row.reports)]
    return [(one.sheet, one.row, one.column, one.code) for one in every if one.code != "id_missing"]
