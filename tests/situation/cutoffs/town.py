"""The town of the register's tests at a cut-off: who is flagged, what is taken when."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from tests.conftest import NOON
from tests.people.world import World, fresh, new_flag
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.situation.cutoffs.commands import take_snapshot
from wangge.situation.cutoffs.models import Snapshot, SnapshotRow

WUHAN, HUANGGANG, GUANGZHOU = "420100000000", "421100000000", "440100000000"
FROM_WUHAN, FROM_HUBEI, BEEN, THERE = (
    "returnee.from_wuhan",
    "returnee.from_hubei_other",
    "resident.been_to_wuhan",
    "resident.staying_in_hubei",
)
SET = "liuzhou-01"


def minutes(number: float, at: float | None = None) -> Stamp:
    """Return a stamp that comes some minutes after noon, of something that happened at ``at`` minutes if given."""
    received = NOON + timedelta(minutes=number)
    happened = received if at is None else NOON + timedelta(minutes=at)
    return fresh(received_at=received, at=happened)


def flag(world: World, who: UUID, reason: str, origin: str = "", stamp: Stamp | None = None) -> UUID:
    """Flag somebody and return the flag."""
    flags = [new_flag(who, reason, origin=origin)]
    return people.raise_flags(stamp=stamp or fresh(), actor=world.house.admin, flags=flags)[0]


def take(
    world: World,
    stamp: Stamp,
    *,
    area: int | None = None,
    profile: str = SET,
    on: date | None = None,
    at: time | None = None,
) -> Snapshot:
    """Take a snapshot of the town, or of another area."""
    taken = take_snapshot(
        stamp=stamp, actor=world.house.admin, profile=profile, area=area or world.house.town.id, on=on, at=at
    )
    return Snapshot.objects.get(id=taken)


def row(snapshot: Snapshot, area: int | None = None) -> SnapshotRow:
    """Return the row of an area in a snapshot, its own unless another is given."""
    return SnapshotRow.objects.get(snapshot=snapshot, area=area or snapshot.area_id)


def at_noon(number: float) -> datetime:
    """Return the instant some minutes after noon."""
    return NOON + timedelta(minutes=number)
