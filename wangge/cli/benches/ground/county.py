"""An invented county of any size for benches, written straight into the tables (``simulation.bulk``)."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random
from typing import Any
from uuid import UUID

from wangge.cli.simulation.bulk import Home, Loader, Patch
from wangge.cli.simulation.clock import Clock
from wangge.cli.simulation.people import Inventor
from wangge.cli.simulation.towns import ROOTS, Place, invent
from wangge.cli.speaking import say

HOUSEHOLDS_A_GRID = 76
"""A grid has about 200 residents, so that a million of them live in 5,000."""
SAMPLED = 0.02, 0.01
"""The shares of households and of residents that are remembered as something to look for."""


@dataclass(slots=True)
class County:
    """What was built: the root, its grids, and samples of what people look for."""

    root: Any
    administrator: Any
    clerk: Any = None
    grids: list[tuple[int, str]] = field(default_factory=list)
    communities: list[Any] = field(default_factory=list)
    households: int = 0
    residents: int = 0
    names: list[str] = field(default_factory=list)
    initials: list[str] = field(default_factory=list)
    doors: list[str] = field(default_factory=list)
    fours: list[str] = field(default_factory=list)
    homes: list[tuple[UUID, str]] = field(default_factory=list)


def build(residents: int, seed: int = 7) -> County:
    """Build a county of so many residents: townships, communities, grids of 200, buildings, doors, workers, stocks."""
    inventor = Inventor(Random(f"{seed} people"), datetime.now(UTC).date())  # noqa: S311  (nothing secret)
    county, patches = _tree(invent("city", residents, inventor, HOUSEHOLDS_A_GRID))
    clock = Clock(_zone(), datetime.now(UTC), Random(f"{seed} ids"))  # noqa: S311
    samples = _Samples(county, Random(seed))  # noqa: S311
    loader = Loader(inventor, clock, samples.take, lambda number: _tell(number, residents))
    loader.fill(patches)
    county.households, county.residents = loader.households, loader.residents
    _settle_statistics()
    return county


def bare() -> County:
    """Build two communities in which nobody lives yet."""
    county, _ = _tree(invent("city", 4000, Inventor(Random(7), datetime.now(UTC).date())))  # noqa: S311
    return county


def _tell(number: int, of: int) -> None:
    if number * 20 // of != (number - number // 100) * 20 // of:
        say(f"  {number:,} of {of:,} residents")


def _zone() -> str:
    from wangge.cli import starting

    return starting.ZONE


def _tree(place: Place) -> tuple[County, list[Patch]]:
    """Open the response and add every area down to the grids, by commands."""
    from wangge.access import commands, queries
    from wangge.access.rules import Role
    from wangge.cli import starting
    from wangge.cli.opening import open_response
    from wangge.places.queries import installation

    open_response(
        {
            "zone": starting.ZONE, "response": "bench", "authority": "bench", "basis": "bench",
            "area_code": ROOTS["city"][1], "area_name": ROOTS["city"][2], "language": "en", "admin": "bench.admin",
            "demonstration": True,
        }
    )  # fmt: skip
    opened, administrator = installation(), queries.first_administrator(on=starting.stamp().day)
    assert opened is not None
    assert administrator is not None
    county = County(opened.area, administrator)
    patches = _add(county, opened.area_id, place)
    home = county.communities[0]
    commands.add_account(
        stamp=starting.stamp(), actor=administrator, login="bench.clerk", name="clerk", role=Role.CLERK, area=home.id
    )
    county.clerk = queries.viewer_by_login("bench.clerk", on=starting.stamp().day)
    return county, patches


def _add(county: County, parent: int, place: Place) -> list[Patch]:
    """Add what lies below a place, and return its grids."""
    from wangge.cli import starting
    from wangge.places.commands import NewArea, add_areas
    from wangge.places.queries import area
    from wangge.places.rules import Level

    new = [NewArea(level=one.level, name=one.name) for one in place.below]
    new += [NewArea(level=Level.GRID, name=grid.name) for grid in place.grids]
    made = add_areas(stamp=starting.stamp(), actor=county.administrator, parent=parent, areas=new)
    if place.grids:
        county.communities.append(area(parent))
        county.grids += [(one.id, one.path) for one in made]
        return [Patch(one.id, one.path, grid) for one, grid in zip(made, place.grids, strict=True)]
    return [patch for one, added in zip(place.below, made, strict=True) for patch in _add(county, added.id, one)]


@dataclass(slots=True)
class _Samples:
    """Remembers some of what is there as something to look for."""

    county: County
    random: Random

    def take(self, home: Home) -> None:
        """Hear of a household that was written."""
        if self.random.random() < SAMPLED[0]:
            self.county.homes.append((home.household, home.door))
            self.county.doors.append(home.door)
        for _, person in home.people:
            if person.number and self.random.random() < SAMPLED[1]:
                self.county.names.append(person.name)
                self.county.initials.append(_initials(person.name))
                self.county.fours.append(person.number[-4:])


def _initials(name: str) -> str:
    from wangge.people.rules.particulars import spell

    read = spell(name)
    assert read is not None
    return read.initials


def _settle_statistics() -> None:
    """Let the database know what it holds now, as it would after a day of work."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def visits(county: County, number: int | None = None) -> int:
    """Make about so many visits (ten a resident when left out) up to today, with doors and tallies; return how many.

    Nothing of it stands in the journal: ten million lines would say what the benches do not ask.
    """
    from wangge.cli.simulation.bulk_visits import visit
    from wangge.kernel.periods import local_day

    wanted = number or 10 * county.residents
    today = local_day(datetime.now(UTC), _zone())
    return visit(
        visits=wanted, until=today, zone=_zone(), told=lambda made: say(f"  {made:,} of about {wanted:,} visits")
    )


def visits_of_today(county: County, share: float = 0.6) -> None:
    """Make one visit at a share of the doors, today."""
    visits(county, max(1, round(county.households * share)))


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
