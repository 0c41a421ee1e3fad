"""Days as lists write them, with the year or without: then it is the latest such day that is not ahead."""

import re
from datetime import date
from unicodedata import normalize

from wangge.flows.import_roster.cells import read_day, text_of
from wangge.flows.import_roster.reading import Cell

DATE_AMBIGUOUS, DATE_IMPOSSIBLE, UNREADABLE = "date_ambiguous", "date_impossible", "cell_unreadable"
_SHORT = re.compile(r"([0-9]{1,2})[-./月]([0-9]{1,2})[日号]?(?:[ ,，]?[0-9]{1,2}[:：点时].*)?")
_NUMERALS = re.compile(r"([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})[日号]?")
_WITH_HOUR = re.compile(r"([12][0-9]{3}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?)[ T,，]?[0-9]{1,2}[:：点时].*")


def day_near(cell: Cell, as_of: date) -> tuple[date | None, str]:
    """Return the day in a cell and a code of what is wrong; neither for an empty cell."""
    day, fault = read_day(cell)
    if day is not None or not fault or fault == DATE_AMBIGUOUS:
        return day, fault
    if isinstance(cell, int | float):
        # the number 2.1 may have been 2月1日 or 2月10日
        return None, DATE_AMBIGUOUS if 1 < cell < 13 else fault
    text = re.sub(r"\s*([年月日./-])\s*", r"\1", normalize("NFKC", text_of(cell)).strip())
    if found := _WITH_HOUR.fullmatch(text):
        return read_day(found[1])
    if found := _SHORT.fullmatch(text):
        return _latest(int(found[1]), int(found[2]), as_of)
    if found := _NUMERALS.fullmatch(text):
        return _latest(_numeral(found[1]), _numeral(found[2]), as_of)
    return None, UNREADABLE


def _numeral(text: str) -> int:
    """Return a Chinese numeral below a hundred."""
    tens, ten, ones = text.rpartition("十") if "十" in text else ("", "", text)
    sign = "零一二三四五六七八九"
    return (sign.find(tens) if tens else 1) * 10 * bool(ten) + (sign.find(ones) if ones else 0)


def _latest(month: int, day: int, as_of: date) -> tuple[date | None, str]:
    """Return the latest such day not after another; 29 February may lie some years back."""
    for year in range(as_of.year, as_of.year - 5, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= as_of:
            return found, ""
    return None, DATE_IMPOSSIBLE
