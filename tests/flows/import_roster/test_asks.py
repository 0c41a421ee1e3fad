"""What an import asks, and what becomes of the answer."""

import pytest

from tests.flows.import_roster.support import HEAD, STRANGERS, TWO_NAMES, ZHOU, World, sound
from wangge.flows.import_roster import applying
from wangge.flows.import_roster.answering import answer_ask
from wangge.flows.import_roster.models import ImportAsk
from wangge.flows.import_roster.preview import row_lines
from wangge.flows.import_roster.undoing import Undone
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.people import commands as people
from wangge.people.models import Household, Resident

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_doubtful_row_waits_and_after_same_only_telephones_are_added(world: World) -> None:
    seen = world.bring(TWO_NAMES)
    (ask,) = seen.asks
    assert (seen.counts.created, seen.counts.asked, ask.kind) == (1, 1, "same_person")
    assert (ask.rows, [(one["sheet"], one["row"]) for one in ask.candidates]) == (((None, 3), (None, 2)), [(None, 2)])
    assert [line.name for line in row_lines(viewer=world.admin, imported=seen.id, outcome="asked")[0]] == ["周敏"]
    assert world.answer(seen, "same") == ["updated"]
    assert world.register() == {"1-1-101": [("周民", ("16963934191", "16963934192"))]}
    with pytest.raises(Refused, match="ask_answered"):
        answer_ask(stamp=world.now(), actor=world.admin, imported=seen.id, ask=ask.id, answer="different")
    assert (world.look(seen.id).counts.asked, world.look(seen.id).asks) == (0, ())


def test_after_different_the_row_is_somebody_new_and_is_not_asked_again(world: World) -> None:
    assert world.answer(world.bring(TWO_NAMES), "different") == ["created"]
    assert {door: len(members) for door, members in world.register().items()} == {"1-1-101": 1, "1-1-102": 1}
    again = world.bring(TWO_NAMES)
    assert (again.counts.created, again.counts.unchanged, again.asks) == (0, 2, ())


def test_a_row_that_waits_is_not_asked_a_second_time(world: World) -> None:
    world.bring(TWO_NAMES)
    again = world.bring(TWO_NAMES)
    assert (again.counts.unchanged, again.counts.skipped, again.asks) == (1, 1, ())
    assert [one.code for one in again.reported] == ["waits_already"]


def test_an_answer_is_refused_where_it_makes_no_sense(world: World) -> None:
    staged = world.stage(TWO_NAMES)
    ask = ImportAsk.objects.get().id
    cases = ((staged, ask, "same", "not_applied"), (staged, ask, "maybe", "answer_unknown"))
    for imported, question, answer, code in cases:
        with pytest.raises(Refused, match=code):
            answer_ask(stamp=world.now(), actor=world.admin, imported=imported, ask=question, answer=answer)
    applying.apply(stamp=world.now(), actor=world.admin, imported=staged)
    with pytest.raises(Refused, match="ask_unknown"):
        answer_ask(stamp=world.now(), actor=world.admin, imported=staged, ask=uuid7(), answer="same")
    people.withdraw(stamp=world.now(), actor=world.admin, residents=[Resident.objects.get().id])
    with pytest.raises(Refused, match="candidate_gone"):
        answer_ask(stamp=world.now(), actor=world.admin, imported=staged, ask=ask, answer="same")


@pytest.mark.parametrize(("answer", "households", "heads"), [("same", 1, 1), ("different", 2, 2)])
def test_a_family_at_a_door_where_strangers_live_waits(world: World, answer: str, households: int, heads: int) -> None:
    world.bring(f"{HEAD}1-1-101,周民,户主,,,{ZHOU},,")
    seen = world.bring(STRANGERS)
    assert [(one.kind, len(one.rows)) for one in seen.asks] == [("household", 3)]
    assert (seen.counts.asked, Resident.objects.count()) == (3, 1)
    assert world.answer(seen, answer) == ["created", "created", "unchanged"]
    assert (Household.objects.count(), Resident.objects.count()) == (households, 3)
    assert Resident.objects.filter(is_head=True).count() == heads
    assert sound()


def test_a_child_without_a_head_joins_the_household_at_the_door(world: World) -> None:
    world.bring(f"{HEAD}1-1-101,周民,户主,,,{ZHOU},,")
    seen = world.bring(f"{HEAD}1-1-101,周小,子,,,,,")
    assert (seen.counts.created, seen.asks, Household.objects.count()) == (1, (), 1)


def test_answers_are_undone_with_their_import(world: World) -> None:
    for answer in ("same", "different"):
        seen = world.bring(TWO_NAMES)
        world.answer(seen, answer)
        assert world.undo(seen.id) == Undone(2, [])
        assert Household.objects.count() == 0
