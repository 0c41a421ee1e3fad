"""A whole file read: how its columns were taken, what is to be said about it, and its rows."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from wangge.flows.import_roster.columns import SEVERAL, Column, ColumnMap, map_columns, plain_header
from wangge.flows.import_roster.reading import Sheet, column_letter, read_sheets
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


Chosen = Mapping[tuple[str | None, str], str | None]
Aliases = Mapping[str, str | None]


def read_file(content: bytes, as_of: date, *, chosen: Chosen | None = None, aliases: Aliases | None = None) -> ReadFile:
    """Read a roster; refused as ``read_sheets`` and ``read_opened``."""
    return read_opened(read_sheets(content), as_of, chosen=chosen, aliases=aliases)


def read_opened(
    sheets: Sequence[Sheet], as_of: date, *, chosen: Chosen | None = None, aliases: Aliases | None = None
) -> ReadFile:
    """Read the sheets of a roster; refused when no sheet has the headings of one.

    ``chosen`` are columns (sheet, letter) > field, None for not taken; ``aliases`` plain heading > field. Sheets that
    the office hid, or without headings, are left out and reported.
    """
    columns: list[Column] = []
    dropped: list[Column] = []
    reports: list[Report] = []
    rows: list[ReadRow] = []
    for sheet, seen in _used(sheets, reports):
        found = _set_right(seen, chosen or {}, aliases or {})
        columns += found.columns
        dropped += found.dropped
        reports += [Report(sheet.name, found.header_row, one.column, "forbidden_column") for one in found.dropped]
        rows += read_rows(sheet, found, as_of)
    if not columns:
        raise Refused("imports.headings_missing")
    return ReadFile(tuple(columns), tuple(dropped), tuple(reports), tuple(rows))


def _set_right(found: ColumnMap, chosen: Chosen, aliases: Aliases) -> ColumnMap:
    """Take columns as somebody chose, or as a remembered profile says; a field that is given away is free again."""
    fields: dict[str, str | None] = {}
    for one in found.columns:
        if (one.sheet, one.column) in chosen:
            fields[one.column] = chosen[one.sheet, one.column]
        elif plain_header(one.header) in aliases:
            fields[one.column] = aliases[plain_header(one.header)]
    if not fields:
        return found
    given = {field for field in fields.values() if field and field not in SEVERAL}
    columns = tuple(
        replace(one, field=fields[one.column], confidence=1.0)
        if one.column in fields
        else replace(one, field=None, confidence=0.0)
        if one.field in given
        else one
        for one in found.columns
    )
    letters = [column_letter(at) for at in range(len(found.headings))]
    places: dict[str, tuple[int, ...]] = {}
    for one in columns:
        if one.field:
            places[one.field] = (*places.get(one.field, ()), letters.index(one.column))
    return replace(found, columns=columns, places=places)


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
