from datetime import timedelta
from uuid import UUID

import pytest

from tests.access.house import again
from tests.conftest import NOON
from tests.people.world import MAN_1949, World, fresh, holds, person, refused, settle
from wangge.access import commands as access
from wangge.access import tokens
from wangge.access.exporting import needs_approval
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.journal.models import LineFacts
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.rules.wishes import NewHousehold
from wangge.privacy.models import Look
from wangge.situation.exporting import ExportAllowed, allow_export, exported, people_in

pytestmark = pytest.mark.django_db
PURPOSE = "转交镇卫生院"


@pytest.fixture
def world() -> World:
    found = settle()
    first = person("张三", id_number=MAN_1949, phones=("13800001234", "0600-1234567"), is_head=True)
    found.add(NewHousehold(id=uuid7(), area=found.door("3-2-501"), members=(first, person(""))))
    return found


def crowd(world: World) -> None:
    """Add five hundred people more."""
    members = tuple(person(f"王{chr(0x4E00 + place)}") for place in range(499))
    world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=members))


def allow(world: World, actor: Viewer, **given: object) -> ExportAllowed:
    wish = {"area": world.house.east.id, "purpose": PURPOSE} | given
    return allow_export(stamp=fresh(), actor=actor, **wish)  # type: ignore[arg-type]


def approve(world: World, giver: Viewer, purpose: str = PURPOSE) -> str:
    code = tokens.new_approval_code()
    access.give_approval(
        stamp=fresh(), actor=giver, digest=tokens.approval_digest(code), purpose=purpose, area=world.house.east.id
    )
    return code


def test_up_to_five_hundred_people_leave_with_a_purpose_alone(world: World) -> None:
    clerk = world.house.add("clerk", Role.CLERK, world.house.east)
    with refused("access.purpose_missing"):
        allow(world, clerk, purpose="  ")
    with refused("access.purpose_long", most=200):
        allow(world, clerk, purpose="长" * 201)
    assert allow(world, clerk).people == 2
    assert LineFacts.objects.filter(facts__contains='"people":2').exists()
    holds()


def test_above_five_hundred_a_second_person_agrees_to_this_purpose_area_and_day(world: World) -> None:
    clerk = world.house.add("clerk", Role.CLERK, world.house.east)
    lead = world.house.add("lead", Role.COMMUNITY_LEAD, world.house.east)
    crowd(world)
    assert people_in(viewer=clerk, path=world.house.east.path) == 501
    with refused("access.approval_needed"):
        allow(world, clerk)
    with refused("access.approval_wrong"):
        allow(world, clerk, approval="AAAA2222")
    with refused("access.approval_own"):
        allow(world, lead, approval=approve(world, lead))
    with refused("access.approval_purpose"):
        allow(world, clerk, approval=approve(world, lead, "转交报社"))
    code = approve(world, lead)
    assert isinstance(allow(world, clerk, approval=code).approval, UUID)
    with refused("access.approval_used"):
        allow(world, clerk, approval=code)
    old = approve(world, lead)
    with refused("access.approval_day"):
        allow_export(
            stamp=fresh(at=NOON + timedelta(days=1)), actor=clerk, area=world.house.east.id, purpose=PURPOSE,
            approval=old,
        )  # fmt: skip
    assert allow(world, clerk, area=world.grids[1].id).people == 0


def test_the_first_administrator_is_alone_only_until_there_is_a_second_account(world: World) -> None:
    crowd(world)
    assert allow(world, world.house.admin).people == 501
    assert not needs_approval(world.house.admin, 501)
    world.house.add("clerk", Role.CLERK, world.house.east)
    with refused("access.approval_needed"):
        allow(world, again(world.house.admin))


def test_only_who_may_export_there_gets_anything(world: World) -> None:
    for login, role, area in (
        ("worker", Role.GRID_WORKER, world.house.east),
        ("doctor", Role.DOCTOR, world.house.east),
        ("far", Role.CLERK, world.west),
        ("low", Role.CLERK, world.grids[0]),
    ):
        actor = world.house.add(login, role, area)
        with refused("access.forbidden"):
            allow(world, actor)
    with refused("access.forbidden"):
        allow(world, world.house.admin, area=10**6)
    assert not Look.objects.exists()


@pytest.mark.parametrize("unmasked", [False, True])
def test_numbers_are_masked_unless_asked_for_and_everybody_has_a_line_in_the_log(world: World, unmasked: bool) -> None:
    abroad = NewHousehold(id=uuid7(), area=world.west.id, members=(person("外人"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    clerk = world.house.add("clerk", Role.CLERK, world.house.east)
    rows = list(exported(stamp=fresh(), viewer=clerk, path=world.house.town.path, purpose=PURPOSE, unmasked=unmasked))
    (home,) = rows
    head, nameless = home.members
    assert home.door == "3-2-501"
    assert (head.name, head.sex, head.birth, head.head) == ("张三", "M", "1949-01-01", True)
    assert (nameless.name, nameless.sex, nameless.birth, nameless.id_number, nameless.phones) == (
        None, None, None, None, (),
    )  # fmt: skip
    whole = (MAN_1949, ("13800001234", "0600-1234567"))
    assert (head.id_number, head.phones) == (whole if unmasked else ("****0015", ("138****1234", "****4567")))
    looks = Look.objects.all()
    assert {look.subject for look in looks} == {head.id, nameless.id}
    assert {("id_number" in look.fields, look.viewer_number) for look in looks} == {(unmasked, clerk.number)}
    assert {look.purpose for look in looks} == {f"export: {PURPOSE}"}
