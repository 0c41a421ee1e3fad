"""A household declares by itself: the link only takes, whoever guesses is stopped, and nothing is lost or doubled."""

import re
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.test import Client

from tests.people.world import World, fresh, settle
from tests.surveys.campaigns.asking import begin, code
from wangge.people.models import Household, Phone
from wangge.privacy.holdings import erase
from wangge.surveys.commands import campaigns as commands
from wangge.surveys.models import CampaignDoor, CodeTry, Response
from wangge.surveys.queries.campaigns import campaign_page
from wangge.surveys.rules.campaigns import ATTACK, FILLINGS_A_DAY

pytestmark = pytest.mark.django_db
TODAY = datetime.now(UTC).date()
WRONG = "AAAAAAAAAA"


@pytest.fixture
def world() -> World:
    world = settle()
    world.family("王建国", "李梅", door="1-1-101")
    world.family("赵六", door="1-1-102")
    return world


@pytest.fixture
def campaign(world: World) -> UUID:
    return running(world)


def running(world: World, **changes: object) -> UUID:
    days = {"from_on": TODAY - timedelta(days=1), "until_on": TODAY + timedelta(days=5)}
    return begin(world, **{**days, **changes})


def home(number: int = 0) -> UUID:
    return Household.objects.order_by("opened_at", "id")[number].id


def body(answer: object) -> str:
    return answer.content.decode()  # type: ignore[attr-defined, no-any-return]


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def typed(client: Client, letters: str) -> dict[str, str]:
    """Return what the form for the code sends."""
    return {"form": hidden(body(client.get("/d")), "form"), "code": letters}


def sending(client: Client, letters: str, **answers: str) -> dict[str, str]:
    """Return what the form of one person sends."""
    page = body(client.get(f"/d/{letters}?people=1&lang=en"))
    seen = {name: hidden(page, name) for name in ("form", "a:~seen", "a:people:~rows")}
    return {**seen, "a:people:n1:~name": "王建国", "a:people:n1:fever": "no", **answers}


def send(client: Client, letters: str, **answers: str) -> object:
    return client.post(f"/d/{letters}?lang=en", sending(client, letters, **answers))


def test_the_eleventh_wrong_code_of_an_hour_is_not_looked_at_and_neither_is_a_right_one(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    for _ in range(10):
        assert client.get(f"/d/{WRONG}").status_code == 404
    refused = client.get(f"/d/{WRONG}")
    assert refused.status_code == 429
    assert refused["Retry-After"] == "3600"
    assert client.get(f"/d/{letters}").status_code == 429
    assert client.post("/d", typed(client, letters)).status_code == 429
    assert CodeTry.objects.count() == 10
    assert Client(REMOTE_ADDR="198.51.100.7").get(f"/d/{letters}").status_code == 200


def test_a_forged_header_makes_nobody_somebody_else_and_a_proxy_of_ours_may_say_for_whom_it_asks(
    world: World, campaign: UUID, client: Client, settings: object
) -> None:
    for number in range(10):
        client.get(f"/d/{WRONG}", headers={"X-Forwarded-For": f"203.0.113.{number}"})
    assert client.get(f"/d/{WRONG}", headers={"X-Forwarded-For": "203.0.113.99"}).status_code == 429
    settings.PROXIES = frozenset({"127.0.0.1"})  # type: ignore[attr-defined]
    assert client.get(f"/d/{WRONG}", headers={"X-Forwarded-For": "1.1.1.1, 203.0.113.99"}).status_code == 404
    for _ in range(10):
        client.get(f"/d/{WRONG}", headers={"X-Forwarded-For": "9.9.9.9, 2001:db8:1:2::1"})
    assert client.get(f"/d/{WRONG}", headers={"X-Forwarded-For": "2001:db8:1:2:ffff::9"}).status_code == 429
    assert client.get(f"/d/{WRONG}", headers={"X-Forwarded-For": "2001:db8:1:3::9"}).status_code == 404


def test_while_somebody_guesses_widely_everybody_has_fewer_tries_but_a_right_code_opens(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    now = datetime.now(UTC)
    CodeTry.objects.bulk_create(CodeTry(client=number.to_bytes(16), at=now) for number in range(ATTACK))
    assert [client.get(f"/d/{WRONG}").status_code for _ in range(4)] == [404, 404, 404, 429]
    assert Client(REMOTE_ADDR="198.51.100.7").get(f"/d/{letters}").status_code == 200


def test_unknown_closed_replaced_and_erased_codes_and_those_of_no_campaign_of_today_answer_alike(
    world: World, campaign: UUID
) -> None:
    first, second = home(), home(1)
    closed, later = running(world, name="关了"), running(world, name="以后", from_on=TODAY + timedelta(days=2))
    gone = [code(world, closed, first), code(world, later, first), code(world, campaign, second)]
    commands.close_campaign(stamp=fresh(), actor=world.clerk, campaign=closed)
    erase(second, at=datetime.now(UTC))
    replaced = code(world, campaign, first)
    commands.replace_code(stamp=fresh(), actor=world.clerk, campaign=campaign, household=first)
    answers = []
    for letters in (WRONG, *gone, replaced, "not-a-code", "申报", "x" * 200):
        answer = Client(REMOTE_ADDR="198.51.100.9").get(f"/d/{letters}", headers={"Accept-Language": "en"})
        answers.append((answer.status_code, re.sub(r'value="[^"]*"', "", body(answer))))
    assert len(set(answers)) == 1
    assert answers[0][0] == 404


def test_a_code_is_taken_however_it_is_typed_and_leads_to_the_form(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    assert client.post("/d", {"code": letters}).status_code == 403
    assert client.post("/d", typed(client, " ")).status_code == 422
    spoken = f" {letters[:3].lower()} {letters[3:7]}-{letters[7:]}。"
    answer = client.post("/d?lang=zh-hant&size=large", typed(client, spoken))
    assert (answer.status_code, answer["Location"]) == (303, f"/d/{letters}?lang=zh-hant&size=large")
    assert client.get(f"/d/{letters.lower()}").status_code == 200


def test_the_page_shows_nothing_of_what_is_held_and_leaves_nothing_behind(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    sent = send(client, letters, **{"a:needs": "降压药"})
    for address in ("/d", f"/d/{letters}", f"/d/{letters}?people=3", sent["Location"]):  # type: ignore[index]
        answer = client.get(address)
        page = body(answer)
        for canary in ("王建国", "李梅", "1-1-101", "101", "降压药", str(home())):
            assert canary not in page, (address, canary)
        assert not answer.cookies
        assert not client.cookies
        assert answer["Cache-Control"] == "no-store, private"
        assert "noindex" in answer["X-Robots-Tag"]
    assert "6555 0120" in body(client.get(f"/d/{letters}"))
    assert not Phone.objects.exists()


def test_who_asks_on_what_basis_for_what_how_long_and_whom_to_call_stand_on_top(
    world: World, campaign: UUID, client: Client
) -> None:
    page = body(client.get(f"/d/{code(world, campaign, home())}?lang=zh-hans"))
    for told in ("为了防疫", "防指〔2020〕1号", "防控", "到这次防控结束", "6555 0120"):
        assert told in page
    assert 'lang="zh-Hans" data-face="field"' in page
    assert 'data-face="resident"' in body(client.get(f"/d/{code(world, campaign, home())}?size=large"))


def test_what_was_typed_survives_a_mistake_and_a_page_that_was_open_too_long(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    nameless = send(client, letters, **{"a:people:n1:~name": "", "a:needs": "降压药"})
    assert nameless.status_code == 422  # type: ignore[attr-defined]
    assert "降压药" in body(nameless)
    for token in ("", "forged", hidden(body(client.get(f"/d/{code(world, campaign, home(1))}?people=1")), "form")):
        old = send(client, letters, form=token, **{"a:needs": "降压药"})
        assert old.status_code == 403  # type: ignore[attr-defined]
        assert "降压药" in body(old)
        again = {**sending(client, letters, **{"a:needs": "降压药"}), "form": hidden(body(old), "form")}
        assert token != again["form"]
    assert not Response.objects.exists()
    assert client.post(f"/d/{letters}", again).status_code == 303
    assert send(client, letters, **{"a:people:n1:~name": "", "a:people:n1:fever": ""}).status_code == 422  # type: ignore[attr-defined]


def test_a_double_click_a_reload_and_a_replay_are_one_and_a_changed_form_is_another(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    form = sending(client, letters)
    first, second = (client.post(f"/d/{letters}?lang=en", form) for _ in range(2))
    assert (first.status_code, first["Location"]) == (303, second["Location"])
    receipt = re.search(r"/sent/([A-Z]{8})\?", first["Location"])
    assert receipt
    assert receipt[1][:4] in body(client.get(first["Location"]))
    assert Response.objects.filter(resident=None).count() == 1
    changed = client.post(f"/d/{letters}?lang=en", {**form, "a:people:n1:fever": "yes"})
    assert changed["Location"] != first["Location"]
    door = CampaignDoor.objects.get(household=home())
    assert (door.sent, door.receipt) == (2, re.search(r"/sent/([A-Z]{8})", changed["Location"])[1])  # type: ignore[index]
    assert Response.objects.filter(resident=None, source="self", observer=None).count() == 2


def test_two_phones_of_one_household_both_count_and_the_household_is_declared_once(
    world: World, campaign: UUID
) -> None:
    letters = code(world, campaign, home())
    for address in ("198.51.100.1", "198.51.100.2"):
        assert send(Client(REMOTE_ADDR=address), letters).status_code == 303  # type: ignore[attr-defined]
    page = campaign_page(viewer=world.clerk, campaign=campaign)
    assert (page.counted.due, page.counted.declared) == (2, 1)
    assert CampaignDoor.objects.get(household=home()).sent == 2


def test_a_household_sends_ten_times_a_day_at_most_and_another_is_not_hindered(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    for number in range(FILLINGS_A_DAY):
        assert send(client, letters, **{"a:needs": str(number)}).status_code == 303  # type: ignore[attr-defined]
    refused = send(client, letters, **{"a:needs": "again"})
    assert refused.status_code == 422  # type: ignore[attr-defined]
    assert "again" in body(refused)
    assert send(client, code(world, campaign, home(1))).status_code == 303  # type: ignore[attr-defined]


def test_a_campaign_that_closes_while_somebody_types_takes_nothing_more(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    form = sending(client, letters)
    commands.close_campaign(stamp=fresh(), actor=world.clerk, campaign=campaign)
    assert client.post(f"/d/{letters}", form).status_code == 404
    assert not Response.objects.exists()


def test_what_is_far_too_long_or_asked_in_another_way_is_turned_away(
    world: World, campaign: UUID, client: Client
) -> None:
    letters = code(world, campaign, home())
    assert client.post(f"/d/{letters}", {"a:needs": "x" * 70_000}).status_code == 413
    for method in ("PUT", "PATCH", "DELETE"):
        assert client.generic(method, f"/d/{letters}").status_code == 405


def test_sensitive_answers_are_sealed_and_names_stay_as_they_were_typed(
    world: World, campaign: UUID, client: Client
) -> None:
    send(client, code(world, campaign, home()), **{"a:people:n1:fever": "yes", "a:needs": "降压药", "helper": "周岚"})
    row = Response.objects.get()
    assert (row.source, row.observer, row.helper, row.household_id, row.campaign) == (
        "self", None, "周岚", home(), campaign,
    )  # fmt: skip
    assert row.answers["needs"] == "降压药"
    assert "fever" not in str(row.answers)
    assert row.sealed is not None
    assert row.day == datetime.now(UTC).astimezone().date() or isinstance(row.day, date)
