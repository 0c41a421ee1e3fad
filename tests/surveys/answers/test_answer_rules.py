"""When two answers cannot both be: tables, no database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from wangge.surveys.rules.answers import (
    Compare,
    Compared,
    Observation,
    Settled,
    WrongAnswer,
    against,
    same_answer,
    turned_away,
    when_compared,
)
from wangge.surveys.rules.questionnaires import Question

NOON = datetime(2020, 2, 10, 4, 0, tzinfo=UTC)
ROUND, OTHER = UUID(int=1), UUID(int=2)


@pytest.mark.parametrize(
    ("one", "other", "bind", "same"),
    [
        ("yes", "yes", "", True),
        ("Yes ", "ＹＥＳ", "", True),
        (2, "2.0", "", True),
        (2, 3, "", False),
        (["a", "b"], ["b", "a"], "", True),
        (["a"], ["a", "b"], "", False),
        ("138 0000 0001", "+86 13800000001", "resident.phone", True),
        ("13800000001、13900000001", "13900000001", "resident.phone", True),
        ("13800000001", "13800000002", "resident.phone", False),
        ("2020-02-01", "2020-02-01", "", True),
        (True, "true", "", True),
    ],
)
def test_answers_are_compared_by_what_they_mean(one: Any, other: Any, bind: str, same: bool) -> None:
    assert same_answer(one, other, bind) is same
    assert same_answer(other, one, bind) is same


@pytest.mark.parametrize(
    ("question", "when"),
    [
        ({"type": "text"}, Compare.NEVER),
        ({"type": "select_multiple"}, Compare.NEVER),
        ({"type": "select_one"}, Compare.ROUND),
        ({"type": "integer", "klass": "health"}, Compare.DAY),
        ({"type": "select_one", "klass": "health", "compare": "always"}, Compare.ALWAYS),
        ({"type": "select_one", "compare": "never"}, Compare.NEVER),
        ({"type": "text", "bind": "resident.phone"}, Compare.ROUND),
        ({"type": "text", "bind": "resident.name"}, Compare.ALWAYS),
        ({"type": "date", "bind": "resident.birth_on"}, Compare.ALWAYS),
        ({"type": "text", "bind": "household.note"}, Compare.NEVER),
    ],
)
def test_a_question_says_when_it_is_compared(question: dict[str, Any], when: Compare) -> None:
    assert when_compared(Question(name="q", **question)) == when


def said(number: int, value: Any, *, hours: int = 0, round: UUID | None = ROUND, sheet: int = 0) -> Observation:
    at = NOON + timedelta(hours=hours)
    day = date(2020, 2, 10) + timedelta(days=hours // 24)
    return Observation(UUID(int=number), UUID(int=sheet or number), round, day, at, at, value)


@pytest.mark.parametrize(
    ("when", "other", "found"),
    [
        (Compare.ROUND, said(2, "no"), True),
        (Compare.ROUND, said(2, "yes"), False),
        (Compare.ROUND, said(2, "?"), False),
        (Compare.ROUND, said(2, ""), False),
        (Compare.ROUND, said(2, "no", sheet=1), False),
        (Compare.ROUND, said(2, "no", hours=-30), True),
        (Compare.ROUND, said(2, "no", hours=-30, round=OTHER), False),
        (Compare.ROUND, said(2, "no", round=None), True),
        (Compare.DAY, said(2, "no", hours=-30), False),
        (Compare.DAY, said(2, "no", hours=1, round=OTHER), True),
        (Compare.ALWAYS, said(2, "no", hours=-999, round=OTHER), True),
        (Compare.NEVER, said(2, "no"), False),
    ],
)
def test_two_answers_contradict_only_when_they_speak_of_one_time(
    when: Compare, other: Observation, found: bool
) -> None:
    how = Compared("q", when)
    assert (against(how, said(1, "yes"), [other]) is not None) is found


def test_the_answer_nearest_in_time_speaks_first() -> None:
    how = Compared("q", Compare.ROUND)
    same, far = said(2, "yes", hours=1), said(3, "no", hours=5)
    assert against(how, said(1, "yes"), [same, far]) is None
    assert against(how, said(1, "no"), [same, far]) == same


def test_what_was_settled_is_not_asked_again() -> None:
    how = Compared("q", Compare.ROUND)
    one, other = said(2, "yes"), said(3, "no", hours=1)
    new = said(4, "yes", hours=3)
    at = NOON + timedelta(hours=2)
    assert against(how, new, [one, other], Settled(at, one.response)) is None
    assert against(how, new, [one, other], Settled(at, other.response)) == other
    assert against(how, new, [one, other], Settled(at, None)) == other, "the last that was true at its time"


@pytest.mark.parametrize(
    ("source", "code", "away"),
    [
        ("door", "constraint", True),
        ("paper", "constraint", False),
        ("import", "question_unknown", False),
        ("paper", "not_whole", True),
    ],
)
def test_what_comes_late_is_kept_where_it_can_be_read(source: str, code: str, away: bool) -> None:
    assert turned_away(source, [WrongAnswer("q", None, code)]) is away
