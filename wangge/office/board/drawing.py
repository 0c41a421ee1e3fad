"""The lines of fourteen days, drawn on the server: points of an SVG whose shares are attributes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wangge.situation.board import TrendDay

WIDTH, HEIGHT = 340, 64
LEFT, RIGHT, TOP, BOTTOM = 4, 336, 8, 60
SERIES: tuple[tuple[str, str | Promise], ...] = (
    ("done", _("Doors done")),
    ("visits", _("Visits")),
    ("seen", _("Persons seen")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words, the latest number and the largest, its points, and where the latest stands."""

    words: str
    latest: int
    most: int
    points: str
    x: float
    y: float


def lines(days: Sequence[TrendDay]) -> list[Line]:
    """Return a line for doors done, visits and persons seen."""
    return [_line(str(words), [getattr(day, name) for day in days]) for name, words in SERIES]


def _line(words: str, values: Sequence[int]) -> Line:
    most = max(values, default=0)
    step = (RIGHT - LEFT) / max(1, len(values) - 1)
    spots = [
        (LEFT + n * step, BOTTOM - (BOTTOM - TOP) * value / most if most else float(BOTTOM))
        for n, value in enumerate(values)
    ]
    x, y = spots[-1]
    return Line(words, values[-1], most, " ".join(f"{a:.1f},{b:.1f}" for a, b in spots), round(x, 1), round(y, 1))


@dataclass(frozen=True, slots=True)
class Trend:
    """Fourteen days: the lines, the first and last day, and the numbers for those who read a table."""

    lines: tuple[Line, ...]
    first: date
    last: date
    days: tuple[TrendDay, ...]


def trend(days: Sequence[TrendDay]) -> Trend | None:
    """Return what is drawn; nothing where nothing has happened on any of the days."""
    if not any(day.visits for day in days):
        return None
    return Trend(tuple(lines(days)), days[0].day, days[-1].day, tuple(days))
