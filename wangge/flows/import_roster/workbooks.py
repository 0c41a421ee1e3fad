"""Workbooks: values and merged cells by calamine, after what could hurt has been looked for; marks by a second pass."""

import io
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wangge.flows.import_roster.reading import (
    HIDDEN_COLUMN,
    HIDDEN_ROW,
    LARGEST_UNPACKED,
    STRUCK,
    Cell,
    Merge,
    Omitted,
    Sheet,
    check_shape,
    filled_rows,
)
from wangge.kernel.refused import Refused

MOST_ENTRIES = 1_000
LARGEST_RATIO = 100
RATIO_FROM = 1024 * 1024
"""Below this size an archive may be packed as tightly as it likes."""
_OLE = b"\xd0\xcf\x11\xe0"


@dataclass(slots=True)
class Marks:
    """What values do not tell of one sheet: rows from 1, columns from 0; ``kept`` is what is not struck of a cell."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    struck: dict[tuple[int, int], str] = field(default_factory=dict)
    formulas: set[tuple[int, int]] = field(default_factory=set)
    days_from_1904: bool = False


def read_workbook(content: bytes) -> list[Sheet]:
    """Return the sheets of an .xlsx or .xls workbook; refused when it is protected, carries macros, or is damaged."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

    marks_of = _check(content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        wanted = [meta for meta in book.sheets_metadata if meta.typ == SheetTypeEnum.WorkSheet]
        marks = marks_of([meta.name for meta in wanted if meta.visible == SheetVisibleEnum.Visible])
        return [
            _sheet(book, meta.name, meta.visible != SheetVisibleEnum.Visible, marks.get(meta.name, Marks()))
            for meta in wanted
        ]
    except PasswordError:
        raise Refused("imports.file_protected") from None
    except CalamineError:
        raise Refused("imports.not_a_table") from None


def _check(content: bytes) -> Callable[[list[str]], Mapping[str, Marks]]:
    """Refuse what could hurt, and return what reads the marks of the sheets."""
    from wangge.flows.import_roster import marks_in_xls, marks_in_xlsx

    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise Refused("imports.file_protected")
        if "_VBA_PROJECT".encode("utf-16-le") in content:
            raise Refused("imports.file_has_macros")
        return lambda names: marks_in_xls.read_marks(content, names)
    _check_zip(content)
    return lambda names: marks_in_xlsx.read_marks(content, names)


def _check_zip(content: bytes) -> None:
    """Refuse an archive that is damaged, unpacks to too much, or carries macros."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise Refused("imports.not_a_table") from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise Refused("imports.not_a_table")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Refused("imports.file_has_macros")
    size = sum(entry.file_size for entry in entries)
    packed = size > RATIO_FROM and size > LARGEST_RATIO * len(content)
    if size > LARGEST_UNPACKED or packed or len(entries) > MOST_ENTRIES:
        raise Refused("imports.file_unpacks_too_big", limit=LARGEST_UNPACKED // 1024 // 1024)


def _sheet(book: object, name: str, hidden: bool, marks: Marks) -> Sheet:
    if hidden:
        # Its cells are never looked at.
        return Sheet(name, True, ())
    found = book.get_sheet_by_name(name)  # type: ignore[attr-defined]
    rows: list[list[Cell]] = found.to_python(skip_empty_area=False)
    check_shape(len(rows), max((len(row) for row in rows), default=0))
    merges = tuple(
        Merge(top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in found.merged_cell_ranges or ()
    )
    omitted = tuple(_omit(rows, marks))
    return Sheet(name, False, filled_rows(rows), merges, omitted, frozenset(marks.formulas), marks.days_from_1904)


def _omit(rows: list[list[Cell]], marks: Marks) -> list[Omitted]:
    """Take hidden and struck content out of the cells, and return where it was; places without content are not told."""
    said: list[Omitted] = []
    for number in sorted(marks.rows):
        if number <= len(rows) and any(_says(cell) for cell in rows[number - 1]):
            said.append(Omitted(HIDDEN_ROW, number, None))
            rows[number - 1] = [None] * len(rows[number - 1])
    for column in sorted(marks.columns):
        said += [Omitted(HIDDEN_COLUMN, None, column)] * _clear(rows, column)
    for (number, column), kept in sorted(marks.struck.items()):
        if number <= len(rows) and column < len(rows[number - 1]) and _says(rows[number - 1][column]):
            said.append(Omitted(STRUCK, number, column))
            rows[number - 1][column] = kept or None
    return said


def _clear(rows: list[list[Cell]], column: int) -> bool:
    """Empty a column, and return whether anything stood in it."""
    full = [row for row in rows if column < len(row) and _says(row[column])]
    for row in full:
        row[column] = None
    return bool(full)


def _says(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
