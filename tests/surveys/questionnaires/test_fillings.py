"""Fillings: what is asked, what is kept, what is wrong, and what becomes of the answers."""

import json
from typing import Any

import pytest

from tests.surveys.questionnaires.tables import FOLDER, context_of, table
from wangge.kernel.refused import Refused
from wangge.surveys.rules.questionnaires import (
    Definition,
    Filling,
    blank_answers,
    bound,
    check_answers,
    definition_faults,
    filled_in,
    forbidden,
    joined,
    label,
    question,
    read_definition,
    relevant_names,
    said,
    split_by_class,
    stored_definition,
)

FILE = "fillings.json"


@pytest.fixture(scope="module")
def definition() -> Definition:
    return read_definition(json.loads((FOLDER / FILE).read_text("utf-8"))["definition"])


def test_the_questionnaire_of_the_table_can_be_used_and_is_stored_as_it_was(definition: Definition) -> None:
    assert definition_faults(definition) == []
    assert forbidden(definition) == []
    assert read_definition(stored_definition(definition)) == definition


@pytest.mark.parametrize("case", table(FILE, "cases"), ids=lambda case: case["name"])
def test_a_filling_is_kept_as_the_table_says(definition: Definition, case: dict[str, Any]) -> None:
    context = context_of(case.get("members", []))
    checked = check_answers(definition, case["answers"], context)
    assert [[one.name, one.index, one.code] for one in checked.faults] == case["faults"]
    assert checked.answers == case["kept"]
    assert list(checked.answers) == list(case["kept"])
    if "asked" in case:
        assert relevant_names(definition, case["answers"], context) == set(case["asked"])
    for index, names in case.get("asked_in", {}).items():
        asked = relevant_names(definition, case["answers"], context, index=int(index))
        assert asked & {"phone", "born", "school", "pregnant"} == set(names)


@pytest.mark.parametrize("case", table(FILE, "cases"), ids=lambda case: case["name"])
def test_what_is_kept_is_kept_again_without_a_fault_and_can_be_taken_apart(
    definition: Definition, case: dict[str, Any]
) -> None:
    context = context_of(case.get("members", []))
    kept = check_answers(definition, case["answers"], context)
    if not kept.faults:
        assert check_answers(definition, kept.answers, context) == kept
    assert joined(*split_by_class(definition, kept.answers)) == kept.answers


@pytest.mark.parametrize(
    "case", [case for case in table(FILE, "cases") if "bound" in case], ids=lambda case: case["name"]
)
def test_answers_go_to_the_register_and_the_sensitive_ones_apart(definition: Definition, case: dict[str, Any]) -> None:
    kept = case["kept"]
    found = [[one.target, one.value, one.resident, one.index, one.name] for one in bound(definition, kept)]
    assert found == case["bound"]
    if "plain" in case:
        assert split_by_class(definition, kept) == (case["plain"], case["sensitive"])


def test_a_filling_begins_with_an_entry_for_every_member_and_with_defaults() -> None:
    definition = read_definition(
        {
            "title": {"en": "x"},
            "questions": [
                {"name": "on", "type": "date", "label": {"en": "On"}, "default": "today()"},
                {"name": "door", "type": "text", "label": {"en": "Door"}, "default": "(none)"},
                {
                    "name": "who",
                    "type": "repeat",
                    "repeat": "members",
                    "questions": [
                        {"name": "years", "type": "integer", "label": {"en": "Age"}, "default": "${member_age}"}
                    ],
                },
            ],
        }
    )
    context = context_of([{"id": "m1", "name": "张伟", "birth_on": "1980-02-10"}, {"id": "m2", "name": "李娜"}])
    assert blank_answers(definition, context) == {
        "on": "2020-02-10",
        "door": "(none)",
        "who": [{"resident": "m1", "years": 40}, {"resident": "m2"}],
    }


def test_labels_tell_what_was_answered(definition: Definition) -> None:
    context = context_of([{"id": "m1", "name": "张伟", "birth_on": "1980-02-10"}])
    answers = {"away": "yes", "at_home": 2, "needs": ["food", "gold"], "people": [{"resident": "m1"}]}
    filling = Filling(definition, answers, context)
    assert filled_in(filling, "Away: ${away}, at home: ${at_home}, ${nothing}.", "en") == "Away: Yes, at home: 2, ."
    assert filled_in(filling, "${member_name} (${ member_age })", "en", 0, "people") == "张伟 (40)"
    assert said(definition, question(definition, "needs"), ["food", "?"], "zh-hans") == "food、?"
    assert said(definition, question(definition, "away"), "?", "en") == "?"


@pytest.mark.parametrize(
    ("words", "language", "text"),
    [
        ({"zh-hans": "甲", "en": "A"}, "en", "A"),
        ({"zh-hans": "甲", "en": "A"}, "zh-hant", "甲"),
        ({"en": "A", "fr": "B"}, "zh-hant", "A"),
        ({"fr": "B", "zh-hans": " "}, "en", "B"),
        ({}, "en", ""),
    ],
)  # fmt: skip
def test_a_text_falls_back_to_the_next_language(words: dict[str, str], language: str, text: str) -> None:
    assert label(words, language) == text


@pytest.mark.parametrize(
    "stored",
    [
        {"questions": [{"type": "text"}]},
        {"questions": [{"name": "a", "type": "text", "required": "yes"}]},
        {"questions": "none"},
        {"format": 2},
    ],
)
def test_what_is_no_questionnaire_is_refused(stored: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refused:
        read_definition(stored)
    assert refused.value.code == "questionnaires.unreadable"


def test_a_question_that_is_not_there_is_a_key_error(definition: Definition) -> None:
    assert question(definition, "school").type == "text"
    with pytest.raises(KeyError):
        question(definition, "stranger")
