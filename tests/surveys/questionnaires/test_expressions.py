"""Expressions: what they are worth, and how one that cannot be read is refused."""

import math
import time
from typing import Any

import pytest

from tests.surveys.questionnaires.tables import NOW, TODAY, table
from wangge.surveys.rules.questionnaires.expressions import (
    BadExpression,
    Scope,
    Value,
    evaluate,
    parse,
    pattern_fault,
    text_of,
)
from wangge.surveys.rules.questionnaires.filling import plain

FILE = "expressions.json"


def scope_of(case: dict[str, Any]) -> Scope:
    answers: dict[str, Value] = {name: plain(value) for name, value in case.get("answers", {}).items()}
    answers |= {name: tuple(plain(one) for one in values) for name, values in case.get("list", {}).items()}
    return Scope(
        answer=lambda name: answers.get(name, ""),
        today=TODAY,
        now=NOW.replace(tzinfo=None),
        current=plain(case.get("current")),
        position=case.get("position", 1),
        column=lambda name: case["columns"].get(name, ""),
    )


@pytest.mark.parametrize("case", table(FILE, "values"), ids=lambda case: case["expression"])
def test_an_expression_is_worth_what_the_table_says(case: dict[str, Any]) -> None:
    value = evaluate(parse(case["expression"]), scope_of(case))
    if case["value"] is None:
        assert isinstance(value, float)
        assert math.isnan(value)
    else:
        assert value == case["value"]
        assert isinstance(value, bool) is isinstance(case["value"], bool)


@pytest.mark.parametrize("case", table(FILE, "refused"), ids=lambda case: case["expression"] or "empty")
def test_an_expression_that_cannot_be_read_says_where_and_why(case: dict[str, Any]) -> None:
    with pytest.raises(BadExpression) as refused:
        parse(case["expression"])
    assert refused.value.code == case["code"]
    for fact in ("at", "function"):
        if fact in case:
            assert refused.value.facts[fact] == case[fact]


@pytest.mark.parametrize("case", table(FILE, "patterns"), ids=lambda case: case["pattern"])
def test_only_patterns_that_cannot_keep_a_computer_busy_are_taken(case: dict[str, str]) -> None:
    assert pattern_fault(case["pattern"]) == case["code"]


@pytest.mark.parametrize("pattern", [".*.*.*x", "[ab]*[ab]*[ab]*c"])
def test_the_slowest_pattern_that_is_taken_ends_soon(pattern: str) -> None:
    assert pattern_fault(pattern) == ""
    begun = time.process_time()
    assert evaluate(parse(f"regex('{'ab' * 100}', '{pattern}')"), scope_of({})) is False
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("text", ["(" * 200 + "1" + ")" * 200, "-" * 200 + "1", "not(" * 200 + "1" + ")" * 200])
def test_an_expression_that_is_nested_too_deeply_is_refused(text: str) -> None:
    with pytest.raises(BadExpression) as refused:
        parse(text)
    assert refused.value.code == "too_deep"


def test_a_long_row_of_conditions_is_no_deep_one() -> None:
    assert evaluate(parse(" or ".join(["false()"] * 300 + ["true()"])), scope_of({})) is True
    assert evaluate(parse("+".join(["1"] * 2_000)), scope_of({})) == 2_000
    with pytest.raises(BadExpression) as refused:
        parse("1+" * 2_000 + "1")
    assert refused.value.code == "too_long"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (3.0, "3"),
        (0.1, "0.1"),
        (math.nan, "NaN"),
        (math.inf, "Infinity"),
        (-math.inf, "-Infinity"),
        (True, "true"),
        ((), ""),
    ],
)
def test_values_become_texts_as_xpath_has_it(value: Value, text: str) -> None:
    assert text_of(value) == text
