"""Counting indicators as of one moment: one statement, so that the numbers and the line they reach to agree."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, CharField, Count, F, QuerySet, Sum, Value
from django.db.models.functions import Cast

from wangge.journal.counters import COUNTERS, STOCK
from wangge.journal.models import Block, Line, Stock, Tally
from wangge.kernel.paths import upper
from wangge.people.models import PriorityFlag
from wangge.situation.cutoffs.rules import Indicator, Numbers, counted

Rows = QuerySet[Any, Any]
Counts = dict[str, Numbers]
"""Tally path to what each indicator counts there."""


@dataclass(frozen=True, slots=True)
class Measured:
    """The numbers by tally path, the last sealed line in them, and the lines in them that were not sealed yet."""

    by_path: Counts
    seq: int
    open_lines: tuple[int, ...]


def measure(path: str, indicators: Sequence[Indicator], on: date) -> Measured:
    """Count indicators inside an area: stocks as they stand now, flows from the beginning up to the local day ``on``.

    Whatever is written at the same time is in the numbers and in the lines, or in neither: on PostgreSQL each
    statement sees one moment, and this is one.
    """
    first, *others = _parts(path, indicators, on)
    by_path: Counts = defaultdict(lambda: defaultdict(int))
    seq, open_lines = 0, []
    by_counter = _by_counter(indicators)
    for what, key, origin, where, number in first.union(*others, all=True):
        if what == "sealed":
            seq = int(number)
        elif what == "open":
            open_lines.append(int(number))
        elif what == "flag":
            _add(by_path[where], counted(indicators, key, origin, int(number)))
        else:
            _add(by_path[where], dict.fromkeys(by_counter[key], int(number)))
    return Measured({where: dict(numbers) for where, numbers in by_path.items()}, seq, tuple(sorted(open_lines)))


def _add(numbers: Numbers, more: Mapping[str, int]) -> None:
    for code, value in more.items():
        numbers[code] += value


def _by_counter(indicators: Iterable[Indicator]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in indicators:
        if one.source and one.source.counter:
            found.setdefault(one.source.counter, []).append(one.code)
    return found


def _parts(path: str, indicators: Sequence[Indicator], on: date) -> list[Rows]:
    """Return the parts of the statement, each with the columns what, key, origin, path, number."""
    counters = list(_by_counter(indicators))
    stocks = [code for code in counters if COUNTERS[code].kind == STOCK]
    flows = [code for code in counters if COUNTERS[code].kind != STOCK]
    reasons = {reason for one in indicators if one.source for reason in one.source.flags}
    last = Block.objects.order_by("-last_seq").values("last_seq")[:1]
    parts = [
        _columns(Block.objects.filter(last_seq=last), "sealed", number=F("last_seq")),
        _columns(Line.objects.filter(seq=None), "open", number=F("id")),
    ]
    flags = PriorityFlag.objects.filter(grid_path__gte=path, grid_path__lt=upper(path), ended_at=None)
    inside = {"path__gte": path, "path__lt": upper(path)}
    if reasons:
        chosen = flags.filter(reason__in=reasons).order_by()
        parts.append(_columns(chosen, "flag", key="reason", origin="origin", path="grid_path", number=Count("id")))
    if stocks:
        rows = Stock.objects.filter(counter__in=stocks, **inside).order_by()
        parts.append(_columns(rows, "stock", key="counter", path="path", number=F("value")))
    if flows:
        days = Tally.objects.filter(counter__in=flows, day__lte=on, **inside).order_by()
        parts.append(_columns(days, "flow", key="counter", path="path", number=Sum("value")))
    return parts


def _columns(rows: Rows, what: str, *, number: Any, key: str = "", origin: str = "", path: str = "") -> Rows:
    def text(column: str) -> Any:
        return Cast(F(column), CharField()) if column else Value("", CharField())

    named = rows.annotate(
        c_what=Value(what, CharField()), c_key=text(key), c_origin=text(origin), c_path=text(path)
    ).values("c_what", "c_key", "c_origin", "c_path")
    counted_rows: Rows = named.annotate(c_number=Cast(number, BigIntegerField()))
    return counted_rows.values_list("c_what", "c_key", "c_origin", "c_path", "c_number")


def whole(by_path: Counts, indicators: Iterable[Indicator]) -> Numbers:
    """Return the sums over an area of all indicators that have a source; none at all is nought."""
    numbers: Numbers = {one.code: 0 for one in indicators if one.source}
    for part in by_path.values():
        _add(numbers, part)
    return numbers


def by_area(by_path: Counts, paths: Sequence[str], indicators: Sequence[Indicator]) -> Counts:
    """Return the sums of each of the areas, of which none lies in another."""
    ordered = sorted(paths)
    parts: dict[str, Counts] = {path: {} for path in ordered}
    for where, numbers in by_path.items():
        at = bisect_right(ordered, where) - 1
        if at >= 0 and where.startswith(ordered[at]):
            parts[ordered[at]][where] = numbers
    return {path: whole(part, indicators) for path, part in parts.items()}
