"""A cell as text, and what people write into a cell that has nothing to say."""

from datetime import date, datetime, timedelta
from unicodedata import category

from wangge.flows.import_roster.headers import NONE_WORDS, SAME_WORDS
from wangge.flows.import_roster.reading import Cell


def text_of(cell: Cell) -> str:
    """Return what a cell says as text: whole numbers without a decimal point, days as YYYY-MM-DD."""
    if isinstance(cell, str):
        return visible(cell)
    if cell is None or isinstance(cell, bool | timedelta):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell).isoformat()
    return visible(str(cell))


def visible(text: str) -> str:
    """Return text without invisible signs and without blanks around it."""
    if text.isprintable():
        return text.strip()
    return "".join(sign for sign in text if category(sign) not in ("Cf", "Cc") or sign in "\n\t").strip()


def says_nothing(text: str) -> bool:
    """Tell whether a cell is empty or holds a word for none."""
    return not text or text.casefold() in NONE_WORDS


def says_same(text: str) -> bool:
    """Tell whether a cell repeats the one above."""
    return text.casefold() in SAME_WORDS
