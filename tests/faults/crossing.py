"""A command that locks two tallies slowly, one after the other."""

import time

from tests.journal.trial import Someone
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.stamps import Stamp


@command
def cross_over(*, stamp: Stamp, actor: Someone, paths: list[str]) -> int:
    """Count in each area in the order given, with a pause in between."""
    for path in paths:
        record(stamp=stamp, actor=actor, entries=[Entry("trial.done", path, {}, (Count("knocks", path, 1),))])
        time.sleep(0.05)
    return len(paths)
