"""What privacy itself and the journal below it hold about people."""

from uuid import UUID

from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Holding, register_holding


def register() -> None:
    """Register the tables of privacy."""
    look = PersonalField(klass="record", purpose="audit", retention="look", roles=frozenset({"auditor"}), merge="fixed")
    register_fields(
        "privacy.Look",
        personal={"fields": look, "purpose": look},
        plain=("id", "at", "viewer_number", "subject", "channel"),
    )
    register_fields(
        "privacy.ListLook",
        personal={},
        plain=("id", "at", "viewer_number", "what", "path", "count", "digest", "purpose", "channel"),
    )
    register_fields("privacy.Tombstone", personal={}, plain=("subject", "at"))
    register_holding(Holding("privacy.Look", "subject", "look", describe=_looks, erase=_keep, kept="access_log"))


def _looks(subject: UUID) -> list[dict[str, object]]:
    from wangge.privacy.looks import looks_at

    return [
        {
            "at": look.at,
            "viewer_number": look.viewer_number,
            "fields": look.fields,
            "purpose": look.purpose,
            "channel": look.channel,
        }
        for look in looks_at(subject, limit=10_000)
    ]


def _keep(subject: UUID) -> int:
    """Delete nothing: the log of who looked is owed for half a year, and names its subject by a number only."""
    return 0
