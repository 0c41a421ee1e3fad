"""Whatever somebody changes in the journal's tables behind its back, the check finds it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db.models import F

from tests.conftest import NOON, stamp
from tests.journal.trial import DAY, SUBJECT, Someone, knock, seal
from wangge.journal import erasing
from wangge.journal.models import Block, Line, LineFacts, Stock, Tally
from wangge.journal.recording import Count, Entry, record
from wangge.journal.verifying import verify

pytestmark = pytest.mark.django_db(transaction=True)


def six_lines() -> str:
    """Write six lines in three blocks, sealed, and return the head."""
    for n in range(6):
        knock(stamp=stamp(str(n)), actor=Someone(), times=n + 1)
        if n % 2:
            seal()
    seal()
    found = verify()
    assert (found.holds, found.lines) == (True, 6)
    return found.head


def line(seq: int) -> Any:
    return Line.objects.filter(seq=seq)


def facts(seq: int) -> Any:
    return LineFacts.objects.filter(line__seq=seq)


def swap(model: Any, column: str, one: Any, other: Any) -> None:
    """Let two rows change places in a column."""
    first, second = model.objects.get(**one), model.objects.get(**other)
    mine, theirs = getattr(first, column), getattr(second, column)
    model.objects.filter(pk=first.pk).update(**{column: theirs})
    model.objects.filter(pk=second.pk).update(**{column: mine})


def renumber(*moves: tuple[int, int]) -> None:
    for old, new in moves:
        line(old).update(seq=new)


def delete_line(seq: int) -> None:
    facts(seq).delete()
    line(seq).delete()


def delete_block(number: int) -> None:
    Block.objects.filter(number=number).delete()


def swap_blocks() -> None:
    """Let two blocks change places, digests and all."""
    first, second = Block.objects.order_by("number")[:2]
    for column in ("previous", "digest"):
        swap(Block, column, {"number": first.number}, {"number": second.number})


def cut_off() -> None:
    """Delete the last block with its lines: a shorter journal that is whole in itself."""
    last = Block.objects.order_by("-number")[0]
    LineFacts.objects.filter(line__seq__gte=last.first_seq).delete()
    Line.objects.filter(seq__gte=last.first_seq).delete()
    Tally.objects.all().delete()
    Stock.objects.all().delete()
    for row in Line.objects.all():
        times = sum(seq or 0 for seq in Line.objects.filter(seq__lte=row.seq).values_list("seq", flat=True))
        Tally.objects.update_or_create(counter="knocks", day=DAY, path="1.2.", defaults={"value": times})
        Tally.objects.update_or_create(counter="heads", day=DAY, path="1.2.", defaults={"value": times})
        Stock.objects.update_or_create(counter="heads", path="1.2.", defaults={"value": times})
    last.delete()


PLANTED: dict[str, Callable[[], object]] = {
    "kind": lambda: line(3).update(kind="trial.undone"),
    "actor": lambda: line(3).update(actor=8),
    "path": lambda: line(3).update(path="1.9."),
    "hour": lambda: line(3).update(hour=F("hour") - 1),
    "hour received": lambda: line(3).update(received_hour=F("received_hour") - 1),
    "tallies": lambda: line(3).update(tallies="[]"),
    "digest of the facts": lambda: line(3).update(facts_digest=bytes(32)),
    "number": lambda: line(6).update(seq=7),
    "number taken back": lambda: line(3).update(seq=None),
    "two numbers": lambda: renumber((2, 99), (4, 2), (99, 4)),
    "text of the facts": lambda: facts(3).update(facts='{"times":99}'),
    "salt": lambda: facts(3).update(salt=bytes(16)),
    "exact time": lambda: facts(3).update(at=NOON - timedelta(minutes=1)),
    "exact time received": lambda: facts(3).update(received_at=NOON - timedelta(minutes=1)),
    "subject": lambda: facts(3).update(subject=uuid4()),
    "facts of two lines": lambda: swap(LineFacts, "facts", {"line__seq": 2}, {"line__seq": 3}),
    "line deleted": lambda: delete_line(3),
    "last line deleted": lambda: delete_line(6),
    "line added": lambda: Line.objects.create(
        seq=7, kind="trial.done", actor=7, path="1.2.", hour=1, received_hour=1, tallies="[]", facts_digest=bytes(32)
    ),
    "first block deleted": lambda: delete_block(1),
    "block in the middle deleted": lambda: delete_block(2),
    "last block deleted": lambda: delete_block(Block.objects.count()),
    "blocks swapped": swap_blocks,
    "digest of a block": lambda: Block.objects.filter(first_seq=1).update(digest=bytes(32)),
    "digest of the block before": lambda: Block.objects.exclude(first_seq=1).update(previous=bytes(32)),
    "cut off at the end": cut_off,
    "tally": lambda: Tally.objects.filter(counter="knocks").update(value=1),
    "tally said to be unproven": lambda: Tally.objects.filter(counter="knocks").update(unproven=1),
    "tally deleted": lambda: Tally.objects.filter(counter="knocks").delete(),
    "tally added": lambda: Tally.objects.create(counter="knocks", day=DAY, path="1.9.", value=1),
    "stock": lambda: Stock.objects.filter(counter="heads").update(value=1),
    "stock deleted": lambda: Stock.objects.filter(counter="heads").delete(),
    "stock added": lambda: Stock.objects.create(counter="heads", path="1.9.", value=1),
}


@pytest.mark.parametrize("planted", PLANTED)
def test_every_planted_change_is_found(planted: str) -> None:
    head = six_lines()
    PLANTED[planted]()
    assert not verify(expected_head=head).holds


def test_a_journal_cut_off_at_its_end_is_whole_without_the_head_that_was_handed_up() -> None:
    head = six_lines()
    cut_off()
    assert verify().holds
    assert verify(expected_head=head).bad == [{"seq": verify().lines, "why": "expected_head_missing"}]


def test_a_change_in_a_line_that_waits_for_the_sealer_is_found() -> None:
    six_lines()
    knock(stamp=stamp("last"), actor=Someone(), times=1)
    LineFacts.objects.filter(line=Line.objects.order_by("-id")[0]).update(facts="{}")
    assert not verify().holds


def test_the_chain_holds_after_the_facts_of_a_subject_are_erased() -> None:
    head = six_lines()
    assert erasing.erase_facts_of(SUBJECT) == 6
    found = verify(expected_head=head)
    assert (found.holds, found.lines, found.without_facts) == (True, 6, 6)


def secret(key: str, times: int) -> None:
    entry = Entry("trial.secret_done", "1.2.", {"code": "x"}, (Count("knocks", "1.2.", times),), subject=SUBJECT)
    record(stamp=stamp(key), actor=Someone(), entries=[entry])


def test_erasing_facts_of_a_coarse_kind_keeps_its_counts_and_the_check_knows_what_is_unproven() -> None:
    head = six_lines()
    secret("a", 4)
    secret("b", 5)
    seal()
    before = Tally.objects.get(counter="knocks").value
    assert (verify().holds, before) == (True, 30)
    assert erasing.erase_facts_of(SUBJECT) == 8
    found = verify(expected_head=head)
    assert (found.holds, found.without_facts, Tally.objects.get(counter="knocks").value) == (True, 8, 30)
    Tally.objects.filter(counter="knocks").update(value=31)
    assert not verify().holds


def test_facts_of_a_coarse_kind_that_vanish_without_an_erasure_are_found() -> None:
    secret("a", 4)
    seal()
    LineFacts.objects.all().delete()
    assert not verify().holds


def test_the_envelope_of_a_coarse_kind_tells_neither_kind_nor_counts() -> None:
    secret("a", 4)
    row = Line.objects.get()
    assert (row.kind, row.tallies) == ("trial.health", "[]")
    assert '"kind":"trial.secret_done"' in LineFacts.objects.get().facts
