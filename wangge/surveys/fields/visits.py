"""What visits hold about people, and how it is shown and erased."""

from uuid import UUID

from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Holding, register_holding

FIELD_ROLES = frozenset({"clerk", "community_lead", "team_leader", "grid_worker"})


def register() -> None:
    """Register every field of this room's tables."""
    remarks = PersonalField(
        klass="survey", purpose="survey", retention="response", roles=FIELD_ROLES, merge="event", mask="hidden"
    )
    register_fields(
        "surveys.DoorVisit",
        personal={"remarks": remarks},
        plain=(
            "id", "household", "worker", "path", "grid_path", "day", "at", "received_at", "state", "persons_seen",
            "revisit_at", "claim_clamped", "claimed_on", "channel", "voided_at", "voided_by", "void_reason",
        ),
    )  # fmt: skip
    whereabouts = PersonalField(
        klass="whereabouts", purpose="survey", retention="response", roles=FIELD_ROLES, merge="event", mask="hidden"
    )
    register_fields("surveys.Sighting", personal={"at": whereabouts}, plain=("id", "visit", "resident"))
    register_fields(
        "surveys.DoorDay",
        personal={},
        plain=("id", "household", "day", "visit", "state", "at", "revisit_at", "grid_path"),
    )
    register_fields("surveys.QuarterCount", personal={}, plain=("id", "whole", "quarter", "path", "counter", "value"))
    register_holding(Holding("surveys.DoorVisit", "household", "response", describe=_visits, erase=_erase_visits))
    register_holding(Holding("surveys.Sighting", "resident", "response", describe=_sightings, erase=_erase_sightings))


def _visits(subject: UUID) -> list[dict[str, object]]:
    from wangge.surveys.models import DoorVisit

    rows = DoorVisit.objects.filter(household=subject).order_by("at")
    return [{"at": row.at.isoformat(), "state": row.state, "remarks": row.remarks} for row in rows]


def _erase_visits(subject: UUID) -> int:
    """Delete a household's visits; what they were counted for stays, noted as without rows."""
    from wangge.journal.erasing import rows_erased
    from wangge.surveys import recounting
    from wangge.surveys.models import DoorDay, DoorVisit, Sighting
    from wangge.surveys.round_doors import forget_household

    rows_erased(recounting.counted_of(subject))
    forget_household(subject)
    DoorDay.objects.filter(household=subject).delete()
    Sighting.objects.filter(visit__household=subject).delete()
    return DoorVisit.objects.filter(household=subject).delete()[0]


def _sightings(subject: UUID) -> list[dict[str, object]]:
    from wangge.surveys.models import Sighting

    return [{"at": row.at.isoformat()} for row in Sighting.objects.filter(resident=subject).order_by("at")]


def _erase_sightings(subject: UUID) -> int:
    from wangge.surveys.models import Sighting

    return Sighting.objects.filter(resident=subject).delete()[0]
