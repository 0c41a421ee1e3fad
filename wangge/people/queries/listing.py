"""Lists of households and residents of an area, filtered and paged: every number of a board opens one of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.people.models import Household, PriorityFlag, Resident
from wangge.people.queries.searching import READ, door_of, place_names
from wangge.people.rules.codes import HouseholdState, ResidentState

EXPORT = "register.export"


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household in a list."""

    id: UUID
    door: str
    place: str
    head: str
    members: int
    flags: tuple[str, ...]
    has_dwelling: bool
    path: str


@dataclass(frozen=True, slots=True)
class ResidentLine:
    """A resident in a list."""

    id: UUID
    household: UUID
    name: str
    sex: str
    birth_on: date | None
    relation: str
    door: str
    place: str
    flags: tuple[str, ...]


def _inside(query: QuerySet[Any], path: str) -> QuerySet[Any]:
    return query.filter(path__gte=path, path__lt=upper(path))


HOUSEHOLD_ORDERS = {"door": ("path", "id"), "opened": ("-opened_at", "id")}


def households(
    *, viewer: Viewer, path: str, without_door: bool = False, order: str = "door", offset: int = 0, limit: int = 50
) -> tuple[list[HouseholdLine], int]:
    """Return open households of an area by door, and how many there are; four statements."""
    rows = _inside(scoped(Household, viewer, READ), path).filter(state=HouseholdState.OPEN)
    if without_door:
        rows = rows.filter(dwelling=None)
    part = list(rows.select_related("dwelling").order_by(*HOUSEHOLD_ORDERS[order])[offset : offset + limit])
    return household_lines(part), rows.count()


def household_lines(part: Sequence[Household]) -> list[HouseholdLine]:
    """Return households as lines of a list, with their heads and flags; three statements."""
    people: dict[UUID, list[Resident]] = defaultdict(list)
    living = Resident.objects.filter(household__in=part, state=ResidentState.LIVING)
    for row in living.order_by("-is_head", "added_at", "id"):
        people[row.household_id].append(row)
    flags = _flags([row.id for rows in people.values() for row in rows])
    places = place_names([home.path for home in part])
    return [
        HouseholdLine(
            id=home.id,
            door=door_of(home),
            place=places[home.path],
            head=people[home.id][0].name if people[home.id] else "",
            members=len(people[home.id]),
            flags=tuple(sorted({reason for row in people[home.id] for reason in flags[row.id]})),
            has_dwelling=home.dwelling_id is not None,
            path=home.path,
        )
        for home in part
    ]


def _flags(residents: Iterable[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = PriorityFlag.objects.filter(resident__in=list(residents), ended_at=None).order_by("reason")
    for who, reason in rows.values_list("resident", "reason"):
        found[who].append(reason)
    return found


RESIDENT_ORDERS = {
    "door": ("path", "-is_head", "added_at", "id"),
    "name": ("pinyin", "name", "id"),
    "birth": ("birth_on", "id"),
    "-birth": ("-birth_on", "id"),
}


def residents(
    *, viewer: Viewer, path: str, flag: str = "", order: str = "door", offset: int = 0, limit: int = 50
) -> tuple[list[ResidentLine], int]:
    """Return living residents of an area, those with a standing flag if its reason is given, and how many there are."""
    rows = _inside(scoped(Resident, viewer, READ), path).filter(state=ResidentState.LIVING)
    if flag:
        standing = _inside(PriorityFlag.objects.filter(reason=flag, ended_at=None), path)
        rows = rows.filter(id__in=standing.values("resident"))
    part = list(rows.select_related("household__dwelling").order_by(*RESIDENT_ORDERS[order])[offset : offset + limit])
    flags = _flags([row.id for row in part])
    places = place_names([row.path for row in part])
    lines = [
        ResidentLine(
            id=row.id,
            household=row.household_id,
            name=row.name,
            sex=row.sex,
            birth_on=row.birth_on,
            relation=row.relation,
            door=door_of(row.household),
            place=places[row.path],
            flags=tuple(flags[row.id]),
        )
        for row in part
    ]
    return lines, rows.count()


@dataclass(frozen=True, slots=True)
class ExportedMember:
    """A resident as an export writes them; what is not known is None."""

    id: UUID
    name: str | None
    sex: str | None
    birth: str | None
    id_number: str | None
    phones: tuple[str, ...]
    head: bool


@dataclass(frozen=True, slots=True)
class ExportedHousehold:
    """A household as an export writes it; ``door`` is None where it has none."""

    id: UUID
    door: str | None
    members: tuple[ExportedMember, ...]


EXPORT_AT_ONCE = 500


def export(*, viewer: Viewer, path: str) -> Iterator[ExportedHousehold]:
    """Return every open household of an area in clear, by door, five hundred at a time.

    Refused as forbidden only by the command that calls it; rows come from the viewer's own areas all the same. A
    number that is not to be relied on is no number.
    """
    rows = _inside(scoped(Household, viewer, EXPORT), path).filter(state=HouseholdState.OPEN)
    keys = [
        (door.key().order() if door else ((10**9, ""),) * 3, home.path, home.id)
        for home in rows.select_related("dwelling").iterator(chunk_size=EXPORT_AT_ONCE)
        for door in [home.dwelling]
    ]
    keys.sort()
    for start in range(0, len(keys), EXPORT_AT_ONCE):
        ids = [id_ for _, _, id_ in keys[start : start + EXPORT_AT_ONCE]]
        yield from _exported(ids)


def _exported(ids: Sequence[UUID]) -> Iterator[ExportedHousehold]:
    from wangge.people.commands.writing import number_of, phones_of

    homes = {home.id: home for home in Household.objects.filter(id__in=ids).select_related("dwelling")}
    people: dict[UUID, list[Resident]] = defaultdict(list)
    living = list(Resident.objects.filter(household__in=ids, state=ResidentState.LIVING).order_by("added_at", "id"))
    for row in living:
        people[row.household_id].append(row)
    phones = phones_of(living)
    for id_ in ids:
        home = homes[id_]
        yield ExportedHousehold(
            id_,
            home.dwelling.door if home.dwelling else None,
            tuple(
                ExportedMember(
                    id=row.id,
                    name=row.name or None,
                    sex=row.sex or None,
                    birth=row.birth_on.isoformat() if row.birth_on else None,
                    id_number=(number_of(row) or None) if not row.id_doubt else None,
                    phones=phones.get(row.id, ()),
                    head=row.is_head,
                )
                for row in people[id_]
            ),
        )


def member_names(*, viewer: Viewer, households: Iterable[UUID]) -> dict[UUID, list[tuple[UUID, str]]]:
    """Return the living members (id, name) of households, the head first, for a form in which they are ticked."""
    found: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
    rows = scoped(Resident, viewer, "visit.read").filter(Q(household__in=list(households)), state=ResidentState.LIVING)
    for row in rows.order_by("-is_head", "added_at", "id"):
        found[row.household_id].append((row.id, row.name))
    return found


def doors_with_members(*, viewer: Viewer, path: str) -> list[tuple[UUID, str, tuple[UUID, ...]]]:
    """Return (household, path, living members) of every due door of an area, by path; two statements."""
    people: dict[UUID, list[UUID]] = defaultdict(list)
    living = _inside(scoped(Resident, viewer, "visit.read"), path).filter(state=ResidentState.LIVING)
    for home, who in living.order_by("household", "id").values_list("household", "id"):
        people[home].append(who)
    homes = _inside(scoped(Household, viewer, "visit.read"), path)
    rows = homes.filter(state=HouseholdState.OPEN, dwelling__isnull=False).order_by("path", "id")
    return [(id_, where, tuple(people[id_])) for id_, where in rows.values_list("id", "path")]
