"""The demonstration as people start it: ``wangge up --demonstration`` in processes of its own."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WANGGE = Path(sys.executable).parent / "wangge"
READY_SECONDS = 150
END_SECONDS = 15
LINK = re.compile(r"^\s+(\w+)\s+(http://\S+/sign-in/\S+)$", re.MULTILINE)
FELL_OVER = "ended unexpectedly"
OF_OTHERS = ("WANGGE_", "DJANGO_", "DATABASE_URL", "PYTEST_")


@dataclass(frozen=True, slots=True)
class Town:
    """A running demonstration: its address, the one-time links by role, the environment of its commands."""

    url: str
    links: dict[str, str]
    environment: dict[str, str]

    def wangge(self, *words: str) -> dict[str, Any]:
        """Type a command with --json at this installation; return its object."""
        done = subprocess.run(
            [WANGGE, *words, "--json"], env=self.environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, f"wangge {' '.join(words)} gave {done.returncode}:\n{done.stdout}{done.stderr}"
        answer: dict[str, Any] = json.loads(done.stdout)
        return answer


@contextmanager
def serving(folder: Path) -> Iterator[Town]:
    """Serve a new demonstration from the folder until the block ends."""
    port, log = _free_port(), folder / "up.log"
    environment = {name: value for name, value in os.environ.items() if not name.startswith(OF_OTHERS)}
    environment |= {"WANGGE_DATA": str(folder / "data"), "WANGGE_PORT": str(port)}
    with log.open("wb") as output:
        process = subprocess.Popen(
            [WANGGE, "up", "--demonstration"],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_until_ready(process, url, log)
        yield Town(url, dict(LINK.findall(log.read_text("utf-8"))), environment)
    finally:
        process.send_signal(signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(END_SECONDS)
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_ready(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and process.poll() is None and FELL_OVER not in log.read_text("utf-8", "replace"):
        with suppress(OSError, urllib.error.URLError), urllib.request.urlopen(f"{url}/healthz", timeout=5) as answer:
            if json.load(answer)["ready"]:
                return
        time.sleep(0.2)
    raise AssertionError(f"wangge up did not get ready:\n{log.read_text('utf-8', 'replace')[-3000:]}")
