"""Reads of the agenda."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Min
from django.db.models.functions import Coalesce

from wangge.agenda.models import Due


@dataclass(frozen=True, slots=True)
class FailedWork:
    """Work that was given up: what it was, when it was due, after how many tries, and the code of the failure."""

    number: int
    kind: str
    due_at: datetime
    attempts: int
    failed: str


def next_due_at() -> datetime | None:
    """Return the instant at which the next open work may begin, or nothing when none is open."""
    open_work = Due.objects.filter(done_at__isnull=True, failed="")
    found: datetime | None = open_work.aggregate(first=Min(Coalesce("leased_until", "due_at")))["first"]
    return found


def failed_work(limit: int = 100) -> list[FailedWork]:
    """Return work that was given up, the latest due first."""
    rows = Due.objects.exclude(failed="").filter(done_at__isnull=True).order_by("-due_at", "-id")[:limit]
    return [FailedWork(row.pk, row.kind, row.due_at, row.attempts, row.failed) for row in rows]
