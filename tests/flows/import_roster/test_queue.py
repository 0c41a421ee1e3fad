"""Questions one after the other; answers remembered, put off, and undone to the byte."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.flows.import_roster.support import FAMILY, HEAD, STRANGERS, TWO_NAMES, ZHOU, World, sound, village
from wangge.flows.import_roster.answering import answer_ask, take_answer_back
from wangge.flows.import_roster.preview import Preview
from wangge.flows.import_roster.queue import differing, queue
from wangge.kernel.refused import Refused
from wangge.people import commands as people
from wangge.people.models import Resident
from wangge.people.rules.wishes import Correction

pytestmark = pytest.mark.django_db(transaction=True)
TABLES = ("people.Household", "people.Resident", "people.Phone", "people.PriorityFlag", "people.Stay")


def register_rows() -> dict[str, list[dict[str, Any]]]:
    found = {}
    for label in TABLES:
        rows = apps.get_model(label)._default_manager.order_by("pk").values()
        found[label] = [{k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()} for row in rows]
    return found


def answer(world: World, seen: Preview, said: str, at: int | None = None) -> int:
    ask = queue(viewer=world.admin, imported=seen.id).question
    assert ask is not None
    done = answer_ask(stamp=world.now(), actor=world.admin, imported=seen.id, ask=ask.id, answer=said, candidate=at)
    return done.open


def test_a_question_shows_both_sides_masked_with_what_differs(world: World) -> None:
    seen = world.bring(TWO_NAMES)
    found = queue(viewer=world.admin, imported=seen.id)
    assert (found.asked, found.left, found.last) == (1, 1, None)
    question = found.question
    assert question is not None
    (pair,) = question.pairs
    assert (question.waiting.name, pair.person.name, pair.person.row) == ("周敏", "周民", None)
    assert {"name", "door", "phones"} <= pair.differs
    assert "number" not in pair.differs
    assert ZHOU not in repr(found)
    assert (question.waiting.phones, pair.person.phones) == (("169****4192",), ("169****4191",))


def test_digits_that_differ_are_shown_and_marked() -> None:
    one, other = differing("431126193901239971", "431126193901289971")
    assert one == (("************", False), ("3", True), ("*9971", False)) or one[1] == ("3", True)
    assert [text for text, marked in other if marked] == ["8"]
    assert differing("", "431126193901289971")[0] == (("", True),)
    assert "".join(text for text, _ in differing("1" * 18, "2" * 18)[0]) == "****1111"


def test_a_question_costs_the_same_with_one_and_three(world: World) -> None:
    costs = []
    rows = [f"1-1-10{n},周{name},户主,,,{ZHOU},,\n" for n, name in enumerate("民敏明鸣", start=1)]
    for text in (HEAD + rows[0] + rows[1], HEAD + "".join(rows)):
        seen = world.bring(text)
        with CaptureQueriesContext(connection) as spent:
            queue(viewer=world.admin, imported=seen.id)
        costs.append(len(spent))
        world.undo(seen.id)
    assert costs[0] == costs[1]


def test_what_is_left_for_later_comes_last_and_stays_open(world: World) -> None:
    seen = world.bring(TWO_NAMES)
    assert answer(world, seen, "later") == 1
    assert queue(viewer=world.admin, imported=seen.id).left == 1
    assert answer(world, seen, "different") == 0


@pytest.mark.parametrize("said", ["same", "different"])
def test_an_answer_is_taken_back_to_the_byte(world: World, said: str) -> None:
    seen = world.bring(TWO_NAMES)
    before = register_rows()
    answer(world, seen, said)
    assert register_rows() != before
    last = queue(viewer=world.admin, imported=seen.id).last
    assert last is not None
    take_answer_back(stamp=world.now(), actor=world.admin, imported=seen.id, ask=last)
    assert register_rows() == before
    assert queue(viewer=world.admin, imported=seen.id).left == 1
    assert answer(world, seen, "same") == 0
    assert sound()


def test_an_import_that_completed_people_is_undone_to_the_byte(world: World) -> None:
    world.bring("住址,姓名,性别\n1-1-101,周民,\n1-1-102,钱七,\n")
    before = register_rows()
    seen = world.bring(
        "住址,姓名,电话,出生日期,性别\n1-1-101,周民,16963934191,1939-01-23,男\n1-1-102,钱七,16963934192,,\n"
    )
    assert seen.counts.updated == 2
    world.undo(seen.id)
    assert register_rows() == before
    assert sound()


def test_an_answer_about_somebody_who_was_changed_since_stays(world: World) -> None:
    seen = world.bring(TWO_NAMES)
    answer(world, seen, "different")
    one = Resident.objects.get(name="周敏")
    people.correct_residents(stamp=world.now(), actor=world.admin, corrections=[Correction(one.id, {"sex": "F"})])
    last = queue(viewer=world.admin, imported=seen.id).last
    assert last is not None
    with pytest.raises(Refused, match="answer_stuck"):
        take_answer_back(stamp=world.now(), actor=world.admin, imported=seen.id, ask=last)
    assert Resident.objects.count() == 2


@pytest.mark.parametrize("said", ["same", "different"])
def test_nobody_is_asked_the_same_again_by_another_file(world: World, said: str) -> None:
    seen = world.bring(TWO_NAMES)
    answer(world, seen, said)
    there = Resident.objects.count()
    other = f"姓名,身份证号,住址,备注\n周敏,{ZHOU},1-1-102,从另一张表来\n"
    again = world.bring(other)
    assert (again.asks, again.counts.created, Resident.objects.count()) == ((), 0, there)


def test_somebody_who_waits_is_not_asked_about_by_another_file(world: World) -> None:
    world.bring(TWO_NAMES)
    again = world.bring(f"姓名,身份证号,住址,备注\n周敏,{ZHOU},1-1-102,从另一张表来\n")
    assert (again.asks, again.counts.created) == ((), 0)
    assert [one.code for one in again.reported] == ["waits_already"]


def test_the_same_file_makes_and_asks_nothing_before_and_after_answering(world: World) -> None:
    for text in (TWO_NAMES, village().decode("utf-8-sig")):
        seen = world.bring(text)
        again = world.bring(text)
        assert (again.counts.created, again.asks) == (0, ())
        while queue(viewer=world.admin, imported=seen.id).left:
            answer(world, seen, "different")
        again = world.bring(text)
        assert (again.counts.created, again.asks) == (0, ())


def test_a_household_is_asked_about_with_those_who_live_there(world: World) -> None:
    world.bring(FAMILY)
    seen = world.bring(STRANGERS.replace("吴梅", "孙九").replace("431126193703259064", ""))
    question = queue(viewer=world.admin, imported=seen.id).question
    if question is None:  # a matcher that is sure asks nobody
        assert seen.counts.asked == 0
        return
    assert question.pairs[0].person.name == "周民"
    assert "吴梅" in question.pairs[0].person.members
    with pytest.raises(Refused, match="candidate_unclear"):
        answer(world, seen, "same", 7)
