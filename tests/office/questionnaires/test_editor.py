"""The editor of a draft: every question can be written in the browser, and two who write lose nothing."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from tests.office.entering import enter
from tests.office.questionnaires.sheets import definition_of, draft, fields, published, written
from tests.situation.forms.town import Town, town
from wangge.surveys.models import Questionnaire
from wangge.surveys.rules.questionnaires import question, walk

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town()


@pytest.fixture
def client(here: Town) -> Client:
    return enter(here.world.house.admin, here.lead)


def address(identity: UUID, name: str, *more: str) -> str:
    return reverse(name, args=[identity, *more])


def typed(client: Client, there: str, **changes: str | list[str]) -> dict[str, str | list[str]]:
    """Return what a browser would send from a page of the editor, with some fields changed."""
    answer = client.get(there)
    assert answer.status_code == 200
    return {**fields(answer.content.decode(), "question"), **changes}


def names(identity: UUID) -> list[str]:
    return [one.name for one in walk(definition_of(identity).questions)]


def test_a_published_version_is_not_edited(here: Town, client: Client) -> None:
    identity = published(here)
    assert client.get(address(identity, "questionnaire_edit")).status_code == 404
    assert client.post(address(identity, "question_edit", "home"), {}).status_code == 404


def test_a_question_that_is_opened_and_saved_stays_as_it_was(here: Town, client: Client) -> None:
    kept = draft(here)
    before = definition_of(kept.id)
    for name in ("home", "count", "members", "fever"):
        there = address(kept.id, "question_edit", name)
        assert client.post(there, typed(client, there)).status_code == 303, name
        assert definition_of(kept.id) == before, name


def test_words_type_choices_and_what_it_is_for_are_changed(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "question_edit", "home")
    changes = typed(
        client, there, **{
            "label-en": "At home?", "label-zh-hans": "在家吗？", "hint-en": "Ask once", "type": "select_multiple",
            "choice0-value": "yes", "choice0-en": "Certainly", "purpose": "care", "klass": "care", "required": "on",
            "retention": "order", "other": "on",
        }
    )  # fmt: skip
    assert client.post(there, changes).status_code == 303
    one = question(definition_of(kept.id), "home")
    assert (one.type, one.label, one.hint) == (
        "select_multiple", {"en": "At home?", "zh-hans": "在家吗？"}, {"en": "Ask once"},
    )  # fmt: skip
    assert (one.required, one.other, one.purpose, one.klass, one.retention) == (True, True, "care", "care", "order")
    assert definition_of(kept.id).choices["yes_no"][0].label == {"en": "Certainly"}


def test_a_condition_is_built_from_questions_and_their_choices(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "question_edit", "members")
    building = typed(client, there, when="built", do="look")
    page = client.post(there, {**building, "term0-name": "home"}).content.decode()
    assert '<option value="no">No</option>' in page
    build = {"term0-name": "home", "term0-value": "no", "term0-operator": "not", "term1-name": "count",
             "term1-operator": "more", "term1-value": "2", "joiner": "or", "when": "built"}  # fmt: skip
    assert client.post(there, {**typed(client, there), **build}).status_code == 303
    assert question(definition_of(kept.id), "members").relevant == "${home} != 'no' or ${count} > 2"


def test_an_expression_is_checked_at_once_and_kept_as_it_was_typed(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "question_edit", "count")
    page = client.post(there, typed(client, there, when="written", relevant="${nobody} = 1 and (", do="look"))
    assert page.status_code == 200
    text = page.content.decode()
    assert 'value="${nobody} = 1 and ("' in text
    assert 'class="fault"' in text
    assert question(definition_of(kept.id), "count").relevant == "${home} = 'yes'", "a look saves nothing"


def test_least_and_most_of_a_number_are_two_fields(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "question_edit", "count")
    given = typed(client, there)
    assert (given["low"], given["high"]) == (["1"], ["20"])
    assert client.post(there, {**given, "low": "", "high": "9"}).status_code == 303
    assert question(definition_of(kept.id), "count").constraint == ". <= 9"


def test_questions_are_added_moved_and_taken_out(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "question_add")
    wordless = client.post(there + "?after=home", typed(client, there + "?after=home"))
    assert wordless.status_code == 422
    assert "Write the question first." in wordless.content.decode()
    given = typed(client, there + "?after=home", **{"label-en": "Why?", "type": "text", "name": "why"})
    assert client.post(there, given).status_code == 303
    assert names(kept.id) == ["home", "why", "count", "members", "fever"]
    inside = typed(client, there + "?within=members", **{"label-en": "Cough?", "name": "cough", "choice0-en": "Yes"})
    assert client.post(there, inside).status_code == 303
    assert names(kept.id)[-2:] == ["fever", "cough"]
    assert [one.label for one in definition_of(kept.id).choices["cough"]] == [{"en": "Yes"}]
    edit = address(kept.id, "questionnaire_edit")
    assert client.post(edit, {"do": "up:why"}).status_code == 303
    assert names(kept.id)[:2] == ["why", "home"]
    remove = address(kept.id, "question_remove", "home")
    assert "How many live here?" in client.get(remove).content.decode(), "what speaks of it is named"
    assert client.post(remove).status_code == 303
    assert "home" not in names(kept.id)
    assert client.get(remove).status_code == 404


def test_the_same_form_sent_twice_adds_one_question(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "question_add")
    given = typed(client, there, **{"label-en": "Why?", "type": "text", "name": "why"})
    first, again = client.post(there, given), client.post(there, given)
    assert first.status_code == 303
    assert names(kept.id).count("why") == 1
    assert again.status_code in (303, 409, 422)
    assert "why_2" not in names(kept.id)


def test_another_short_name_is_followed_by_every_condition(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "question_edit", "home")
    assert client.post(there, typed(client, there, name="count")).status_code == 422
    assert client.post(there, typed(client, there, name="at_home")).status_code == 303
    assert question(definition_of(kept.id), "count").relevant == "${at_home} = 'yes'"


def test_a_question_is_put_into_a_group(here: Town, client: Client) -> None:
    kept = draft(here)
    group = address(kept.id, "question_add") + "?type=group"
    assert client.post(group, typed(client, group, name="about", **{"label-en": "About you"})).status_code == 303
    there = address(kept.id, "question_edit", "count")
    assert client.post(there, typed(client, there, within="about")).status_code == 303
    assert names(kept.id) == ["home", "members", "fever", "about", "count"]


def test_of_two_who_change_different_questions_nobody_loses_anything(here: Town, client: Client) -> None:
    kept = draft(here)
    home, count = (address(kept.id, "question_edit", name) for name in ("home", "count"))
    mine, theirs = typed(client, home, **{"label-en": "Mine"}), typed(client, count, **{"label-en": "Theirs"})
    assert client.post(count, theirs).status_code == 303
    assert client.post(home, mine).status_code == 303
    now = definition_of(kept.id)
    assert (question(now, "home").label["en"], question(now, "count").label["en"]) == ("Mine", "Theirs")


def test_of_two_who_change_one_question_the_second_sees_both_and_keeps_what_was_typed(
    here: Town, client: Client
) -> None:
    kept = draft(here)
    there = address(kept.id, "question_edit", "home")
    mine, theirs = typed(client, there, **{"label-en": "Mine"}), typed(client, there, **{"label-en": "Theirs"})
    assert client.post(there, theirs).status_code == 303
    conflict = client.post(there, mine)
    page = conflict.content.decode()
    assert conflict.status_code == 422
    assert "Somebody else changed this question meanwhile" in page
    assert "<td>Theirs</td><td>Mine</td>" in page
    assert question(definition_of(kept.id), "home").label["en"] == "Theirs"
    assert client.post(there, {**fields(page, "question")}).status_code == 303
    assert question(definition_of(kept.id), "home").label["en"] == "Mine"


def test_title_notice_and_languages_are_changed_and_one_language_is_needed(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "questionnaire_whole")
    given = fields(client.get(there).content.decode(), "whole")
    assert client.post(there, {**given, "languages": []}).status_code == 422
    changes = {**given, "title-zh-hans": "需求", "languages": ["zh-hans", "en"], "subject": "place"}
    assert client.post(there, changes).status_code == 303
    now = definition_of(kept.id)
    assert (now.title, now.languages, now.subject) == ({"en": "Needs", "zh-hans": "需求"}, ("zh-hans", "en"), "place")
    old = client.post(there, {**given, "title-en": "Late"})
    assert old.status_code == 422
    assert 'value="Late"' in old.content.decode()


def test_the_draft_shows_what_is_wrong_beside_the_phone(here: Town, client: Client) -> None:
    broken = written({"name": "belief", "type": "text", "label": {"en": "Religion?"}})
    kept = draft(here, broken)
    page = client.get(address(kept.id, "questionnaire_edit")).content.decode()
    assert "1 thing keeps it from being published" in page
    assert 'id="a-filling"' in page
    assert reverse("questionnaire_try", args=[kept.id]) in page


def test_choices_are_added_moved_and_taken_out_before_anything_is_saved(here: Town, client: Client) -> None:
    kept = draft(here)
    there = address(kept.id, "question_edit", "home")
    down = fields(client.post(there, typed(client, there, do="choice-down:0")).content.decode(), "question")
    assert [down[f"choice{turn}-value"] for turn in (0, 1)] == [["no"], ["yes"]]
    more = fields(client.post(there, {**down, "do": "choice-add:0"}).content.decode(), "question")
    assert more["rows"] == ["3"]
    gone = fields(client.post(there, {**more, "do": "choice-drop:0"}).content.decode(), "question")
    assert gone["rows"] == ["2"]
    assert client.post(there, {**gone, "choice1-en": "Perhaps"}).status_code == 303
    assert [(one.value, one.label) for one in definition_of(kept.id).choices["yes_no"]] == [
        ("yes", {"en": "Yes"}), ("c1", {"en": "Perhaps"}),
    ]  # fmt: skip
    assert Questionnaire.objects.get(id=kept.id).state == "draft"


def test_a_list_of_very_many_choices_stays_as_it_is(here: Town, client: Client) -> None:
    towns = [{"value": f"t{number}", "label": {"en": f"Town {number}"}} for number in range(300)]
    many = written({"name": "town", "type": "select_one", "choices": "towns", "label": {"en": "Which town?"}})
    kept = draft(here, {**many, "choices": {"towns": towns}})
    there = address(kept.id, "question_edit", "town")
    assert "300 choices" in client.get(there).content.decode()
    assert client.post(there, typed(client, there, required="on")).status_code == 303
    assert len(definition_of(kept.id).choices["towns"]) == 300
    assert question(definition_of(kept.id), "town").required
