"""The report on an import as a sheet: what became of every row, and everything that had to be said, by place."""

import io
from collections.abc import Callable
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.flows.import_roster.models import ImportRow
from wangge.flows.import_roster.preview import preview

Say = Callable[[str, str], str]
"""Turns a group and a code into words: the door brings it."""

COLUMNS = ("sheet", "row", "outcome", "column", "code", "message")


def report_sheet(*, viewer: Viewer, imported: UUID, say: Say) -> bytes:
    """Return an .xlsx with one line for each row of the file, or more where more is to be said; no names, no values.

    Everything is written as text and numbers, never as a formula.
    """
    import xlsxwriter

    seen = preview(viewer=viewer, imported=imported)
    made = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(made, options) as book:
        sheet = book.add_worksheet("report")
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        sheet.set_column(5, 5, 70)
        for at, name in enumerate(COLUMNS):
            sheet.write_string(0, at, say("imports.report_column", name), bold)
        line = 1
        for one in (one for one in seen.reported if one.row is None or one.code == "forbidden_column"):
            values = (one.sheet, one.row, "", one.column, one.code, say("imports.report", one.code))
            line = _write(sheet, line, values)
        rows = ImportRow.objects.filter(imported=imported).order_by("id")
        for title, row, outcome, codes in rows.values_list("sheet", "row", "outcome", "codes").iterator(
            chunk_size=2000
        ):
            for column, code in codes or [(None, "")]:
                message = say("imports.report", code) if code else ""
                line = _write(sheet, line, (title, row, say("imports.outcome", outcome), column, code, message))
    return made.getvalue()


def _write(sheet: object, line: int, values: tuple[object, ...]) -> int:
    """Write one line and return the number of the next."""
    for at, value in enumerate(values):
        if isinstance(value, int):
            sheet.write_number(line, at, value)  # type: ignore[attr-defined]
        elif value:
            sheet.write_string(line, at, str(value))  # type: ignore[attr-defined]
    return line + 1
