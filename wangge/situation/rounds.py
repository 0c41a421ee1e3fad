"""What a worker or a leader sees of today's round: doors with their state, names and whose they are."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.access.queries import standing_duties, worker_of
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.kernel.paths import outermost
from wangge.people.queries import member_names, place_names, spot
from wangge.privacy.masks import mask_name
from wangge.surveys.models import DoorVisit
from wangge.surveys.queries import DoorToday, door_today, doors_of_day, visits_in
from wangge.surveys.queries.round_doors import RoundDoorLine


@dataclass(frozen=True, slots=True)
class DoorLine:
    """A door on a day: who lives there, what stands, whose door it is."""

    household: UUID
    door: str
    place: str
    head: str
    members: int
    state: str
    at: datetime | None
    revisit_at: datetime | None
    worker: str


@dataclass(frozen=True, slots=True)
class Round:
    """A page of doors, how many match, and how many stand in each state."""

    doors: tuple[DoorLine, ...]
    total: int
    by_state: Mapping[str, int]


def doors(
    *,
    viewer: Viewer,
    path: str,
    day: date,
    states: Iterable[str] = (),
    worker: UUID | None = None,
    offset: int = 0,
    limit: int = 50,
) -> Round:
    """Return the doors of an area on a day, open ones first; of one worker only, if one is given."""
    mine = duty_paths(worker, on=day) if worker else None
    page = doors_of_day(viewer=viewer, path=path, day=day, states=states, inside=mine, offset=offset, limit=limit)
    lines = door_lines(viewer, page.doors, worker_of(on=day, inside=path))
    return Round(lines, page.total, page.by_state)


def door_lines(
    viewer: Viewer,
    doors: Sequence[DoorToday | RoundDoorLine],
    whose: Callable[[str], tuple[UUID, str, str] | None],
) -> tuple[DoorLine, ...]:
    """Return doors with the people behind them and whose they are; names as the viewer may see them."""
    names = member_names(viewer=viewer, households=[door.household for door in doors])
    places = place_names([door.path for door in doors])
    lines = []
    for door in doors:
        people = names.get(door.household, [])
        lines.append(
            DoorLine(
                household=door.household,
                door=door.door,
                place=places[door.path],
                head=shown_name(viewer, door.path, people[0][1]) if people else "",
                members=len(people),
                state=door.state,
                at=door.at,
                revisit_at=door.revisit_at,
                worker=(whose(door.path) or (None, "", ""))[2],
            )
        )
    return tuple(lines)


def shown_name(viewer: Viewer, path: str, name: str) -> str:
    """Return a name as the viewer may see it: masked for those who only visit."""
    return name if viewer.permits("register.read", path) else mask_name(name)


def duty_paths(account: UUID, *, on: date) -> Sequence[str]:
    """Return the areas a grid worker has: the buildings dealt to them, or their larger areas where none were dealt."""
    rows = standing_duties(on).filter(account=account, role=Role.GRID_WORKER)
    dealt = list(rows.filter(source="dealt").values_list("path", flat=True))
    return outermost(dealt or rows.values_list("path", flat=True))


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit in a list."""

    id: UUID
    household: UUID
    door: str
    place: str
    at: datetime
    state: str
    persons_seen: int
    worker: str


def visits(
    *, viewer: Viewer, path: str, day: date, seen_only: bool = False, offset: int = 0, limit: int = 50
) -> tuple[list[VisitRow], int]:
    """Return the visits that make a day's count in an area, the latest first, and how many there are."""
    rows, total = visits_in(viewer=viewer, path=path, day=day, seen_only=seen_only, offset=offset, limit=limit)
    places = place_names([row.household.path for row in rows])
    return [_visit(row, places) for row in rows], total


def _visit(row: DoorVisit, places: Mapping[str, str]) -> VisitRow:
    home = row.household
    return VisitRow(
        id=row.id,
        household=home.id,
        door=home.dwelling.door if home.dwelling else home.address,
        place=places[home.path],
        at=row.at,
        state=row.state,
        persons_seen=row.persons_seen,
        worker=row.worker.name,
    )


@dataclass(frozen=True, slots=True)
class DoorForm:
    """A door with the people to be ticked, for the form of a visit; names are masked for those who only visit."""

    household: UUID
    area_path: str
    grid_path: str
    door: str
    place: str
    members: tuple[tuple[UUID, str], ...]
    state: str
    at: datetime | None


def door_form(*, viewer: Viewer, household: UUID, on: date) -> DoorForm:
    """Return a door for the form of a visit; refused as unknown where the viewer does not visit."""
    home = spot(viewer=viewer, household=household, verb="visit.record")
    people = member_names(viewer=viewer, households=[household]).get(household, [])
    today = door_today(viewer=viewer, household=household, day=on)
    return DoorForm(
        household=household,
        area_path=home.path,
        grid_path=home.grid_path,
        door=home.door,
        place=place_names([home.path])[home.path],
        members=tuple((id_, shown_name(viewer, home.path, name)) for id_, name in people),
        state=today.state if today else "due",
        at=today.at if today else None,
    )
