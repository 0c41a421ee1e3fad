"""Lists on the desk: bring in, look, hand out, answer one by one, deal anew, give back, close."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.access.house import again
from tests.flows.handed_down_list.test_command import SHEET
from tests.office.entering import enter
from tests.people.world import MAN_1949, World, holds, person, settle
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.people.models import Resident
from wangge.people.rules.wishes import NewHousehold
from wangge.privacy.models import ListLook, Look
from wangge.surveys.models import HandedDownList, ListEntry, ListFinding

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    world = settle()
    man = person("王建国", id_number=MAN_1949, phones=("13800001234",), is_head=True, relation="head")
    world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(man,)))
    return world


def somebody(world: World, role: Role, where: str = "east", *, confirmed: bool = True) -> Client:
    area = {"east": world.house.east, "west": world.west, "grid": world.grids[0]}[where]
    who = again(world.house.add(f"{role}.{where}", role, area))
    return enter(world.house.admin, who, confirmed=confirmed)


def upload(client: Client, world: World, content: str = SHEET, **more: object) -> Any:
    given = {
        "file": SimpleUploadedFile("list.csv", content.encode()), "name": "第一批", "source": "县指挥部",
        "deadline": "2020-02-12T10:00", "risk_areas": "湖北", "period_days": "14", "as_of": "2020-02-10", **more,
    }  # fmt: skip
    return client.post(f"/areas/{world.house.east.id}/lists/add", given)


def handed_out(client: Client, world: World) -> str:
    page = upload(client, world).headers["Location"]
    assert client.post(f"{page}/open").status_code == 303
    return str(page)


def row(number: int) -> ListEntry:
    return ListEntry.objects.get(row=number)


def test_a_list_that_cannot_be_read_keeps_what_was_typed(world: World) -> None:
    client = somebody(world, Role.CLERK)
    answer = upload(client, world, "日期,地点\n1,2\n", source="市防指")
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "No sheet has the headings" in shown
    assert "市防指" in shown
    assert upload(client, world, deadline="soon").status_code == 422
    assert not HandedDownList.objects.exists()


def test_a_list_is_looked_at_before_anybody_is_asked(world: World) -> None:
    client = somebody(world, Role.CLERK)
    page = upload(client, world).headers["Location"]
    shown = client.get(page).content.decode()
    assert "Hand 3 rows out" in shown
    assert "基站位置" in shown
    worker = somebody(world, Role.GRID_WORKER, "grid")
    assert worker.get(f"/list-rows/{row(2).id}").status_code == 404
    assert "Nobody waits" in worker.get(f"/areas/{world.grids[0].id}/lists/work").content.decode()
    assert client.post(f"{page}/open").status_code == 303
    assert worker.get(f"/list-rows/{row(2).id}").status_code == 200
    assert "1 row is overdue" not in client.get(page).content.decode()
    assert "3 rows are overdue" in client.get(page).content.decode()
    holds()


def test_without_the_second_factor_no_list_comes_in(world: World) -> None:
    client = somebody(world, Role.CLERK, confirmed=False)
    assert upload(client, world).status_code in (302, 303)
    assert not HandedDownList.objects.exists()


def test_a_worker_answers_by_one_tap_and_goes_on_with_the_next(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = handed_out(lead, world)
    worker = somebody(world, Role.GRID_WORKER, "grid")
    first = f"/list-rows/{row(2).id}"
    shown = worker.get(first).content.decode()
    assert "True, registered already" in shown
    assert MAN_1949 not in shown
    assert "13800001234" not in shown
    assert worker.post(first, {"outcome": "gone"}).status_code == 422
    answer = worker.post(first, {"outcome": "already_surveyed", "note": "电话核实", "finding": str(uuid7())})
    assert answer.status_code == 303
    assert row(2).outcome == "already_surveyed"
    assert ListFinding.objects.get().note == "电话核实"
    assert "1<small>of 3 answered" in lead.get(page).content.decode()
    holds()


def test_whoever_was_asked_today_is_not_asked_again_unawares_when_a_second_list_comes(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    handed_out(lead, world)
    lead.post(f"/list-rows/{row(2).id}", {"outcome": "already_surveyed"})
    second = upload(lead, world, SHEET + "\n", name="第二批").headers["Location"]
    lead.post(f"{second}/open")
    again_ = ListEntry.objects.get(list__name="第二批", row=2)
    shown = lead.get(f"/list-rows/{again_.id}").content.decode()
    assert "Asked today already" in shown
    assert "The same person on other lists" in shown


def test_the_telephone_is_shown_only_when_asked_for_and_the_look_is_written_down(world: World) -> None:
    handed_out(somebody(world, Role.COMMUNITY_LEAD), world)
    worker = somebody(world, Role.GRID_WORKER, "grid")
    shown = worker.post(f"/list-rows/{row(2).id}/numbers").content.decode()
    assert 'href="tel:13800001234"' in shown
    look = Look.objects.filter(purpose="call").get()
    assert "phones" in look.fields
    assert look.subject == Resident.objects.get().id


def test_another_community_sees_nothing_of_a_list(world: World) -> None:
    page = handed_out(somebody(world, Role.COMMUNITY_LEAD), world)
    other = somebody(world, Role.COMMUNITY_LEAD, "west")
    for asked in (page, f"{page}/export", f"{page}/close", f"/list-rows/{row(2).id}"):
        assert other.get(asked).status_code == 404
    assert other.post(f"/list-rows/{row(2).id}", {"outcome": "not_resident"}).status_code == 404
    assert other.post(f"/list-rows/{row(2).id}/numbers").status_code == 404
    assert not ListFinding.objects.exists()


def test_somebody_newly_found_is_registered_from_a_filled_form_and_not_before(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    handed_out(lead, world)
    answer = lead.post(f"/list-rows/{row(3).id}", {"outcome": "newly_found"})
    assert answer.headers["Location"] == f"/list-rows/{row(3).id}"
    assert Resident.objects.count() == 1
    shown = lead.get(answer.headers["Location"]).content.decode()
    add = shown.split('class="btn primary" href="')[1].split('"')[0]
    form = lead.get(add).content.decode()
    assert 'value="李梅"' in form
    assert 'value="2-1-101"' in form
    strange = somebody(world, Role.COMMUNITY_LEAD, "west")
    assert "李梅" not in strange.get(f"/areas/{world.west.id}/households/add?entry={row(3).id}").content.decode()


def test_rows_are_given_to_another_grid(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = handed_out(lead, world)
    assert lead.get(f"{page}/deal").status_code == 422
    asked = lead.get(f"{page}/deal?row={row(3).id}&row={row(4).id}").content.decode()
    assert "2 rows are ticked" in asked
    given = {"row": [str(row(3).id), str(row(4).id)], "to": str(world.grids[1].id)}
    assert lead.post(f"{page}/deal", {"row": given["row"]}).status_code == 422
    assert lead.post(f"{page}/deal", {**given, "to": str(world.west.id)}).status_code == 404
    assert lead.post(f"{page}/deal", given).status_code == 303
    assert row(3).grid_path == world.grids[1].path
    holds()


def test_a_list_goes_back_as_the_same_sheet_and_everybody_in_it_may_know(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = handed_out(lead, world)
    assert lead.post(f"{page}/export", {}).status_code == 422
    answer = lead.post(f"{page}/export", {"purpose": "反馈县指挥部"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert sheet["A2"].value == "王建国"
    assert sheet["I1"].value == "Result of the check"
    assert Look.objects.filter(purpose__startswith="export: ").count() == 3
    assert somebody(world, Role.TEAM_LEADER).get(f"{page}/export").status_code == 403


def test_a_list_is_closed_after_a_question_and_opened_again(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = handed_out(lead, world)
    assert "3 of 3 rows have no answer" in lead.get(f"{page}/close").content.decode()
    assert HandedDownList.objects.get().state == "open"
    assert lead.post(f"{page}/close").status_code == 303
    assert lead.post(f"{page}/close").status_code == 422
    assert lead.post(f"{page}/reopen").status_code == 303
    assert lead.post(f"{page}/withdraw").status_code == 303
    assert ListEntry.objects.filter(sealed__isnull=False).count() == 0
    assert "has been erased" in lead.get(page).content.decode()
    holds()


def test_lists_are_searched_narrowed_and_sorted(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    here = f"/areas/{world.house.east.id}/lists"
    assert "No list has come" in lead.get(here).content.decode()
    handed_out(lead, world)
    asked = {"": True, "?q=一批": True, "?q=县指": True, "?q=nothing": False, "?state=overdue": True,
             "?state=closed": False, "?sort=left&dir=desc": True}  # fmt: skip
    for query, found in asked.items():
        assert ("第一批" in lead.get(here + query).content.decode()) is found, query


def test_a_person_s_page_tells_list_roles_who_asked_and_others_only_that_somebody_did_today(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    handed_out(lead, world)
    home = f"/households/{Resident.objects.get().household_id}"
    worker, doctor = somebody(world, Role.GRID_WORKER, "grid"), somebody(world, Role.DOCTOR)
    assert "Asked today" not in worker.get(home).content.decode()
    worker.post(f"/list-rows/{row(2).id}", {"outcome": "already_surveyed"})
    for reader in (lead, doctor):
        shown = reader.get(home).content.decode()
        assert "第一批" in shown
        assert "县指挥部" in shown
    shown = worker.get(home).content.decode()
    assert "Asked today" in shown
    assert "第一批" not in shown


def test_looking_at_a_list_leaves_a_line(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = handed_out(lead, world)
    lead.get(page)
    assert ListLook.objects.get(what="list_rows").count == 3
