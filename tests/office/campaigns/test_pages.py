"""Campaigns at the desk: started, printed, entered for others, dealt to teams, read and closed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from tests.office.entering import enter
from tests.people.world import World, fresh, holds, settle
from tests.surveys.campaigns.asking import begin, code, questionnaire
from wangge.access import commands as access
from wangge.access.queries import viewer_by_login
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.people.models import Household, Resident
from wangge.privacy.models import ListLook, Look
from wangge.surveys.models import Campaign, CampaignDoor, CampaignTeam, Response, TeamDoor

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()


@pytest.fixture
def world() -> World:
    world = settle()
    for door in ("1-1-101", "1-1-102", "1-1-103", "2-1-101"):
        world.family("王建国", "李梅", door=door)
    return world


@pytest.fixture
def desk(world: World) -> Client:
    return enter(world.house.admin, world.house.admin)


@pytest.fixture
def campaign(world: World) -> UUID:
    return begin(world, from_on=TODAY - timedelta(days=1), until_on=TODAY + timedelta(days=5))


def colleague(world: World, login: str, role: Role) -> Viewer:
    access.add_account(
        stamp=fresh(), actor=world.house.admin, login=login, name=login, role=role, area=world.house.east.id,
        from_on=TODAY - timedelta(days=9), to_on=None,
    )  # fmt: skip
    found = viewer_by_login(login, on=TODAY)
    assert found is not None
    return found


def home(door: str = "1-1-101") -> UUID:
    return Household.objects.get(dwelling__door=door).id


def body(answer: Any) -> str:
    return answer.content.decode()  # type: ignore[no-any-return]


def fill(desk: Client, campaign: UUID, household: UUID, **sent: str) -> Any:
    """Send the form of a household, with what the page itself carried."""
    address = f"/campaigns/{campaign}/households/{household}/fill"
    page = body(desk.get(address))
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return desk.post(address, {**carried, "way": "call", **sent})


def fever_of(name: str, household: UUID) -> str:
    return f"a:people:{Resident.objects.get(name=name, household=household).id}:fever"


def test_a_campaign_is_started_in_one_form_that_keeps_what_was_typed(world: World, desk: Client) -> None:
    address = f"/areas/{world.house.east.id}/campaigns"
    assert "No household in" in body(desk.get(address))
    assert "No questionnaire for households is published" in body(desk.get(f"{address}/start"))
    asked = questionnaire(world)
    sent = {
        "name": "二月申报", "questionnaire": str(asked), "purpose": "防控", "basis": "防指〔2020〕1号", "telephone": "",
        "from_on": str(TODAY), "last_on": str(TODAY - timedelta(days=1)), "once": str(uuid4()),
    }  # fmt: skip
    wrong = desk.post(f"{address}/start", sent)
    assert wrong.status_code == 422
    assert "二月申报" in body(wrong)
    wrong = desk.post(f"{address}/start", {**sent, "telephone": "6555 0120"})
    assert "The last day must not lie before the first" in body(wrong)
    right = {**sent, "telephone": "6555 0120", "last_on": str(TODAY), "once": str(uuid4())}
    first, second = (desk.post(f"{address}/start", right) for _ in range(2))
    assert (first.status_code, first["Location"]) == (303, second["Location"])
    row = Campaign.objects.get()
    assert row.until_on == TODAY + timedelta(days=1)
    page = body(desk.get(first["Location"]))
    assert "households have not declared" in page
    assert "6555 0120" in page
    assert "二月申报" in body(desk.get(f"{address}?q=二月&state=open&sort=left&dir=desc"))
    assert "No campaign matches" in body(desk.get(f"{address}?q=三月"))


def test_what_somebody_says_on_the_telephone_is_written_down_for_the_people_of_the_register(
    world: World, desk: Client, campaign: UUID
) -> None:
    there = home()
    answer = fill(desk, campaign, there, **{fever_of("王建国", there): "no", fever_of("李梅", there): "yes"})
    assert answer.status_code == 303, body(answer)
    rows = Response.objects.filter(household=there)
    assert sorted(row.resident.name for row in rows if row.resident) == sorted(["王建国", "李梅"])
    assert {(row.source, row.observer_id) for row in rows} == {("call", world.house.admin.account_id)}
    door = CampaignDoor.objects.get(household=there)
    assert (door.source, door.sent) == ("call", 1)
    assert "1-1-101" not in body(desk.get(f"/campaigns/{campaign}/doors"))
    assert "1-1-101" in body(desk.get(f"/campaigns/{campaign}/doors?state=declared"))
    holds()


def test_whoever_fills_in_for_somebody_is_named_and_nothing_typed_is_lost(
    world: World, desk: Client, campaign: UUID
) -> None:
    there = home()
    wrong = fill(desk, campaign, there, **{"way": "behalf", "a:needs": "降压药", "helper": " "})
    assert wrong.status_code == 422
    assert "降压药" in body(wrong)
    empty = fill(desk, campaign, there)
    assert empty.status_code == 422
    assert not Response.objects.exists()
    done = fill(desk, campaign, there, **{"way": "behalf", "a:needs": "降压药", "helper": "周岚", "aloud": "1"})
    assert done.status_code == 303
    row = Response.objects.get(resident=None)
    assert (row.source, row.helper, row.read_aloud, row.answers) == ("behalf", "周岚", True, {"needs": "降压药"})


def test_answers_are_read_by_whoever_may_the_look_is_written_down_and_typed_names_are_only_proposed(
    world: World, desk: Client, campaign: UUID
) -> None:
    there = home()
    letters = code(world, campaign, there)
    browser = Client()
    page = body(browser.get(f"/d/{letters}?people=2&lang=en"))
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    said = {"a:people:n1:~name": "李梅", "a:people:n1:fever": "yes", "a:people:n2:~name": "王健国", "a:needs": "米"}
    assert browser.post(f"/d/{letters}?lang=en", {**carried, **said}).status_code == 303
    volunteer = enter(world.house.admin, colleague(world, "volunteer", Role.VOLUNTEER))
    address = f"/campaigns/{campaign}/households/{there}/answers"
    assert volunteer.get(address).status_code == 403
    seen = body(desk.get(address))
    assert "this name is in the register at this door" in seen
    assert "perhaps 王建国 in the register at this door" in seen
    assert Look.objects.filter(subject=there, fields="answers").exists()
    assert not Response.objects.filter(resident__isnull=False).exists()
    assert Resident.objects.filter(household=there).count() == 2


def test_slips_carry_door_and_code_no_name_and_a_link_only_where_there_is_a_public_address(
    world: World, desk: Client, campaign: UUID, settings: Any
) -> None:
    area = world.house.east.id
    assert "Slips carry the code only" in body(desk.get(f"/campaigns/{campaign}/codes"))
    made = desk.post(f"/campaigns/{campaign}/codes", {"building": str(area), "once": str(uuid4())})
    assert made["Location"] == f"/campaigns/{campaign}/codes/{area}"
    page = body(desk.get(made["Location"]))
    assert page.count('class="slip"') == 4
    assert "王建国" not in page
    assert "<svg role" not in page
    assert ListLook.objects.filter(what="campaign_codes", count=4).exists()
    settings.PUBLIC = "https://fangyi.example.cn"
    page = body(desk.get(made["Location"]))
    assert page.count("QR code of the link") == 4
    assert "https://fangyi.example.cn/d" in page
    fill(desk, campaign, home(), **{"a:needs": "米"})
    assert body(desk.get(made["Location"] + "?left=1")).count('class="slip"') == 3


def test_a_lost_sheet_is_replaced_after_a_question(world: World, desk: Client, campaign: UUID) -> None:
    there, letters = home(), code(world, campaign, home())
    address = f"/campaigns/{campaign}/households/{there}"
    assert f"{letters[:3]} {letters[3:7]} {letters[7:]}" in body(desk.get(address))
    assert "another code?" in body(desk.get(f"{address}/code"))
    assert desk.post(f"{address}/code", {"once": str(uuid4())}).status_code == 303
    assert letters != code(world, campaign, there)


def send(desk: Client, campaign: UUID, **changes: str) -> Any:
    on = TODAY + timedelta(days=1)
    names = {f"{role}-{team}": "某人" for role in ("property", "community", "police") for team in (1, 2)}
    sent = {"on": str(on), "begin": "19:00", "end": "21:00", "most": "40", "number": "2", "once": str(uuid4())}
    return desk.post(f"/campaigns/{campaign}/teams/send", {**names, **sent, **changes})


def test_doors_that_have_not_declared_are_dealt_evenly_to_teams_of_three(
    world: World, desk: Client, campaign: UUID
) -> None:
    fill(desk, campaign, home("2-1-101"), **{"a:needs": "米"})
    more = desk.post(f"/campaigns/{campaign}/teams/send", {"do": "teams", "number": "2", "property-1": "老周"})
    assert more.status_code == 200
    assert "老周" in body(more)
    assert 'name="police-2"' in body(more)
    assert "Choose a day" not in body(more)
    chinese = enter(world.house.admin, world.house.admin, "zh-hans")
    assert f'value="{TODAY}"' in body(chinese.get(f"/areas/{world.house.east.id}/campaigns/start"))
    assert send(desk, campaign, **{"police-2": ""}).status_code == 422
    assert send(desk, campaign, end="").status_code == 422
    form = {"once": str(uuid4())}
    first, second = (send(desk, campaign, **form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    assert sorted(team.number for team in CampaignTeam.objects.all()) == [1, 2]
    doors = [list(TeamDoor.objects.filter(team=team).order_by("place")) for team in CampaignTeam.objects.all()]
    assert sorted(len(one) for one in doors) == [1, 2]
    assert not TeamDoor.objects.filter(household=home("2-1-101")).exists()
    assert "Team 2" in body(desk.get(first["Location"]))
    paper = body(desk.get(f"/campaign-teams/{CampaignTeam.objects.first().id}/paper"))  # type: ignore[union-attr]
    assert "某人" in paper
    assert "王建国" not in paper


def test_no_more_doors_are_dealt_than_a_team_can_do_and_none_twice_while_a_list_is_walked(
    world: World, desk: Client, campaign: UUID
) -> None:
    assert send(desk, campaign, number="1", most="0").status_code == 422
    assert send(desk, campaign, number="1", most="3").status_code == 303
    (team,) = CampaignTeam.objects.all()
    first = set(TeamDoor.objects.filter(team=team).values_list("household", flat=True))
    assert len(first) == 3
    assert send(desk, campaign, number="1").status_code == 303
    other = TeamDoor.objects.exclude(team=team)
    assert (other.count(), first & set(other.values_list("household", flat=True))) == (1, set())
    nobody = desk.post(f"/campaigns/{campaign}/teams/send", {"once": str(uuid4())})
    assert nobody.status_code == 422
    assert "No door here waits for a team" in body(nobody)
    tried = {first.pop(): "refused", first.pop(): "nobody_home"}
    for household, found in tried.items():
        desk.post(f"/campaign-teams/{team.id}/households/{household}", {"found": found, "once": str(uuid4())})
    assert send(desk, campaign, number="1").status_code == 303
    latest = TeamDoor.objects.order_by("-team__number")[0]
    assert tried[latest.household_id] == "nobody_home"


def test_an_evening_past_midnight_is_one_evening(world: World, desk: Client, campaign: UUID) -> None:
    assert send(desk, campaign, begin="22:00", end="00:30").status_code == 303
    team = CampaignTeam.objects.first()
    assert team is not None
    assert team.until_at - team.from_at == timedelta(hours=2, minutes=30)


def test_a_worker_works_the_list_off_and_sees_who_declared_meanwhile(
    world: World, desk: Client, campaign: UUID
) -> None:
    worker = colleague(world, "worker", Role.GRID_WORKER)
    phone = enter(world.house.admin, worker)
    assert "No list waits for you" in body(phone.get("/campaigns/visits"))
    send(desk, campaign, number="1", **{"account-1": str(worker.account_id)})
    team = CampaignTeam.objects.get()
    assert "Team 1" in body(phone.get("/campaigns/visits"))
    address = f"/campaign-teams/{team.id}"
    tried = phone.post(f"{address}/households/{home()}", {"found": "nobody_home", "once": str(uuid4())})
    assert (tried.status_code, tried["Location"]) == (303, address)
    assert phone.post(f"{address}/households/{home()}", {"found": "ran away"}).status_code == 409
    done = fill(phone, campaign, home("1-1-102"), **{"way": "behalf", "helper": "worker", "a:needs": "米",
                                                     "team": str(team.id)})  # fmt: skip
    assert done["Location"] == address
    letters = code(world, campaign, home("1-1-103"))
    browser = Client()
    page = body(browser.get(f"/d/{letters}?people=1&lang=en"))
    carried = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    browser.post(f"/d/{letters}?lang=en", {**carried, "a:needs": "油"})
    seen = body(phone.get(address))
    assert "nobody home" in seen
    assert "by themselves since" in seen
    assert "of 4 doors have not declared" in seen
    assert phone.get(f"/campaigns/{campaign}").status_code == 403
    assert phone.get(f"{address}/withdraw").status_code == 403
    assert desk.post(f"{address}/withdraw", {"once": str(uuid4())}).status_code == 303
    assert not CampaignTeam.objects.exists()


def test_closing_asks_keeps_the_numbers_and_takes_nothing_more(world: World, desk: Client, campaign: UUID) -> None:
    fill(desk, campaign, home(), **{"a:needs": "米"})
    assert "3 of 4 households have not declared" in body(desk.get(f"/campaigns/{campaign}/close"))
    assert desk.post(f"/campaigns/{campaign}/close", {"once": str(uuid4())}).status_code == 303
    page = body(desk.get(f"/campaigns/{campaign}"))
    assert "1 of 4 households had declared" in page
    late = desk.post(f"/campaigns/{campaign}/households/{home('1-1-102')}/fill", {"way": "call", "a:needs": "米"})
    assert late.status_code == 422
    assert Campaign.objects.get().final == {"due": 4, "declared": 1}
    assert desk.post(f"/campaigns/{campaign}/reopen", {"once": str(uuid4())}).status_code == 303
    assert "had declared" not in body(desk.get(f"/campaigns/{campaign}"))
