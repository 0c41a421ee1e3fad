"""Small forms, written for one test each."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from wangge.surveys.xlsform import ReadForm, open_workbook, read_workbook

Rows = Sequence[Sequence[Any]]


def workbook(**sheets: Rows) -> bytes:
    """Return a workbook with these sheets and cells."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write(number, place, cell)
    book.close()
    return out.getvalue()


def read(**sheets: Rows) -> ReadForm:
    """Return what is read of a workbook with these sheets."""
    return read_workbook(open_workbook(workbook(**sheets)), title="form")


def told(form: ReadForm) -> list[tuple[str, int | None, str, str]]:
    """Return what was reported, as sheet, row, column and code."""
    return [(one.sheet, one.row, one.column, one.code) for one in form.reports]
