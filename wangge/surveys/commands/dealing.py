"""Giving rows of a list to another grid, building or community."""

from collections import Counter
from collections.abc import Sequence
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.paths import contains
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.stillness import hold_still
from wangge.surveys import kinds
from wangge.surveys.models import ListEntry
from wangge.surveys.rules.lists import BATCH_LIMIT, MANAGE, OPEN_ENTRIES, ListState


@command
def deal_entries(*, stamp: Stamp, actor: Viewer, entries: Sequence[UUID], area: int) -> int:
    """Give rows to whoever works in an area; return how many changed hands. At most 500 a call.

    Refused for a row or an area out of the actor's reach, and for an area outside that of the row's list.
    """
    if len(entries) > BATCH_LIMIT:
        raise Refused("lists.batch_too_large", limit=BATCH_LIMIT)
    hold_still()
    goal = Area.objects.filter(id=area, retired_at=None).first()
    if goal is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, goal.path)
    wanted = ListEntry.objects.select_for_update(of=("self",)).select_related("list").filter(id__in=set(entries))
    rows = list(wanted.order_by("id"))
    if len(rows) != len(set(entries)) or not all(actor.permits(MANAGE, row.path) for row in rows):
        raise Refused("lists.entry_unknown")
    if not all(contains(row.list.path, goal.path) for row in rows):
        raise Refused("lists.area_outside")
    moved = [row for row in rows if row.path != goal.path]
    if not moved:
        return 0
    tally = goal.grid_path or goal.path
    counts: Counter[str] = Counter()
    for row in moved:
        if row.list.state == ListState.OPEN and not row.outcome:
            counts[row.grid_path] -= 1
            counts[tally] += 1
        row.path, row.grid_path = goal.path, tally
    ListEntry.objects.bulk_update(moved, ["path", "grid_path"])
    changes = tuple(Count(OPEN_ENTRIES, path, delta) for path, delta in sorted(counts.items()) if delta)
    facts = {"entries": [str(row.id) for row in moved], "area": goal.id}
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.DEALT, tally, facts, changes, subject=goal.uid)])
    return len(moved)
