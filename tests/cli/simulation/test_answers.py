"""Invented answers fit the questions that come with Wangge."""

from datetime import UTC, date, datetime, timedelta
from random import Random
from uuid import UUID

from wangge.cli.simulation.answers import QUESTIONS, Known, answer
from wangge.surveys.rules.questionnaires import UNKNOWN, Context, Member, check_answers
from wangge.surveys.shipped import shipped

DAY = date(2020, 2, 1)


def test_whoever_answers_answers_what_is_asked_of_them() -> None:
    random, definition = Random(4), shipped()[QUESTIONS]
    known = {UUID(int=at + 1): Known("MF"[at % 2], at % 95, at % 17 == 0) for at in range(900)}
    unknown = 0
    for first in range(0, 900, 3):
        ids = list(known)[first : first + 1 + first % 3]
        members = tuple(
            Member(str(id_), "某人", DAY - timedelta(days=365 * known[id_].age + 100), known[id_].sex) for id_ in ids
        )
        said = answer(ids, known, 1, DAY, random)
        checked = check_answers(definition, said, Context(DAY, datetime(2020, 2, 1, 4, tzinfo=UTC), members))
        assert not checked.faults
        given = [{name for name in one if name != "resident"} for one in said["people"]]
        assert given == [given[at] & set(one) for at, one in enumerate(checked.answers["people"])], "none is dropped"
        unknown += sum(UNKNOWN in one.values() for one in said["people"])
    assert unknown > 3


def test_somebody_nobody_knows_yet_is_not_answered_for() -> None:
    assert answer([UUID(int=1)], {}, 1, DAY, Random(1))["people"] == []
