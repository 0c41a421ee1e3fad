"""A family from one screen."""

from datetime import date

import pytest
from django.urls import reverse

from tests.office.register.desk import desk, family_form, hidden
from tests.people.world import MAN_1949, WOMAN_1977, World, holds, person, settle
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.people.models import Household, Phone, Resident
from wangge.people.rules.wishes import NewHousehold
from wangge.places.models import Area

pytestmark = pytest.mark.django_db
HEAD = {"name": "王小明", "number": MAN_1949, "phones": "138 0000 1234，0719-8765432", "relation": "head"}
WIFE = {"name": "李秀英", "number": WOMAN_1977, "relation": "spouse"}
CHILD = {"name": "王小宝", "birth": "2012/5/8", "sex": "M", "relation": "child"}


@pytest.fixture
def world() -> World:
    return settle()


def address(world: World) -> str:
    return reverse("household_add", args=[world.grids[0].id])


def test_who_may_not_write_here_gets_no_form(world: World) -> None:
    page = address(world)
    assert desk(world, "far.one", where="west").post(page, family_form(HEAD)).status_code == 404
    assert desk(world, "doc.one", Role.DOCTOR).post(page, family_form(HEAD)).status_code == 403
    assert desk(world, "vol.one", Role.VOLUNTEER).get(page).status_code == 403
    assert not Household.objects.exists()
    assert desk(world).get(page).status_code == 200


def test_a_family_of_five_is_registered_at_a_new_door(world: World) -> None:
    rows = [HEAD, WIFE, CHILD, {"name": "王老太", "relation": "parent"}, {}, {"name": "张三", "relation": "tenant"}]
    answer = desk(world).post(address(world), family_form(*rows, door="3栋2单元501", note="狗会叫"))
    home = Household.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, f"/households/{home.id}")
    assert home.dwelling is not None
    assert home.dwelling.door == "3-2-501"
    assert home.path.startswith(world.grids[0].path)
    assert home.note == "狗会叫"
    people = list(Resident.objects.filter(household=home).order_by("-is_head", "added_at", "id"))
    assert [one.name for one in people] == ["王小明", "李秀英", "王小宝", "王老太", "张三"]
    assert (people[1].birth_on, people[1].sex) == (date(1977, 1, 31), "F")
    assert people[2].birth_on == date(2012, 5, 8)
    assert Phone.objects.filter(resident=people[0]).count() == 2
    holds()


def test_the_same_form_sent_twice_is_one_family(world: World) -> None:
    client = desk(world)
    html = client.get(address(world)).content.decode()
    form = family_form(HEAD, WIFE, key=hidden(html, "key"), id=hidden(html, "id"))
    first, second = client.post(address(world), form), client.post(address(world), form | {"second": "on"})
    assert first.status_code == second.status_code == 303
    assert first["Location"] == second["Location"]
    assert Household.objects.count() == 1


def test_every_fault_stands_beside_its_field_and_everything_is_kept(world: World) -> None:
    client = desk(world)
    wrong = [
        {"name": "王小明、李秀英", "phones": "12"},
        {"name": "张三", "birth": "31.12.1999", "relation": "head"},
        {"name": "李四", "birth": "2999-01-01", "relation": "head"},
    ]
    answer = client.post(address(world), family_form(*wrong, door="somewhere", note="狗会叫"))
    html = answer.content.decode()
    assert answer.status_code == 422
    for field in ("m0-name", "m0-phones", "m1-birth", "m2-birth", "m2-relation"):
        if field != "m0-phones":  # the first fault of a row is told first
            assert f'id="{field}-say"' in html, field
    assert "This door cannot be read" in html
    for kept in ("王小明、李秀英", "31.12.1999", "somewhere", "狗会叫"):
        assert kept in html
    assert not Household.objects.exists()
    assert not Area.objects.filter(level="dwelling").exists()


def test_somebody_must_be_written_down_and_a_door_or_none(world: World) -> None:
    client = desk(world)
    empty = client.post(address(world), family_form({}, {}))
    assert empty.status_code == 422
    assert "at least one person" in empty.content.decode()
    doorless = client.post(address(world), family_form(HEAD, door=""))
    assert doorless.status_code == 422
    assert "tick that there is none" in doorless.content.decode()
    answer = client.post(address(world), family_form(HEAD, door="", no_door="on", address="渔船12号"))
    home = Household.objects.get()
    assert answer.status_code == 303
    assert (home.dwelling, home.address, home.path) == (None, "渔船12号", world.grids[0].path)


def test_a_number_that_somebody_has_asks_to_be_confirmed(world: World) -> None:
    member = person("王老大", id_number=MAN_1949)
    other = world.add(NewHousehold(id=uuid7(), area=world.door("9-1-101"), members=(member,)))
    client = desk(world)
    asked = client.post(address(world), family_form(WIFE, HEAD))
    html = asked.content.decode()
    assert asked.status_code == 422
    assert 'id="m1-number-say"' in html
    assert 'name="m1-confirmed"' in html
    assert f'href="/households/{other.household}"' in html
    assert Household.objects.count() == 1
    form = family_form(WIFE, HEAD, key="another key") | {"m1-confirmed": "on"}
    assert client.post(address(world), form).status_code == 303
    assert Household.objects.count() == 2
    holds()


def test_a_number_written_twice_in_one_family_is_asked_about(world: World) -> None:
    twin = {"name": "王大明", "number": MAN_1949}
    answer = desk(world).post(address(world), family_form(HEAD, twin))
    assert answer.status_code == 422
    assert 'name="m1-confirmed"' in answer.content.decode()


def test_a_door_where_somebody_lives_is_asked_about(world: World) -> None:
    first = world.family("张三", door="1-1-101")
    client = desk(world)
    asked = client.post(address(world), family_form(HEAD))
    assert asked.status_code == 422
    assert f'href="/households/{first.household}"' in asked.content.decode()
    assert client.post(address(world), family_form(HEAD, key="2", second="on")).status_code == 303
    assert Household.objects.filter(dwelling__door="1-1-101").count() == 2


def test_doubts_are_kept_and_said(world: World) -> None:
    client = desk(world)
    odd = {"name": "王小明", "number": MAN_1949[:-1] + "1"}
    answer = client.post(address(world), family_form(odd))
    assert answer.status_code == 303
    html = client.get(answer["Location"]).content.decode()
    assert "1 entries should be looked at" in html
    assert "document number doubtful" in html


def test_a_clerk_may_go_straight_on_to_the_next_family(world: World) -> None:
    answer = desk(world).post(address(world), family_form(HEAD, then="next"))
    assert answer["Location"] == address(world)


def test_an_area_that_is_too_high_is_refused(world: World) -> None:
    page = reverse("household_add", args=[world.house.town.id])
    lead = desk(world, "lead.one", Role.TOWN_LEAD, where="east")
    assert lead.get(page).status_code == 404
    world.house.add("top.one", Role.TOWN_LEAD, world.house.town)
    from tests.access.house import again
    from tests.office.entering import enter
    from wangge.access.queries import viewer_by_login

    top = viewer_by_login("top.one", on=date(2020, 2, 10))
    assert top is not None
    assert enter(world.house.admin, again(top)).get(page).status_code == 409


def test_a_new_member_joins_a_household(world: World) -> None:
    home = world.family("王小明", door="1-1-101")
    client = desk(world)
    page = f"/households/{home.household}/add"
    two_heads = client.post(page, family_form({"name": "李秀英", "relation": "head"}))
    assert two_heads.status_code == 422
    assert 'id="m0-relation-say"' in two_heads.content.decode()
    answer = client.post(page, family_form(WIFE, key="2"))
    assert (answer.status_code, answer["Location"]) == (303, f"/households/{home.household}")
    assert Resident.objects.filter(household=home.household).count() == 2
    holds()
