"""Putting lines into their final, gapless order and chaining them.

SQLite has one writer at a time, so lines are sealed in the writing transaction. On PostgreSQL transactions end in
another order than they began; a sealer takes only lines of transactions older than every running one, so a reader of
the sealed sequence never sees a smaller number after a larger one.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection, transaction

from wangge.journal import statements
from wangge.journal.models import Line
from wangge.journal.rules import GENESIS, Envelope, block_digest
from wangge.journal.statements import ENVELOPE, LastBlock, LineRow

SEALER_LOCK = 0x57616E67
MOST_AT_ONCE = 5000
CHAINED = ("kind", "actor", "path", "hour", "received_hour", "tallies", "facts_digest")


def seal_in_transaction(rows: Sequence[LineRow]) -> int | None:
    """Chain rows that this transaction is about to write, while it holds the only write lock; return the first number.

    None where lines are written without order and wait for the sealer.
    """
    if connection.vendor != "sqlite":
        return None
    return _append_block([row[:ENVELOPE] for row in rows])


def seal_open_lines(limit: int = MOST_AT_ONCE) -> int:
    """Seal what is ready, at most ``limit`` lines; return how many. Safe to call from several processes."""
    with transaction.atomic():
        ready = Line.objects.filter(seq=None)
        if connection.vendor == "postgresql":
            if not statements.try_lock(SEALER_LOCK):
                return 0
            ready = ready.filter(txid__lt=statements.oldest_running())
        lines = list(ready.order_by("txid", "id").values_list("id", *CHAINED)[:limit])
        if lines:
            first = _append_block([line[1:] for line in lines])
            statements.number_lines([(line[0], seq) for seq, line in enumerate(lines, first)])
        return len(lines)


def _append_block(lines: Sequence[Sequence[Any]]) -> int:
    """Chain the lines (columns ``CHAINED``) as one block after the last; return the number of the first of them."""
    last = statements.read_last_block() or LastBlock(0, 0, GENESIS)
    number, first = last.number + 1, last.last_seq + 1
    digest = block_digest(last.digest, number, [Envelope(seq, *line) for seq, line in enumerate(lines, first)])
    statements.insert_block(LastBlock(number, last.last_seq + len(lines), digest), first, last.digest)
    return first
