"""Which column of a sheet holds what, recognised by its heading; what must not be read is dropped and named."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

from wangge.flows.import_roster.headers import FORBIDDEN, HEADERS
from wangge.flows.import_roster.reading import Cell, Sheet, SheetRow, column_letter

SEVERAL = frozenset({"phones", "remark"})
"""Fields that may stand in several columns."""

PERSON = frozenset({"name", "number", "sex", "birth", "phones", "relation"})
HEADER_ROWS_LOOKED_AT = 10
SURE, LIKELY, PERHAPS = 1.0, 0.9, 0.7


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letter and heading, the field it was taken for (None for none) and how sure that is, 0 to 1."""

    sheet: str | None
    column: str
    header: str
    field: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a sheet is read: the row of the headings, its columns, and the headings of columns that are never read."""

    header_row: int
    columns: tuple[Column, ...]
    dropped: tuple[Column, ...]
    places: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]


def plain_header(text: Cell) -> str:
    """Return a heading as it is compared: half-width, lower case, without blanks and marks."""
    narrow = normalize("NFKC", str(text if text is not None else "")).casefold()
    return re.sub(r"[\s:*※'’]", "", narrow)


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {plain_header(word): field for field, words in HEADERS.items() for word in words}


def is_forbidden(header: str) -> bool:
    """Tell whether a heading names something that is never asked for."""
    plain = re.sub(r"[_-]", "", plain_header(header))
    return any(word in plain for word in FORBIDDEN)


def field_of(header: str) -> tuple[str | None, float]:
    """Return the field a heading stands for and how sure that is; (None, 0) for an unknown one."""
    plain = plain_header(header)
    if not plain:
        return None, 0.0
    if plain in _known():
        return _known()[plain], SURE
    bare = re.sub(r"[(\[【].*?[)\]】]|[0-9]+$|[一二三四]$", "", plain)
    if bare in _known():
        return _known()[bare], LIKELY
    words = [word for word in _known() if len(word) >= 3 and word in plain]
    return (_known()[max(words, key=len)], PERHAPS) if words else (None, 0.0)


def map_columns(sheet: Sheet) -> ColumnMap | None:
    """Return how a sheet is read, None when none of its first rows holds the headings of a roster.

    The headings are the first row that names at least two fields, a person's name or number among them.
    """
    for row in sheet.rows[:HEADER_ROWS_LOOKED_AT]:
        found = _map_row(sheet.name, row)
        if {"name", "number"} & found.places.keys() and len(found.places) >= 2:
            return found
    return None


def _map_row(sheet: str | None, row: SheetRow) -> ColumnMap:
    columns, dropped = [], []
    for index, cell in enumerate(row.cells):
        header = str(cell if cell is not None else "").strip()
        letter = column_letter(index)
        if header and is_forbidden(header):
            dropped.append(Column(sheet, letter, header, None, 0.0))
        elif header:
            columns.append(Column(sheet, letter, header, *field_of(header)))
    settled = _settle(columns)
    at = {column_letter(index): index for index in range(len(row.cells))}
    places: dict[str, tuple[int, ...]] = {}
    for column in settled:
        if column.field:
            places[column.field] = (*places.get(column.field, ()), at[column.column])
    headings = tuple(plain_header(cell) for cell in row.cells)
    return ColumnMap(row.number, tuple(settled), tuple(dropped), places, headings)


def _settle(columns: Sequence[Column]) -> list[Column]:
    """Give each field to one column, the surest and then the leftmost; telephones and remarks to all."""
    best: dict[str, Column] = {}
    for column in columns:
        if column.field and (column.field not in best or column.confidence > best[column.field].confidence):
            best[column.field] = column
    return [
        column
        if not column.field or column.field in SEVERAL or best[column.field] is column
        else Column(column.sheet, column.column, column.header, None, 0.0)
        for column in columns
    ]
