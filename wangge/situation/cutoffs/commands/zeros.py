"""Saying that there is nothing to report, and taking that back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.kernel.ids import uuid7
from wangge.kernel.paths import ancestors
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK
from wangge.situation.cutoffs import kinds, rules
from wangge.situation.cutoffs.commands.opening import TAKE, area_of, indicators_of, note
from wangge.situation.cutoffs.models import Snapshot, ZeroReport
from wangge.situation.cutoffs.reporting import states
from wangge.situation.cutoffs.rules import Reported


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The area and the set of a zero report that was taken back."""

    area: int
    profile: str


@command
def declare_zero(*, stamp: Stamp, actor: Viewer, profile: str, area: int, on: date | None = None) -> UUID:
    """Say that a community has nothing to report for a set on a local day, today unless another is given.

    Saying it again gives the first report. Refused for a day to come or more than a week ago, and when something was
    recorded there on that day.
    """
    home = area_of(actor, TAKE, area)
    if home.rank != COMMUNITY_RANK:
        raise Refused("cutoffs.not_a_community")
    indicators, day = indicators_of(profile), on or stamp.day
    if not 0 <= (stamp.day - day).days <= rules.ZERO_DAYS:
        raise Refused("cutoffs.day_outside", days=rules.ZERO_DAYS)
    home = Area.objects.select_for_update().get(id=home.id)
    (said,) = states(home.path, profile, indicators, day)
    if said.zero is not None:
        return said.zero
    if said.state == Reported.REPORTED:
        raise Refused("cutoffs.not_zero")
    row = ZeroReport.objects.create(
        id=uuid7(),
        profile=profile,
        area=home,
        path=home.path,
        on=day,
        declared_at=stamp.received_at,
        declared_by=actor.number,
    )
    note(stamp, actor, home, kinds.ZERO_DECLARED, {"report": str(row.id), "profile": profile, "on": str(day)})
    return row.id


@command
def withdraw_zero(*, stamp: Stamp, actor: Viewer, report: UUID) -> Withdrawn:
    """Take a zero report back; refused once a snapshot of its day has counted it."""
    row = ZeroReport.objects.select_for_update(of=("self",)).select_related("area").filter(id=report).first()
    if row is None or row.withdrawn_at is not None or not actor.permits(TAKE, row.area.path):
        raise Refused("cutoffs.zero_unknown")
    if counted_by_snapshot(row):
        raise Refused("cutoffs.zero_counted")
    row.withdrawn_at = stamp.received_at
    row.save(update_fields=["withdrawn_at"])
    facts: dict[str, object] = {"report": str(row.id), "profile": row.profile, "on": str(row.on)}
    note(stamp, actor, row.area, kinds.ZERO_WITHDRAWN, facts)
    return Withdrawn(row.area_id, row.profile)


def counted_by_snapshot(row: ZeroReport) -> bool:
    """Tell whether a snapshot that was taken after a zero report has it."""
    above = Snapshot.objects.filter(area__path__in=ancestors(row.area.path), profile=row.profile, on=row.on)
    return above.filter(taken_at__gte=row.declared_at).exists()
