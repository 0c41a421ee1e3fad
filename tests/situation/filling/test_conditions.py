"""Conditions that people read and build, and the blank form on paper that tells them."""

import pytest

from tests.situation.filling.test_drawing import HOME, MEMBERS, questions
from wangge.situation import filling
from wangge.situation.filling.conditions import Condition, Term, read_condition, write_condition

SAME = [
    ("${home} = 'yes'", Condition("and", (Term("home", "is", "yes"),))),
    ("${age} >= 60 and ${home} != 'no'", Condition("and", (Term("age", "least", "60"), Term("home", "not", "no")))),
    (
        "selected(${needs}, 'food') or ${age} < 14",
        Condition("or", (Term("needs", "has", "food"), Term("age", "less", "14"))),
    ),
    ("not(selected(${needs}, 'none'))", Condition("and", (Term("needs", "lacks", "none"),))),
    ("${home} != '' and ${age} = ''", Condition("and", (Term("home", "answered"), Term("age", "blank")))),
    ('${home} = "it\'s"', Condition("and", (Term("home", "is", "it's"),))),
    ("${age} = 3", Condition("and", (Term("age", "is", "3"),))),
]  # fmt: skip
TYPES = {"age": "integer", "home": "select_one", "needs": "select_multiple"}


@pytest.mark.parametrize(("written", "condition"), SAME)
def test_a_condition_is_read_and_written_as_it_was(written: str, condition: Condition) -> None:
    assert read_condition(written) == condition
    assert write_condition(condition, TYPES) == written


@pytest.mark.parametrize(
    "written",
    ["${a} = 'x' and ${b} = 'y' or ${c} = 'z'", "(${a} = 'x')", "${a} + 1 > 2", "count(${a}) > 1", "${a} = ${b}", "n("],
)  # fmt: skip
def test_what_says_more_is_left_as_it_is(written: str) -> None:
    assert read_condition(written) is None


def test_no_condition_has_no_terms() -> None:
    assert read_condition("  ") == Condition("and", ())


def test_on_paper_members_stand_side_by_side_and_conditions_are_said() -> None:
    asked = questions(
        HOME,
        {"name": "why", "type": "text", "relevant": "${home} = 'no'"},
        {"name": "pets", "type": "group", "questions": [{"name": "dogs", "type": "integer", "label": {"en": "Dogs"}}]},
        MEMBERS,
        {"name": "total", "type": "calculate", "calculation": "1 + 1"},
    )
    first, pets, people = filling.paper(asked, "en", ["张*", "李*"])
    assert [(one.number, one.form) for one in first.asks] == [(1, "boxes"), (2, "line")]
    only = first.asks[1].only
    assert only is not None
    assert [(term.question, term.operator, term.value) for term in only.terms] == [("home", "is", "No")]
    assert [(pets.heading, one.label) for one in pets.asks] == [("pets", "Dogs")]
    assert people.people == ("张*", "李*")
    assert [one.in_cells for one in people.asks] == [True, False]
    assert len(filling.paper(asked, "en")[2].people) == 5
