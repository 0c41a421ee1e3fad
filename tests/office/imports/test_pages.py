"""Importing on the desk: look first, bring in by the worker, answer, take back."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.access.house import again
from tests.office.entering import enter, now_stamp
from tests.people.world import World, holds, settle
from wangge.access.rules import Role
from wangge.flows.import_roster.finishing import finish_interrupted
from wangge.flows.import_roster.models import Import
from wangge.people.models import Household, Resident
from wangge.privacy.models import ListLook

pytestmark = pytest.mark.django_db
SHEET = Path(__file__).parents[2] / "data" / "rosters" / "village_174.csv"


@pytest.fixture
def world() -> World:
    return settle()


def clerk(world: World, where: str = "east", *, confirmed: bool = True) -> Client:
    area = world.house.east if where == "east" else world.west
    who = again(world.house.add(f"clerk.{where}", Role.CLERK, area))
    return enter(world.house.admin, who, confirmed=confirmed)


def upload(client: Client, world: World, content: bytes, name: str = "roster.csv") -> str:
    file = SimpleUploadedFile(name, content)
    answer = client.post(f"/areas/{world.grids[0].id}/imports/add", {"file": file})
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def test_a_real_sheet_is_looked_at_brought_in_and_taken_back(world: World) -> None:
    client = clerk(world)
    page = upload(client, world, SHEET.read_bytes(), "village_174.csv")
    shown = client.get(page).content.decode()
    assert "Bring 375 rows in" in shown
    assert not Resident.objects.exists()
    assert client.post(f"{page}/apply").status_code == 303
    assert 'hx-trigger="load delay:1s"' in client.get(page).content.decode()
    finish_interrupted(stamp=now_stamp())
    assert (Household.objects.count(), Resident.objects.count()) == (174, 375)
    assert "brought in" in client.get(page).content.decode()
    assert client.get(f"{page}/undo").status_code == 200
    assert Resident.objects.count() == 375
    assert client.post(f"{page}/undo").status_code == 303
    finish_interrupted(stamp=now_stamp())
    assert not Resident.objects.exists()
    holds()


def test_a_file_that_is_no_roster_says_so_and_leaves_nothing(world: World) -> None:
    client = clerk(world)
    add = f"/areas/{world.grids[0].id}/imports/add"
    for content, words in ((b"", "empty"), (b"a,b\n1,2\n", "headings"), (b"\x89PNG\r\n\x1a\n\x00\x00", "no table")):
        answer = client.post(add, {"file": SimpleUploadedFile("x.csv", content)})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert client.post(add, {}).status_code == 422
    assert not Import.objects.exists()


def test_a_township_takes_no_roster_and_another_community_sees_no_import(world: World) -> None:
    client, other = clerk(world), clerk(world, "west")
    page = upload(client, world, SHEET.read_bytes())
    for asked in (page, f"{page}/rows", f"{page}/report.xlsx", f"{page}/undo"):
        assert client.get(asked).status_code == 200
        assert other.get(asked).status_code == 404
    assert other.post(f"{page}/apply").status_code == 404
    assert other.get(f"/areas/{world.grids[0].id}/imports").status_code == 404
    admin = enter(world.house.admin, world.house.admin)
    file = SimpleUploadedFile("r.csv", SHEET.read_bytes())
    assert admin.post(f"/areas/{world.house.town.id}/imports/add", {"file": file}).status_code == 422


def test_without_the_second_factor_nothing_is_imported(world: World) -> None:
    client = clerk(world, confirmed=False)
    file = SimpleUploadedFile("r.csv", SHEET.read_bytes())
    answer = client.post(f"/areas/{world.grids[0].id}/imports/add", {"file": file})
    assert answer.status_code in (302, 303)
    assert not Import.objects.exists()


def test_a_double_click_brings_a_file_in_once(world: World) -> None:
    client = clerk(world)
    page = upload(client, world, SHEET.read_bytes())
    assert client.post(f"{page}/apply", {"once": "a"}).status_code == 303
    assert client.post(f"{page}/apply", {"once": "a"}).status_code == 303
    assert client.post(f"{page}/apply", {"once": "b"}).status_code == 409
    finish_interrupted(stamp=now_stamp())
    finish_interrupted(stamp=now_stamp())
    assert Resident.objects.count() == 375


def test_a_file_that_was_only_looked_at_is_thrown_away(world: World) -> None:
    client = clerk(world)
    page = upload(client, world, SHEET.read_bytes())
    assert client.post(f"{page}/discard").status_code == 303
    assert client.get(page).status_code == 404
    assert not Import.objects.exists()


def test_two_rows_that_may_be_one_person_are_asked_with_both_sides(world: World) -> None:
    client = clerk(world)
    text = "组,户号,姓名,与户主关系,身份证号\n1,1,王建国,户主,420300194901010015\n1,2,王健国,户主,420300194901010015\n"
    page = upload(client, world, text.encode())
    assert "1 question waits for you" in client.get(page).content.decode()
    client.post(f"{page}/apply")
    finish_interrupted(stamp=now_stamp())
    assert Resident.objects.count() == 1
    shown = client.get(f"{page}/asks").content.decode()
    assert "王建国" in shown
    assert "王健国" in shown
    assert "1 of 1 left" in shown
    assert "420300194901010015" not in shown
    assert ListLook.objects.filter(what="import_ask").exists()
    action = shown.split(f'action="{page}/asks/')[1].split('"')[0]
    assert client.post(f"{page}/asks/{action}", {"answer": "different"}).status_code == 303
    assert Resident.objects.count() == 2
    holds()


def test_the_rows_of_an_import_are_listed_by_what_became_of_them(world: World) -> None:
    client = clerk(world)
    page = upload(client, world, SHEET.read_bytes())
    rows = client.get(f"{page}/rows?outcome=created&page=2").content.decode()
    assert rows.count("data-row") == 50
    assert "No row of this kind" in client.get(f"{page}/rows?outcome=rejected").content.decode()
    assert client.get(f"{page}/report.xlsx").content[:2] == b"PK"


def test_imports_are_found_by_the_name_of_their_file_and_sorted(world: World) -> None:
    client = clerk(world)
    text = "姓名,住址,电话\n周民,1-1-101,16963934191\n"
    upload(client, world, text.encode(), "乙.csv")
    upload(client, world, f"{text}吴梅,1-1-102,16963934192\n".encode(), "甲.csv")
    address = f"/areas/{world.house.east.id}/imports"

    def files(asked: str) -> list[str]:
        shown = client.get(address, dict(part.split("=") for part in asked.split("&") if part))
        return [line.file_name for line, *_ in shown.context["imports"]]

    assert files("") == ["甲.csv", "乙.csv"]
    assert files("sort=rows&dir=asc") == ["乙.csv", "甲.csv"]
    assert files("q=乙") == ["乙.csv"]
    assert "No file has this in its name" in client.get(address, {"q": "丙"}).content.decode()
