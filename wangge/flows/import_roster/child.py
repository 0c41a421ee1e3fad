"""The process in which an uploaded file is opened: limited in memory and time, able to write no file, without secrets.

``python -m wangge.flows.import_roster.child``: the job and the file come on standard input, frames go to standard
output. Each frame is four bytes of length and that many of MessagePack.
"""

import contextlib
import gc
import os
import resource
import signal
import sys
from typing import Any, BinaryIO

import msgspec

MEMORY = 600 * 1024 * 1024
OPENING_SECONDS = 15
READING_SECONDS = 240
TOO_HARD = 9


def limit() -> None:
    """Take away what a file has no business with: memory, time, writing files, leaving a core behind."""
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, READING_SECONDS),
    ):
        resource.setrlimit(what, (most, most))
    _time(OPENING_SECONDS)


def _time(seconds: int) -> None:
    """End this process after so many seconds of its own time, or a third more of the clock's; the kernel does it."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
    signal.setitimer(signal.ITIMER_REAL, seconds * 4 / 3)


def send(out: BinaryIO, frame: Any) -> None:
    """Write one frame."""
    body = msgspec.msgpack.encode(frame)
    out.write(len(body).to_bytes(4, "big") + body)


def main() -> int:
    """Read one file and return the exit code: 0 when there is an answer, 9 when the file needs too much memory."""
    limit()
    gc.disable()  # one file, then this process ends
    given = sys.stdin.buffer
    length = int.from_bytes(given.read(4), "big")
    head, content = given.read(length), given.read()
    out = os.fdopen(os.dup(1), "wb")
    try:
        _answer(head, content, out)
    except MemoryError:
        return TOO_HARD
    with contextlib.suppress(BrokenPipeError):
        out.flush()
    return 0


def _answer(head: bytes, content: bytes, out: BinaryIO) -> None:
    from wangge.flows.import_roster.given import Job, read_given
    from wangge.flows.import_roster.reading import read_sheets
    from wangge.kernel.refused import Refused

    try:
        sheets = read_sheets(content)
        _time(READING_SECONDS)
        told, frames = read_given(sheets, msgspec.msgpack.decode(head, type=Job))
    except Refused as refused:
        send(out, {"refused": refused.code, "facts": refused.facts})
        return
    send(out, {"head": told})
    for frame in frames:
        send(out, frame)


if __name__ == "__main__":
    sys.exit(main())
