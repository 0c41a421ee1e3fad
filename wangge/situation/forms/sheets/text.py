"""Forms as csv: one line of headings, one line a row, with the mark by which spreadsheets recognise UTF-8."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from io import BytesIO, TextIOWrapper

from wangge.situation.forms.rules.readable import Value
from wangge.situation.forms.sheets.drawing import Drawn, Spool, row_mark
from wangge.situation.forms.sheets.excel import MARK_HEADING

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
BETWEEN_HEADINGS = "/"


def csv_text(sheets: Sequence[tuple[Drawn, Spool]]) -> bytes:
    """Return the rows of these sheets below each other; each row of people carries its mark in the last column."""
    made = BytesIO()
    with TextIOWrapper(made, encoding="utf-8-sig", newline="", write_through=True) as out:
        writer = csv.writer(out)
        for place, (drawn, spool) in enumerate(sheets):
            if place:
                writer.writerow([])
            if len(sheets) > 1 or drawn.wraps:
                writer.writerow([_harmless(drawn.title)])
            writer.writerow([*headings(drawn), *([MARK_HEADING] if drawn.row_mark else [])])
            writer.writerows(_lines(spool, drawn))
        out.flush()
        return made.getvalue()


def headings(drawn: Drawn) -> list[str]:
    """Return the headings of each column in one text: 密切接触者人数/当日存量."""
    found: list[list[str]] = [[] for _ in range(drawn.columns)]
    for box in sorted(drawn.heads, key=lambda one: one.row):
        for column in range(box.column, box.column + box.columns):
            found[column].append(box.text)
    return [BETWEEN_HEADINGS.join(path) for path in found]


def _lines(spool: Iterable[Sequence[Value]], drawn: Drawn) -> Iterable[list[str]]:
    empty = True
    for number, row in enumerate(spool, start=1):
        empty = False
        cells = [_harmless(_said(value)) for value in row]
        yield [*cells, row_mark(drawn.row_mark, number)] if drawn.row_mark else cells
    if empty and drawn.zero_row:
        yield [drawn.zero_row]


def _said(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value).replace("\n", " ")


def _harmless(text: str) -> str:
    """Return a cell's text so that no program takes it for a formula. Source: OWASP, CSV injection."""
    return f"'{text}" if text.startswith(STARTS) else text
