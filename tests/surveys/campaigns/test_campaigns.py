"""Campaigns: begun and closed, the codes of their doors, coverage, and the teams that go where nobody declared."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.people.world import World, fresh, holds, later, refused, settle
from tests.surveys.campaigns.asking import begin, code, head, questionnaire
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.journal import tallies
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people import queries as people_queries
from wangge.privacy.holdings import erase, held_about
from wangge.surveys.codes import client_index
from wangge.surveys.commands import campaigns as commands
from wangge.surveys.models import Campaign, CampaignDoor, CodeTry, TeamDoor
from wangge.surveys.queries import campaigns as queries
from wangge.surveys.rules.campaigns import NewTeam, Source, TeamRole, Try

pytestmark = pytest.mark.django_db
TODAY = date(2020, 2, 10)


@pytest.fixture
def world() -> World:
    world = settle()
    for door in ("1-1-101", "1-1-102", "2-1-101"):
        world.family("王建国", "李梅", door=door)
    return world


def homes(world: World) -> list[UUID]:
    lines, _ = people_queries.households(viewer=world.clerk, path=world.house.east.path, order="door")
    return [line.id for line in lines]


def declare(world: World, campaign: UUID, household: UUID, *, source: Source = Source.SELF, minutes: int = 0) -> str:
    return commands.mark_declared(
        stamp=later(minutes), actor=world.clerk, campaign=campaign, household=household, sheet=uuid7(), source=source
    )


def worker(world: World, path: str, role: Role = Role.GRID_WORKER) -> Viewer:
    return replace(world.clerk, grants=(Grant(role, path),))


def team(**changes: Any) -> NewTeam:
    return replace(NewTeam(uuid7(), tuple((role, f"某{role}") for role in TeamRole)), **changes)


def send(world: World, campaign: UUID, doors: list[list[UUID]], **changes: Any) -> list[commands.TeamSent]:
    given: dict[str, object] = {
        "area": world.house.east.id, "teams": [team() for _ in doors], "doors": doors,
        "from_at": NOON + timedelta(hours=7), "until_at": NOON + timedelta(hours=9),
    }  # fmt: skip
    return commands.send_teams(stamp=fresh(), actor=world.clerk, campaign=campaign, **{**given, **changes})


def test_a_campaign_needs_a_place_in_reach_a_basis_a_telephone_days_and_a_published_questionnaire(world: World) -> None:
    outside = replace(head(world), area=world.west.id)
    cases = {
        "access.forbidden": outside,
        "campaigns.head_missing": head(world, basis=" "),
        "campaigns.telephone_missing": head(world, telephone="居委会"),
        "campaigns.text_too_long": head(world, name="长" * 81),
        "campaigns.days_wrong": head(world, from_on=date(2020, 2, 1), until_on=date(2020, 2, 10)),
        "campaigns.questionnaire_unusable": head(world, questionnaire=questionnaire(world, state="draft")),
    }
    for refusal, one in cases.items():
        with refused(refusal):
            commands.start_campaign(stamp=fresh(), actor=world.clerk, head=one)
    for unusable in (questionnaire(world, area=world.west), questionnaire(world, subject="place"), uuid7()):
        with refused("campaigns.questionnaire_unusable"):
            begin(world, questionnaire=unusable)
    stamp, one = fresh(), head(world)
    started = commands.start_campaign(stamp=stamp, actor=world.clerk, head=one)
    assert started == commands.start_campaign(stamp=stamp, actor=world.clerk, head=one)
    assert started.due == 3
    with refused("campaigns.name_taken"):
        begin(world)
    holds()


def test_codes_are_made_once_follow_from_the_key_and_are_nowhere_in_clear(world: World) -> None:
    campaign, other = begin(world), begin(world, name="三月申报")
    stranger = worker(world, world.west.path, Role.CLERK)
    with refused("access.forbidden"):
        commands.make_codes(stamp=fresh(), actor=stranger, campaign=campaign, area=world.house.east.id)
    assert commands.make_codes(stamp=fresh(), actor=world.clerk, campaign=campaign, area=world.house.east.id) == 3
    assert commands.make_codes(stamp=fresh(), actor=world.clerk, campaign=campaign, area=world.house.east.id) == 0
    first = queries.codes(viewer=world.clerk, campaign=campaign, area=world.house.east.id)
    assert [line.door for line in first] == ["1-1-101", "1-1-102", "2-1-101"]
    assert first == queries.codes(viewer=world.clerk, campaign=campaign, area=world.house.east.id)
    assert len({line.code for line in first}) == 3
    assert code(world, other, first[0].household) != first[0].code
    for door in CampaignDoor.objects.all():
        assert first[0].code.encode() not in bytes(door.digest)
    late = world.family("赵六", door="2-1-102").household
    assert commands.make_codes(stamp=fresh(), actor=world.clerk, campaign=campaign, area=world.house.east.id) == 1
    assert code(world, campaign, late)


def test_a_code_opens_its_own_campaign_until_that_is_over_closed_or_the_code_replaced(world: World) -> None:
    campaign, home = begin(world), homes(world)[0]
    letters = code(world, campaign, home)
    opened = queries.open_door(code=letters, today=TODAY)
    assert opened is not None
    assert (opened.campaign, opened.household, opened.telephone) == (campaign, home, "6555 0120")
    assert queries.open_door(code="AAAAAAAAAA", today=TODAY) is None
    assert queries.open_door(code=letters, today=date(2020, 2, 8)) is None
    assert queries.open_door(code=letters, today=date(2020, 2, 16)) is None
    assert commands.replace_code(stamp=fresh(), actor=world.clerk, campaign=campaign, household=home) == 1
    assert queries.open_door(code=letters, today=TODAY) is None
    again = code(world, campaign, home)
    assert queries.open_door(code=again, today=TODAY) is not None
    commands.close_campaign(stamp=fresh(), actor=world.clerk, campaign=campaign)
    assert queries.open_door(code=again, today=TODAY) is None
    with refused("campaigns.closed"):
        declare(world, campaign, home)
    commands.reopen_campaign(stamp=fresh(), actor=world.clerk, campaign=campaign)
    assert queries.open_door(code=again, today=TODAY) is not None


def test_a_household_that_was_joined_with_another_still_gets_in_and_one_that_was_erased_does_not(world: World) -> None:
    campaign, (first, second, third) = begin(world), homes(world)
    letters, gone = code(world, campaign, second), code(world, campaign, third)
    people.join_households(stamp=fresh(), actor=world.clerk, kept=first, gone=second)
    opened = queries.open_door(code=letters, today=TODAY)
    assert opened is not None
    assert opened.household == first
    declare(world, campaign, third)
    send(world, campaign, [[third]])
    assert [one.model for one in held_about(third) if "Door" in one.model] == ["surveys.CampaignDoor"]
    erase(third, at=NOON)
    assert queries.open_door(code=gone, today=TODAY) is None
    assert not [one for one in held_about(third) if "Door" in one.model]
    assert CampaignDoor.objects.filter(household=third, declared_at=None, sent=0).exists()
    assert code(world, campaign, third) != gone
    assert not TeamDoor.objects.filter(household=third).exists()


def test_a_household_counts_once_however_often_it_sends_and_the_latest_stands(world: World) -> None:
    campaign, home = begin(world), homes(world)[0]
    first = declare(world, campaign, home, minutes=1)
    latest = declare(world, campaign, home, source=Source.CALL, minutes=9)
    declare(world, campaign, home, minutes=5)
    door = CampaignDoor.objects.get(campaign=campaign, household=home)
    assert (door.receipt, door.source, door.sent) == (latest, "call", 3)
    assert first != latest
    page = queries.campaign_page(viewer=world.clerk, campaign=campaign)
    assert (page.counted.due, page.counted.declared, dict(page.counted.by_source)) == (3, 1, {"call": 1})
    total = tallies.totals(path=world.house.east.path, counters=["declarations"], day=TODAY, today=TODAY)
    assert total["declarations"] == 1
    holds()


def test_numbers_are_those_of_the_viewer_and_the_area_and_doors_can_be_found_by_door_state_and_receipt(
    world: World,
) -> None:
    campaign = begin(world)
    second = world.family("孙七", door="9-1-101", area=world.grids[1]).household
    receipt = declare(world, campaign, homes(world)[0])
    declare(world, campaign, second)
    grid = worker(world, world.grids[1].path, Role.TEAM_LEADER)
    mine = queries.campaign_page(viewer=grid, campaign=campaign)
    assert (mine.here.id, mine.counted.due, mine.counted.declared, mine.manages) == (world.grids[1].id, 1, 1, False)
    with refused("campaigns.campaign_unknown"):
        queries.campaign_page(viewer=grid, campaign=campaign, area=world.house.east.id)
    with refused("campaigns.campaign_unknown"):
        queries.campaign_page(viewer=worker(world, world.west.path, Role.CLERK), campaign=campaign)
    whole = queries.campaign_page(viewer=world.clerk, campaign=campaign)
    assert [(part.due, part.declared) for part in whole.parts] == [(3, 1), (1, 1)]
    east = world.house.east.path
    left, number = queries.doors(viewer=world.clerk, campaign=campaign, path=east)
    assert (number, [line.door for line in left]) == (2, ["1-1-102", "2-1-101"])
    found, _ = queries.doors(viewer=world.clerk, campaign=campaign, path=east, state="all", text=receipt.lower())
    assert [line.door for line in found] == ["1-1-101"]
    assert queries.doors(viewer=grid, campaign=campaign, path=east, state="all")[1] == 1
    assert queries.doors(viewer=world.clerk, campaign=campaign, path=east, state="declared", order="-when")[1] == 2
    lines, all_ = queries.campaigns(viewer=world.clerk, path=east, text="二月", state="open", order="-left")
    assert (all_, lines[0].due, lines[0].declared) == (1, 4, 2)
    assert queries.campaigns(viewer=grid, path=world.grids[1].path)[0][0].left == 0


def test_teams_go_out_with_three_names_to_doors_of_the_area_in_the_order_given(world: World) -> None:
    campaign, (first, second, third) = begin(world), homes(world)
    elsewhere = world.family("外人", door="1-1-101", area=world.grids[1]).household
    cases: dict[str, dict[str, Any]] = {
        "campaigns.team_incomplete": {"teams": [team(members=())]},
        "campaigns.hours_wrong": {"until_at": NOON + timedelta(hours=7)},
        "campaigns.door_unknown": {"area": world.grids[0].id, "doors": [[elsewhere]]},
        "access.account_inactive": {"teams": [team(account=uuid7())]},
        "campaigns.campaign_unknown": {"area": world.west.id},
    }
    for refusal, changes in cases.items():
        with refused(refusal):
            send(world, campaign, changes.pop("doors", [[first]]), **changes)
    sent = send(world, campaign, [[third, first], [second]])
    assert [(one.number, one.doors) for one in sent] == [(1, 2), (2, 1)]
    page = queries.team_page(viewer=world.clerk, team=sent[0].team)
    assert [line.door for line in page.doors] == ["2-1-101", "1-1-101"]
    declare(world, campaign, third)
    stranger = worker(world, world.west.path)
    with refused("campaigns.door_unknown"):
        commands.record_try(stamp=fresh(), actor=stranger, team=sent[0].team, household=first, found=Try.REFUSED)
    with refused("campaigns.team_unknown"):
        queries.team_page(viewer=stranger, team=sent[0].team)
    commands.record_try(stamp=later(5), actor=world.clerk, team=sent[0].team, household=first, found=Try.NOBODY_HOME)
    commands.record_try(stamp=later(1), actor=world.clerk, team=sent[0].team, household=first, found=Try.REFUSED)
    page = queries.team_page(viewer=world.clerk, team=sent[0].team)
    assert [(line.state, line.by_themselves) for line in page.doors] == [("declared", True), ("nobody_home", False)]
    line = page.team
    assert (line.doors, line.declared, line.tried, line.left) == (2, 1, 1, 1)
    assert queries.doors(viewer=world.clerk, campaign=campaign, path=world.house.east.path, state="tried")[1] == 1
    assert len(queries.teams_near(viewer=worker(world, world.grids[0].path), at=NOON)) == 0
    assert len(queries.teams_near(viewer=worker(world, world.house.east.path), at=NOON)) == 2
    commands.withdraw_team(stamp=fresh(), actor=world.clerk, team=sent[1].team)
    assert [one.number for one in queries.teams(viewer=world.clerk, campaign=campaign)] == [1]
    holds()


def test_wrong_codes_are_counted_for_an_hour_by_client_and_then_forgotten() -> None:
    here, there = client_index("192.0.2.1"), client_index("192.0.2.2")
    for minute in range(3):
        commands.note_wrong_code(client=here, at=NOON + timedelta(minutes=minute))
    commands.note_wrong_code(client=there, at=NOON)
    assert queries.wrong_codes(client=here, at=NOON + timedelta(minutes=5)) == (3, 4)
    assert queries.wrong_codes(client=here, at=NOON + timedelta(minutes=61)) == (1, 1)
    commands.note_wrong_code(client=here, at=NOON + timedelta(hours=2))
    assert CodeTry.objects.count() == 1
    assert commands.forget_wrong_codes(at=NOON + timedelta(hours=4)) == 1


def test_pages_of_a_campaign_cost_the_same_for_one_door_and_for_many(world: World) -> None:
    campaign, east = begin(world), world.house.east.path
    send(world, campaign, [homes(world)[:1]])
    spent = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            queries.campaigns(viewer=world.clerk, path=east)
            queries.campaign_page(viewer=world.clerk, campaign=campaign)
            queries.doors(viewer=world.clerk, campaign=campaign, path=east, state="all")
            queries.undeclared(viewer=world.clerk, campaign=campaign, area=world.house.east.id, at=NOON)
            queries.teams(viewer=world.clerk, campaign=campaign)
        spent.append(len(asked))
        for home in homes(world):
            declare(world, campaign, home)
        send(world, campaign, [homes(world)])
        world.family("钱八", door="3-1-101")
        begin(world, name=f"又一次{_}")
    assert spent[0] == spent[1]
    assert Campaign.objects.count() == 3
