"""Forecasts: tables of paces and hours, and intervals against what is drawn at random."""

from datetime import UTC, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from wangge.planning.forecast import TAIL, f_quantile, forecast

ZONE = ZoneInfo("Asia/Shanghai")
TEN = datetime(2020, 2, 10, 2, 0, tzinfo=UTC)
"""Ten in the morning in Shanghai."""
HOUR = int(TEN.timestamp() // 3600)


def local(day: int, hour: float) -> datetime:
    return datetime(2020, 2, day, tzinfo=ZONE) + timedelta(hours=hour)


@pytest.mark.parametrize(
    ("series", "left"),
    [([], 100), ([(HOUR - 1, 0)], 100), ([(HOUR - 1, 50)], 0), ([(HOUR - 40, 50)], 100), ([(HOUR + 2, 50)], 100)],
    ids=["nothing done", "an hour without work", "finished", "two days ago", "in the future"],
)
def test_without_pace_or_without_doors_there_is_no_forecast(series: list[tuple[int, int]], left: int) -> None:
    assert forecast(series, left=left, now=TEN, zone=ZONE) is None


@pytest.mark.parametrize(
    ("now", "left", "middle"),
    [
        (local(10, 10), 500, local(10, 15)),
        (local(10, 10), 1100, local(10, 21)),
        (local(10, 10), 1300, local(11, 10)),
        (local(10, 20), 200, local(11, 9)),
        (local(10, 23), 300, local(11, 11)),
        (local(11, 3), 300, local(11, 11)),
        (local(10, 20), 100 + 1300 + 1300 + 500, local(13, 13)),
    ],
    ids=["same day", "until nine", "next morning", "evening", "before midnight", "after midnight", "days later"],
)
def test_the_rest_is_laid_out_over_the_days_and_nights_are_skipped(now: datetime, left: int, middle: datetime) -> None:
    hour = int(now.timestamp() // 3600)
    found = forecast([(hour - n, 100) for n in range(1, 7)], left=left, now=now, zone=ZONE)
    assert found is not None
    assert abs(found.at - middle) < timedelta(minutes=20)
    assert found.from_at < found.at < found.to_at
    assert round(found.per_hour) == 100


def test_the_interval_is_wide_after_few_doors_and_narrow_after_many_even_hours() -> None:
    few = forecast([(HOUR - 1, 4)], left=40, now=TEN, zone=ZONE)
    many = forecast([(HOUR - n, 400) for n in range(1, 7)], left=4000, now=TEN, zone=ZONE)
    uneven = forecast([(HOUR - n, 790 if n % 2 else 10) for n in range(1, 7)], left=4000, now=TEN, zone=ZONE)
    assert few is not None
    assert many is not None
    assert uneven is not None
    assert few.to_at - few.from_at > timedelta(days=1)
    assert many.to_at - many.from_at < timedelta(hours=2)
    assert uneven.to_at - uneven.from_at > 3 * (many.to_at - many.from_at)


def test_the_running_hour_counts_as_far_as_it_has_come() -> None:
    half_past = TEN + timedelta(minutes=30)
    found = forecast([(HOUR, 50), (HOUR - 1, 100)], left=100, now=half_past, zone=ZONE)
    assert found is not None
    assert round(found.per_hour) == 100
    assert not found.late(half_past + timedelta(hours=2))
    assert found.late(half_past + timedelta(minutes=30))


@pytest.mark.parametrize(("above", "below"), [(10, 20), (4, 10), (20, 5), (60, 120), (8000, 3000)])
def test_quantiles_are_those_of_drawn_ratios_within_five_per_cent(above: int, below: int) -> None:
    draw = Random(20200210)
    ratios = sorted(
        draw.gammavariate(above / 2, 2 / above) / draw.gammavariate(below / 2, 2 / below) for _ in range(20_000)
    )
    assert f_quantile(above, below, TAIL) == pytest.approx(ratios[18_000], rel=0.05)
    assert f_quantile(above, below, 0.0) == pytest.approx(ratios[10_000], rel=0.05)
    assert f_quantile(above, below, -TAIL) == pytest.approx(ratios[2_000], rel=0.05)


def test_four_rounds_of_five_end_in_their_interval() -> None:
    draw = Random(20200210)
    inside = 0
    for _ in range(600):
        rate, clump = draw.uniform(15, 60), 3
        hours = [clump * _poisson(draw, rate / clump) for _ in range(6)]
        found = forecast([(HOUR - n, done) for n, done in enumerate(hours, 1)], left=90, now=TEN, zone=ZONE)
        end = _work_after(TEN, draw.gammavariate(90 / clump, clump / rate))
        inside += found is not None and found.from_at <= end <= found.to_at
    assert 0.74 < inside / 600 < 0.92


def _poisson(draw: Random, mean: float) -> int:
    number, passed = 0, draw.expovariate(mean)
    while passed < 1:
        number, passed = number + 1, passed + draw.expovariate(mean)
    return number


def _work_after(begin: datetime, hours: float) -> datetime:
    """Walk through the hours of work one minute at a time."""
    at, left = begin, round(hours * 60)
    while left > 0:
        at += timedelta(minutes=1)
        left -= 8 <= (at - timedelta(minutes=1)).astimezone(ZONE).hour < 21
    return at
