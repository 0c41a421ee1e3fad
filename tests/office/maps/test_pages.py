"""The map on the desk: looking, uploading, drawing, points; everything works without a script."""

import re
from datetime import timedelta
from typing import cast

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from tests.access.house import again
from tests.office.entering import enter, now_stamp
from tests.people.world import World, settle
from tests.places.drawn import collection, feature, png, square
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.places import queries as places
from wangge.places.models import AreaShape, MapPoint
from wangge.surveys.commands import start_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = settle()
    for number in range(1, 4):
        made.family("王一", "王二", door=f"{number}-1-101")
    return made


@pytest.fixture
def desk(world: World) -> Client:
    return enter(world.house.admin, again(world.house.add("he.min", Role.COMMUNITY_LEAD, world.house.east)))


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def send(client: Client, address: str, **given: object) -> HttpResponse:
    return cast(HttpResponse, client.post(address, {"once": str(uuid7()), **given}))


def file(*features: object) -> SimpleUploadedFile:
    return SimpleUploadedFile("边界.geojson", collection(*features))


def test_without_outlines_the_map_is_tiles_and_every_number_opens_its_list(world: World, desk: Client) -> None:
    east = world.house.east
    shown = page(desk, f"/areas/{east.id}/map")
    assert 'class="tile m' in shown
    assert '<svg class="map-drawing' not in shown
    links = {link.replace("&amp;", "&") for link in re.findall(r'class="figure" href="([^"]+)"', shown)}
    assert links
    for link in links:
        assert desk.get(link).status_code == 200, link
    assert desk.get(f"/areas/{world.west.id}/map").status_code == 404
    assert desk.get(f"/areas/{east.id}/map?on=2999-01-01").status_code == 404
    assert desk.get(f"/areas/{east.id}/map?sheet={uuid7()}").status_code == 404


def test_an_auditor_sees_the_map_without_lists_and_changes_nothing(world: World) -> None:
    auditor = enter(world.house.admin, again(world.house.add("ma.yuan", Role.AUDITOR, world.house.east)))
    shown = page(auditor, f"/areas/{world.house.east.id}/map?by=building&count=residents")
    assert 'class="figure"' not in shown
    assert "/map/draw" not in shown
    assert auditor.get(f"/areas/{world.grids[0].id}/map/draw").status_code == 403


def test_a_file_is_looked_at_asked_about_and_drawn(world: World, desk: Client) -> None:
    east, (first, second) = world.house.east, world.grids
    there = f"/areas/{east.id}/map/shapes"
    assert send(desk, there, file=SimpleUploadedFile("a.json", b"no")).status_code == 422
    features = (
        feature([square(109, 24)], name=first.name), feature([square(109, 25)], name="河滩"),
        feature([0, 0], "Point", name="井"),
    )  # fmt: skip
    assert send(desk, there, file=file(*features)).status_code == 303
    shown = page(desk, there)
    assert ("河滩" in shown, "井" in shown) == (True, True)
    staged = places.staged_of(east.id)
    assert staged is not None
    wrong = send(desk, there + "/place", file=staged.uid, to2="nowhere")
    assert wrong.status_code == 422
    assert 'value="nowhere"' in wrong.content.decode()
    assert not AreaShape.objects.exists()
    assert send(desk, there + "/place", file=uuid7(), to2=second.name).status_code == 303
    assert not AreaShape.objects.exists()
    assert send(desk, there + "/place", file=staged.uid, to2=f"{second.name} {second.code}").status_code == 303
    assert places.staged_of(east.id) is None
    drawn = page(desk, f"/areas/{east.id}/map")
    assert drawn.count('class="patch p') == 2
    assert f'href="/areas/{first.id}/map?count=doors_open" tabindex="-1"' in drawn


def test_what_is_left_out_or_left_open_waits(world: World, desk: Client) -> None:
    east, (first, second) = world.house.east, world.grids
    there = f"/areas/{east.id}/map/shapes"
    features = (feature([square(109, 24)], name=first.name), feature([square(109, 25)], code=second.code))
    send(desk, there, file=file(*features))
    staged = places.staged_of(east.id)
    assert staged is not None
    answer = send(desk, there + "/place", file=staged.uid, leave="1")
    assert answer.headers["Location"] == there
    waiting = places.staged_of(east.id)
    assert waiting is not None
    assert [one.number for one in waiting.features] == [1]
    assert send(desk, there + "/discard").status_code == 303
    assert places.staged_of(east.id) is None
    assert send(desk, there + "/discard").status_code == 303


def test_a_plan_is_shown_to_who_sees_its_area_and_to_nobody_else(world: World, desk: Client) -> None:
    east = world.house.east
    there = f"/areas/{east.id}/map/plan"
    assert send(desk, there).status_code == 422
    assert send(desk, there, file=SimpleUploadedFile("a.png", b"GIF89a")).status_code == 422
    assert send(desk, there, file=SimpleUploadedFile("a.png", png(400, 300))).status_code == 303
    answer = desk.get(f"/areas/{east.id}/map/picture")
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert answer["Cache-Control"] == "no-store, private"
    assert answer.content == png(400, 300)
    leader = enter(world.house.admin, again(world.house.add("li.si", Role.TEAM_LEADER, world.grids[0])))
    assert leader.get(f"/areas/{east.id}/map/picture").status_code == 404
    assert "/map/picture" not in page(leader, f"/areas/{world.grids[0].id}/map")
    assert "/map/picture" in page(desk, f"/areas/{world.grids[0].id}/map")
    assert send(desk, there + "/remove?sheet=other").status_code == 303
    assert places.plan_of(east.id) is not None
    sheet = places.plan_of(east.id)
    assert sheet is not None
    assert send(desk, f"{there}/remove?sheet={sheet.uid}").status_code == 303
    assert desk.get(f"/areas/{east.id}/map/picture").status_code == 404


def test_an_outline_is_typed_kept_when_it_is_wrong_and_leads_to_the_next(world: World, desk: Client) -> None:
    east, (first, second) = world.house.east, world.grids
    send(desk, f"/areas/{east.id}/map/plan", blank="1")
    there = f"/areas/{first.id}/map/draw"
    wrong = send(desk, there, corners="100, 100\nhere")
    assert wrong.status_code == 422
    assert "Line 2" in wrong.content.decode()
    assert "here</textarea>" in wrong.content.decode()
    answer = send(desk, there, corners="100, 100\n400, 100\n400, 300", next="1")
    assert answer.headers["Location"].startswith(f"/areas/{second.id}/map/draw?sheet=")
    shown = page(desk, there)
    assert "100, 100\n400, 100\n400, 300</textarea>" in shown
    assert 'class="map-own"' in shown
    assert page(desk, f"/areas/{east.id}/map").count('class="patch p') == 1
    assert send(desk, there + "/remove").status_code == 303
    assert not AreaShape.objects.exists()


def test_a_point_is_placed_by_typed_numbers_changed_and_taken_off(world: World, desk: Client) -> None:
    east = world.house.east
    there = f"/areas/{east.id}/map/points/add"
    given = {"kind": "gate", "name": "东门", "note": "7:00-22:00", "x": "109.41", "y": "24.31"}
    assert send(desk, there, **(given | {"y": "124"})).status_code == 422
    key = str(uuid7())
    for _ in range(2):
        assert send(desk, there, **given, once=key).status_code == 303
    point = MapPoint.objects.get()
    assert (point.x, point.y, point.plan) == (109.41, 24.31, None)
    one = f"/map-points/{point.uid}"
    assert "东门" in page(desk, one)
    assert send(desk, one, **(given | {"name": "西门", "kind": "closed_road"})).status_code == 303
    assert "西门" in page(desk, f"/areas/{east.id}/map")
    other = enter(world.house.admin, again(world.house.add("west", Role.COMMUNITY_LEAD, world.west)))
    assert other.get(one).status_code == 404
    assert send(desk, one + "/remove").status_code == 303
    assert desk.get(one).status_code == 404


def test_a_round_that_is_on_colours_the_map_and_each_of_its_numbers_opens_its_doors(world: World, desk: Client) -> None:
    east, today = world.house.east, now_stamp().day
    start_round(
        stamp=now_stamp(), actor=world.house.admin, area=east.id, name="第一轮", purpose="逐户排查",
        basis="防指〔2020〕1号", from_on=today, until_on=today + timedelta(days=2),
    )  # fmt: skip
    shown = page(desk, f"/areas/{east.id}/map")
    assert "第一轮" in shown
    links = [link.replace("&amp;", "&") for link in re.findall(r'class="figure" href="([^"]+)"', shown)]
    assert any(link.startswith("/sweeps/") and "state=open" in link for link in links)
    for link in links:
        assert desk.get(link).status_code == 200, link


def test_the_map_holds_no_script_of_its_own_and_asks_nobody_else(world: World, desk: Client) -> None:
    send(desk, f"/areas/{world.house.east.id}/map/plan", blank="1")
    shown = page(desk, f"/areas/{world.house.east.id}/map")
    assert not re.search(r"<script(?![^>]*\bsrc=)", shown)
    assert " style=" not in shown
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', shown)
