"""Text files with one row a line: the encoding and the sign between the cells are found out."""

import csv
import io
from collections import Counter

from wangge.flows.import_roster.reading import MOST_COLUMNS, Sheet, filled_rows
from wangge.kernel.refused import Refused

DELIMITERS = ",\t;|，~^"
LINES_LOOKED_AT = 60
_PICTURES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b")
_WIDE = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def read_text(content: bytes) -> Sheet:
    """Return a text file as one sheet; refused when it is no table."""
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    if first.strip().casefold().startswith("sep=") and len(first.strip()) == 5:
        # Excel's own hint; the line stays so that the numbers of the rows are those of the file.
        text, delimiter = f"\n{rest}", first.strip()[4]
    else:
        delimiter = _delimiter(text)
    try:
        rows = filled_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=False))
    except csv.Error:
        raise Refused("imports.not_a_table") from None
    return Sheet(None, False, rows)


def _decoded(content: bytes) -> str:
    """Return the text, in UTF-8, UTF-16 or GB18030; refused when it is none of them or holds control signs."""
    if content.startswith(_PICTURES):
        raise Refused("imports.not_a_table")
    wide = _WIDE.get(content[:2])
    if wide is None and b"\x00" in content[:4096]:
        raise Refused("imports.not_a_table")
    for encoding in (wide,) if wide else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding).lstrip("\ufeff")
        except UnicodeDecodeError:
            continue
        if not any(sign in text[:4096] for sign in "\x00\x01\x02\x03\x04\x1b"):
            return text
    raise Refused("imports.not_a_table")


def _delimiter(text: str) -> str:
    """Return the sign that parts most lines into the same number of cells; refused when none parts any."""
    lines = [line for line in text.splitlines()[: LINES_LOOKED_AT * 2] if line.strip()][:LINES_LOOKED_AT]
    best = max(DELIMITERS, key=lambda sign: _agreement(lines, sign))
    if _agreement(lines, best) <= (0, 0):
        raise Refused("imports.not_a_table")
    return best


def _agreement(lines: list[str], delimiter: str) -> tuple[int, int]:
    """Return how many lines are parted into one number of cells, and into how many."""
    try:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
    except csv.Error:
        return 0, 0
    if not widths:
        return 0, 0
    width, number = max(widths.items(), key=lambda item: (item[1], item[0]))
    return number, min(width, MOST_COLUMNS + 1)
