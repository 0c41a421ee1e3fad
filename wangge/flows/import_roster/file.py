"""A whole file read: how its columns were taken, what is to be said about it, and its rows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wangge.flows.import_roster.columns import Column, ColumnMap, map_columns
from wangge.flows.import_roster.reading import Sheet, read_sheets
from wangge.flows.import_roster.rows import ReadRow, Report, read_rows
from wangge.kernel.refused import Refused


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What a file says: columns as they were taken, headings never read, reports on sheets, the rows in order."""

    columns: tuple[Column, ...]
    dropped: tuple[Column, ...]
    reports: tuple[Report, ...]
    rows: tuple[ReadRow, ...]

    def letter(self, sheet: str | None, field: str) -> str | None:
        """Return the letter of the first column of a field in a sheet."""
        return next((one.column for one in self.columns if (one.sheet, one.field) == (sheet, field)), None)


def read_file(content: bytes, as_of: date) -> ReadFile:
    """Read a roster; refused as ``read_sheets``, and when no sheet has the headings of one.

    Sheets that the office hid, or without headings, are left out and reported.
    """
    columns: list[Column] = []
    dropped: list[Column] = []
    reports: list[Report] = []
    rows: list[ReadRow] = []
    for sheet, found in _used(read_sheets(content), reports):
        columns += found.columns
        dropped += found.dropped
        reports += [Report(sheet.name, found.header_row, one.column, "forbidden_column") for one in found.dropped]
        rows += read_rows(sheet, found, as_of)
    if not columns:
        raise Refused("imports.headings_missing")
    return ReadFile(tuple(columns), tuple(dropped), tuple(reports), tuple(rows))


def _used(sheets: Sequence[Sheet], reports: list[Report]) -> Iterator[tuple[Sheet, ColumnMap]]:
    """Yield the sheets that hold a roster, and report the others."""
    for sheet in sheets:
        found = None if sheet.hidden else map_columns(sheet)
        if sheet.hidden:
            reports.append(Report(sheet.name, None, None, "hidden_sheet_skipped"))
        elif found is None:
            reports.append(Report(sheet.name, None, None, "sheet_no_data"))
        else:
            yield sheet, found
