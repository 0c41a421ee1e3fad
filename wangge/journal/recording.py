"""Writing lines, their facts and their tallies, in a fixed number of statements however many there are."""

import os
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from wangge.journal import sealing, statements
from wangge.journal.actors import Actor
from wangge.journal.counters import COUNTERS, FLOW, PERSONS, STOCK
from wangge.journal.counts import Count
from wangge.journal.kinds import KINDS
from wangge.journal.persons import Counted, only_news
from wangge.journal.rules import NO_TALLIES, canonical, facts_digest
from wangge.journal.statements import LineRow
from wangge.kernel.periods import local_day
from wangge.kernel.stamps import Stamp

SALT = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened: its kind, the tally path, facts (ids, codes, numbers; no names), and what it counts.

    ``subject`` is the household, area or account it is about; ``at`` when it happened, if not at the stamp's time.
    """

    kind: str
    path: str
    facts: Mapping[str, Any]
    counts: tuple[Count, ...] = ()
    subject: UUID | None = None
    at: datetime | None = None


DayCount = tuple[str, date, str]


def record(*, stamp: Stamp, actor: Actor, entries: Sequence[Entry]) -> None:
    """Append the entries to the journal and to the tallies, in the transaction of the command.

    ``KeyError`` for a kind or counter that no room has registered.
    """
    if not entries:
        return
    with transaction.atomic(savepoint=False):
        counted = only_news(dated(stamp, entries))
        salts = os.urandom(SALT * len(entries))
        rows = [
            line_row(stamp, actor, entry, counts, salts[n * SALT : (n + 1) * SALT])
            for n, (entry, counts) in enumerate(zip(entries, counted, strict=True))
        ]
        statements.insert_lines(rows, sealing.seal_in_transaction(rows))
        _tally(counted)


def line_row(stamp: Stamp, actor: Actor, entry: Entry, counts: Counted, salt: bytes) -> LineRow:
    """Return the envelope and the facts of one entry, not numbered yet."""
    kind = KINDS[entry.kind]
    at = stamp.at if entry.at is None else entry.at
    tallies = canonical([[count.counter, count.path, day, count.delta] for count, day in counts]).decode()
    said = dict(entry.facts)
    if kind.envelope:
        said |= {"kind": kind.code, "tallies": tallies}
        tallies = NO_TALLIES
    facts = canonical(said).decode()
    return LineRow(
        kind=kind.envelope or kind.code,
        actor=actor.number,
        path=entry.path,
        hour=hour_of(at),
        received_hour=hour_of(stamp.received_at),
        tallies=tallies,
        facts_digest=facts_digest(salt, facts, at, stamp.received_at, entry.subject),
        salt=salt,
        facts=facts,
        at=at,
        received_at=stamp.received_at,
        retention=kind.retention,
        subject=entry.subject,
    )


def hour_of(at: datetime) -> int:
    """Return the hours since 1970 of an instant, rounded down."""
    return int(at.timestamp() // 3600)


def dated(stamp: Stamp, entries: Sequence[Entry]) -> list[Counted]:
    """Return what each entry would count, each count with its day."""
    days: dict[datetime | None, date] = {}
    for entry in entries:
        if entry.counts and entry.at not in days:
            days[entry.at] = local_day(stamp.counted_at(entry.at), stamp.zone)
    return [[(count, count.day or days[entry.at]) for count in entry.counts if count.delta] for entry in entries]


def _tally(counted: Iterable[Counted]) -> None:
    """Add up what the entries count and post it, in sorted key order so that writers never wait in a circle."""
    flows: dict[DayCount, int] = defaultdict(int)
    for counts in counted:
        for count, day in counts:
            flows[count.counter, day, count.path] += count.delta
    stocks: dict[tuple[str, str], int] = defaultdict(int)
    for (counter, _, path), delta in flows.items():
        if COUNTERS[counter].kind == STOCK:
            stocks[counter, path] += delta
    statements.add_tallies([(*key, delta) for key, delta in sorted(flows.items()) if delta])
    statements.add_stocks([(*key, delta) for key, delta in sorted(stocks.items()) if delta])


__all__ = ["FLOW", "PERSONS", "STOCK", "Count", "Entry", "record"]
