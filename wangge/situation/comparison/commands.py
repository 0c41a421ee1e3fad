"""Switching the comparison on and off."""

from datetime import date, timedelta
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.situation.comparison import kinds
from wangge.situation.comparison.models import REASON_MOST, Comparison

MANAGE = "area.manage"
DAYS_MOST = 14
"""A comparison ends by itself after two weeks at most (ours): who still wants it then says why again."""


@command
def switch_on(*, stamp: Stamp, actor: Viewer, area: int, reason: str, last_on: date) -> UUID:
    """Let boards of an area and below compare teams and workers by open work, up to and with a last day.

    Refused without a reason, with a last day that has passed or lies more than two weeks ahead, and when it is on.
    """
    home = _locked(actor, area)
    if not reason.strip():
        raise Refused("comparison.reason_missing")
    if not stamp.day <= last_on < stamp.day + timedelta(days=DAYS_MOST):
        raise Refused("comparison.end_outside", days=DAYS_MOST)
    standing = Comparison.objects.filter(area=home, ended_at=None)
    if standing.filter(until_on__gt=stamp.day).exists():
        raise Refused("comparison.on_already")
    standing.update(ended_at=stamp.received_at)  # one that ran out makes room for its successor
    row = Comparison(
        id=uuid7(), area=home, path=home.path, reason=reason.strip()[:REASON_MOST],
        until_on=last_on + timedelta(days=1), begun_by_id=actor.account_id, begun_at=stamp.received_at,
    )  # fmt: skip
    row.save(force_insert=True)
    _note(stamp, actor, home, kinds.SWITCHED_ON, {"last_on": last_on.isoformat()})
    return row.id


@command
def switch_off(*, stamp: Stamp, actor: Viewer, area: int) -> UUID:
    """End the comparison of an area now; refused when none is on there."""
    home = _locked(actor, area)
    row = Comparison.objects.filter(area=home, ended_at=None, until_on__gt=stamp.day).first()
    if row is None:
        raise Refused("comparison.off_already")
    row.ended_at, row.ended_by_id = stamp.received_at, actor.account_id
    row.save(update_fields=["ended_at", "ended_by"])
    _note(stamp, actor, home, kinds.SWITCHED_OFF, {})
    return row.id


def _locked(actor: Viewer, area: int) -> Area:
    """Return the area of the switch, locked so that two leaders come one after the other."""
    home = Area.objects.select_for_update(no_key=True).filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, home.path)
    return home


def _note(stamp: Stamp, actor: Viewer, home: Area, kind: str, facts: dict[str, str]) -> None:
    entry = Entry(kind, home.grid_path or home.path, {"area": home.pk, **facts}, subject=home.uid)
    record(stamp=stamp, actor=actor, entries=[entry])
