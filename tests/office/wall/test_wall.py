"""The wall: counts only, one face after the other, with and without script."""

import re

import pytest
from django.test import Client

from tests.access.house import again
from tests.office.entering import enter
from tests.people.world import World, new_flag, settle
from wangge.access import commands as access
from wangge.access.queries import forget_viewers
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.kernel.ids import uuid7
from wangge.kernel.stamps import Stamp
from wangge.office.wording import now
from wangge.people import commands as people

pytestmark = pytest.mark.django_db
NAMES = ("王春花", "李秋实")


def today() -> Stamp:
    return Stamp(key=str(uuid7()), source="test", at=now(), received_at=now(), zone="Asia/Shanghai", channel="cli")


@pytest.fixture
def world() -> World:
    made = settle()
    for number in range(1, 3):
        made.family(*NAMES, door=f"{number}-1-101")
    return made


@pytest.fixture
def lead(world: World) -> Viewer:
    return again(world.house.add("he.min", Role.COMMUNITY_LEAD, world.house.east))


def face(client: Client, world: World, number: int) -> str:
    return client.get(f"/areas/{world.house.east.id}/wall?page={number}").content.decode()


def test_a_wall_elsewhere_is_none_and_a_worker_has_none(world: World, lead: Viewer) -> None:
    client = enter(world.house.admin, lead)
    assert client.get(f"/areas/{world.west.id}/wall").status_code == 404
    hand = again(world.house.add("wang.hua", Role.GRID_WORKER, world.grids[0]))
    assert enter(world.house.admin, hand).get(f"/areas/{world.grids[0].id}/wall").status_code == 403


def test_the_faces_follow_each_other_without_script_and_hold_by_a_link(world: World, lead: Viewer) -> None:
    client = enter(world.house.admin, lead)
    first = face(client, world, 1)
    here = f"/areas/{world.house.east.id}/wall"
    assert f'content="15;url={here}?page=2"' in first
    assert f'href="{here}?page=1&amp;hold=1"' in first
    held = client.get(f"{here}?page=1&hold=1").content.decode()
    assert f"url={here}?page=1&amp;hold=1" in held
    pages = len(re.findall(r'<i( class="on")?></i>', first))
    assert f'content="15;url={here}?page=1"' in face(client, world, pages)
    assert face(client, world, 99).count('class="on"') == 1


def test_no_person_stands_on_the_wall_and_few_people_are_fewer_than_five(world: World, lead: Viewer) -> None:
    home = world.family("赵七", door="3-1-101")
    begins = today().day
    flag = new_flag(home.residents[0], from_on=begins, until_on=begins.replace(year=begins.year + 1))
    people.raise_flags(stamp=today(), actor=world.clerk, flags=[flag])
    client = enter(world.house.admin, lead)
    faces = [face(client, world, number) for number in range(1, 4)]
    whole = "".join(faces)
    assert "fewer than 5 people" in whole
    assert not any(name in whole for name in (*NAMES, "赵七", lead.name))
    assert world.grids[1].name in whole


def test_the_wall_outlives_its_session_and_opens_nothing_else(world: World, lead: Viewer) -> None:
    client = enter(world.house.admin, lead)
    here = f"/areas/{world.house.east.id}/wall"
    assert client.get(here).status_code == 200
    del client.cookies["wangge_session"]
    assert client.get(here).status_code == 200
    assert client.get(f"/board/{world.house.east.id}").status_code == 302
    assert client.get(f"/areas/{world.grids[0].id}/wall").status_code == 302
    access.set_active(stamp=today(), actor=world.house.admin, account=lead.account_id, active=False)
    forget_viewers()  # a process finds out within a second
    assert client.get(here).status_code == 302


def test_a_wall_that_was_never_opened_signed_in_leads_to_the_sign_in(world: World) -> None:
    assert Client().get(f"/areas/{world.house.east.id}/wall").status_code == 302
    forged = Client()
    forged.cookies["wangge_wall"] = "forged"
    assert forged.get(f"/areas/{world.house.east.id}/wall").status_code == 302
