"""Days as offices write them: certain, or said why not. Nothing is guessed; a year left out is never a birth's."""

import re
from datetime import date, datetime, timedelta
from unicodedata import normalize

from wangge.flows.import_roster.numerals import read_numeral
from wangge.flows.import_roster.reading import Cell
from wangge.flows.import_roster.signs import says_nothing, text_of

DATE_AMBIGUOUS, DATE_IMPOSSIBLE, UNREADABLE = "date_ambiguous", "date_impossible", "cell_unreadable"
_AFTER = r"(?:[ T日]*[0-9]{1,2}[:时][0-9]{0,2}(?:[:分][0-9]{0,2})?[秒分]?)?"
_YEAR_FIRST = re.compile(rf"([12][0-9]{{3}})[-./年]([0-9]{{1,2}})[-./月]([0-9]{{1,2}})[日号]?{_AFTER}")
_EIGHT = re.compile(r"([12][0-9]{3})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})[-./]([0-9]{1,2})[-./]([12][0-9]{3})")
_SHORT_YEAR = re.compile(r"([0-9]{2})[-./年]([0-9]{1,2})[-./月]([0-9]{1,2})[日号]?")
_NO_YEAR = re.compile(rf"([0-9]{{1,2}})[-./月]([0-9]{{1,2}})[日号]?{_AFTER}")
_BARE = re.compile(r"[0-9./-]+|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日")
_SERIAL = re.compile(r"[1-6][0-9]{4}")
_NUMERALS = re.compile(r"[〇○零一二两三四五六七八九十廿卅]+")
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)

Read = tuple[date | None, str]
"""The day in a cell and a code of what is wrong; neither for an empty cell."""


def read_day(cell: Cell, *, latest: date | None = None, days_from_1904: bool = False) -> Read:
    """Read a day. Without a year it is the latest such day not after ``latest``, and none when that is not given.

    03/04/1965 could be two days and is none; a number of five digits is a workbook's own count of days.
    """
    if isinstance(cell, date):
        return (cell.date() if isinstance(cell, datetime) else cell), ""
    text = _plain(cell)
    is_number = isinstance(cell, int | float) and not isinstance(cell, bool)
    if is_number and _SERIAL.fullmatch(text):
        return (_EPOCH_1904 if days_from_1904 else _EPOCH) + timedelta(days=int(text)), ""
    if is_number and latest and re.fullmatch(r"[0-9]{1,2}\.[0-9]{1,2}", text):
        return _month_and_day_in_number(text, latest)
    return _in_text(text, latest)


def _in_text(text: str, latest: date | None) -> Read:
    if found := _YEAR_FIRST.fullmatch(text) or _EIGHT.fullmatch(text):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(int(found[1]), int(found[2]), int(found[3]))
    if latest and (found := _NO_YEAR.fullmatch(text)):
        return _latest(int(found[1]), int(found[2]), latest)
    return None, "" if says_nothing(text) else UNREADABLE


def read_birth(cell: Cell, *, known: date | None, as_of: date, days_from_1904: bool = False) -> Read:
    """Read a day of birth: of a year of two digits the century must be certain, by what is ``known`` or by the day."""
    found = None if isinstance(cell, date) else _SHORT_YEAR.fullmatch(_plain(cell))
    if not found:
        return read_day(cell, days_from_1904=days_from_1904)
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    days = [read for century in (1900, 2000) if (read := _day(century + year, month, day)[0]) and read <= as_of]
    if known in days:
        return known, ""
    if not days:
        return None, DATE_IMPOSSIBLE
    return (days[0], "") if len(days) == 1 else (None, DATE_AMBIGUOUS)


def _plain(cell: Cell) -> str:
    """Return a cell as it is compared: half-width, Chinese numerals as digits, no blanks around the parts."""
    text = text_of(cell)
    if not text or _BARE.fullmatch(text):
        return text
    text = normalize("NFKC", text)
    if any(sign in text for sign in "一二三四五六七八九十〇○零"):
        text = _NUMERALS.sub(_digits, text.replace("○", "〇").replace("廿", "二十").replace("卅", "三十"))
    text = re.sub(r"\s*([年月日号./-])\s*", r"\1", text)
    return re.sub(r"^(?:公历|阳历)", "", text)


def _digits(found: re.Match[str]) -> str:
    number = read_numeral(found[0])
    return found[0] if number is None else str(number)


def _month_and_day_in_number(text: str, latest: date) -> Read:
    """Read 2.3 typed as a number: a nought at its end is lost, so 2.1 is 1 or 10 February."""
    month, _, digits = text.partition(".")
    days = {_day(latest.year, int(month), int(one))[0] for one in {digits, f"{digits}0"} if len(one) <= 2}
    certain = [day for day in days if day]
    if len(certain) > 1:
        return None, DATE_AMBIGUOUS
    return _latest(certain[0].month, certain[0].day, latest) if certain else (None, DATE_IMPOSSIBLE)


def _latest(month: int, day: int, latest: date) -> Read:
    """Return the latest such day that is not after another; the 29th of February goes back up to eight years."""
    if _day(2000, month, day)[0] is None:
        return None, DATE_IMPOSSIBLE
    for year in range(latest.year, latest.year - 9, -1):
        found, _ = _day(year, month, day)
        if found and found <= latest:
            return found, ""
    return None, DATE_IMPOSSIBLE


def _year_last(first: int, second: int, year: int) -> Read:
    if first <= 12 and second <= 12 and first != second:
        return None, DATE_AMBIGUOUS
    return _day(year, first, second) if first <= 12 else _day(year, second, first)


def _day(year: int, month: int, day: int) -> Read:
    try:
        return date(year, month, day), ""
    except ValueError:
        return None, DATE_IMPOSSIBLE
