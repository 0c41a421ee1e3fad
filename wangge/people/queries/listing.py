"""Lists of households and residents of an area, filtered and paged: every number of a board opens one of them."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.people.models import Household, PriorityFlag, Resident
from wangge.people.queries.searching import READ, door_of, place_names
from wangge.people.rules.codes import HouseholdState, ResidentState
from wangge.places.rules import natural, parse_door

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


SORTED_BY_DOOR = 5_000
"""Up to how many rows a list is sorted by door as people count (2 before 10); longer ones follow the tree."""
HOUSEHOLD_ORDERS = {"door": ("path", "id"), "-door": ("-path", "-id"), "opened": ("-opened_at", "id")}


def households(
    *,
    viewer: Viewer,
    path: str,
    without_door: bool = False,
    text: str = "",
    order: str = "door",
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[HouseholdLine], int]:
    """Return open households of an area, and how many there are; ``text`` begins a door, a member's name or initials.

    Six statements; five in another order than by door.
    """
    rows = _inside(scoped(Household, viewer, READ), path).filter(state=HouseholdState.OPEN)
    if without_door:
        rows = rows.filter(dwelling=None)
    if text.strip():
        named = Resident.objects.filter(_named(text.strip()), state=ResidentState.LIVING)
        rows = rows.filter(_at_door(text.strip()) | Q(id__in=named.values("household")))
    total = rows.count()
    cut, columns = slice(offset, offset + limit), HOUSEHOLD_ORDERS[order]
    homes = rows.select_related("dwelling")
    part = _page(homes, "dwelling__door", columns=columns, order=order, total=total, cut=cut)
    return household_lines(part), total


def _named(text: str) -> Q:
    """Return the condition that a resident's name, pinyin or initials begin with the text."""
    low = re.sub(r"\s", "", text).lower()
    if not (low.isascii() and low.isalpha()):
        return Q(name__startswith=text)
    return Q(initials__startswith=low) | Q(other_initials__startswith=low) | Q(pinyin__startswith=low)


def _at_door(text: str, home: str = "") -> Q:
    """Return the condition that a household's door begins with the text, or that its address holds it."""
    door = str(parse_door(text) or text)
    return Q(**{f"{home}dwelling__door__startswith": door}) | Q(
        **{f"{home}dwelling": None, f"{home}address__contains": text}
    )


def _page(rows: QuerySet[Any], door: str, *, columns: Sequence[str], order: str, total: int, cut: slice) -> list[Any]:
    """Return one page of rows in an order; by door as people count while the list is short enough to be sorted."""
    if order.lstrip("-") != "door" or total > SORTED_BY_DOOR:
        return list(rows.order_by(*columns)[cut])
    keys = sorted(
        ((text is None, path, _door_order(text or ""), place), id_)
        for place, (id_, text, path) in enumerate(
            rows.order_by(*columns).values_list("id", door, door.replace("dwelling__door", "grid_path"))
        )
    )
    if order.startswith("-"):
        keys.reverse()
    ids = [id_ for _, id_ in keys[cut]]
    found = {row.id: row for row in rows.filter(id__in=ids)}
    return [found[id_] for id_ in ids if id_ in found]


@lru_cache(maxsize=50_000)
def _door_order(door: str) -> tuple[tuple[int, str], ...]:
    return tuple(natural(part) for part in re.split("[-/]", door))


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
    "-door": ("-path", "is_head", "-added_at", "-id"),
    "name": ("pinyin", "name", "id"),
    "-name": ("-pinyin", "-name", "-id"),
    "birth": ("birth_on", "id"),
    "-birth": ("-birth_on", "id"),
}


def residents(
    *,
    viewer: Viewer,
    path: str,
    flag: str = "",
    undated: bool = False,
    text: str = "",
    order: str = "door",
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[ResidentLine], int]:
    """Return living residents of an area, those with a standing flag if its reason is given, and how many there are.

    ``undated`` leaves those whose day of birth is not known.
    ``text`` begins a name, initials or a door. Five statements; four in another order than by door.
    """
    rows = _inside(scoped(Resident, viewer, READ), path).filter(state=ResidentState.LIVING)
    if flag:
        standing = _inside(PriorityFlag.objects.filter(reason=flag, ended_at=None), path)
        rows = rows.filter(id__in=standing.values("resident"))
    if undated:
        rows = rows.filter(birth_on=None)
    if text.strip():
        rows = rows.filter(_named(text.strip()) | _at_door(text.strip(), "household__"))
    total = rows.count()
    cut, columns = slice(offset, offset + limit), RESIDENT_ORDERS[order]
    people = rows.select_related("household__dwelling")
    part = _page(people, "household__dwelling__door", columns=columns, order=order, total=total, cut=cut)
    return _resident_lines(part), total


def persons(*, viewer: Viewer, ids: Iterable[UUID]) -> dict[UUID, ResidentLine]:
    """Return residents by id as lines of a list, in whatever state; those out of reach are absent."""
    rows = scoped(Resident, viewer, READ).filter(id__in=list(ids)).select_related("household__dwelling")
    return {line.id: line for line in _resident_lines(list(rows))}


def _resident_lines(part: Sequence[Resident]) -> list[ResidentLine]:
    flags = _flags([row.id for row in part])
    places = place_names([row.path for row in part])
    return [
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
