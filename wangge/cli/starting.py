"""Bringing Django, the data folder and the database up for a command."""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import uuid4

import django
from django.conf import settings

from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp

ZONE = "Asia/Shanghai"


def start() -> None:
    """Set Django up once."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wangge.settings")
    django.setup()


@contextmanager
def with_language() -> Iterator[None]:
    """Speak the installation's language, as far as there is one; also before a command has opened anything."""
    from django.apps import apps

    if not apps.ready:
        start()
    from django.db import DatabaseError
    from django.utils import translation

    from wangge.places.queries import installation

    try:
        opened = installation()
    except DatabaseError:
        opened = None
    with translation.override(os.environ.get("WANGGE_LANGUAGE") or (opened.language if opened else "zh-hans")):
        yield


def make_storage() -> None:
    """Make the data folder and keys, create the database and bring it to the present form, one process at a time."""
    from django.core.management import call_command

    from wangge.privacy import vault

    folder = Path(settings.DATA)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / ".making").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        vault.make_keys()
        Path(settings.STATIC_ROOT).mkdir(exist_ok=True)
        # the signing key may have just been made, and settings were read before
        settings.SECRET_KEY = (Path(settings.KEYS) / "signing.key").read_text("ascii").strip()
        database = settings.DATABASES["default"]
        if database["ENGINE"].endswith("sqlite3"):
            _make_sqlite(Path(database["NAME"]))
        call_command("migrate", interactive=False, verbosity=0)


def _make_sqlite(file: Path) -> None:
    """Make the SQLite file with its write-ahead log, once; a later start finds it so."""
    if file.exists() and file.stat().st_size:
        return
    made = sqlite3.connect(file)
    try:
        made.execute("PRAGMA journal_mode=WAL")
    finally:
        made.close()
    file.chmod(0o600)


def is_made() -> bool:
    """Tell whether there are keys, a database and an open response."""
    from django.db import DatabaseError

    from wangge.places.queries import installation
    from wangge.privacy import vault

    try:
        return vault.keys_present() and installation() is not None
    except DatabaseError:
        return False


def open_or_refuse() -> None:
    """Start Django; refuse when ``wangge init`` has not been run here."""
    start()
    if not is_made():
        raise Refused("cli.not_initialised", folder=str(settings.DATA))


def today() -> date:
    """Return the local day, for commands that need no open response."""
    return local_day(datetime.now(UTC), ZONE)


def stamp(*, zone: str = "", key: str = "") -> Stamp:
    """Return the stamp of a command typed now."""
    from wangge.places.queries import installation

    opened = installation()
    now = datetime.now(UTC)
    where = zone or (opened.zone if opened else ZONE)
    return Stamp(key=key or str(uuid4()), source="cli", at=now, received_at=now, zone=where, channel="cli")
