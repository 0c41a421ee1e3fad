"""When a round will be done, from the pace of its last hours of work.

Doors done in an hour are taken as Poisson with an unknown rate, which after k doors in t hours is Gamma(k + 1/2, t)
(Jeffreys' prior); the hours that n more doors take are then t * n / (k + 1/2) times an F-distributed ratio with 2n and
2k + 1 degrees of freedom. Hours of field work differ by more than chance: doors come in clumps of the observed
dispersion, so n and k are divided by it. Quantiles of F by Paulson (1942), "An approximate normalization of the
analysis of variance distribution", within a few per cent.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

OPENS, SHUTS = time(8), time(21)
"""Doors are knocked at between these hours; the nights are skipped when the rest of the work is laid out."""
LAST_HOURS = 6
LOOK_BACK = timedelta(hours=36)
SHORTEST = 0.1
LONGEST_HOURS = 24 * 365
LEVEL = 0.8
TAIL = 1.2815515655
"""The normal quantile that leaves a tenth on either side."""
USUAL_CLUMP, CLUMP_WEIGHT = 3.0, 2.0
"""Before hours can be compared, doors are taken to come in threes; that guess weighs as much as two hours."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """When the last door will be done: the middle, and the instants between which it lies in four cases of five."""

    at: datetime
    from_at: datetime
    to_at: datetime
    per_hour: float

    def late(self, deadline: datetime) -> bool:
        """Tell whether it will rather be after the deadline."""
        return self.at > deadline


@dataclass(frozen=True, slots=True)
class _Pace:
    """Doors done in some hours of work, and in what clumps they came."""

    doors: int
    hours: float
    clump: float


def forecast(series: Sequence[tuple[int, int]], *, left: int, now: datetime, zone: ZoneInfo) -> Forecast | None:
    """Return when the doors that are left will be done; None when none are, or nothing was done in a day and a half.

    ``series`` holds (hour since 1970, doors done in it), the hours without work left out or zero.
    """
    pace = _pace(series, now)
    if left <= 0 or pace is None:
        return None
    low, middle, high = (_hours_left(pace, left, tail) for tail in (-TAIL, 0.0, TAIL))
    begin = now.astimezone(zone)
    return Forecast(
        at=_after(begin, middle),
        from_at=_after(begin, low),
        to_at=_after(begin, high),
        per_hour=pace.doors / pace.hours,
    )


def _pace(series: Sequence[tuple[int, int]], now: datetime) -> _Pace | None:
    """Return the pace of the last hours with work, the running one as far as it has come."""
    running = int(now.timestamp() // 3600)
    first = int((now - LOOK_BACK).timestamp() // 3600)
    worked = sorted((hour, done) for hour, done in series if done > 0 and first <= hour <= running)[-LAST_HOURS:]
    if not worked:
        return None
    part = max(SHORTEST, now.timestamp() / 3600 - running)
    spent = [(done, part if hour == running else 1.0) for hour, done in worked]
    doors, hours = sum(done for done, _ in spent), sum(length for _, length in spent)
    rate = doors / hours
    spread = sum((done - rate * length) ** 2 / (rate * length) for done, length in spent)
    clump = (spread + USUAL_CLUMP * CLUMP_WEIGHT) / (len(spent) - 1 + CLUMP_WEIGHT)
    return _Pace(doors, hours, max(1.0, clump))


def _hours_left(pace: _Pace, left: int, tail: float) -> float:
    """Return the hours of work that the doors left take, at a quantile given as that of the normal distribution."""
    ahead, behind = left / pace.clump, pace.doors / pace.clump + 0.5
    ratio = f_quantile(2 * ahead, 2 * behind, tail)
    return min(LONGEST_HOURS, pace.hours * ahead / behind * ratio)


def f_quantile(above: float, below: float, tail: float) -> float:
    """Return a quantile of the F distribution with these degrees of freedom; ``tail`` is the normal quantile."""
    u, w = 2 / (9 * above), 2 / (9 * below)
    under = (1 - u) ** 2 * w + (1 - w) ** 2 * u - u * w * tail**2
    root = ((1 - u) * (1 - w) + tail * max(0.0, under) ** 0.5) / ((1 - w) ** 2 - w * tail**2)
    return float(max(0.0, root) ** 3)


def _after(begin: datetime, hours: float) -> datetime:
    """Return the instant after some hours of work, from the local instant ``begin`` on, nights skipped."""
    day_length = timedelta(hours=SHUTS.hour - OPENS.hour)
    work = timedelta(hours=hours)
    at = max(begin, _local(begin, OPENS))
    left_today = _local(begin, SHUTS) - at
    if work <= left_today:
        return (at + work).astimezone(UTC)
    work -= max(timedelta(0), left_today)
    days, rest = divmod(work, day_length)
    if not rest:
        days, rest = days - 1, day_length
    morning = _local(begin + timedelta(days=1 + days), OPENS)
    return (morning.astimezone(UTC) + rest).astimezone(UTC)


def _local(day: datetime, hour: time) -> datetime:
    return day.replace(hour=hour.hour, minute=0, second=0, microsecond=0)
