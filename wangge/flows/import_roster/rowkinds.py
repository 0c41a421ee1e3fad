"""What a row below the headings is: a person, or totals, headings again, a door where nobody lives, a note."""

import re
from collections.abc import Mapping

from wangge.flows.import_roster.columns import PERSON, ColumnMap, plain_header
from wangge.flows.import_roster.doors import PARTS, read_door
from wangge.flows.import_roster.headers import VACANT
from wangge.flows.import_roster.reading import Cell, SheetRow
from wangge.flows.import_roster.signs import text_of

_TOTAL = re.compile(
    r".{0,12}?(?:合计|总计|共计|小计|累计|(?:sub)?total|\bsum)[:：]?(?:[\s,，、;；]*[共计]?[0-9０-９]+\s*[户人口名家个]?)*\s*"
)
HEADING_AGAIN, TOTAL, VACANT_DOOR, NOTE, EMPTY = (
    "header_repeated_skipped", "total_row_skipped", "vacant_door", "stray_note", "empty",
)  # fmt: skip


def kind_of(columns: ColumnMap, row: SheetRow, texts: Mapping[str, str]) -> str:
    """Return the code of why a row is no person, empty when it is one.

    A row with nothing but its running number is ``empty``: a form that was not filled in.
    """
    filled = {name for name, text in texts.items() if text}
    if is_heading(columns, row):
        return HEADING_AGAIN
    if "number" not in filled and is_total(row):
        return TOTAL
    if texts.get("name", "").casefold() in VACANT:
        return VACANT_DOOR
    if PERSON & filled or (filled & {"head"} and "name" not in columns.places):
        return ""
    if filled == {"order"} and texts["order"].isdecimal() and sum(bool(text_of(cell)) for cell in row.cells) == 1:
        return EMPTY
    placed = filled & {"door", *PARTS}
    said = " ".join(texts.get(name, "") for name in ("remark", "head"))
    certain = placed and read_door(texts)[0] is not None
    return VACANT_DOOR if certain and (not said.strip() or any(word in said for word in VACANT)) else NOTE


def is_heading(columns: ColumnMap, row: SheetRow) -> bool:
    """Tell whether a row repeats the headings: in two columns or more it says what stands above them."""
    headings = columns.headings
    first = next((places[0] for field in ("name", "number", "head") if (places := columns.places.get(field))), 0)
    if first < len(row.cells) and not _says(row.cells[first], headings[first]):
        return False
    return sum(_says(cell, heading) for cell, heading in zip(row.cells, headings, strict=False)) >= 2


def _says(cell: Cell, heading: str) -> bool:
    return isinstance(cell, str) and bool(heading) and bool(cell) and plain_header(cell) == heading


def is_total(row: SheetRow) -> bool:
    """Tell whether the first text of a row is a word for totals, alone or with its numbers behind it."""
    first = next((text for cell in row.cells if (text := text_of(cell))), "")
    return _TOTAL.fullmatch(first.casefold()) is not None
