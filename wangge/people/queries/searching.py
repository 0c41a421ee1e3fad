"""Finding people and doors by whatever somebody knows: name, initials, pinyin, number, last four, door."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import ancestors, upper
from wangge.people.commands.writing import NUMBER, NUMBER_LAST, PHONE, PHONE_LAST
from wangge.people.models import Household, Phone, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState
from wangge.people.rules.searching import Match, Probe, probes
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.privacy import vault

READ = "register.read"
LAST_SIGN = "\U0010ffff"
DOORS_LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """Somebody who was found, or a household (``resident`` None) found by its door; ``place`` names where."""

    household: UUID
    resident: UUID | None
    name: str
    sex: str
    birth_on: date | None
    state: str
    door: str
    place: str
    match: Match


@dataclass(frozen=True, slots=True)
class Found:
    """What a search brought: the hits, the surest first, and whether there are more than shown."""

    hits: tuple[Hit, ...]
    more: bool


def search(*, viewer: Viewer, text: str, inside: str = "", limit: int = 20) -> Found:
    """Return who and which doors match the text in the viewer's areas, within ``inside`` if a path is given."""
    rows: dict[tuple[UUID, UUID | None], tuple[Any, Match]] = {}
    for probe in probes(text):
        if len(rows) > limit:
            break
        if probe.match == Match.DOOR:
            for home in _by_door(viewer, probe, inside, limit + 1):
                rows.setdefault((home.id, None), (home, probe.match))
        else:
            for row in _by_person(viewer, probe, inside, limit + 1):
                rows.setdefault((row.household_id, row.id), (row, probe.match))
    chosen = sorted(list(rows.values())[: limit + 1], key=lambda pair: pair[0].state not in ("living", "open"))
    return Found(_hits(chosen[:limit]), len(rows) > limit)


def _within(query: QuerySet[Any], inside: str, column: str = "path") -> QuerySet[Any]:
    return query.filter(**{f"{column}__gte": inside, f"{column}__lt": upper(inside)}) if inside else query


def _by_person(viewer: Viewer, probe: Probe, inside: str, limit: int) -> Iterable[Resident]:
    people = _within(scoped(Resident, viewer, READ), inside).exclude(state=ResidentState.MERGED)
    people = people.select_related("household__dwelling")
    if probe.match in (Match.PHONE, Match.LAST_FOUR_PHONE):
        whole = probe.match == Match.PHONE
        index = vault.blind(PHONE if whole else PHONE_LAST, probe.value)
        phones = Phone.objects.filter(**{"index" if whole else "last4": index})
        return people.filter(id__in=phones.values("resident")).order_by("name", "id")[:limit]
    if probe.match == Match.NUMBER:
        return people.filter(id_index=vault.blind(NUMBER, probe.value)).order_by("id")[:limit]
    if probe.match == Match.LAST_FOUR_NUMBER:
        return people.filter(id_last4=vault.blind(NUMBER_LAST, probe.value)).order_by("name", "id")[:limit]
    return _by_spelling(people, probe, limit)


def _by_spelling(people: QuerySet[Resident], probe: Probe, limit: int) -> list[Resident]:
    column = {Match.NAME: "name", Match.INITIALS: "initials", Match.PINYIN: "pinyin"}[probe.match]
    found = list(_beginning(people, column, probe.value)[:limit])
    if probe.match == Match.INITIALS and len(found) < limit:
        known = {row.id for row in found}
        others = _beginning(people.exclude(other_initials=""), "other_initials", probe.value)[:limit]
        found += [row for row in others if row.id not in known]
    return found[:limit]


def _beginning(people: QuerySet[Resident], column: str, value: str) -> QuerySet[Resident]:
    """Return the rows whose column begins with the value, as a range that an index serves in order."""
    return people.filter(**{f"{column}__gte": value, f"{column}__lt": value + LAST_SIGN}).order_by(column, "path")


def _by_door(viewer: Viewer, probe: Probe, inside: str, limit: int) -> list[Household]:
    doors = _within(scoped(Area, viewer, READ), inside).filter(~Q(door=""), retired_at=None)
    if probe.whole:
        doors = doors.filter(door=probe.value)
    else:
        doors = doors.filter(door__gte=probe.value, door__lt=probe.value + LAST_SIGN)
    ids = list(doors.order_by("door", "path").values_list("id", flat=True)[:DOORS_LOOKED_AT])
    homes = scoped(Household, viewer, READ).filter(dwelling__in=ids, state=HouseholdState.OPEN)
    found = list(homes.select_related("dwelling"))
    place = {id_: at for at, id_ in enumerate(ids)}
    found.sort(key=lambda home: (place[home.dwelling_id or 0], home.id))
    return found[:limit]


def _hits(rows: Sequence[tuple[Any, Match]]) -> tuple[Hit, ...]:
    places = place_names([row.path for row, _ in rows])
    heads = _heads([row.id for row, _ in rows if isinstance(row, Household)])
    return tuple(
        _door_hit(row, match, heads, places) if isinstance(row, Household) else _hit(row, match, places)
        for row, match in rows
    )


def _hit(row: Resident, match: Match, places: dict[str, str]) -> Hit:
    home = row.household
    return Hit(
        household=home.id,
        resident=row.id,
        name=row.name,
        sex=row.sex,
        birth_on=row.birth_on,
        state=row.state,
        door=door_of(home),
        place=places[row.path],
        match=match,
    )


def _door_hit(home: Household, match: Match, heads: dict[UUID, Resident], places: dict[str, str]) -> Hit:
    head = heads.get(home.id)
    return Hit(
        household=home.id,
        resident=None,
        name=head.name if head else "",
        sex=head.sex if head else "",
        birth_on=head.birth_on if head else None,
        state=home.state,
        door=door_of(home),
        place=places[home.path],
        match=match,
    )


def _heads(homes: Sequence[UUID]) -> dict[UUID, Resident]:
    """Return of each household its head, or whoever was put in first."""
    if not homes:
        return {}
    rows = Resident.objects.filter(household__in=homes, state=ResidentState.LIVING)
    return {row.household_id: row for row in rows.order_by("is_head", "-added_at", "-id")}


def door_of(home: Household) -> str:
    """Return the door of a household, or how its place was written where it has none."""
    return home.dwelling.door if home.dwelling is not None else home.address


def place_names(paths: Iterable[str]) -> dict[str, str]:
    """Return for each path the name of its community or village, with its grid's, in one statement."""
    wanted = set(paths)
    above = {one for path in wanted for one in ancestors(path)}
    rows = Area.objects.filter(path__in=above, rank__in=(COMMUNITY_RANK, GRID_RANK)).values_list("path", "name")
    names = dict(rows)
    return {path: " ".join(names[one] for one in ancestors(path) if one in names) for path in wanted}
