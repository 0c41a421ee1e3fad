"""What an old workbook (.xls, BIFF8) hides or strikes out, by xlrd."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from wangge.flows.import_roster.workbooks import Marks
from wangge.kernel.refused import Refused


def read_marks(content: bytes, names: Sequence[str]) -> Mapping[str, Marks]:
    """Return the marks of the sheets with these names; refused when the workbook cannot be opened."""
    import xlrd
    from xlrd.biffh import XLRDError

    try:
        # What the library says about odd records goes nowhere: it could hold somebody's cells.
        book = xlrd.open_workbook(file_contents=content, formatting_info=True, on_demand=True, logfile=io.StringIO())
        struck_fonts = {at for at, font in enumerate(book.font_list) if font.struck_out}
        struck_formats = {at for at, form in enumerate(book.xf_list) if form.font_index in struck_fonts}
        found = {}
        for name in names:
            found[name] = _of(book.sheet_by_name(name), struck_fonts, struck_formats, bool(book.datemode))
            book.unload_sheet(name)
        return found
    except (XLRDError, AssertionError, IndexError, KeyError, ValueError, NotImplementedError):
        raise Refused("imports.not_a_table") from None


def _of(sheet: Any, fonts: set[int], formats: set[int], days_from_1904: bool) -> Marks:
    marks = Marks(days_from_1904=days_from_1904)
    marks.rows = {row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden}
    marks.columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
    if formats:
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                if sheet.cell_xf_index(row, column) in formats:
                    marks.struck[row + 1, column] = ""
    for (row, column), runs in (sheet.rich_text_runlist_map or {}).items() if fonts else ():
        if any(font in fonts for _, font in runs):
            whole = (row + 1, column) in marks.struck
            marks.struck[row + 1, column] = _kept(str(sheet.cell_value(row, column)), runs, fonts, whole=whole)
    return marks


def _kept(text: str, runs: Sequence[tuple[int, int]], fonts: set[int], *, whole: bool) -> str:
    """Return what is left of a text without its struck parts; before the first run the cell's own font holds."""
    parts = "" if whole else text[: runs[0][0]]
    for place, (start, font) in enumerate(runs):
        end = runs[place + 1][0] if place + 1 < len(runs) else len(text)
        parts += "" if font in fonts else text[start:end]
    return parts.strip()
