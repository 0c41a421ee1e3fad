"""The day's round on the desk: lists, the form of a visit, giving buildings."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.house import again
from tests.office.entering import enter
from tests.people.world import World, settle
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.privacy.models import ListLook, Look
from wangge.surveys.models import DoorVisit

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def hand(world: World, login: str, role: Role = Role.GRID_WORKER, where: str = "grid") -> Viewer:
    area = {"grid": world.grids[0], "east": world.house.east, "west": world.west}[where]
    return again(world.house.add(login, role, area))


def form(**more: object) -> dict[str, object]:
    return {"state": "done", "visit": str(uuid4()), "remarks": "", "at": "", "again": "", **more}


def test_a_worker_records_a_visit_and_the_list_shows_it_done(world: World) -> None:
    home = world.family("王一", "王二", door="1-1-101")
    client = enter(world.house.admin, hand(world, "wang.hua"))
    page = f"/households/{home.household}/visit"
    shown = client.get(page)
    assert shown.status_code == 200
    assert "王二" in shown.content.decode()
    missing = client.post(page, form(state="", remarks="dog in the yard"))
    assert missing.status_code == 422
    assert "dog in the yard" in missing.content.decode()
    assert not DoorVisit.objects.exists()
    answer = client.post(page, form(seen=[str(home.residents[0])]))
    assert answer.status_code == 303
    row = DoorVisit.objects.get()
    assert (row.state, row.persons_seen) == ("done", 1)
    listed = client.get(f"/areas/{world.grids[0].id}/doors?state=closed").content.decode()
    assert "1-1-101" in listed


def test_the_same_form_sent_twice_is_one_visit(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    client = enter(world.house.admin, hand(world, "wang.hua"))
    sent = form()
    for _ in range(2):
        assert client.post(f"/households/{home}/visit", sent).status_code == 303
    assert DoorVisit.objects.count() == 1


def test_a_door_of_another_community_looks_like_one_that_does_not_exist(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    other = enter(world.house.admin, hand(world, "li.na", where="west"))
    for page in (f"/households/{home}/visit", f"/households/{uuid4()}/visit", f"/areas/{world.house.east.id}/doors"):
        answer = other.get(page)
        assert answer.status_code == 404
    assert other.post(f"/households/{home}/visit", form()).status_code == 404
    assert not DoorVisit.objects.exists()


def test_a_volunteer_sees_masked_names_only(world: World) -> None:
    home = world.family("王大明", door="1-1-101").household
    client = enter(world.house.admin, hand(world, "vol.one", Role.VOLUNTEER))
    for page in (f"/areas/{world.grids[0].id}/doors", f"/households/{home}/visit"):
        text = client.get(page).content.decode()
        assert "王**" in text
        assert "王大明" not in text


def test_every_list_and_every_form_leaves_a_look(world: World) -> None:
    home = world.family("王一", "王二", door="1-1-101").household
    client = enter(world.house.admin, hand(world, "wang.hua"))
    client.get(f"/areas/{world.grids[0].id}/doors")
    assert ListLook.objects.filter(what="doors", count=1).count() == 1
    client.get(f"/households/{home}/visit")
    assert Look.objects.filter(purpose="survey").count() == 2


def test_a_visit_can_be_taken_back_with_a_reason(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    client = enter(world.house.admin, hand(world, "wang.hua"))
    client.post(f"/households/{home}/visit", form())
    row = DoorVisit.objects.get()
    page = f"/visits/{row.id}/void"
    assert client.get(page).status_code == 200
    assert client.post(page, {"reason": ""}).status_code == 422
    assert client.post(page, {"reason": "wrong door"}).status_code == 303
    row.refresh_from_db()
    assert row.voided_at is not None
    assert client.post(page, {"reason": "again"}).status_code == 422


def test_a_time_that_has_not_come_is_refused_and_what_was_typed_stays(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    noon = datetime.now(UTC).replace(hour=4, minute=0)
    with time_machine.travel(noon):
        client = enter(world.house.admin, hand(world, "wang.hua"))
        answer = client.post(f"/households/{home}/visit", form(at="23:59", remarks="kept"))
    assert answer.status_code == 422
    assert "kept" in answer.content.decode()


def test_a_leader_gives_buildings_evenly_and_corrects_one_by_hand(world: World) -> None:
    for number in range(1, 5):
        world.family("王一", door=f"{number}-1-101")
    first, second = hand(world, "wang.hua"), hand(world, "li.na")
    lead = enter(world.house.admin, hand(world, "he.min", Role.TEAM_LEADER, "east"))
    area = world.grids[0].id
    worker = enter(world.house.admin, first)
    assert worker.get(f"/areas/{area}/duties").status_code == 403
    assert lead.post(f"/areas/{area}/duties/deal", {"key": "a"}).status_code == 422
    both = {"workers": [str(first.account_id), str(second.account_id)]}
    assert lead.post(f"/areas/{area}/duties/deal", {**both, "key": "b"}).status_code == 303
    shown = lead.get(f"/areas/{area}/duties").content.decode()
    assert shown.count("2 buildings, 2 open doors") == 2
    buildings = _buildings(shown)
    assert lead.post(f"/areas/{area}/duties", {buildings[0]: str(first.account_id)}).status_code == 303
    assert lead.post(f"/areas/{area}/duties", {buildings[1]: str(first.account_id)}).status_code == 303
    after = lead.get(f"/areas/{area}/duties").content.decode()
    assert "4 buildings, 4 open doors" in after
    mine = worker.get(f"/areas/{area}/doors?worker={first.account_id}").content.decode()
    assert mine.count("data-row") == 4


def _buildings(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('name="')[1:] if part.startswith("worker-")]


def _statements(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(page).status_code == 200
    # each process rereads the epoch of all duties once a second
    return sum("access_accessepoch" not in one["sql"] for one in seen)


@pytest.mark.parametrize("name", ["doors", "visits", "seen"])
def test_a_list_costs_the_same_statements_for_one_row_and_for_three(world: World, name: str) -> None:
    client = enter(world.house.admin, hand(world, "wang.hua"))
    page = f"/areas/{world.grids[0].id}/{name}"
    for number in (1, 2, 3):
        home = world.family("王一", door=f"{number}-1-101")
        client.post(f"/households/{home.household}/visit", form(seen=[str(home.residents[0])]))
        if number == 1:
            client.get(page)
            one = _statements(client, page)
    assert _statements(client, page) == one
