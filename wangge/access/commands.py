"""Writes of accounts, duties and sign-in links. Nobody can give more than they have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.db.models import F

from wangge.access import rules
from wangge.access.models import AccessEpoch, Account, Duty, SignInLink
from wangge.access.rules import Role
from wangge.access.viewing import Viewer, require
from wangge.journal.actors import Actor, number_of
from wangge.journal.commanding import command
from wangge.journal.kinds import Kind, register_kind
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area

KINDS = (
    "access.account_added", "access.account_deactivated", "access.account_reactivated", "access.link_made",
    "access.link_used", "access.password_set", "access.duty_granted", "access.duty_ended",
)  # fmt: skip


def register() -> None:
    """Tell the journal this room's kinds of line."""
    for kind in KINDS:
        register_kind(Kind(kind, retention="audit"))


def _bump() -> None:
    """Let every process read accounts anew."""
    AccessEpoch.objects.get_or_create(only=True)
    AccessEpoch.objects.update(number=F("number") + 1)


def _note(stamp: Stamp, actor: Actor, kind: str, account: UUID, path: str, **facts: str | int) -> None:
    entry = Entry(kind, path, {"account": str(account), **facts}, subject=account)
    record(stamp=stamp, actor=actor, entries=[entry])


@command
def first_account(*, stamp: Stamp, actor: Actor, login: str, name: str, area: int) -> UUID:
    """Make the first account, an administrator of the installation's area; refused when there is any account."""
    if Account.objects.exists():
        raise Refused("access.first_account_exists")
    home = _area(area)
    row = _new_account(stamp, login, name, first=True)
    _give(stamp, actor, Duty(account=row, area=home, role=Role.ADMINISTRATOR, from_on=stamp.day, source="init"))
    return row.id


@command
def add_account(
    *,
    stamp: Stamp,
    actor: Viewer,
    login: str,
    name: str,
    role: Role,
    area: int,
    from_on: date | None = None,
    to_on: date | None = None,
) -> UUID:
    """Make an account with one duty; within the actor's own areas and no more than the actor may do."""
    home = _area(area)
    _may_give(actor, home, role)
    row = _new_account(stamp, login, name)
    duty = Duty(account=row, area=home, role=role, from_on=from_on or stamp.day, to_on=to_on, source="account")
    _give(stamp, actor, duty)
    return row.id


def _new_account(stamp: Stamp, login: str, name: str, *, first: bool = False) -> Account:
    normal = rules.normal_login(login)
    if fault := rules.login_fault(normal):
        raise Refused(fault)
    if Account.objects.filter(login=normal).exists():
        raise Refused("access.login_taken", login=normal)
    id_ = uuid7()
    row = Account(
        id=id_,
        login=normal,
        name=name.strip() or normal,
        number=number_of(id_),
        first=first,
        created_at=stamp.received_at,
    )
    row.set_unusable_password()
    row.save()
    _bump()
    return row


def _area(area: int) -> Area:
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.area_unknown")
    return home


def _may_give(actor: Viewer, area: Area, role: Role) -> None:
    require(actor, "account.manage", area.path)
    if not rules.may_grant(actor.verbs_at(area.path), role):
        raise Refused("access.forbidden")


def _give(stamp: Stamp, actor: Actor, duty: Duty) -> None:
    if duty.to_on is not None and duty.to_on <= duty.from_on:
        raise Refused("access.period_reversed")
    duty.path = duty.area.path
    duty.save()
    _bump()
    path = duty.area.grid_path or duty.area.path
    _note(stamp, actor, "access.duty_granted", duty.account_id, path, role=duty.role, area=duty.area_id)


@command
def grant_duty(
    *, stamp: Stamp, actor: Viewer, account: UUID, role: Role, area: int, from_on: date, to_on: date | None = None
) -> None:
    """Give an account a further duty; nobody gives one to themselves."""
    home = _area(area)
    _may_give(actor, home, role)
    if account == actor.account_id:
        raise Refused("access.own_duty")
    _reachable(actor, account)
    _give(stamp, actor, Duty(account_id=account, area=home, role=role, from_on=from_on, to_on=to_on, source="account"))


@dataclass(frozen=True, slots=True)
class Given:
    """Buildings (or other areas) that one worker is to have."""

    account: UUID
    areas: tuple[int, ...]


@command
def deal_areas(*, stamp: Stamp, actor: Viewer, inside: int, given: Sequence[Given]) -> int:
    """Make the workers responsible for the areas given, in place of whoever was dealt them before; return how many.

    Duties on the larger area itself stay: the nearest duty decides whose door it is.
    """
    home = _area(inside)
    require(actor, "duty.deal", home.path)
    wanted = {area: share.account for share in given for area in share.areas}
    areas = {row.id: row for row in Area.objects.filter(id__in=wanted, retired_at=None)}
    if len(areas) != len(wanted) or not all(row.path.startswith(home.path) for row in areas.values()):
        raise Refused("access.area_unknown")
    workers = Duty.objects.filter(account__in=set(wanted.values()), role=Role.GRID_WORKER, account__is_active=True)
    if set(workers.values_list("account", flat=True)) != set(wanted.values()):
        raise Refused("access.account_inactive")
    Duty.objects.filter(area__in=areas, role=Role.GRID_WORKER, ended_at=None).update(ended_at=stamp.received_at)
    Duty.objects.bulk_create(
        Duty(
            account_id=account,
            area=areas[area],
            path=areas[area].path,
            role=Role.GRID_WORKER.value,
            from_on=stamp.day,
            source="dealt",
        )
        for area, account in wanted.items()
    )
    _bump()
    entries = [
        Entry("access.duty_granted", areas[area].grid_path, {"account": str(account), "area": area}, subject=account)
        for area, account in sorted(wanted.items())
    ]
    record(stamp=stamp, actor=actor, entries=entries)
    return len(wanted)


@command
def end_duty(*, stamp: Stamp, actor: Viewer, duty: int) -> int:
    """End a duty now; nobody ends their own."""
    row = Duty.objects.select_for_update().filter(id=duty, ended_at=None).first()
    if row is None or not actor.permits("account.manage", row.path):
        raise Refused("access.duty_unknown")
    if row.account_id == actor.account_id:
        raise Refused("access.own_duty")
    row.ended_at = stamp.received_at
    row.save(update_fields=["ended_at"])
    _bump()
    _note(stamp, actor, "access.duty_ended", row.account_id, row.path, role=row.role, area=row.area_id)
    return row.id


def _reachable(actor: Viewer, account: UUID) -> Account:
    """Return an account all of whose duties lie in areas where the actor manages accounts and outranks them."""
    row = Account.objects.select_for_update().filter(id=account).first()
    duties = list(Duty.objects.filter(account=account, ended_at=None).values_list("path", "role"))
    managed = all(
        actor.permits("account.manage", path) and rules.may_grant(actor.verbs_at(path), Role(role))
        for path, role in duties
    )
    if row is None or not duties or not managed:
        raise Refused("access.account_unknown", login="")
    return row


@command
def set_active(*, stamp: Stamp, actor: Viewer, account: UUID, active: bool) -> UUID:
    """Shut an account out within a second, or let it in again; nobody does it to themselves."""
    if account == actor.account_id:
        raise Refused("access.own_account")
    row = _reachable(actor, account)
    row.is_active = active
    row.save(update_fields=["is_active"])
    SignInLink.objects.filter(account=row, used_at=None).delete()
    _bump()
    kind = "access.account_reactivated" if active else "access.account_deactivated"
    _note(stamp, actor, kind, row.id, actor.grants[0].path)
    return row.id


@command
def make_link(*, stamp: Stamp, actor: Viewer, account: UUID, digest: bytes) -> datetime:
    """Keep the hash of a sign-in token for an account and return when it expires; the token never comes here."""
    row = Account.objects.filter(id=account).first() if account == actor.account_id else _reachable(actor, account)
    if row is None or not row.is_active:
        raise Refused("access.account_inactive")
    expires_at = stamp.received_at + rules.LINK_LIFE
    SignInLink.objects.create(digest=digest, account=row, made_by=actor.number, expires_at=expires_at)
    _note(stamp, actor, "access.link_made", row.id, actor.grants[0].path if actor.grants else "")
    return expires_at


@command
def use_link(*, stamp: Stamp, actor: Actor, digest: bytes) -> UUID:
    """Take a sign-in link and return its account; a link works once and for a day."""
    row = SignInLink.objects.select_for_update(of=("self",)).select_related("account").filter(digest=digest).first()
    if row is None or row.used_at is not None or row.expires_at <= stamp.received_at or not row.account.is_active:
        raise Refused("access.link_dead")
    row.used_at = stamp.received_at
    row.save(update_fields=["used_at"])
    _note(stamp, actor, "access.link_used", row.account_id, "")
    return row.account_id


@command
def set_password(*, stamp: Stamp, actor: Viewer, hashed: str) -> UUID:
    """Store the hash of the actor's new password; the password itself never comes here."""
    Account.objects.filter(id=actor.account_id).update(password=hashed)
    _note(stamp, actor, "access.password_set", actor.account_id, actor.grants[0].path if actor.grants else "")
    return actor.account_id


@command
def set_preferences(*, stamp: Stamp, actor: Viewer, name: str, language: str) -> UUID:
    """Change the actor's own name and language."""
    Account.objects.filter(id=actor.account_id).update(name=name.strip()[:60] or F("login"), language=language)
    _bump()
    return actor.account_id


def common_passwords() -> frozenset[str]:
    """Return the twenty thousand passwords that are tried first, as Django ships them."""
    return frozenset(CommonPasswordValidator().passwords)
