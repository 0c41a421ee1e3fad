"""Why somebody needs attention: flags are raised with an end, ended by a person, or lapse with their last day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import kinds, loading
from wangge.people.models import PriorityFlag, Resident
from wangge.people.rules.codes import BATCH_LIMIT, ResidentState, flag_counter
from wangge.people.rules.families import flag_fault
from wangge.people.rules.origins import normal_origin, travel_fault
from wangge.people.rules.wishes import NewFlag

WRITE = "flag.write"
NOTE = 300


@command
def raise_flags(*, stamp: Stamp, actor: Viewer, flags: Sequence[NewFlag]) -> list[UUID]:
    """Flag residents, each with a reason and an end, all of them or none; at most 500 a call.

    Refused for an unknown reason, a missing or reversed end, an origin finer than a prefecture, or a reason that the
    resident carries already.
    """
    loading.check_size(len(flags))
    people = _people(actor, [one.resident for one in flags])
    for one in flags:
        if fault := flag_fault(one.reason, one.from_on, one.until_on, one.review_on, one.note):
            raise Refused(fault, resident=str(one.resident))
        if fault := travel_fault(one.reason, normal_origin(one.origin), one.came_on, stamp.day):
            raise Refused(fault, resident=str(one.resident))
        if len(one.note) > NOTE:
            raise Refused("people.text_too_long", limit=NOTE)
    _check_standing(flags)
    rows = [_row(stamp, actor, one, people[one.resident]) for one in flags]
    PriorityFlag.objects.bulk_create(rows)
    entries = [_entry(kinds.FLAG_RAISED, row, people[row.resident_id].household_id, 1) for row in rows]
    record(stamp=stamp, actor=actor, entries=entries)
    return [row.id for row in rows]


def _people(actor: Viewer, ids: Sequence[UUID]) -> dict[UUID, Resident]:
    query = Resident.objects.select_for_update(of=("self",)).select_related("household").filter(id__in=set(ids))
    rows = {row.id: row for row in query.order_by("id")}
    for id_ in ids:
        row = rows.get(id_)
        if row is None:
            raise Refused("people.resident_unknown")
        require(actor, WRITE, row.path)
        if row.state != ResidentState.LIVING:
            raise Refused("people.resident_gone")
    return rows


def _check_standing(flags: Sequence[NewFlag]) -> None:
    pairs = [(one.resident, one.reason) for one in flags if one.reason != "other"]
    standing = PriorityFlag.objects.filter(resident__in=[who for who, _ in pairs], ended_at=None)
    known = set(standing.values_list("resident", "reason"))
    for who, reason in pairs:
        if (who, reason) in known:
            raise Refused("people.flag_stands", resident=str(who), reason=reason)
        known.add((who, reason))


def _row(stamp: Stamp, actor: Viewer, new: NewFlag, resident: Resident) -> PriorityFlag:
    return PriorityFlag(
        id=new.id,
        resident=resident,
        path=resident.path,
        grid_path=resident.household.grid_path,
        reason=new.reason,
        note=new.note.strip(),
        basis=new.basis.strip()[:200],
        origin=normal_origin(new.origin),
        came_on=new.came_on,
        from_on=new.from_on,
        until_on=new.until_on,
        review_on=new.review_on,
        raised_by=actor.number,
        raised_at=stamp.received_at,
    )


def _entry(kind: str, row: PriorityFlag, household: UUID, delta: int) -> Entry:
    facts = {"flag": str(row.id), "resident": str(row.resident_id), "reason": row.reason, "origin": row.origin}
    counts = (Count(flag_counter(row.reason), row.grid_path, delta),)
    return Entry(kind, row.grid_path, facts, counts, subject=household)


@command
def place_flag(*, stamp: Stamp, actor: Viewer, flag: UUID, origin: str, came_on: date | None = None) -> UUID:
    """Say or correct where somebody who carries a flag came from and when; empty for not known.

    Refused for a flag that is unknown or has ended, and for an origin finer than a prefecture.
    """
    row = _standing(actor, flag)
    place = normal_origin(origin)
    if fault := travel_fault(row.reason, place, came_on, stamp.day):
        raise Refused(fault, resident=str(row.resident_id))
    before = row.origin
    row.origin, row.came_on = place, came_on
    row.save(update_fields=["origin", "came_on"])
    entry = _entry(kinds.FLAG_PLACED, row, row.resident.household_id, 0)
    record(stamp=stamp, actor=actor, entries=[replace(entry, facts={**entry.facts, "before": before})])
    return row.id


def _standing(actor: Viewer, flag: UUID) -> PriorityFlag:
    """Return a flag that has not ended, locked; refused as unknown where the actor may not write flags."""
    query = PriorityFlag.objects.select_for_update(of=("self",)).select_related("resident")
    row = query.filter(id=flag).first()
    if row is None or not actor.permits(WRITE, row.path):
        raise Refused("people.flag_unknown")
    if row.ended_at is not None:
        raise Refused("people.flag_ended")
    return row


@command
def end_flag(*, stamp: Stamp, actor: Viewer, flag: UUID, reason: str = "done") -> UUID:
    """End a flag before its last day; refused for one that is unknown or has ended."""
    row = _standing(actor, flag)
    _end(stamp, [row], reason[:16])
    entry = _entry(kinds.FLAG_ENDED, row, row.resident.household_id, -1)
    record(stamp=stamp, actor=actor, entries=[entry])
    return row.id


def _end(stamp: Stamp, rows: Sequence[PriorityFlag], reason: str) -> None:
    PriorityFlag.objects.filter(id__in=[row.id for row in rows]).update(ended_at=stamp.received_at, end_reason=reason)


@command
def lapse_flags(*, stamp: Stamp, actor: Actor, on: date) -> int:
    """End up to 500 flags whose last day has passed before the local day ``on``; return how many."""
    query = PriorityFlag.objects.select_for_update(of=("self",)).select_related("resident")
    rows = list(query.filter(ended_at=None, until_on__lte=on).order_by("id")[:BATCH_LIMIT])
    _end(stamp, rows, "lapsed")
    entries = [_entry(kinds.FLAG_ENDED, row, row.resident.household_id, -1) for row in rows]
    record(stamp=stamp, actor=actor, entries=entries)
    return len(rows)
