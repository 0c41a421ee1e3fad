"""Deleting facts: the envelopes stay, so the chain still verifies, and what was counted stays counted."""

from collections import Counter as Sums
from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from wangge.journal import statements
from wangge.journal.kinds import KINDS
from wangge.journal.models import LineFacts, PersonDay, Receipt

AT_ONCE = 500


def erase_facts_of(subject: UUID) -> int:
    """Delete facts, salts and person-days about a subject; return how many lines lost their facts."""
    with transaction.atomic():
        PersonDay.objects.filter(person=subject).delete()
        return _erase(LineFacts.objects.filter(subject=subject))


def rows_erased(counts: Mapping[tuple[str, date, str], int]) -> None:
    """Note how much of which tally, by (counter, day, path), is left without rows because a room erased them."""
    statements.add_rowless([(*key, number) for key, number in sorted(counts.items()) if number])


def erase_facts_before(retention: str, before: datetime, *, batch: int = AT_ONCE) -> int:
    """Delete facts of a retention class received before an instant, at most ``batch``, and return how many went."""
    with transaction.atomic():
        old = LineFacts.objects.filter(retention=retention, received_at__lt=before).order_by("received_at", "line")
        return _erase(LineFacts.objects.filter(line__in=list(old.values_list("line", flat=True)[:batch])))


def _erase(rows: QuerySet[LineFacts]) -> int:
    """Delete the rows; the tallies of coarse kinds go with them, so what they counted is marked as unproven."""
    coarse = {kind.envelope for kind in KINDS.values() if kind.envelope}
    unproven: Sums[tuple[str, date, str]] = Sums()
    for facts in rows.filter(line__kind__in=coarse).values_list("facts", flat=True) if coarse else ():
        for counter, path, day, delta in msgspec.json.decode(msgspec.json.decode(facts)["tallies"]):
            unproven[counter, date.fromisoformat(day), path] += delta
    statements.add_unproven([(*key, delta) for key, delta in sorted(unproven.items()) if delta])
    return rows.delete()[0]


def drop_receipts_before(before: datetime, *, batch: int = AT_ONCE) -> int:
    """Delete receipts older than the time they are kept for, at most ``batch``, and return how many went."""
    with transaction.atomic():
        old = Receipt.objects.filter(received_at__lt=before).order_by("received_at", "id")
        return Receipt.objects.filter(id__in=list(old.values_list("id", flat=True)[:batch])).delete()[0]
