"""A survey round as its leaders look at it: where it stands, when it will be done, what is usual for the next one."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from wangge.access.queries import worker_of, workers_at
from wangge.access.viewing import Viewer, require
from wangge.kernel.periods import zone_of
from wangge.places.models import Area
from wangge.places.queries import installation
from wangge.planning.forecast import Forecast, forecast
from wangge.situation.rounds import DoorLine, door_lines, duty_paths
from wangge.surveys.models import SurveyRound
from wangge.surveys.queries.round_doors import RoundDoors, doors_of_round, open_by_path
from wangge.surveys.queries.rounds import Progress, RoundHead, open_contradictions, progress, round_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a round stands in an area, what is foreseen, and how many contradictions nobody has settled."""

    head: RoundHead
    path: str
    progress: Progress
    forecast: Forecast | None
    contradictions: int


def standing(*, viewer: Viewer, round: UUID, at: datetime, zone: str, path: str = "") -> Standing:
    """Return where a round stands in its area, or in a part of it, with a forecast while it is open."""
    head = round_of(viewer=viewer, round=round)
    where = path or head.path
    found = progress(viewer=viewer, round=round, path=where)
    ahead = None
    if head.closed_at is None:
        ahead = forecast(found.series, left=found.open, now=at, zone=zone_of(zone))
    open_ones = open_contradictions(viewer=viewer, round=round, path=where)
    return Standing(head, where, found, ahead, open_ones)


@dataclass(frozen=True, slots=True)
class Order:
    """What is usual for a round: its name, purpose and basis."""

    name: str
    purpose: str
    basis: str


def order_for(area: Area, from_on: date, last_on: date) -> Order:
    """Return name, purpose and basis of a round for which nothing else is said; the name is free in its area."""
    opened = installation()
    days = f"{from_on:%m-%d}" if from_on == last_on else f"{from_on:%m-%d}–{last_on:%m-%d}"
    plain = f"{area.name[:50]} {from_on:%Y}-{days}"
    taken = set(SurveyRound.objects.filter(area=area, name__startswith=plain).values_list("name", flat=True))
    name = next(one for one in (plain, *(f"{plain} ({n})" for n in range(2, len(taken) + 3))) if one not in taken)
    return Order(name, opened.response[:200] if opened else "", opened.legal_basis[:200] if opened else "")


@dataclass(frozen=True, slots=True)
class Doors:
    """A page of doors of a round with who lives there and whose they are."""

    lines: tuple[DoorLine, ...]
    found: RoundDoors


def doors(
    *, viewer: Viewer, head: RoundHead, on: date, path: str = "", states: Collection[str] = (),
    worker: UUID | None = None, again: tuple[int, int] | None = None, search: str = "", offset: int = 0,
    limit: int = 50,
) -> Doors:  # fmt: skip
    """Return doors of a round, open ones first; of one worker, or to come to again between two hours since 1970."""
    first, last = (datetime.fromtimestamp(hour * 3600, UTC) for hour in again) if again else (None, None)
    page = doors_of_round(
        viewer=viewer,
        round=head.id,
        path=path,
        states=states,
        inside=duty_paths(worker, on=on) if worker else None,
        again_from=first,
        again_before=last,
        search=search,
        offset=offset,
        limit=limit,
    )
    whose = workers_at(on=on, paths=[door.path for door in page.doors])
    return Doors(door_lines(viewer, page.doors, whose), page)


@dataclass(frozen=True, slots=True)
class Hand:
    """A worker, and how many doors of a round are open in theirs; without an account: doors that are nobody's."""

    account: UUID | None
    name: str
    open: int


def hands(*, viewer: Viewer, round: UUID, path: str, on: date) -> Sequence[Hand]:
    """Return whose the open doors of a community or grid are, those with most first; for no larger area than that."""
    require(viewer, "visit.read", path)
    whose = worker_of(on=on, inside=path)
    left: Counter[tuple[UUID | None, str]] = Counter()
    for where in open_by_path(viewer=viewer, round=round, path=path):
        account, _, name = whose(where) or (None, "", "")
        left[account, name] += 1
    ordered = sorted(left.items(), key=lambda one: (-one[1], one[0][1]))
    return [Hand(account, name, number) for (account, name), number in ordered]
