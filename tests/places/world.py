"""A small county to change the tree of, and who may change it."""

from collections.abc import Sequence
from itertools import count

from tests.conftest import stamp
from wangge.access import commands as access
from wangge.access import queries
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.journal.actors import number_of
from wangge.kernel.ids import uuid7
from wangge.kernel.stamps import Stamp
from wangge.places import commands
from wangge.places.commands import NewArea
from wangge.places.models import Area
from wangge.places.queries import installation
from wangge.places.rules import Level

COUNTY = "420322"
_keys = count(1)


class Opener:
    """The server itself, before there is any account."""

    number = 0


def fresh() -> Stamp:
    """Return a stamp with a key that nobody used."""
    return stamp(f"key {next(_keys)}")


def open_county() -> Viewer:
    """Open the response of a county and return its administrator."""
    Opener.number = number_of(uuid7())
    commands.open_installation(
        stamp=fresh(),
        actor=Opener(),
        authority="某县指挥部",
        legal_basis="防指〔2020〕1号",
        response="演练",
        area_code=COUNTY,
    )
    opened = installation()
    assert opened is not None
    access.first_account(stamp=fresh(), actor=Opener(), login="admin", name="管理员", area=opened.area_id)
    viewer = queries.first_administrator(on=fresh().day)
    assert viewer is not None
    return viewer


def add(parent: Area, level: Level, *names: str) -> list[Area]:
    """Add areas below another."""
    new = [NewArea(level=level, name=name) for name in names]
    made = commands.add_areas(stamp=fresh(), actor=Opener(), parent=parent.id, areas=new)
    return [Area.objects.get(id=one.id) for one in made]


def county() -> Area:
    """Return the county's area."""
    return Area.objects.get(code="420322000000")


def worker(admin: Viewer, login: str, role: Role, area: Area) -> Viewer:
    """Add an account with one role and return its viewer."""
    made = access.add_account(stamp=fresh(), actor=admin, login=login, name=login, role=role, area=area.id)
    return again(made_id=str(made), login=login)


def again(*, login: str, made_id: str = "") -> Viewer:
    """Return the viewer of a login as it is now."""
    viewer = queries.viewer_by_login(login, on=fresh().day)
    assert viewer is not None, made_id
    return viewer


def reread(areas: Sequence[Area]) -> list[Area]:
    """Return areas as they stand now."""
    return [Area.objects.get(id=area.id) for area in areas]
