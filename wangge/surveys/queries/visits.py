"""Reads about visits: who was seen when, and what is open today."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Max, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.people.models import Household
from wangge.surveys.models import DoorDay, DoorVisit, RoundDoor, Sighting
from wangge.surveys.rules import CLOSED_STATES

NOT_REACHED = "due"


@dataclass(frozen=True, slots=True)
class DoorToday:
    """One door on one day: its household and what stands for it; ``state`` is ``due`` where nobody has been."""

    household: UUID
    dwelling: int
    door: str
    path: str
    state: str
    at: datetime | None
    revisit_at: datetime | None

    @property
    def closed(self) -> bool:
        """Whether nothing is left to do here today."""
        return self.state in CLOSED_STATES


@dataclass(frozen=True, slots=True)
class VisitLine:
    """One visit in a household's course; ``worker`` is the account's name."""

    id: UUID
    at: datetime
    state: str
    worker: str
    persons_seen: int
    remarks: str
    revisit_at: datetime | None
    voided_at: datetime | None
    void_reason: str
    claim_clamped: bool


@dataclass(frozen=True, slots=True)
class DoorPage:
    """A page of doors and how many there are in each state."""

    doors: tuple[DoorToday, ...]
    total: int
    by_state: Mapping[str, int]


def _due(viewer: Viewer, path: str, day: date, verb: str = "visit.read") -> Any:
    """Households with a dwelling in the area, each with the state of its door on the day."""
    stands = DoorDay.objects.filter(household=OuterRef("id"), day=day)
    return (
        scoped(Household, viewer, verb)
        .filter(path__gte=path, path__lt=upper(path), closed_at=None, dwelling__isnull=False)
        .annotate(
            door_state=Coalesce(Subquery(stands.values("state")[:1]), Value(NOT_REACHED), output_field=CharField()),
            door_at=Subquery(stands.values("at")[:1]),
            door_again=Subquery(stands.values("revisit_at")[:1]),
        )
    )


def doors_of_day(
    *,
    viewer: Viewer,
    path: str,
    day: date,
    states: Iterable[str] = (),
    inside: Iterable[str] | None = None,
    offset: int = 0,
    limit: int = 50,
) -> DoorPage:
    """Return the doors of an area on a day: open ones first, then by path; ``states`` narrows the list.

    ``inside`` narrows it to doors below some paths, such as a worker's buildings.
    """
    rows = _due(viewer, path, day)
    if inside is not None:
        rows = rows.filter(_below(inside))
    by_state = dict(rows.order_by().values_list("door_state").annotate(n=Count("id")))
    wanted = list(states)
    if wanted:
        rows = rows.filter(door_state__in=wanted)
    rows = rows.annotate(
        closed_last=Case(When(door_state__in=CLOSED_STATES, then=Value("1")), default=Value("0"))
    ).order_by("closed_last", F("door_again").asc(nulls_last=True), "path", "id")
    doors = tuple(_door(row) for row in rows.select_related("dwelling")[offset : offset + limit])
    total = sum(n for state, n in by_state.items() if not wanted or state in wanted)
    return DoorPage(doors, total, by_state)


def _below(paths: Iterable[str]) -> Q:
    """Return the condition that a path lies in one of some areas; of none it never holds."""
    found = Q(pk__in=[])
    for path in paths:
        found |= Q(path__gte=path, path__lt=upper(path))
    return found


def _door(row: Any) -> DoorToday:
    return DoorToday(
        household=row.id,
        dwelling=row.dwelling_id,
        door=row.dwelling.door,
        path=row.path,
        state=row.door_state,
        at=row.door_at,
        revisit_at=row.door_again,
    )


def door_today(*, viewer: Viewer, household: UUID, day: date) -> DoorToday | None:
    """Return the state of one door on a day; None for a household that is not due, or outside the viewer's areas."""
    home = scoped(Household, viewer, "visit.read").filter(id=household).first()
    if home is None:
        return None
    row = _due(viewer, home.path, day).select_related("dwelling").filter(id=household).first()
    return _door(row) if row is not None else None


@dataclass(frozen=True, slots=True)
class DoorSpot:
    """A due door as a board counts it: its place, its stairwell, whether nothing is left to do on the day, since when.

    ``swept`` says whether nothing is left to do at it in the round that was asked for.
    """

    path: str
    unit: str
    closed: bool
    at: datetime | None
    swept: bool


def doors_by_path(*, viewer: Viewer, path: str, day: date, round: UUID | None = None) -> list[DoorSpot]:
    """Return every due door of an area, by path; for the inside of one community."""
    stands = RoundDoor.objects.filter(household=OuterRef("id"), round=round).values("state")[:1]
    in_round: Any = Subquery(stands) if round else Value("")
    rows = _due(viewer, path, day, "board.read").annotate(round_state=in_round).order_by("path")
    found = rows.values_list("path", "dwelling__unit", "door_state", "door_at", "round_state")
    return [
        DoorSpot(where, unit, state in CLOSED_STATES, at, swept in CLOSED_STATES)
        for where, unit, state, at, swept in found
    ]


def visits_of(*, viewer: Viewer, household: UUID, limit: int = 30) -> list[VisitLine]:
    """Return a household's visits, the latest first."""
    rows = (
        scoped(DoorVisit, viewer, "visit.read", path_field="household__path")
        .filter(household=household)
        .select_related("worker")
        .order_by("-at", "-id")[:limit]
    )
    return [
        VisitLine(
            row.id,
            row.at,
            row.state,
            row.worker.name,
            row.persons_seen,
            row.remarks,
            row.revisit_at,
            row.voided_at,
            row.void_reason,
            row.claim_clamped,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class VisitSpot:
    """Where a visit was, for a page that asks about it."""

    household: UUID
    door: str
    path: str


def visit_line(*, viewer: Viewer, visit: UUID) -> VisitSpot | None:
    """Return where a visit was; None outside the viewer's areas."""
    rows = scoped(DoorVisit, viewer, "visit.read", path_field="household__path")
    row = rows.select_related("household__dwelling").filter(id=visit).first()
    if row is None:
        return None
    home = row.household
    return VisitSpot(home.id, home.dwelling.door if home.dwelling else home.address, home.path)


def last_seen(*, viewer: Viewer, residents: Iterable[UUID]) -> dict[UUID, datetime]:
    """Return when each of the residents was last met at a visit that stands."""
    rows = (
        scoped(Sighting, viewer, "visit.read", path_field="resident__path")
        .filter(resident__in=list(residents), visit__voided_at=None)
        .values_list("resident")
        .annotate(latest=Max("at"))
    )
    return dict(rows)


def visits_in(
    *, viewer: Viewer, path: str, day: date, seen_only: bool = False, offset: int = 0, limit: int = 50
) -> tuple[list[DoorVisit], int]:
    """Return the visits that make a day's count in an area, and how many there are."""
    rows = scoped(DoorVisit, viewer, "visit.read", path_field="household__path").filter(
        Q(grid_path__gte=path, grid_path__lt=upper(path)) | Q(path__gte=path, path__lt=upper(path)),
        day=day,
        voided_at=None,
    )
    if seen_only:
        rows = rows.filter(persons_seen__gt=0)
    return list(
        rows.select_related("household__dwelling", "worker").order_by("-at", "id")[offset : offset + limit]
    ), rows.count()


def households_visited(*, day: date) -> set[UUID]:
    """Return the households whose door somebody went to on a day; ids only, for work the server does by itself."""
    return set(DoorDay.objects.filter(day=day).values_list("household", flat=True))


@dataclass(frozen=True, slots=True)
class Seen:
    """A resident met on a day, and when last."""

    resident: UUID
    household: UUID
    name: str
    door: str
    path: str
    at: datetime
    worker: str


def residents_seen(*, viewer: Viewer, path: str, day: date, offset: int = 0, limit: int = 50) -> tuple[list[Seen], int]:
    """Return the persons met in an area on a day, each once with the latest meeting, and how many there are."""
    rows = scoped(Sighting, viewer, "register.read", path_field="resident__path").filter(
        Q(visit__grid_path__gte=path, visit__grid_path__lt=upper(path))
        | Q(visit__path__gte=path, visit__path__lt=upper(path)),
        visit__day=day,
        visit__voided_at=None,
    )
    latest = rows.order_by().values("resident").annotate(latest=Max("at"))
    total = latest.count()
    part = list(latest.order_by("-latest", "resident")[offset : offset + limit])
    met = {(row["resident"], row["latest"]) for row in part}
    found = rows.filter(resident__in=[who for who, _ in met]).select_related(
        "resident__household__dwelling", "visit__worker"
    )
    lines = {(row.resident_id, row.at): row for row in found}
    return [_seen(lines[row["resident"], row["latest"]]) for row in part], total


def _seen(row: Sighting) -> Seen:
    home = row.resident.household
    return Seen(
        resident=row.resident_id,
        household=home.id,
        name=row.resident.name,
        door=home.dwelling.door if home.dwelling else home.address,
        path=row.resident.path,
        at=row.at,
        worker=row.visit.worker.name,
    )
