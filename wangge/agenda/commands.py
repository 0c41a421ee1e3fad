"""Planning work and taking it back; both join the transaction of their caller."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.agenda.kinds import handler_of
from wangge.agenda.models import Due
from wangge.kernel.refused import Refused


def plan(
    *,
    kind: str,
    due_at: datetime,
    subject: UUID | None = None,
    payload: Mapping[str, object] | None = None,
    once: str = "",
) -> int:
    """Plan one piece of work and return its number; with ``once`` a second plan of that name returns the first.

    ``payload`` holds ids, codes and numbers, never a name; it must fit JSON. Refused for a kind that nobody does.
    """
    handler_of(kind)
    values = {"kind": kind, "due_at": due_at, "subject": subject, "payload": dict(payload or {})}
    if not once:
        return Due.objects.create(**values).pk
    return Due.objects.get_or_create(once=once, defaults=values)[0].pk


def cancel(*, number: int) -> bool:
    """Take back work that is not done yet and tell whether there was any."""
    return Due.objects.filter(id=number, done_at__isnull=True).delete()[0] > 0


def cancel_for(*, subject: UUID, kind: str = "") -> int:
    """Take back all work about the subject that is not done yet, or that of one kind, and return how much it was."""
    open_work = Due.objects.filter(subject=subject, done_at__isnull=True)
    if kind:
        open_work = open_work.filter(kind=kind)
    return open_work.delete()[0]


def try_again(*, number: int, now: datetime) -> None:
    """Make failed work due at once with all its tries; refused when it has not failed."""
    changed = (
        Due.objects.filter(id=number, done_at__isnull=True)
        .exclude(failed="")
        .update(failed="", attempts=0, due_at=now, leased_until=None)
    )
    if not changed:
        raise Refused("agenda.not_failed", number=number)


def forget_done(*, before: datetime, batch: int = 500) -> int:
    """Delete work that was done before the instant, at most ``batch`` rows, and return how many went."""
    with transaction.atomic():
        old = list(Due.objects.filter(done_at__lt=before).order_by("done_at").values_list("id", flat=True)[:batch])
        return Due.objects.filter(id__in=old).delete()[0]
