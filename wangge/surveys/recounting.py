"""Counting tables directly, to check the tallies against."""

from datetime import date

from django.db.models import Count

from wangge.kernel.paths import upper
from wangge.surveys.models import DoorDay, DoorVisit, ListEntry, ListFinding
from wangge.surveys.rules import CLOSED_STATES
from wangge.surveys.rules.lists import ListState


def visits() -> dict[tuple[str, date], int]:
    """Return the visits that stand, by (tally path, day)."""
    rows = DoorVisit.objects.filter(voided_at=None).values_list("grid_path", "day").annotate(n=Count("id"))
    return {(path, day): n for path, day, n in rows}


def doors_done() -> dict[tuple[str, date], int]:
    """Return the doors done, by (tally path, day)."""
    rows = DoorDay.objects.filter(state__in=CLOSED_STATES).values_list("grid_path", "day").annotate(n=Count("id"))
    return {(path, day): n for path, day, n in rows}


def answers() -> dict[tuple[str, date], int]:
    """Return the rows of lists that are answered, by (tally path, day) of the finding that stands."""
    rows = ListFinding.objects.filter(stands=True).values_list("grid_path", "day").annotate(n=Count("id"))
    return {(path, day): n for path, day, n in rows}


def open_entries(path: str = "") -> dict[str, int]:
    """Return the rows of open lists that nobody has answered, by tally path, inside an area if one is given."""
    rows = ListEntry.objects.filter(list__state=ListState.OPEN, outcome="").order_by()
    if path:
        rows = rows.filter(path__gte=path, path__lt=upper(path))
    return dict(rows.values_list("grid_path").annotate(n=Count("id")))
