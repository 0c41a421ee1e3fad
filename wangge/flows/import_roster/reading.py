"""Opening a sheet that an office hands over: text with delimiters or a workbook, within limits.

Sheets of a workbook keep their names and the numbers of their rows; a text file is one sheet without a name. What the
office hid or struck out is not in the cells any more, only named under ``omitted``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wangge.kernel.refused import Refused

Cell = str | float | int | bool | date | datetime | time | timedelta | None
"""What a cell holds: text files give text only."""

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 150 * 1024 * 1024
MOST_ROWS = 300_000
MOST_COLUMNS = 200
LONGEST_CELL = 2_000
HIDDEN_ROW, HIDDEN_COLUMN, STRUCK = "hidden_row_skipped", "hidden_column_skipped", "struck_out_skipped"
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty: its number in the sheet, from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Merge:
    """Cells that are one: rows from 1, columns from 0, both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Omitted:
    """A row, a column (from 0) or one cell that the office hid or struck out, with the code that says which."""

    code: str
    row: int | None
    column: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name (None in a text file), whether the office hid it, its rows that are not empty.

    ``formulas`` are the (row, column) that are computed: what stands there is nobody's statement. ``days_from_1904``
    tells how the workbook counts its days.
    """

    name: str | None
    hidden: bool
    rows: tuple[SheetRow, ...]
    merges: tuple[Merge, ...] = ()
    omitted: tuple[Omitted, ...] = ()
    formulas: frozenset[tuple[int, int]] = frozenset()
    days_from_1904: bool = False


def read_sheets(content: bytes) -> list[Sheet]:
    """Return the sheets of a file, told by its first bytes and not by its name.

    Refused when it is empty, too big, protected by a password, carries macros, or is no table.
    """
    from wangge.flows.import_roster import texts, workbooks

    if not content.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise Refused("imports.file_empty")
    if len(content) > LARGEST:
        raise Refused("imports.file_too_big", limit=LARGEST // 1024 // 1024)
    is_book = content.startswith((_ZIP, _OLE))
    sheets = workbooks.read_workbook(content) if is_book else [texts.read_text(content)]
    if not any(sheet.rows or sheet.hidden for sheet in sheets):
        raise Refused("imports.file_empty")
    return sheets


def filled_rows(rows: Iterable[Sequence[Cell]]) -> tuple[SheetRow, ...]:
    """Return the rows that hold anything, numbered from 1; refused when there are too many, or too many columns."""
    found: list[SheetRow] = []
    for number, row in enumerate(rows, start=1):
        check_shape(number, len(row))
        if any(cell not in ("", None) for cell in row):
            cells = tuple(_cut(cell) for cell in row)
            if any(not isinstance(cell, str) or cell.strip() for cell in cells if cell is not None):
                found.append(SheetRow(number, cells))
    return tuple(found)


def _cut(cell: Cell) -> Cell:
    """Return a cell no longer than any that makes sense."""
    return cell[:LONGEST_CELL] if isinstance(cell, str) and len(cell) > LONGEST_CELL else cell


def check_shape(rows: int, columns: int) -> None:
    """Refuse a table that is larger than any office's."""
    if rows > MOST_ROWS:
        raise Refused("imports.too_many_rows", limit=MOST_ROWS)
    if columns > MOST_COLUMNS:
        raise Refused("imports.too_many_columns", limit=MOST_COLUMNS)


def column_letter(index: int) -> str:
    """Return the letter of a column counted from 0: A, Z, AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
