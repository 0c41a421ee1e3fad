"""What every write of the register begins with: the rows it changes, locked, and whether the actor may."""

from collections.abc import Collection, Iterable
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.among import among
from wangge.kernel.clocks import HybridClock
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import ADDRESS_LIMIT, BATCH_LIMIT, NOTE_LIMIT, HouseholdState, ResidentState
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK
from wangge.places.stillness import hold_still

WRITE = "register.write"


def clock_of(stamp: Stamp) -> str:
    """Return the hybrid clock of the edit: the writer's own, or one made of the time the server got it."""
    return stamp.clock or str(HybridClock(int(stamp.received_at.timestamp() * 1000), 0, "server"))


def check_size(number: int) -> None:
    """Refuse a batch of more than 500 things."""
    if number > BATCH_LIMIT:
        raise Refused("people.batch_too_large", limit=BATCH_LIMIT)


def check_texts(*, note: str = "", address: str = "") -> None:
    """Refuse a note or an address that is too long to be kept whole."""
    for text, limit in ((note, NOTE_LIMIT), (address, ADDRESS_LIMIT)):
        if len(text.strip()) > limit:
            raise Refused("people.text_too_long", limit=limit)


def areas(actor: Viewer, ids: Collection[int]) -> dict[int, Area]:
    """Return the areas in which households are to be put, all of them in the actor's reach."""
    hold_still()
    standing = Area.objects.filter(among("id", ids), retired_at=None)
    found = {row.id: row for row in standing.only("id", "rank", "path", "grid_path")}
    for id_ in ids:
        area = found.get(id_)
        if area is None:
            raise Refused("access.forbidden")
        require(actor, WRITE, area.path)
        if area.rank < COMMUNITY_RANK:
            raise Refused("people.area_too_high")
    return found


def open_households(actor: Viewer, ids: Collection[UUID]) -> dict[UUID, Household]:
    """Return open households by id, locked, all of them in the actor's reach."""
    hold_still()
    rows = {row.id: row for row in Household.objects.select_for_update().filter(id__in=ids).order_by("id")}
    for id_ in ids:
        row = rows.get(id_)
        if row is None:
            raise Refused("people.household_unknown")
        if not actor.permits(WRITE, row.path):
            raise Refused("people.household_unknown")
        if row.state != HouseholdState.OPEN:
            raise Refused("people.household_closed")
    return rows


def residents(actor: Viewer, ids: Collection[UUID], *, living: bool = True) -> dict[UUID, Resident]:
    """Return residents by id with their households, locked, all in the actor's reach."""
    hold_still()
    query = Resident.objects.select_for_update(of=("self",)).select_related("household").filter(id__in=ids)
    rows = {row.id: row for row in query.order_by("id")}
    for id_ in ids:
        row = rows.get(id_)
        if row is None or not actor.permits(WRITE, row.path):
            raise Refused("people.resident_unknown")
        if living and row.state != ResidentState.LIVING:
            raise Refused("people.resident_gone")
    return rows


def once_each(ids: Iterable[UUID]) -> None:
    """Refuse a batch that names one row twice."""
    listed = list(ids)
    if len(set(listed)) != len(listed):
        raise Refused("people.named_twice")
