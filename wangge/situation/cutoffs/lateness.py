"""What came after a cut-off though it had happened by then."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from django.db.models import Q

from wangge.journal.models import LineFacts
from wangge.kernel.paths import upper
from wangge.people.commands.kinds import FLAG_ENDED, FLAG_PLACED, FLAG_RAISED, RESIDENT_DIED, RESIDENT_LEFT
from wangge.situation.cutoffs.measuring import Counts
from wangge.situation.cutoffs.models import Snapshot
from wangge.situation.cutoffs.rules import Indicator, Numbers, counted

OF_FLAGS = frozenset({FLAG_RAISED, FLAG_ENDED, FLAG_PLACED, RESIDENT_LEFT, RESIDENT_DIED})


def late_after(
    snapshot: Snapshot, path: str, indicators: Sequence[Indicator], *, upto: tuple[int, Sequence[int]] | None = None
) -> Counts:
    """Return by tally path what reached the journal after a snapshot and had happened by its cut-off; one statement.

    Flags count by the lines that raise, end and place them and those by which their people leave, the rest by what
    lines say of their counters; a move or a joining is not late. ``upto`` ends the
    search at a sealed line and the lines that waited then. Facts that were erased by now are not found.
    """
    new = Q(line__seq__gt=snapshot.seq) | Q(line__seq=None)
    if upto is not None:
        seq, waiting = upto
        new = Q(line__seq__gt=snapshot.seq, line__seq__lte=seq) | Q(line__in=list(waiting))
    rows = LineFacts.objects.filter(new, line__path__gte=path, line__path__lt=upper(path), at__lte=snapshot.cutoff_at)
    lines = rows.exclude(line__in=snapshot.open_lines).values_list("line__kind", "line__path", "line__tallies", "facts")
    found: Counts = defaultdict(lambda: defaultdict(int))
    for kind, where, tallies, text in lines:
        facts = msgspec.json.decode(text)
        for reason, origin, delta in _flags(kind, facts) if kind in OF_FLAGS else ():
            _add(found[where], counted(indicators, reason, origin, delta))
        # the tallies of a sensitive room stand with the facts
        for counter, at, _, delta in msgspec.json.decode(facts.get("tallies", tallies)):
            _add(found[at], _of_counter(indicators, counter, delta))
    return {where: dict(numbers) for where, numbers in found.items()}


def _flags(kind: str, facts: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Yield the flags that a line adds or takes away: reason, origin, +1 or -1."""
    if kind in (RESIDENT_LEFT, RESIDENT_DIED):
        for reason, origin in facts.get("flags", ()):
            yield reason, origin, -1
        return
    reason, origin = str(facts["reason"]), str(facts.get("origin", ""))
    if kind == FLAG_PLACED:
        yield reason, str(facts["before"]), -1
    yield reason, origin, -1 if kind == FLAG_ENDED else 1


def _of_counter(indicators: Sequence[Indicator], counter: str, delta: int) -> Numbers:
    return {one.code: delta for one in indicators if one.source and one.source.counter == counter}


def _add(numbers: Numbers, more: Numbers) -> None:
    for code, value in more.items():
        numbers[code] += value
