"""Doing what is due: leased, so that two workers never do the same, and repeat-safe, so that a crash costs nothing."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, Q

from wangge.agenda.kinds import DueWork, handler_of
from wangge.agenda.models import Due
from wangge.agenda.rules import LEASE, pause_after
from wangge.kernel.refused import Refused

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Ran:
    """What one run did: pieces of work done, put off for another try, and given up."""

    done: int = 0
    put_off: int = 0
    given_up: int = 0


class _Taken(Exception):
    """The lease ran out and another worker has the work."""


def run_due(now: datetime, limit: int = 50) -> Ran:
    """Do at most ``limit`` pieces of work that are due at ``now``, the longest due first.

    Each is done in a transaction of its own together with its mark. A refusal gives the work up under its code; any
    other error puts it off, longer each time, and after eight tries gives it up as ``agenda.broken``.
    """
    outcomes = [_do(work, now) for work in _lease(now, limit)]
    return Ran(outcomes.count("done"), outcomes.count("put_off"), outcomes.count("given_up"))


def _lease(now: datetime, limit: int) -> list[DueWork]:
    """Take due work for ten minutes; on PostgreSQL rows that another worker is taking are passed over."""
    with transaction.atomic():
        ready = Due.objects.filter(done_at__isnull=True, failed="", due_at__lte=now)
        ready = ready.filter(Q(leased_until__isnull=True) | Q(leased_until__lte=now)).order_by("due_at", "id")
        if connection.features.has_select_for_update_skip_locked:
            ready = ready.select_for_update(skip_locked=True)
        rows = list(ready[:limit])
        Due.objects.filter(id__in=[row.pk for row in rows]).update(leased_until=now + LEASE, attempts=F("attempts") + 1)
    return [DueWork(row.pk, row.kind, row.due_at, row.subject, row.payload, row.attempts + 1) for row in rows]


def _do(work: DueWork, now: datetime) -> str:
    mine = Due.objects.filter(id=work.id, attempts=work.attempts, done_at__isnull=True)
    try:
        with transaction.atomic():
            handler_of(work.kind)(work, now)
            if not mine.update(done_at=now, leased_until=None):
                raise _Taken
    except _Taken:
        return "taken"
    except Refused as refused:
        mine.update(failed=refused.code[:80], leased_until=None)
        return "given_up"
    except Exception as error:
        # only the kind of error goes into the log: its text may hold what somebody typed
        log.error("agenda: %s number %d raised %s (try %d)", work.kind, work.id, type(error).__name__, work.attempts)
        pause = pause_after(work.attempts)
        if pause is None:
            mine.update(failed="agenda.broken", leased_until=None)
            return "given_up"
        mine.update(leased_until=now + pause)
        return "put_off"
    return "done"
