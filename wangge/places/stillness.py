"""Paths hold still while somebody copies them: the lock between those who read paths and those who change them.

A row that is written with a path read before a move would keep the old one. So whoever copies paths into rows takes
the lock together with others, and a change of the tree takes it alone. SQLite has one writer at a time anyway.
"""

from django.db import connection

TREE_LOCK = 0x54726565


def hold_still() -> None:
    """Let no path change until this transaction ends; to be called before the paths are read."""
    _lock("pg_advisory_xact_lock_shared")


def hold_alone() -> None:
    """Wait until nobody copies paths, and let nobody begin until this transaction ends."""
    _lock("pg_advisory_xact_lock")


def _lock(function: str) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [TREE_LOCK])
