"""At which hours the server takes snapshots by itself: set for an area, or 16:00 and 18:00 for the whole response."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from wangge.agenda.commands import plan
from wangge.kernel.periods import local_day
from wangge.places.queries import installation
from wangge.situation.cutoffs import rules
from wangge.situation.cutoffs.models import CutoffTimes

TAKE = "cutoffs.take"


@dataclass(frozen=True, slots=True)
class Hours:
    """The local hours (``16:00``) of an area and the sets that are taken then; ``own`` when somebody has set them."""

    area: int
    times: tuple[str, ...]
    profiles: tuple[str, ...]
    own: bool


def hours_of(area: int) -> Hours:
    """Return the hours of an area; one statement."""
    row = CutoffTimes.objects.filter(area=area).first()
    if row is not None:
        return Hours(area, tuple(row.times), tuple(row.profiles), own=True)
    opened = installation()
    if opened is not None and opened.area_id == area:
        return Hours(area, rules.DEFAULT_TIMES, (rules.DEFAULT_SET,), own=False)
    return Hours(area, (), (), own=False)


def all_hours() -> list[Hours]:
    """Return the hours of every area that has some; two statements."""
    opened = installation()
    rows = CutoffTimes.objects.filter(area__retired_at=None).order_by("area")
    found = [Hours(row.area_id, tuple(row.times), tuple(row.profiles), own=True) for row in rows]
    if opened is not None and all(one.area != opened.area_id for one in found):
        found.append(hours_of(opened.area_id))
    return found


def plan_hours(area: int, times: Sequence[str], profiles: Sequence[str], *, now: datetime, zone: str) -> None:
    """Plan what is left of today's snapshots of an area; what is planned already stays as it is."""
    today = local_day(now, zone)
    for text in times:
        due = rules.instant_of(today, rules.read_time(text), zone)
        for profile in profiles if due > now else ():
            payload: dict[str, object] = {"area": area, "profile": profile, "on": today.isoformat(), "at": text}
            plan(kind=TAKE, due_at=due, payload=payload, once=f"{TAKE} {area} {profile} {today} {text}")
