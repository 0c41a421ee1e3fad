"""Reading single cells: dates, telephones, words of a list, parts of a door. Certain, or said why not."""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import lru_cache
from unicodedata import category, normalize

from wangge.flows.import_roster.headers import NONE_WORDS, SAME_WORDS
from wangge.flows.import_roster.reading import Cell
from wangge.people.rules.particulars import normal_phone

DATE_AMBIGUOUS, DATE_IMPOSSIBLE, UNREADABLE = "date_ambiguous", "date_impossible", "cell_unreadable"
_YEAR_FIRST = re.compile(r"([12][0-9]{3})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?")
_EIGHT = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([12][0-9]{3})")
_SERIAL = re.compile(r"[1-6][0-9]{4}")
_EPOCH = date(1899, 12, 30)


def text_of(cell: Cell) -> str:
    """Return what a cell says as text: whole numbers without a decimal point, days as YYYY-MM-DD."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return ""
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


def read_day(cell: Cell) -> tuple[date | None, str]:
    """Return the day in a cell and a code of what is wrong; neither for an empty cell.

    A year is needed. 03/04/1965 could be two days and is none; a number of five digits is a workbook's own count.
    """
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell), ""
    text = re.sub(r"\s*([年月日./-])\s*", r"\1", normalize("NFKC", text_of(cell)))
    if isinstance(cell, int | float) and _SERIAL.fullmatch(text):
        return _EPOCH + timedelta(days=int(text)), ""
    if found := _YEAR_FIRST.fullmatch(text) or _EIGHT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[2]), int(found[3]))
    return None, "" if says_nothing(text) else UNREADABLE


def _year_last(first: int, second: int, year: int) -> tuple[date | None, str]:
    if first <= 12 and second <= 12 and first != second:
        return None, DATE_AMBIGUOUS
    return _day(year, first, second) if first <= 12 else _day(year, second, first)


def _day(year: int, month: int, day: int) -> tuple[date | None, str]:
    try:
        return date(year, month, day), ""
    except ValueError:
        return None, DATE_IMPOSSIBLE


_REMARK = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[\u4e00-\u9fff:：]+")
_STRONG = re.compile(r"[/、;；,，\n|或]+")


def read_phones(cell: Cell) -> tuple[tuple[str, ...], bool]:
    """Return the telephones in a cell in their stored form, and whether something in it is none."""
    text = normalize("NFKC", text_of(cell))
    if says_nothing(text):
        return (), False
    numbers: dict[str, None] = {}
    wrong = False
    for part in _STRONG.split(text):
        bare = _REMARK.sub(" ", part).strip()
        whole = normal_phone(bare)
        for piece in [bare] if whole else bare.split():
            number = normal_phone(piece)
            wrong = wrong or (number is None and not says_nothing(piece))
            if number:
                numbers[number] = None
    return tuple(numbers), wrong


def code_of(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the code that a word stands for in a list of ours, None when it is no word of it."""
    plain = re.sub(r"\s|[(（].*", "", normalize("NFKC", text)).casefold()
    spaced = re.sub(r"\s+", " ", text).strip().casefold()
    table = _reversed(tuple((code, tuple(known)) for code, known in words.items()))
    return table.get(plain, table.get(spaced))


@lru_cache(maxsize=8)
def _reversed(words: tuple[tuple[str, tuple[str, ...]], ...]) -> dict[str, str]:
    return {word.casefold(): code for code, known in words for word in known}


_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_PART = re.compile(
    r"第?([0-9A-Za-z]+|[〇零一二两三四五六七八九十百]+)(?:号楼|#楼|楼栋|村民小组|小组|单元|栋|幢|座|楼|门|组|室|房|户|号|#)?"
)


def read_part(text: str) -> str | None:
    """Return one part of a door, such as 3 of 第三栋 or 501 of 501室; None when it is not certain, "" when empty."""
    plain = re.sub(r"\s", "", normalize("NFKC", text))
    if says_nothing(plain):
        return ""
    found = _PART.fullmatch(plain)
    if not found:
        return None
    part = found[1]
    if part[0] in _DIGITS or part[0] in "十百":
        number = read_numeral(part)
        return str(number) if number is not None else None
    return part.lstrip("0") or "0"


_ONES = "([一二两三四五六七八九])"
_NUMERAL = re.compile(rf"(?:{_ONES}百)?[零〇]?(?:{_ONES}?(十))?{_ONES}?")


def read_numeral(text: str) -> int | None:
    """Return a Chinese numeral below a thousand (十二), or digits one by one (五零一); None when it is none."""
    if not set(text) & set("十百"):
        return int("".join(str(_DIGITS[sign]) for sign in text))
    found = re.fullmatch(
        r"(?:([一二两三四五六七八九])百)?[零〇]?(?:([一二两三四五六七八九])?(十))?([一二两三四五六七八九])?", text
    )
    if not found:
        return None
    hundreds, tens, ten, ones = found.groups()
    return 100 * _DIGITS.get(hundreds, 0) + (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)
