"""Reads of surveys; those about handed-down lists stand in ``queries.lists``."""

from wangge.surveys.queries.quarters import HourCount, LastHour, last_hour
from wangge.surveys.queries.visits import (
    NOT_REACHED,
    DoorPage,
    DoorSpot,
    DoorToday,
    Seen,
    VisitLine,
    VisitSpot,
    door_today,
    doors_by_path,
    doors_of_day,
    households_visited,
    last_seen,
    residents_seen,
    visit_line,
    visits_in,
    visits_of,
)

__all__ = [
    "NOT_REACHED",
    "DoorPage",
    "DoorSpot",
    "DoorToday",
    "HourCount",
    "LastHour",
    "Seen",
    "VisitLine",
    "VisitSpot",
    "door_today",
    "doors_by_path",
    "doors_of_day",
    "households_visited",
    "last_hour",
    "last_seen",
    "residents_seen",
    "visit_line",
    "visits_in",
    "visits_of",
]
