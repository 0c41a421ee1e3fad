"""kill -9 in the middle of writing: what was acknowledged is there, once, and is answered the same again."""

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.faults.ground import Storage, own_storage

KILLS = 5
WRITERS = 2


def acknowledged(child: "subprocess.Popen[str]", seconds: float) -> list[str]:
    """Kill the child some time after its first acknowledgement and return all acknowledgements that are whole."""
    assert child.stdout is not None
    first = child.stdout.readline()
    assert first, "the writer never wrote"
    time.sleep(seconds)
    os.kill(child.pid, signal.SIGKILL)
    rest = child.stdout.read()
    child.wait()
    child.stdout.close()
    assert child.stdin is not None
    child.stdin.close()
    return [line for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]


def killed_often(storage: Storage) -> dict[str, str]:
    """Let writers write and be killed, again and again; return the acknowledgements of each."""
    told: dict[str, list[str]] = {f"phone{n}": [] for n in range(WRITERS)}
    for turn in range(KILLS):
        children = {source: storage.start("write", source, str(1_000_000 * turn)) for source in told}
        for n, (source, child) in enumerate(children.items()):
            told[source] += acknowledged(child, 0.03 + 0.05 * ((turn + n) % 4))
    return {source: "".join(lines) for source, lines in told.items()}


@pytest.mark.django_db(transaction=True)
def test_what_was_acknowledged_before_kill_9_is_there_once_and_answered_the_same_again(tmp_path: Path) -> None:
    storage = own_storage(tmp_path)
    told = killed_often(storage)
    count = sum(text.count("\n") for text in told.values())
    assert count >= KILLS * WRITERS
    for source, text in told.items():
        found = storage.ask("check", source, given=text)
        assert found["holds"]
        assert (found["happened_again"], found["differing"]) == (0, [])
        assert found["lines"] == found["receipts"] >= count
        assert found["heads"] == found["expected_heads"]


@pytest.mark.django_db(transaction=True)
def test_the_check_would_notice_an_acknowledged_write_that_is_missing(tmp_path: Path) -> None:
    storage = own_storage(tmp_path)
    child = storage.start("write", "phone", "0")
    told = "".join(acknowledged(child, 0.05))
    found = storage.ask("check", "phone", given=told + "900 10\n")
    assert (found["happened_again"], found["differing"]) == (1, [])
    found = storage.ask("check", "phone", given="900 11\n")
    assert (found["happened_again"], found["differing"]) == (0, [900])
