"""The doors of a survey round: which are open, where to come again, and what differs from the round before."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import contains
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.places.copies import within
from wangge.surveys.answered import answers_of
from wangge.surveys.models import Response, RoundDoor, SurveyRound
from wangge.surveys.queries.rounds import numbers_of, reach, round_row
from wangge.surveys.rules.rounds import Numbers, numbers
from wangge.surveys.rules.visits import CLOSED_STATES, COME_AGAIN

READ = "visit.read"
DUE = "due"


@dataclass(frozen=True, slots=True)
class RoundDoorLine:
    """A door of a round and what stands at it; ``state`` is ``due`` where nobody has been."""

    household: UUID
    door: str
    path: str
    state: str
    at: datetime | None
    revisit_at: datetime | None


@dataclass(frozen=True, slots=True)
class RoundDoors:
    """A page of doors, how many match, and where the round stands in the areas asked for."""

    doors: tuple[RoundDoorLine, ...]
    total: int
    numbers: Numbers


def doors_of_round(
    *,
    viewer: Viewer,
    round: UUID,
    path: str = "",
    states: Collection[str] = (),
    inside: Iterable[str] | None = None,
    again_from: datetime | None = None,
    again_before: datetime | None = None,
    search: str = "",
    offset: int = 0,
    limit: int = 50,
) -> RoundDoors:
    """Return doors of a round in an area, those where work is left first, in walking order; at most eight statements.

    ``inside`` narrows them to some areas, such as a worker's buildings; ``again_from`` and ``again_before`` to doors
    to which somebody means to come between two instants; ``search`` to doors whose key holds the text. Without a path
    everything of the round that the viewer may see. Refused as unknown for a round elsewhere.
    """
    row = round_row(viewer, round)
    asked = (path,) if path else reach(viewer, row.path)
    paths = [one for one in asked if contains(row.path, one)]
    own = None if inside is None else list(inside)
    standing = RoundDoor.objects.filter(round=row, household=OuterRef("id"))
    homes = due_homes(scoped(Household, viewer, READ), paths)
    if own is not None:
        homes = homes.filter(within("path", own))
    if search.strip():
        homes = homes.filter(dwelling__door__contains=search.strip())
    if again_from or again_before:
        held = standing.filter(state__in=COME_AGAIN, revisit_at__isnull=False)
        held = held.filter(revisit_at__gte=again_from) if again_from else held
        homes = homes.filter(Exists(held.filter(revisit_at__lt=again_before) if again_before else held))
    found = _numbers(row, viewer, paths, own)
    doors, total = _cut(homes, standing, list(states), offset, limit)
    return RoundDoors(tuple(doors), total, found)


def due_homes(homes: QuerySet[Household], paths: Sequence[str]) -> QuerySet[Household]:
    """Return the households with a door that are due in some areas."""
    return homes.filter(within("path", paths), state=HouseholdState.OPEN, dwelling__isnull=False)


def _numbers(row: SurveyRound, viewer: Viewer, paths: Sequence[str], own: Sequence[str] | None) -> Numbers:
    """Count the doors by state: from the kept counts for one whole area, else from the doors themselves."""
    if own is None and len(paths) == 1 and viewer.permits(READ, paths[0]):
        return numbers_of(row, paths[0])
    homes = due_homes(scoped(Household, viewer, READ), paths)
    doors = scoped(RoundDoor, viewer, READ).filter(within("path", paths), round=row)
    if own is not None:
        homes, doors = homes.filter(within("path", own)), doors.filter(within("path", own))
    return numbers(homes.count(), Counter(doors.values_list("state", flat=True)))


def _cut(
    homes: QuerySet[Household], standing: QuerySet[RoundDoor], states: list[str], offset: int, limit: int
) -> tuple[list[RoundDoorLine], int]:
    """Return a page of doors and how many match: first those where work is left, then the closed ones."""
    closed = Exists(standing.filter(state__in=CLOSED_STATES))
    parts: list[tuple[bool, QuerySet[Household]]] = [(False, homes.filter(~closed)), (True, homes.filter(closed))]
    found: list[RoundDoorLine] = []
    total = 0
    for is_closed, part in parts:
        wanted = [one for one in states if (one in CLOSED_STATES) == is_closed]
        if states and not wanted:
            continue
        if states:
            held = Exists(standing.filter(state__in=[one for one in wanted if one != DUE]))
            chosen = part.filter(held | ~Exists(standing) if DUE in wanted else held)
        else:
            chosen = part
        number = chosen.count()
        here = max(0, offset - total)
        if here < number and len(found) < limit:
            found += _lines(chosen.order_by("path", "id"), standing, here, limit - len(found))
        total += number
    return found, total


def _lines(rows: QuerySet[Household], standing: QuerySet[RoundDoor], offset: int, limit: int) -> list[RoundDoorLine]:
    shown = rows.select_related("dwelling").annotate(
        door_state=Subquery(standing.values("state")[:1]),
        door_at=Subquery(standing.values("at")[:1]),
        door_again=Subquery(standing.values("revisit_at")[:1]),
    )
    return [_line(row) for row in shown[offset : offset + limit]]


def _line(row: Any) -> RoundDoorLine:
    return RoundDoorLine(row.id, row.dwelling.door, row.path, row.door_state or DUE, row.door_at, row.door_again)


def open_by_path(*, viewer: Viewer, round: UUID, path: str) -> list[str]:
    """Return the path of every door of an area at which a round still has work, by path; two statements."""
    row = round_row(viewer, round)
    closed = RoundDoor.objects.filter(within("path", [path]), round=row, state__in=CLOSED_STATES)
    homes = due_homes(scoped(Household, viewer, READ), [path]).exclude(id__in=closed.values("household"))
    return list(homes.order_by("path").values_list("path", flat=True))


@dataclass(frozen=True, slots=True)
class ComeAgain:
    """Doors to come to again: how many in an hour (since 1970), and how many without an hour."""

    by_hour: tuple[tuple[int, int], ...]
    without: int


def revisits(*, viewer: Viewer, round: UUID, path: str = "") -> ComeAgain:
    """Return the doors of a round to which somebody must come again, by the hour that was promised; two statements."""
    row = round_row(viewer, round)
    paths = [path] if path else reach(viewer, row.path)
    doors = scoped(RoundDoor, viewer, READ).filter(within("path", paths), round=row, state__in=COME_AGAIN)
    hours = Counter(int(at.timestamp() // 3600) if at else 0 for at in doors.values_list("revisit_at", flat=True))
    without = hours.pop(0, 0)
    return ComeAgain(tuple(sorted(hours.items())), without)


@dataclass(frozen=True, slots=True)
class Changed:
    """A door where a round found something else than the one before: the states of both, and what differs."""

    household: UUID
    door: str
    path: str
    before: str
    state: str
    members: bool
    answers: bool


def changed(
    *, viewer: Viewer, round: UUID, path: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[Changed], int]:
    """Return the doors whose state, members or answers differ from the round before, and how many there are.

    Only doors that both rounds have been to. Nothing for a round that repeats none. Seven statements.
    """
    row = round_row(viewer, round)
    if row.before_id is None:
        return [], 0
    paths = [path] if path else reach(viewer, row.path)
    former = RoundDoor.objects.filter(round=row.before_id, household=OuterRef("household"))
    doors = scoped(RoundDoor, viewer, READ).filter(within("path", paths), round=row)
    both = doors.annotate(was=Subquery(former.values("state")[:1]), were=Subquery(former.values("members")[:1]))
    other = _other_answers(row.id, row.before_id, paths)
    differs = ~Q(state=F("was")) | ~Q(members=F("were")) | Q(household__in=other)
    rows = both.filter(differs, was__isnull=False).select_related("household__dwelling").order_by("path", "id")
    return [_changed(one, other) for one in rows[offset : offset + limit]], rows.count()


def _changed(one: Any, other: Collection[UUID]) -> Changed:
    home = one.household
    return Changed(
        household=home.id,
        door=home.dwelling.door if home.dwelling else home.address,
        path=one.path,
        before=one.was,
        state=one.state,
        members=one.members != one.were,
        answers=home.id in other,
    )


def _other_answers(round_id: UUID, before: UUID, paths: Sequence[str]) -> set[UUID]:
    """Return the households of which both rounds know answers that are not the same; sealed ones are opened last."""
    now, then = (_said(one, paths) for one in (round_id, before))
    return {home for home in now.keys() & then.keys() if _differ(now[home], then[home])}


def _differ(now: Mapping[UUID | None, Response], then: Mapping[UUID | None, Response]) -> bool:
    if now.keys() != then.keys() or any(now[who].answers != then[who].answers for who in now):
        return True
    return any(answers_of(now[who]) != answers_of(then[who]) for who in now if now[who].sealed or then[who].sealed)


def _said(round_id: UUID, paths: Sequence[str]) -> Mapping[UUID, Mapping[UUID | None, Response]]:
    """Return what was answered in a round, by household and by resident, the latest filling of each."""
    rows = Response.objects.filter(within("path", paths), round=round_id, voided_at=None).order_by("at", "id")
    found: dict[UUID, dict[UUID | None, Response]] = defaultdict(dict)
    for row in rows.only("household", "resident", "answers", "sealed"):
        found[row.household_id][row.resident_id] = row
    return found
