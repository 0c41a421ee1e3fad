"""Forms as .xlsx: XlsxWriter makes the frame, the rows are streamed into it, so that memory does not grow with them.

XlsxWriter keeps every cell in memory or in a temporary file; the first is too much for a county, the second is no place
for people's numbers. So it writes the sheet with one row, and that row is replaced by all of them on the way out.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from wangge.situation.forms.rules.layout import Box, line_boxes
from wangge.situation.forms.rules.readable import Kind, Value
from wangge.situation.forms.sheets.drawing import Drawn, Spool, row_mark

A4 = 9
DAY_ZERO = date(1899, 12, 30)
HEADER_MOST = 240
TITLE_HEIGHT, LINE_HEIGHT = 28, 15
SHEET_MOST = 31
LIST_MOST = 255
MARK_HEADING = "水印"
UNFIT = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
STYLE = re.compile(r'<c r="([A-Z]+)\d+"(?: s="(\d+)")?')


@dataclass(frozen=True, slots=True)
class Places:
    """In which row, from 0 on, each part of a sheet begins, and the first row behind it."""

    above: int
    heads: int
    rows: int
    footer: int
    end: int


def places_of(drawn: Drawn, rows: int) -> Places:
    """Return where the parts of a sheet with so many rows stand."""
    heads = 1 + bool(drawn.above)
    first = heads + drawn.header_rows
    footer = first + max(rows, bool(drawn.zero_row))
    return Places(1, heads, first, footer, footer + bool(drawn.footer))


def xlsx(sheets: Sequence[tuple[Drawn, Spool]]) -> bytes:
    """Return a workbook with these sheets."""
    frame, made = _frame(sheets), BytesIO()
    with ZipFile(frame) as read, ZipFile(made, "w", ZIP_DEFLATED) as written:
        for entry in read.infolist():
            content = read.read(entry)
            found = re.fullmatch(r"xl/worksheets/sheet(\d+)\.xml", entry.filename)
            if not found:
                written.writestr(entry, content, ZIP_DEFLATED)
                continue
            drawn, spool = sheets[int(found[1]) - 1]
            entry.compress_type = ZIP_DEFLATED
            with written.open(entry, "w") as out:
                for part in _with_rows(content.decode(), drawn, spool):
                    out.write(part.encode())
    return made.getvalue()


def _frame(sheets: Sequence[tuple[Drawn, Spool]]) -> BytesIO:
    """Return the workbook with one row in place of all rows of each sheet."""
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(made, options)
    book.set_properties({"title": sheets[0][0].title, "comments": sheets[0][0].mark})
    styles, names = _styles(book), set[str]()
    for place, (drawn, spool) in enumerate(sheets, start=1):
        _sheet(book.add_worksheet(_name(drawn.name, place, names)), drawn, spool.count, styles)
    book.close()
    made.seek(0)
    return made


def _name(wanted: str, place: int, taken: set[str]) -> str:
    """Return a name for a sheet that stands only once in its workbook."""
    name = re.sub(r"[\[\]:*?/\\']", " ", wanted).strip()[:SHEET_MOST] or f"表{place}"
    if name.casefold() in taken:
        name = f"{name[: SHEET_MOST - 5]} {place}"
    taken.add(name.casefold())
    return name


def _styles(book: Any) -> dict[str, Any]:
    box = {"border": 1, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center", "valign": "vcenter"}),
        "line": book.add_format({"align": "left", "valign": "vcenter"}),
        "head": book.add_format({**box, "bold": True, "align": "center", "text_wrap": True}),
        Kind.TEXT: book.add_format({**box, "num_format": "@"}),
        "wrapped": book.add_format({**box, "num_format": "@", "text_wrap": True, "align": "center"}),
        Kind.NUMBER: book.add_format({**box, "num_format": "0", "align": "right"}),
        Kind.DAY: book.add_format({**box, "num_format": "yyyy-mm-dd", "align": "center"}),
        "mark": book.add_format({"font_size": 8, "font_color": "#767676"}),
    }


def _sheet(sheet: Any, drawn: Drawn, count: int, styles: dict[str, Any]) -> None:
    """Write everything of a sheet but its rows, and one row that shows how each column is written."""
    at = places_of(drawn, count)
    _box(sheet, Box(0, 0, 1, drawn.columns, drawn.title), styles["title"])
    for box in line_boxes(drawn.above, at.above, drawn.columns):
        _box(sheet, box, styles["line"])
    for box in drawn.heads:
        _box(sheet, Box(at.heads + box.row, box.column, box.rows, box.columns, box.text), styles["head"])
    _heights(sheet, drawn, at)
    for column, kind in enumerate(drawn.kinds):
        style = "wrapped" if drawn.wraps else kind
        sheet.set_column(column, column, drawn.widths[column])
        if count:
            sheet.write_blank(at.rows, column, None, styles[style])
    if not count and drawn.zero_row:
        _box(sheet, Box(at.rows, 0, 1, drawn.columns, drawn.zero_row), styles[Kind.TEXT])
    if drawn.row_mark:
        sheet.write_string(at.rows - 1, drawn.columns, MARK_HEADING, styles["mark"])
        sheet.set_column(drawn.columns, drawn.columns, 16)
        if count:
            sheet.write_blank(at.rows, drawn.columns, None, styles["mark"])
    for box in line_boxes(drawn.footer, at.footer, drawn.columns):
        _box(sheet, box, styles["line"])
    _choices(sheet, drawn, at, count)
    _print(sheet, drawn, at)


def _heights(sheet: Any, drawn: Drawn, at: Places) -> None:
    """Make the title and the rows of headings as high as their words need: merged cells do not grow by themselves."""
    sheet.set_row(0, TITLE_HEIGHT)
    for row in range(drawn.header_rows):
        lines = 1
        for box in drawn.heads:
            if box.row == row:
                # a Chinese character is two wide; the edges of a cell take one
                wide = max(sum(drawn.widths[box.column : box.column + box.columns]) - 1, 2)
                length = sum(2 if ord(sign) > 0x2E7F else 1 for sign in box.text)
                lines = max(lines, ceil(length / wide / box.rows))
        sheet.set_row(at.heads + row, LINE_HEIGHT * lines + 4)


def _box(sheet: Any, box: Box, style: Any) -> None:
    if box.single:
        sheet.write_string(box.row, box.column, box.text, style)
    else:
        sheet.merge_range(box.row, box.column, box.row + box.rows - 1, box.column + box.columns - 1, box.text, style)


def _choices(sheet: Any, drawn: Drawn, at: Places, count: int) -> None:
    """Let columns of words be chosen from a list, where it is short enough for a cell's rule."""
    last = at.rows + max(count, 1) - 1
    for column, words in enumerate(drawn.choices):
        if words and len(",".join(words)) <= LIST_MOST:
            sheet.data_validation(
                at.rows, column, last, column, {"validate": "list", "source": list(words), "ignore_blank": True}
            )
    if count:
        right = xl_col_to_name(drawn.columns)
        sheet.ignore_errors({"number_stored_as_text": f"A{at.rows + 1}:{right}{last + 1}"})


def _print(sheet: Any, drawn: Drawn, at: Places) -> None:
    """Set the sheet up for paper: A4 across, headings on each page, page x of y, the mark on top."""
    sheet.set_paper(A4)
    sheet.set_landscape()
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(at.heads, at.rows - 1)
    sheet.freeze_panes(at.rows, 0)
    sheet.print_area(0, 0, at.end - 1, drawn.columns - 1)
    sheet.set_header("&L&8" + drawn.mark.replace("&", "&&")[:HEADER_MOST])
    sheet.set_footer("&C&9第 &P 页 / 共 &N 页")


def _with_rows(xml: str, drawn: Drawn, spool: Spool) -> Iterator[str]:
    """Yield the sheet with its rows in place of the one that the frame holds."""
    if not spool.count:
        yield xml
        return
    first = places_of(drawn, spool.count).rows + 1
    found = re.search(rf'<row r="{first}"[^>]*>(.*?)</row>', xml, re.S)
    assert found is not None
    styles = [style or "0" for _, style in STYLE.findall(found[1])]
    columns = [name for name, _ in STYLE.findall(found[1])]
    yield xml[: found.start()]
    yield from _rows(spool, drawn, first, columns, styles)
    yield xml[found.end() :]


def _rows(
    spool: Iterable[Sequence[Value]], drawn: Drawn, first: int, columns: list[str], styles: list[str]
) -> Iterator[str]:
    for number, row in enumerate(spool, start=1):
        at = first + number - 1
        marked = [*row, row_mark(drawn.row_mark, number)] if drawn.row_mark else row
        cells = (
            _cell(f"{column}{at}", style, value) for column, style, value in zip(columns, styles, marked, strict=True)
        )
        high = ' ht="48" customHeight="1"' if drawn.wraps else ""
        yield f'<row r="{at}"{high}>{"".join(cells)}</row>'


def _cell(at: str, style: str, value: Value) -> str:
    """Return one cell; text is always text, however it begins."""
    if value is None or value == "":
        return f'<c r="{at}" s="{style}"/>'
    if isinstance(value, date):
        return f'<c r="{at}" s="{style}"><v>{(value - DAY_ZERO).days}</v></c>'
    if isinstance(value, int):
        return f'<c r="{at}" s="{style}"><v>{value}</v></c>'
    text = escape(UNFIT.sub("", value), quote=False)
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
