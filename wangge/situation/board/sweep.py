"""The survey round that is open in an area, from the counts that are kept for it: three statements at any size."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Sum

from wangge.access.viewing import Viewer
from wangge.journal.tallies import child_of
from wangge.kernel.paths import upper
from wangge.kernel.periods import zone_of
from wangge.planning.forecast import Forecast, forecast
from wangge.surveys.models import RoundCount, RoundHour
from wangge.surveys.queries.rounds import RoundHead, open_rounds_at
from wangge.surveys.rules.rounds import Numbers, numbers


@dataclass(frozen=True, slots=True)
class States:
    """How many doors stand in each state of a round, in an area and in each area one step below."""

    whole: Mapping[str, int]
    below: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Sweep:
    """Where an open round stands in an area, hour by hour, and when it will be done."""

    head: RoundHead
    numbers: Numbers
    series: tuple[tuple[int, int], ...]
    forecast: Forecast | None

    @property
    def late(self) -> bool:
        """Whether it will rather be done after its deadline."""
        return self.forecast is not None and self.forecast.late(self.head.deadline)

    def day_of(self, day: date) -> int:
        """Return which day of the round a day is, from 1."""
        return (day - self.head.from_on).days + 1

    @property
    def days(self) -> int:
        """How many days the round has."""
        return (self.head.until_on - self.head.from_on).days


def open_round(*, viewer: Viewer, path: str, day: date) -> RoundHead | None:
    """Return the round that is on in an area: the latest open one that has begun. One statement."""
    return next((one for one in open_rounds_at(viewer=viewer, path=path) if one.from_on <= day), None)


def states_of(head: RoundHead, path: str) -> States:
    """Return how many doors stand in each state; one statement. For whoever was given the round."""
    rows = RoundCount.objects.filter(round=head.id, path__gte=path, path__lt=upper(path)).order_by()
    whole: Counter[str] = Counter()
    below: dict[str, Counter[str]] = defaultdict(Counter)
    for child, state, doors in rows.annotate(child=child_of(path)).values_list("child", "state").annotate(Sum("doors")):
        whole[state] += doors
        below[child][state] += doors
    return States(whole, below)


def sweep(head: RoundHead, *, path: str, due: int, states: States, at: datetime, zone: str) -> Sweep:
    """Return where the round stands in an area; one statement."""
    rows = RoundHour.objects.filter(round=head.id, path__gte=path, path__lt=upper(path), done__gt=0).order_by("hour")
    series = tuple((hour, done) for hour, done in rows.values_list("hour").annotate(total=Sum("done")))
    found = numbers(due, states.whole)
    ahead = forecast(series, left=found.open, now=at, zone=zone_of(zone))
    return Sweep(head, found, series, ahead)
