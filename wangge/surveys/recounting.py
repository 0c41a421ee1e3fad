"""Counting tables directly, to check the tallies against."""

from datetime import date

from django.db.models import Count

from wangge.surveys.models import DoorDay, DoorVisit
from wangge.surveys.rules import CLOSED_STATES


def visits() -> dict[tuple[str, date], int]:
    """Return the visits that stand, by (tally path, day)."""
    rows = DoorVisit.objects.filter(voided_at=None).values_list("grid_path", "day").annotate(n=Count("id"))
    return {(path, day): n for path, day, n in rows}


def doors_done() -> dict[tuple[str, date], int]:
    """Return the doors done, by (tally path, day)."""
    rows = DoorDay.objects.filter(state__in=CLOSED_STATES).values_list("grid_path", "day").annotate(n=Count("id"))
    return {(path, day): n for path, day, n in rows}
