"""A storage of its own for a test with other processes, on the database that the tests run on."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.db import connection

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Storage:
    """Where the child processes of one test write."""

    environment: dict[str, str]

    def start(self, *words: str) -> "subprocess.Popen[str]":
        """Start a child whose standard input and output are pipes."""
        return subprocess.Popen(
            [sys.executable, "-m", "tests.faults.child", *words],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, *words: str, given: str = "") -> Any:
        """Let a child do its work to the end and return the object it printed."""
        child = self.start(*words)
        said, _ = child.communicate(given, timeout=300)
        assert child.returncode == 0, said
        return json.loads(said) if said else None


def own_storage(folder: Path, *, always_a_file: bool = False) -> Storage:
    """Return a storage: on PostgreSQL the test database itself, else (or always) a new SQLite file in the folder."""
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "WANGGE_KEYS")}
    environment["WANGGE_DATA"] = str(folder)
    if connection.vendor == "postgresql" and not always_a_file:
        environment["DATABASE_URL"] = _url_of_test_database()
    storage = Storage(environment)
    storage.ask("make")
    return storage


def _url_of_test_database() -> str:
    """Return the URL of the database that this test is using."""
    used = connection.settings_dict
    password = f":{quote(used['PASSWORD'], safe='')}" if used["PASSWORD"] else ""
    host = f"?host={quote(used['HOST'], safe='/')}" if used["HOST"] else ""
    port = f"&port={used['PORT']}" if host and used["PORT"] else ""
    return f"postgres://{quote(used['USER'], safe='')}{password}@/{quote(used['NAME'], safe='')}{host}{port}"
