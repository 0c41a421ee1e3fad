"""The questionnaires that come with Wangge."""

from typing import Any

import pytest

from tests.surveys.questionnaires.tables import context_of
from wangge.surveys.rules.questionnaires import (
    LANGUAGES,
    Definition,
    advice,
    blank_answers,
    bound,
    check_answers,
    definition_faults,
    forbidden,
    relevant_names,
    split_by_class,
    walk,
)
from wangge.surveys.shipped import shipped

CODES = ("household-survey", "self-declaration", "shop-reopening", "worries-and-needs")
ONE = {"resident": "m1"}
FAMILY = [
    {"id": "m1", "name": "张伟", "birth_on": "1950-05-01", "sex": "M"},
    {"id": "m2", "name": "李娜", "birth_on": "1990-02-10", "sex": "F"},
    {"id": "m3", "name": "张小宝", "birth_on": "2012-02-11", "sex": "M"},
    {"id": "m4", "name": "王芳", "sex": "F"},
]


def texts(definition: Definition) -> list[dict[str, str]]:
    """Return every text of a questionnaire by language."""
    found = [definition.title, definition.notice]
    found += [choice.label for choices in definition.choices.values() for choice in choices]
    for one in walk(definition.questions):
        found += [words for words in (one.label, one.hint, one.constraint_message) if words]
    return found


@pytest.mark.parametrize("code", CODES)
def test_a_shipped_questionnaire_can_be_published_and_is_complete_in_three_languages(code: str) -> None:
    definition = shipped()[code]
    assert definition_faults(definition) == forbidden(definition) == advice(definition) == []
    for words in texts(definition):
        assert set(words) == set(LANGUAGES)
        assert all(text.strip() for text in words.values())
    for one in walk(definition.questions):
        assert one.unknown, "a shipped questionnaire takes don't know everywhere"
        assert not one.constraint or one.constraint_message


def test_there_are_four_and_only_the_one_for_shops_asks_about_places() -> None:
    assert tuple(shipped()) == CODES
    assert [code for code in CODES if shipped()[code].subject == "place"] == ["shop-reopening"]


def test_a_household_is_asked_what_concerns_each_member() -> None:
    survey, context = shipped()["household-survey"], context_of(FAMILY)
    answers = blank_answers(survey, context)
    asked = [relevant_names(survey, answers, context, index=index) for index in range(len(FAMILY))]
    wanted = {
        "school": [2],
        "pregnant": [1],
        "born": [3],
        "phone": [0, 1, 3],
        "reach": [0, 1, 3],
        "fever": [0, 1, 2, 3],
    }
    for name, places in wanted.items():
        assert [index for index, names in enumerate(asked) if name in names] == places, name


def test_a_whole_survey_is_kept_bound_and_taken_apart() -> None:
    survey, context = shipped()["household-survey"], context_of(FAMILY)
    entries: list[dict[str, Any]] = [
        {"resident": "m1", "presence": "living_here", "reach": "no_phone", "care": ["alone", "dialysis"], "fever": "?"},
        {"resident": "m2", "presence": "away", "away_at": "浙江温州", "back_on": "2020-02-20", "care": ["none"]},
        {
            "resident": "m3",
            "presence": "living_here",
            "school": "primary",
            "travelled": "yes",
            "travel_on": "2020-02-01",
        },
        {"resident": None, "name": "王小明", "presence": "guest", "born": "1980-01-01", "phone": "138 0000 1234"},
    ]
    checked = check_answers(survey, {"persons_seen": 3, "people": entries, "needs": ["none"]}, context)
    assert checked.faults == ()
    found = [(one.target, one.value, one.resident, one.name) for one in bound(survey, checked.answers)]
    assert found == [
        ("resident.presence", "living_here", "m1", ""),
        ("flag.no_phone", True, "m1", ""),
        ("flag.disabled", False, "m1", ""),
        ("flag.dialysis", True, "m1", ""),
        ("flag.alone_elderly", True, "m1", ""),
        ("resident.presence", "away", "m2", ""),
        ("flag.disabled", False, "m2", ""),
        ("flag.dialysis", False, "m2", ""),
        ("flag.alone_elderly", False, "m2", ""),
        ("resident.presence", "living_here", "m3", ""),
        ("flag.returnee", True, "m3", ""),
        ("resident.presence", "guest", None, "王小明"),
        ("resident.birth_on", "1980-01-01", None, "王小明"),
        ("resident.phone", "138 0000 1234", None, "王小明"),
    ]
    plain, sensitive = split_by_class(survey, checked.answers)
    assert "fever" not in str(plain)
    assert "温州" not in str(plain)
    assert sensitive["people"][2] == {"resident": "m3", "travelled": "yes", "travel_on": "2020-02-01"}


@pytest.mark.parametrize(
    ("code", "answers", "faults"),
    [
        ("household-survey", {"needs": ["none", "food"]}, [("needs", "constraint")]),
        ("household-survey", {"people": [ONE]}, [("presence", "required")]),
        ("household-survey", {"people": [{**ONE, "presence": "away", "back_on": "2020-02-09"}]},
         [("back_on", "constraint")]),
        ("self-declaration", {"people": [{**ONE, "temperature": 50}]}, [("temperature", "constraint")]),
        ("self-declaration", {"people": [{**ONE, "travelled": "yes", "travel_on": "2020-01-01"}]},
         [("travel_on", "constraint")]),
        ("worries-and-needs", {"worries": ["none"], "help": ["none", "call"]}, [("help", "constraint")]),
        ("shop-reopening", {"open": "open", "staff": 3, "staff_here": 4}, [("staff_here", "constraint")]),
        ("shop-reopening", {"staff": 3}, [("open", "required")]),
    ],
)  # fmt: skip
def test_answers_that_cannot_be_are_found(code: str, answers: dict[str, Any], faults: list[tuple[str, str]]) -> None:
    checked = check_answers(shipped()[code], answers, context_of(FAMILY))
    assert [(one.name, one.code) for one in checked.faults] == faults
