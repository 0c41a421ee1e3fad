"""What access holds about the people who work with Wangge."""

from uuid import UUID

from wangge.access.models import Account, Duty, SignInLink
from wangge.privacy.fields import PersonalField, register_fields
from wangge.privacy.holdings import Holding, register_holding

MANAGERS = frozenset({"administrator", "county_lead", "town_lead", "community_lead"})


def register() -> None:
    """Register every column of this room's tables, and how they are shown and erased."""
    staff = PersonalField(klass="work", purpose="work", retention="duty", roles=MANAGERS, mask="name")
    secret = PersonalField(klass="credential", purpose="work", retention="duty", roles=frozenset(), mask="hidden")
    register_fields(
        "access.Account",
        personal={"login": staff, "name": staff, "password": secret},
        plain=("id", "is_active", "language", "number", "first", "created_at"),
    )
    register_fields(
        "access.Duty",
        personal={},
        plain=("id", "account", "area", "path", "role", "from_on", "to_on", "source", "ended_at"),
    )
    register_fields(
        "access.SignInLink", personal={}, plain=("id", "digest", "account", "made_by", "expires_at", "used_at")
    )
    register_fields("access.AccessEpoch", personal={}, plain=("only", "number"))
    register_holding(Holding("access.Account", "id", "duty", describe=_account, erase=_erase))
    register_holding(Holding("access.Duty", "account", "duty", describe=_duties, erase=_erase_duties))


def _account(subject: UUID) -> list[dict[str, object]]:
    rows = Account.objects.filter(id=subject)
    return [{"login": row.login, "name": row.name, "created_at": row.created_at} for row in rows]


def _erase(subject: UUID) -> int:
    SignInLink.objects.filter(account=subject).delete()
    return Account.objects.filter(id=subject).delete()[0]


def _duties(subject: UUID) -> list[dict[str, object]]:
    rows = Duty.objects.filter(account=subject).order_by("id")
    return [{"role": row.role, "area": row.area_id, "from_on": row.from_on, "to_on": row.to_on} for row in rows]


def _erase_duties(subject: UUID) -> int:
    return Duty.objects.filter(account=subject).delete()[0]
