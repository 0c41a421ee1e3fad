"""Opening a workbook: the sheets that make a form, as texts; a file that is none, or too large, is refused."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import msgspec
from python_calamine import CalamineError, CalamineWorkbook

from wangge.kernel.refused import Refused

LARGEST = 5 * 1024 * 1024
UNPACKED = 80 * 1024 * 1024
ROWS_MOST = {"survey": 6_000, "choices": 25_000, "settings": 20}
COLUMNS_MOST = 200
READ = tuple(ROWS_MOST)
EMPTY_OLD = b"\xd0\xcf\x11\xe0"

Row = tuple[str, ...]


class Workbook(msgspec.Struct, frozen=True):
    """A form as texts: the rows of its sheets by their plain names, from the first row on, and what else lies in it."""

    sheets: dict[str, list[Row]]
    others: list[str]


def refuse_size(content: bytes) -> None:
    """Refuse a file that is empty or larger than a form can be."""
    if not content:
        raise Refused("questionnaires.file_empty")
    if len(content) > LARGEST:
        raise Refused("questionnaires.file_too_big", limit=LARGEST // 1024 // 1024)


def open_workbook(content: bytes) -> Workbook:
    """Return the sheets of a workbook; refused when it is none, or has no sheet of questions."""
    refuse_size(content)
    _refuse_packed(content)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(content))
        names = list(book.sheet_names)
        found = {name: _sheet(book, name, plain) for name in names if (plain := name.strip().lower()) in READ}
    except (CalamineError, OSError, ValueError, KeyError, zipfile.BadZipFile):
        raise Refused("questionnaires.file_unreadable") from None
    sheets = {name.strip().lower(): rows for name, rows in found.items()}
    if "survey" not in sheets:
        raise Refused("questionnaires.survey_sheet_missing")
    return Workbook(sheets, [name for name in names if name not in found])


def _refuse_packed(content: bytes) -> None:
    """Refuse what is no workbook by its first bytes, and what would unpack to far more than a form."""
    if content.startswith(EMPTY_OLD):
        return
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        raise Refused("questionnaires.file_unreadable") from None
    if size > UNPACKED:
        raise Refused("questionnaires.file_too_hard")


def _sheet(book: CalamineWorkbook, name: str, plain: str) -> list[Row]:
    sheet = book.get_sheet_by_name(name)
    if sheet.total_height > ROWS_MOST[plain]:
        raise Refused("questionnaires.form_too_large", questions=2_000, choices=20_000)
    rows = sheet.to_python(skip_empty_area=False, nrows=ROWS_MOST[plain])
    return [_texts(row) for row in rows]


def _texts(row: Sequence[Any]) -> Row:
    return tuple(cell_text(cell) for cell in row[:COLUMNS_MOST])


def cell_text(cell: Any) -> str:
    """Return a cell as text: whole numbers without a point, days as yyyy-mm-dd."""
    text = "" if cell is None else str(cell)
    if isinstance(cell, bool):
        text = text.lower()
    elif isinstance(cell, float) and cell.is_integer():
        text = str(int(cell))
    elif isinstance(cell, datetime):
        text = cell.date().isoformat() if cell.time() == time() else cell.isoformat(timespec="seconds")
    elif isinstance(cell, date | time):
        text = cell.isoformat()
    return text.replace("\u00a0", " ").strip()
