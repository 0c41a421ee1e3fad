"""Sheets that only sum up: their numbers of people by group or building, held against the rows of the other sheets."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from wangge.flows.import_roster.cells import read_part
from wangge.flows.import_roster.columns import choose_columns
from wangge.flows.import_roster.reading import Cell, Sheet, SheetRow, column_letter
from wangge.flows.import_roster.rows import ReadRow, Report, key_of
from wangge.flows.import_roster.signs import text_of

HEADINGS_WITHIN = 5


def check_summaries(sheets: Sequence[Sheet], used: Collection[str | None], rows: Sequence[ReadRow]) -> Iterator[Report]:
    """Yield what sheets without people state wrongly."""
    counted: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.person and row.person.door:
            key = key_of(row.person.door)
            counted["group" if key.group else "building", key.building] += 1
    for sheet in sheets:
        if sheet.name not in used and sheet.rows and not sheet.hidden:
            yield from _check(sheet, counted)


def _check(sheet: Sheet, counted: Counter[tuple[str, str]]) -> Iterator[Report]:
    for place, header in enumerate(sheet.rows[:HEADINGS_WITHIN]):
        paths = [(text_of(cell),) for cell in header.cells]
        fields = choose_columns(sheet, (header.number,), paths, {}).places
        by = next((field for field in ("group", "building") if field in fields), None)
        if by and "size" in fields:
            for row in sheet.rows[place + 1 :]:
                key = read_part(_text(row, fields[by][0]))
                stated = _text(row, fields["size"][0]).removesuffix("人")
                if key and (by, key) in counted and stated.isdecimal() and int(stated) != counted[by, key]:
                    yield Report(sheet.name, row.number, column_letter(fields["size"][0]), "total_mismatch")
            return


def _text(row: SheetRow, at: int) -> str:
    cell: Cell = row.cells[at] if at < len(row.cells) else None
    return text_of(cell)
