"""Writing lines, their facts and their tallies, in a fixed number of statements however many there are."""

import os
from collections import Counter as Sums
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from wangge.journal import sealing, statements
from wangge.journal.actors import Actor
from wangge.journal.counters import COUNTERS, FLOW, PERSONS, STOCK
from wangge.journal.kinds import KINDS
from wangge.journal.models import Line, LineFacts, PersonDay
from wangge.journal.rules import canonical, facts_digest
from wangge.kernel.periods import local_day
from wangge.kernel.stamps import Stamp


@dataclass(frozen=True, slots=True)
class Count:
    """What a line adds to a counter at a tally path; without ``day`` on the day its stamp counts on.

    Under a counter of persons it counts only when (person, day, counter) is new; -1 takes that back.
    """

    counter: str
    path: str
    delta: int
    day: date | None = None
    person: UUID | None = None


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
Counted = list[tuple[Count, date]]


def record(*, stamp: Stamp, actor: Actor, entries: Sequence[Entry]) -> None:
    """Append the entries to the journal and to the tallies, in the transaction of the command.

    ``KeyError`` for a kind or counter that no room has registered.
    """
    if not entries:
        return
    with transaction.atomic():
        counted = _counted(stamp, entries)
        lines, facts = zip(
            *(_line(stamp, actor, entry, counts) for entry, counts in zip(entries, counted, strict=True)), strict=True
        )
        if connection.vendor == "postgresql":
            txid = statements.transaction_id()
            for line in lines:
                line.txid = txid
        made = Line.objects.bulk_create(lines)
        for line, fact in zip(made, facts, strict=True):
            fact.line = line
        LineFacts.objects.bulk_create(facts)
        _tally(counted)
        if connection.vendor == "sqlite":
            sealing.seal_in_transaction(made)


def _line(stamp: Stamp, actor: Actor, entry: Entry, counts: Counted) -> tuple[Line, LineFacts]:
    """Return the envelope and the facts of one entry."""
    kind = KINDS[entry.kind]
    at = stamp.at if entry.at is None else entry.at
    tallies = canonical([[count.counter, count.path, day.isoformat(), count.delta] for count, day in counts]).decode()
    said = dict(entry.facts)
    if kind.envelope:
        said |= {"kind": kind.code, "tallies": tallies}
        tallies = "[]"
    facts, salt = canonical(said), os.urandom(16)
    line = Line(
        kind=kind.envelope or kind.code,
        actor=actor.number,
        path=entry.path,
        hour=hour_of(at),
        received_hour=hour_of(stamp.received_at),
        tallies=tallies,
        facts_digest=facts_digest(salt, facts),
    )
    return line, LineFacts(
        salt=salt,
        facts=facts.decode(),
        at=at.astimezone(UTC),
        received_at=stamp.received_at,
        retention=kind.retention,
        subject=entry.subject,
    )


def hour_of(at: datetime) -> int:
    """Return the hours since 1970 of an instant, rounded down."""
    return int(at.timestamp() // 3600)


def _counted(stamp: Stamp, entries: Sequence[Entry]) -> list[Counted]:
    """Return what each entry really counts: persons already counted that day are left out."""
    dated: list[Counted] = [
        [
            (count, count.day or local_day(stamp.counted_at(entry.at), stamp.zone))
            for count in entry.counts
            if count.delta
        ]
        for entry in entries
    ]
    asked = {
        (count.person, day, count.counter)
        for counts in dated
        for count, day in counts
        if COUNTERS[count.counter].kind == PERSONS
    }
    if not asked:
        return dated
    known = set(
        PersonDay.objects.filter(
            person__in={person for person, _, _ in asked},
            day__in={day for _, day, _ in asked},
            counter__in={counter for _, _, counter in asked},
        ).values_list("person", "day", "counter")
    )
    before = set(known)
    kept = [[item for item in counts if _is_news(item[0], item[1], known)] for counts in dated]
    _save_person_days(before, known)
    return kept


def _is_news(count: Count, day: date, known: set[Any]) -> bool:
    """Tell whether a count changes anything, and remember it."""
    if COUNTERS[count.counter].kind != PERSONS:
        return True
    key = (count.person, day, count.counter)
    if count.delta > 0:
        if key in known:
            return False
        known.add(key)
        return True
    if key not in known:
        return False
    known.discard(key)
    return True


def _save_person_days(before: set[Any], after: set[Any]) -> None:
    """Bring the table of persons counted from one state to the other."""
    new = [PersonDay(person=person, day=day, counter=counter) for person, day, counter in sorted(after - before)]
    PersonDay.objects.bulk_create(new, ignore_conflicts=True)
    for person, day, counter in before - after:
        PersonDay.objects.filter(person=person, day=day, counter=counter).delete()


def _tally(counted: Iterable[Counted]) -> None:
    """Add up what the entries count and post it, in sorted key order so that writers never wait in a circle."""
    flows: Sums[DayCount] = Sums()
    stocks: Sums[tuple[str, str]] = Sums()
    for counts in counted:
        for count, day in counts:
            flows[count.counter, day, count.path] += count.delta
            if COUNTERS[count.counter].kind == STOCK:
                stocks[count.counter, count.path] += count.delta
    statements.add_tallies([(*key, delta) for key, delta in sorted(flows.items()) if delta])
    statements.add_stocks([(*key, delta) for key, delta in sorted(stocks.items()) if delta])


__all__ = ["FLOW", "PERSONS", "STOCK", "Count", "Entry", "record"]
