"""Reading an uploaded file in a process apart, so that a file that explodes takes nobody along."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import msgspec

from wangge.flows.import_roster.child import TOO_HARD
from wangge.flows.import_roster.given import Frame, Given, Head, Job, gathered, read_given
from wangge.flows.import_roster.reading import LARGEST, read_sheets
from wangge.flows.import_roster.states import SMALL
from wangge.kernel.refused import Refused

MODULE = "wangge.flows.import_roster.child"
ROOT = Path(__file__).parents[3]
BINARY = (b"PK", b"\xd0\xcf\x11\xe0", b"%PDF")


def read_apart(content: bytes, job: Job) -> Given:
    """Read a file; refused as ``read_sheets`` and ``read_opened``, and when it asks for too much memory or time.

    Small texts are read here: they unpack to nothing larger than they are.
    """
    if len(content) > LARGEST:
        raise Refused("imports.file_too_big", limit=LARGEST // 1024 // 1024)
    if len(content) <= SMALL and not content.startswith(BINARY):
        return gathered(*read_given(read_sheets(content), job))
    return _read(content, job)


def _read(content: bytes, job: Job) -> Given:
    head = msgspec.msgpack.encode(job)
    # nothing of this process's environment goes along: it holds the address of the database
    with subprocess.Popen(
        [sys.executable, "-s", "-m", MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        cwd="/",
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        try:
            child.stdin.write(len(head).to_bytes(4, "big") + head)
            child.stdin.write(content)
            child.stdin.close()
            given = _take(child.stdout)
        except (BrokenPipeError, EOFError):
            given = None
        finally:
            child.stdout.close()
        code = child.wait()
    if given is None or code != 0:
        # a negative code is the signal by which the kernel ended it: time or memory
        raise Refused("imports.file_too_hard" if code < 0 or code == TOO_HARD else "imports.reading_failed")
    return given


def _take(out: IO[bytes]) -> Given:
    """Take the answer frame by frame; ``EOFError`` when there is none."""
    first = _frame(out)
    if first is None:
        raise EOFError
    told: dict[str, Any] = msgspec.msgpack.decode(first)
    if "refused" in told:
        raise Refused(told["refused"], **told["facts"])
    return gathered(msgspec.convert(told["head"], Head), _frames(out))


def _frames(out: IO[bytes]) -> Iterator[Frame]:
    decode = msgspec.msgpack.Decoder(Frame).decode
    while (body := _frame(out)) is not None:
        yield decode(body)


def _frame(out: IO[bytes]) -> bytes | None:
    length = out.read(4)
    return out.read(int.from_bytes(length, "big")) if len(length) == 4 else None
