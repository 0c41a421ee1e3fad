"""The few statements that Django's query language cannot say: upserts that add, and transaction ids."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

ROWS_A_STATEMENT = 200


def transaction_id() -> int:
    """Return PostgreSQL's id of the transaction this runs in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


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


def add_tallies(rows: Sequence[tuple[str, date, str, int]]) -> None:
    """Add (counter, day, path, delta) to the tallies; rows come in key order."""
    _upsert("journal_tally", ("counter", "day", "path"), rows)


def add_stocks(rows: Sequence[tuple[str, str, int]]) -> None:
    """Add (counter, path, delta) to the stocks; rows come in key order."""
    _upsert("journal_stock", ("counter", "path"), rows)


def _upsert(table: str, key: tuple[str, ...], rows: Sequence[tuple[Any, ...]]) -> None:
    """Insert rows of key and value, adding to the value where the key is there."""
    columns = ", ".join((*key, "value"))
    one = "(" + ", ".join(["%s"] * (len(key) + 1)) + ")"
    with connection.cursor() as cursor:
        for start in range(0, len(rows), ROWS_A_STATEMENT):
            part = rows[start : start + ROWS_A_STATEMENT]
            # table and columns are constants of this module; every value is a parameter
            cursor.execute(
                f"INSERT INTO {table} ({columns}) VALUES {', '.join([one] * len(part))} "  # noqa: S608  # nosec B608
                f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET value = {table}.value + excluded.value",
                [value for row in part for value in row],
            )
