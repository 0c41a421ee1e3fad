"""Keeping what stands at the doors of rounds, and the counts of it, in the transaction that changes it.

One function decides what stands (``rules.rounds.stand``); whatever happens to a household, what is kept about it is
compared with that and the difference is written, in a fixed number of statements however many doors there are.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from hashlib import blake2s
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from wangge.journal import statements
from wangge.journal.among import among
from wangge.journal.inserting import insert_rows
from wangge.kernel.paths import ancestors, contains, parent, upper
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState
from wangge.places.models import Area
from wangge.places.rules import GRID_RANK
from wangge.surveys.models import DoorVisit, RoundCount, RoundDoor, RoundHour, SurveyRound
from wangge.surveys.rules.rounds import Home, Knocked, Span, Stand, differences, stand
from wangge.surveys.rules.visits import CLOSED_STATES

Change = tuple[UUID, UUID, Stand | None, Stand | None]
Standing = dict[tuple[UUID, UUID], Stand]
HOMES_AT_ONCE = 5000


def count_visits(visits: Collection[DoorVisit]) -> None:
    """Bring the rounds of their days up to date after visits were saved or voided.

    Their households are locked by the caller, so that two visits at one door come one after the other.
    """
    if not visits:
        return
    homes = [home_of(row) for row in {visit.household_id: visit.household for visit in visits}.values()]
    days = {day for visit in visits for day in (visit.day, visit.claimed_on) if day is not None}
    spans = _spans(Q(from_on__lte=max(days), until_on__gt=min(days)), {home.path for home in homes})
    _settle([span for span in spans if any(span.holds(day) for day in days)], homes)


def follow_households(households: Collection[UUID]) -> None:
    """Let the doors of open rounds follow households that moved, closed, opened again or lost their dwelling."""
    homes = _homes(Household.objects.filter(among("id", households)))
    if not homes:
        return
    held = RoundDoor.objects.filter(among("household", households)).values("round")
    spans = _spans(Q(closed_at=None), {home.path for home in homes}, also=Q(id__in=held))
    _settle(spans, homes)


def fill_rounds(spans: Iterable[Span], path: str = "") -> None:
    """Bring rounds up to date with every household and visit of their area, or as far as it touches ``path``."""
    for span in spans:
        inside = path if contains(span.path, path) else span.path
        visited = _of_days(span.from_on, span.until_on)
        held = RoundDoor.objects.filter(round=span.id)
        if path:
            held = held.filter(path__gte=path, path__lt=upper(path))
        here = Q(path__gte=inside, path__lt=upper(inside)) & Q(id__in=visited.values("household"))
        homes = _homes(Household.objects.filter(here | Q(id__in=held.values("household"))))
        for start in range(0, len(homes), HOMES_AT_ONCE):
            _settle([span], homes[start : start + HOMES_AT_ONCE])


def forget_household(household: UUID) -> None:
    """Take the doors of a household that is erased out of its rounds and their counts."""
    rows = RoundDoor.objects.select_for_update().filter(household=household)
    _write([(row.round_id, row.household_id, stand_of(row), None) for row in rows])


def follow_paths(path: str) -> None:
    """Let rounds follow a change of the tree in an area, after the paths of doors and rounds have been carried along.

    Counts are taken anew from the doors; then doors leave the open rounds that they lie outside of, or come in.
    """
    _count_anew(path)
    inside = RoundDoor.objects.filter(path__gte=path, path__lt=upper(path)).values("round")
    near = Q(path__in=ancestors(path)) | Q(path__gte=path, path__lt=upper(path)) | Q(id__in=inside)
    fill_rounds([span_of(row) for row in SurveyRound.objects.filter(near, closed_at=None).order_by("id")], path)


def _count_anew(path: str) -> None:
    inside = RoundDoor.objects.filter(path__gte=path, path__lt=upper(path)).order_by()
    rounds = list(inside.values_list("round", flat=True).distinct())
    if not rounds:
        return
    doors, hours = counted(rounds)
    RoundCount.objects.filter(round__in=rounds).delete()
    RoundHour.objects.filter(round__in=rounds).delete()
    insert_rows([RoundCount(round_id=one, path=p, state=state, doors=n) for (one, p, state), n in doors.items()])
    insert_rows([RoundHour(round_id=one, path=p, hour=hour, done=n) for (one, p, hour), n in hours.items()])


def counted(rounds: Collection[UUID]) -> tuple[dict[tuple[UUID, str, str], int], dict[tuple[UUID, str, int], int]]:
    """Count the doors of rounds by grid and state, and those done by community and hour, from their rows."""
    rows = RoundDoor.objects.filter(round__in=rounds).order_by()
    grouped = rows.values_list("round", "grid_path", "state").annotate(number=Count("id"))
    doors = {(one, path, state): number for one, path, state, number in grouped}
    done = list(rows.filter(state__in=CLOSED_STATES).values_list("round", "grid_path", "at"))
    community = _communities({path for _, path, _ in done})
    hours: dict[tuple[UUID, str, int], int] = defaultdict(int)
    for one, path, at in done:
        hours[one, community.get(path, path), int(at.timestamp() // 3600)] += 1
    return doors, dict(hours)


def span_of(row: SurveyRound) -> Span:
    """Hand a round's values to the rules."""
    return Span(row.id, row.path, row.from_on, row.until_on, row.closed_at is not None)


def home_of(row: Household) -> Home:
    """Hand a household's values to the rules."""
    due = row.state == HouseholdState.OPEN and row.dwelling_id is not None
    return Home(row.id, row.path, row.grid_path, due)


def _homes(rows: QuerySet[Household]) -> list[Home]:
    """Return the terms of many households without making a row of each."""
    columns = rows.values_list("id", "path", "grid_path", "state", "dwelling")
    return [
        Home(id_, path, grid, state == HouseholdState.OPEN and door is not None)
        for id_, path, grid, state, door in columns
    ]


def _spans(when: Q, paths: Iterable[str], also: Q | None = None) -> list[Span]:
    """Return the rounds of some days that hold one of the paths."""
    above = sorted({outer for path in paths for outer in ancestors(path)})
    where = Q(path__in=above) if also is None else Q(path__in=above) | also
    return [span_of(row) for row in SurveyRound.objects.filter(when, where).order_by("id")]


def _settle(spans: Collection[Span], homes: Collection[Home]) -> None:
    """Compare what stands at the doors with what is kept, for every round and household, and write the difference."""
    if not spans or not homes:
        return
    ids = [home.id for home in homes]
    held = _held([span.id for span in spans], ids)
    start, end = min(span.from_on for span in spans), max(span.until_on for span in spans)
    knocks = _knocked(_of_days(start, end).filter(among("household", ids)))
    changes: list[Change] = []
    for span in spans:
        for home in homes:
            old = held.get((span.id, home.id))
            new = stand(span, home, old, knocks.get(home.id, ()))
            if old != new:
                changes.append((span.id, home.id, old, new))
    _write(changes)


def _held(rounds: Collection[UUID], households: Collection[UUID]) -> Standing:
    rows = RoundDoor.objects.select_for_update().filter(among("household", households), round__in=rounds)
    return {(row.round_id, row.household_id): stand_of(row) for row in rows.order_by("id")}


def stand_of(row: RoundDoor) -> Stand:
    """Hand the values of a door in a round to the rules."""
    return Stand(row.visit_id, row.at, row.state, row.revisit_at, row.path, row.grid_path)


def knocks_of(span: Span) -> Mapping[UUID, list[Knocked]]:
    """Return the visits of a round's days that were not voided, by household, wherever they were."""
    return _knocked(_of_days(span.from_on, span.until_on))


def _of_days(start: date, end: date) -> QuerySet[DoorVisit]:
    """Return the visits that were not voided and count, or are said to have been, on days from one up to another."""
    counted, claimed = Q(day__gte=start, day__lt=end), Q(claimed_on__gte=start, claimed_on__lt=end)
    return DoorVisit.objects.filter(counted | claimed, voided_at=None)


def _knocked(rows: QuerySet[DoorVisit]) -> Mapping[UUID, list[Knocked]]:
    found: dict[UUID, list[Knocked]] = defaultdict(list)
    columns = ("id", "household", "day", "at", "received_at", "claim_clamped", "state", "revisit_at", "claimed_on")
    for id_, home, day, at, received_at, clamped, state, again, claimed_on in rows.values_list(*columns):
        counted_at = received_at if clamped else at
        found[home].append(Knocked(id_, home, day, counted_at, state, again, claimed_on, at if claimed_on else None))
    return found


def _write(changes: Collection[Change]) -> None:
    """Save the doors that changed and what they change in the counts."""
    if not changes:
        return
    gone = [(one, home) for one, home, _, new in changes if new is None]
    if gone:
        both = Q(round__in={one for one, _ in gone}) & Q(among("household", {home for _, home in gone}))
        wanted = set(gone)
        rows = RoundDoor.objects.filter(both).values_list("id", "round", "household")
        RoundDoor.objects.filter(id__in=[id_ for id_, one, home in rows if (one, home) in wanted]).delete()
    _save([change for change in changes if change[3] is not None])
    sides = [side for _, _, old, new in changes for side in (old, new) if side is not None]
    community = _communities({side.grid_path for side in sides})
    doors, hours = differences([(one, old, new) for one, _, old, new in changes], community)
    _add_up("surveys_roundcount", ("round_id", "path", "state"), "doors", [(*key, n) for key, n in doors.items()])
    _add_up("surveys_roundhour", ("round_id", "path", "hour"), "done", [(*key, n) for key, n in hours.items()])


def _save(changes: Collection[Change]) -> None:
    """Save what stands at doors; who lives there is noted with each new visit, and kept while it stands."""
    came = {home for _, home, old, new in changes if new is not None and (old is None or old.visit != new.visit)}
    crowd = crowds(came)
    changed: dict[bool, list[RoundDoor]] = {True: [], False: []}
    fresh: list[RoundDoor] = []
    for one, home, old, new in changes:
        if new is not None:
            row = _row(one, home, new, crowd.get(home, ""))
            (fresh if old is None else changed[home in came]).append(row)
    insert_rows(fresh)
    for has_come, rows in changed.items():
        RoundDoor.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["round", "household"],
            update_fields=(*STAND_COLUMNS, "members") if has_come else STAND_COLUMNS,
        )


STAND_COLUMNS = ("visit", "state", "at", "revisit_at", "path", "grid_path")


def _row(round_id: UUID, home: UUID, new: Stand, crowd: str) -> RoundDoor:
    return RoundDoor(
        round_id=round_id,
        household_id=home,
        visit_id=new.visit,
        state=new.state,
        at=new.at,
        revisit_at=new.revisit_at,
        path=new.path,
        grid_path=new.grid_path,
        members=crowd,
    )


def crowds(households: Collection[UUID]) -> dict[UUID, str]:
    """Return a short hash of who lives in each household now."""
    if not households:
        return {}
    rows = Resident.objects.filter(among("household", households), state=ResidentState.LIVING).order_by("id")
    living: dict[UUID, list[str]] = defaultdict(list)
    for home, one in rows.values_list("household", "id"):
        living[home].append(str(one))
    return {home: blake2s(" ".join(living[home]).encode(), digest_size=8).hexdigest() for home in households}


def _communities(grids: Collection[str]) -> dict[str, str]:
    """Return the community's path of each tally path that is a grid's."""
    rows = Area.objects.filter(path__in=grids, rank=GRID_RANK).values_list("path", flat=True)
    return {path: parent(path) for path in rows}


def _add_up(table: str, key: tuple[str, str, str], value: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add to the counts of rounds, in key order, so that writers never wait in a circle."""
    on_sqlite = connection.vendor == "sqlite"
    statements.add_up(table, key, value, sorted((one.hex if on_sqlite else one, *rest) for one, *rest in rows))
