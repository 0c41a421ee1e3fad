"""A whole file read: how its columns were taken, what is to be said about it, and its rows."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wangge.flows.import_roster.columns import Aliases, Chosen, Column, ColumnMap
from wangge.flows.import_roster.reading import Omitted, Sheet, column_letter, read_sheets
from wangge.flows.import_roster.rows import ReadRow, Report, read_rows
from wangge.flows.import_roster.summaries import check_summaries
from wangge.flows.import_roster.tables import find_table
from wangge.flows.import_roster.titles import read_around
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


def read_file(content: bytes, as_of: date, *, chosen: Chosen | None = None, aliases: Aliases | None = None) -> ReadFile:
    """Read a roster; refused as ``read_sheets`` and ``read_opened``."""
    return read_opened(read_sheets(content), as_of, chosen=chosen, aliases=aliases)


def read_opened(
    sheets: Sequence[Sheet], as_of: date, *, chosen: Chosen | None = None, aliases: Aliases | None = None
) -> ReadFile:
    """Read the sheets of a roster; refused when no sheet has the headings of one.

    ``chosen`` says for a (sheet, column letter) which field it is, None for none; ``aliases`` name the field of a
    plain heading, or None. Sheets that the office hid, or that hold no roster, are left out and reported.
    """
    columns: list[Column] = []
    dropped: list[Column] = []
    reports: list[Report] = []
    rows: list[ReadRow] = []
    for sheet, found in _used(sheets, aliases or {}, chosen or {}, reports):
        columns += found.columns
        dropped += found.dropped
        row = found.first_row or None
        reports += [Report(sheet.name, row, one.column, "forbidden_column") for one in found.dropped]
        reports += [_report(sheet, one) for one in sheet.omitted if one.row is None]
        rows += _with_omitted(sheet, found, read_rows(sheet, found, as_of, read_around(sheet, found)))
    if not columns:
        raise Refused("imports.headings_missing")
    reports += check_summaries(sheets, {one.sheet for one in columns}, rows)
    return ReadFile(tuple(columns), tuple(dropped), tuple(reports), tuple(rows))


def _report(sheet: Sheet, one: Omitted) -> Report:
    return Report(sheet.name, one.row, None if one.column is None else column_letter(one.column), one.code)


def _with_omitted(sheet: Sheet, found: ColumnMap, rows: Iterable[ReadRow]) -> list[ReadRow]:
    """Return the rows in order, with those that are hidden or struck out as a whole, and what was struck in others."""
    by_number: dict[int, list[ReadRow]] = {}
    for row in rows:
        by_number.setdefault(row.row, []).append(row)
    for one in sheet.omitted:
        if one.row is None or one.row <= found.header_row:
            continue
        here = by_number.setdefault(one.row, [ReadRow(sheet.name, one.row, None, "skipped")])
        here[0].reports.append(_report(sheet, one))
    return [row for number in sorted(by_number) for row in by_number[number]]


def _used(
    sheets: Sequence[Sheet], aliases: Aliases, chosen: Chosen, reports: list[Report]
) -> Iterator[tuple[Sheet, ColumnMap]]:
    """Yield the sheets that hold a roster, and report the others; an empty sheet says nothing."""
    for sheet in sheets:
        found = None if sheet.hidden or not sheet.rows else find_table(sheet, aliases, chosen)
        if sheet.hidden:
            reports.append(Report(sheet.name, None, None, "hidden_sheet_skipped"))
        elif found is not None:
            if not found.first_row:
                reports.append(Report(sheet.name, None, None, "headings_by_content"))
            yield sheet, found
        elif sheet.rows:
            reports.append(Report(sheet.name, None, None, "sheet_no_data"))
