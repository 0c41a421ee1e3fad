"""Keeping what changed in the last quarters of an hour, beside the tallies and in the same transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from wangge.journal.recording import Entry
from wangge.journal.statements import add_up
from wangge.kernel.periods import local_day
from wangge.kernel.stamps import Stamp
from wangge.surveys import rules
from wangge.surveys.models import QuarterCount

TABLE, KEY = "surveys_quartercount", ("quarter", "path", "counter")


def note_quarter(*, stamp: Stamp, entries: Iterable[Entry]) -> None:
    """Add up what the entries change about the day on which they come in; one statement for up to 200 sums."""
    today = local_day(stamp.received_at, stamp.zone)
    changes: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for count in entry.counts:
            if count.counter in rules.BY_QUARTER and count.day == today:
                changes[count.path, count.counter] += count.delta
    quarter = rules.quarter_of(stamp.received_at)
    add_up(TABLE, KEY, "value", [(quarter, *key, delta) for key, delta in sorted(changes.items()) if delta])


def forget_quarters(*, now: datetime) -> int:
    """Delete the counts of quarters that nobody asks for any more; return how many."""
    old = QuarterCount.objects.filter(quarter__lt=rules.quarter_of(now) - rules.QUARTERS_KEPT)
    return old.delete()[0]
