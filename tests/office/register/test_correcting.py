"""Correcting a resident, also when two clerks do it at once."""

from datetime import date
from uuid import UUID

import pytest

from tests.office.register.desk import correction_form, desk, hidden
from tests.people.world import MAN_1949, WOMAN_1977, World, holds, person, settle
from wangge.kernel.ids import uuid7
from wangge.people.commands.writing import number_of, phones_of
from wangge.people.models import Household, Resident
from wangge.people.rules.wishes import NewHousehold

pytestmark = pytest.mark.django_db
PHONES = ("13800001234", "13900005678")


@pytest.fixture
def world() -> World:
    return settle()


@pytest.fixture
def resident(world: World) -> UUID:
    member = person("王小明", id_number=MAN_1949, phones=PHONES, is_head=True, relation="head")
    return world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(member,))).residents[0]


def test_what_is_not_touched_stays_although_it_is_masked(world: World, resident: UUID) -> None:
    client = desk(world)
    page = f"/residents/{resident}/correct"
    html = client.get(page).content.decode()
    assert MAN_1949 not in html
    assert PHONES[0] not in html
    answer = client.post(page, correction_form(html, name="王晓明"))
    assert answer.status_code == 303
    row = Resident.objects.get(id=resident)
    assert (row.name, number_of(row), phones_of([row])[row.id]) == ("王晓明", MAN_1949, PHONES)
    holds()


def test_telephones_are_added_and_taken_away_by_their_lines(world: World, resident: UUID) -> None:
    client = desk(world)
    page = f"/residents/{resident}/correct"
    html = client.get(page).content.decode()
    assert client.post(page, correction_form(html, phones="139****5678\r\n0719-8765432")).status_code == 303
    row = Resident.objects.get(id=resident)
    assert phones_of([row])[row.id] == ("13900005678", "0719-8765432")
    html = client.get(page).content.decode()
    unreadable = client.post(page, correction_form(html, phones="12"))
    assert unreadable.status_code == 422
    assert 'id="c-phones-say"' in unreadable.content.decode()


def test_nothing_changed_writes_nothing(world: World, resident: UUID) -> None:
    client = desk(world)
    page = f"/residents/{resident}/correct"
    html = client.get(page).content.decode()
    assert client.post(page, correction_form(html)).status_code == 303
    assert Resident.objects.get(id=resident).clocks == {}


def test_two_clerks_who_change_one_name_get_both_values(world: World, resident: UUID) -> None:
    one, two = desk(world, "clerk.one"), desk(world, "clerk.two")
    page = f"/residents/{resident}/correct"
    seen_by_one, seen_by_two = (client.get(page).content.decode() for client in (one, two))
    assert one.post(page, correction_form(seen_by_one, name="王晓明")).status_code == 303
    conflict = two.post(page, correction_form(seen_by_two, name="王小铭", presence="away"))
    html = conflict.content.decode()
    assert conflict.status_code == 422
    assert "王晓明" in html
    assert "王小铭" in html
    assert "clerk.one" in html
    row = Resident.objects.get(id=resident)
    assert (row.name, row.presence) == ("王晓明", "away")
    choice = {"key": hidden(html, "key"), "shown": hidden(html, "shown"), "mine-name": hidden(html, "mine-name")}
    assert two.post(page, choice | {"keep-name": "theirs"}).status_code == 303
    assert Resident.objects.get(id=resident).name == "王晓明"
    assert two.post(page, choice | {"keep-name": "mine", "key": "2"}).status_code == 303
    assert Resident.objects.get(id=resident).name == "王小铭"
    holds()


def test_clerks_who_change_different_fields_do_not_disturb_each_other(world: World, resident: UUID) -> None:
    one, two = desk(world, "clerk.one"), desk(world, "clerk.two")
    page = f"/residents/{resident}/correct"
    forms = [client.get(page).content.decode() for client in (one, two)]
    assert one.post(page, correction_form(forms[0], name="王晓明")).status_code == 303
    assert two.post(page, correction_form(forms[1], presence="away")).status_code == 303
    row = Resident.objects.get(id=resident)
    assert (row.name, row.presence) == ("王晓明", "away")


def test_a_conflict_about_a_number_keeps_it_masked_on_the_other_side(world: World, resident: UUID) -> None:
    one, two = desk(world, "clerk.one"), desk(world, "clerk.two")
    page = f"/residents/{resident}/correct"
    forms = [client.get(page).content.decode() for client in (one, two)]
    assert one.post(page, correction_form(forms[0], id_number=WOMAN_1977)).status_code == 303
    html = two.post(page, correction_form(forms[1], id_number="420300200001010012")).content.decode()
    assert WOMAN_1977 not in html
    assert "****0180" in html
    assert 'name="keep-id_number"' in html
    assert 'name="keep-id_kind"' not in html


def test_a_number_of_somebody_else_asks_to_be_confirmed(world: World, resident: UUID) -> None:
    other = world.family("李秀英", door="1-1-102").residents[0]
    client = desk(world)
    page = f"/residents/{other}/correct"
    html = client.get(page).content.decode()
    asked = client.post(page, correction_form(html, id_number=MAN_1949))
    assert asked.status_code == 422
    text = asked.content.decode()
    assert 'name="number_confirmed"' in text
    assert MAN_1949 in text
    form = correction_form(html, id_number=MAN_1949, number_confirmed="on", key="2")
    assert client.post(page, form).status_code == 303
    row = Resident.objects.get(id=other)
    assert (number_of(row), row.birth_on, row.sex) == (MAN_1949, date(1949, 1, 1), "M")


def test_a_child_gets_a_guardian_of_age_from_the_household(world: World) -> None:
    parent = person("王小明", birth_on=date(1980, 1, 1), is_head=True, relation="head")
    child = person("王小宝", birth_on=date(2015, 1, 1), relation="child")
    home = world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(parent, child)))
    client = desk(world)
    page = f"/residents/{home.residents[1]}/correct"
    html = client.get(page).content.decode()
    assert client.post(page, correction_form(html, guardian=str(home.residents[0]))).status_code == 303
    assert Resident.objects.get(id=home.residents[1]).guardian_id == home.residents[0]
    assert 'name="guardian"' not in client.get(f"/residents/{home.residents[0]}/correct").content.decode()


def test_a_note_is_corrected_and_a_long_one_refused(world: World, resident: UUID) -> None:
    home = Household.objects.get()
    client = desk(world)
    page = f"/households/{home.id}/correct"
    refused = client.post(page, {"note": "长" * 501, "address": "", "key": "1"})
    assert refused.status_code == 422
    assert "长" * 501 in refused.content.decode()
    assert client.post(page, {"note": "狗会叫", "address": "", "key": "2"}).status_code == 303
    home.refresh_from_db()
    assert home.note == "狗会叫"


def test_a_form_that_was_tampered_with_changes_nothing_it_should_not(world: World, resident: UUID) -> None:
    client = desk(world)
    page = f"/residents/{resident}/correct"
    for shown in ("", "[]", '{"values":1}', "x"):
        answer = client.post(page, {"shown": shown, "name": "", "key": shown + "k"})
        assert answer.status_code in (303, 422)
    assert Resident.objects.get(id=resident).name == "王小明"
