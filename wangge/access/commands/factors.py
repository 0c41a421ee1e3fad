"""Writes of second factors: one-time codes of an app, and recovery codes on paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from wangge.access import rules, tokens, totp
from wangge.access.commands import kinds, subjects
from wangge.access.models import Account, RecoveryCode, SecondFactor
from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp


@dataclass(frozen=True, slots=True)
class FactorChecked:
    """Whether a code was right; ``left`` tries remain before a pause of a quarter of an hour."""

    passed: bool
    left: int
    by: str = ""


@command
def set_up_factor(*, stamp: Stamp, actor: Viewer, setup: str, code: str) -> UUID:
    """Set up the own second factor with a sealed setup (``tokens.new_setup``), proved by the app's code of now.

    Refused for a wrong code, and while there is one that has not been shown. Another one takes its place, and all
    other sessions end. The recovery codes of the setup are kept hashed.
    """
    (subject,) = subjects.load([actor.account_id], stamp.day)
    before = SecondFactor.objects.filter(account=actor.account_id)
    if before.exists() and not actor.confirmed:
        raise Refused("access.factor_there")
    secret, codes = tokens.open_setup(setup)
    step = totp.step_of(secret, tokens.plain_code(code), stamp.received_at.timestamp())
    if step is None:
        raise Refused("access.factor_wrong")
    before.delete()
    SecondFactor.objects.create(
        account=subject.account, secret=tokens.seal_secret(secret), last_step=step, set_up_at=stamp.received_at
    )
    Account.objects.filter(id=actor.account_id).update(session_epoch=F("session_epoch") + 1)
    _keep_recovery(actor.account_id, codes)
    subjects.note(stamp, actor, subject.entry(kinds.FACTOR_SET_UP))
    subjects.renew_viewers()
    return actor.account_id


@command
def confirm_factor(*, stamp: Stamp, actor: Viewer, code: str) -> FactorChecked:
    """Check a code of the app, or a recovery code, and use it up; a wrong one is counted, not refused.

    Refused without a second factor, and during the pause after five wrong ones. The stamp's key must be new at
    every call, or the receipt would let a used code pass again.
    """
    (subject,) = subjects.load([actor.account_id], stamp.day)
    factor = SecondFactor.objects.select_for_update().filter(account=actor.account_id).first()
    if factor is None:
        raise Refused("access.factor_missing")
    since = stamp.received_at - factor.failed_at if factor.failed_at else None
    if rules.factor_locked(factor.failures, since):
        raise Refused("access.factor_locked", minutes=int(rules.FACTOR_PAUSE.total_seconds() // 60))
    by = _take(factor, tokens.plain_code(code), stamp)
    if by:
        factor.failures, factor.failed_at = 0, None
    else:
        factor.failures, factor.failed_at = rules.failures_after(factor.failures, since), stamp.received_at
        subjects.note(stamp, actor, subject.entry(kinds.FACTOR_FAILED, failures=factor.failures))
    factor.save(update_fields=["last_step", "failures", "failed_at"])
    return FactorChecked(bool(by), rules.FACTOR_TRIES - factor.failures, by)


@command
def drop_factor(*, stamp: Stamp, actor: Viewer, account: UUID) -> UUID:
    """Take away the second factor of an account that the actor manages, whose phone was lost; its sessions end.

    Nobody drops their own on the desk: whoever finds it unlocked could do so. At the server one may, since whoever
    can read the keys needs no second factor.
    """
    if account == actor.account_id and stamp.channel == "cli":
        (subject,) = subjects.load([account], stamp.day)
    else:
        subject = subjects.others(actor, account, stamp.day)
    if not SecondFactor.objects.filter(account=account).delete()[0]:
        raise Refused("access.factor_missing")
    RecoveryCode.objects.filter(account=account).delete()
    Account.objects.filter(id=account).update(session_epoch=F("session_epoch") + 1)
    subjects.note(stamp, actor, subject.entry(kinds.FACTOR_DROPPED))
    subjects.renew_viewers()
    return account


@command
def renew_recovery_codes(*, stamp: Stamp, actor: Viewer, setup: str) -> UUID:
    """Replace the own recovery codes, used and unused, by those of a sealed setup (``tokens.new_setup``)."""
    (subject,) = subjects.load([actor.account_id], stamp.day)
    if not SecondFactor.objects.filter(account=actor.account_id).exists():
        raise Refused("access.factor_missing")
    if not actor.confirmed:
        raise Refused("access.second_factor_needed")
    _keep_recovery(actor.account_id, tokens.open_setup(setup)[1])
    subjects.note(stamp, actor, subject.entry(kinds.RECOVERY_RENEWED))
    return actor.account_id


def _keep_recovery(account: UUID, codes: Sequence[str]) -> None:
    RecoveryCode.objects.filter(account=account).delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account_id=account, digest=tokens.recovery_digest(account, code)) for code in codes
    )


def _take(factor: SecondFactor, code: str, stamp: Stamp) -> str:
    """Return what a code was, after using it up: ``app``, ``recovery``, or nothing for a wrong one."""
    if len(code) == totp.DIGITS:
        secret = tokens.unseal_secret(bytes(factor.secret))
        step = totp.step_of(secret, code, stamp.received_at.timestamp(), after=factor.last_step)
        if step is None:
            return ""
        factor.last_step = step
        return "app"
    digest = tokens.recovery_digest(factor.account_id, code)
    unused = RecoveryCode.objects.filter(account=factor.account_id, digest=digest, used_at=None)
    return "recovery" if unused.update(used_at=stamp.received_at) else ""
