"""What the server does by itself once a day: flags lapse, old records go, files and lists left alone are dropped."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from uuid import UUID, uuid5

from wangge.access.queries import system_viewer
from wangge.access.viewing import Viewer
from wangge.agenda.commands import forget_done, plan
from wangge.agenda.kinds import DueWork, register_handler
from wangge.flows.import_roster.models import Import
from wangge.flows.import_roster.staging import discard_import
from wangge.flows.import_roster.states import ImportState
from wangge.gateways.commands import forget_old
from wangge.journal.actors import number_of
from wangge.journal.erasing import drop_receipts_before, erase_facts_before
from wangge.kernel.periods import day_start, local_day
from wangge.kernel.stamps import Stamp
from wangge.people.commands import lapse_flags
from wangge.places.queries import installation
from wangge.privacy.looks import drop_old_looks
from wangge.privacy.rules import PERIODS, Retention
from wangge.surveys.commands import erase_old_lists, forget_quarters, withdraw_list
from wangge.surveys.commands.campaigns import forget_wrong_codes
from wangge.surveys.models import HandedDownList
from wangge.surveys.rules.lists import ListState

DAILY = "chores.daily"
STAGED_LIFE = timedelta(days=7)
DONE_LIFE = timedelta(days=30)
AFTER_MIDNIGHT = timedelta(minutes=5)
AT_ONCE = 500
KEYS = UUID("6f6b7f0e-6a2c-5a53-9b0a-0d0c6f1c2d11")


def register() -> None:
    """Tell the agenda who does the daily chores."""
    register_handler(DAILY, _do)


def plan_today(now: datetime) -> None:
    """Plan today's chores, unless they are planned already; called when a worker starts and by yesterday's chores."""
    opened = installation()
    if opened is not None:
        plan(kind=DAILY, due_at=now, once=f"{DAILY} {local_day(now, opened.zone)}")


def _do(work: DueWork, now: datetime) -> None:
    """Do one step of a day's chores, at most 500 rows, and plan the next; when nothing is left, plan tomorrow's."""
    opened = installation()
    if opened is None:
        return
    today = local_day(work.due_at, opened.zone)
    part = int(str(work.payload.get("part", 0)))
    chores = _Chores(now, local_day(now, opened.zone), opened.zone, f"{DAILY} {today} {part}")
    if any(step() for step in chores.steps()):
        plan(kind=DAILY, due_at=now, payload={"part": part + 1}, once=f"{DAILY} {today} {part + 1}")
        return
    tomorrow = local_day(now, opened.zone) + timedelta(days=1)
    plan(kind=DAILY, due_at=day_start(tomorrow, opened.zone) + AFTER_MIDNIGHT, once=f"{DAILY} {tomorrow}")


@dataclass(frozen=True, slots=True)
class _Chores:
    """The steps of one round; each tells how many rows it changed."""

    now: datetime
    today: date
    zone: str
    key: str

    def steps(self) -> Iterator[Callable[[], int]]:
        """Yield the steps in order; the first that finds something to do ends the round."""
        yield self._lapse
        yield self._throw_away
        yield self._withdraw
        yield self._forget_lists
        yield lambda: drop_receipts_before(self.now - PERIODS[Retention.RECEIPT])
        yield lambda: drop_old_looks(now=self.now, batch=AT_ONCE // 2)
        yield lambda: forget_quarters(now=self.now)
        yield lambda: forget_wrong_codes(at=self.now)
        yield lambda: forget_done(before=self.now - DONE_LIFE)
        yield lambda: forget_old(before=self.now - PERIODS[Retention.ORDER])
        for retention, period in PERIODS.items():
            yield partial(erase_facts_before, retention.value, self.now - period)

    def _lapse(self) -> int:
        """End flags whose last day has passed."""
        return lapse_flags(stamp=self._stamp("lapse"), actor=self._server(), on=self.today)

    def _throw_away(self) -> int:
        """Throw away one file that was looked at and then left alone."""
        before = self.now - STAGED_LIFE
        left = Import.objects.filter(state__in=(ImportState.STAGING, ImportState.STAGED), staged_at__lt=before)
        row = left.order_by("staged_at").first()
        if row is None:
            return 0
        discard_import(stamp=self._stamp("throw away"), actor=self._server(), imported=row.id)
        return 1

    def _withdraw(self) -> int:
        """Throw away one list that was looked at and then left alone."""
        before = self.now - STAGED_LIFE
        left = HandedDownList.objects.filter(state__in=(ListState.READING, ListState.STAGED), received_at__lt=before)
        row = left.order_by("received_at").first()
        if row is None:
            return 0
        withdraw_list(stamp=self._stamp("withdraw"), actor=self._server(), handed=row.id)
        return 1

    def _forget_lists(self) -> int:
        """Erase the people of one list that was closed a month ago."""
        before = self.now - PERIODS[Retention.LIST]
        if not HandedDownList.objects.filter(ended_at__lt=before, layout__isnull=False).exists():
            return 0
        return erase_old_lists(stamp=self._stamp("forget lists"), actor=self._server(), before=before)

    def _server(self) -> Viewer:
        opened = installation()
        return system_viewer(number_of(UUID(int=0)), "", opened.area.path if opened else "")

    def _stamp(self, step: str) -> Stamp:
        return Stamp(
            key=str(uuid5(KEYS, f"{self.key} {step} {self.now.isoformat()}")), source="worker", at=self.now,
            received_at=self.now, zone=self.zone, channel="worker",
        )  # fmt: skip
