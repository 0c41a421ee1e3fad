from collections.abc import Iterator
from datetime import date
from uuid import UUID, uuid4

import pytest

from tests.conftest import NOON, stamp
from wangge.journal import erasing, feed, sealing, tallies
from wangge.journal.commanding import command
from wangge.journal.counters import COUNTERS, FLOW, PERSONS, STOCK, Counter, register_counter
from wangge.journal.kinds import KINDS, Kind, register_kind
from wangge.journal.models import Block, Line, LineFacts, Receipt, Stock, Tally
from wangge.journal.recording import Count, Entry, record
from wangge.journal.verifying import verify
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp

DAY = date(2020, 2, 10)


class Someone:
    number = 7


@pytest.fixture(autouse=True)
def _counters() -> Iterator[None]:
    before, kinds = dict(COUNTERS), dict(KINDS)
    register_kind(Kind("trial.done"))
    register_kind(Kind("trial.secret_done", envelope="trial.health"))
    for code, kind in (("knocks", FLOW), ("heads", STOCK), ("seen", PERSONS)):
        register_counter(Counter(code, kind, "number"))
    yield
    COUNTERS.clear()
    COUNTERS.update(before)
    KINDS.clear()
    KINDS.update(kinds)


@command
def knock(*, stamp: Stamp, actor: Someone, times: int) -> int:
    if times < 0:
        note(stamp, actor, 1)
        raise Refused("trial.backwards", times=times)
    if times == 13:
        raise ZeroDivisionError
    note(stamp, actor, times)
    return times * 2


def note(stamp: Stamp, actor: Someone, times: int, path: str = "1.2.", person: UUID | None = None) -> None:
    counts = [Count("knocks", path, times), Count("heads", path, times)]
    if person:
        counts.append(Count("seen", path, 1, person=person))
    entry = Entry("trial.done", path, {"times": times}, tuple(counts), subject=UUID(int=5))
    record(stamp=stamp, actor=actor, entries=[entry])


def seal() -> None:
    while sealing.seal_open_lines():
        pass


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
        note(stamp(path), Someone(), 2, path, person)
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


@pytest.mark.django_db(transaction=True)
def test_the_chain_verifies_after_facts_are_erased() -> None:
    for n in range(4):
        knock(stamp=stamp(str(n)), actor=Someone(), times=n + 1)
    record(
        stamp=stamp("secret"),
        actor=Someone(),
        entries=[Entry("trial.secret_done", "1.2.", {"code": "x"}, (Count("knocks", "1.2.", 1),))],
    )
    seal()
    found = verify()
    assert (found.holds, found.lines, found.without_facts) == (True, 5, 0)
    assert Line.objects.get(seq=5).kind == "trial.health"
    assert erasing.erase_facts_of(UUID(int=5)) == 4
    found = verify(expected_head=found.head)
    assert (found.holds, found.without_facts) == (True, 4)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("planted", ["changed", "deleted", "facts", "reordered", "block", "truncated", "tally"])
def test_every_planted_change_is_found(planted: str) -> None:
    for n in range(6):
        knock(stamp=stamp(str(n)), actor=Someone(), times=n + 1)
    seal()
    head = verify().head
    if planted == "changed":
        Line.objects.filter(seq=3).update(path="1.9.")
    elif planted == "deleted":
        LineFacts.objects.filter(line__seq=3).delete()
        Line.objects.filter(seq=3).delete()
    elif planted == "facts":
        LineFacts.objects.filter(line__seq=3).update(facts='{"times":99}')
    elif planted == "reordered":
        for old, new in ((2, 99), (4, 2), (99, 4)):
            Line.objects.filter(seq=old).update(seq=new)
    elif planted == "block":
        Block.objects.order_by("number").first().delete()  # type: ignore[union-attr]
    elif planted == "truncated":
        last = Block.objects.order_by("-number").first()
        assert last is not None
        LineFacts.objects.filter(line__seq__gte=last.first_seq).delete()
        Line.objects.filter(seq__gte=last.first_seq).delete()
        last.delete()
    else:
        Tally.objects.filter(counter="knocks").update(value=1)
    assert not verify(expected_head=head).holds


def test_a_claimed_time_far_ahead_counts_on_the_day_received() -> None:
    ahead = stamp("x", at=NOON).__class__(
        key="x", source="t", at=NOON.replace(year=2021), received_at=NOON, zone="Asia/Shanghai", channel="phone"
    )
    assert (ahead.day.year, ahead.counted_day) == (2021, DAY)
