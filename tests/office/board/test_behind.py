"""What stands behind the numbers of a board, and the switch of the comparison."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from tests.access.house import again
from tests.conftest import NOON
from tests.office.entering import enter
from tests.people.world import World, settle
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.kernel.periods import local_day

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = settle()
    for number in range(1, 4):
        made.family("王一", "王二", door=f"{number}-1-101")
    return made


@pytest.fixture
def lead(world: World) -> Client:
    return enter(world.house.admin, again(world.house.add("he.min", Role.COMMUNITY_LEAD, world.house.east)))


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_every_number_that_a_board_links_to_its_definition_has_one(world: World, lead: Client) -> None:
    board = page(lead, f"/board/{world.house.east.id}")
    defined = set(re.findall(r'<tr id="([^"]+)"', page(lead, f"/board/{world.house.east.id}/numbers")))
    asked = set(re.findall(r"/numbers[^\"#]*#([a-z_]+)", board))
    assert len(asked) >= 8
    assert asked <= defined


def test_the_doors_behind_nobodys_doors_add_up_and_can_be_given(world: World, lead: Client) -> None:
    shown = page(lead, f"/board/{world.house.east.id}/unowned")
    assert "3 doors are nobody" in shown
    assert f"/areas/{world.grids[0].id}/duties" in shown
    world.house.add("wang.hua", Role.GRID_WORKER, world.grids[0])
    assert "Every door is somebody" in page(lead, f"/board/{world.house.east.id}/unowned")


def test_residents_without_a_birth_are_listed_behind_their_number(world: World, lead: Client) -> None:
    listed = page(lead, f"/areas/{world.house.east.id}/residents?birth=unknown")
    assert "6 people" in listed
    assert f"/areas/{world.house.east.id}/residents?birth=unknown" in page(lead, f"/board/{world.house.east.id}")


def test_no_late_list_is_said_and_not_left_blank(world: World, lead: Client) -> None:
    assert "No list is late" in page(lead, f"/board/{world.house.east.id}/overdue")


def test_the_comparison_is_asked_for_with_a_reason_and_shown_while_it_is_on(world: World, lead: Client) -> None:
    from wangge.office.wording import now

    address = f"/board/{world.house.east.id}/comparison"
    last = local_day(now(), "Asia/Shanghai") + timedelta(days=1)
    assert "Teams compared" not in page(lead, f"/board/{world.house.east.id}")
    without = lead.post(address, {"once": str(uuid7()), "reason": "", "last_on": last.isoformat()})
    assert without.status_code == 422
    assert "Say why" in without.content.decode()
    given = {"once": str(uuid7()), "reason": "今晚收尾", "last_on": last.isoformat()}
    assert [lead.post(address, given).status_code for _ in range(2)] == [303, 303]
    board = page(lead, f"/board/{world.house.east.id}")
    assert "Teams compared" in board
    assert "今晚收尾" in board
    assert lead.post(f"{address}/end", {"once": str(uuid7())}).status_code == 303
    assert "Teams compared" not in page(lead, f"/board/{world.house.east.id}")


def test_the_silent_grids_of_an_earlier_day_are_those_of_that_day(world: World, lead: Client) -> None:
    shown = page(lead, f"/board/{world.house.east.id}/silent?on={NOON:%Y-%m-%d}")
    assert world.grids[1].name in shown
    assert lead.get(f"/board/{world.house.east.id}/silent?on=2999-01-01").status_code == 404


def test_the_day_is_given_out_as_one_page_for_earlier_days_too(world: World, lead: Client) -> None:
    for query in ("", f"?on={NOON:%Y-%m-%d}"):
        answer = lead.get(f"/board/{world.house.east.id}/day.pdf{query}")
        assert answer.status_code == 200
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"].endswith('.pdf"')
        assert answer.content.startswith(b"%PDF")
    assert lead.get(f"/board/{world.west.id}/day.pdf").status_code == 404
