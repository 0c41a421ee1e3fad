"""The access log: every look at a person is written before the answer leaves."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from wangge.kernel.refused import Refused
from wangge.privacy.models import ListLook, Look
from wangge.privacy.rules import LOOKS_AT_LEAST


@dataclass(frozen=True, slots=True)
class LookLine:
    """One look at one subject, as its subject may read it."""

    at: datetime
    viewer_number: int
    subject: UUID
    fields: tuple[str, ...]
    purpose: str
    channel: str


@dataclass(frozen=True, slots=True)
class ListLookLine:
    """One masked list that an account was shown."""

    at: datetime
    viewer_number: int
    what: str
    path: str
    count: int
    digest: str
    purpose: str
    channel: str


def log_looks(
    *,
    at: datetime,
    viewer_number: int,
    subjects: Iterable[UUID],
    fields: Sequence[str],
    purpose: str,
    channel: str,
) -> int:
    """Write one row for each subject shown unmasked, in one statement, and return how many."""
    shown = ",".join(fields)[:400]
    rows = [
        Look(at=at, viewer_number=viewer_number, subject=subject, fields=shown, purpose=purpose, channel=channel)
        for subject in dict.fromkeys(subjects)
    ]
    Look.objects.bulk_create(rows)
    return len(rows)


def log_look(
    *, at: datetime, viewer_number: int, subject: UUID, fields: Sequence[str], purpose: str, channel: str
) -> None:
    """Write the row of one subject shown unmasked."""
    log_looks(at=at, viewer_number=viewer_number, subjects=(subject,), fields=fields, purpose=purpose, channel=channel)


def log_list(
    *,
    at: datetime,
    viewer_number: int,
    what: str,
    path: str,
    count: int,
    digest: str,
    purpose: str,
    channel: str,
) -> None:
    """Write the row of one masked list; ``digest`` comes from ``list_digest``."""
    ListLook.objects.bulk_create(
        [
            ListLook(
                at=at,
                viewer_number=viewer_number,
                what=what,
                path=path,
                count=count,
                digest=digest,
                purpose=purpose,
                channel=channel,
            )
        ]
    )


def list_digest(subjects: Iterable[UUID]) -> str:
    """Return 32 hex digits that are the same for the same subjects in any order."""
    return hashlib.sha256(b"".join(sorted(subject.bytes for subject in subjects))).hexdigest()[:32]


def looks_at(subject: UUID, limit: int = 200) -> list[LookLine]:
    """Return who looked at the subject, the latest first."""
    return [_line(row) for row in Look.objects.filter(subject=subject).order_by("-at", "-id")[:limit]]


def looks_by(viewer_number: int, limit: int = 200) -> list[LookLine]:
    """Return at whom the account looked, the latest first."""
    return [_line(row) for row in Look.objects.filter(viewer_number=viewer_number).order_by("-at", "-id")[:limit]]


def lists_by(viewer_number: int, limit: int = 200) -> list[ListLookLine]:
    """Return the masked lists that the account was shown, the latest first."""
    return [
        ListLookLine(row.at, row.viewer_number, row.what, row.path, row.count, row.digest, row.purpose, row.channel)
        for row in ListLook.objects.filter(viewer_number=viewer_number).order_by("-at", "-id")[:limit]
    ]


def drop_old_looks(*, now: datetime, keep: timedelta = LOOKS_AT_LEAST, batch: int = 500) -> int:
    """Delete looks older than ``keep``, at most ``batch`` of each table, and return how many went.

    The log is owed for half a year: a shorter ``keep`` is refused.
    """
    if keep < LOOKS_AT_LEAST:
        raise Refused("privacy.looks_kept_too_short", days=keep.days, least=LOOKS_AT_LEAST.days)
    gone = 0
    with transaction.atomic():
        for table in (Look, ListLook):
            old = table.objects.filter(at__lt=now - keep).order_by("at").values_list("id", flat=True)
            gone += table.objects.filter(id__in=list(old[:batch])).delete()[0]
    return gone


def _line(row: Look) -> LookLine:
    return LookLine(
        at=row.at,
        viewer_number=row.viewer_number,
        subject=row.subject,
        fields=tuple(row.fields.split(",")) if row.fields else (),
        purpose=row.purpose,
        channel=row.channel,
    )
