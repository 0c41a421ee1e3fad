"""What self-declaration campaigns hold about people, and how it is shown and erased."""

from uuid import UUID

from django.db.models import Q

from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Holding, register_holding
from wangge.surveys.fields.rounds import ANSWER_ROLES

EMPTIED = ("turn", "digest", "printed_at", "declared_at", "sheet", "source", "receipt", "sent")


def register() -> None:
    """Register every field of these tables; what was declared itself stands in ``surveys.Response``."""
    code = PersonalField(
        klass="credential", purpose="survey", retention="response", roles=ANSWER_ROLES, merge="fixed", mask="hidden"
    )
    team = PersonalField(
        klass="work", purpose="survey", retention="response", roles=ANSWER_ROLES, merge="fixed", mask="name"
    )
    client = PersonalField(
        klass="credential", purpose="security", retention="response", roles=frozenset(), merge="event", mask="hidden"
    )
    register_fields(
        "surveys.Campaign",
        personal={},
        plain=(
            "id", "area", "path", "name", "purpose", "basis", "questionnaire", "telephone", "from_on", "until_on",
            "started_by", "started_at", "closed_by", "closed_at", "final",
        ),
    )  # fmt: skip
    register_fields(
        "surveys.CampaignDoor",
        personal={"digest": code},
        plain=(
            "id", "campaign", "household", "turn", "printed_at", "declared_at", "source", "sheet", "receipt", "sent",
        ),
    )  # fmt: skip
    register_fields(
        "surveys.CampaignTeam",
        personal={"members": team},
        plain=("id", "campaign", "area", "path", "number", "account", "from_at", "until_at", "made_by", "made_at"),
    )
    register_fields(
        "surveys.TeamDoor",
        personal={},
        plain=("id", "team", "household", "place", "found", "found_at", "found_by"),
    )
    register_fields("surveys.CodeTry", personal={"client": client}, plain=("id", "at"))
    register_holding(Holding("surveys.CampaignDoor", "household", "response", describe=_doors, erase=_erase_doors))
    register_holding(Holding("surveys.TeamDoor", "household", "response", describe=_tries, erase=_erase_tries))
    register_holding(Holding("surveys.CampaignTeam", "id", "response", describe=_nothing, erase=_erase_nothing))
    register_holding(Holding("surveys.CodeTry", "id", "response", describe=_nothing, erase=_erase_nothing))


def _doors(subject: UUID) -> list[dict[str, object]]:
    from wangge.surveys.models import CampaignDoor

    rows = CampaignDoor.objects.filter(_told(), household=subject).select_related("campaign")
    return [
        {"campaign": row.campaign.name, "declared_at": row.declared_at, "source": row.source, "sent": row.sent}
        for row in rows.order_by("campaign__started_at")
    ]


def _told() -> Q:
    """Return the condition that a door was given a slip or has declared."""
    return Q(printed_at__isnull=False) | Q(declared_at__isnull=False)


def _erase_doors(subject: UUID) -> int:
    """Empty a household's rows; each stays with another code, so that the slip that was printed opens nothing more."""
    from wangge.surveys.codes import code_digest, door_code
    from wangge.surveys.models import CampaignDoor

    rows = list(CampaignDoor.objects.filter(_told(), household=subject))
    for row in rows:
        row.turn += 1
        row.digest = code_digest(door_code(row.campaign_id, row.household_id, row.turn))
        row.printed_at, row.declared_at, row.sheet = None, None, None
        row.source, row.receipt, row.sent = "", "", 0
    CampaignDoor.objects.bulk_update(rows, EMPTIED)
    return len(rows)


def _tries(subject: UUID) -> list[dict[str, object]]:
    from wangge.surveys.models import TeamDoor

    rows = TeamDoor.objects.filter(household=subject).exclude(found="").order_by("found_at")
    return [{"found": row.found, "found_at": row.found_at} for row in rows]


def _erase_tries(subject: UUID) -> int:
    from wangge.surveys.models import TeamDoor

    return TeamDoor.objects.filter(household=subject).delete()[0]


def _nothing(_subject: UUID) -> list[dict[str, object]]:
    """A team is about its work and a wrong code about nobody who is known."""
    return []


def _erase_nothing(_subject: UUID) -> int:
    return 0
