"""Setting the hours at which the server takes snapshots, and defining indicators anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.rules.codes import FLAG_REASONS
from wangge.places.models import Area, Installation
from wangge.places.rules import GRID_RANK
from wangge.situation.cutoffs import kinds, rules
from wangge.situation.cutoffs.commands.opening import MANAGE, area_of, indicators_of, note
from wangge.situation.cutoffs.hours import plan_hours
from wangge.situation.cutoffs.indicators import countable
from wangge.situation.cutoffs.models import CutoffTimes, IndicatorVersion


@command
def set_times(*, stamp: Stamp, actor: Viewer, area: int, times: Sequence[str], profiles: Sequence[str]) -> int:
    """Let the server take snapshots of an area by itself, at these local hours (``16:00``) and of these sets."""
    home = area_of(actor, MANAGE, area)
    if home.rank > GRID_RANK:
        raise Refused("cutoffs.area_too_fine")
    for profile in profiles:
        indicators_of(profile)
    try:
        hours = rules.read_times(" ".join(times))
    except ValueError as unreadable:
        raise Refused("cutoffs.time_unreadable", text=str(unreadable)) from None
    if len(hours) > rules.TIMES_MOST:
        raise Refused("cutoffs.too_many_times", limit=rules.TIMES_MOST)
    values = {
        "times": hours,
        "profiles": list(profiles),
        "set_at": stamp.received_at,
        "set_by": actor.number,
    }
    row, _ = CutoffTimes.objects.update_or_create(area=home, defaults=values)
    note(stamp, actor, home, kinds.TIMES_SET, {"times": hours, "profiles": list(profiles)})
    plan_hours(home.id, hours, profiles, now=stamp.received_at, zone=stamp.zone)
    return row.pk


@command
def edit_indicator(*, stamp: Stamp, actor: Viewer, indicator: Mapping[str, Any], seen: int) -> int:
    """Define an indicator from now on and return its version; snapshots that were taken keep what they counted.

    ``indicator`` has the keys of the shipped files, and ``active`` to take it out of use. Refused when somebody has
    edited it since ``seen``, the version that the writer saw (0 for one as shipped, or a new one).
    """
    whole = Installation.objects.select_related("area").get().area
    require(actor, MANAGE, whole.path)
    one = rules.read_indicator(indicator)
    fault, facts = rules.indicator_fault(one, FLAG_REASONS, countable())
    if fault:
        raise Refused(fault, **facts)
    if any(len(text) > rules.TEXT_MOST for text in (one.name, one.use, one.owner)):
        raise Refused("people.text_too_long", limit=rules.TEXT_MOST)
    Area.objects.select_for_update().get(id=whole.id)
    latest = IndicatorVersion.objects.filter(code=one.code).aggregate(latest=Max("version"))["latest"] or 0
    if latest != seen:
        raise Refused("cutoffs.edited_meanwhile")
    row = IndicatorVersion.objects.create(
        code=one.code,
        version=latest + 1,
        name=one.name.strip(),
        unit=one.unit,
        kind=one.kind,
        sets=list(one.sets),
        source=rules.said_source(one.source),
        use=one.use.strip(),
        owner=one.owner.strip(),
        active=bool(indicator.get("active", True)),
        edited_at=stamp.received_at,
        edited_by=actor.number,
    )
    note(stamp, actor, whole, kinds.INDICATOR_EDITED, {"indicator": row.code, "version": row.version})
    return row.version
