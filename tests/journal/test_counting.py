"""Tallies: flows, stocks, persons once a day; corrections, late facts, retention and erasure."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from tests.conftest import NOON, stamp
from tests.journal.trial import DAY, SUBJECT, Someone, note, seal
from wangge.journal import erasing, tallies
from wangge.journal.models import LineFacts, PersonDay, Stock, Tally
from wangge.journal.recording import Count, Entry, record
from wangge.journal.rules import correction
from wangge.journal.verifying import verify
from wangge.kernel.stamps import Stamp

pytestmark = pytest.mark.django_db(transaction=True)


def see(key: str, *deltas: tuple[UUID, int], day: date | None = None, path: str = "1.2.") -> None:
    """Record, in one line each, that persons were seen (+1) or that this was taken back (-1)."""
    entries = [Entry("trial.done", path, {}, (Count("seen", path, delta, day, person),)) for person, delta in deltas]
    record(stamp=stamp(key), actor=Someone(), entries=entries)


def seen(day: date = DAY) -> int:
    return tallies.totals(path="1.", counters=["seen"], day=day, today=DAY)["seen"]


def flows(counter: str) -> dict[date, int]:
    return {row.day: row.value for row in Tally.objects.filter(counter=counter)}


def claimed(key: str, at: datetime, received_at: datetime = NOON) -> Stamp:
    return Stamp(key=key, source="phone", at=at, received_at=received_at, zone="Asia/Shanghai", channel="phone")


def test_a_person_counts_once_a_day_and_again_the_next_day() -> None:
    one, other = uuid4(), uuid4()
    see("a", (one, 1), (one, 1), (other, 1))
    see("b", (one, 1))
    see("c", (one, 1), day=DAY + timedelta(days=1))
    assert (seen(), seen(DAY + timedelta(days=1))) == (2, 1)


def test_a_person_taken_back_may_count_again_and_one_never_counted_cannot_be_taken_back() -> None:
    one, other = uuid4(), uuid4()
    see("a", (other, -1))
    assert seen() == 0
    see("b", (one, 1), (one, -1), (one, 1))
    assert seen() == 1
    see("c", (one, -1), (one, -1))
    assert (seen(), PersonDay.objects.count()) == (0, 0)
    see("d", (one, 1), (one, -1))
    assert (seen(), PersonDay.objects.count()) == (0, 0)
    see("e", (one, 1))
    assert (seen(), PersonDay.objects.count()) == (1, 1)
    see("f", (one, -1), (one, 1))
    assert (seen(), PersonDay.objects.count()) == (1, 1)
    assert verify().holds


def test_a_count_of_persons_without_a_person_is_a_defect() -> None:
    entry = Entry("trial.done", "1.2.", {}, (Count("seen", "1.2.", 1),))
    with pytest.raises(ValueError, match="needs its person"):
        record(stamp=stamp("a"), actor=Someone(), entries=[entry])


@pytest.mark.parametrize(("kind", "counter"), [("trial.unknown", "knocks"), ("trial.done", "unknown")])
def test_a_kind_or_counter_that_nobody_registered_is_a_defect(kind: str, counter: str) -> None:
    with pytest.raises(KeyError):
        record(stamp=stamp("a"), actor=Someone(), entries=[Entry(kind, "1.2.", {}, (Count(counter, "1.2.", 1),))])
    assert Tally.objects.count() == 0


def test_a_correction_posts_the_difference_to_the_old_day() -> None:
    yesterday = DAY - timedelta(days=1)
    note(stamp("a", at=NOON - timedelta(days=1)), 5)
    difference = correction({"knocks": 5, "heads": 5}, {"knocks": 3, "heads": 5})
    assert difference == {"knocks": -2}
    counts = tuple(Count(counter, "1.2.", delta, yesterday) for counter, delta in difference.items())
    record(stamp=stamp("b"), actor=Someone(), entries=[Entry("trial.done", "1.2.", {}, counts)])
    assert (flows("knocks"), flows("heads")) == ({yesterday: 3}, {yesterday: 5})
    assert verify().holds


def test_voiding_is_a_difference_to_nothing() -> None:
    assert correction({"knocks": 5, "heads": 0}, {}) == {"knocks": -5}


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (NOON, DAY),
        (NOON - timedelta(days=3), date(2020, 2, 7)),
        (NOON - timedelta(days=30), date(2020, 1, 11)),
        (NOON - timedelta(days=30, seconds=1), DAY),
        (NOON + timedelta(minutes=10), DAY),
        (NOON + timedelta(days=400), DAY),
        (datetime.fromisoformat("2020-02-09T15:59:59+00:00"), date(2020, 2, 9)),
        (datetime.fromisoformat("2020-02-09T16:00:00+00:00"), DAY),
    ],
)
def test_a_late_fact_goes_to_its_own_day_and_a_claim_that_cannot_be_to_the_day_received(
    at: datetime, day: date
) -> None:
    note(claimed("a", at), 1)
    assert flows("knocks") == {day: 1}
    assert LineFacts.objects.get().at == at


def test_ten_minutes_ahead_over_midnight_counts_on_the_day_claimed_and_more_on_the_day_received() -> None:
    received = datetime.fromisoformat("2020-02-10T15:55:00+00:00")
    note(claimed("a", received + timedelta(minutes=10), received), 1)
    note(claimed("b", received + timedelta(minutes=11), received), 1)
    assert flows("knocks") == {DAY + timedelta(days=1): 1, DAY: 1}


def test_a_stock_of_a_past_day_is_what_it_was_when_that_day_closed() -> None:
    for days, times in ((2, 10), (1, 3), (0, -4)):
        note(stamp(str(days), at=NOON - timedelta(days=days)), times)
    stocks = [
        tallies.totals(path="1.", counters=["heads"], day=DAY - timedelta(days=days), today=DAY)["heads"]
        for days in (3, 2, 1, 0)
    ]
    assert stocks == [0, 10, 13, 9]


def test_an_area_does_not_count_what_its_neighbour_with_a_longer_number_has() -> None:
    note(stamp("a"), 1, "1.2.")
    note(stamp("b"), 2, "1.20.")
    note(stamp("c"), 4, "10.2.")
    counted = [
        tallies.totals(path=path, counters=["knocks", "heads"], day=DAY, today=DAY) for path in ("1.", "1.2.", "10.")
    ]
    assert [(one["knocks"], one["heads"]) for one in counted] == [(3, 3), (1, 1), (4, 4)]


def test_erasing_a_person_never_changes_what_was_counted() -> None:
    person = uuid4()
    note(stamp("a"), 1, person=person, subject=person)
    note(stamp("b"), 2)
    seal()
    before = [(row.counter, row.day, row.path, row.value) for row in Tally.objects.order_by("counter")]
    assert erasing.erase_facts_of(person) == 1
    assert [(row.counter, row.day, row.path, row.value) for row in Tally.objects.order_by("counter")] == before
    assert PersonDay.objects.count() == 0
    assert LineFacts.objects.get().subject == SUBJECT
    found = verify()
    assert (found.holds, found.without_facts) == (True, 1)


def test_retention_takes_old_facts_of_its_class_in_portions_and_nothing_else() -> None:
    for n in range(5):
        entry = Entry("trial.gate_passed", "1.2.", {"n": n}, (Count("knocks", "1.2.", 1),))
        record(stamp=stamp(f"old {n}", at=NOON - timedelta(days=22)), actor=Someone(), entries=[entry])
    entry = Entry("trial.gate_passed", "1.2.", {"n": 9}, (Count("knocks", "1.2.", 1),))
    record(stamp=stamp("young"), actor=Someone(), entries=[entry])
    note(stamp("other class", at=NOON - timedelta(days=22)), 1)
    seal()
    before = NOON - timedelta(days=21)
    assert [erasing.erase_facts_before("passage", before, batch=3) for _ in range(3)] == [3, 2, 0]
    assert sorted(LineFacts.objects.values_list("facts", flat=True)) == ['{"n":9}', '{"times":1}']
    assert (sum(flows("knocks").values()), Stock.objects.get().value) == (7, 1)
    found = verify()
    assert (found.holds, found.lines, found.without_facts) == (True, 7, 5)


def test_recording_many_lines_takes_as_many_statements_as_recording_one() -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    used = []
    for size in (1, 3, 60):
        entries = [
            Entry("trial.done", "1.2.", {}, (Count("knocks", "1.2.", 1), Count("seen", "1.2.", 1, person=uuid4())))
            for _ in range(size)
        ]
        with CaptureQueriesContext(connection) as context:
            record(stamp=stamp(f"n{size}"), actor=Someone(), entries=entries)
        used.append(len([one for one in context if "executemany" not in one["sql"]]))
    assert used[0] == used[1] == used[2]
