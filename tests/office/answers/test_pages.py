"""Pages of answers: what is filled in is saved once with its visit, contradictions are settled, paper is keyed."""

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

import pytest
from django.test import Client

from tests.office.entering import enter, now_stamp
from tests.people.world import refused, settle
from tests.surveys.answers.asking import Asking, ask
from wangge.access.rules import Role
from wangge.flows.door_visit import DoorSeen, record_doors
from wangge.kernel.ids import uuid7
from wangge.kernel.periods import local_day
from wangge.office.answers.keying import ClockField
from wangge.people.models import Resident
from wangge.surveys.answered import answers_of
from wangge.surveys.commands.spotchecks import record_check
from wangge.surveys.models import Contradiction, DoorVisit, PaperSheet, Response, SpotCheck, SurveyRound
from wangge.surveys.rules import DoorState, VisitSeen
from wangge.surveys.rules.answers import Filling

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking() -> Asking:
    """Ask in a round of these days: pages go by the real clock."""
    made = ask(settle())
    today = local_day(datetime.now(UTC), "Asia/Shanghai")
    SurveyRound.objects.update(from_on=today - timedelta(days=1), until_on=today + timedelta(days=2))
    return made


def browser(asking: Asking, role: Role = Role.CLERK, login: str = "li.hua") -> Client:
    house = asking.world.house
    return enter(house.admin, house.add(login, role, house.east))


def home(asking: Asking, door: str = "1-1-101") -> tuple[UUID, UUID]:
    added = asking.world.family("王一", door=door)
    return added.household, added.residents[0]


def answered(asking: Asking, household: UUID, who: UUID, away: str, *, minutes: int = 30) -> UUID:
    """Record a visit with answers some minutes ago."""
    stamp = now_stamp()
    at = stamp.at - timedelta(minutes=minutes)
    visit = VisitSeen(id=uuid7(), household=household, state=DoorState.DONE, at=at)
    filling = Filling(
        id=uuid7(), questionnaire=asking.paper.id, household=household, at=at, source="door", round=asking.round.id,
        visit=visit.id, answers={"people": [{"resident": str(who), "away": away}]},
    )  # fmt: skip
    record_doors(stamp=stamp, actor=asking.world.house.admin, doors=[DoorSeen(visit=visit, filling=filling)])
    return filling.id


def test_a_filling_is_saved_once_with_its_visit(asking: Asking) -> None:
    household, who = home(asking)
    client = browser(asking, Role.GRID_WORKER)
    there = f"/sweeps/{asking.round.id}/households/{household}/fill"
    page = client.get(there)
    assert page.status_code == 200
    assert "We ask for the community" in page.content.decode()
    form = fresh_form(page.content.decode(), who)
    wrong = client.post(there, form | {"a:rooms": "many"})
    assert wrong.status_code == 422
    assert 'value="many"' in wrong.content.decode()
    assert not DoorVisit.objects.exists()
    form |= {"read_aloud": "1", "seen": str(who)}
    assert client.post(there, form).status_code == 303
    assert client.post(there, form).status_code == 303
    rows = {row.resident_id: row for row in Response.objects.all()}
    assert answers_of(rows[None]) == {"rooms": 3}
    assert answers_of(rows[who]) == {"away": "no"}
    assert rows[None].read_aloud
    visit = DoorVisit.objects.get()
    assert (visit.state, visit.persons_seen, rows[None].visit_id) == ("done", 1, visit.id)
    stranger = enter(asking.world.house.admin, asking.world.house.add("far", Role.GRID_WORKER, asking.world.west))
    assert stranger.get(there).status_code == 404


def fresh_form(html: str, who: UUID, **more: str) -> dict[str, Any]:
    """Return the fields of the drawn form that a browser would send along, filled in."""
    seen = re.search(r'name="([^"]+)" value="([^"]*)" data-seen', html)
    identity = re.search(r'name="filling" value="([^"]+)"', html)
    assert seen
    rows = re.search(r'name="([^"]*rows[^"]*)" value="([^"]*)"', html)
    away = re.search(rf'name="([^"]*{who}[^"]*away)"', html)
    rooms = re.search(r'name="([^"]*rooms)"', html)
    assert away
    assert rooms
    once = {"once": str(uuid7())} if 'name="once"' in html else {}
    form = {seen[1]: seen[2], away[1]: "no", rooms[1]: "3"} | once
    return form | ({"filling": identity[1]} if identity else {}) | ({rows[1]: rows[2]} if rows else {}) | more


@pytest.mark.parametrize(
    ("typed", "read"), [("0930", "09:30"), ("930", "09:30"), ("9:30", "09:30"), ("9：30", "09:30"), ("1845", "18:45")]
)
def test_an_hour_is_read_as_it_is_typed(typed: str, read: str) -> None:
    assert f"{ClockField().clean(typed):%H:%M}" == read


def test_what_was_said_last_is_one_tap_and_never_saved_by_itself(asking: Asking) -> None:
    household, who = home(asking)
    answered(asking, household, who, "no")
    client = browser(asking)
    there = f"/sweeps/{asking.round.id}/households/{household}/fill"
    assert "As last time" in client.get(there).content.decode()
    page = client.post(there, {"do": "last"}).content.decode()
    assert "Filled in as last time" in page
    assert 'value="no" checked' in page
    assert Response.objects.filter(resident=None).count() == 1


def test_a_contradiction_is_listed_and_settled_with_a_reason(asking: Asking) -> None:
    household, who = home(asking)
    first = answered(asking, household, who, "no")
    answered(asking, household, who, "yes", minutes=5)
    row = Contradiction.objects.get()
    client = browser(asking)
    listed = client.get(f"/areas/{asking.round.area_id}/contradictions?q=王一").content.decode()
    assert "1-1-101" in listed
    assert "Yes" in listed
    assert "No" in listed
    assert "1-1-101" not in client.get(f"/areas/{asking.round.area_id}/contradictions?q=李").content.decode()
    there = f"/contradictions/{row.id}"
    chosen = str(uuid5(first, str(who)))
    assert client.post(there, {"chosen": chosen, "reason": "", "once": "1"}).status_code == 422
    worker = browser(asking, Role.GRID_WORKER, "worker")
    assert "Settle it" not in worker.get(there).content.decode()
    assert client.post(there, {"chosen": chosen, "reason": "rang up", "once": "2"}).status_code == 303
    row.refresh_from_db()
    assert (str(row.chosen_id), row.reason) == (chosen, "rang up")
    side = client.get(f"/households/{household}/answers").content.decode()
    assert "differs" in side


def test_answers_are_taken_back_with_a_reason(asking: Asking) -> None:
    household, who = home(asking)
    sheet = answered(asking, household, who, "no")
    client = browser(asking)
    assert client.post(f"/answers/{sheet}/void", {"reason": ""}).status_code == 422
    assert client.post(f"/answers/{sheet}/void", {"reason": "other door", "once": "1"}).status_code == 303
    assert not Response.objects.filter(voided_at=None).exists()


def test_a_door_is_drawn_and_looked_at_again_by_somebody_else(asking: Asking) -> None:
    household, who = home(asking)
    answered(asking, household, who, "no")
    lead = browser(asking, Role.COMMUNITY_LEAD, "lead")
    there = f"/sweeps/{asking.round.id}/checks"
    assert "No door has been drawn yet" in lead.get(there).content.decode()
    assert lead.post(f"{there}/draw", {"number": "1", "once": "1"}).status_code == 303
    row = SpotCheck.objects.get()
    with refused("answers.check_own_door"):
        record_check(stamp=now_stamp(), actor=asking.world.house.admin, check=row.id, state="done", at=now_stamp().at)
    page = lead.get(f"/checks/{row.id}").content.decode()
    assert "not shown" in page
    assert lead.post(f"/checks/{row.id}", {"once": "2"}).status_code == 422
    form = fresh_form(page, who, state="done", note="")
    assert lead.post(f"/checks/{row.id}", form).status_code == 303
    row.refresh_from_db()
    assert (row.compared, row.equal, row.agrees) == (1, 1, True)
    assert "1 of 1" in lead.get(there).content.decode()
    assert DoorVisit.objects.count() == 1


def test_a_page_is_printed_and_keyed_by_its_code_with_its_own_time(asking: Asking) -> None:
    _, who = home(asking)
    home(asking, "1-1-102")
    client = browser(asking)
    made = client.post(f"/sweeps/{asking.round.id}/paper", {"area": str(asking.round.area_id), "once": "1"})
    assert made.status_code == 303
    sheet = PaperSheet.objects.get()
    paper = client.get(made["Location"]).content.decode()
    assert sheet.code in paper
    assert "王*" in paper
    assert "王一" not in paper
    assert client.get("/keying?code=ZZZZ").status_code == 422
    opened = client.get(f"/keying?code={sheet.code.lower()}")
    assert opened["Location"] == f"/keying/{sheet.code}/1"
    today = local_day(datetime.now(UTC), "Asia/Shanghai") - timedelta(days=1)
    page = client.get(opened["Location"]).content.decode()
    form = fresh_form(page, who, state="done", on=today.isoformat(), at="0930", again="", remarks="")
    form["by"] = page.split('name="by"')[1].split('<option value="')[1].split('"')[0]
    assert client.post(opened["Location"], form | {"at": "25"}).status_code == 422
    saved = client.post(opened["Location"], form)
    assert saved.status_code == 303
    assert saved["Location"].startswith(f"/keying/{sheet.code}/2?")
    visit = DoorVisit.objects.get()
    assert visit.at.astimezone(UTC).strftime("%H:%M") == "01:30"
    assert Response.objects.get(resident=who).source == "paper"
    nobody = {"state": "nobody_home", "on": today.isoformat(), "at": "9:40", "by": form["by"], "once": "9"}
    assert client.post(f"/keying/{sheet.code}/2", nobody).status_code == 303
    assert DoorVisit.objects.count() == 2
    assert Resident.objects.count() == 2
