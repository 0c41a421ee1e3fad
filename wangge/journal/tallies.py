"""Reading tallies: what boards are made of; the cost does not grow with what has happened."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Sum, Value
from django.db.models.functions import StrIndex, Substr

from wangge.journal.counters import COUNTERS, STOCK
from wangge.journal.models import Stock, Tally
from wangge.kernel.paths import upper

Totals = dict[str, int]


def totals(*, path: str, counters: Iterable[str], day: date, today: date) -> Totals:
    """Return the counters of an area: flows of the day, stocks as the day closed (now, when it is today)."""
    result = dict.fromkeys(counters, 0)
    for counter, value in _flows(path, result, day).values_list("counter").annotate(total=Sum("value")):
        result[counter] = value
    for counter, value in _stocks(path, result).values_list("counter").annotate(total=Sum("value")):
        result[counter] = value
    if day < today:
        for counter, value in _since(path, result, day).values_list("counter").annotate(total=Sum("value")):
            result[counter] -= value
    return result


def children_totals(*, path: str, counters: Iterable[str], day: date, today: date) -> dict[str, Totals]:
    """Return the counters of each area one step below ``path``, by its path; what lies on ``path`` itself is absent."""
    wanted = list(counters)
    result: dict[str, Totals] = defaultdict(lambda: dict.fromkeys(wanted, 0))
    segment: Any = Substr("path", 1, Value(len(path)) + StrIndex(Substr("path", len(path) + 1), Value(".")))
    parts = [(_flows(path, wanted, day), 1), (_stocks(path, wanted), 1)]
    if day < today:
        parts.append((_since(path, wanted, day), -1))
    for rows, sign in parts:
        grouped = rows.exclude(path=path).annotate(child=segment).values_list("child", "counter")
        for child, counter, value in grouped.annotate(total=Sum("value")):
            result[child][counter] += sign * value
    return dict(result)


def paths_with(*, path: str, counter: str, day: date) -> set[str]:
    """Return the tally paths inside an area where the counter moved on the day."""
    return set(_range(Tally, path).filter(counter=counter, day=day, value__gt=0).values_list("path", flat=True))


def _range(model: Any, path: str) -> Any:
    return model.objects.filter(path__gte=path, path__lt=upper(path))


def _flows(path: str, counters: Iterable[str], day: date) -> Any:
    codes = [code for code in counters if COUNTERS[code].kind != STOCK]
    return _range(Tally, path).filter(counter__in=codes, day=day).order_by()


def _stocks(path: str, counters: Iterable[str]) -> Any:
    codes = [code for code in counters if COUNTERS[code].kind == STOCK]
    return _range(Stock, path).filter(counter__in=codes).order_by()


def _since(path: str, counters: Iterable[str], day: date) -> Any:
    """What stocks moved after the day, to be taken off their present value."""
    codes = [code for code in counters if COUNTERS[code].kind == STOCK]
    return _range(Tally, path).filter(counter__in=codes, day__gt=day).order_by()
