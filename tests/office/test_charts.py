"""The line of doors done: nothing where nothing was done, nights left out, everything inside its frame."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from wangge.office.charts import BOTTOM, LEFT, RIGHT, TOP, Chart, cumulative

MORNING = datetime(2020, 2, 10, 0, 0, tzinfo=UTC)
"""Eight in the morning in Shanghai."""
HOUR = int(MORNING.timestamp() // 3600)


def draw(series: list[tuple[int, int]], *, goal: int = 100, days: int = 2, ahead: bool = False) -> Chart | None:
    now = MORNING + timedelta(hours=3)
    foreseen = (now + timedelta(hours=5), now + timedelta(hours=30)) if ahead else None
    deadline = MORNING + timedelta(days=days - 1, hours=10)
    return cumulative(
        series, goal=goal, now=now, begin=MORNING, deadline=deadline, zone="Asia/Shanghai", ahead=foreseen
    )


@pytest.mark.parametrize(("series", "goal"), [([], 100), ([(HOUR, 0)], 100), ([(HOUR, 5)], 0)])
def test_where_nothing_was_done_nothing_is_drawn(series: list[tuple[int, int]], goal: int) -> None:
    assert draw(series, goal=goal) is None


def test_a_night_parts_the_line_and_takes_no_room() -> None:
    chart = draw([(HOUR, 30), (HOUR + 24, 40)])
    assert chart is not None
    assert len(chart.lines) == 2
    evening, morning = chart.lines[0].split()[-1], chart.lines[1].split()[0]
    assert abs(float(evening.split(",")[0]) - float(morning.split(",")[0])) < 3
    assert evening.split(",")[1] == morning.split(",")[1]
    assert (chart.end.words, chart.goal.words) == ("70", "100")


@pytest.mark.parametrize("days", [1, 2, 14])
@pytest.mark.parametrize("ahead", [False, True])
@pytest.mark.parametrize("most", [1, 7, 99, 21_436, 250_000])
def test_everything_lies_inside_the_frame_and_labels_can_be_told_apart(days: int, ahead: bool, most: int) -> None:
    chart = draw([(HOUR + n, max(1, most // 8)) for n in range(3)], goal=most, days=days, ahead=ahead)
    assert chart is not None
    spots = [tuple(map(float, spot.split(","))) for spot in " ".join([*chart.lines, chart.fan]).split()]
    assert all(LEFT <= x <= RIGHT and TOP - 0.1 <= y <= BOTTOM for x, y in spots)
    assert all(re.fullmatch(r"[\d,]+", tick.words) for tick in chart.ticks)
    assert 1 <= len(chart.ticks) <= 5
    places = [mark.at for mark in chart.hours]
    assert all(after - before > 60 for before, after in pairwise(places))
