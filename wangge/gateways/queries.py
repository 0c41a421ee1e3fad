"""Reads of the outbox."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count

from wangge.gateways.models import OutgoingMessage


@dataclass(frozen=True, slots=True)
class MessageLine:
    """One message as a page may show it: without its target. ``not_sent`` is true until somebody was truly reached."""

    id: UUID
    channel: str
    body: str
    parts: int
    made_at: datetime
    release_at: datetime
    state: str
    not_sent: bool
    failed: str


def messages(limit: int = 100, state: str = "") -> list[MessageLine]:
    """Return messages, the latest first, or those in one state."""
    rows = OutgoingMessage.objects.order_by("-made_at", "-id")
    if state:
        rows = rows.filter(state=state)
    return [
        MessageLine(
            row.pk, row.channel, row.body, row.parts, row.made_at, row.release_at, row.state, row.not_sent, row.failed
        )
        for row in rows[:limit]
    ]


def counts() -> dict[str, int]:
    """Return how many messages are in each state that occurs."""
    return dict(OutgoingMessage.objects.order_by().values_list("state").annotate(Count("id")))
