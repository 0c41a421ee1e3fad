"""A community with two families behind doors and one on a boat, and those who take forms out."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from tests.people.world import MAN_1949, WOMAN_1977, World, fresh, person, settle
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import HouseholdAdded, NewHousehold
from wangge.situation.forms.keeping import keep_file
from wangge.situation.forms.making import make, request_export

PURPOSE = "报送镇指挥部"
TODAY = date(2020, 2, 10)


@dataclass
class Town:
    """The world with its families, the clerk of its community, and who leads it."""

    world: World
    clerk: Viewer
    lead: Viewer
    homes: tuple[HouseholdAdded, ...]

    @property
    def area(self) -> int:
        """The community."""
        return self.world.house.east.id

    def request(self, profile: str, actor: Viewer | None = None, **given: Any) -> UUID:
        """Ask for a form of the community."""
        wish: dict[str, Any] = {"area": self.area, "purpose": PURPOSE} | given
        return request_export(stamp=fresh(), actor=actor or self.clerk, profile=profile, **wish)

    def made(self, profile: str, actor: Viewer | None = None, **given: Any) -> bytes:
        """Return the file of a form of the community."""
        export = self.request(profile, actor, **given)
        return make(stamp=fresh(), actor=actor or self.clerk, export=export)

    def kept(self, profile: str, actor: Viewer | None = None, **given: Any) -> UUID:
        """Make and keep a form of the community."""
        who = actor or self.clerk
        export = self.request(profile, who, **given)
        content = make(stamp=fresh(), actor=who, export=export)
        keep_file(stamp=fresh(), actor=who, export=export, content=content)
        return export


def town() -> Town:
    """Open the town and settle its families."""
    world = settle()
    head = person("张三", id_number=MAN_1949, phones=("13800001234", "0600-1234567"), is_head=True, relation="head")
    wife = person("李四", id_number=WOMAN_1977, relation="spouse")
    alone = person("王五", is_head=True, relation="head")
    homes = (
        world.add(NewHousehold(id=uuid7(), area=world.door("10-1-201"), members=(alone,))),
        world.add(NewHousehold(id=uuid7(), area=world.door("3-2-501"), members=(head, wife))),
        world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=(person("赵六"),), address="村口船上")),
    )  # fmt: skip
    clerk = world.house.add("clerk", Role.CLERK, world.house.east)
    lead = world.house.add("lead", Role.COMMUNITY_LEAD, world.house.east)
    return Town(world, clerk, lead, homes)
