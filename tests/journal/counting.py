"""Counting everything by hand: from rows read one by one, without the queries that the application counts with."""

from collections import Counter, defaultdict
from datetime import date
from typing import Any
from uuid import UUID

from wangge.journal.models import Stock, Tally
from wangge.kernel.paths import contains
from wangge.people.models import Household, PriorityFlag, Resident
from wangge.places.models import Area
from wangge.surveys.models import DoorDay, DoorVisit, RoundCount, RoundDoor, RoundHour, Sighting, SurveyRound

Flows = Counter[tuple[str, date, str]]
DONE = {"done", "vacant", "moved_away"}


def stocks_by_hand() -> dict[tuple[str, str], int]:
    """Return every stock by (counter, grid) from the register's rows."""
    found: Counter[tuple[str, str]] = Counter()
    homes = {home.id: home for home in Household.objects.all()}
    for home in homes.values():
        if home.state == "open":
            found["households", home.grid_path] += 1
            found["doors", home.grid_path] += home.dwelling_id is not None
    for one in Resident.objects.filter(state="living"):
        found["residents", homes[one.household_id].grid_path] += 1
    for flag in PriorityFlag.objects.filter(ended_at=None).select_related("resident"):
        found[f"flags.{flag.reason}", homes[flag.resident.household_id].grid_path] += 1
    return {key: value for key, value in found.items() if value}


def stocks_kept(counters: set[str]) -> dict[tuple[str, str], int]:
    """Return the stocks of these counters as they are kept."""
    return {(row.counter, row.path): row.value for row in Stock.objects.all() if row.value and row.counter in counters}


def flows_by_hand() -> Flows:
    """Return every flow of the visits by (counter, day, grid)."""
    found: Flows = Counter()
    met: dict[UUID, list[UUID]] = defaultdict(list)
    for one in Sighting.objects.all():
        met[one.visit_id].append(one.resident_id)
    for visit in DoorVisit.objects.filter(voided_at=None):
        found["visits", visit.day, visit.grid_path] += 1
        found["person_times", visit.day, visit.grid_path] += len(met[visit.id])
    for door in DoorDay.objects.all():
        counter = "doors_done" if door.state in DONE else "doors_refused" if door.state == "refused" else "doors_again"
        found[counter, door.day, door.grid_path] += 1
    return Counter({key: value for key, value in found.items() if value})


def met_by_hand() -> set[tuple[UUID, date]]:
    """Return who was met on which day."""
    rows = Sighting.objects.filter(visit__voided_at=None).select_related("visit")
    return {(one.resident_id, one.visit.day) for one in rows}


def persons_by_hand() -> tuple[dict[tuple[date, str], int], dict[tuple[date, str], int]]:
    """Return by (day, grid) how many persons were met there, and how many were met nowhere else that day."""
    where: dict[tuple[UUID, date], set[str]] = defaultdict(set)
    for one in Sighting.objects.filter(visit__voided_at=None).select_related("visit"):
        where[one.resident_id, one.visit.day].add(one.visit.grid_path)
    there: Counter[tuple[date, str]] = Counter()
    only: Counter[tuple[date, str]] = Counter()
    for (_, day), paths in where.items():
        there.update((day, path) for path in paths)
        only.update((day, path) for path in paths if len(paths) == 1)
    return dict(there), dict(only)


def persons_kept() -> dict[tuple[date, str], int]:
    """Return by (day, grid) how many persons are kept as met."""
    return {(row.day, row.path): row.value for row in Tally.objects.filter(counter="persons_seen") if row.value}


def flows_kept() -> Flows:
    """Return the flows of the visits as they are kept."""
    found: Flows = Counter()
    codes = {"visits", "person_times", "doors_done", "doors_refused", "doors_again"}
    for row in Tally.objects.filter(counter__in=codes):
        found[row.counter, row.day, row.path] += row.value
    return Counter({key: value for key, value in found.items() if value})


def rounds_by_hand() -> tuple[dict[Any, Any], dict[Any, int], dict[Any, int]]:
    """Return what stands at every door of open rounds, and the doors by grid and state and by community and hour."""
    stands: dict[Any, Any] = {}
    for one in SurveyRound.objects.filter(closed_at=None):
        for home in Household.objects.filter(state="open", dwelling__isnull=False):
            visits = DoorVisit.objects.filter(
                household=home, voided_at=None, day__gte=one.from_on, day__lt=one.until_on
            )
            counted = [(v.received_at if v.claim_clamped else v.at, v.id.bytes, v.id, v.state) for v in visits]
            if counted and contains(one.path, home.path):
                stands[one.id, home.id] = (*max(counted)[2:], home.grid_path)
    grids = {area.path: area for area in Area.objects.filter(level="grid")}
    doors: Counter[Any] = Counter()
    hours: Counter[Any] = Counter()
    for row in RoundDoor.objects.all():
        doors[row.round_id, row.grid_path, row.state] += 1
        if row.state in DONE:
            path = row.grid_path
            community = path[: path[:-1].rfind(".") + 1] if path in grids else path
            hours[row.round_id, community, int(row.at.timestamp() // 3600)] += 1
    return stands, dict(doors), dict(hours)


def rounds_kept() -> tuple[dict[Any, Any], dict[Any, int], dict[Any, int]]:
    """Return the same as it is kept."""
    open_rounds = set(SurveyRound.objects.filter(closed_at=None).values_list("id", flat=True))
    return (
        {
            (row.round_id, row.household_id): (row.visit_id, row.state, row.grid_path)
            for row in RoundDoor.objects.all()
            if row.round_id in open_rounds
        },
        {(row.round_id, row.path, row.state): row.doors for row in RoundCount.objects.all() if row.doors},
        {(row.round_id, row.path, row.hour): row.done for row in RoundHour.objects.all() if row.done},
    )
