"""The page of a household: masked, whole for a reason, with what happened and who looked."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.office.register.desk import desk
from tests.people.world import MAN_1949, World, fresh, new_flag, new_stay, person, settle
from wangge.access.queries import forget_viewers
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.office import wording
from wangge.people.commands import begin_stay, end_flag, join_households, raise_flags
from wangge.people.models import PriorityFlag
from wangge.people.rules.wishes import HouseholdAdded, NewHousehold
from wangge.privacy.models import ListLook, Look
from wangge.surveys.commands import record_visits
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db
PHONE = "13800001234"


@pytest.fixture
def world() -> World:
    return settle()


@pytest.fixture
def home(world: World) -> HouseholdAdded:
    head = person("王小明", id_number=MAN_1949, phones=(PHONE,), is_head=True, relation="head")
    child = person("王小宝", relation="child")
    return world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(head, child), note="狗会叫"))


def test_a_household_elsewhere_looks_like_one_that_does_not_exist(world: World, home: HouseholdAdded) -> None:
    far = desk(world, "far.one", where="west")
    ends = ("", "/numbers", "/add", "/correct")
    for end in ends:
        assert far.get(f"/households/{home.household}{end}").status_code == 404
        assert far.get(f"/households/{uuid4()}{end}").status_code == 404
    assert far.get(f"/residents/{home.residents[0]}/correct").status_code == 404
    assert far.get(f"/residents/{home.residents[0]}/flags/add").status_code == 404
    assert far.post(f"/households/{home.household}/numbers", {"purpose": "call"}).status_code == 404
    assert not Look.objects.exists()
    clerk = desk(world)
    for end in ends:
        assert clerk.get(f"/households/{home.household}{end}").status_code == 200


def test_a_volunteer_is_turned_away(world: World, home: HouseholdAdded) -> None:
    client = desk(world, "vol.one", Role.VOLUNTEER)
    assert client.get(f"/households/{home.household}").status_code == 403
    assert client.post(f"/households/{home.household}/numbers", {"purpose": "call"}).status_code == 403


def test_numbers_are_masked_and_the_look_is_written(world: World, home: HouseholdAdded) -> None:
    html = desk(world).get(f"/households/{home.household}").content.decode()
    assert "王小明" in html
    assert "138****1234" in html
    assert "****0015" in html
    assert PHONE not in html
    assert MAN_1949 not in html
    assert "狗会叫" in html
    assert set(Look.objects.values_list("subject", "purpose")) == {
        (subject, "register") for subject in (home.household, *home.residents)
    }
    assert "id_number" not in Look.objects.first().fields  # type: ignore[union-attr]


def test_whole_numbers_need_a_reason_and_leave_a_row_for_each_person(world: World, home: HouseholdAdded) -> None:
    client = desk(world)
    page = f"/households/{home.household}/numbers"
    asked = client.get(page)
    assert asked.status_code == 200
    assert PHONE not in asked.content.decode()
    for form in ({}, {"purpose": "nonsense"}, {"purpose": "other", "words": " "}):
        refused = client.post(page, form)
        assert refused.status_code == 422
        assert PHONE not in refused.content.decode()
    assert not Look.objects.exists()
    shown = client.post(page, {"purpose": "other", "words": "送药"})
    html = shown.content.decode()
    assert shown.status_code == 200
    assert PHONE in html
    assert MAN_1949 in html
    assert 'data-hide-after="60"' in html
    assert "no-store" in shown["Cache-Control"]
    looks = Look.objects.filter(fields__contains="id_number")
    assert {(look.subject, look.purpose) for look in looks} == {
        (subject, "other: 送药") for subject in (home.household, *home.residents)
    }


def test_a_doctor_may_see_and_flag_but_not_write(world: World, home: HouseholdAdded) -> None:
    client = desk(world, "doc.one", Role.DOCTOR)
    html = client.get(f"/households/{home.household}").content.decode()
    assert f"/households/{home.household}/numbers" in html
    assert f"/residents/{home.residents[0]}/flags/add" in html
    assert f"/residents/{home.residents[0]}/correct" not in html
    assert client.get(f"/households/{home.household}/add").status_code == 403
    assert client.get(f"/residents/{home.residents[0]}/correct").status_code == 403


def test_who_looked_is_shown_to_those_who_answer_for_it(world: World, home: HouseholdAdded) -> None:
    clerk = desk(world)
    clerk.post(f"/households/{home.household}/numbers", {"purpose": "call"})
    page = f"/households/{home.household}"
    assert "Who looked" not in clerk.get(page).content.decode()
    lead = desk(world, "lead.one", Role.COMMUNITY_LEAD).get(page).content.decode()
    assert "Who looked" in lead
    assert "saw the numbers: to telephone" in lead
    assert "opened the page" in lead


def test_what_happened_is_told_in_words(world: World, home: HouseholdAdded) -> None:
    at = wording.now()
    flag = new_flag(home.residents[1])
    raise_flags(stamp=fresh(), actor=world.clerk, flags=[flag])
    end_flag(stamp=fresh(), actor=world.clerk, flag=flag.id)
    seen = VisitSeen(
        id=uuid7(), household=home.household, state=DoorState.DONE, at=at, seen=(home.residents[0],), remarks="送口罩"
    )
    record_visits(stamp=fresh(at=at, received_at=at), actor=world.house.admin, visits=[seen])
    html = desk(world).get(f"/households/{home.household}").content.decode()
    for words in ("Household added", "Flag raised", "Flag ended", "送口罩", "1 person seen", "王小宝, returnee"):
        assert words in html, words
    assert "No flag stands." in html


def test_a_flag_past_its_last_day_is_called_overdue(world: World, home: HouseholdAdded) -> None:
    raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(home.residents[0])])
    html = desk(world).get(f"/households/{home.household}").content.decode()
    assert "should have ended" in html
    today = wording.now().date()
    PriorityFlag.objects.update(until_on=today + timedelta(days=2))
    assert "should have ended" not in desk(world, "clerk.two").get(f"/households/{home.household}").content.decode()


def test_gaps_are_hints_and_never_errors(world: World, home: HouseholdAdded) -> None:
    html = desk(world).get(f"/households/{home.household}").content.decode()
    assert "Still missing for 王小宝" in html
    assert "no document number" in html
    assert "Still missing for 王小明" not in html


def test_guests_stand_on_both_pages(world: World, home: HouseholdAdded) -> None:
    host = world.family("李四", door="1-1-201")
    stay = new_stay(home.residents[1], host.household)
    begin_stay(stamp=fresh(), actor=world.clerk, stay=stay)
    client = desk(world)
    assert "sleeps here" in client.get(f"/households/{host.household}").content.decode()
    assert "sleeps at" in client.get(f"/households/{home.household}").content.decode()


def test_a_joined_household_leads_to_the_one_that_is_left(world: World, home: HouseholdAdded) -> None:
    twin = world.family("王小花", door="1-1-101")
    join_households(stamp=fresh(), actor=world.clerk, kept=home.household, gone=twin.household)
    answer = desk(world).get(f"/households/{twin.household}")
    assert (answer.status_code, answer["Location"]) == (303, f"/households/{home.household}")


def test_a_household_without_a_door_is_called_by_its_address(world: World) -> None:
    home = world.family("船家")
    html = desk(world).get(f"/households/{home.household}").content.decode()
    assert "<h1>村口船上</h1>" in html
    assert "no door" in html


def test_the_page_costs_the_same_for_one_member_and_for_three(world: World) -> None:
    client = desk(world)
    costs = []
    for number, door in ((1, "1-1-301"), (3, "1-1-302")):
        home = world.family(*"甲乙丙"[:number], door=door).household
        client.get(f"/households/{home}")
        forget_viewers()
        with CaptureQueriesContext(connection) as seen:
            client.get(f"/households/{home}")
        costs.append(len(seen))
    assert costs[0] == costs[1] <= 40
    assert not ListLook.objects.exists()
