"""The functions that expressions may call, with how many arguments; there are no others."""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from wangge.surveys.rules.questionnaires.expressions.patterns import matches
from wangge.surveys.rules.questionnaires.expressions.values import (
    Single,
    Value,
    day_of,
    is_true,
    moment_of,
    number_of,
    single,
    text_of,
)

MANY = 60


class Seen(Protocol):
    """What functions see of the place where they are called."""

    @property
    def today(self) -> date:
        """The local day."""

    @property
    def now(self) -> datetime:
        """The local time."""

    @property
    def current(self) -> Value:
        """The answer that the expression is about."""

    @property
    def position(self) -> int:
        """The number of the entry of the repeat."""


@dataclass(frozen=True, slots=True)
class Function:
    """One function: how many arguments it takes, and what it does with them."""

    work: Callable[..., Value]
    least: int = 0
    most: int = 0


def _all(value: Value) -> tuple[Single, ...]:
    """Return every answer that was given."""
    several = value if isinstance(value, tuple) else (value,)
    return tuple(one for one in several if one != "")


def _chosen(value: Value) -> list[str]:
    return text_of(value).split()


def _selected(seen: Seen, value: Value, wanted: Value) -> Value:
    return text_of(wanted).strip() in _chosen(value)


def _selected_at(seen: Seen, value: Value, place: Value) -> Value:
    chosen, number = _chosen(value), number_of(place)
    return chosen[int(number)] if 0 <= number < len(chosen) else ""


def _int(seen: Seen, value: Value) -> Value:
    number = number_of(value)
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


def _round(seen: Seen, value: Value, places: Value = 0.0) -> Value:
    """Round halves up, as XPath does."""
    number, digits = number_of(value), number_of(places)
    if math.isnan(number) or math.isinf(number) or math.isnan(digits) or abs(digits) > 15:
        return number
    scale = 10.0 ** int(digits)
    return math.floor(number * scale + 0.5) / scale if abs(number) < 1e15 else number


def _power(seen: Seen, base: Value, exponent: Value) -> Value:
    try:
        return math.pow(number_of(base), number_of(exponent))
    except (OverflowError, ValueError):
        return math.nan


def _numbers(values: Iterable[Value]) -> list[float]:
    return [number_of(one) for value in values for one in _all(value)]


def _sum(seen: Seen, *values: Value) -> Value:
    return sum(_numbers(values), 0.0)


def _least(seen: Seen, *values: Value) -> Value:
    numbers = _numbers(values)
    return math.nan if not numbers or any(map(math.isnan, numbers)) else min(numbers)


def _most(seen: Seen, *values: Value) -> Value:
    numbers = _numbers(values)
    return math.nan if not numbers or any(map(math.isnan, numbers)) else max(numbers)


def _count(seen: Seen, value: Value) -> Value:
    return float(len(value)) if isinstance(value, tuple) else float(value != "")


def _substr(seen: Seen, value: Value, start: Value, end: Value = math.inf) -> Value:
    """Return the signs from ``start`` (counted from 0) up to ``end``; from the end where they are negative."""
    text, first, last = text_of(value), number_of(start), number_of(end)
    if math.isnan(first) or math.isnan(last):
        return ""
    return text[_place(first, text) : _place(last, text)]


def _place(number: float, text: str) -> int:
    """Return a place in a text, its ends for what lies beyond them."""
    return int(min(max(number, -len(text)), len(text)))


def _coalesce(seen: Seen, *values: Value) -> Value:
    return next((single(one) for one in values if text_of(one) != ""), "")


def _join(seen: Seen, between: Value, *values: Value) -> Value:
    return text_of(between).join(text_of(one) for value in values for one in _all(value))


def _date_time(seen: Seen, value: Value) -> Value:
    moment = moment_of(text_of(value))
    return moment.isoformat() if moment else day_of(value)


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_PARTS: Mapping[str, Callable[[datetime], str]] = {
    "Y": lambda at: f"{at.year:04d}",
    "y": lambda at: f"{at.year % 100:02d}",
    "m": lambda at: f"{at.month:02d}",
    "n": lambda at: str(at.month),
    "b": lambda at: _MONTHS[at.month - 1],
    "d": lambda at: f"{at.day:02d}",
    "e": lambda at: str(at.day),
    "H": lambda at: f"{at.hour:02d}",
    "h": lambda at: str(at.hour),
    "M": lambda at: f"{at.minute:02d}",
    "S": lambda at: f"{at.second:02d}",
    "3": lambda at: f"{at.microsecond // 1000:03d}",
    "a": lambda at: _DAYS[at.weekday()],
}


def _format_date(seen: Seen, value: Value, shape: Value) -> Value:
    moment = moment_of(text_of(value)) or moment_of(day_of(value))
    if moment is None:
        return ""
    return re.sub(r"%([Yymnbde3HhMSa])", lambda part: _PARTS[part[1]](moment), text_of(shape))


def _texts(work: Callable[..., Value]) -> Callable[..., Value]:
    """Return a function that takes its arguments as texts."""
    return lambda seen, *values: work(*(text_of(one) for one in values))


def _number(work: Callable[[float], float]) -> Callable[..., Value]:
    """Return a function of one number, which leaves what has no whole part alone."""

    def run(seen: Seen, value: Value) -> Value:
        number = number_of(value)
        return work(number) if math.isfinite(number) else number

    return run


FUNCTIONS: Mapping[str, Function] = {
    "selected": Function(_selected, 2, 2),
    "selected-at": Function(_selected_at, 2, 2),
    "count-selected": Function(lambda seen, value: float(len(_chosen(value))), 1, 1),
    "not": Function(lambda seen, value: not is_true(value), 1, 1),
    "true": Function(lambda seen: True),
    "false": Function(lambda seen: False),
    "boolean": Function(lambda seen, value: is_true(value), 1, 1),
    "boolean-from-string": Function(_texts(lambda text: text.strip().lower() in ("true", "1")), 1, 1),
    "int": Function(_int, 1, 1),
    "number": Function(lambda seen, value: number_of(value), 1, 1),
    "round": Function(_round, 1, 2),
    "floor": Function(_number(math.floor), 1, 1),
    "ceiling": Function(_number(math.ceil), 1, 1),
    "abs": Function(_number(abs), 1, 1),
    "pow": Function(_power, 2, 2),
    "string": Function(_texts(lambda text: text), 1, 1),
    "string-length": Function(_texts(lambda text: float(len(text))), 1, 1),
    "normalize-space": Function(_texts(lambda text: " ".join(text.split())), 1, 1),
    "concat": Function(lambda seen, *values: _join(seen, "", *values), 1, MANY),
    "join": Function(_join, 2, MANY),
    "contains": Function(_texts(lambda text, part: part in text), 2, 2),
    "starts-with": Function(_texts(lambda text, part: text.startswith(part)), 2, 2),
    "ends-with": Function(_texts(lambda text, part: text.endswith(part)), 2, 2),
    "substring-before": Function(
        _texts(lambda text, part: text.partition(part)[0] if part and part in text else ""), 2, 2
    ),
    "substring-after": Function(_texts(lambda text, part: text.partition(part)[2] if part else text), 2, 2),
    "substr": Function(_substr, 2, 3),
    "regex": Function(_texts(matches), 2, 2),
    "coalesce": Function(_coalesce, 1, MANY),
    "if": Function(lambda seen, condition, then, otherwise: then if is_true(condition) else otherwise, 3, 3),
    "once": Function(lambda seen, value: _coalesce(seen, seen.current, value), 1, 1),
    "count": Function(_count, 1, 1),
    "count-non-empty": Function(lambda seen, value: float(len(_all(value))), 1, 1),
    "sum": Function(_sum, 1, MANY),
    "min": Function(_least, 1, MANY),
    "max": Function(_most, 1, MANY),
    "position": Function(lambda seen, around="": float(seen.position), 0, 1),
    "today": Function(lambda seen: seen.today.isoformat()),
    "now": Function(lambda seen: seen.now.replace(microsecond=0).isoformat()),
    "date": Function(lambda seen, value: day_of(value), 1, 1),
    "date-time": Function(_date_time, 1, 1),
    "decimal-date-time": Function(lambda seen, value: number_of(value), 1, 1),
    "format-date": Function(_format_date, 2, 2),
    "format-date-time": Function(_format_date, 2, 2),
}
