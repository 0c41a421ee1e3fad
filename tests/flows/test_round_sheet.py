"""A sheet of a round brings visits with answers, and may be brought again."""

import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest

from tests.people.world import fresh, holds, settle
from tests.surveys.answers.asking import Asking, ask
from wangge.flows.round_sheet import record_round_sheet
from wangge.flows.visit_sheet import SheetRecorded
from wangge.surveys.answered import answers_of
from wangge.surveys.models import DoorVisit, Response, SurveyRound
from wangge.surveys.queries.rounds import open_contradictions

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking() -> Asking:
    return ask(settle())


def bring(asking: Asking, *rows: tuple[str, str, str, Any]) -> SheetRecorded:
    """Bring rows of door, state, time and answers."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["door", "state", "at", "answers"])
    writer.writerows((*row[:3], json.dumps(row[3]) if row[3] is not None else "") for row in rows)
    return record_round_sheet(stamp=fresh(), actor=asking.world.clerk, round=asking.round.id, text=text.getvalue())


def test_answers_of_a_row_are_those_of_its_household(asking: Asking) -> None:
    home = asking.world.family("王一", "王二", door="1-1-101")
    said = {"rooms": 3, "people": [{"name": "王二", "away": "yes"}]}
    row = ("1-1-101", "done", "2020-02-10 10:00", said)
    assert bring(asking, row).recorded == 1
    again = bring(asking, row)
    assert (again.recorded, again.again, again.reported) == (0, 1, [])
    rows = {one.resident_id: answers_of(one) for one in Response.objects.all()}
    assert rows == {None: {"rooms": 3}, home.residents[1]: {"away": "yes"}}
    assert Response.objects.first().source == "import"  # type: ignore[union-attr]
    holds()


def test_two_rows_that_disagree_are_both_kept_and_counted(asking: Asking) -> None:
    asking.world.family("王一", door="1-1-101")
    bring(
        asking,
        ("1-1-101", "done", "2020-02-10 09:00", {"people": [{"name": "王一", "away": "yes"}]}),
        ("1-1-101", "done", "2020-02-10 10:00", {"people": [{"name": "王一", "away": "no"}]}),
    )
    assert open_contradictions(viewer=asking.world.clerk, round=asking.round.id, path=asking.round.path) == 1
    holds()


def test_what_cannot_be_kept_is_reported_with_its_question_and_the_visit_stays(asking: Asking) -> None:
    asking.world.family("王一", door="1-1-101")
    asking.world.family("王二", door="1-1-102")
    found = bring(
        asking,
        ("1-1-101", "done", "2020-02-10 09:00", {"rooms": "many", "people": [{"name": "王一", "away": "perhaps"}]}),
        ("1-1-102", "done", "2020-02-10 09:00", {"rooms": 40, "cats": 2}),
    )
    assert (found.recorded, found.rejected) == (2, 0)
    assert [(one.row, one.column, one.code, one.value) for one in found.reported] == [
        (2, "answers", "answers_not_kept", "rooms: not_whole"),
        (2, "answers", "answers_not_kept", "away[1]: not_offered"),
        (3, "answers", "answers_kept_all_the_same", "rooms: constraint"),
        (3, "answers", "question_left_out", "cats: question_unknown"),
    ]
    assert DoorVisit.objects.count() == 2
    assert answers_of(Response.objects.get()) == {"rooms": 40}


def test_behind_a_shared_door_answers_find_their_household_by_a_name(asking: Asking) -> None:
    asking.world.family("王一", door="1-1-101")
    second = asking.world.family("李四", door="1-1-101")
    found = bring(
        asking,
        ("1-1-101", "done", "2020-02-10 09:00", {"people": [{"name": "李四", "away": "yes"}]}),
        ("1-1-101", "done", "2020-02-10 10:00", {"rooms": 2}),
    )
    assert [(one.row, one.code) for one in found.reported] == [(3, "answers_whose")]
    assert set(Response.objects.values_list("household", flat=True)) == {second.household}
    assert DoorVisit.objects.count() == 4


def test_a_round_that_asks_nothing_says_so(asking: Asking) -> None:
    asking.world.family("王一", door="1-1-101")
    SurveyRound.objects.update(questionnaire=None)
    found = bring(replace(asking), ("1-1-101", "done", "2020-02-10 09:00", {"rooms": 2}))
    assert (found.recorded, [one.code for one in found.reported]) == (1, ["round_asks_nothing"])
