"""Opening the invented township: areas, accounts, families, flags, the buildings given to workers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from wangge.cli import starting
from wangge.cli.demonstration import places
from wangge.cli.demonstration.campaign import ask_to_declare
from wangge.cli.demonstration.lists import hand_down
from wangge.cli.demonstration.shapes import draw_township
from wangge.cli.simulation.clock import Clock
from wangge.cli.simulation.filling import Filler
from wangge.cli.simulation.people import ESTATE, VILLAGE, Inventor

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.places.rules import DoorKey

SEED = 20200210
BEFORE = timedelta(minutes=30)
"""How long ago the building of the township began by its own clock, in which every command takes a second."""


def open_demonstration() -> None:
    """Open the demonstration: a township with a community, its grids, twelve villages, families, accounts, duties."""
    from wangge.access import queries
    from wangge.cli.opening import open_response
    from wangge.places.queries import installation

    open_response(
        {
            "zone": starting.ZONE, "response": "云溪镇疫情联防联控（演示）", "authority": "云溪镇疫情联防联控工作组",
            "basis": "青防指〔2027〕3号（演示）", "area_code": places.TOWNSHIP, "area_name": places.TOWNSHIP_NAME,
            "language": "zh-hans", "admin": "admin", "demonstration": True,
        }
    )  # fmt: skip
    opened = installation()
    administrator = queries.first_administrator(on=starting.stamp().day)
    assert opened is not None
    assert administrator is not None
    inventor = Inventor(Random(SEED), starting.stamp().day)  # noqa: S311  (nothing secret)
    clock = Clock(opened.zone, datetime.now(UTC) - BEFORE, Random(SEED))  # noqa: S311
    _Builder(administrator, Filler(administrator, inventor, clock)).build(opened.area_id)


@dataclass(slots=True)
class _Builder:
    """Builds the township as its administrator would, by commands only."""

    actor: "Viewer"
    filler: Filler

    def build(self, town: int) -> None:
        """Build everything below the township."""
        from wangge.flows.areas import add_areas
        from wangge.places.commands import NewArea
        from wangge.places.rules import Level

        new = [NewArea(level=Level.COMMUNITY, name=places.COMMUNITY)]
        new += [NewArea(level=Level.VILLAGE, name=name) for name in places.VILLAGES]
        made = add_areas(stamp=starting.stamp(), actor=self.actor, parent=town, areas=new)
        community = made[0].id
        grids = [NewArea(level=Level.GRID, name=grid.name) for grid in places.GRIDS]
        patches = add_areas(stamp=starting.stamp(), actor=self.actor, parent=community, areas=grids)
        self._staff({"town": town, "community": community, "grid": patches[0].id})
        first = 1
        for grid, patch in zip(places.GRIDS, patches, strict=True):
            self._grid(grid, patch.id, first)
            first += sum(estate.buildings for estate in grid.estates)
        for at, (name, village) in enumerate(zip(places.VILLAGES, made[1:], strict=True), start=1):
            self._village(f"village{at:02d}", f"{name}网格员", village.id)
        hand_down(self.actor, self.filler.inventor, community)
        draw_township(self.actor, community, [one.id for one in made[1:]], [patch.id for patch in patches])
        ask_to_declare(community, patches[1].id)

    def _staff(self, areas: dict[str, int]) -> None:
        for role, (login, name, where) in places.PEOPLE.items():
            self._account(login, name, role, areas[where])

    def _account(self, login: str, name: str, role: str, area: int) -> None:
        from wangge.access import commands
        from wangge.access.rules import Role

        commands.add_account(
            stamp=starting.stamp(), actor=self.actor, login=login, name=name, role=Role(role), area=area
        )

    def _grid(self, grid: places.Grid, area: int, first: int) -> None:
        from wangge.places.rules import DoorKey

        keys: list[DoorKey] = []
        for estate in grid.estates:
            keys += [DoorKey(*key) for key in estate.keys(first)]
            first += estate.buildings
        known = {login for login, _, _ in places.PEOPLE.values()}
        for login, name in grid.workers:
            if login not in known:
                self._account(login, name, "grid_worker", area)
        self._settle(area, keys, grid.households, grid.residents)
        self._deal(area, [login for login, _ in grid.workers])

    def _village(self, login: str, name: str, area: int) -> None:
        from wangge.places.rules import DoorKey

        keys = [
            DoorKey(str(group), "", str(house), group=True)
            for group in range(1, places.VILLAGE_GROUPS + 1)
            for house in range(1, places.VILLAGE_HOUSES + 1)
        ]
        self._account(login, name, "grid_worker", area)
        households = self.filler.inventor.random.randint(places.LEAST_HOUSEHOLDS, places.MOST_HOUSEHOLDS)
        self._settle(area, keys, households, round(households * places.PERSONS_A_HOUSEHOLD))

    def _settle(self, area: int, keys: "list[DoorKey]", households: int, residents: int) -> None:
        """Make the doors and let families move in; some doors stay empty."""
        inventor = self.filler.inventor
        chosen = sorted(inventor.random.sample(range(len(keys)), households))
        families = [
            inventor.family(size, VILLAGE if keys[0].group else ESTATE)
            for size in inventor.sizes(households, residents)
        ]
        self.filler.settle(area, keys, chosen, families)

    def _deal(self, area: int, logins: list[str]) -> None:
        from wangge.access.queries import viewer_by_login
        from wangge.flows.deal_duties import deal_duties

        stamp = starting.stamp()
        workers = [viewer_by_login(login, on=stamp.day) for login in logins]
        deal_duties(
            stamp=stamp, actor=self.actor, area=area, workers=[one.account_id for one in workers if one is not None]
        )
