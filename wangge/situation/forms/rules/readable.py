"""Which fields a form can show, by grain: one table from a field's code to how it is read, masked and written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from wangge.places.rules import DoorKey


class Grain(StrEnum):
    """What one row of a form is about."""

    PERSON = "person"
    HOUSEHOLD = "household"
    BUILDING = "building"
    COUNT = "count"


class Kind(StrEnum):
    """How a value is written: text that no program reckons with, a whole number, or a day."""

    TEXT = "text"
    NUMBER = "number"
    DAY = "day"


Value = str | int | date | None


@dataclass(frozen=True, slots=True)
class Somebody:
    """Name, number and telephones of a person, empty where the register knows none."""

    id: UUID | None = None
    name: str = ""
    number: str = ""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdRow:
    """A household as forms read it; where it stands is in words, empty where it has none.

    ``checked_at`` and ``checked_by`` are the last visit at its door, in local time.
    """

    id: UUID
    township: str = ""
    community: str = ""
    grid: str = ""
    building: str = ""
    door: DoorKey | None = None
    address: str = ""
    note: str = ""
    people: int = 0
    head: Somebody = Somebody()
    checked_at: str = ""
    checked_by: str = ""
    members: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A resident as forms read them, with their household; ``flags`` are (reason, last day) of those that stand.

    ``origin`` and ``arrived_on`` say from where, and when, a standing flag of somebody who travelled has them.
    """

    who: Somebody
    home: HouseholdRow
    sex: str = ""
    birth_on: date | None = None
    relation: str = ""
    presence: str = ""
    flags: tuple[tuple[str, date], ...] = ()
    origin: str = ""
    arrived_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingRow:
    """A building or villagers' group with its counts; None where nobody has said how it is built."""

    id: int
    name: str
    township: str = ""
    community: str = ""
    grid: str = ""
    storeys: int | None = None
    stairwells: int | None = None
    households: int = 0
    people: int = 0
    worker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """An area on a day with its figures by (what is asked of an indicator, indicator); None where it was not asked."""

    area: str
    on: date
    figures: Mapping[tuple[str, str], int | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Readable:
    """One field: in which grains, how it is read from a row on a day, its kind, its mask, its words.

    ``secret`` fields are unsealed only when a column asks for them; ``width`` is in signs.
    """

    grains: frozenset[str]
    read: Callable[[Any, date], Value]
    kind: Kind = Kind.TEXT
    mask: str = ""
    width: int = 12
    words: Mapping[str, str] = field(default_factory=dict)
    secret: bool = False


SEX_WORDS = {"M": "男", "F": "女"}
RELATION_WORDS = {
    "head": "户主", "spouse": "配偶", "child": "子女", "parent": "父母", "grandparent": "祖父母",
    "grandchild": "孙子女", "sibling": "兄弟姐妹", "in_law": "姻亲", "other_relative": "其他亲属", "tenant": "租户",
    "non_relative": "非亲属", "unknown": "",
}  # fmt: skip
PRESENCE_WORDS = {"living_here": "在住", "away": "外出", "guest": "借住"}
FLAG_WORDS = {
    "returnee": "返乡人员", "visitor": "来访人员", "contact": "接触者", "home_observation": "居家观察",
    "alone_elderly": "独居老人", "sick": "患病", "disabled": "残疾", "pregnant": "孕妇", "dialysis": "透析",
    "under_14_alone": "无人照看未成年人", "no_phone": "无电话",
    "still_away": "仍在外地", "other": "其他",
}  # fmt: skip
BETWEEN_PHONES = "；"


def door_words(key: DoorKey | None) -> str:
    """Return a door as forms write it: 3栋2单元501, 4组12号."""
    if key is None:
        return ""
    if key.group:
        return f"{key.building}组{key.room}号"
    unit = f"{key.unit}单元" if key.unit not in ("", "0") else ""
    return f"{key.building}栋{unit}{key.room}"


def place_words(home: HouseholdRow) -> str:
    """Return where a household lives: community and door, or how its place was written."""
    return f"{home.community}{door_words(home.door)}" if home.door else home.address


def age_on(birth: date | None, on: date) -> int | None:
    """Return the age in full years on a day; None before the birth or without a date of birth."""
    if birth is None or birth > on:
        return None
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def _flag_words(row: PersonRow, on: date) -> str:
    return "、".join(FLAG_WORDS.get(reason, reason) for reason, _ in row.flags)


def _flags_until(row: PersonRow, on: date) -> date | None:
    return max((until for _, until in row.flags), default=None)


def _of_home(
    read: Callable[[HouseholdRow], Value],
    kind: Kind = Kind.TEXT,
    *,
    mask: str = "",
    width: int = 12,
    secret: bool = False,
) -> Readable:
    """Return a field of the household, which forms of people and of households can show."""

    def found(row: PersonRow | HouseholdRow, on: date) -> Value:
        return read(row.home if isinstance(row, PersonRow) else row)

    return Readable(_HOMES, found, kind, mask, width, secret=secret)


_PERSONS = frozenset({Grain.PERSON.value})
_HOMES = frozenset({Grain.PERSON.value, Grain.HOUSEHOLD.value})
_BUILDINGS = frozenset({Grain.BUILDING.value})
_COUNTS = frozenset({Grain.COUNT.value})
_PLACED = _HOMES | _BUILDINGS


def _placed(read: Callable[[Any], Value], width: int = 12) -> Readable:
    """Return a field of the place, which forms of people, households and buildings can show."""
    return Readable(_PLACED, lambda row, on: read(row.home if isinstance(row, PersonRow) else row), width=width)


FIELDS: Mapping[str, Readable] = {
    "resident.name": Readable(_PERSONS, lambda row, on: row.who.name, mask="name", width=10),
    "resident.sex": Readable(_PERSONS, lambda row, on: row.sex, mask="hidden", width=6, words=SEX_WORDS),
    "resident.age": Readable(
        _PERSONS, lambda row, on: age_on(row.birth_on, on), Kind.NUMBER, mask="hidden", width=6
    ),
    "resident.birth_date": Readable(_PERSONS, lambda row, on: row.birth_on, Kind.DAY, mask="hidden"),
    "resident.identity_number": Readable(
        _PERSONS, lambda row, on: row.who.number, mask="id", width=20, secret=True
    ),
    "resident.phone": Readable(
        _PERSONS, lambda row, on: BETWEEN_PHONES.join(row.who.phones), mask="phone", width=14, secret=True
    ),
    "resident.address": Readable(_PERSONS, lambda row, on: place_words(row.home), mask="hidden", width=28),
    "resident.presence": Readable(_PERSONS, lambda row, on: row.presence, mask="hidden", words=PRESENCE_WORDS),
    "resident.flags": Readable(_PERSONS, _flag_words, mask="hidden", width=16),
    "resident.flags_until": Readable(_PERSONS, _flags_until, Kind.DAY, mask="hidden"),
    "travel_history.region": Readable(_PERSONS, lambda row, on: row.origin, mask="hidden", width=14),
    "travel_history.arrived_on": Readable(_PERSONS, lambda row, on: row.arrived_on, Kind.DAY, mask="hidden"),
    "household.relation_to_head": Readable(
        _PERSONS, lambda row, on: row.relation, mask="hidden", words=RELATION_WORDS
    ),
    "household.door": _of_home(lambda home: door_words(home.door) or home.address, mask="hidden", width=16),
    "household.stairwell": _of_home(lambda home: _unit(home.door), width=8),
    "household.room": _of_home(lambda home: home.door.room if home.door else "", width=8),
    "household.people_count": _of_home(lambda home: home.people, Kind.NUMBER, width=8),
    "household.head_name": _of_home(lambda home: home.head.name, mask="name", width=10),
    "household.head_identity_number": _of_home(lambda home: home.head.number, mask="id", width=20, secret=True),
    "household.head_phone": _of_home(
        lambda home: BETWEEN_PHONES.join(home.head.phones), mask="phone", width=14, secret=True
    ),
    "household.note": _of_home(lambda home: home.note, mask="hidden", width=24),
    "survey_visit.checked_at": _of_home(lambda home: home.checked_at, mask="hidden", width=17),
    "survey_visit.checked_by": _of_home(lambda home: home.checked_by, width=10),
    "household.area": _placed(lambda place: f"{place.township}{place.community}", width=20),
    "grid.code": _placed(lambda place: place.grid, width=18),
    "building.name": Readable(
        _PLACED, lambda row, on: row.home.building if isinstance(row, PersonRow) else _building(row)
    ),
    "building.address": Readable(
        _BUILDINGS, lambda row, on: f"{row.township}{row.community}{row.name}", width=28
    ),
    "building.storeys": Readable(_BUILDINGS, lambda row, on: row.storeys, Kind.NUMBER, width=8),
    "building.stairwells": Readable(_BUILDINGS, lambda row, on: row.stairwells, Kind.NUMBER, width=8),
    "building.households": Readable(_BUILDINGS, lambda row, on: row.households, Kind.NUMBER, width=8),
    "building.people": Readable(_BUILDINGS, lambda row, on: row.people, Kind.NUMBER, width=8),
    "building.worker": Readable(_BUILDINGS, lambda row, on: row.worker),
    "count.area": Readable(_COUNTS, lambda row, on: row.area, width=16),
    "count.day": Readable(_COUNTS, lambda row, on: row.on, Kind.DAY),
    "count.stock": Readable(_COUNTS, lambda row, on: None, Kind.NUMBER),
    "count.change": Readable(_COUNTS, lambda row, on: None, Kind.NUMBER),
}  # fmt: skip


def _unit(key: DoorKey | None) -> str:
    return key.unit if key and key.unit != "0" else ""


def _building(row: HouseholdRow | BuildingRow) -> str:
    return row.building if isinstance(row, HouseholdRow) else row.name
