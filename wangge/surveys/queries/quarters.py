"""What changed in the last hour: sums of a few quarters, whatever has happened before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from wangge.access.viewing import Viewer, scoped
from wangge.journal.tallies import child_of
from wangge.kernel.paths import upper
from wangge.surveys import rules
from wangge.surveys.models import QuarterCount

READ = "board.read"


@dataclass(frozen=True, slots=True)
class HourCount:
    """By how much visits, doors done and doors that refused have grown."""

    visits: int = 0
    done: int = 0
    refused: int = 0

    def __add__(self, other: "HourCount") -> "HourCount":
        """Add what changed elsewhere."""
        return HourCount(self.visits + other.visits, self.done + other.done, self.refused + other.refused)


@dataclass(frozen=True, slots=True)
class LastHour:
    """What changed since an instant 60 to 75 minutes ago, in an area and in each area one step below it."""

    since: datetime
    whole: HourCount
    below: dict[str, HourCount]


def last_hour(*, viewer: Viewer, path: str, at: datetime, midnight: datetime, whole: bool) -> LastHour:
    """Return what changed in an area within the last hour, not before the local midnight; one statement.

    Above the communities ``whole`` reads their sums; inside a community it is told by grid.
    """
    first = max(rules.quarter_of(at) - rules.QUARTERS_SHOWN, rules.quarter_of(midnight))
    rows = scoped(QuarterCount, viewer, READ).filter(path__gte=path, path__lt=upper(path))
    rows = rows.filter(whole=whole, quarter__gte=first, quarter__lte=rules.quarter_of(at)).order_by()
    sums = rows.annotate(child=child_of(path)).values_list("child", "counter").annotate(Sum("value"))
    below: dict[str, dict[str, int]] = {}
    for child, counter, value in sums:
        below.setdefault(child, {})[counter] = value
    counts = {child: _count(values) for child, values in below.items()}
    return LastHour(rules.quarter_began(first), sum(counts.values(), HourCount()), counts)


def _count(values: Mapping[str, int]) -> HourCount:
    return HourCount(values.get(rules.VISITS, 0), values.get(rules.DOORS_DONE, 0), values.get(rules.DOORS_REFUSED, 0))
