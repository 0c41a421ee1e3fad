"""An invented county of any size, written straight into the tables: commands would take an hour for a million."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from wangge.cli.simulation.census import MEN, SURNAMES, WOMEN
from wangge.cli.simulation.people import PREFIXES
from wangge.cli.speaking import say

GRID_RESIDENTS = 200
HOMES_A_GRID = 60
BUILDINGS_A_GRID = 3
GRIDS_A_COMMUNITY = 16
COMMUNITIES_A_TOWNSHIP = 12
NAMES = 20_000
GRIDS_AT_ONCE = 50


@dataclass(slots=True)
class County:
    """What was built: the root's path, and samples of what people look for."""

    root: Any
    grids: list[tuple[int, str]]
    communities: list[Any]
    administrator: Any
    clerk: Any
    households: int = 0
    residents: int = 0
    names: list[str] = field(default_factory=list)
    initials: list[str] = field(default_factory=list)
    doors: list[str] = field(default_factory=list)
    fours: list[str] = field(default_factory=list)
    homes: list[tuple[UUID, str]] = field(default_factory=list)


def build(residents: int, seed: int = 7) -> County:
    """Build a county of about so many residents: townships, communities, grids of 200, buildings, doors, stocks."""
    county = _tree(max(1, residents // GRID_RESIDENTS))
    filler = _Filler(Random(seed), county)  # noqa: S311  (nothing secret)
    filler.fill()
    _settle_statistics()
    return county


def bare() -> County:
    """Build two communities in which nobody lives yet."""
    return _tree(GRIDS_A_COMMUNITY + 1)


def _tree(grids: int) -> County:
    from wangge.access import commands, queries
    from wangge.access.rules import Role
    from wangge.cli import starting
    from wangge.cli.opening import open_response
    from wangge.places.queries import area, installation
    from wangge.places.rules import Level

    open_response(
        {
            "zone": starting.ZONE, "response": "bench", "authority": "bench", "basis": "bench", "area_code": "371323",
            "area_name": "", "language": "en", "admin": "bench.admin", "demonstration": True,
        }
    )  # fmt: skip
    opened, administrator = installation(), queries.first_administrator(on=starting.stamp().day)
    assert opened is not None
    assert administrator is not None
    communities = []
    patches: list[tuple[int, str]] = []
    needed = -(-grids // GRIDS_A_COMMUNITY)
    for part in _cut(needed, COMMUNITIES_A_TOWNSHIP):
        township = _add(opened.area_id, Level.TOWNSHIP, ["乡镇"])[0]
        for community in _add(township.id, Level.COMMUNITY, [f"社区{n}" for n in range(part)]):
            communities.append(area(community.id))
            number = min(GRIDS_A_COMMUNITY, grids - len(patches))
            added = _add(community.id, Level.GRID, [f"第{n + 1}网格" for n in range(number)])
            patches += [(one.id, one.path) for one in added]
    home = communities[0]
    assert home is not None
    commands.add_account(
        stamp=starting.stamp(), actor=administrator, login="bench.clerk", name="clerk", role=Role.CLERK, area=home.id
    )
    clerk = queries.viewer_by_login("bench.clerk", on=starting.stamp().day)
    return County(opened.area, patches, communities, administrator, clerk)


def _cut(whole: int, size: int) -> Iterator[int]:
    while whole > 0:
        yield min(size, whole)
        whole -= size


def _add(parent: int, level: Any, names: Sequence[str]) -> list[Any]:
    from wangge.access.queries import first_administrator
    from wangge.cli import starting
    from wangge.places.commands import NewArea, add_areas

    actor = first_administrator(on=starting.stamp().day)
    assert actor is not None
    new = [NewArea(level=level, name=name) for name in names]
    return add_areas(stamp=starting.stamp(), actor=actor, parent=parent, areas=new)


@dataclass(slots=True)
class _Filler:
    """Fills grids with buildings, doors and families."""

    random: Random
    county: County
    now: datetime = field(default_factory=lambda: datetime.now(UTC))
    pool: list[tuple[str, str, str, str]] = field(default_factory=list)
    next_area: int = 0
    next_door: dict[str, int] = field(default_factory=dict)

    def fill(self) -> None:
        """Fill every grid, some at a time."""
        self.pool = self._names()
        self.next_area = _highest("places_area") + 1
        done = 0
        for part in _parts(self.county.grids, GRIDS_AT_ONCE):
            self._fill(part)
            done += len(part)
            say(f"  {done} of {len(self.county.grids)} grids, {self.county.residents} residents")
        _advance_sequence("places_area", self.next_area)

    def _names(self) -> list[tuple[str, str, str, str]]:
        from wangge.people.rules.particulars import spell

        given = MEN + WOMEN
        found = []
        for _ in range(NAMES):
            name = self.random.choice(SURNAMES)[0] + "".join(
                self.random.choices(given, k=self.random.choice((1, 2, 2)))
            )
            read = spell(name)
            if read is not None:
                found.append((read.name, read.pinyin, read.initials, read.other_initials))
        return found

    def _fill(self, grids: Sequence[tuple[int, str]]) -> None:
        areas: list[tuple[Any, ...]] = []
        homes: list[tuple[Any, ...]] = []
        people: list[tuple[Any, ...]] = []
        for grid, path in grids:
            for home, where, door in self._doors(grid, path, areas):
                household = self._uuid()
                homes.append((household, home, where, path, "", "", "open", None, self.now, None, "{}"))
                self._family(household, where, people)
                self._sample(household, door)
        _load("places_area", _AREA, areas)
        _load("people_household", _HOUSEHOLD, homes)
        _load("people_resident", _RESIDENT, self._sealed(people))
        _load("people_phone", _PHONE, self._phones(people))
        _load("journal_stock", ("path", "counter", "value"), _stocks(homes, people))
        self.county.households += len(homes)
        self.county.residents += len(people)

    def _doors(self, grid: int, path: str, areas: list[tuple[Any, ...]]) -> Iterator[tuple[int, str, str]]:
        """Yield (dwelling, path, door) of a grid, writing down its buildings and dwellings."""
        community = path[: path[:-1].rfind(".") + 1]
        per_building = HOMES_A_GRID // BUILDINGS_A_GRID
        for _ in range(BUILDINGS_A_GRID):
            name = str(self.next_door.setdefault(community, 0) + 1)
            self.next_door[community] += 1
            building = self._area_id()
            base = f"{path}{building}."
            areas.append(self._area(building, grid, base, path, name=name, level="building", rank=7))
            for number in range(per_building):
                dwelling = self._area_id()
                room = f"{number // 4 + 1}{number % 4 + 1:02d}"
                door, where = f"{name}-1-{room}", f"{base}{dwelling}."
                areas.append(
                    self._area(dwelling, building, where, path, name=room, level="dwelling", rank=9, door=door)
                )
                yield dwelling, where, door

    def _area_id(self) -> int:
        self.next_area += 1
        return self.next_area - 1

    def _area(
        self, id_: int, parent: int, path: str, grid: str, *, name: str, level: str, rank: int, door: str = ""
    ) -> tuple[Any, ...]:
        room = name if door else ""
        return (
            id_, self._uuid(), parent, path, grid, level, rank, name, "", None, "", False, id_, None, None, None,
            "1" if door else "", None, room, door, self.now, None,
        )  # fmt: skip

    def _family(self, household: UUID, path: str, people: list[tuple[Any, ...]]) -> None:
        size = self.random.choice((1, 2, 3, 3, 4, 4, 5, 5))
        for place in range(size):
            birth = date(2026, 1, 1) - timedelta(days=self.random.randrange(365 * 90))
            number = f"3713{self.random.randrange(20):02d}{birth:%Y%m%d}{self.random.randrange(900, 1000)}X"
            phone = self.random.choice(PREFIXES) + f"{self.random.randrange(10**8):08d}"
            name = self.random.choice(self.pool)
            people.append((self._uuid(), household, path, name, "MF"[place % 2], birth, number, phone, not place))

    def _sample(self, household: UUID, door: str) -> None:
        """Remember some of what is there as something to look for."""
        if self.random.random() < 0.02:
            self.county.homes.append((household, door))
            self.county.doors.append(door)

    def _sealed(self, people: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        from wangge.people.commands.writing import NUMBER, NUMBER_LAST
        from wangge.privacy import vault

        numbers = [one[6] for one in people]
        lasts = [number[-4:] for number in numbers]
        sealed, indexes = vault.seal_many(NUMBER, numbers), vault.blind_many(NUMBER, numbers)
        self._remember(people, lasts)
        rows = zip(people, sealed, indexes, vault.blind_many(NUMBER_LAST, lasts), strict=True)
        for (id_, home, path, name, sex, birth, _, _, head), blob, index, last in rows:
            yield (
                id_, home, path, *name, sex, birth, "citizen_18", "", blob, index, last, "head" if head else "child",
                head, None, "living_here", "living", None, None, self.now, "{}",
            )  # fmt: skip

    def _remember(self, people: Sequence[tuple[Any, ...]], lasts: Sequence[str]) -> None:
        for one, last in zip(people, lasts, strict=True):
            if self.random.random() < 0.01:
                self.county.names.append(one[3][0])
                self.county.initials.append(one[3][2])
                self.county.fours.append(last)

    def _phones(self, people: Sequence[tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
        from wangge.people.commands.writing import PHONE, PHONE_LAST
        from wangge.privacy import vault

        phones = [one[7] for one in people]
        rows = zip(
            people,
            vault.seal_many(PHONE, phones),
            vault.blind_many(PHONE, phones),
            vault.blind_many(PHONE_LAST, [phone[-4:] for phone in phones]),
            strict=True,
        )
        return ((one[0], blob, index, last, 0) for one, blob, index, last in rows)

    def _uuid(self) -> UUID:
        return UUID(int=self.random.getrandbits(128) & ~(0xF << 76 | 0x3 << 62) | 0x7 << 76 | 0b10 << 62)


_AREA = (
    "id", "uid", "parent_id", "path", "grid_path", "level", "rank", "name", "kind", "code", "external_code", "hidden",
    "order", "units", "floors", "doors_per_floor", "unit", "floor", "room", "door", "opened_at", "retired_at",
)  # fmt: skip
_HOUSEHOLD = (
    "id", "dwelling_id", "path", "grid_path", "address", "note", "state", "merged_into_id", "opened_at", "closed_at",
    "clocks",
)  # fmt: skip
_RESIDENT = (
    "id", "household_id", "path", "name", "pinyin", "initials", "other_initials", "sex", "birth_on", "id_kind",
    "id_doubt", "id_sealed", "id_index", "id_last4", "relation", "is_head", "guardian_id", "presence", "state",
    "state_on", "merged_into_id", "added_at", "clocks",
)  # fmt: skip
_PHONE = ("resident_id", "sealed", "index", "last4", "position")


def _stocks(homes: Sequence[tuple[Any, ...]], people: Sequence[tuple[Any, ...]]) -> list[tuple[str, str, int]]:
    grid_of = {home[0]: home[3] for home in homes}
    found: dict[tuple[str, str], int] = {}
    for home in homes:
        for counter in ("households", "doors"):
            found[home[3], counter] = found.get((home[3], counter), 0) + 1
    for one in people:
        key = (grid_of[one[1]], "residents")
        found[key] = found.get(key, 0) + 1
    return [(path, counter, value) for (path, counter), value in found.items()]


def _parts(items: Sequence[Any], size: int) -> Iterator[Sequence[Any]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]


def _load(table: str, columns: Sequence[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows as fast as the database takes them: COPY on PostgreSQL, one prepared statement on SQLite."""
    from django.db import connection, transaction

    names = ", ".join(f'"{column}"' for column in columns)
    with transaction.atomic(), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["%s"] * len(columns))
        # table and columns are constants of this module; every value is a parameter
        statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  # nosec B608
        cursor.executemany(statement, [tuple(_plain(value) for value in row) for row in rows])


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    return value.isoformat() if isinstance(value, date) else value


def _highest(table: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT max(id) FROM {table}")  # noqa: S608  # nosec B608
        return int(cursor.fetchone()[0] or 0)


def _advance_sequence(table: str, to: int) -> None:
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, to])


def _settle_statistics() -> None:
    """Let the database know what it holds now, as it would after a day of work."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visits_of_today(county: County, share: float = 0.6) -> None:
    """Write today's flows for every grid, and door states for the first communities, whose insides are counted live."""
    from wangge.cli import starting
    from wangge.kernel.periods import local_day

    random, now = Random(3), datetime.now(UTC)  # noqa: S311  (nothing secret)
    day = local_day(now, starting.ZONE)
    done = round(HOMES_A_GRID * share)
    counts = {"visits": done + 6, "doors_done": done, "doors_again": 5, "doors_refused": 1, "persons_seen": 150,
              "person_times": 160}  # fmt: skip
    rows = [
        (path, day, counter, value)
        for _, path in county.grids
        if random.random() < 0.97
        for counter, value in counts.items()
    ]
    for part in _parts(rows, 10_000):
        _load("journal_tally", ("path", "day", "counter", "value"), part)
    _settle_statistics()


def chosen(random: Random, county: County, searches: int) -> list[tuple[str, str]]:
    """Draw what is searched for: 40 % names, 30 % initials, 20 % doors, 10 % last fours."""
    kinds = random.choices(("name", "initials", "door", "last_four"), (40, 30, 20, 10), k=searches)
    pools = {
        "name": county.names, "initials": county.initials, "door": county.doors, "last_four": county.fours,
    }  # fmt: skip
    return [(kind, random.choice(pools[kind])) for kind in kinds]


def signed_in(viewer: Any) -> Any:
    """Return a client that asks pages as this account, through everything a request goes through."""
    import hashlib
    import secrets

    from django.test import Client

    from wangge.access import commands, queries
    from wangge.cli import starting

    administrator = queries.first_administrator(on=starting.stamp().day)
    assert administrator is not None
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).digest()
    commands.make_link(stamp=starting.stamp(), actor=administrator, account=viewer.account_id, digest=digest)
    client = Client(SERVER_NAME="localhost")
    answer = client.post(f"/sign-in/{token}")
    if answer.status_code != 302:
        raise RuntimeError(f"the bench could not sign in: {answer.status_code}")
    return client
