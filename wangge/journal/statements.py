"""The few statements that Django's query language cannot say: many rows at once, upserts that add, transaction ids.

Tables and columns named here are constants of the module; every value is a parameter.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.backends.utils import CursorWrapper

ROWS_A_STATEMENT = 200
ENVELOPE = 7  # columns of a line's row that belong to its envelope
PersonDayKey = tuple[UUID, date, str]


class LineRow(NamedTuple):
    """What is written about one line: its envelope, then its facts."""

    kind: str
    actor: int
    path: str
    hour: int
    received_hour: int
    tallies: str
    facts_digest: bytes
    salt: bytes
    facts: str
    at: datetime
    received_at: datetime
    retention: str
    subject: UUID | None


def oldest_running() -> int:
    """Return the PostgreSQL transaction id below which every transaction has ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def try_lock(number: int) -> bool:
    """Take PostgreSQL's advisory lock of that number until the transaction ends; False when another holds it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [number])
        return bool(cursor.fetchone()[0])


def insert_lines(rows: Sequence[LineRow], first_seq: int | None = None) -> None:
    """Write lines and their facts, in the order given; numbered from ``first_seq``, or left to the sealer."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRES_LINES, [list(column) for column in zip(*rows, strict=True)])
        else:
            _insert_in_sqlite(cursor, rows, first_seq)


# the id is drawn first, so that facts are tied to their line without a second question
POSTGRES_LINES = """
WITH given AS (
    SELECT nextval('journal_line_id_seq') AS id, row.*
    FROM unnest(%s::varchar[], %s::bigint[], %s::varchar[], %s::bigint[], %s::bigint[], %s::text[], %s::bytea[],
                %s::bytea[], %s::text[], %s::timestamptz[], %s::timestamptz[], %s::varchar[], %s::uuid[])
      AS row(kind, actor, path, hour, received_hour, tallies, facts_digest,
             salt, facts, at, received_at, retention, subject)
), lines AS (
    INSERT INTO journal_line (id, txid, kind, actor, path, hour, received_hour, tallies, facts_digest)
    SELECT id, pg_current_xact_id()::text::bigint, kind, actor, path, hour, received_hour, tallies, facts_digest
    FROM given
)
INSERT INTO journal_linefacts (line_id, salt, facts, at, received_at, retention, subject)
SELECT id, salt, facts, at, received_at, retention, subject FROM given
"""


def _insert_in_sqlite(cursor: CursorWrapper, rows: Sequence[LineRow], first_seq: int | None) -> None:
    """Write the rows under the next ids: the transaction holds the only write lock, and no line is ever deleted."""
    cursor.execute("SELECT COALESCE(MAX(id), 0) FROM journal_line")
    first = cursor.fetchone()[0] + 1
    ahead = None if first_seq is None else first_seq - first
    instants = {row.at for row in rows} | {row.received_at for row in rows}
    texts = {at: _instant(at) for at in instants}
    cursor.executemany(
        "INSERT INTO journal_line (id, seq, txid, kind, actor, path, hour, received_hour, tallies, facts_digest) "
        "VALUES (%s, %s, 0, %s, %s, %s, %s, %s, %s, %s)",
        [(id_, None if ahead is None else id_ + ahead, *row[:ENVELOPE]) for id_, row in enumerate(rows, first)],
    )
    cursor.executemany(
        "INSERT INTO journal_linefacts (line_id, salt, facts, at, received_at, retention, subject) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        [
            (id_, salt, facts, texts[at], texts[received_at], retention, subject.hex if subject else None)
            for id_, (*_, salt, facts, at, received_at, retention, subject) in enumerate(rows, first)
        ],
    )


class FirstAnswer(NamedTuple):
    """What a receipt keeps about the first time its command came."""

    digest: bytes
    refused: bool
    answer: bytes


def read_receipt(source: str, key: str) -> FirstAnswer | None:
    """Return what is kept under the source's key."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT digest, refused, answer FROM journal_receipt WHERE source = %s AND key = %s", [source, key]
        )
        row = cursor.fetchone()
    return None if row is None else FirstAnswer(bytes(row[0]), bool(row[1]), bytes(row[2]))


def insert_receipt(source: str, key: str, command: str, first: FirstAnswer, received_at: datetime) -> None:
    """Keep the first answer; ``IntegrityError`` when the source has used the key already."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_receipt (source, key, digest, command, refused, answer, received_at) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            [source, key, first.digest, command, first.refused, first.answer, _instant(received_at)],
        )


def _instant(at: datetime) -> Any:
    """Return an aware instant as the database takes it."""
    return connection.ops.adapt_datetimefield_value(at)


class LastBlock(NamedTuple):
    """The end of the chain."""

    number: int
    last_seq: int
    digest: bytes


def read_last_block() -> LastBlock | None:
    """Return the end of the chain, nothing before the first block."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT number, last_seq, digest FROM journal_block ORDER BY number DESC LIMIT 1")
        row = cursor.fetchone()
    return None if row is None else LastBlock(row[0], row[1], bytes(row[2]))


def insert_block(block: LastBlock, first_seq: int, previous: bytes) -> None:
    """Add a block, which begins with the line ``first_seq``, after the one of the digest ``previous``."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_block (number, first_seq, last_seq, previous, digest) VALUES (%s, %s, %s, %s, %s)",
            [block.number, first_seq, block.last_seq, previous, block.digest],
        )


def number_lines(numbers: Sequence[tuple[int, int]]) -> None:
    """Give each line, by id, its number in the sealed sequence: pairs of (id, seq)."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "UPDATE journal_line SET seq = given.seq FROM unnest(%s::bigint[], %s::bigint[]) AS given(id, seq) "
                "WHERE journal_line.id = given.id",
                [[id_ for id_, _ in numbers], [seq for _, seq in numbers]],
            )
        else:
            cursor.executemany("UPDATE journal_line SET seq = %s WHERE id = %s", [(seq, id_) for id_, seq in numbers])


def add_person_days(paths: Mapping[PersonDayKey, str]) -> set[PersonDayKey]:
    """Insert keys with where they count, in order, and return those that were really new.

    Who inserts the same one waits for the other.
    """
    on_sqlite = connection.vendor == "sqlite"
    new: set[PersonDayKey] = set()
    with connection.cursor() as cursor:
        for part in _parts(sorted(paths, key=lambda key: (key[0].int, *key[1:]))):
            rows = [(person.hex if on_sqlite else person, *rest, paths[person, *rest]) for person, *rest in part]
            cursor.execute(
                f"INSERT INTO journal_personday (person, day, counter, path) VALUES {_places(rows)} "  # noqa: S608  # nosec B608
                "ON CONFLICT (person, day, counter) DO NOTHING RETURNING person, CAST(day AS text), counter",
                [value for row in rows for value in row],
            )
            made = cursor.fetchall()
            all_new = len(made) == len(part)
            new.update(
                part
                if all_new
                else ((_uuid(person), date.fromisoformat(day), counter) for person, day, counter in made)
            )
    return new


def _uuid(value: UUID | str) -> UUID:
    return value if isinstance(value, UUID) else UUID(value)


def add_tallies(rows: Sequence[tuple[str, date, str, int]]) -> None:
    """Add (counter, day, path, delta) to the tallies; rows come in key order."""
    add_up("journal_tally", ("counter", "day", "path"), "value", rows)


def add_stocks(rows: Sequence[tuple[str, str, int]]) -> None:
    """Add (counter, path, delta) to the stocks; rows come in key order."""
    add_up("journal_stock", ("counter", "path"), "value", rows)


def add_unproven(rows: Sequence[tuple[str, date, str, int]]) -> None:
    """Add (counter, day, path, delta) to what the tallies hold without facts; rows come in key order."""
    _add_beside("unproven", rows)


def add_rowless(rows: Sequence[tuple[str, date, str, int]]) -> None:
    """Add (counter, day, path, delta) to what the tallies hold without rows in the rooms; rows come in key order."""
    _add_beside("rowless", rows)


def _add_beside(column: str, rows: Sequence[tuple[str, date, str, int]]) -> None:
    given = [(counter, day, path, 0, delta) for counter, day, path, delta in rows]
    with connection.cursor() as cursor:
        for part in _parts(given):
            cursor.execute(
                f"INSERT INTO journal_tally (counter, day, path, value, {column}) VALUES {_places(part)} "  # noqa: S608  # nosec B608
                f"ON CONFLICT (counter, day, path) DO UPDATE SET {column} = journal_tally.{column} + excluded.{column}",
                [value for row in part for value in row],
            )


def add_up(table: str, key: tuple[str, ...], value: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of a key and a value, adding to the value where the key is there; rows come in key order."""
    columns = ", ".join((*key, value))
    with connection.cursor() as cursor:
        for part in _parts(rows):
            cursor.execute(
                f"INSERT INTO {table} ({columns}) VALUES {_places(part)} "  # noqa: S608  # nosec B608
                f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {value} = {table}.{value} + excluded.{value}",
                [one for row in part for one in row],
            )


def _parts(rows: Sequence[Any]) -> Iterable[Sequence[Any]]:
    return (rows[start : start + ROWS_A_STATEMENT] for start in range(0, len(rows), ROWS_A_STATEMENT))


def _places(rows: Sequence[Sequence[Any]]) -> str:
    """Return the placeholders of rows, which all have the width of the first."""
    return ", ".join(["(" + ", ".join(["%s"] * len(rows[0])) + ")"] * len(rows))
