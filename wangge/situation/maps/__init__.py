"""The map of an area: what lies below it as shapes, coloured by a counter, with the same numbers for a table."""

from wangge.situation.maps.counting import (
    BUILDING_COUNTERS,
    COUNTERS,
    FLAGGED,
    OPEN,
    ROUND_COUNTERS,
    Patch,
    Reached,
    levels_below,
)
from wangge.situation.maps.drawing import Drawn, Sheet, Spotted, Underlay, drawing_of
from wangge.situation.maps.looking import AreaMap, area_map, neighbours
from wangge.situation.maps.steps import Step, step_of, steps_of

__all__ = [
    "BUILDING_COUNTERS",
    "COUNTERS",
    "FLAGGED",
    "OPEN",
    "ROUND_COUNTERS",
    "AreaMap",
    "Drawn",
    "Patch",
    "Reached",
    "Sheet",
    "Spotted",
    "Step",
    "Underlay",
    "area_map",
    "drawing_of",
    "levels_below",
    "neighbours",
    "step_of",
    "steps_of",
]
