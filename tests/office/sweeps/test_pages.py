"""Survey rounds on the desk: starting, looking, doors, dealing, closing."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.access.house import again
from tests.office.entering import enter, now_stamp
from tests.people.world import World, settle
from wangge.access.models import Duty
from wangge.access.rules import Role
from wangge.kernel.ids import uuid7
from wangge.privacy.models import ListLook
from wangge.surveys.commands import record_visits
from wangge.surveys.models import SurveyRound
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def somebody(world: World, role: Role, where: str = "east", *, confirmed: bool = True) -> Client:
    area = {"east": world.house.east, "grid": world.grids[0], "west": world.west, "town": world.house.town}[where]
    return enter(world.house.admin, again(world.house.add(f"{role}-{where}", role, area)), confirmed=confirmed)


def order(**more: object) -> dict[str, Any]:
    day = now_stamp().day
    return {
        "name": "第一轮", "from_on": day.isoformat(), "last_on": (day + timedelta(days=1)).isoformat(), "deadline": "",
        "questionnaire": "", "purpose": "逐户排查", "basis": "防指〔2020〕1号", "once": str(uuid7()), **more,
    }  # fmt: skip


def begun(client: Client, world: World, **more: object) -> str:
    """Start a round over the eastern community on the desk and return the address of its page."""
    answer = client.post(f"/areas/{world.house.east.id}/sweeps/add", order(**more))
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def knock(world: World, home: UUID, state: str = "done", **more: Any) -> None:
    stamp = now_stamp()
    visit = VisitSeen(id=uuid7(), household=home, state=DoorState(state), at=stamp.at, **more)
    record_visits(stamp=stamp, actor=world.clerk, visits=[visit])


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_order_that_is_wrong_keeps_what_was_typed_and_says_what_is_wrong_at_its_field(world: World) -> None:
    client = somebody(world, Role.COMMUNITY_LEAD)
    page = f"/areas/{world.house.east.id}/sweeps/add"
    day = now_stamp().day
    client.cookies["wangge_language"] = "zh-hans"
    usual = shown(client, page)
    assert "防指〔2020〕1号" in usual, "the basis of the response is filled in"
    assert f'value="{day.isoformat()}"' in usual, "a date field wants its value written in one way in every language"
    client.cookies["wangge_language"] = "en"
    wrong = client.post(page, order(last_on=(day - timedelta(days=1)).isoformat(), purpose="先查老人"))
    assert wrong.status_code == 422
    assert "The last day lies before the first" in wrong.content.decode()
    assert "先查老人" in wrong.content.decode()
    assert not SurveyRound.objects.exists()


def test_a_double_click_starts_one_round_and_without_second_factor_there_is_none(world: World) -> None:
    unproven = somebody(world, Role.COMMUNITY_LEAD, confirmed=False)
    assert unproven.post(f"/areas/{world.house.east.id}/sweeps/add", order()).status_code == 302
    assert not SurveyRound.objects.exists()
    client = somebody(world, Role.TEAM_LEADER)
    same = order()
    page = f"/areas/{world.house.east.id}/sweeps/add"
    first, second = (client.post(page, same) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert SurveyRound.objects.count() == 1


def test_the_page_of_a_round_shows_what_is_open_and_each_number_leads_to_its_doors(world: World) -> None:
    homes = [world.family("王一", door=f"1-1-10{n}").household for n in range(1, 5)]
    client = somebody(world, Role.COMMUNITY_LEAD)
    page = begun(client, world)
    empty = shown(client, page)
    assert "no forecast yet" in empty
    knock(world, homes[0])
    knock(world, homes[1], "refused")
    soon = datetime.now(UTC) + timedelta(hours=2)
    knock(world, homes[2], "nobody_home", revisit_at=soon)
    text = shown(client, page)
    assert ">3</a><small>doors open" in text
    assert "will be done between" in text
    assert 'class="chart"' in text
    hour = int(soon.timestamp() // 3600)
    assert f"hour={hour}" in text
    doors = f"{page}/doors"
    assert "1-1-103" in shown(client, f"{doors}?hour={hour}")
    assert "1-1-104" not in shown(client, f"{doors}?hour={hour}")
    assert "1-1-102" in shown(client, f"{doors}?state=refused&area={world.grids[0].id}")
    assert "No doors match" in shown(client, f"{doors}?state=refused&area={world.grids[1].id}")
    assert "1-1-104" in shown(client, f"{doors}?q=104")
    assert ListLook.objects.filter(what="round_doors").count() == 5


def test_a_worker_sees_the_own_doors_of_a_round_and_records_from_there(world: World) -> None:
    world.family("王一", door="1-1-101")
    world.family("李一", door="9-1-101", area=world.grids[1])
    page = begun(somebody(world, Role.COMMUNITY_LEAD), world)
    worker = somebody(world, Role.GRID_WORKER, "grid")
    text = shown(worker, f"{page}/doors")
    assert "1-1-101" in text
    assert "9-1-101" not in text
    assert "/visit?back=" in text
    assert ">1</a><small>doors open" in shown(worker, page), "the numbers are those of the own grid"
    assert worker.get(f"{page}?area={world.grids[1].id}").status_code == 404
    assert worker.get(f"{page}/deal").status_code == 403
    assert somebody(world, Role.GRID_WORKER, "west").get(page).status_code == 404


def test_the_form_of_a_visit_says_in_which_round_it_counts(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    worker = somebody(world, Role.GRID_WORKER, "grid")
    assert "第一轮" not in shown(worker, f"/households/{home}/visit")
    begun(somebody(world, Role.COMMUNITY_LEAD), world)
    assert "第一轮" in shown(worker, f"/households/{home}/visit")


def test_doors_are_given_in_one_step_to_those_who_work_in_each_community(world: World) -> None:
    for block in range(1, 5):
        for flat in range(1, 4):
            world.family("王一", door=f"{block}-1-10{flat}")
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = begun(lead, world)
    assert "No grid worker here yet" in shown(lead, f"{page}/deal")
    hands = [again(world.house.add(f"hand{n}", Role.GRID_WORKER, world.house.east)) for n in range(2)]
    assert lead.post(f"{page}/deal", {"workers": []}).status_code == 422
    answer = lead.post(f"{page}/deal", {"workers": [str(one.account_id) for one in hands]})
    assert answer.status_code == 303
    dealt = Duty.objects.filter(source="dealt", ended_at=None)
    assert [dealt.filter(account=one.account_id).count() for one in hands] == [2, 2]
    text = shown(lead, page)
    assert "hand0 的名字" in text
    assert f"worker={hands[0].account_id}" in text


def test_closing_asks_keeps_the_numbers_and_can_be_taken_back(world: World) -> None:
    home = world.family("王一", door="1-1-101").household
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = begun(lead, world)
    assert "Close the round 第一轮?" in shown(lead, f"{page}/close")
    assert lead.post(f"{page}/close", {"note": "到期"}).status_code == 303
    assert "This round is closed" in shown(lead, page)
    assert lead.post(f"{page}/close", {"note": ""}).status_code == 422
    knock(world, home)
    assert ">1</a><small>doors open" in shown(lead, page), "late visits change the kept numbers no more"
    assert lead.post(f"{page}/reopen").status_code == 303
    assert "Every door is done" in shown(lead, page)


def test_a_repeated_round_lists_only_what_changed(world: World) -> None:
    same = world.family("王一", door="1-1-101").household
    other = world.family("李一", door="1-1-102").household
    lead = somebody(world, Role.COMMUNITY_LEAD)
    first = begun(lead, world)
    day = now_stamp().day
    round_ = SurveyRound.objects.get()
    SurveyRound.objects.filter(id=round_.id).update(from_on=day - timedelta(days=1), until_on=day)
    yesterday = datetime.now(UTC) - timedelta(days=1)
    for home, state in ((same, "done"), (other, "nobody_home")):
        visit = VisitSeen(id=uuid7(), household=home, state=DoorState(state), at=yesterday)
        record_visits(stamp=now_stamp(), actor=world.clerk, visits=[visit])
    repeated = f"/areas/{world.house.east.id}/sweeps/add?before={round_.id}"
    assert "It repeats the round 第一轮" in shown(lead, repeated)
    second = begun(lead, world, name="第二轮", before=str(round_.id))
    assert lead.get(f"{first}/changed").status_code == 404
    assert "Nothing differs so far" in shown(lead, f"{second}/changed")
    knock(world, same)
    knock(world, other)
    text = shown(lead, f"{second}/changed")
    assert "1-1-102" in text
    assert "1-1-101" not in text


def test_the_list_of_rounds_is_searched_and_an_empty_one_says_what_to_do(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = f"/areas/{world.house.east.id}/sweeps"
    assert "No survey round in" in shown(lead, page)
    begun(lead, world)
    assert "第一轮" in shown(lead, f"{page}?q=一轮")
    assert "No round matches" in shown(lead, f"{page}?q=二轮")
    assert "No round matches" in shown(lead, f"{page}?state=closed")


def test_what_the_pages_cost_does_not_grow_with_doors(world: World) -> None:
    lead = somebody(world, Role.COMMUNITY_LEAD)
    page = begun(lead, world)
    costs: list[tuple[int, ...]] = []
    for size in (1, 3):
        for number in range(size):
            knock(world, world.family("王一", door=f"{size}-1-10{number}").household, "nobody_home")
        counted = []
        for address in (page, f"{page}/doors", f"{page}/deal"):
            with CaptureQueriesContext(connection) as asked:
                shown(lead, address)
            counted.append(sum("access_" not in one["sql"] and "session" not in one["sql"] for one in asked))
        costs.append(tuple(counted))
    assert costs[0] == costs[1]


def test_whoever_falls_out_hands_only_open_buildings_over_and_the_others_keep_theirs(world: World) -> None:
    homes = [world.family("王一", door=f"{block}-1-101").household for block in range(1, 7)]
    lead = somebody(world, Role.COMMUNITY_LEAD)
    begun(lead, world)
    hands = [again(world.house.add(f"hand{n}", Role.GRID_WORKER, world.house.east)) for n in range(3)]
    area = world.house.east.id
    lead.post(f"/areas/{area}/duties/deal", {"workers": [str(one.account_id) for one in hands], "key": "a"})
    before = dict(Duty.objects.filter(source="dealt", ended_at=None).values_list("area", "account"))
    knock(world, homes[0])
    page = f"/areas/{area}/duties"
    assert lead.post(f"{page}/hand-over", {"worker": ""}).status_code == 422
    sick = hands[0].account_id
    assert lead.post(f"{page}/hand-over", {"worker": str(sick)}).status_code == 303
    after = dict(Duty.objects.filter(source="dealt", ended_at=None).values_list("area", "account"))
    moved = {one for one in before if before[one] != after[one]}
    assert all(before[one] == sick for one in moved)
    assert len(moved) == 1, "the finished building stays where it was"
    assert "No building matches" in shown(lead, f"{page}?q=nonsense")
