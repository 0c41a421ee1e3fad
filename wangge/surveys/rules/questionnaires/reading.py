"""One answer as it is kept: what was typed or sent, turned into the value of the question's type, or what is wrong."""

import math
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from unicodedata import normalize

from wangge.surveys.rules.questionnaires.definition import OTHER, Choice, Question

TEXT_MOST = 1_000
LARGEST = 10**12
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}\Z", re.ASCII)
_DECIMAL = re.compile(r"[+-]?[0-9]{0,15}(?:\.[0-9]{0,15})?\Z", re.ASCII)
_DAY = re.compile(r"([0-9]{4})(?:[-/.]|年)([0-9]{1,2})(?:[-/.]|月)([0-9]{1,2})日?\Z", re.ASCII)
_CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?\Z", re.ASCII)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


class Unfit(Exception):
    """An answer that cannot be kept, with the code of what is wrong."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_blank(given: Any) -> bool:
    """Tell whether nothing was answered."""
    return given is None or given in ("", [], ()) or (isinstance(given, str) and not given.strip())


def cleaned(one: Question, given: Any, offered: Sequence[Choice]) -> Any:
    """Return an answer as it is kept; ``Unfit`` when it is none of the question's type or choices."""
    if one.type in ("select_multiple", "rank"):
        return _several(one, given, offered)
    if one.type == "select_one":
        return _chosen(one, given, offered)
    return _READERS[one.type](one, given)


def _text(one: Question, given: Any) -> str:
    if not isinstance(given, str | int | float) or isinstance(given, bool):
        raise Unfit("not_text")
    text = _CONTROL.sub("", str(given)).strip()
    if len(text) > TEXT_MOST:
        raise Unfit("text_long")
    return text


def _typed(given: Any) -> str:
    """Return what was typed in half-width signs."""
    return normalize("NFKC", str(given)).strip()


def _integer(one: Question, given: Any) -> int:
    if isinstance(given, bool):
        raise Unfit("not_whole")
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    text = _typed(given)
    if not _WHOLE.match(text):
        raise Unfit("not_whole")
    if abs(int(text)) > LARGEST:
        raise Unfit("number_large")
    return int(text)


def _decimal(one: Question, given: Any) -> int | float:
    if isinstance(given, bool):
        raise Unfit("not_number")
    text = repr(given) if isinstance(given, float) else _typed(given)
    if isinstance(given, float) and math.isfinite(given):
        number = given
    elif is_number(text):
        number = float(text)
    else:
        raise Unfit("not_number")
    if abs(number) > LARGEST:
        raise Unfit("number_large")
    return int(number) if number.is_integer() else number


def _date(one: Question, given: Any) -> str:
    if isinstance(given, datetime):
        return given.date().isoformat()
    if isinstance(given, date):
        return given.isoformat()
    text = _typed(given)
    match = _DAY.match(text.partition("T")[0])
    if match is None:
        raise Unfit("not_day")
    try:
        return date(int(match[1]), int(match[2]), int(match[3])).isoformat()
    except ValueError:
        raise Unfit("not_day") from None


def _time(one: Question, given: Any) -> str:
    match = _CLOCK.match(_typed(given.isoformat() if isinstance(given, time) else given))
    if match is None or int(match[1]) > 23 or int(match[2]) > 59 or int(match[3] or 0) > 59:
        raise Unfit("not_time")
    seconds = f":{match[3]}" if match[3] and match[3] != "00" else ""
    return f"{int(match[1]):02d}:{match[2]}{seconds}"


def _moment(one: Question, given: Any) -> str:
    text = _typed(given.isoformat() if isinstance(given, datetime) else given).replace("T", " ")
    day, _, clock = text.partition(" ")
    try:
        return f"{_date(one, day)}T{_time(one, clock.strip() or '00:00')}"
    except Unfit:
        raise Unfit("not_moment") from None


def _acknowledged(one: Question, given: Any) -> str:
    if given is True or _typed(given).lower() in ("ok", "true", "yes", "on", "1"):
        return "OK"
    raise Unfit("not_acknowledged")


def _range(one: Question, given: Any) -> int | float:
    number = _decimal(one, given)
    start, end, step = range_of(one)
    if not start <= number <= end or abs((number - start) / step - round((number - start) / step)) > 1e-9:
        raise Unfit("not_in_range")
    return number


def range_of(one: Question) -> tuple[float, float, float]:
    """Return start, end and step of a range: 1 to 10 by 1 where nothing that can be used is said."""
    found = []
    for name, usual in (("start", 1.0), ("end", 10.0), ("step", 1.0)):
        text = one.parameters.get(name, "")
        found.append(float(text) if is_number(text) else usual)
    return found[0], found[1], abs(found[2]) or 1.0


def is_number(text: str) -> bool:
    """Tell whether a text is a number as it is stored."""
    return bool(_DECIMAL.match(text)) and any(sign.isdigit() for sign in text)


def _chosen(one: Question, given: Any, offered: Sequence[Choice]) -> str:
    text = given if isinstance(given, str) else _typed(given)
    if text.strip() not in _values(one, offered):
        raise Unfit("not_offered")
    return text.strip()


def _several(one: Question, given: Any, offered: Sequence[Choice]) -> list[str]:
    given = given.split() if isinstance(given, str) else given
    if not isinstance(given, list | tuple):
        raise Unfit("not_offered")
    chosen = [str(value).strip() for value in given]
    known = _values(one, offered)
    if any(value not in known for value in chosen):
        raise Unfit("not_offered")
    if one.type == "rank":
        if sorted(chosen) != sorted(known):
            raise Unfit("rank_incomplete")
        return chosen
    return [value for value in known if value in chosen]


def _values(one: Question, offered: Sequence[Choice]) -> list[str]:
    values = list(dict.fromkeys(choice.value for choice in offered))
    return [*values, OTHER] if one.other and OTHER not in values else values


_READERS: Mapping[str, Callable[[Question, Any], Any]] = {
    "text": _text,
    "integer": _integer,
    "decimal": _decimal,
    "date": _date,
    "time": _time,
    "datetime": _moment,
    "acknowledge": _acknowledged,
    "range": _range,
}
