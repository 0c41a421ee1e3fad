from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.conftest import NOON, stamp
from tests.journal.trial import DAY, Someone, knock, note, seal
from wangge.journal import feed, tallies
from wangge.journal.models import Line, Receipt, Stock
from wangge.kernel.refused import Refused


@pytest.mark.django_db(transaction=True)
def test_the_same_key_gives_the_first_answer_and_happens_once() -> None:
    assert [knock(stamp=stamp("a"), actor=Someone(), times=3) for _ in range(2)] == [6, 6]
    assert Line.objects.count() == 1
    with pytest.raises(Refused, match="key_reused"):
        knock(stamp=stamp("a"), actor=Someone(), times=4)
    assert Stock.objects.get(counter="heads").value == 3


@pytest.mark.django_db(transaction=True)
def test_a_refusal_undoes_its_effect_and_is_remembered() -> None:
    for _ in range(2):
        with pytest.raises(Refused) as refused:
            knock(stamp=stamp("b"), actor=Someone(), times=-1)
        assert refused.value.facts == {"times": -1}
    assert (Line.objects.count(), Receipt.objects.count()) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_a_defect_leaves_nothing_so_that_it_can_be_sent_again() -> None:
    with pytest.raises(ZeroDivisionError):
        knock(stamp=stamp("c"), actor=Someone(), times=13)
    assert (Line.objects.count(), Receipt.objects.count()) == (0, 0)


@pytest.mark.django_db(transaction=True)
def test_persons_count_once_a_day_and_stocks_are_known_for_past_days() -> None:
    person = uuid4()
    for path in ("1.2.", "1.10.", "1.2."):
        note(stamp(path), 2, path, person)
    now = tallies.totals(path="1.", counters=["knocks", "heads", "seen"], day=DAY, today=DAY)
    assert now == {"knocks": 6, "heads": 6, "seen": 1}
    children = tallies.children_totals(path="1.", counters=["knocks", "heads"], day=DAY, today=DAY)
    assert children == {"1.2.": {"knocks": 4, "heads": 4}, "1.10.": {"knocks": 2, "heads": 2}}
    before = tallies.totals(path="1.", counters=["heads"], day=date(2020, 2, 9), today=DAY)
    assert before == {"heads": 0}


@pytest.mark.django_db(transaction=True)
def test_the_feed_hands_out_sealed_lines_without_a_gap() -> None:
    for n in range(5):
        knock(stamp=stamp(str(n)), actor=Someone(), times=n + 1)
    seal()
    assert [line.seq for line in feed.read(after=0)] == [1, 2, 3, 4, 5]
    assert [line.facts for line in feed.read(after=3)] == [{"times": 4}, {"times": 5}]
    assert [line.facts for line in feed.history(subject=UUID(int=5), limit=1)] == [{"times": 5}]


def test_a_claimed_time_far_ahead_counts_on_the_day_received() -> None:
    ahead = stamp("x", at=NOON).__class__(
        key="x", source="t", at=NOON.replace(year=2021), received_at=NOON, zone="Asia/Shanghai", channel="phone"
    )
    assert (ahead.day.year, ahead.counted_day) == (2021, DAY)
