"""Taking snapshots: what stands at a cut-off is counted, compared with the one before, and kept for ever."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.queries import children
from wangge.places.rules import GRID_RANK
from wangge.situation.cutoffs import kinds, measuring, rules
from wangge.situation.cutoffs.commands.opening import TAKE, area_of, indicators_of, note
from wangge.situation.cutoffs.lateness import late_after
from wangge.situation.cutoffs.measuring import Counts, Measured
from wangge.situation.cutoffs.models import Snapshot, SnapshotRow
from wangge.situation.cutoffs.reporting import states
from wangge.situation.cutoffs.rules import Indicator, Reported


@command
def take_snapshot(
    *, stamp: Stamp, actor: Viewer, profile: str, area: int, on: date | None = None, at: time | None = None
) -> UUID:
    """Keep what a set of indicators stands at now in an area and in each area one step below, for a cut-off.

    The cut-off is the local day and hour given, this instant without them. The same cut-off gives the snapshot that
    was taken before. Refused for a cut-off still to come, more than a day ago, or before one that was taken already.
    """
    home = area_of(actor, TAKE, area)
    indicators = indicators_of(profile)
    cutoff = _cutoff(stamp, on, at)
    if home.rank > GRID_RANK:
        raise Refused("cutoffs.area_too_fine")
    # whoever takes a snapshot of the same area at the same time waits here, and finds this one
    home = Area.objects.select_for_update().get(id=home.id)
    taken = Snapshot.objects.filter(area=home, profile=profile)
    if (same := taken.filter(cutoff_at=cutoff).first()) is not None:
        return same.id
    fault = rules.cutoff_fault(cutoff, stamp.received_at, taken.filter(cutoff_at__gt=cutoff).exists())
    if fault:
        raise Refused(fault, hours=int(rules.LATEST.total_seconds() // 3600))
    shot = Snapshot(
        id=uuid7(),
        profile=profile,
        area=home,
        path=home.path,
        on=on or stamp.day,
        cutoff_at=cutoff,
        taken_at=stamp.received_at,
        taken_by=actor.number,
        previous=taken.order_by("-cutoff_at").first(),
        versions={one.code: one.version for one in indicators},
    )
    _keep(shot, home, indicators)
    facts = {"snapshot": str(shot.id), "profile": profile}
    note(stamp, actor, home, kinds.SNAPSHOT_TAKEN, facts)
    return shot.id


def _cutoff(stamp: Stamp, on: date | None, at: time | None) -> datetime:
    """Return the instant of a cut-off; another day than today needs its hour."""
    if at is not None:
        return rules.instant_of(on or stamp.day, at, stamp.zone)
    if on not in (None, stamp.day):
        raise Refused("cutoffs.time_missing")
    return stamp.received_at


def _keep(shot: Snapshot, home: Area, indicators: Sequence[Indicator]) -> None:
    """Count, compare with the snapshot before, and write the rows."""
    below = [row for row in children(home) if row.rank <= GRID_RANK]
    measured = measuring.measure(home.path, indicators, shot.on)
    late: Counts = {}
    if shot.previous is not None:
        upto = (measured.seq, measured.open_lines)
        late = late_after(shot.previous, home.path, indicators, upto=upto)
    said = states(home.path, shot.profile, indicators, shot.on)
    shot.seq, shot.open_lines = measured.seq, list(measured.open_lines)
    shot.silent = [one.area for one in said if one.state == Reported.SILENT]
    shot.save(force_insert=True)
    SnapshotRow.objects.bulk_create(_rows(shot, home, below, indicators, measured, late))


def _rows(  # noqa: PLR0917  (what was counted, where, and what it is compared with)
    shot: Snapshot,
    home: Area,
    below: Sequence[Area],
    indicators: Sequence[Indicator],
    measured: Measured,
    late: Counts,
) -> list[SnapshotRow]:
    before = {row.area_id: row.numbers for row in SnapshotRow.objects.filter(snapshot=shot.previous_id)}
    paths = [row.path for row in below]
    numbers = measuring.by_area(measured.by_path, paths, indicators)
    numbers[home.path] = measuring.whole(measured.by_path, indicators)
    lates = measuring.by_area(late, paths, indicators)
    lates[home.path] = measuring.whole(late, indicators)
    return [
        SnapshotRow(
            snapshot=shot,
            area=row,
            path=row.path,
            numbers=numbers[row.path],
            changes=rules.changes(numbers[row.path], before.get(row.id)),
            late={code: value for code, value in lates[row.path].items() if value},
        )
        for row in (home, *below)
    ]
