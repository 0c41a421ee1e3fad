"""Findings about rows of lists: kept as they come, the latest stands, the same person is asked once."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q

from wangge.access.models import Account
from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.stillness import hold_still
from wangge.surveys import kinds
from wangge.surveys.models import ListEntry, ListFinding
from wangge.surveys.rules import lists as rules
from wangge.surveys.rules.lists import (
    ANSWER,
    ANSWERED,
    BATCH_LIMIT,
    OPEN_ENTRIES,
    FindingOutcome,
    FindingSeen,
    ListState,
    Match,
    Standing,
)


@dataclass(slots=True)
class _Batch:
    """What one batch of findings writes; ``days`` is on which day the standing finding of a row counts, and where."""

    stamp: Stamp
    actor: Viewer
    rows: dict[UUID, ListEntry]
    standing: dict[UUID, Standing]
    days: dict[UUID, tuple[str, date]]
    new: list[ListFinding] = field(default_factory=list)
    fallen: set[UUID] = field(default_factory=set)
    changed: dict[UUID, ListEntry] = field(default_factory=dict)
    counts: dict[UUID, Counter[tuple[str, str, date | None]]] = field(default_factory=lambda: defaultdict(Counter))


@command
def record_findings(*, stamp: Stamp, actor: Viewer, findings: Sequence[FindingSeen]) -> list[FindingOutcome]:
    """Keep what workers found about rows of lists, one outcome per finding in the order given.

    A finding has happened, so it is kept even where a later one stands, and in a closed list too; only an unknown row,
    one out of the actor's reach or an unreadable finding is turned away, alone. Open rows of other lists, and of this
    one, about the same person are answered along. At most 500 a call, in a fixed number of statements.
    """
    if len(findings) > BATCH_LIMIT:
        raise Refused("lists.batch_too_large", limit=BATCH_LIMIT)
    hold_still()
    known = set(ListFinding.objects.filter(id__in=[one.id for one in findings]).values_list("id", flat=True))
    people = set(Account.objects.filter(id__in={one.by for one in findings if one.by}).values_list("id", flat=True))
    batch = _load(stamp, actor, {one.entry for one in findings})
    kin = _kin(actor, batch.rows.values())
    answers: dict[UUID, FindingOutcome] = {}
    for one in sorted(findings, key=lambda seen: (seen.at, seen.id.bytes)):
        if one.id in known:
            answers.setdefault(one.id, FindingOutcome(one.id, "again"))
            continue
        known.add(one.id)
        answers[one.id] = _judge(batch, one, people, kin)
    _write(batch)
    return [answers[one.id] for one in findings]


def _load(stamp: Stamp, actor: Viewer, ids: Iterable[UUID]) -> _Batch:
    """Return the rows asked for and those of the same people, locked, each with the finding that stands."""
    asked = list(ListEntry.objects.filter(id__in=set(ids)).values_list("id", "person", "resident", "match"))
    same = Q(id__in=[id_ for id_, *_ in asked])
    same |= Q(person__in=[person for _, person, _, _ in asked if person is not None], list__state=ListState.OPEN)
    residents = [who for _, _, who, match in asked if who is not None and match == Match.EXACT]
    same |= Q(resident__in=residents, match=Match.EXACT, list__state=ListState.OPEN)
    rows = ListEntry.objects.select_for_update(of=("self",)).select_related("list").filter(same)
    found = {row.id: row for row in rows.order_by("id")}
    stands = ListFinding.objects.filter(entry__in=found, stands=True)
    batch = _Batch(stamp, actor, found, {}, {})
    for one in stands:
        batch.standing[one.entry_id] = Standing(one.id, one.at)
        batch.days[one.entry_id] = (one.grid_path, one.day)
    return batch


def _kin(actor: Viewer, rows: Iterable[ListEntry]) -> dict[UUID, list[ListEntry]]:
    """Return for each row the others about the same person that the actor may answer."""
    groups: dict[object, list[ListEntry]] = defaultdict(list)
    for row in rows:
        if row.list.state == ListState.OPEN and actor.permits(ANSWER, row.path):
            for key in _names(row):
                groups[key].append(row)
    return {
        row.id: list({other.id: other for key in _names(row) for other in groups[key] if other.id != row.id}.values())
        for row in rows
    }


def _names(row: ListEntry) -> list[object]:
    """Return the keys under which the person of a row is known for certain."""
    keys: list[object] = [bytes(row.person)] if row.person is not None else []
    return keys + ([row.resident] if row.resident is not None and row.match == Match.EXACT else [])


def _judge(batch: _Batch, one: FindingSeen, people: set[UUID], kin: dict[UUID, list[ListEntry]]) -> FindingOutcome:
    """Put the finding into the batch, or say why not."""
    row = batch.rows.get(one.entry)
    if row is None or row.list.state in (ListState.READING, ListState.STAGED):
        return FindingOutcome(one.id, "rejected", "lists.entry_unknown")
    if not batch.actor.permits(ANSWER, row.path):
        return FindingOutcome(one.id, "forbidden", "access.forbidden")
    if fault := _kept_out(row, one, people):
        return FindingOutcome(one.id, "rejected", fault)
    if not _keep(batch, row, one):
        return FindingOutcome(one.id, "superseded")
    along = [other for other in kin.get(row.id, ()) if not other.outcome]
    for other in along:
        outcome = rules.outcome_along(other.list_id == row.list_id, one.outcome)
        _keep(batch, other, one, along=True, outcome=outcome)
    return FindingOutcome(one.id, "applied", along=tuple(other.id for other in along))


def _kept_out(row: ListEntry, one: FindingSeen, people: set[UUID]) -> str:
    """Return the code of why a finding cannot be kept, empty when it can."""
    if row.list.state == ListState.WITHDRAWN:
        return "lists.withdrawn"
    if one.by is not None and one.by not in people:
        return "lists.finder_unknown"
    return rules.finding_fault(one)


def _keep(batch: _Batch, row: ListEntry, one: FindingSeen, *, along: bool = False, outcome: str = "") -> bool:
    """Add a finding to a row, and return whether it stands."""
    day = local_day(batch.stamp.counted_at(one.at), batch.stamp.zone)
    kept = ListFinding(
        id=uuid5(one.id, str(row.id)) if along else one.id,
        entry=row,
        outcome=outcome or one.outcome,
        words="" if along else one.words.strip(),
        note="" if along else one.note.strip(),
        by_id=one.by or batch.actor.account_id,
        grid_path=row.grid_path,
        day=day,
        at=one.at,
        received_at=batch.stamp.received_at,
        channel=batch.stamp.channel,
        along=one.id if along else None,
    )
    batch.new.append(kept)
    old, new = batch.standing.get(row.id), Standing(kept.id, kept.at)
    stands = rules.standing([found for found in (old, new) if found is not None])
    batch.counts[kept.id].clear()
    if stands != new:
        return False
    _count(batch, row, kept)
    if old is not None:
        batch.fallen.add(old.finding)
    batch.standing[row.id], batch.days[row.id] = new, (kept.grid_path, day)
    row.outcome, row.found_at, row.found_by_id = kept.outcome, kept.at, kept.by_id
    batch.changed[row.id] = row
    return True


def _count(batch: _Batch, row: ListEntry, kept: ListFinding) -> None:
    """Note what a finding that stands adds: its own day, the old day's back, one open row less."""
    counts = batch.counts[kept.id]
    counts[ANSWERED, kept.grid_path, kept.day] += 1
    if row.id in batch.days:
        path, day = batch.days[row.id]
        counts[ANSWERED, path, day] -= 1
    elif row.list.state == ListState.OPEN:
        counts[OPEN_ENTRIES, row.grid_path, None] -= 1


def _write(batch: _Batch) -> None:
    """Save the batch and its lines."""
    if not batch.new:
        return
    standing = {one.finding for one in batch.standing.values()}
    for kept in batch.new:
        kept.stands = kept.id in standing
    ListFinding.objects.filter(id__in=batch.fallen).update(stands=False)
    ListFinding.objects.bulk_create(batch.new)
    if batch.changed:
        ListEntry.objects.bulk_update(list(batch.changed.values()), ["outcome", "found_at", "found_by"])
    entries = [_line(kept, batch.counts[kept.id]) for kept in batch.new]
    record(stamp=batch.stamp, actor=batch.actor, entries=entries)


def _line(kept: ListFinding, counts: Counter[tuple[str, str, date | None]]) -> Entry:
    facts: dict[str, Any] = {"finding": str(kept.id), "entry": str(kept.entry_id), "outcome": kept.outcome}
    changes = tuple(
        Count(code, path, delta, day) for (code, path, day), delta in sorted(counts.items(), key=str) if delta
    )
    return Entry(kinds.ANSWERED, kept.grid_path, facts, changes, subject=kept.entry_id, at=kept.at)
