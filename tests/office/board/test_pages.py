"""The board on the desk."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.access.house import again
from tests.office.entering import enter
from tests.people.world import World, fresh, settle
from wangge.access.rules import Role
from wangge.kernel.periods import local_day
from wangge.office.wording import now
from wangge.surveys.commands.rounds import start_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = settle()
    for number in range(1, 4):
        made.family("王一", "王二", door=f"{number}-1-101")
    return made


def test_the_first_page_of_a_leader_is_the_board_and_of_a_worker_the_doors(world: World) -> None:
    lead = again(world.house.add("he.min", Role.COMMUNITY_LEAD, world.house.east))
    hand = again(world.house.add("wang.hua", Role.GRID_WORKER, world.grids[0]))
    guard = again(world.house.add("guard.a", Role.GUARD, world.grids[0]))
    assert enter(world.house.admin, lead).get("/").headers["Location"] == f"/board/{world.house.east.id}"
    assert enter(world.house.admin, hand).get("/").headers["Location"].startswith(f"/areas/{world.grids[0].id}/doors")
    assert enter(world.house.admin, guard).get("/").status_code == 200


def test_a_board_of_another_area_looks_like_none(world: World) -> None:
    lead = again(world.house.add("he.min", Role.COMMUNITY_LEAD, world.house.east))
    client = enter(world.house.admin, lead)
    assert client.get(f"/board/{world.west.id}").status_code == 404
    assert client.get("/board/999999").status_code == 404
    hand = again(world.house.add("wang.hua", Role.GRID_WORKER, world.grids[0]))
    assert enter(world.house.admin, hand).get(f"/board/{world.grids[0].id}").status_code == 403


def test_every_number_opens_the_list_that_makes_it(world: World) -> None:
    lead = again(world.house.add("he.min", Role.COMMUNITY_LEAD, world.house.east))
    client = enter(world.house.admin, lead)
    page = client.get(f"/board/{world.house.east.id}").content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'class="figure" href="([^"]+)"', page)}
    assert len(links) >= 4
    for link in links:
        assert client.get(link).status_code == 200, link


def test_while_a_round_is_open_its_numbers_open_its_doors(world: World) -> None:
    lead = again(world.house.add("he.min", Role.COMMUNITY_LEAD, world.house.east))
    client = enter(world.house.admin, lead)
    begins = local_day(now(), "Asia/Shanghai")
    made = start_round(
        stamp=replace(fresh(), at=now(), received_at=now()), actor=world.house.admin, area=world.house.east.id,
        name="第一轮", purpose="排查", basis="1号", from_on=begins, until_on=begins + timedelta(days=2),
    )  # fmt: skip
    address = f"/board/{world.house.east.id}"
    page = client.get(address).content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'class="figure" href="([^"]+)"', page)}
    assert f"/sweeps/{made.round}/doors?area={world.house.east.id}" in links
    assert all(client.get(link).status_code == 200 for link in links)
    assert (
        f"/sweeps/{made.round}/"
        not in client.get(f"{address}?of=day").content.decode().split("</h1>")[1].split("hero")[1]
    )
    auditor = again(world.house.add("ma.yuan", Role.AUDITOR, world.house.east))
    assert "/sweeps/" not in enter(world.house.admin, auditor).get(address).content.decode()


def test_an_auditor_sees_numbers_without_lists_of_people(world: World) -> None:
    auditor = again(world.house.add("ma.yuan", Role.AUDITOR, world.house.east))
    page = enter(world.house.admin, auditor).get(f"/board/{world.house.east.id}").content.decode()
    assert set(re.findall(r'class="figure" href="([^"]+)"', page)) == {f"/board/{world.house.east.id}/unowned"}
    assert "doors open" in page


def test_an_empty_area_says_what_to_do_first(world: World) -> None:
    client = enter(world.house.admin, world.house.admin)
    assert "Import a roster" in client.get(f"/board/{world.west.id}").content.decode()


def test_the_board_of_an_earlier_day_does_not_refresh_and_a_day_to_come_is_none(world: World) -> None:
    client = enter(world.house.admin, world.house.admin)
    today = client.get(f"/board/{world.house.east.id}").content.decode()
    assert 'hx-trigger="every' in today
    earlier = client.get(f"/board/{world.house.east.id}?on=2020-03-01").content.decode()
    assert 'hx-trigger="every' not in earlier
    assert client.get(f"/board/{world.house.east.id}?on=2999-01-01").status_code == 404
    assert client.get(f"/board/{world.house.east.id}?on=nonsense").status_code == 404


def test_a_board_that_refreshes_by_itself_does_not_keep_a_session_alive(world: World) -> None:
    client = enter(world.house.admin, world.house.admin)
    page = f"/board/{world.house.east.id}"
    session = client.session
    session["seen"] -= 300
    session.save()
    before = client.session["seen"]
    assert client.get(page, headers={"X-Wangge-Refresh": "1"}).status_code == 200
    assert client.session["seen"] == before
    assert client.get(page).status_code == 200
    assert client.session["seen"] > before
