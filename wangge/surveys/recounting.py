"""Counting tables directly, to check the tallies against."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Count

from wangge.kernel.paths import upper
from wangge.people.models import Household
from wangge.places.models import Area
from wangge.places.rules import GRID_RANK
from wangge.surveys import round_doors
from wangge.surveys.models import (
    Contradiction,
    DoorDay,
    DoorVisit,
    ListEntry,
    ListFinding,
    Response,
    RoundCount,
    RoundDoor,
    RoundHour,
    SurveyRound,
)
from wangge.surveys.rules import CLOSED_STATES, DOORS_DONE, VISITS
from wangge.surveys.rules.lists import ListState
from wangge.surveys.rules.rounds import Stand, stand


def visits() -> dict[tuple[str, date], int]:
    """Return the visits that stand, by (tally path, day)."""
    rows = DoorVisit.objects.filter(voided_at=None).values_list("grid_path", "day").annotate(n=Count("id"))
    return {(path, day): n for path, day, n in rows}


def doors_done() -> dict[tuple[str, date], int]:
    """Return the doors done, by (tally path, day)."""
    rows = DoorDay.objects.filter(state__in=CLOSED_STATES).values_list("grid_path", "day").annotate(n=Count("id"))
    return {(path, day): n for path, day, n in rows}


def counted_of(household: UUID) -> dict[tuple[str, date, str], int]:
    """Return what one household's visits and doors are counted for, by (counter, day, tally path)."""
    visits = DoorVisit.objects.filter(household=household, voided_at=None).order_by()
    doors = DoorDay.objects.filter(household=household, state__in=CLOSED_STATES).order_by()
    return {
        (counter, day, path): number
        for counter, rows in ((VISITS, visits), (DOORS_DONE, doors))
        for path, day, number in rows.values_list("grid_path", "day").annotate(n=Count("id"))
    }


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


KeptCounts = dict[tuple[str, str], int]


def round_counts() -> tuple[KeptCounts, KeptCounts]:
    """Return the doors of rounds by tally path and (round, state): as kept, and as the visits say."""
    rows = RoundCount.objects.exclude(doors=0).values_list("path", "round", "state", "doors")
    kept = {(path, f"{one} {state}"): doors for path, one, state, doors in rows}
    counted: Counter[tuple[str, str]] = Counter()
    for one, stands in _stands():
        counted.update((each.grid_path, f"{one} {each.state}") for each in stands)
    return kept, dict(counted)


def round_hours() -> tuple[KeptCounts, KeptCounts]:
    """Return the doors done in rounds by community and (round, hour): as kept, and as the visits say."""
    rows = RoundHour.objects.exclude(done=0).values_list("path", "round", "hour", "done")
    kept = {(path, f"{one} {hour}"): done for path, one, hour, done in rows}
    counted: Counter[tuple[str, str]] = Counter()
    grids = dict(Area.objects.filter(rank=GRID_RANK).values_list("path", "parent__path"))
    for one, stands in _stands():
        done = (each for each in stands if each.state in CLOSED_STATES)
        counted.update((grids.get(each.grid_path, each.grid_path), f"{one} {each.hour}") for each in done)
    return kept, dict(counted)


def _stands() -> Iterator[tuple[UUID, list[Stand]]]:
    """Yield each round with what stands at its doors, decided anew from the visits."""
    for row in SurveyRound.objects.order_by("id"):
        span = round_doors.span_of(row)
        held = {one.household_id: round_doors.stand_of(one) for one in RoundDoor.objects.filter(round=row)}
        knocks = round_doors.knocks_of(span)
        homes = Household.objects.filter(path__gte=span.path, path__lt=upper(span.path))
        if span.closed:
            homes = Household.objects.filter(id__in=RoundDoor.objects.filter(round=row).values("household"))
        found = (stand(span, round_doors.home_of(home), held.get(home.id), knocks.get(home.id, ())) for home in homes)
        yield row.id, [one for one in found if one is not None]


def responses() -> dict[tuple[str, date], int]:
    """Return the fillings that stand, by (tally path, day): the rows about households."""
    rows = (
        Response.objects.filter(resident=None, voided_at=None).values_list("grid_path", "day").annotate(n=Count("id"))
    )
    return {(path, day): n for path, day, n in rows}


def open_contradictions(path: str = "") -> dict[str, int]:
    """Return the contradictions that nobody has settled, by tally path, inside an area if one is given."""
    rows = Contradiction.objects.filter(settled_at=None).order_by()
    if path:
        rows = rows.filter(path__gte=path, path__lt=upper(path))
    return dict(rows.values_list("grid_path").annotate(n=Count("id")))
