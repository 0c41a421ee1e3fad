"""Whatever is written as an expression is read or refused, and whatever is read has a value."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.surveys.questionnaires.tables import NOW, TODAY
from wangge.surveys.rules.questionnaires.expressions import (
    FUNCTIONS,
    BadExpression,
    Scope,
    Value,
    evaluate,
    is_true,
    number_of,
    parse,
    text_of,
)

WORTH: dict[str, Value] = {
    "n": 3.0, "t": "3栋 501", "d": "2020-02-01", "b": True, "e": "", "many": (1.0, "", "x"), "none": (), "big": 1e308,
    "odd": float("nan"), "wide": float("inf"), "moment": "2020-02-01T09:30",
}  # fmt: skip
SCOPE = Scope(answer=lambda name: WORTH.get(name, ""), today=TODAY, now=NOW, current="5", position=2)
leaves = st.one_of(
    st.sampled_from([f"${{{name}}}" for name in WORTH]),
    st.sampled_from([".", "..", "'a b'", "''", "0", "-1", "1.5", "99999999999999999999", "'2020-02-30'", "'%Y-%m'"]),
)


def _call(name: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    known = FUNCTIONS[name]
    given_ = st.lists(inner, min_size=known.least, max_size=min(known.most, known.least + 2))
    return given_.map(lambda parts: f"{name}({', '.join(parts)})")


def grown(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return larger expressions made of smaller ones."""
    signs = st.sampled_from(["+", "-", "*", " div ", " mod ", " = ", " != ", " < ", ">=", " and ", " or "])
    operations = st.tuples(inner, signs, inner).map(lambda parts: f"({''.join(parts)})")
    calls = [_call(name, inner) for name in FUNCTIONS if name != "regex"]
    return st.one_of(operations, *calls)


@settings(max_examples=400, deadline=None)
@given(st.recursive(leaves, grown, max_leaves=8))
def test_every_expression_that_can_be_read_has_a_value(text: str) -> None:
    value = evaluate(parse(text), SCOPE)
    assert isinstance(text_of(value), str)
    assert isinstance(number_of(value), float)
    assert isinstance(is_true(value), bool)


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(max_size=60), st.text(alphabet="${}ab().,'\"=<>!+-*/ 1andor", max_size=60)))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(BadExpression):
        assert isinstance(text_of(evaluate(parse(text), SCOPE)), str)
