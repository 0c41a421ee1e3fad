"""A county to walk through: whose is what, and who asks.

Everybody who asks has their duty on the community ``own``. Each kind of thing lies in ``own``, ``below`` it (its grid),
``above`` it (its township), in its ``sibling`` (the other community of the township), ``elsewhere`` (a community of
another township), or is ``missing``: an id that nothing has, which must look like one that lies elsewhere.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.authz.things import THINGS
from wangge.access import commands as access
from wangge.access import queries as viewers
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

RELATIONS = ("own", "below", "above", "sibling", "elsewhere", "missing")
NOBODY, FORMER, INACTIVE = "nobody", "former", "inactive"
WHO = (*(role.value for role in Role), FORMER, INACTIVE, NOBODY)
_keys = count(1)


def stamp() -> Stamp:
    """Return a stamp of now with a key of its own: signing in goes by the real clock."""
    now = datetime.now(UTC)
    return Stamp(
        key=f"authz {next(_keys)}", source="test", at=now, received_at=now, zone="Asia/Shanghai", channel="cli"
    )


@dataclass
class World:
    """The areas and things by relation, and a signed-in browser for everybody who asks."""

    admin: Viewer
    areas: dict[str, Area]
    things: dict[str, dict[str, object]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    @property
    def lived_in(self) -> dict[str, Area]:
        """The areas in which people can live: nobody is registered in a township, only in its communities."""
        return {relation: area for relation, area in self.areas.items() if relation != "above"}

    def stamp(self) -> Stamp:
        """Return a stamp of now with a key of its own."""
        return stamp()

    def thing(self, kind: str, relation: str) -> object | None:
        """Return what stands in an address for a thing of this kind; None when there is none in this relation."""
        return self.things[kind].get(relation)

    def id(self, kind: str, relation: str) -> UUID:
        """Return the id of a thing that is there."""
        found = self.things[kind][relation]
        assert isinstance(found, UUID)
        return found

    def account(self, login: str, role: Role, area: Area, *, ended: bool = False) -> UUID:
        """Add an account with a duty that began a month ago, and goes on or ended yesterday."""
        now = stamp()
        return access.add_account(
            stamp=now,
            actor=self.admin,
            login=login,
            name=login,
            role=role,
            area=area.id,
            from_on=now.day - timedelta(days=30),
            to_on=now.day if ended else None,
        )


class _Opener:
    """The server itself, before there is any account."""

    number = 0


def build() -> World:
    """Open the county, settle it, and sign everybody in."""
    _Opener.number = number_of(uuid7())
    places.open_installation(
        stamp=stamp(),
        actor=_Opener(),
        authority="某县指挥部",
        legal_basis="防指〔2020〕1号",
        response="演练",
        area_code="420322",
        # a demonstration asks nobody for a second factor; what asks for one is tested beside it
        demonstration=True,
    )
    opened = installation()
    assert opened is not None
    access.first_account(stamp=stamp(), actor=_Opener(), login="first", name="first", area=opened.area_id)
    admin = viewers.first_administrator(on=stamp().day)
    assert admin is not None
    world = World(admin, _areas(opened.area))
    for kind, make in THINGS.items():
        world.things[kind] = make(world)
    for who in WHO:
        world.clients[who] = Client() if who == NOBODY else _signed_in(world, who)
    return world


def _areas(county: Area) -> dict[str, Area]:
    """Return the area of each relation: two townships, three communities, a grid in each."""
    near, far = _add(county, Level.TOWNSHIP, "近镇", "远镇")
    own, sibling = _add(near, Level.COMMUNITY, "翠湖社区", "青山社区")
    (elsewhere,) = _add(far, Level.COMMUNITY, "白云社区")
    (below,) = _add(own, Level.GRID, "第1网格")
    for community in (sibling, elsewhere):
        _add(community, Level.GRID, "第1网格")
    return {"own": own, "below": below, "above": near, "sibling": sibling, "elsewhere": elsewhere}


def _add(parent: Area, level: Level, *names: str) -> list[Area]:
    new = [NewArea(level=level, name=name) for name in names]
    made = places.add_areas(stamp=stamp(), actor=_Opener(), parent=parent.id, areas=new)
    return [Area.objects.get(id=one.id) for one in made]


def _signed_in(world: World, who: str) -> Client:
    """Return a browser in which somebody has taken their sign-in link."""
    role = Role(who) if who in set(Role) else Role.COMMUNITY_LEAD
    account = world.account(who, role, world.areas["own"], ended=who == FORMER)
    client = Client()
    sign_in(client, world.admin, account)
    if who == INACTIVE:
        access.set_active(stamp=stamp(), actor=world.admin, account=account, active=False)
    return client


def sign_in(client: Client, maker: Viewer, account: UUID) -> None:
    """Sign in as people do: by a link that works once."""
    token = f"token for {account}"
    access.make_link(stamp=stamp(), actor=maker, account=account, digest=hashlib.sha256(token.encode()).digest())
    answer = client.post(reverse("sign_in_by_link", args=[token]))
    assert answer.status_code in (302, 303), answer.content.decode()
    assert settings.SESSION_COOKIE_NAME in client.cookies
