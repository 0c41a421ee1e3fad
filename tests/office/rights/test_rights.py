import csv
from datetime import date, timedelta
from io import BytesIO, StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from tests.access.house import again
from tests.office.entering import enter, now_stamp
from tests.office.register.desk import desk
from tests.people.world import MAN_1949, World, fresh, new_flag, new_stay, person, settle
from wangge.access import commands as access
from wangge.access import tokens
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.office.rights import terms
from wangge.office.rights.sheets import harmless
from wangge.people import commands as people
from wangge.people.rules.wishes import Correction, HouseholdAdded, HouseholdCorrection, NewHousehold
from wangge.privacy.fields import registered_tables
from wangge.privacy.holdings import registered_holdings
from wangge.privacy.models import ListLook, Look
from wangge.privacy.rules import PERIODS, Klass, Retention
from wangge.surveys.commands import record_visits
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def known(world: World) -> HouseholdAdded:
    """Put a family in about whom everything is held that can be."""
    head = person("张三", id_number=MAN_1949, phones=("13800001234",), is_head=True)
    child = person("张小", birth_on=date(2015, 1, 1), relation="child", guardian=head.id)
    new = NewHousehold(id=uuid7(), area=world.door("3-2-501"), members=(head, child), note="有狗")
    family = world.add(new)
    host = world.family("李四", door="4-1-101")
    people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(head.id, note="返乡", basis="防指一号")])
    people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(head.id, host.household))
    people.correct_residents(
        stamp=fresh(), actor=world.clerk, corrections=[Correction(head.id, {"presence": "away", "name": "张山"})]
    )
    people.correct_household(
        stamp=fresh(), actor=world.clerk, correction=HouseholdCorrection(family.household, {"address": "三栋"})
    )
    twin = world.family("张叁", door="5-1-101")
    people.join_residents(stamp=fresh(), actor=world.clerk, kept=head.id, gone=twin.residents[0])
    seen = VisitSeen(
        id=uuid7(), household=family.household, state=DoorState.DONE, at=fresh().at, seen=(head.id,), remarks="都好"
    )
    record_visits(stamp=fresh(), actor=world.clerk, visits=[seen])
    return family


def test_the_printout_shows_all_that_is_held_in_words_and_the_look_itself(world: World) -> None:
    family = known(world)
    head = family.residents[0]
    clerk = desk(world)
    answer = clerk.get(reverse("what_is_held", args=[head]))
    page = answer.content.decode()
    assert answer.status_code == 200
    for value in (MAN_1949, "13800001234", "1949-01-01", "张山", "返乡", "防指一号", "有狗", "三栋", "都好", "away"):
        assert value in page, value
    for words in ("Person corrected", "Name, Presence", "met at the door", "Deleted when this response ends."):
        assert words in page, words
    assert "printed what is held" in page
    look = Look.objects.get(subject=head)
    assert (look.purpose, look.fields) == ("printout", "name,id_number,phones")
    for code in ("people.", "surveys.", "journal.", "persons_seen", "living_here", "None"):
        assert code not in page.partition("<main")[2], code


def test_only_who_may_see_whole_numbers_there_prints_them(world: World) -> None:
    head = known(world).residents[0]
    there = reverse("what_is_held", args=[head])
    assert desk(world, "volunteer", Role.VOLUNTEER).get(there).status_code == 403
    assert desk(world, "west", Role.CLERK, "west").get(there).status_code == 404
    assert Client().get(there).status_code == 302
    assert not Look.objects.exists()
    assert desk(world, "doctor", Role.DOCTOR).get(there).status_code == 200
    assert desk(world, "two", Role.CLERK).get(reverse("what_is_held", args=[uuid7()])).status_code == 404


def test_somebody_who_has_gone_may_still_ask(world: World) -> None:
    from wangge.people.rules.wishes import Departure

    who = world.family("张三", "张小", door="3-2-501").residents[1]
    people.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(who, date(2020, 2, 1))])
    page = desk(world).get(reverse("what_is_held", args=[who])).content.decode()
    assert "moved out" in page


def test_every_table_field_class_purpose_and_period_about_residents_has_words() -> None:
    of_staff = {"access.Account", "access.Duty", "access.SecondFactor", "access.Approval", "journal.ActorNumber"}
    about_people = {one.model for one in registered_holdings()} - of_staff - {"privacy.Look"}
    assert about_people <= set(terms.TABLES)
    for table in registered_tables():
        if table.label in about_people:
            for name, field in table.personal.items():
                assert name in terms.COLUMNS, (table.label, name)
                assert field.klass in terms.CLASSES
                assert field.purpose in terms.PURPOSES
    assert {one.value for one in Klass} <= set(terms.CLASSES)
    for holding in registered_holdings():
        if holding.model in about_people:
            assert holding.retention in terms.KEPT or Retention(holding.retention) in PERIODS


def test_the_log_tells_who_looked_at_whom_and_is_narrowed_sorted_and_paged(world: World) -> None:
    family = known(world)
    clerk = desk(world)
    for _ in range(51):
        clerk.get(reverse("household", args=[family.household]))
    lead = desk(world, "lead", Role.COMMUNITY_LEAD)
    answer = lead.get(reverse("looks"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "clerk.one" in page
    assert "张山" in page
    assert "opened a page of the register" in page
    assert "page=2" in page
    assert "page=4" not in lead.get(reverse("looks") + "?page=99").content.decode()
    assert ListLook.objects.filter(what="looks").count() == 2
    today = now_stamp().day
    for query, there in (
        ("who=clerk", True),
        ("who=clerk.one 的", True),
        ("who=nobody", False),
        (f"day={today}", True),
        (f"day={today - timedelta(days=1)}", False),
        (f"subject={family.residents[0]}", True),
        (f"subject={uuid4()}", False),
        ("sort=who&dir=desc", True),
    ):
        page = lead.get(reverse("looks") + f"?{query}").content.decode()
        assert ("opened a page of the register" in page) == there, query
    for query in ("day=gestern", "subject=wer"):
        assert lead.get(reverse("looks") + f"?{query}").status_code == 404
    lists = lead.get(reverse("looks") + "?kind=lists").content.decode()
    assert "Log of who looked" in lists


def test_an_auditor_sees_masked_names_and_nobody_sees_looks_elsewhere(world: World) -> None:
    family = known(world)
    desk(world).get(reverse("household", args=[family.household]))
    auditor = desk(world, "auditor", Role.AUDITOR)
    page = auditor.get(reverse("looks")).content.decode()
    assert "张*" in page
    assert "张山" not in page
    west = desk(world, "west", Role.COMMUNITY_LEAD, "west")
    assert "Nobody has looked yet." in west.get(reverse("looks")).content.decode()
    assert west.get(reverse("looks") + f"?area={world.house.east.id}").status_code == 404
    assert desk(world, "two", Role.CLERK).get(reverse("looks")).status_code == 403
    admin = enter(world.house.admin, again(world.house.admin))
    assert "张山" in admin.get(reverse("looks")).content.decode()


def test_the_log_is_taken_along_as_csv_that_no_program_runs(world: World) -> None:
    family = known(world)
    clerk = desk(world)
    there = reverse("household_numbers", args=[family.household])
    clerk.post(there, {"key": str(uuid4()), "purpose": "other", "words": "=1+1"})
    lead = desk(world, "lead", Role.COMMUNITY_LEAD)
    answer = lead.get(reverse("looks_csv"))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert "attachment" in answer["Content-Disposition"]
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert rows[0] == ["When", "Login", "Who", "About whom", "What was shown", "What for", "How"]
    assert {row[5] for row in rows[1:]} == {"whole numbers: =1+1"}
    assert len(rows) == 4
    assert [harmless(cell) for cell in ("=1+1", "+86", "-1", "@a", "\tx", "3-2-501", "")] == [
        "'=1+1", "'+86", "'-1", "'@a", "'\tx", "3-2-501", "",
    ]  # fmt: skip


def send(client: Client, area: int, **form: Any) -> Any:
    return client.post(reverse("register_export", args=[area]), {"once": str(uuid4()), **form})


def test_the_register_is_handed_out_with_a_purpose_and_masked_unless_asked_for(world: World) -> None:
    family = known(world)
    clerk = desk(world)
    east = world.house.east.id
    page = clerk.get(reverse("register_export", args=[east])).content.decode()
    assert "3 people" in page
    assert "approval" not in page
    answer = send(clerk, east, file="csv", purpose="  ")
    assert answer.status_code == 422
    assert "Say what it is for." in answer.content.decode()
    assert not Look.objects.exists()
    answer = send(clerk, east, file="csv", purpose="给镇卫生院")
    rows = list(csv.reader(StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert rows[1] == ["3-2-501", "张山", "male", "1949-01-01", "****0015", "138****1234", "yes"]
    assert Look.objects.filter(purpose="export: 给镇卫生院").count() == 3
    answer = send(clerk, east, file="xlsx", purpose="给镇卫生院", unmasked="on")
    assert answer["Content-Disposition"].endswith('.xlsx"')
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    sheet = book.get_sheet_by_index(0).to_python()
    assert sheet[1][:6] == ["3-2-501", "张山", "male", "1949-01-01", MAN_1949, "13800001234"]
    about = {str(row[0]): row[1] for row in book.get_sheet_by_index(1).to_python()}
    assert (about["What for"], about["Numbers"]) == ("给镇卫生院", "whole")
    assert family.residents[0] in set(
        Look.objects.filter(fields__contains="id_number").values_list("subject", flat=True)
    )


def test_more_than_five_hundred_people_need_a_code_of_somebody_else(world: World) -> None:
    members = tuple(person(f"王{chr(0x4E00 + place)}") for place in range(500))
    world.add(NewHousehold(id=uuid7(), area=world.grids[0].id, members=members))
    world.family("张三", door="3-2-501")
    clerk = desk(world)
    lead = world.house.add("lead", Role.COMMUNITY_LEAD, world.house.east)
    east = world.house.east.id
    assert "approval" in clerk.get(reverse("register_export", args=[east])).content.decode()
    for approval, words in (("", "A second person must approve"), ("AAAA2222", "no such approval code")):
        answer = send(clerk, east, file="csv", purpose="给镇卫生院", approval=approval)
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    code = tokens.new_approval_code()
    access.give_approval(
        stamp=now_stamp(), actor=lead, digest=tokens.approval_digest(code), purpose="给镇卫生院", area=east
    )
    answer = send(clerk, east, file="csv", purpose="给镇卫生院", approval=code)
    assert answer.status_code == 200
    assert answer.content.decode().count("\r\n") == 502
    assert send(clerk, east, file="csv", purpose="给镇卫生院", approval=code).status_code == 422


def test_only_who_exports_there_gets_the_page_and_an_empty_area_says_what_to_do(world: World) -> None:
    there = reverse("register_export", args=[world.house.east.id])
    assert desk(world, "worker", Role.GRID_WORKER).get(there).status_code == 403
    assert desk(world, "west", Role.CLERK, "west").get(there).status_code == 404
    assert Client().get(there).status_code == 302
    page = desk(world).get(there).content.decode()
    assert "Nobody is registered in 东社区 yet" in page
