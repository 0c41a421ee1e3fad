"""Values of expressions: texts, numbers, true and false, and the answers of a repeat; turned into each other as XPath
does it, with days counted from 1970-01-01 as XLSForms do.
"""

import math
import re
from datetime import date, datetime, time, timedelta

Single = str | float | bool
Value = Single | tuple[Single, ...]
"""A tuple is what a question in a repeat was answered, seen from outside."""

EPOCH = date(1970, 1, 1)
_NUMBER = re.compile(r"\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*\Z", re.ASCII)
_DAY = re.compile(
    r"\s*([0-9]{4}-[0-9]{2}-[0-9]{2})(?:[T ]([0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?).*)?\s*\Z", re.ASCII
)


def single(value: Value) -> Single:
    """Return one value: of several the first, of none the empty text."""
    if isinstance(value, tuple):
        return value[0] if value else ""
    return value


def text_of(value: Value) -> str:
    """Return a value as text: whole numbers without a point, true and false as words."""
    one = single(value)
    if isinstance(one, bool):
        return "true" if one else "false"
    if isinstance(one, str):
        return one
    if math.isnan(one):
        return "NaN"
    if math.isinf(one):
        return "Infinity" if one > 0 else "-Infinity"
    return str(int(one)) if one == int(one) and abs(one) < 1e15 else format(one, ".15g")


def number_of(value: Value) -> float:
    """Return a value as a number: a day counts from 1970-01-01, what is no number is NaN."""
    one = single(value)
    if isinstance(one, bool | int | float):
        return float(one)
    if _NUMBER.match(one):
        return float(one)
    moment = moment_of(one)
    return math.nan if moment is None else days_of(moment)


def is_true(value: Value) -> bool:
    """Return whether a value holds: text that is not empty, a number that is not 0."""
    if isinstance(value, tuple):
        return bool(value)
    if isinstance(value, str):
        return value != ""
    return bool(value) and not math.isnan(value)


def is_numeric(value: Single) -> bool:
    """Tell whether a value is a number, or text that is one."""
    return not isinstance(value, bool) and (not isinstance(value, str) or bool(_NUMBER.match(value)))


def moment_of(text: str) -> datetime | None:
    """Return the moment that a text names, at midnight when it names a day; nothing when it names none."""
    match = _DAY.match(text)
    if match is None:
        return None
    try:
        clock = time.fromisoformat(match[2]) if match[2] else time()
        return datetime.combine(date.fromisoformat(match[1]), clock)
    except ValueError:
        return None


def days_of(moment: datetime) -> float:
    """Return the days from 1970-01-01 to a moment, as it stands on the wall."""
    clock = moment.replace(tzinfo=None) - datetime.combine(EPOCH, time())
    return clock / timedelta(days=1)


def day_of(value: Value) -> str:
    """Return the day of a text or of a number of days as yyyy-mm-dd, empty when it is none."""
    number = number_of(value)
    if math.isnan(number) or not -700_000 < number < 2_900_000:
        return ""
    return (EPOCH + timedelta(days=math.floor(number))).isoformat()


def compare(sign: str, left: Value, right: Value) -> bool:
    """Return how two values compare; of several answers one that does is enough, as XPath has it."""
    lefts = left if isinstance(left, tuple) else (left,)
    rights = right if isinstance(right, tuple) else (right,)
    return any(_compare(sign, one, other) for one in lefts for other in rights)


def _compare(sign: str, left: Single, right: Single) -> bool:
    if sign in ("=", "!="):
        return _equal(left, right) is (sign == "=")
    first, second = number_of(left), number_of(right)
    if sign == "<":
        return first < second
    if sign == "<=":
        return first <= second
    return first > second if sign == ">" else first >= second


def _equal(left: Single, right: Single) -> bool:
    """Compare true and false as such, two texts as texts, and as numbers where one is a number and both look so."""
    if isinstance(left, bool) or isinstance(right, bool):
        return is_true(left) is is_true(right)
    texts = isinstance(left, str) and isinstance(right, str)
    if not texts and is_numeric(left) and is_numeric(right):
        return number_of(left) == number_of(right)
    return text_of(left) == text_of(right)
