"""Paper: codes of pages, and how doors are cut into pages. Pure decisions."""

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar
from unicodedata import normalize
from uuid import UUID

T = TypeVar("T")
SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without I, L, O, 0 and 1, which are taken for each other when they are written or read aloud."""
CODE_LONG = 8
ROWS_A_PAGE = 22
DOORS_MOST = 2_000
PREFIX = "WG1:"
"""What a scanned square begins with, so that another code is not taken for one of ours."""


def sheet_code(sheet: UUID) -> str:
    """Return the code of a page: eight signs made from its id."""
    number = int.from_bytes(sha256(sheet.bytes).digest()[:8])
    signs = ""
    for _ in range(CODE_LONG):
        number, sign = divmod(number, len(SIGNS))
        signs += SIGNS[sign]
    return signs


def read_code(text: str) -> str:
    """Return the code in what was typed or scanned: case, width, blanks and dashes make no difference."""
    plain = "".join(normalize("NFKC", text).upper().split()).removeprefix(PREFIX)
    return plain.replace("-", "")


def pages_of(doors: Sequence[T], size: int = ROWS_A_PAGE) -> list[Sequence[T]]:
    """Return doors cut into pages."""
    return [doors[start : start + size] for start in range(0, len(doors), size)]
