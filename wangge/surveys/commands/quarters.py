"""Keeping what changed in the last quarters of an hour, beside the tallies and in the same transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from wangge.journal.recording import Entry
from wangge.journal.statements import add_up
from wangge.kernel.paths import parent
from wangge.kernel.periods import local_day
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.rules import GRID_RANK
from wangge.surveys import rules
from wangge.surveys.models import QuarterCount

TABLE, KEY = "surveys_quartercount", ("whole", "quarter", "path", "counter")


def note_quarter(*, stamp: Stamp, entries: Iterable[Entry]) -> None:
    """Add up what the entries change about the day on which they come in; two statements for up to 100 sums."""
    today = local_day(stamp.received_at, stamp.zone)
    changes: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        for count in entry.counts:
            if count.counter in rules.BY_QUARTER and count.day == today:
                changes[count.path, count.counter] += count.delta
    quarter = rules.quarter_of(stamp.received_at)
    sums = {False: changes, True: _of_communities(changes)}
    rows = [
        (whole, quarter, *key, delta) for whole, part in sums.items() for key, delta in sorted(part.items()) if delta
    ]
    add_up(TABLE, KEY, "value", rows)


def _of_communities(changes: Counter[tuple[str, str]]) -> Counter[tuple[str, str]]:
    """Add up by community; a tally path that is no grid's is a community's own."""
    paths = {path for path, _ in changes}
    grids = set(Area.objects.filter(path__in=paths, rank=GRID_RANK).values_list("path", flat=True)) if paths else set()
    found: Counter[tuple[str, str]] = Counter()
    for (path, counter), delta in changes.items():
        found[parent(path) if path in grids else path, counter] += delta
    return found


def forget_quarters(*, now: datetime) -> int:
    """Delete the counts of quarters that nobody asks for any more; return how many."""
    old = QuarterCount.objects.filter(quarter__lt=rules.quarter_of(now) - rules.QUARTERS_KEPT)
    return old.delete()[0]
