"""Residents who sleep at another household's door for a while."""

from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import kinds, loading
from wangge.people.commands.moving import close_empty
from wangge.people.commands.stocks import differences, stocks_of
from wangge.people.models import Stay
from wangge.people.rules.wishes import NewStay


@command
def begin_stay(*, stamp: Stamp, actor: Viewer, stay: NewStay) -> UUID:
    """Record that a resident sleeps at another door from a day on; they stay counted at home.

    Refused at their own door, with a reversed period, or while they stay elsewhere already.
    """
    resident = loading.residents(actor, [stay.resident])[stay.resident]
    host = loading.open_households(actor, [stay.household])[stay.household]
    if resident.household_id == host.id:
        raise Refused("people.stay_at_home")
    if stay.until_on is not None and stay.until_on <= stay.from_on:
        raise Refused("people.stay_end_before_start")
    if Stay.objects.filter(resident=resident, ended_on=None).exists():
        raise Refused("people.stays_already")
    row = Stay.objects.create(
        id=stay.id,
        resident=resident,
        household=host,
        path=host.path,
        grid_path=host.grid_path,
        from_on=stay.from_on,
        until_on=stay.until_on,
        note=stay.note.strip()[:300],
    )
    facts = {"resident": str(resident.id), "household": str(host.id), "home": str(resident.household_id)}
    entries = [
        Entry(kinds.STAY_BEGUN, host.grid_path, facts, subject=host.id),
        Entry(kinds.STAY_BEGUN, resident.household.grid_path, facts, subject=resident.household_id),
    ]
    record(stamp=stamp, actor=actor, entries=entries)
    return row.id


@command
def end_stay(*, stamp: Stamp, actor: Viewer, stay: UUID) -> UUID:
    """Record that a guest has gone; a host household that is empty then is closed."""
    query = Stay.objects.select_for_update(of=("self",)).select_related("resident__household", "household")
    row = query.filter(id=stay).first()
    if row is None or not actor.permits(loading.WRITE, row.path):
        raise Refused("people.stay_unknown")
    if row.ended_on is not None:
        raise Refused("people.stay_ended")
    before = stocks_of([row.household_id])
    row.ended_on = max(stamp.day, row.from_on)
    row.save(update_fields=["ended_on"])
    close_empty(stamp, [row.household_id])
    counts = differences(before, stocks_of([row.household_id]))
    facts = {"resident": str(row.resident_id), "household": str(row.household_id)}
    entry = Entry(kinds.STAY_ENDED, row.grid_path, facts, counts, subject=row.household_id)
    record(stamp=stamp, actor=actor, entries=[entry])
    return row.id
