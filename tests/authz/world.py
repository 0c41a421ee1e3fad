"""A county to walk through: whose is what, and who asks.

Everybody who asks has their duty on the community ``own``. Each kind of thing lies in ``own``, ``below`` it (its grid),
``above`` it (its township), in its ``sibling`` (the other community of the township), ``elsewhere`` (a community of
another township), or is ``missing``: an id that nothing has, which must look like one that lies elsewhere.
A new kind of thing is one more entry of ``THINGS``.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse

from wangge.access import commands as access
from wangge.access import queries as viewers
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.journal.actors import number_of
from wangge.kernel.ids import uuid7
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.rules.wishes import NewFlag, NewHousehold, NewResident
from wangge.places import commands as places
from wangge.places.commands import NewArea
from wangge.places.models import Area
from wangge.places.queries import installation
from wangge.places.rules import DoorKey, Level
from wangge.surveys.commands import record_visits
from wangge.surveys.rules import DoorState, VisitSeen

RELATIONS = ("own", "below", "above", "sibling", "elsewhere", "missing")
NOBODY, FORMER, INACTIVE = "nobody", "former", "inactive"
WHO = (*(role.value for role in Role), FORMER, INACTIVE, NOBODY)
NO_ROW, NO_ID = 999_999_999, UUID(int=0x0190_0000_0000_7000_8000_0000_0000_0001)
_keys = count(1)


def stamp() -> Stamp:
    """Return a stamp of now with a key of its own: signing in goes by the real clock."""
    now = datetime.now(UTC)
    return Stamp(
        key=f"authz {next(_keys)}", source="test", at=now, received_at=now, zone="Asia/Shanghai", channel="cli"
    )


Making = Callable[["World"], dict[str, object]]


@dataclass
class World:
    """The areas and things by relation, and a signed-in browser for everybody who asks."""

    admin: Viewer
    areas: dict[str, Area]
    things: dict[str, dict[str, object]] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def thing(self, kind: str, relation: str) -> object | None:
        """Return what stands in an address for a thing of this kind; None when there is none in this relation."""
        return self.things[kind].get(relation)


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


def _account(world: World, login: str, role: Role, area: Area, days: int | None = None) -> UUID:
    """Add an account; with ``days`` its duty ended so many days ago."""
    now = stamp()
    since = now.day - timedelta(days=30)
    until = None if days is None else now.day - timedelta(days=days)
    return access.add_account(
        stamp=now, actor=world.admin, login=login, name=login, role=role, area=area.id, from_on=since, to_on=until
    )


def _signed_in(world: World, who: str) -> Client:
    """Return a browser in which somebody has taken their sign-in link."""
    own = world.areas["own"]
    role = Role(who) if who in set(Role) else Role.COMMUNITY_LEAD
    account = _account(world, who, role, own, 0 if who == FORMER else None)
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


def _homes(world: World) -> dict[str, object]:
    """Put one household with one resident behind a door of each area, and return the households."""
    found: dict[str, dict[str, object]] = {kind: {} for kind in ("household", "resident", "building", "door")}
    for relation, area in world.areas.items():
        if relation == "above":
            continue  # nobody lives in a township, only in its communities
        key = DoorKey("12" if relation == "below" else "3", "1", "101")
        door = places.ensure_dwellings(stamp=stamp(), actor=world.admin, area=area.id, keys=[key])[str(key)]
        building = Area.objects.get(path__in=_above(door), level=Level.BUILDING)
        member = NewResident(id=uuid7(), name="张三", sex="M", is_head=True, relation="head", phones=("13800000000",))
        home = NewHousehold(id=uuid7(), area=door, members=(member,))
        people.add_households(stamp=stamp(), actor=world.admin, households=[home])
        for kind, id_ in (("household", home.id), ("resident", member.id), ("building", building.id), ("door", door)):
            found[kind][relation] = id_
    for kind, by_relation in found.items():
        by_relation["missing"] = NO_ROW if kind in ("building", "door") else NO_ID
    world.things |= found
    return found["household"]


def _settled(kind: str) -> Making:
    """Return what hands out one kind of what stands and lives in the areas."""
    return lambda world: world.things[kind]


def _above(door: int) -> list[str]:
    parts = Area.objects.get(id=door).path.split(".")[:-1]
    return [".".join(parts[: n + 1]) + "." for n in range(len(parts))]


def _area_ids(world: World) -> dict[str, object]:
    return {**{relation: area.id for relation, area in world.areas.items()}, "missing": NO_ROW}


def _accounts(world: World) -> dict[str, object]:
    made: dict[str, object] = {
        relation: _account(world, f"worker-{relation}", Role.GRID_WORKER, area)
        for relation, area in world.areas.items()
    }
    return {**made, "missing": NO_ID}


def _duties(world: World) -> dict[str, object]:
    """Return one duty in each area, of the workers there."""
    found: dict[str, object] = {"missing": NO_ROW}
    for relation in world.areas:
        account = world.thing("account", relation)
        viewer = viewers.viewer_by_login(f"worker-{relation}", on=stamp().day)
        assert viewer is not None
        assert viewer.account_id == account
        found[relation] = _duty_of(viewer.account_id)
    return found


def _duty_of(account: UUID) -> int:
    from wangge.access.models import Duty

    return Duty.objects.get(account=account).id


def _flags(world: World) -> dict[str, object]:
    found: dict[str, object] = {"missing": NO_ID}
    now = stamp()
    for relation in world.areas:
        resident = world.thing("resident", relation)
        if isinstance(resident, UUID):
            flag = NewFlag(
                id=uuid7(), resident=resident, reason="returnee", from_on=now.day, until_on=now.day + timedelta(days=14)
            )
            people.raise_flags(stamp=stamp(), actor=world.admin, flags=[flag])
            found[relation] = flag.id
    return found


def _visits(world: World) -> dict[str, object]:
    found: dict[str, object] = {"missing": NO_ID}
    for relation in world.areas:
        household = world.thing("household", relation)
        if isinstance(household, UUID):
            now = stamp()
            seen = VisitSeen(id=uuid7(), household=household, state=DoorState.DONE, at=now.at)
            record_visits(stamp=now, actor=world.admin, visits=[seen])
            found[relation] = seen.id
    return found


THINGS: Mapping[str, Making] = {
    "area": _area_ids,
    "household": _homes,
    "resident": _settled("resident"),
    "building": _settled("building"),
    "door": _settled("door"),
    "account": _accounts,
    "duty": _duties,
    "flag": _flags,
    "visit": _visits,
    # not a thing in an area, but a word such as a token
    "word": lambda _: {"own": "unknown"},
}
