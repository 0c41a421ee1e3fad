"""Deleting facts: the envelopes stay, so the chain still verifies."""

from datetime import datetime
from uuid import UUID

from wangge.journal.models import LineFacts, PersonDay, Receipt


def erase_facts_of(subject: UUID) -> int:
    """Delete facts, salts and person-days about a subject; return how many lines lost their facts."""
    PersonDay.objects.filter(person=subject).delete()
    return LineFacts.objects.filter(subject=subject).delete()[0]


def erase_facts_before(retention: str, before: datetime) -> int:
    """Delete the facts of a retention class received before an instant; return how many."""
    return LineFacts.objects.filter(retention=retention, received_at__lt=before).delete()[0]


def drop_receipts_before(before: datetime) -> int:
    """Delete receipts older than the time they are kept for; return how many."""
    return Receipt.objects.filter(received_at__lt=before).delete()[0]
