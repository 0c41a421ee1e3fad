"""Households and their people for a form, by door, a few hundred at a time: a county's rows are never all in memory."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from wangge.access.exporting import VERB
from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.kernel.periods import zone_of
from wangge.people.commands.writing import number_of, phones_of
from wangge.people.models import Household, PriorityFlag, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState
from wangge.people.rules.origins import origin_name
from wangge.situation.forms.rows.places import Surroundings, surroundings
from wangge.situation.forms.rules.readable import HouseholdRow, PersonRow, Somebody
from wangge.surveys.models import DoorVisit

AT_ONCE = 400
VISIT = frozenset({"survey_visit.checked_at", "survey_visit.checked_by"})
FLAGS = frozenset({"resident.flags", "resident.flags_until", "travel_history.region", "travel_history.arrived_on"})
_NO_DOOR = ((10**9, ""),) * 3


@dataclass(frozen=True, slots=True)
class Asked:
    """What is read: the fields that a form shows, so that only these are ever unsealed, the day, and its zone."""

    fields: frozenset[str]
    on: date
    zone: str


def living(viewer: Viewer, path: str, flags: Collection[str] = ()) -> QuerySet[Resident]:
    """Return the living residents of an area that the viewer may take out, or those with one of the standing flags."""
    rows = scoped(Resident, viewer, VERB).filter(path__gte=path, path__lt=upper(path), state=ResidentState.LIVING)
    if flags:
        standing = PriorityFlag.objects.filter(reason__in=flags, ended_at=None, path__gte=path, path__lt=upper(path))
        rows = rows.filter(id__in=standing.values("resident"))
    return rows


def open_homes(viewer: Viewer, path: str) -> QuerySet[Household]:
    """Return the open households of an area that the viewer may take out."""
    rows = scoped(Household, viewer, VERB)
    return rows.filter(path__gte=path, path__lt=upper(path), state=HouseholdState.OPEN)


def person_rows(
    *, viewer: Viewer, path: str, asked: Asked, flags: Collection[str] = (), sort: str = "door", limit: int = 0
) -> Iterator[PersonRow]:
    """Yield the people of an area, by door or by name; with ``limit`` only the first few of them."""
    rows = living(viewer, path, flags)
    if sort == "name":
        ordered = rows.order_by("pinyin", "name", "id").values_list("id", flat=True)
        ids: Iterable[UUID] = ordered[:limit] if limit else ordered.iterator(chunk_size=AT_ONCE)
        for part in _parts(ids):
            found = {row.id: row for row in Resident.objects.filter(id__in=part)}
            yield from _people([found[one] for one in part if one in found], asked)
        return
    homes = _by_door(rows, limit)
    people = _of_homes(rows, homes, asked)
    yield from islice(people, limit) if limit else people


def _of_homes(rows: QuerySet[Resident], homes: Iterable[UUID], asked: Asked) -> Iterator[PersonRow]:
    for part in _parts(homes):
        places = {id_: place for place, id_ in enumerate(part)}
        people = list(rows.filter(household__in=part).order_by("-is_head", "added_at", "id"))
        people.sort(key=lambda row: places[row.household_id])
        yield from _people(people, asked)


def _by_door(rows: QuerySet[Resident], limit: int) -> list[UUID]:
    """Return the households of people in the order in which one walks from door to door."""
    homes = Household.objects.filter(id__in=rows.order_by().values("household")).select_related("dwelling")
    if limit:
        return [home.id for home in homes.order_by("path", "id")[:limit]]
    keys = [(_door_order(home), home.id) for home in homes.iterator(chunk_size=AT_ONCE)]
    return [id_ for _, id_ in sorted(keys)]


def _door_order(home: Household) -> tuple[str, tuple[tuple[int, str], ...], str]:
    """Return what sorts households by grid, then by door as people count them."""
    return home.grid_path, home.dwelling.key().order() if home.dwelling else _NO_DOOR, home.path


def _parts(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    waiting = iter(ids)
    while part := list(islice(waiting, AT_ONCE)):
        yield part


def _people(people: Sequence[Resident], asked: Asked) -> Iterator[PersonRow]:
    """Yield rows of some residents; eight statements at most."""
    homes = {row.id: row for row in household_rows_of({one.household_id for one in people}, asked)}
    phones = phones_of(people) if "resident.phone" in asked.fields else {}
    flags: dict[UUID, list[PriorityFlag]] = defaultdict(list)
    if asked.fields & FLAGS:
        for flag in PriorityFlag.objects.filter(resident__in=people, ended_at=None).order_by(
            "reason", "-until_on", "id"
        ):
            flags[flag.resident_id].append(flag)
    for row in people:
        number = _number(row) if "resident.identity_number" in asked.fields else ""
        yield PersonRow(
            who=Somebody(row.id, row.name, number, phones.get(row.id, ())),
            home=homes[row.household_id],
            sex=row.sex,
            birth_on=row.birth_on,
            relation=row.relation,
            presence=row.presence,
            flags=tuple((flag.reason, flag.until_on) for flag in flags[row.id]),
            origin=next((origin_name(flag.origin) for flag in flags[row.id] if flag.origin), ""),
            arrived_on=next((flag.came_on for flag in flags[row.id] if flag.came_on), None),
        )


def _number(row: Resident) -> str:
    """Return the number of somebody's document; one that is not to be relied on is no number."""
    return "" if row.id_doubt else number_of(row)


def household_rows(*, viewer: Viewer, path: str, asked: Asked, limit: int = 0) -> Iterator[HouseholdRow]:
    """Yield the open households of an area by door; with ``limit`` only the first few of them."""
    rows = open_homes(viewer, path)
    if limit:
        ids = list(rows.order_by("path", "id").values_list("id", flat=True)[:limit])
    else:
        homes = rows.select_related("dwelling").iterator(chunk_size=AT_ONCE)
        ids = [id_ for _, id_ in sorted((_door_order(home), home.id) for home in homes)]
    for part in _parts(ids):
        found = {row.id: row for row in household_rows_of(part, asked)}
        yield from (found[id_] for id_ in part if id_ in found)


def household_rows_of(ids: Collection[UUID], asked: Asked) -> list[HouseholdRow]:
    """Return some households with their heads, how many live there, and the last visit; five statements at most."""
    homes = list(Household.objects.filter(id__in=ids).select_related("dwelling"))
    people: dict[UUID, list[Resident]] = defaultdict(list)
    rows = Resident.objects.filter(household__in=ids, state=ResidentState.LIVING)
    for row in rows.order_by("-is_head", "added_at", "id"):
        people[row.household_id].append(row)
    heads = {id_: rows[0] for id_, rows in people.items() if rows[0].is_head}
    phones = phones_of(list(heads.values())) if "household.head_phone" in asked.fields else {}
    visits = _last_visits(ids, asked) if asked.fields & VISIT else {}
    around = surroundings([home.path for home in homes])
    found = []
    for home in homes:
        head = heads.get(home.id)
        line = _household(home, around[home.path], people[home.id])
        at, by = visits.get(home.id, ("", ""))
        somebody = _head(head, phones.get(head.id, ()), asked) if head else Somebody()
        found.append(replace(line, head=somebody, checked_at=at, checked_by=by))
    return found


def _household(home: Household, around: Surroundings, people: Sequence[Resident]) -> HouseholdRow:
    return HouseholdRow(
        id=home.id,
        township=around.township,
        community=around.community,
        grid=around.grid,
        building=around.building,
        door=home.dwelling.key() if home.dwelling else None,
        address=home.address,
        note=home.note,
        people=len(people),
        members=tuple(row.id for row in people),
    )


def _head(head: Resident, phones: tuple[str, ...], asked: Asked) -> Somebody:
    number = _number(head) if "household.head_identity_number" in asked.fields else ""
    return Somebody(head.id, head.name, number, phones)


def _last_visits(ids: Collection[UUID], asked: Asked) -> dict[UUID, tuple[str, str]]:
    """Return when and by whom each household was visited last, up to the day asked for."""
    rows = DoorVisit.objects.filter(household__in=ids, voided_at=None, day__lte=asked.on).order_by("-at", "-id")
    found: dict[UUID, tuple[str, str]] = {}
    for home, at, name in rows.values_list("household", "at", "worker__name"):
        found.setdefault(home, (f"{at.astimezone(zone_of(asked.zone)):%Y-%m-%d %H:%M}", name))
    return found
