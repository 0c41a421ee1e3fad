"""Writes of accounts."""

from datetime import date
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.db.models import F

from wangge.access import rules
from wangge.access.commands import kinds, subjects
from wangge.access.commands.duties import give
from wangge.access.models import Account, Duty, SignInLink
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.journal.actors import Actor, number_of
from wangge.journal.commanding import command
from wangge.journal.recording import Entry
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp


@command
def first_account(*, stamp: Stamp, actor: Actor, login: str, name: str, area: int) -> UUID:
    """Make the first account, an administrator of the installation's area; refused when there is any account."""
    if Account.objects.exists():
        raise Refused("access.first_account_exists")
    home = subjects.open_area(area)
    duty = Duty(area=home, role=Role.ADMINISTRATOR.value, from_on=stamp.day, source="init")
    return _new_account(stamp, actor, login, name, duty, first=True)


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
    home = subjects.open_area(area)
    subjects.may_give(actor, home, role)
    duty = Duty(area=home, role=role.value, from_on=from_on or stamp.day, to_on=to_on, source="account")
    return _new_account(stamp, actor, login, name, duty)


def _new_account(stamp: Stamp, actor: Actor, login: str, name: str, duty: Duty, *, first: bool = False) -> UUID:
    normal = rules.normal_login(login)
    if fault := rules.login_fault(normal):
        raise Refused(fault)
    if len(name.strip()) > rules.NAME_MOST:
        raise Refused("access.name_long", most=rules.NAME_MOST)
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
    path = duty.area.grid_path or duty.area.path
    subjects.note(stamp, actor, Entry(kinds.ACCOUNT_ADDED, path, {"account": str(id_)}, subject=id_))
    duty.account = row
    give(stamp, actor, duty)
    return id_


@command
def set_active(*, stamp: Stamp, actor: Viewer, account: UUID, active: bool) -> UUID:
    """Shut an account out within a second, or let it in again; nobody does it to themselves."""
    subject = subjects.others(actor, account, stamp.day)
    if subject.account.is_active == active:
        raise Refused("access.already_active" if active else "access.already_inactive")
    Account.objects.filter(id=account).update(is_active=active, session_epoch=F("session_epoch") + 1)
    SignInLink.objects.filter(account=account, used_at=None).delete()
    kind = kinds.ACCOUNT_REACTIVATED if active else kinds.ACCOUNT_DEACTIVATED
    subjects.note(stamp, actor, subject.entry(kind))
    subjects.renew_viewers()
    return account


@command
def set_password(*, stamp: Stamp, actor: Viewer, hashed: str) -> UUID:
    """Store the hash of the actor's new password (``passwords.accept``); every session begun before is over."""
    (subject,) = subjects.load([actor.account_id], stamp.day)
    Account.objects.filter(id=actor.account_id).update(password=hashed, session_epoch=F("session_epoch") + 1)
    subjects.note(stamp, actor, subject.entry(kinds.PASSWORD_SET))
    subjects.renew_viewers()
    return actor.account_id


@command
def set_preferences(*, stamp: Stamp, actor: Viewer, name: str, language: str) -> UUID:
    """Change the actor's own name and language; without a name the login stands for it."""
    (subject,) = subjects.load([actor.account_id], stamp.day)
    if len(name.strip()) > rules.NAME_MOST:
        raise Refused("access.name_long", most=rules.NAME_MOST)
    if language and language not in dict(settings.LANGUAGES):
        raise Refused("access.language_unknown", language=language)
    Account.objects.filter(id=actor.account_id).update(name=name.strip() or subject.account.login, language=language)
    subjects.note(stamp, actor, subject.entry(kinds.ACCOUNT_CHANGED, language=language))
    subjects.renew_viewers()
    return actor.account_id


@command
def note_sign_in(*, stamp: Stamp, actor: Viewer, by: Literal["password", "link"]) -> UUID:
    """Keep that the actor signed in, and by what."""
    (subject,) = subjects.load([actor.account_id], stamp.day)
    subjects.note(stamp, actor, subject.entry(kinds.SIGNED_IN, by=by))
    return actor.account_id
