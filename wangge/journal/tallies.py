"""Reading tallies: what boards are made of; the cost does not grow with what has happened."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, Sum, Value
from django.db.models.functions import StrIndex, Substr

from wangge.journal.counters import COUNTERS, STOCK
from wangge.journal.models import Stock, Tally
from wangge.kernel.paths import ancestors, outermost, upper

Totals = dict[str, int]


def totals(*, path: str, counters: Iterable[str], day: date, today: date) -> Totals:
    """Return the counters of an area: flows of the day, stocks as the day closed (now, when it is today)."""
    result = dict.fromkeys(counters, 0)
    for rows, sign in _parts(path, result, day, today):
        for counter, value in rows.values_list("counter").annotate(total=Sum("value")):
            result[counter] += sign * value
    return result


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The counters of an area, and of each area one step below by its path; what lies on the area itself is in none."""

    whole: Totals
    below: dict[str, Totals]


def breakdown(*, path: str, counters: Iterable[str], day: date, today: date) -> Breakdown:
    """Return the counters of an area and of those one step below it, reading every tally once."""
    wanted = list(counters)
    whole = dict.fromkeys(wanted, 0)
    below: dict[str, Totals] = defaultdict(lambda: dict.fromkeys(wanted, 0))
    segment = child_of(path)
    for rows, sign in _parts(path, wanted, day, today):
        grouped = rows.annotate(child=segment).values_list("child", "counter").annotate(total=Sum("value"))
        for child, counter, value in grouped:
            whole[counter] += sign * value
            if child != path:
                below[child][counter] += sign * value
    return Breakdown(whole, dict(below))


def child_of(path: str) -> Any:
    """Return the expression of the area one step below ``path`` in which a row's own path lies.

    It is the path as far as the next dot; the area's own path has none behind it and stays as it is.
    """
    return Substr("path", 1, Value(len(path)) + StrIndex(Substr("path", len(path) + 1), Value(".")))


def children_totals(*, path: str, counters: Iterable[str], day: date, today: date) -> dict[str, Totals]:
    """Return the counters of each area one step below ``path``, by its path; what lies on ``path`` itself is absent."""
    return breakdown(path=path, counters=counters, day=day, today=today).below


def by_path(*, path: str, counters: Iterable[str], day: date, today: date) -> dict[str, Totals]:
    """Return the counters of an area by the path on which they stand: the grids inside it, mostly."""
    wanted = list(counters)
    found: dict[str, Totals] = defaultdict(lambda: dict.fromkeys(wanted, 0))
    for rows, sign in _parts(path, wanted, day, today):
        for at, counter, value in rows.values_list("path", "counter").annotate(total=Sum("value")):
            found[at][counter] += sign * value
    return dict(found)


def _parts(path: str, counters: Iterable[str], day: date, today: date) -> list[tuple[Any, int]]:
    """Return the rows that make the counters of a day, each with the sign under which they count."""
    parts = [(_flows(path, counters, day), 1), (_stocks(path, counters), 1)]
    if day < today:
        parts.append((_since(path, counters, day), -1))
    return parts


def moved(*, path: str, counter: str, day: date) -> Any:
    """Return the tallies of the paths inside an area where the counter moved on the day, for a query to leave out."""
    return _range(Tally, path).filter(counter=counter, day=day, value__gt=0).order_by()


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


def stock_in(counter: str, paths: Iterable[str]) -> dict[str, int]:
    """Return what there is now of one counter in each of some areas, which may lie in each other; one statement."""
    wanted = dict.fromkeys(paths, 0)
    if len(wanted) == 1:
        (path,) = wanted
        return {path: _range(Stock, path).filter(counter=counter).aggregate(total=Sum("value"))["total"] or 0}
    ranges = Q(pk__in=[])
    for path in outermost(wanted):
        ranges |= Q(path__gte=path, path__lt=upper(path))
    for path, value in Stock.objects.filter(ranges, counter=counter).values_list("path", "value"):
        for above in ancestors(path):
            if above in wanted:
                wanted[above] += value
    return wanted
