"""Receipts: a command sent again is answered again and happens once."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests.conftest import NOON, stamp
from tests.journal.trial import Someone, knock, knock_at, knock_twice
from wangge.journal import erasing
from wangge.journal.models import Line, Receipt, Stock
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused

pytestmark = pytest.mark.django_db(transaction=True)
ME = Someone()


def test_the_same_key_of_another_source_is_another_command() -> None:
    assert knock(stamp=stamp("a", source="phone 1"), actor=ME, times=1) == 2
    assert knock(stamp=stamp("a", source="phone 2"), actor=ME, times=2) == 4
    assert Line.objects.count() == 2


def test_the_same_key_with_other_arguments_is_refused_and_the_first_answer_stays() -> None:
    knock(stamp=stamp("a"), actor=ME, times=1)
    with pytest.raises(Refused) as refused:
        knock(stamp=stamp("a"), actor=ME, times=2)
    assert (refused.value.code, refused.value.facts) == ("journal.key_reused", {"key": "a"})
    assert knock(stamp=stamp("a"), actor=ME, times=1) == 2
    assert Line.objects.count() == 1


def test_the_same_key_for_another_command_is_refused() -> None:
    knock(stamp=stamp("a"), actor=ME, times=1)
    with pytest.raises(Refused, match=r"journal\.key_reused"):
        knock_twice(stamp=stamp("a"), actor=ME, first=1, second=1)


def test_a_refusal_sent_again_is_the_same_refusal_even_when_it_would_now_be_granted() -> None:
    with pytest.raises(Refused) as first:
        knock(stamp=stamp("a"), actor=ME, times=-1)
    Receipt.objects.update(answer=bytes(Receipt.objects.get().answer).replace(b"-1", b"-2"))
    with pytest.raises(Refused) as again:
        knock(stamp=stamp("a"), actor=ME, times=-1)
    assert (first.value.facts, again.value.facts) == ({"times": -1}, {"times": -2})
    with pytest.raises(Refused, match=r"journal\.key_reused"):
        knock(stamp=stamp("a"), actor=ME, times=1)


def test_a_command_inside_a_command_joins_it_and_leaves_no_receipt_of_its_own() -> None:
    assert knock_twice(stamp=stamp("a"), actor=ME, first=1, second=2) == [2, 4]
    assert [receipt.command for receipt in Receipt.objects.all()] == ["tests.journal.trial.knock_twice"]
    assert knock_twice(stamp=stamp("a"), actor=ME, first=1, second=2) == [2, 4]
    assert Line.objects.count() == 2


def test_a_refusal_inside_undoes_the_whole_command() -> None:
    with pytest.raises(Refused, match=r"trial\.backwards"):
        knock_twice(stamp=stamp("a"), actor=ME, first=1, second=-1)
    assert (Line.objects.count(), Receipt.objects.count()) == (0, 1)


def test_a_defect_inside_leaves_nothing_and_the_key_stays_free() -> None:
    with pytest.raises(ZeroDivisionError):
        knock_twice(stamp=stamp("a"), actor=ME, first=1, second=13)
    assert (Line.objects.count(), Receipt.objects.count()) == (0, 0)
    assert knock_twice(stamp=stamp("a"), actor=ME, first=1, second=1) == [2, 2]


def test_a_command_that_is_rolled_back_by_its_caller_leaves_neither_effect_nor_receipt() -> None:
    with transaction.atomic():
        knock(stamp=stamp("a"), actor=ME, times=1)
        transaction.set_rollback(True)
    assert (Line.objects.count(), Receipt.objects.count(), Stock.objects.count()) == (0, 0, 0)
    assert knock(stamp=stamp("a"), actor=ME, times=1) == 2


def test_a_receipt_does_not_hold_what_was_sent() -> None:
    person = uuid7()
    knock_at(stamp=stamp("a"), actor=ME, path="1.2.", persons=[person])
    receipt = Receipt.objects.get()
    kept = receipt.command.encode() + bytes(receipt.answer) + bytes(receipt.digest)
    assert str(person).encode() not in kept
    assert person.bytes not in kept


def test_old_receipts_go_in_portions_and_young_ones_stay() -> None:
    for n in range(5):
        knock(stamp=stamp(f"old {n}", at=NOON - timedelta(days=121)), actor=ME, times=1)
    knock(stamp=stamp("young"), actor=ME, times=1)
    before = NOON - timedelta(days=120)
    assert [erasing.drop_receipts_before(before, batch=3) for _ in range(3)] == [3, 2, 0]
    assert [receipt.key for receipt in Receipt.objects.all()] == ["young"]
