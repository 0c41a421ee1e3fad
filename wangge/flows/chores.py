"""What the server does by itself once a day: flags lapse, old records go, files nobody brought in are thrown away."""

from datetime import datetime, timedelta
from uuid import UUID

from wangge.access.queries import system_viewer
from wangge.access.viewing import Viewer
from wangge.agenda.commands import forget_done, plan
from wangge.agenda.kinds import DueWork, register_handler
from wangge.flows.import_roster.models import Import
from wangge.flows.import_roster.staging import discard_import
from wangge.flows.import_roster.states import ImportState
from wangge.journal.actors import number_of
from wangge.journal.erasing import drop_receipts_before
from wangge.kernel.periods import day_start, local_day
from wangge.kernel.stamps import Stamp
from wangge.people.commands import lapse_flags
from wangge.places.queries import installation
from wangge.privacy.looks import drop_old_looks
from wangge.privacy.rules import PERIODS, Retention

DAILY = "chores.daily"
STAGED_LIFE = timedelta(days=7)
DONE_LIFE = timedelta(days=30)
AFTER_MIDNIGHT = timedelta(minutes=5)
MOST_ROUNDS = 200


def register() -> None:
    """Tell the agenda who does the daily chores."""
    register_handler(DAILY, _do)


def plan_today(now: datetime) -> None:
    """Plan today's chores, unless they are planned already; called when a worker starts and by yesterday's chores."""
    opened = installation()
    if opened is not None:
        plan(kind=DAILY, due_at=now, once=f"{DAILY} {local_day(now, opened.zone)}")


def _do(work: DueWork, now: datetime) -> None:
    """Do the chores of one day and plan those of the next; doing them again changes nothing more."""
    opened = installation()
    if opened is None:
        return
    server = system_viewer(number_of(UUID(int=0)), "", opened.area.path)
    today = local_day(now, opened.zone)
    for part in range(MOST_ROUNDS):
        stamp = _stamp(now, opened.zone, f"{DAILY} {today} flags {part}")
        if not lapse_flags(stamp=stamp, actor=server, on=today):
            break
    _drop_old(now)
    _throw_away(now, opened.zone, server)
    tomorrow = day_start(today + timedelta(days=1), opened.zone) + AFTER_MIDNIGHT
    plan(kind=DAILY, due_at=tomorrow, once=f"{DAILY} {today + timedelta(days=1)}")


def _drop_old(now: datetime) -> None:
    """Delete what has been kept for as long as it is owed, in small steps."""
    drop_receipts_before(now - PERIODS[Retention.RECEIPT])
    for _ in range(MOST_ROUNDS):
        if not drop_old_looks(now=now) + forget_done(before=now - DONE_LIFE):
            break


def _throw_away(now: datetime, zone: str, server: Viewer) -> None:
    """Throw away files that were looked at and then left alone."""
    left = Import.objects.filter(state__in=(ImportState.STAGING, ImportState.STAGED), staged_at__lt=now - STAGED_LIFE)
    for row in list(left.order_by("staged_at")):
        discard_import(stamp=_stamp(now, zone, f"{DAILY} {row.id}"), actor=server, imported=row.id)


def _stamp(now: datetime, zone: str, key: str) -> Stamp:
    return Stamp(key=key[:64], source="worker", at=now, received_at=now, zone=zone, channel="worker")
