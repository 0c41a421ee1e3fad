"""A small town with two communities, and an account for each role that the tests need."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from uuid import UUID

from tests.conftest import NOON, stamp
from wangge.access import commands, queries, tokens, totp
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.journal.actors import number_of
from wangge.kernel.ids import uuid7
from wangge.kernel.stamps import Stamp
from wangge.places import commands as places
from wangge.places.commands import NewArea
from wangge.places.models import Area
from wangge.places.queries import installation
from wangge.places.rules import Level

_keys = count(1)
DAY = stamp("day").day
TOMORROW, YESTERDAY = DAY + timedelta(days=1), DAY - timedelta(days=1)


class Opener:
    """The server itself, before there is any account."""

    number = 0


def fresh(at: datetime = NOON) -> Stamp:
    """Return a stamp with a key that nobody used."""
    return stamp(f"house {next(_keys)}", at=at)


@dataclass
class House:
    """The areas and the administrator of an opened response."""

    town: Area
    east: Area
    west: Area
    grid: Area
    admin: Viewer

    def add(self, login: str, role: Role, area: Area) -> Viewer:
        """Add an account with one duty and return its viewer."""
        id_ = commands.add_account(
            stamp=fresh(), actor=self.admin, login=login, name=f"{login} 的名字", role=role, area=area.id
        )
        return again(id_)


def again(account: Viewer | UUID) -> Viewer:
    """Return the viewer of an account as it is now."""
    viewer = queries.read_viewer(account.account_id if isinstance(account, Viewer) else account, on=DAY)
    assert viewer is not None
    return viewer


def open_house(*, demonstration: bool = False) -> House:
    """Open a response in a town with two communities, the eastern one with a grid."""
    Opener.number = number_of(uuid7())
    places.open_installation(
        stamp=fresh(),
        actor=Opener(),
        authority="某镇指挥部",
        legal_basis="防指〔2020〕1号",
        response="演练",
        area_code="371323999",
        area_name="云溪镇",
        demonstration=demonstration,
    )
    opened = installation()
    assert opened is not None
    town = opened.area
    commands.first_account(stamp=fresh(), actor=Opener(), login="admin", name="管理员", area=town.id)
    admin = queries.first_administrator(on=DAY)
    assert admin is not None
    east, west = _below(town, Level.COMMUNITY, "东社区", "西社区")
    (grid,) = _below(east, Level.GRID, "第1网格")
    return House(town, east, west, grid, admin)


def _below(parent: Area, level: Level, *names: str) -> list[Area]:
    new = [NewArea(level=level, name=name) for name in names]
    made = places.add_areas(stamp=fresh(), actor=Opener(), parent=parent.id, areas=new)
    return [Area.objects.get(id=one.id) for one in made]


def buildings(parent: Area, *names: str) -> list[Area]:
    """Add buildings to a grid."""
    return _below(parent, Level.BUILDING, *names)


def unconfirmed(viewer: Viewer) -> Viewer:
    """Return the viewer as the desk sees it before the second factor was shown."""
    return replace(viewer, confirmed=False)


def set_up(viewer: Viewer, *, at: datetime = NOON) -> tuple[bytes, list[str]]:
    """Set up a second factor and return its secret and recovery codes."""
    setup = tokens.new_setup()
    secret, codes = tokens.open_setup(setup)
    code = totp.code_of(secret, totp.step_at(at.timestamp()))
    commands.set_up_factor(stamp=fresh(at), actor=viewer, setup=setup, code=code)
    return secret, codes
