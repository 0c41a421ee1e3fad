"""The process in which an uploaded form is opened: limited in memory and time, able to write no file.

``python -m wangge.surveys.xlsform.child``: the file comes on standard input, the answer goes to standard output.
"""

import os
import resource
import signal
import sys
from typing import Any

import msgspec

MEMORY = 500 * 1024 * 1024
SECONDS = 20
TOO_HARD = 9


def limit() -> None:
    """Take away what a form has no business with: memory, time, writing files, leaving a core behind."""
    for what, most in (
        (resource.RLIMIT_DATA, MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, SECONDS),
    ):
        resource.setrlimit(what, (most, most))
    signal.setitimer(signal.ITIMER_REAL, SECONDS * 3)


def main() -> int:
    """Open one workbook, write what it holds, and return the exit code."""
    limit()
    content = sys.stdin.buffer.read()
    out = os.fdopen(os.dup(1), "wb")
    try:
        out.write(msgspec.msgpack.encode(_answer(content)))
        out.flush()
    except MemoryError:
        return TOO_HARD
    return 0


def _answer(content: bytes) -> dict[str, Any]:
    from wangge.kernel.refused import Refused
    from wangge.surveys.xlsform.opening import open_workbook

    try:
        return {"workbook": open_workbook(content)}
    except Refused as refused:
        return {"refused": refused.code, "facts": refused.facts}


if __name__ == "__main__":
    sys.exit(main())
