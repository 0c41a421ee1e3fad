import re
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import reverse

from tests.office.register.desk import desk
from tests.people.world import MAN_1949, TODAY, World, fresh, holds, home, new_flag, new_stay, person, resident, settle
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.models import Household, Joining, Resident, Stay
from wangge.people.rules.wishes import NewHousehold
from wangge.privacy.models import Look

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


@pytest.fixture
def clerk(world: World) -> Client:
    return desk(world)


def send(client: Client, view: str, which: object, status: int = 303, query: str = "", **form: Any) -> str:
    """Send a filled-in question and return the page, or where it leads."""
    answer = client.post(reverse(view, args=[which]) + query, {"once": str(uuid4()), **form})
    assert answer.status_code == status, re.findall(
        r'class="fault"[^<]*<.*?</p>|role="alert".*?</div>', answer.content.decode()
    )
    return answer["Location"] if status == 303 else answer.content.decode()


def shown(client: Client, name: str, id_: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=[id_]) + query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_a_household_moves_to_a_door_that_is_made_and_its_page_says_so(world: World, clerk: Client) -> None:
    family = world.family("张三", "张小", door="3-2-501")
    page = shown(clerk, "household_move", family.household)
    assert "2 people move." in page
    assert "第2网格" in page
    assert Look.objects.filter(subject__in=family.residents).count() == 2
    patch = str(world.grids[1].id)
    page = send(clerk, "household_move", family.household, 422, patch=patch, door="五楼那家")
    assert "五楼那家" in page
    assert "cannot be read" in page
    page = send(clerk, "household_move", family.household, 422, patch=str(world.grids[0].id), door="3-2-501")
    assert "They live there already." in page
    page = send(clerk, "household_move", family.household, 422, patch=str(world.west.id), door="3-2-501")
    assert home(family.household).grid_path == world.grids[0].path
    there = send(clerk, "household_move", family.household, patch=patch, door="9栋1单元101")
    assert there == f"/households/{family.household}"
    assert "The household has moved." in clerk.get(there).content.decode()
    row = Household.objects.select_related("dwelling").get(id=family.household)
    assert (row.grid_path, row.dwelling.door if row.dwelling else "") == (world.grids[1].path, "9-1-101")
    send(clerk, "household_move", family.household, patch=patch, door="", address="码头的船")
    assert (home(family.household).dwelling_id, home(family.household).address) == (None, "码头的船")
    holds()


def test_members_move_to_a_household_that_was_searched_and_chosen(world: World, clerk: Client) -> None:
    family, other = world.family("张三", "张小", door="3-2-501"), world.family("李四", door="4-1-101")
    young = family.residents[1]
    form: dict[str, Any] = {f"goes-{young}": "on", f"relation-{young}": "grandchild"}
    page = send(clerk, "residents_move", family.household, 200, find="1", q="李四", **form)
    assert f'value="{other.household}"' in page
    assert f'name="goes-{young}" checked' in page
    assert 'value="grandchild" selected' in page
    page = send(clerk, "residents_move", family.household, 422, q="李四", **form)
    assert "Search for the household and choose it." in page
    page = send(clerk, "residents_move", family.household, 422, q="李四", to=str(other.household))
    assert "Tick who goes." in page
    two_heads: dict[str, Any] = {
        f"goes-{young}": "on",
        f"relation-{young}": "head",
        "to": str(other.household),
        "q": "李四",
    }
    assert "one head" in send(clerk, "residents_move", family.household, 422, **two_heads)
    page = send(clerk, "residents_move", family.household, 422, to=str(uuid7()), q="", **form)
    assert "no such household" in page
    there = send(clerk, "residents_move", family.household, to=str(other.household), q="李四", **form)
    assert there == f"/households/{other.household}"
    row = resident(young)
    assert (row.household_id, row.relation) == (other.household, "grandchild")
    holds()


def test_a_search_that_finds_nothing_says_what_to_try(world: World, clerk: Client) -> None:
    family = world.family("张三", door="3-2-501")
    page = send(clerk, "residents_move", family.household, 200, find="1", q="没有这人")
    assert "Nothing found." in page


def test_a_household_is_split_at_its_door_or_to_another(world: World, clerk: Client) -> None:
    family = world.family("张三", "张小", "张大", door="3-2-501")
    _, young, old = family.residents
    assert "Tick who goes." in send(clerk, "household_split", family.household, 422, where="same")
    everybody: dict[str, Any] = {f"goes-{one}": "on" for one in family.residents}
    assert "leave at least one" in send(clerk, "household_split", family.household, 422, where="same", **everybody)
    new = str(uuid7())
    form: dict[str, Any] = {"id": new, "where": "same", f"goes-{young}": "on", f"relation-{young}": "head"}
    there = send(clerk, "household_split", family.household, **form)
    assert there == f"/households/{new}"
    assert home(UUID(new)).dwelling_id == home(family.household).dwelling_id
    assert resident(young).is_head
    form = {"where": "other", "patch": str(world.grids[1].id), "door": "13-0-1506", f"goes-{old}": "on"}
    send(clerk, "household_split", family.household, **form)
    assert resident(old).household.grid_path == world.grids[1].path
    holds()


def test_two_households_are_found_set_side_by_side_joined_and_parted(world: World, clerk: Client) -> None:
    first, second = world.family("张三", door="3-2-501"), world.family("张叁", "张小", door="4-1-101")
    page = send(clerk, "household_join", first.household, 200, q="张叁")
    query = f"?with={second.household}"
    assert query in page
    page = shown(clerk, "household_join", first.household, query)
    assert "张叁" in page
    assert "张三" in page
    assert "checked" not in page
    assert "Choose which of the two stays." in send(clerk, "household_join", first.household, 422, query)
    there = send(clerk, "household_join", first.household, query=query, keep="second")
    assert there == f"/households/{second.household}"
    assert home(first.household).merged_into_id == second.household
    holds()
    joining = Joining.objects.get()
    assert "Part the two households again?" in shown(clerk, "joining_undo", joining.id)
    send(clerk, "joining_undo", joining.id)
    assert home(first.household).state == "open"
    assert "undone already" in send(clerk, "joining_undo", joining.id, 422)
    holds()


def test_a_joining_that_was_followed_by_another_change_stands_and_says_why(world: World, clerk: Client) -> None:
    first, second = world.family("张三", door="3-2-501"), world.family("张叁", door="4-1-101")
    send(clerk, "household_join", first.household, query=f"?with={second.household}", keep="first")
    people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(second.residents[0])])
    people.move_household(stamp=fresh(), actor=world.clerk, household=first.household, area=world.door("8-1-101"))
    page = send(clerk, "joining_undo", Joining.objects.get().id, 422)
    assert "Something was changed since" in page
    holds()


def test_two_rows_of_a_person_are_joined_with_the_values_that_somebody_chose(world: World, clerk: Client) -> None:
    first = world.family("张三", "张小", door="3-2-501")
    twin = person("张叁", id_number=MAN_1949, phones=("13800001234",), sex="M")
    world.add(NewHousehold(id=uuid7(), area=world.door("4-1-101"), members=(twin,)))
    who = first.residents[0]
    page = send(clerk, "residents_join", who, 200, q="4-1-101")
    query = f"?with={twin.id}"
    assert query in page
    page = shown(clerk, "residents_join", who, query)
    assert MAN_1949 not in page
    assert "****0015" in page
    assert re.search(r'name="take-id_number" value="second" checked', page)
    assert re.search(r'name="take-name" value="first" checked', page)
    form: dict[str, Any] = {"take-name": "second", "take-id_number": "second", "take-sex": "first"}
    page = send(clerk, "residents_join", who, 422, query, **form)
    assert re.search(r'name="take-name" value="second" checked', page)
    send(clerk, "residents_join", who, query=query, keep="first", **form)
    row = resident(who)
    assert (row.name, row.id_last4 is not None, row.sex) == ("张叁", True, "")
    assert resident(twin.id).merged_into_id == who
    holds()
    page = shown(clerk, "joining_undo", Joining.objects.get().id)
    assert "Part the two rows of 张叁 again?" in page
    send(clerk, "joining_undo", Joining.objects.get().id)
    assert resident(who).name == "张三"
    holds()


def test_a_person_is_not_set_beside_themselves_nor_beside_somebody_elsewhere(world: World, clerk: Client) -> None:
    first = world.family("张三", door="3-2-501")
    abroad = NewHousehold(id=uuid7(), area=world.west.id, members=(person("张三"),))
    people.add_households(stamp=fresh(), actor=world.house.admin, households=[abroad])
    there = reverse("residents_join", args=[first.residents[0]])
    for other in (first.residents[0], abroad.members[0].id, "nobody"):
        assert clerk.get(f"{there}?with={other}").status_code == 404
    there = reverse("household_join", args=[first.household])
    for other in (abroad.id, uuid7(), "none"):
        assert clerk.get(f"{there}?with={other}").status_code == 404


def test_somebody_moves_out_or_dies_on_a_day_and_can_be_counted_again(world: World, clerk: Client) -> None:
    family = world.family("张三", "张小", door="3-2-501")
    head, young = family.residents
    people.raise_flags(stamp=fresh(), actor=world.clerk, flags=[new_flag(young)])
    page = shown(clerk, "resident_leave", young)
    assert "1 flag ends." in page
    page = send(clerk, "resident_leave", young, 422, on="2020-02-09")
    assert "Choose what happened." in page
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert "future" in send(clerk, "resident_leave", young, 422, what="moved_out", on=tomorrow)
    assert "Write the day as" in send(clerk, "resident_leave", young, 422, what="moved_out", on="gestern")
    send(clerk, "resident_leave", young, what="moved_out", on="2020-02-09")
    assert (resident(young).state, resident(young).state_on) == ("moved_out", date(2020, 2, 9))
    assert "Nobody is left then" in shown(clerk, "resident_leave", head)
    send(clerk, "resident_leave", head, what="died", on="2020-02-09")
    assert (resident(head).state, home(family.household).state) == ("died", "closed")
    assert clerk.get(reverse("resident_leave", args=[head])).status_code == 404
    holds()
    assert "Count 张小 again?" in shown(clerk, "resident_reinstate", young)
    send(clerk, "resident_reinstate", young)
    assert (resident(young).state, home(family.household).state) == ("living", "open")
    assert clerk.get(reverse("resident_reinstate", args=[young])).status_code == 404
    holds()


def test_a_newborn_is_registered_once_with_a_guardian(world: World, clerk: Client) -> None:
    family = world.family("张三", door="3-2-501")
    head = family.residents[0]
    page = shown(clerk, "birth_add", family.household)
    assert f'value="{head}"' in page
    new, once = str(uuid7()), str(uuid4())
    form: dict[str, Any] = {
        "id": new,
        "name": "张三、李四",
        "birth_on": "2020-02-09",
        "relation": "child",
        "guardian": str(head),
    }
    assert "not the name of one person" in send(clerk, "birth_add", family.household, 422, **form)
    assert not Resident.objects.filter(id=new).exists()
    for _ in range(2):
        send(clerk, "birth_add", family.household, **(form | {"name": "", "once": once}))
    row = resident(UUID(new))
    assert (row.guardian_id, row.birth_on, row.relation) == (head, date(2020, 2, 9), "child")
    assert Resident.objects.filter(household=family.household).count() == 2
    holds()


def test_a_guest_comes_to_another_door_and_goes(world: World, clerk: Client) -> None:
    family, host = world.family("张三", "张小", door="3-2-501"), world.family("李四", door="4-1-101")
    young = family.residents[1]
    page = send(clerk, "stay_add", young, 200, find="1", q="4-1-101", from_on="2020-02-10")
    assert f'value="{host.household}"' in page
    form: dict[str, Any] = {"q": "4-1-101", "to": str(host.household), "from_on": "2020-02-10", "id": str(uuid7())}
    assert "last day must come after" in send(clerk, "stay_add", young, 422, **(form | {"until_on": "2020-02-10"}))
    assert "choose it" in send(clerk, "stay_add", young, 422, **(form | {"to": ""}))
    send(clerk, "stay_add", young, **form)
    stay = Stay.objects.get()
    assert (stay.household_id, stay.from_on) == (host.household, TODAY)
    assert "already" in send(clerk, "stay_add", young, 422, **form)
    page = shown(clerk, "stay_end", stay.id)
    assert "Has 张小 gone?" in page
    assert send(clerk, "stay_end", stay.id) == f"/households/{host.household}"
    assert Stay.objects.get().ended_on is not None
    holds()


NAMES = (
    "household_move", "residents_move", "household_split", "household_join", "birth_add", "residents_join",
    "resident_leave", "stay_add",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_who_does_not_write_there_gets_nothing_to_see(world: World, name: str) -> None:
    family = world.family("张三", door="3-2-501")
    which = family.residents[0] if name in ("residents_join", "resident_leave", "stay_add") else family.household
    there = reverse(name, args=[which])
    assert desk(world, "clerk.west", Role.CLERK, "west").get(there).status_code == 404
    assert desk(world, "doctor", Role.DOCTOR, "east").get(there).status_code == 403
    assert Client().get(there).status_code == 302
    clerk = desk(world)
    assert clerk.get(there).status_code == 200
    assert clerk.get(reverse(name, args=[uuid7()])).status_code == 404


def test_stays_and_joinings_elsewhere_are_not_there(world: World) -> None:
    family, other = world.family("张三", "张小", door="3-2-501"), world.family("李四", door="4-1-101")
    stay = people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(family.residents[1], other.household))
    joined = people.join_households(stamp=fresh(), actor=world.clerk, kept=other.household, gone=family.household)
    west = desk(world, "clerk.west", Role.CLERK, "west")
    for name, id_ in (("stay_end", stay), ("joining_undo", joined.joining)):
        for method in (west.get, west.post):
            assert method(reverse(name, args=[id_])).status_code == 404
    assert home(family.household).state == "merged"
