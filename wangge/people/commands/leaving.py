"""Residents who are no longer counted: moved out, died, put in by mistake; and how that is taken back."""

from collections.abc import Collection, Sequence
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import kinds, loading
from wangge.people.commands.moving import close_empty
from wangge.people.commands.stocks import carry, differences, stocks_of
from wangge.people.models import Household, Joining, Phone, PriorityFlag, Resident, Stay
from wangge.people.rules.codes import HouseholdState, Relation, ResidentState
from wangge.people.rules.wishes import Departed, Departure


@command
def leave_register(*, stamp: Stamp, actor: Viewer, departures: Sequence[Departure]) -> Departed:
    """Let residents move out of the register on a day; households they leave empty are closed."""
    return _depart(stamp, actor, departures, ResidentState.MOVED_OUT, kinds.RESIDENT_LEFT)


@command
def record_deaths(*, stamp: Stamp, actor: Viewer, departures: Sequence[Departure]) -> Departed:
    """Record that residents died on a day; what is known about them stays until the response is closed."""
    return _depart(stamp, actor, departures, ResidentState.DIED, kinds.RESIDENT_DIED)


def _depart(stamp: Stamp, actor: Viewer, departures: Sequence[Departure], state: ResidentState, kind: str) -> Departed:
    loading.check_size(len(departures))
    loading.once_each(one.resident for one in departures)
    people = loading.residents(actor, [one.resident for one in departures])
    if any(one.on > stamp.day for one in departures):
        raise Refused("people.day_in_future")
    homes = {row.household_id: row.household for row in people.values()}
    hosts = set(Stay.objects.filter(resident__in=people, ended_on=None).values_list("household", flat=True))
    before = stocks_of({*homes, *hosts})
    for one in departures:
        row = people[one.resident]
        row.state, row.state_on = state, one.on
    Resident.objects.bulk_update(people.values(), ["state", "state_on"])
    flags = _standing_flags(people)
    _end_all(stamp, people)
    closed = close_empty(stamp, {*homes, *hosts})
    counts = differences(before, stocks_of({*homes, *hosts}))
    entries: list[Entry] = []
    for row in people.values():
        facts: dict[str, object] = {
            "resident": str(row.id), "household": str(row.household_id), "on": str(row.state_on),
        }  # fmt: skip
        if row.id in flags:
            facts["flags"] = flags[row.id]
        entries.append(Entry(kind, row.household.grid_path, facts, () if entries else counts, subject=row.household_id))
    record(stamp=stamp, actor=actor, entries=entries)
    return Departed(tuple(people), tuple(row.id for row in closed))


def _standing_flags(residents: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return the reason and the origin of the flags that residents carry, by resident."""
    found: dict[UUID, list[tuple[str, str]]] = {}
    rows = PriorityFlag.objects.filter(resident__in=residents, ended_at=None).order_by("id")
    for who, reason, origin in rows.values_list("resident", "reason", "origin"):
        found.setdefault(who, []).append((reason, origin))
    return found


def _end_all(stamp: Stamp, residents: Collection[UUID]) -> None:
    """End flags and stays of residents who have gone."""
    PriorityFlag.objects.filter(resident__in=residents, ended_at=None).update(
        ended_at=stamp.received_at, end_reason="gone"
    )
    Stay.objects.filter(resident__in=residents, ended_on=None).update(ended_on=stamp.day)


@command
def reinstate_resident(*, stamp: Stamp, actor: Viewer, resident: UUID) -> UUID:
    """Count somebody again who had left or was taken for dead, in the household of then; it opens when it was closed.

    Flags and stays that ended stay ended. Refused for somebody who is counted, or was joined with another row.
    """
    row = loading.residents(actor, [resident], living=False)[resident]
    if row.state not in (ResidentState.MOVED_OUT, ResidentState.DIED):
        raise Refused("people.not_gone")
    home = row.household
    if home.state == HouseholdState.MERGED:
        raise Refused("people.household_closed")
    before = stocks_of([home.id])
    headed = Resident.objects.filter(household=home, is_head=True, state=ResidentState.LIVING).exists()
    row.state, row.state_on = ResidentState.LIVING, None
    if row.is_head and headed:
        row.is_head, row.relation = False, Relation.UNKNOWN
    row.save(update_fields=["state", "state_on", "is_head", "relation"])
    Household.objects.filter(id=home.id).update(state=HouseholdState.OPEN, closed_at=None)
    carry([home.id])
    counts = differences(before, stocks_of([home.id]))
    facts = {"resident": str(row.id), "household": str(home.id)}
    entry = Entry(kinds.RESIDENT_REINSTATED, home.grid_path, facts, counts, subject=home.id)
    record(stamp=stamp, actor=actor, entries=[entry])
    return row.id


@command
def withdraw(*, stamp: Stamp, actor: Viewer, households: Sequence[UUID] = (), residents: Sequence[UUID] = ()) -> int:
    """Delete rows that were put in by mistake, such as a wrong sheet's; return how many rows went.

    Households go with everybody in them. Whoever calls has made sure that nothing hangs on them (visits, orders);
    the database refuses otherwise. At most 500 of each a call.
    """
    loading.check_size(max(len(households), len(residents)))
    homes = loading.open_households(actor, households)
    inside = set(Resident.objects.filter(household__in=homes).values_list("id", flat=True))
    alone = loading.residents(actor, [id_ for id_ in residents if id_ not in inside], living=False)
    touched = {*homes, *(row.household_id for row in alone.values())}
    before = stocks_of(touched)
    paths = {row.id: row.grid_path for row in homes.values()}
    gone = {*inside, *alone}
    for table in (Phone, PriorityFlag, Stay):
        table.objects.filter(resident__in=gone).delete()
    Stay.objects.filter(household__in=homes).delete()
    Joining.objects.filter(kept__in=gone | set(homes)).delete()
    Resident.objects.filter(id__in=gone).delete()
    Household.objects.filter(id__in=homes).delete()
    counts = differences(before, stocks_of(touched))
    if gone or homes:
        path = next(iter(paths.values()), "") or next(row.household.grid_path for row in alone.values())
        facts = {"households": sorted(map(str, homes)), "residents": sorted(map(str, gone))}
        record(stamp=stamp, actor=actor, entries=[Entry(kinds.WITHDRAWN, path, facts, counts)])
    return len(gone) + len(homes)
