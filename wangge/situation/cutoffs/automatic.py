"""What the server does by itself: it plans each day's snapshots and takes them when they are due."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from wangge.access.queries import system_viewer
from wangge.agenda.commands import plan
from wangge.agenda.kinds import DueWork, register_handler
from wangge.journal.actors import number_of
from wangge.kernel.periods import day_start, local_day
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.queries import installation
from wangge.situation.cutoffs import rules
from wangge.situation.cutoffs.commands import take_snapshot
from wangge.situation.cutoffs.hours import TAKE, all_hours, hours_of, plan_hours

PLAN = "cutoffs.plan"
KEYS = UUID("d3c0a2a7-6d0e-5b53-8c0f-3f1f7c5d9e42")


def register() -> None:
    """Tell the agenda who plans and who takes snapshots."""
    register_handler(PLAN, _plan)
    register_handler(TAKE, _take)


def plan_today(now: datetime) -> None:
    """Plan what is left of today's snapshots, and tomorrow's planning; when a worker starts, and each midnight."""
    opened = installation()
    if opened is None:
        return
    for one in all_hours():
        plan_hours(one.area, one.times, one.profiles, now=now, zone=opened.zone)
    tomorrow = local_day(now, opened.zone) + timedelta(days=1)
    plan(kind=PLAN, due_at=day_start(tomorrow, opened.zone), once=f"{PLAN} {tomorrow}")


def _plan(work: DueWork, now: datetime) -> None:
    plan_today(now)


def _take(work: DueWork, now: datetime) -> None:
    """Take one snapshot, unless its hour or its set has been dropped since it was planned."""
    opened = installation()
    said = {name: str(work.payload[name]) for name in ("profile", "on", "at")}
    area = int(str(work.payload["area"]))
    hours = hours_of(area)
    if opened is None or said["at"] not in hours.times or said["profile"] not in hours.profiles:
        return
    stamp = Stamp(
        key=str(uuid5(KEYS, f"{area} {said}")), source="worker", at=now, received_at=now, zone=opened.zone,
        channel="worker",
    )  # fmt: skip
    server = system_viewer(number_of(UUID(int=0)), "", opened.area.path)
    on, at = date.fromisoformat(said["on"]), rules.read_time(said["at"])
    try:
        take_snapshot(stamp=stamp, actor=server, profile=said["profile"], area=area, on=on, at=at)
    except Refused as refused:
        # somebody took one by hand in the meantime: the report has its numbers
        if refused.code != "cutoffs.later_taken":
            raise
