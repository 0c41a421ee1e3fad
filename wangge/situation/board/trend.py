"""Fourteen days of visits, doors done and persons seen, from the tallies.

What large areas did on days that are over is kept in the process for a minute: it moves only when something comes late.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Sum

from wangge.journal.models import Tally
from wangge.kernel.paths import upper
from wangge.places.queries import installation
from wangge.places.rules import COMMUNITY_RANK
from wangge.situation.board.shapes import TrendDay
from wangge.surveys.rules import DOORS_DONE, PERSONS_SEEN, VISITS

DAYS = 14
LIFE = timedelta(minutes=1)
KEPT_MOST = 500
COUNTERS = (VISITS, DOORS_DONE, PERSONS_SEEN)
Sums = dict[date, dict[str, int]]
Key = tuple[UUID, str, date]


@dataclass(slots=True)
class _Kept:
    """What this process has added up about earlier days, and when."""

    sums: dict[Key, tuple[datetime, Sums]] = field(default_factory=dict)


_kept = _Kept()


def trend(*, path: str, rank: int, day: date, at: datetime, counters: dict[str, int]) -> tuple[TrendDay, ...]:
    """Return the fourteen days up to a day, the last of them from the counters of the board."""
    sums = _earlier(path, rank, day, at)
    days = [day - timedelta(days=DAYS - 1 - n) for n in range(DAYS)]
    by_day = {one: sums.get(one, {}) for one in days} | {day: counters}
    return tuple(TrendDay(one, *(values.get(counter, 0) for counter in COUNTERS)) for one, values in by_day.items())


def _earlier(path: str, rank: int, day: date, at: datetime) -> Sums:
    opened = installation()
    if rank >= COMMUNITY_RANK or opened is None:
        return _read(path, day)
    key = (opened.epoch, path, day)
    found = _kept.sums.get(key)
    if found is None or not timedelta() <= at - found[0] < LIFE:
        if len(_kept.sums) >= KEPT_MOST:
            _kept.sums.clear()
        found = _kept.sums[key] = (at, _read(path, day))
    return found[1]


def _read(path: str, day: date) -> Sums:
    """Add up the days before a day; one statement."""
    sums: Sums = defaultdict(dict)
    days = {"day__gte": day - timedelta(days=DAYS - 1), "day__lt": day}
    rows = Tally.objects.filter(counter__in=COUNTERS, path__gte=path, path__lt=upper(path), **days).order_by()
    for one, counter, value in rows.values_list("day", "counter").annotate(total=Sum("value")):
        sums[one][counter] = value
    return dict(sums)
