"""Tables of surveys: visits at doors, and the lists that are handed down."""

from wangge.surveys.models.lists import HandedDownList, ListEntry, ListFinding
from wangge.surveys.models.visits import DoorDay, DoorVisit, Sighting

__all__ = ["DoorDay", "DoorVisit", "HandedDownList", "ListEntry", "ListFinding", "Sighting"]
