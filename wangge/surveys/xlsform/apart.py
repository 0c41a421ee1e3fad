"""Opening an uploaded form in a process apart, so that a file that explodes takes nobody along."""

import subprocess
import sys
from pathlib import Path

import msgspec

from wangge.kernel.refused import Refused
from wangge.surveys.xlsform.child import TOO_HARD
from wangge.surveys.xlsform.opening import Workbook, refuse_size

MODULE = "wangge.surveys.xlsform.child"
ROOT = Path(__file__).parents[3]


class _Told(msgspec.Struct):
    workbook: Workbook | None = None
    refused: str = ""
    facts: dict[str, int | str] = {}


def open_apart(content: bytes) -> Workbook:
    """Return the sheets of a workbook; refused as ``open_workbook``, and when it asks for too much memory or time."""
    refuse_size(content)
    # nothing of this process's environment goes along: it holds the address of the database
    done = subprocess.run(
        [sys.executable, "-s", "-m", MODULE],
        input=content,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        cwd="/",
        check=False,
    )
    if done.returncode < 0 or done.returncode == TOO_HARD:
        raise Refused("questionnaires.file_too_hard")
    try:
        told = msgspec.msgpack.decode(done.stdout, type=_Told)
    except msgspec.DecodeError:
        raise Refused("questionnaires.file_unreadable") from None
    if told.workbook is None:
        raise Refused(told.refused or "questionnaires.file_unreadable", **told.facts)
    return told.workbook
