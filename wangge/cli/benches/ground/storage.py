"""A storage of the bench's own: it never touches the installation that WANGGE_DATA or DATABASE_URL name."""

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

import click

from wangge.cli import embedded, starting
from wangge.cli.benches.ground.options import Database
from wangge.cli.speaking import say

OWN = ("WANGGE_DATA", "WANGGE_KEYS", "DATABASE_URL")


@contextmanager
def own_storage(db: Database) -> Iterator[None]:
    """Bring Django up on an empty database and a data folder that are gone afterwards, also after SIGTERM."""
    server = os.environ.get("DATABASE_URL", "")
    signal.signal(signal.SIGTERM, _leave)
    with ExitStack() as stack:
        folder = tempfile.mkdtemp(prefix="wangge-bench-")
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        for name in OWN:
            os.environ.pop(name, None)
        os.environ["WANGGE_DATA"] = folder
        if db == "postgres":
            say("Starting a database of its own ...")
            source = _database_beside(server) if server else embedded.running_postgres(durable=True)
            try:
                os.environ["DATABASE_URL"] = stack.enter_context(source)
            except embedded.NoServer as problem:
                raise click.ClickException(str(problem)) from None
        starting.start()
        starting.make_storage()
        stack.callback(_disconnect)
        yield


@contextmanager
def _database_beside(url: str) -> Iterator[str]:
    """Make an empty database on the server of the URL, and drop it afterwards."""
    from urllib.parse import urlsplit

    import psycopg
    from psycopg import sql

    name = f"wangge_bench_{secrets.token_hex(4)}"
    try:
        connection = psycopg.connect(url, autocommit=True)
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    except psycopg.Error as problem:
        raise click.ClickException(f"No database can be made beside DATABASE_URL: {str(problem).strip()}") from None
    with connection:
        try:
            yield urlsplit(url)._replace(path=f"/{name}").geturl()
        finally:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _disconnect() -> None:
    from django.db import connections

    connections.close_all()


def _leave(_sign: int, _frame: FrameType | None) -> None:
    """Leave through the clean-up that a plain end by signal would skip."""
    raise SystemExit(128 + signal.SIGTERM)
