"""Opening a sheet that an office hands over: text with delimiters or a workbook, within limits.

Sheets of a workbook keep their names and the numbers of their rows; a text file is one sheet without a name.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from wangge.kernel.refused import Refused

Cell = str | float | int | bool | date | datetime | time | timedelta | None
"""What a cell holds: text files give text only."""

LARGEST = 20 * 1024 * 1024
LARGEST_UNPACKED = 200 * 1024 * 1024
MOST_ROWS = 300_000
MOST_COLUMNS = 200
LONGEST_CELL = 2_000
DELIMITERS = ",\t;|"
_ZIP, _OLE, _PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty: its number in the sheet, from 1, and its cells."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name (None in a text file), whether the office hid it, its rows that are not empty."""

    name: str | None
    hidden: bool
    rows: tuple[SheetRow, ...]


def read_sheets(content: bytes) -> list[Sheet]:
    """Return the sheets of a file, told by its first bytes and not by its name.

    Refused when it is empty, too big, protected by a password, carries macros, or is no table.
    """
    if not content.strip():
        raise Refused("imports.file_empty")
    if len(content) > LARGEST:
        raise Refused("imports.file_too_big", limit=LARGEST // 1024 // 1024)
    if content.startswith((_ZIP, _OLE)):
        sheets = _workbook(content)
    else:
        sheets = [Sheet(None, False, tuple(_text_rows(content)))]
    if not any(sheet.rows for sheet in sheets):
        raise Refused("imports.file_empty")
    return sheets


def _workbook(content: bytes) -> list[Sheet]:
    """Read a workbook with calamine, after what could hurt has been looked for."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    if content.startswith(_OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused("imports.file_protected")
    if content.startswith(_ZIP):
        _check_zip(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        wanted = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        return [
            Sheet(meta.name, meta.visible != SheetVisibleEnum.Visible, tuple(_book_rows(book, meta.name)))
            for meta in wanted
        ]
    except PasswordError:
        raise Refused("imports.file_protected") from None
    except CalamineError:
        raise Refused("imports.not_a_table") from None


def _book_rows(book: object, name: str) -> Iterator[SheetRow]:
    rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)  # type: ignore[attr-defined]
    _check_shape(len(rows), max((len(row) for row in rows), default=0))
    for number, row in enumerate(rows, start=1):
        cells = tuple(_cut(cell) for cell in row)
        if any(cell not in ("", None) for cell in cells):
            yield SheetRow(number, cells)


def _check_zip(content: bytes) -> None:
    """Refuse an archive that is damaged, unpacks to too much, or carries macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Refused("imports.not_a_table") from None
    names = {entry.filename for entry in entries}
    if not any(name.endswith(("workbook.xml", "workbook.bin")) or name == "content.xml" for name in names):
        raise Refused("imports.not_a_table")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("imports.file_has_macros")
    if sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise Refused("imports.file_too_big", limit=LARGEST_UNPACKED // 1024 // 1024)


def _text_rows(content: bytes) -> Iterator[SheetRow]:
    text = _decoded(content)
    delimiter = _delimiter(text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False)
    try:
        for number, row in enumerate(reader, start=1):
            _check_shape(number, len(row))
            cells = tuple(_cut(cell) for cell in row)
            if any(str(cell).strip() for cell in cells):
                yield SheetRow(number, cells)
    except csv.Error:
        raise Refused("imports.not_a_table") from None


def _decoded(content: bytes) -> str:
    """Return the text, in UTF-8 or else GB18030; refused when it is neither or holds control signs."""
    if content.startswith(_PDF) or b"\x00" in content[:4096]:
        raise Refused("imports.not_a_table")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("imports.not_a_table")


def _delimiter(text: str) -> str:
    """Return the sign that parts the first line that is not empty; refused when none does."""
    line = next((line for line in text.splitlines() if line.strip()), "")
    best = max(DELIMITERS, key=line.count)
    if not line.count(best):
        raise Refused("imports.not_a_table")
    return best


def _cut(cell: Cell) -> Cell:
    """Return a cell no longer than any that makes sense."""
    return cell[:LONGEST_CELL] if isinstance(cell, str) else cell


def _check_shape(rows: int, columns: int) -> None:
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
