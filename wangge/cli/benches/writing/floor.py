"""The floor: the same rows into the same tables by the best raw statements, prepared outside the clock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import connection

from wangge.cli.benches.writing import trial
from wangge.journal import statements
from wangge.journal.recording import dated, line_row
from wangge.journal.rules import canonical
from wangge.journal.statements import LineRow
from wangge.kernel.stamps import Stamp

TALLIES = (
    "INSERT INTO journal_tally (counter, day, path, value) VALUES (?, ?, ?, ?), (?, ?, ?, ?), (?, ?, ?, ?) "
    "ON CONFLICT (counter, day, path) DO UPDATE SET value = journal_tally.value + excluded.value"
)
RECEIPT = (
    "INSERT INTO journal_receipt (source, key, digest, command, refused, answer, received_at) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
PERSONS = "INSERT INTO journal_personday (person, day, counter, path) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
POSTGRES_PERSONS = (
    "INSERT INTO journal_personday (person, day, counter, path) "
    "SELECT person, %s, %s, %s FROM unnest(%s::uuid[]) AS row(person) ON CONFLICT DO NOTHING"
)
LINES = (
    "INSERT INTO journal_line (id, txid, kind, actor, path, hour, received_hour, tallies, facts_digest) "
    "VALUES (?, 0, ?, ?, ?, ?, ?, ?, ?)"
)
FACTS = (
    "INSERT INTO journal_linefacts (line_id, salt, facts, at, received_at, retention, subject) "
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """All rows of one command."""

    rows: list[LineRow]
    persons: list[Any]
    day: date
    path: str
    tallies: list[Any]
    receipt: list[Any]


def prepare(stamp: Stamp, worker: trial.Worker, path: str, visits: Sequence[trial.Visit]) -> Prepared:
    """Return the rows that the command would write."""
    entries = trial.entries(path, visits)
    counted = dated(stamp, entries)
    day = counted[0][0][1]
    sums = [(counter, day, path, len(visits)) for counter in sorted((trial.VISITS, trial.DONE, trial.SEEN))]
    receipt = [stamp.source, stamp.key, bytes(32), "bench", False, canonical(len(visits)), stamp.received_at]
    return Prepared(
        rows=[line_row(stamp, worker, *one, bytes(16)) for one in zip(entries, counted, strict=True)],
        persons=[person for _, person in visits],
        day=day,
        path=path,
        tallies=[value for row in sums for value in row],
        receipt=receipt,
    )


def writer() -> Callable[[Prepared], None]:
    """Return a function that writes one prepared command in one transaction on this process's own connection."""
    connection.ensure_connection()
    if connection.vendor == "postgresql":
        return lambda work: _postgres(connection.connection, work)
    return lambda work: _sqlite(connection.connection, work)


def _postgres(server: Any, work: Prepared) -> None:
    with server.transaction():
        columns = zip(*work.rows, strict=True)
        server.execute(statements.POSTGRES_LINES, [list(column) for column in columns])
        server.execute(POSTGRES_PERSONS, [work.day, trial.SEEN, work.path, work.persons])
        server.execute(TALLIES.replace("?", "%s"), work.tallies)
        server.execute(RECEIPT.replace("?", "%s"), work.receipt)


def _sqlite(file: Any, work: Prepared) -> None:
    day = work.day.isoformat()
    file.execute("BEGIN IMMEDIATE")
    first = file.execute("SELECT COALESCE(MAX(id), 0) FROM journal_line").fetchone()[0] + 1
    file.executemany(LINES, [(first + n, *row[:7]) for n, row in enumerate(work.rows)])
    file.executemany(FACTS, [_facts(first + n, row) for n, row in enumerate(work.rows)])
    file.executemany(PERSONS, [(person.hex, day, trial.SEEN, work.path) for person in work.persons])
    file.execute(TALLIES, [day if value is work.day else value for value in work.tallies])
    file.execute(RECEIPT, [_text(v) if isinstance(v, datetime) else v for v in work.receipt])
    file.execute("COMMIT")


def _facts(number: int, row: LineRow) -> tuple[Any, ...]:
    subject = row.subject.hex if row.subject else None
    return number, row.salt, row.facts, _text(row.at), _text(row.received_at), row.retention, subject


def _text(at: datetime) -> str:
    return str(at.astimezone(UTC).replace(tzinfo=None))
