"""A workbook of plain text, written row by row: some hundred thousand cells in a second. Without Django.

Every cell is an inline string of Office Open XML (ECMA-376, part 1, 18.3.1.53), so that no text becomes a formula, a
number or a link.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from wangge.flows.import_roster.reading import column_letter

NAME_LIMIT = 31
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# what XML cannot hold at all, and what stands for something in it
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_BAD_IN_NAME = re.compile(r"[\[\]:*?/\\]")
Row = tuple[int, Sequence[str | None]]
"""The number of a row, from 1, and its cells from the left; None for an empty one."""


@dataclass(frozen=True, slots=True)
class PlainSheet:
    """A sheet: its name, rows in ascending order, how many rows stay in sight, and widths of columns by index."""

    name: str
    rows: Iterable[Row]
    still: int = 0
    widths: tuple[tuple[int, int], ...] = ()


def plain_book(sheets: Sequence[PlainSheet]) -> bytes:
    """Return the sheets as an .xlsx workbook."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
        numbers = range(1, len(sheets) + 1)
        book.writestr("[Content_Types].xml", _content_types(numbers))
        book.writestr("_rels/.rels", _links([("officeDocument", "xl/workbook.xml")]))
        book.writestr("xl/workbook.xml", _workbook([one.name for one in sheets]))
        links = [("worksheet", f"worksheets/sheet{number}.xml") for number in numbers]
        book.writestr("xl/_rels/workbook.xml.rels", _links(links))
        for number, sheet in zip(numbers, sheets, strict=True):
            with book.open(f"xl/worksheets/sheet{number}.xml", "w", force_zip64=True) as out:
                _write(out, sheet)
    return made.getvalue()


def _content_types(numbers: Iterable[int]) -> str:
    parts = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
        for number in numbers
    )
    return (
        f'{_DECLARED}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>{parts}</Types>'
    )


def _links(links: Sequence[tuple[str, str]]) -> str:
    parts = "".join(
        f'<Relationship Id="rId{number}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(links, start=1)
    )
    return f'{_DECLARED}<Relationships xmlns="{_PACKAGE}/relationships">{parts}</Relationships>'


def _workbook(names: Sequence[str]) -> str:
    parts = "".join(
        f'<sheet name="{_escaped(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(_different(names), start=1)
    )
    return f'{_DECLARED}<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><sheets>{parts}</sheets></workbook>'


def _different(names: Sequence[str]) -> list[str]:
    """Return names as a workbook takes them: short, without its own signs, each once."""
    found: list[str] = []
    for number, name in enumerate(names, start=1):
        plain = _BAD_IN_NAME.sub(" ", name).strip("' ")[:NAME_LIMIT] or str(number)
        taken = {one.casefold() for one in found}
        found.append(plain if plain.casefold() not in taken else f"{plain[: NAME_LIMIT - 5]} {number}")
    return found


def _write(out: IO[bytes], sheet: PlainSheet) -> None:
    still = (
        f'<sheetViews><sheetView workbookViewId="0"><pane ySplit="{sheet.still}" topLeftCell="A{sheet.still + 1}" '
        'activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
        if sheet.still
        else ""
    )
    widths = "".join(
        f'<col min="{at + 1}" max="{at + 1}" width="{width}" customWidth="1"/>' for at, width in sheet.widths
    )
    columns = f"<cols>{widths}</cols>" if widths else ""
    out.write(f'{_DECLARED}<worksheet xmlns="{_MAIN}">{still}{columns}<sheetData>'.encode())
    part: list[str] = []
    letters = [column_letter(at) for at in range(max(26, max((at for at, _ in sheet.widths), default=0) + 1))]
    for number, cells in sheet.rows:
        part.append(_row(number, cells, letters))
        if len(part) == 500:
            out.write("".join(part).encode())
            part.clear()
    out.write("".join(part).encode() + b"</sheetData></worksheet>")


def _row(number: int, cells: Sequence[str | None], letters: list[str]) -> str:
    while len(letters) < len(cells):
        letters.append(column_letter(len(letters)))
    return (
        f'<row r="{number}">'
        + "".join(
            [
                f'<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">{_escaped(cell)}</t></is></c>'
                for letter, cell in zip(letters, cells, strict=False)
                if cell
            ]
        )
        + "</row>"
    )


def _escaped(text: str) -> str:
    """Return text as XML holds it, also inside quotation marks."""
    if text.isalnum():
        return text
    plain = _IMPOSSIBLE.sub("", text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
