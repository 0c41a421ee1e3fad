"""What access holds about the people who work with Wangge."""

from uuid import UUID

from wangge.access.models import Account, Approval, Duty, RecoveryCode, SecondFactor, SignInLink
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
        plain=("id", "is_active", "language", "number", "first", "session_epoch", "created_at"),
    )
    register_fields(
        "access.Duty",
        personal={},
        plain=("id", "account", "area", "path", "role", "from_on", "to_on", "source", "ended_at"),
    )
    register_fields(
        "access.SignInLink", personal={}, plain=("id", "digest", "account", "made_by", "expires_at", "used_at")
    )
    register_fields(
        "access.SecondFactor",
        personal={"secret": secret},
        plain=("account", "last_step", "failures", "failed_at", "set_up_at"),
    )
    register_fields("access.RecoveryCode", personal={}, plain=("id", "account", "digest", "used_at"))
    register_fields(
        "access.Approval",
        personal={},
        plain=("id", "digest", "giver", "purpose", "area", "path", "day", "given_at", "used_at", "used_by"),
    )
    register_fields("access.AccessEpoch", personal={}, plain=("only", "number"))
    register_holding(Holding("access.Account", "id", "duty", describe=_account, erase=_erase))
    register_holding(Holding("access.SecondFactor", "account", "duty", describe=_factor, erase=_erase_factor))
    register_holding(Holding("access.Approval", "giver", "duty", describe=_approvals, erase=_erase_approvals))
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


def _factor(subject: UUID) -> list[dict[str, object]]:
    rows = SecondFactor.objects.filter(account=subject)
    return [{"set_up_at": row.set_up_at, "failed_at": row.failed_at} for row in rows]


def _erase_factor(subject: UUID) -> int:
    RecoveryCode.objects.filter(account=subject).delete()
    return SecondFactor.objects.filter(account=subject).delete()[0]


def _approvals(subject: UUID) -> list[dict[str, object]]:
    rows = Approval.objects.filter(giver=subject).order_by("given_at")
    return [{"purpose": row.purpose, "area": row.area_id, "day": row.day, "used_at": row.used_at} for row in rows]


def _erase_approvals(subject: UUID) -> int:
    """Let approvals stand without their giver: that somebody approved is owed, who it was is not."""
    return Approval.objects.filter(giver=subject).update(giver=None)
