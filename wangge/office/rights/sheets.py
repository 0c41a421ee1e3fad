"""Sheets to take out: csv and xlsx in which no text is ever run as a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO, StringIO

import xlsxwriter

CSV, XLSX = "csv", "xlsx"
TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
WIDE = 60
Pairs = Sequence[tuple[str, str]]


def harmless(text: str) -> str:
    """Return a cell's text so that no program takes it for a formula: an apostrophe stands before a suspicious start.

    Source: OWASP, CSV injection.
    """
    return f"'{text}" if text.startswith(STARTS) else text


def csv_lines(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    """Yield the lines of a csv, with the mark by which spreadsheets recognise UTF-8."""
    yield "\ufeff" + _line(head)
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[str]) -> str:
    written = StringIO()
    csv.writer(written).writerow([harmless(cell) for cell in cells])
    return written.getvalue()


def xlsx_of(titles: tuple[str, str], head: Sequence[str], rows: Iterable[Sequence[str]], about: Pairs) -> bytes:
    """Return a workbook: a sheet of rows, every cell text, and one that says what it is; named by ``titles``."""
    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    strong = book.add_format({"bold": True, "bottom": 1})
    sheet, notes = book.add_worksheet(titles[0]), book.add_worksheet(titles[1])
    sheet.freeze_panes(1, 0)
    widths = [len(cell) * 2 for cell in head]
    for column, cell in enumerate(head):
        sheet.write_string(0, column, cell, strong)
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell)
            widths[column] = max(widths[column], len(cell))
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(width + 3, WIDE))
    for number, (name, value) in enumerate(about):
        notes.write_string(number, 0, name)
        notes.write_string(number, 1, value)
    notes.set_column(0, 1, 30)
    book.close()
    return made.getvalue()
