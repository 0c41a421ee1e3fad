"""What came after a cut-off though it had happened by then."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

import msgspec
from django.db.models import Q

from wangge.journal.models import LineFacts
from wangge.kernel.paths import upper
from wangge.people.commands.kinds import FLAG_ENDED, FLAG_RAISED
from wangge.situation.cutoffs.measuring import Counts
from wangge.situation.cutoffs.models import Snapshot
from wangge.situation.cutoffs.rules import Indicator, Numbers, counted

SIGNS = {FLAG_RAISED: 1, FLAG_ENDED: -1}


def late_after(
    snapshot: Snapshot, path: str, indicators: Sequence[Indicator], *, upto: tuple[int, Sequence[int]] | None = None
) -> Counts:
    """Return by tally path what reached the journal after a snapshot and had happened by its cut-off; one statement.

    Flags count by the lines that raise and end them, the rest by what lines say of their counters. ``upto`` ends the
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
        if kind in SIGNS:
            _add(found[where], _of_flag(indicators, kind, facts))
        # the tallies of a sensitive room stand with the facts
        for counter, at, _, delta in msgspec.json.decode(facts.get("tallies", tallies)):
            _add(found[at], _of_counter(indicators, counter, delta))
    return {where: dict(numbers) for where, numbers in found.items()}


def _of_flag(indicators: Sequence[Indicator], kind: str, facts: dict[str, Any]) -> Numbers:
    return counted(indicators, str(facts.get("reason", "")), str(facts.get("origin", "")), SIGNS[kind])


def _of_counter(indicators: Sequence[Indicator], counter: str, delta: int) -> Numbers:
    return {one.code: delta for one in indicators if one.source and one.source.counter == counter}


def _add(numbers: Numbers, more: Numbers) -> None:
    for code, value in more.items():
        numbers[code] += value
