"""What keeps a questionnaire from being published, and what should be asked in other words."""

import time
from typing import Any

import pytest

from tests.surveys.questionnaires.tables import table
from wangge.surveys.rules.questionnaires import Definition, advice, definition_faults, forbidden, read_definition

FILE = "faults.json"
TITLE = {"languages": ["en"], "title": {"en": "Example"}, "notice": {"en": "We ask for the village."}}
ASKED = {"name": "a", "type": "text", "label": {"en": "A"}}


def questionnaire(*questions: dict[str, Any], **more: Any) -> Definition:
    return read_definition({**TITLE, "questions": list(questions), **more})


@pytest.mark.parametrize("case", table(FILE, "faults"), ids=lambda case: case["name"])
def test_a_questionnaire_has_the_faults_of_the_table(case: dict[str, Any]) -> None:
    definition = questionnaire(*case["questions"], choices=case.get("choices", {}))
    assert [[one.code, one.question, one.column] for one in definition_faults(definition)] == case["faults"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": {"en": ""}}, "title_missing"),
        ({"languages": []}, "languages_missing"),
        ({"languages": ["fr"]}, "language_unknown"),
        ({"subject": "dog"}, "subject_unknown"),
    ],
)
def test_the_whole_must_have_a_title_languages_and_a_subject(more: dict[str, Any], code: str) -> None:
    assert [one.code for one in definition_faults(read_definition({**TITLE, "questions": [ASKED], **more}))] == [code]


def test_a_questionnaire_that_is_too_large_is_said_to_be() -> None:
    many = [{**ASKED, "name": f"q{number}"} for number in range(2_001)]
    assert [one.code for one in definition_faults(questionnaire(*many))] == ["questions_many"]
    long = {"x": [{"value": str(number)} for number in range(20_001)]}
    assert [one.code for one in definition_faults(questionnaire(ASKED, choices=long))] == ["choices_many"]


def test_two_thousand_questions_that_hang_on_each_other_are_looked_through_in_a_moment() -> None:
    rows = [{**ASKED, "name": f"q{n}", "relevant": f"${{q{n + 1}}} != ''"} for n in range(1_999)]
    begun = time.process_time()
    assert definition_faults(questionnaire(*rows, {**ASKED, "name": "q1999"})) == []
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("case", table(FILE, "forbidden"), ids=lambda case: case["label"])
def test_what_is_never_asked_is_found_in_labels_hints_and_choices(case: dict[str, str]) -> None:
    wanted = [case["word"]] if case["word"] else []
    said = {**ASKED, "label": {"en": case["label"]}}
    assert [one.facts["word"] for one in forbidden(questionnaire(said))] == wanted
    hinted = {**ASKED, "hint": {"en": case["label"]}}
    assert [one.facts["word"] for one in forbidden(questionnaire(hinted))] == wanted
    chosen = {**ASKED, "type": "select_one", "choices": "x"}
    lists = {"x": [{"value": "v", "label": {"en": case["label"]}}]}
    assert [one.facts["word"] for one in forbidden(questionnaire(chosen, choices=lists))] == wanted


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ({"klass": "health"}, ["purpose_own"]),
        ({"klass": "whereabouts"}, ["purpose_own"]),
        ({"klass": "money", "purpose": "relief"}, []),
        ({"purpose": ""}, ["purpose_missing"]),
        ({"retention": ""}, ["retention_missing"]),
    ],
)
def test_a_question_says_what_it_is_for_and_how_long_it_is_kept(more: dict[str, str], codes: list[str]) -> None:
    assert [one.code for one in forbidden(questionnaire({**ASKED, **more}))] == codes


def test_advice_keeps_nobody_from_publishing() -> None:
    clinical = {**ASKED, "label": {"en": "咽痛或结膜充血"}, "required": True, "unknown": False}
    definition = questionnaire(clinical, languages=["en", "zh-hans"], notice={})
    assert forbidden(definition) == []
    assert [one.code for one in advice(definition)] == [
        "notice_missing", "clinical", "unknown_closed", "translation_missing",
    ]  # fmt: skip
    assert advice(questionnaire(ASKED)) == []
