"""Putting lines into their final, gapless order and chaining them.

SQLite has one writer at a time, so lines are sealed in the writing transaction. On PostgreSQL transactions end in
another order than they began; a sealer takes only lines of transactions older than every running one, so a reader of
the sealed sequence never sees a smaller number after a larger one.
"""

from collections.abc import Iterable, Sequence

from django.db import connection, transaction

from wangge.journal import statements
from wangge.journal.models import Block, Line
from wangge.journal.rules import GENESIS, Envelope, block_digest

SEALER_LOCK = 0x57616E67
MOST_AT_ONCE = 5000


def envelope(line: Line) -> Envelope:
    """Hand a sealed line's values to the rules."""
    return Envelope(
        seq=line.seq or 0,
        kind=line.kind,
        actor=line.actor,
        path=line.path,
        hour=line.hour,
        received_hour=line.received_hour,
        tallies=line.tallies,
        facts_digest=bytes(line.facts_digest),
    )


def seal_in_transaction(lines: Sequence[Line]) -> None:
    """Seal lines that this transaction has just written, while it holds the only write lock."""
    _seal(lines)


def seal_open_lines(limit: int = MOST_AT_ONCE) -> int:
    """Seal what is ready, at most ``limit`` lines; return how many. Safe to call from several processes."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            if not statements.try_lock(SEALER_LOCK):
                return 0
            ready = Line.objects.filter(seq=None, txid__lt=statements.oldest_running()).order_by("txid", "id")
        else:
            ready = Line.objects.filter(seq=None).order_by("txid", "id")
        lines = list(ready[:limit])
        if lines:
            _seal(lines)
        return len(lines)


def _seal(lines: Iterable[Line]) -> None:
    """Number the lines after the last sealed one and chain them as one block."""
    last = Block.objects.order_by("-number").first()
    number, previous, seq = (last.number + 1, bytes(last.digest), last.last_seq) if last else (1, GENESIS, 0)
    numbered = list(lines)
    for line in numbered:
        seq += 1
        line.seq = seq
    _save_numbers(numbered)
    Block.objects.create(
        number=number,
        first_seq=numbered[0].seq or 0,
        last_seq=seq,
        previous=previous,
        digest=block_digest(previous, number, [envelope(line) for line in numbered]),
    )


def _save_numbers(lines: Sequence[Line]) -> None:
    """Write the sequence numbers in one statement where the database can."""
    with connection.cursor() as cursor:
        pairs = [(line.seq, line.id) for line in lines]
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE journal_line SET seq = given.seq FROM unnest(%s::bigint[], %s::bigint[]) AS given(seq, id) "
                "WHERE journal_line.id = given.id",
                [[seq for seq, _ in pairs], [id_ for _, id_ in pairs]],
            )
        else:
            cursor.executemany("UPDATE journal_line SET seq = %s WHERE id = %s", pairs)
