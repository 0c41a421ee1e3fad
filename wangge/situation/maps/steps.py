"""Five steps of one hue for the numbers of a map, with round ends, so that a legend can be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

STEPS = 5
ROUND = (1, 2, 5, 10, 20, 25, 50)
LOPSIDED = 4
"""From this many times the middle number on, the largest would leave all others in one even step."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the legend: its number from 1, and the values it stands for."""

    number: int
    least: int
    most: int


def steps_of(values: Iterable[int]) -> tuple[Step, ...]:
    """Return the steps for some values, none when all of them are nought.

    Even steps; where one area is far larger than most, steps that double: 50, 100, 200, 500, 1,000.
    """
    some = [value for value in values if value > 0]
    if not some:
        return ()
    most = max(some)
    ends = _doubling(most) if most >= LOPSIDED * median(some) else _even(most)
    return tuple(
        Step(number, before + 1, end)
        for number, (before, end) in enumerate(zip((0, *ends), ends, strict=False), start=1)
    )


def step_of(value: int, steps: tuple[Step, ...]) -> int:
    """Return the step in which a value stands, 0 for nought."""
    return next((step.number for step in steps if value <= step.most), len(steps)) if value > 0 else 0


def _even(most: int) -> list[int]:
    """Return the ends of even steps, as wide as the next round number."""
    wide = next(one for one in _series(ROUND) if one * STEPS >= most)
    return [wide * number for number in range(1, -(-most // wide) + 1)]


def _doubling(most: int) -> list[int]:
    """Return the last ends of 1, 2, 5, 10, 20, 50 ... up to the one that holds the largest value."""
    ends = []
    for one in _series((1, 2, 5)):
        ends.append(one)
        if one >= most:
            return ends[-STEPS:]
    return ends


def _series(within: Iterable[int]) -> Iterable[int]:
    """Yield round numbers without end, from the smallest."""
    scale, first = 1, tuple(within)
    while True:
        yield from (one * scale for one in first if scale == 1 or one * scale > first[-1] * scale // 10)
        scale *= 10
