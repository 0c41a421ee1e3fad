"""The command line as a user calls it: another process, a folder of its own, a database of its own."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg

WANGGE = Path(sys.executable).with_name("wangge")
LONGEST_SECONDS = 40


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command left: its exit code and both of its streams."""

    code: int
    out: str
    err: str

    @property
    def object(self) -> dict[str, Any]:
        """The one JSON object that stands on standard output and nothing beside it."""
        found: dict[str, Any] = json.loads(self.out)
        assert isinstance(found, dict)
        assert self.out.count("\n") == 1, "one line"
        return found

    @property
    def refused(self) -> str:
        """The code of the refusal, which comes with its facts and its words."""
        assert self.code == 1, (self.code, self.err)
        told = self.object["refused"]
        assert set(told) == {"code", "facts", "say"}
        assert told["say"]
        assert told["code"] not in told["say"], "a sentence for people does not show its code"
        return str(told["code"])


@dataclass(frozen=True, slots=True)
class Installation:
    """A folder with whatever database this run of the tests is about."""

    environment: Mapping[str, str]
    port: int

    def call(self, *words: str, **more: str) -> Answer:
        """Run ``wangge`` with these words, from a folder that is no checkout."""
        done = subprocess.run(
            [str(WANGGE), *words],
            env={**self.environment, **more},
            cwd="/",
            capture_output=True,
            text=True,
            timeout=LONGEST_SECONDS,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def init(self, *more: str) -> Answer:
        """Open a response in the county 420322."""
        return self.call(
            "init",
            "--authority",
            "某县指挥部",
            "--basis",
            "防指〔2020〕1号",
            "--area",
            "420322",
            "--yes",
            "--json",
            *more,
        )

    @contextmanager
    def serving(self) -> Iterator[subprocess.Popen[bytes]]:
        """Serve until the block ends, from the moment it is ready."""
        log = Path(self.environment["WANGGE_DATA"]).with_suffix(".log")
        with log.open("ab") as written:
            server = subprocess.Popen(
                [str(WANGGE), "up", "--port", str(self.port)], env=dict(self.environment), cwd="/", stderr=written
            )
        try:
            self._wait_until_ready(server, log)
            yield server
        finally:
            if server.poll() is None:
                server.terminate()
                server.wait(LONGEST_SECONDS)

    def _wait_until_ready(self, server: subprocess.Popen[bytes], log: Path) -> None:
        until = time.monotonic() + LONGEST_SECONDS
        while time.monotonic() < until:
            told = log.read_text("utf-8")
            assert server.poll() is None, told
            assert "ended unexpectedly" not in told, told
            try:
                if self.get("/healthz").status == 200:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        raise AssertionError("not ready in time: " + told)

    def get(self, path: str) -> "Page":
        """Ask the server for a page without any cookie."""
        return Browser(self.port).get(path)


@dataclass(frozen=True, slots=True)
class Page:
    """What the server answered."""

    status: int
    text: str
    location: str


@dataclass
class Browser:
    """The little of a browser that signing in and sending forms need."""

    port: int
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._send("GET", path)

    def post(self, path: str, **fields: str) -> Page:
        """Open the page of a form and send the form, with the token that the page carries."""
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.get(path).text)
        assert token, f"{path} is no form"
        return self._send("POST", path, {"csrfmiddlewaretoken": token.group(1), **fields})

    def _send(self, method: str, path: str, fields: Mapping[str, str] | None = None) -> Page:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=LONGEST_SECONDS)
        headers = {"Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items())}
        if fields is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            connection.request(method, path, urlencode(fields or {}) if fields else None, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                self.cookies.load(cookie)
            text = answer.read().decode("utf-8", "replace")
            return Page(answer.status, text, answer.headers.get("Location") or "")
        finally:
            connection.close()


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def installation(folder: Path) -> Iterator[Installation]:
    """Hand out a folder that is not yet made; on PostgreSQL a new database beside the tests' own, gone afterwards."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WANGGE_")}
    environment = {**kept, "WANGGE_DATA": str(folder), "WANGGE_LANGUAGE": "en"}
    environment.pop("DJANGO_SETTINGS_MODULE", None)
    url = os.environ.get("DATABASE_URL")
    port = free_port()
    if not url:
        yield Installation(environment, port)
        return
    name = f"cli_{port}_{time.time_ns()}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            parts = urlsplit(url)
            yield Installation({**environment, "DATABASE_URL": parts._replace(path=f"/{name}").geturl()}, port)
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def kill_with_children(pid: int) -> None:
    """End a process and everything it started as a power cut would: nothing is asked."""
    family = [pid]
    for one in family:
        family += [int(child) for child in _children(one)]
    for one in family:
        try:
            os.kill(one, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _children(pid: int) -> list[str]:
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except FileNotFoundError:
        return []
