"""An invented town written straight into the tables, for benches: no lines of the journal, but every stock.

Commands would take an hour for a million residents. What is made is what commands make, except that nobody sees it
in the journal; so ``wangge journal verify`` finds the stocks unproven, and nothing but a bench may use this.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wangge.cli.simulation.clock import Clock
from wangge.cli.simulation.people import Inventor, Person
from wangge.cli.simulation.towns import Building, Grid

GRIDS_AT_ONCE = 50
Row = tuple[Any, ...]

AREA = (
    "id", "uid", "parent_id", "path", "grid_path", "level", "rank", "name", "kind", "code", "external_code", "hidden",
    "order", "units", "floors", "doors_per_floor", "unit", "floor", "room", "door", "opened_at", "retired_at",
)  # fmt: skip
HOUSEHOLD = (
    "id", "dwelling_id", "path", "grid_path", "address", "note", "state", "merged_into_id", "opened_at", "closed_at",
    "clocks",
)  # fmt: skip
RESIDENT = (
    "id", "household_id", "path", "name", "pinyin", "initials", "other_initials", "sex", "birth_on", "id_kind",
    "id_doubt", "id_sealed", "id_index", "id_last4", "relation", "is_head", "guardian_id", "presence", "state",
    "state_on", "merged_into_id", "added_at", "clocks",
)  # fmt: skip
PHONE = ("resident_id", "sealed", "index", "last4", "position")
ACCOUNT = (
    "id", "login", "name", "password", "is_active", "language", "number", "first", "session_epoch", "created_at",
)  # fmt: skip
DUTY = ("account_id", "area_id", "path", "role", "from_on", "to_on", "source", "ended_at")


@dataclass(frozen=True, slots=True)
class Patch:
    """A grid that stands in the tree and waits to be filled."""

    area: int
    path: str
    grid: Grid


@dataclass(frozen=True, slots=True)
class Home:
    """A household that was written: where, its door, and its people in clear."""

    household: UUID
    path: str
    door: str
    people: tuple[tuple[UUID, Person], ...]


@dataclass(slots=True)
class Loader:
    """Fills grids, some at a time; ``seen`` hears of every household."""

    inventor: Inventor
    clock: Clock
    seen: Callable[[Home], None]
    told: Callable[[int], None] = lambda _: None
    residents: int = 0
    households: int = 0
    _next_area: int = 0
    _next_number: int = 0
    _spelt: dict[str, Row] = field(default_factory=dict)

    def fill(self, patches: Sequence[Patch]) -> None:
        """Fill every grid with buildings, doors, families and a worker."""
        self._next_area = _highest("places_area", "id") + 1
        self._next_number = _highest("journal_actornumber", "number") + 1
        for start in range(0, len(patches), GRIDS_AT_ONCE):
            self._fill(patches[start : start + GRIDS_AT_ONCE])
            self.told(self.residents)
        _count_stocks()
        _advance("places_area", "id", self._next_area)
        _advance("journal_actornumber", "number", self._next_number)

    def _fill(self, patches: Sequence[Patch]) -> None:
        from django.db import transaction

        from wangge.journal.inserting import insert_values
        from wangge.people.models import Household
        from wangge.places.models import Area

        areas: list[Row] = []
        homes: list[Home] = []
        rows: list[Row] = []
        for patch in patches:
            lived = list(self._homes(patch, areas))
            rows += [row for row, _ in lived]
            homes += [home for _, home in lived]
        with transaction.atomic():
            insert_values(Area, AREA, areas)
            insert_values(Household, HOUSEHOLD, rows)
            self._write_people(homes)
            self._write_workers(patches)
        self.households += len(homes)
        self.residents += sum(len(home.people) for home in homes)
        for home in homes:
            self.seen(home)

    def _homes(self, patch: Patch, areas: list[Row]) -> Iterator[tuple[Row, Home]]:
        """Yield a row and a home for each household, writing down the areas around it."""
        grid = patch.grid
        doors = [door for building in grid.buildings for door in self._building(building, patch, areas)]
        for at, size in zip(grid.lived_in(self.inventor.random), grid.sizes, strict=True):
            dwelling, path, door = doors[at]
            id_ = self.clock.new_id()
            people = tuple((self.clock.new_id(), one) for one in self.inventor.family(size, grid.leaning))
            row: Row = (id_, dwelling, path, patch.path, "", "", "open", None, self.clock.now, None, {})
            yield row, Home(id_, path, door, people)

    def _building(self, building: Building, patch: Patch, areas: list[Row]) -> Iterator[tuple[int, str, str]]:
        """Yield (dwelling, path, door) of a building, writing down itself, its stairwells and its doors."""
        kind = "group" if building.group else ""
        base = self._area(areas, patch, (patch.area, patch.path), ("building", 7, building.name, kind, "", "", ""))
        stairwells: dict[str, tuple[int, str]] = {}
        for key in building.each_door():
            above = base
            if key.unit not in ("", "0"):
                if key.unit not in stairwells:
                    said = ("stairwell", 8, key.unit, "", key.unit, "", "")
                    stairwells[key.unit] = self._area(areas, patch, base, said)
                above = stairwells[key.unit]
            door = str(key)
            yield *self._area(areas, patch, above, ("dwelling", 9, key.room, "", key.unit, key.room, door)), door

    def _area(self, areas: list[Row], patch: Patch, above: tuple[int, str], said: Row) -> tuple[int, str]:
        """Write an area down: ``said`` is its level, rank, name, kind, unit, room and door."""
        id_, (parent, path) = self._next_area, above
        self._next_area += 1
        own = f"{path}{id_}."
        level, rank, name, kind, unit, room, door = said
        areas.append(
            (
                id_, self.clock.new_id(), parent, own, patch.path, level, rank, name, kind, None, "", False, id_, None,
                None, None, unit, None, room, door, self.clock.now, None,
            )
        )  # fmt: skip
        return id_, own

    def _write_people(self, homes: Sequence[Home]) -> None:
        from wangge.journal.inserting import insert_values
        from wangge.people.commands.writing import NUMBER, NUMBER_LAST, PHONE_LAST
        from wangge.people.commands.writing import PHONE as PHONE_NUMBER
        from wangge.people.models import Phone, Resident
        from wangge.privacy import vault

        people = [(home, id_, one) for home in homes for id_, one in home.people]
        numbers = [one.number for _, _, one in people if one.number]
        lasts = vault.blind_many(NUMBER_LAST, [number[-4:] for number in numbers])
        papers = zip(vault.seal_many(NUMBER, numbers), vault.blind_many(NUMBER, numbers), lasts, strict=True)
        kept = [next(papers) if one.number else (None, None, None) for _, _, one in people]
        rows = (self._resident(*who, paper) for who, paper in zip(people, kept, strict=True))
        insert_values(Resident, RESIDENT, rows)
        phones = [(id_, at, number) for _, id_, one in people for at, number in enumerate(one.phones)]
        told = [number for _, _, number in phones]
        fours = vault.blind_many(PHONE_LAST, [number[-4:] for number in told])
        sealed = zip(vault.seal_many(PHONE_NUMBER, told), vault.blind_many(PHONE_NUMBER, told), fours, strict=True)
        insert_values(Phone, PHONE, [(id_, *seal, at) for (id_, at, _), seal in zip(phones, sealed, strict=True)])

    def _resident(self, home: Home, id_: UUID, one: Person, paper: Row) -> Row:
        kind, presence = "citizen_18" if one.number else "", "away" if one.away else "living_here"
        return (
            id_, home.household, home.path, *self._name(one.name), one.sex, one.birth, kind, "", *paper, one.relation,
            one.relation == "head", None, presence, "living", None, None, self.clock.now, {},
        )  # fmt: skip

    def _name(self, name: str) -> Row:
        """Return a name with its pinyin and initials; those of a name that came before are known."""
        from wangge.people.rules.particulars import spell

        if name not in self._spelt:
            read = spell(name)
            assert read is not None
            self._spelt[name] = (read.name, read.pinyin, read.initials, read.other_initials)
        return self._spelt[name]

    def _write_workers(self, patches: Sequence[Patch]) -> None:
        """Write a worker for each grid, with the duty."""
        from django.contrib.auth.hashers import make_password

        from wangge.access.models import Account, Duty
        from wangge.journal.inserting import insert_values
        from wangge.journal.models import ActorNumber

        ids = [self.clock.new_id() for _ in patches]
        numbers = range(self._next_number, self._next_number + len(patches))
        self._next_number += len(patches)
        now, nobody = self.clock.now, make_password(None)
        accounts = [
            (id_, f"worker{number}", self.inventor.name("F"), nobody, True, "", number, False, 0, now)
            for id_, number in zip(ids, numbers, strict=True)
        ]
        insert_values(ActorNumber, ("number", "account"), zip(numbers, ids, strict=True))
        insert_values(Account, ACCOUNT, accounts)
        duties = [
            (id_, patch.area, patch.path, "grid_worker", _day(now), None, "account", None)
            for id_, patch in zip(ids, patches, strict=True)
        ]
        insert_values(Duty, DUTY, duties)


def _count_stocks() -> None:
    """Write every stock as the tables have it now; there is none yet."""
    from wangge.journal.counters import STOCK_RECOUNTS
    from wangge.journal.inserting import insert_values
    from wangge.journal.models import Stock

    for code, recount in STOCK_RECOUNTS.items():
        insert_values(Stock, ("path", "counter", "value"), [(path, code, value) for path, value in recount().items()])


def _day(at: datetime) -> date:
    from wangge.cli import starting
    from wangge.kernel.periods import local_day

    return local_day(at, starting.ZONE)


def _highest(table: str, column: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max({column}) FROM {table}")  # noqa: S608  # nosec B608
        return int(cursor.fetchone()[0] or 0)


def _advance(table: str, column: str, to: int) -> None:
    """Let PostgreSQL give out ids from there on; SQLite looks at the largest itself."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [table, column, to])
