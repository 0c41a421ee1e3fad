"""Serving: ``wangge up`` starts the web server and the worker and ends them together."""

import os
import signal
import socket
import subprocess
import sys
import time
from datetime import UTC, datetime
from random import Random
from threading import Thread
from types import FrameType
from typing import Any

import click

from wangge.cli import starting
from wangge.cli.speaking import answering, say
from wangge.kernel.refused import Refused

PULSE_SECONDS = 0.5
PLAY_EVERY = 30
LAST_CALL_SECONDS = 8.0
LONGEST_PAUSE_SECONDS = 30.0


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), envvar="WANGGE_PORT", default=8000, show_default=True)
@click.option("--https", is_flag=True, help="Serve over https; needs --cert and --key.")
@click.option("--cert", type=click.Path(exists=True, dir_okay=False), help="Certificate chain (PEM).")
@click.option("--key", "key_file", type=click.Path(exists=True, dir_okay=False), help="Private key (PEM).")
@click.option("--demonstration", is_flag=True, help="Open an invented township when nothing is here yet.")
@answering
def up(**given: Any) -> None:
    """Serve this installation in the foreground until Ctrl-C.

    Example: wangge up --port 8080
    """
    if given["https"] and not (given["cert"] and given["key_file"]):
        raise click.UsageError("--https needs --cert and --key.")
    starting.start()
    _refuse_taken_port(given["host"], given["port"])
    os.environ["WANGGE_PORT"], os.environ["WANGGE_HTTPS"] = str(given["port"]), "1" if given["https"] else ""
    if given["demonstration"] or starting.is_made():
        starting.make_storage()
    if given["demonstration"] and not starting.is_made():
        from wangge.cli.demonstration import open_demonstration

        say("Opening the demonstration township; this takes about half a minute ...")
        open_demonstration()
    starting.open_or_refuse()
    _greet(given)
    sys.exit(_Family(_children(given)).live())


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise Refused("cli.port_taken", port=port) from None


def _greet(given: dict[str, Any]) -> None:
    """Say where it is served, where the data lies, and, in a demonstration, how to get in."""
    from django.conf import settings

    from wangge.cli.links import address
    from wangge.places.queries import installation

    opened = installation()
    assert opened is not None
    say(f"Wangge: {address()}")
    say(f"Data:   {settings.DATA}")
    if opened.demonstration:
        from wangge.cli.demonstration import fresh_links, play_days

        play_days(datetime.now(UTC))
        say("This is a demonstration with invented people; it asks for no second factor. Sign in once as:")
        for role, url in fresh_links():
            say(f"  {role:<15} {url}")


def _children(given: dict[str, Any]) -> dict[str, list[str]]:
    """Return the command lines of the web server and the worker."""
    from django.conf import settings

    sqlite = settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")
    web = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", given["host"], "--port", str(given["port"]),
        "--workers", "1" if sqlite else "2", "--blocking-threads", "4", "--no-access-log", "--log-level", "warning",
        "wangge.wsgi:application",
    ]  # fmt: skip
    if given["https"]:
        web[-1:-1] = ["--ssl-certificate", given["cert"], "--ssl-keyfile", given["key_file"]]
    return {"web": web, "worker": [sys.executable, "-m", "wangge.cli.main", "worker"]}


class _Family:
    """The child processes: started again when they fall over, ended together."""

    def __init__(self, lines: dict[str, list[str]]) -> None:
        self.lines = lines
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.pause = dict.fromkeys(lines, 0.5)
        self.due = dict.fromkeys(lines, 0.0)
        self.ending = False

    def live(self) -> int:
        """Keep everything running until a signal comes; return the exit code."""
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._end)
        while not self.ending:
            for name in self.lines:
                self._tend(name)
            time.sleep(0.1)
        return self._finish()

    def _end(self, _sign: int, _frame: FrameType | None) -> None:
        self.ending = True

    def _tend(self, name: str) -> None:
        """Start a child, or start it again some time after it fell over."""
        child = self.running.get(name)
        if child is not None and child.poll() is not None:
            say(f"{name} ended unexpectedly ({child.returncode}); starting it again in {self.pause[name]:g} s")
            del self.running[name]
            self.due[name] = time.monotonic() + self.pause[name]
            self.pause[name] = min(2 * self.pause[name], LONGEST_PAUSE_SECONDS)
        elif child is None and time.monotonic() >= self.due[name]:
            environment = {**os.environ, "WANGGE_PARENT": str(os.getpid())}
            self.running[name] = subprocess.Popen(
                self.lines[name],
                env=environment,
                start_new_session=True,
                preexec_fn=die_with_parent,  # noqa: PLW1509  (no threads here)
            )

    def _finish(self) -> int:
        """Ask every child to end, and end those that do not."""
        for child in self.running.values():
            child.terminate()
        last = time.monotonic() + LAST_CALL_SECONDS
        for child in self.running.values():
            try:
                child.wait(max(0.1, last - time.monotonic()))
            except subprocess.TimeoutExpired:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
        return 0


def die_with_parent() -> None:
    """Let the kernel end this process when the one that started it dies (Linux only; elsewhere the worker looks)."""
    import ctypes

    try:
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
    except (OSError, AttributeError):
        return


@click.command()
def worker() -> None:
    """Do the work that waits: seal the journal, what is due, messages. Started by ``wangge up``."""
    starting.start()
    ending = False

    def end(_sign: int, _frame: FrameType | None) -> None:
        nonlocal ending
        ending = True

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _plan_chores()
    Thread(target=_bring_in, daemon=True).start()
    Thread(target=_make_forms, daemon=True).start()
    parent = int(os.environ.get("WANGGE_PARENT", "0"))
    turn = 0
    while not ending and (not parent or os.getppid() == parent):
        _turn(turn)
        turn += 1
        time.sleep(PULSE_SECONDS)


def _plan_chores() -> None:
    """Tell the agenda what the server does by itself, and plan it for today."""
    from wangge.flows import chores
    from wangge.situation.cutoffs import automatic

    chores.register()
    chores.plan_today(datetime.now(UTC))
    automatic.plan_today(datetime.now(UTC))


def _bring_in() -> None:
    """Bring in and take back what was asked for, beside the other chores: a large roster takes minutes.

    The thread ends with the process; what it had begun is rolled back, and gone on with at the next start.
    """
    from django.db import DatabaseError, close_old_connections

    from wangge.flows.import_roster.finishing import finish_interrupted

    while True:
        try:
            finish_interrupted(stamp=starting.stamp())
        except DatabaseError:
            close_old_connections()
        time.sleep(PULSE_SECONDS)


def _make_forms() -> None:
    """Make the long exports that were asked for, beside the other chores; one that was cut off is made anew."""
    from django.db import DatabaseError, close_old_connections

    from wangge.situation.forms.making import make_waiting

    while True:
        try:
            make_waiting(stamp=starting.stamp())
        except DatabaseError:
            close_old_connections()
        time.sleep(PULSE_SECONDS)


def _turn(turn: int) -> None:
    """Do one round of chores; a database that does not answer just now is asked again the next time."""
    from django.db import DatabaseError, close_old_connections

    from wangge.agenda.workers import run_due
    from wangge.api.health import beat
    from wangge.gateways.workers import lay_down_waiting
    from wangge.journal.sealing import seal_open_lines

    try:
        while seal_open_lines():
            beat()
        if turn % 2 == 0:
            run_due(datetime.now(UTC))
            lay_down_waiting(datetime.now(UTC))
        if turn % PLAY_EVERY == PLAY_EVERY - 1:
            _play()
        beat()
    except DatabaseError as error:
        say(f"worker: the database does not answer ({type(error).__name__}); trying again")
        close_old_connections()


def _play() -> None:
    """Let the invented workers of a demonstration go on with their round."""
    from wangge.places.queries import installation

    opened = installation()
    if opened is not None and opened.demonstration:
        from wangge.cli.demonstration import play_on

        play_on(datetime.now(UTC), Random())  # noqa: S311  (nothing secret)
