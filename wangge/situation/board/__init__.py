"""The board of an area: counters, coverage, trend, what changed in the last hour, gaps, silent grids, workers."""

from wangge.situation.board.reading import board, quiet_areas, silent, unit_of
from wangge.situation.board.shapes import (
    DUE,
    OPEN,
    Board,
    BuildingLine,
    Change,
    Changed,
    Child,
    Gaps,
    OverdueList,
    Patch,
    TeamLine,
    TrendDay,
    WorkerLine,
)
from wangge.situation.board.unowned import Unowned, unowned

__all__ = [
    "DUE",
    "OPEN",
    "Board",
    "BuildingLine",
    "Change",
    "Changed",
    "Child",
    "Gaps",
    "OverdueList",
    "Patch",
    "TeamLine",
    "TrendDay",
    "Unowned",
    "WorkerLine",
    "board",
    "quiet_areas",
    "silent",
    "unit_of",
    "unowned",
]
