"""What the agenda holds about people: that something is due about somebody, never what it is about them."""

from uuid import UUID

from wangge.privacy.fields import register_fields
from wangge.privacy.holdings import Holding, register_holding


def register() -> None:
    """Register the agenda's table and what it holds."""
    plain = (
        "id", "kind", "due_at", "subject", "payload", "once", "leased_until", "attempts", "done_at", "failed"
    )  # fmt: skip
    register_fields("agenda.Due", personal={}, plain=plain)
    register_holding(Holding("agenda.Due", "subject", "response", describe=_describe, erase=_erase))


def _describe(subject: UUID) -> list[dict[str, object]]:
    from wangge.agenda.models import Due

    rows = Due.objects.filter(subject=subject).order_by("due_at", "id")
    return [{"kind": row.kind, "due_at": row.due_at, "done_at": row.done_at} for row in rows]


def _erase(subject: UUID) -> int:
    from wangge.agenda.models import Due

    return Due.objects.filter(subject=subject).delete()[0]
