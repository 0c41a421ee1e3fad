"""Questionnaires on the desk: the list, one with its versions, the try on a phone, publishing and withdrawing."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.office.entering import enter
from tests.office.questionnaires.sheets import COUNT, HOME, definition_of, draft, published, written
from tests.people.world import fresh
from tests.situation.forms.town import Town, town
from wangge.access.rules import Role
from wangge.access.viewing import Grant
from wangge.surveys.commands.questionnaires import save_draft, withdraw_questionnaire
from wangge.surveys.models import Questionnaire, Response

pytestmark = pytest.mark.django_db
RELIGION = {"name": "belief", "type": "text", "label": {"en": "Which religion?"}}


@pytest.fixture
def here() -> Town:
    return town()


def desk(here: Town, who: str = "lead") -> Client:
    return enter(here.world.house.admin, getattr(here, who))


def read(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.content.decode()
    return answer.content.decode()


def test_an_empty_list_says_what_to_do_to_whoever_may(here: Town) -> None:
    Questionnaire.objects.all().delete()
    assert "New questionnaire" not in read(desk(here, "clerk"), "questionnaires", here.area)
    page = read(desk(here), "questionnaires", here.area)
    assert "There is no questionnaire here yet" in page
    assert "New questionnaire" in page


def test_the_list_shows_the_version_in_use_and_that_it_is_being_changed(here: Town) -> None:
    published(here)
    draft(here, written(HOME, title="Needs in spring"))
    published(here, written(title="Shops"), code="shops")
    page = read(desk(here), "questionnaires", here.area, query="?q=needs")
    assert page.count("data-row") == 1
    assert "Needs" in page
    assert "Needs in spring" not in page
    assert "being changed" in page
    assert "No questionnaire matches" in read(desk(here), "questionnaires", here.area, query="?q=zzz")


def test_the_list_costs_the_same_for_one_and_for_three(here: Town) -> None:
    client, counts = desk(here), []
    for code in ("one", "two", "three"):
        published(here, code=code)
        read(client, "questionnaires", here.area)
        with CaptureQueriesContext(connection) as captured:
            read(client, "questionnaires", here.area)
        # who looks is remembered for a second at a time: only what is asked of surveys counts
        counts.append(sum("surveys_" in one["sql"] for one in captured))
    assert counts[0] == counts[2]


def test_a_draft_is_not_read_below_and_what_is_published_is(here: Town) -> None:
    world = here.world
    above = replace(world.clerk, grants=(Grant(Role.TOWN_LEAD, world.house.town.path),))
    kept = save_draft(
        stamp=fresh(), actor=above, area=world.house.town.id, code="above", definition=written(title="From above")
    )  # fmt: skip
    client = desk(here)
    assert client.get(reverse("questionnaire", args=[kept.id])).status_code == 404
    assert "From above" not in read(client, "questionnaires", here.area)
    Questionnaire.objects.filter(id=kept.id).update(state="published")
    assert "From above" in read(client, "questionnaires", here.area)
    page = read(client, "questionnaire", kept.id)
    assert "Withdraw this version" not in page
    assert reverse("questionnaires", args=[here.area]) in page
    assert client.post(reverse("questionnaire_withdraw", args=[kept.id])).status_code == 404


def test_one_questionnaire_says_what_every_question_is_for_and_where_it_goes(here: Town) -> None:
    page = read(desk(here, "clerk"), "questionnaire", published(here))
    for words in (
        "3 questions", "to find the sick early", "health (sensitive)", "30 days after release, as temperatures",
        "“Is somebody at home?” is Yes", "Fever of ＿＿?", "We ask for the community.",
    ):  # fmt: skip
        assert words in page, words
    assert "Go on editing" not in page


def test_versions_differ_in_words(here: Town) -> None:
    old = published(here)
    new = draft(here, written({**HOME, "required": True}, RELIGION)).id
    page = read(desk(here), "questionnaire_differences", new)
    for words in ("From version 1 to version 2", "Which religion?", "added", "Must be answered", "taken out"):
        assert words in page, words
    assert "These two versions say the same." in read(desk(here), "questionnaire_differences", old)
    assert desk(here).get(reverse("questionnaire_differences", args=[new]) + "?old=x").status_code == 404


def test_a_try_judges_answers_and_stores_nothing(here: Town) -> None:
    identity = published(here)
    client, there = desk(here, "clerk"), reverse("questionnaire_try", args=[identity])
    before = Questionnaire.objects.get(id=identity)
    wrong = client.post(there, {"a:home": "yes", "a:count": "99", "do": "check"})
    assert wrong.status_code == 422
    assert "1 answer needs another look" in wrong.content.decode()
    seen = "a-home a-count a-members-adult-fever a-members-child-fever"
    asked = client.post(there, {"a:home": "yes", "do": "check", "a:~seen": "a-home"})
    assert asked.status_code == 422
    assert "More questions follow" in asked.content.decode()
    right = client.post(there, {"a:home": "yes", "a:count": "3", "a:members:adult:fever": "?", "a:~seen": seen})
    assert right.status_code == 200
    for words in ("These answers would do", "Is somebody at home?", "<td>3</td>", "An adult (made up): Fever"):
        assert words in right.content.decode(), words
    assert not Response.objects.exists()
    assert Questionnaire.objects.get(id=identity).changed_at == before.changed_at


def test_a_try_speaks_the_language_that_is_chosen(here: Town) -> None:
    identity = published(here)
    assert "不知道" in read(desk(here), "questionnaire_try", identity, query="?language=zh-hans")
    page = read(desk(here), "questionnaire_try", identity, query="?language=en")
    assert "Don't know" in page
    assert "不知道" not in page


def test_what_may_not_be_asked_is_not_published_and_named_by_question(here: Town) -> None:
    kept = draft(here, written(HOME, RELIGION))
    client, there = desk(here), reverse("questionnaire_publish", args=[kept.id])
    page = client.get(there).content.decode()
    assert "1 thing keeps it from being published" in page
    assert reverse("question_edit", args=[kept.id, "belief"]) in page
    assert "Publish it" not in page
    assert client.post(there).status_code == 422
    assert Questionnaire.objects.get(id=kept.id).state == "draft"
    save_draft(
        stamp=fresh(), actor=here.lead, area=here.area, code="needs", definition=written(HOME), seen=kept.digest
    )  # fmt: skip
    assert "Publish it" in client.get(there).content.decode()
    assert client.post(there).status_code == 303
    assert Questionnaire.objects.get(id=kept.id).state == "published"


def test_withdrawing_and_throwing_away_ask_first(here: Town) -> None:
    identity, kept = published(here), draft(here, code="other")
    client = desk(here)
    assert "Withdraw version 1?" in read(client, "questionnaire_withdraw", identity)
    assert "Throw the draft of version 1 away?" in read(client, "questionnaire_discard", kept.id)
    assert client.post(reverse("questionnaire_withdraw", args=[identity])).status_code == 303
    assert Questionnaire.objects.get(id=identity).state == "withdrawn"
    assert client.post(reverse("questionnaire_discard", args=[kept.id])).status_code == 303
    assert not Questionnaire.objects.filter(id=kept.id).exists()
    assert client.get(reverse("questionnaire_withdraw", args=[identity])).status_code == 404


def test_a_withdrawn_version_is_listed_as_such(here: Town) -> None:
    withdraw_questionnaire(stamp=fresh(), actor=here.lead, questionnaire=published(here))
    assert "Withdrawn" in read(desk(here), "questionnaires", here.area)


def test_a_new_one_begins_empty_or_as_a_copy_and_a_code_is_used_once(here: Town) -> None:
    identity = published(here)
    client, there = desk(here), reverse("questionnaire_add", args=[here.area])
    assert client.post(there, {"title": "", "code": "Ä"}).status_code == 422
    taken = client.post(there, {"title": "Needs", "code": "needs", "begin": str(identity)})
    assert taken.status_code == 422
    made = client.post(there, {"title": "Spring", "code": "spring", "begin": str(identity)})
    assert made.status_code == 303
    copy = Questionnaire.objects.get(code="spring")
    assert [row["name"] for row in copy.definition["questions"]] == ["home", "count", "members"]
    assert copy.title["en"] == "Spring"
    assert client.post(there, {"title": "Bare", "code": "bare", "begin": ""}).status_code == 303
    assert definition_of(Questionnaire.objects.get(code="bare").id).questions == ()


def test_changing_a_published_one_makes_a_draft_once(here: Town) -> None:
    identity = published(here)
    client, there = desk(here), reverse("questionnaire_change", args=[identity])
    first = client.post(there, {"once": "0190aaaa-0000-7000-8000-000000000001"})
    again = client.post(there, {"once": "0190aaaa-0000-7000-8000-000000000001"})
    assert first["Location"] == again["Location"]
    assert Questionnaire.objects.filter(code="needs").count() == 2
    assert client.post(there).status_code == 409


def test_the_form_on_paper_has_boxes_and_conditions(here: Town) -> None:
    page = read(desk(here), "questionnaire_paper", published(here, written(HOME, COUNT)))
    for words in ('class="box"', "Only if", "“Is somebody at home?” is Yes", "Read this aloud first"):
        assert words in page, words
