"""Charts drawn on the server as inline SVG: a line of what was done, hour by hour, and where it is heading.

Nights in which nobody worked are left out of the axis. Coordinates only; words and looks are the template's.
"""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from wangge.kernel.periods import zone_of
from wangge.office import wording

LEFT, RIGHT, TOP, BOTTOM = 46, 416, 26, 164
DAWN, DUSK = 8, 21
LABELS_MOST = 4
LABEL_ROOM = LEFT + 70


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark on an axis: where it stands and what is written beside it."""

    at: float
    words: str
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawn chart: ticks upward, the goal, the line in pieces, its end, the fan of what is foreseen, the deadline."""

    ticks: tuple[Mark, ...]
    goal: Mark
    lines: tuple[str, ...]
    x: float
    y: float
    end: Mark
    fan: str
    hours: tuple[Mark, ...]
    deadline: Mark | None


@dataclass(frozen=True, slots=True)
class _Axis:
    """The hours that are drawn, in order; ``place`` says where an instant stands."""

    hours: Sequence[int]

    def place(self, at: float) -> float:
        """Return the x of an instant in hours since 1970; nights lie on their edge."""
        index = bisect_right(self.hours, at) - 1
        if index < 0:
            return float(LEFT)
        inside = min(1.0, at - self.hours[index])
        return LEFT + (RIGHT - LEFT) * (index + inside) / len(self.hours)


def cumulative(
    series: Sequence[tuple[int, int]],
    *,
    goal: int,
    now: datetime,
    begin: datetime,
    deadline: datetime,
    zone: str,
    ahead: tuple[datetime, datetime] | None = None,
) -> Chart | None:
    """Draw how what was done adds up towards the goal; nothing when nothing was done.

    ``series`` holds (hour since 1970, number); ``ahead`` the instants between which the goal will be reached.
    """
    done = [(hour, number) for hour, number in sorted(series) if number > 0]
    if not done or goal <= 0:
        return None
    last = max(_hour(now), done[-1][0] + 1) if ahead else done[-1][0] + 1
    until = max(last, *((_hour(at) for at in ahead) if ahead else ()), min(_hour(deadline), last + 72))
    axis = _Axis(_shown_hours(min(done[0][0], int(_hour(begin))), until, {hour for hour, _ in done}, zone))
    total = sum(number for _, number in done)
    most = max(goal, total)

    def up(value: float) -> float:
        return round(BOTTOM - (BOTTOM - TOP) * value / most, 1)

    x, y = round(axis.place(min(last, done[-1][0] + 1)), 1), up(total)
    fan = ""
    if ahead:
        low, high = (round(axis.place(_hour(at)), 1) for at in ahead)
        fan = f"{x},{y} {low},{up(goal)} {high},{up(goal)}"
    return Chart(
        ticks=tuple(Mark(up(value), wording.number(value)) for value in _ticks(most)),
        goal=Mark(up(goal), wording.number(goal)),
        lines=tuple(_lines(done, axis, up)),
        x=x,
        y=y,
        end=Mark(x - 9, wording.number(total), "end")
        if x > LABEL_ROOM
        else Mark(x + 9, wording.number(total), "start"),
        fan=fan,
        hours=tuple(_mornings(axis, zone)),
        deadline=_deadline(axis, deadline, zone, until),
    )


def _hour(at: datetime) -> float:
    return at.timestamp() / 3600


def _instant(hour: float) -> datetime:
    return datetime.fromtimestamp(hour * 3600, UTC)


def _shown_hours(first: int, until: float, worked: set[int], zone: str) -> list[int]:
    """Return the hours that are drawn: those of the day, and those of a night in which somebody worked."""
    there = zone_of(zone)
    every = range(first, int(until) + 1)
    shown = [hour for hour in every if hour in worked or DAWN <= _instant(hour).astimezone(there).hour < DUSK]
    return shown or [first]


def _lines(done: Sequence[tuple[int, int]], axis: _Axis, up: Callable[[float], float]) -> list[str]:
    """Return the line in pieces, one for each run of hours without a night between them."""
    numbers = dict(done)
    pieces: list[list[str]] = []
    total, before = 0, -1
    for hour in axis.hours:
        if hour > done[-1][0]:
            break
        if hour - before > 1:
            pieces.append([f"{axis.place(hour):.1f},{up(total)}"])
        total, before = total + numbers.get(hour, 0), hour
        pieces[-1].append(f"{axis.place(hour + 0.999):.1f},{up(total)}")
    return [" ".join(piece) for piece in pieces]


def _ticks(most: int) -> list[int]:
    """Return nought and two or three even numbers below the top."""
    step = 10 ** max(0, len(str(most)) - 1)
    while most / step < 2:
        step = step // 2 if step > 1 else 1
        if step == 1:
            break
    while most / step > LABELS_MOST:
        step *= 2
    return [value for value in range(0, most + 1, step) if value <= most * 0.88]


def _mornings(axis: _Axis, zone: str) -> list[Mark]:
    """Return a mark for the first hour of each day, at most so many that they can be read."""
    there = zone_of(zone)
    found: list[Mark] = []
    day = None
    for hour in axis.hours:
        local = _instant(hour).astimezone(there)
        if local.date() != day:
            day = local.date()
            found.append(Mark(round(axis.place(hour), 1), f"{wording.day(day, day)} {local.hour}:00", "start"))
    every = -(-len(found) // LABELS_MOST)
    kept = found[::every]
    return [one for n, one in enumerate(kept) if n == 0 or one.at - kept[n - 1].at > (RIGHT - LEFT) / (LABELS_MOST + 1)]


def _deadline(axis: _Axis, deadline: datetime, zone: str, until: float) -> Mark | None:
    """Return where the deadline stands, None when it lies beyond what is drawn."""
    # a deadline at midnight belongs to the evening before
    if _hour(deadline) > until + timedelta(hours=12).total_seconds() / 3600:
        return None
    return Mark(round(min(RIGHT, axis.place(_hour(deadline))), 1), wording.hour(deadline, zone), "middle")
