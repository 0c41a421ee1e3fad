"""What messages hold about people: where they go."""

from uuid import UUID

from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Holding, register_holding


def register() -> None:
    """Register the table of messages and what it holds."""
    target = PersonalField(
        klass="contact", purpose="notice", retention="order", roles=frozenset(), merge="fixed", mask="hidden"
    )
    register_fields(
        "gateways.OutgoingMessage",
        personal={"target_sealed": target, "target_index": target},
        plain=(
            "id", "key", "channel", "subject", "body", "parts", "made_at", "release_at", "state", "not_sent",
            "dropped_at", "attempts", "failed",
        ),
    )  # fmt: skip
    register_holding(Holding("gateways.OutgoingMessage", "subject", "order", describe=_describe, erase=_erase))


def _describe(subject: UUID) -> list[dict[str, object]]:
    from wangge.gateways.models import OutgoingMessage
    from wangge.gateways.sealing import open_target

    rows = OutgoingMessage.objects.filter(subject=subject).order_by("made_at", "id")
    return [
        {
            "channel": row.channel,
            "target": open_target(bytes(row.target_sealed)),
            "body": row.body,
            "made_at": row.made_at,
            "state": row.state,
            "not_sent": row.not_sent,
        }
        for row in rows
    ]


def _erase(subject: UUID) -> int:
    from wangge.gateways.commands import forget_about

    return forget_about(subject=subject)
