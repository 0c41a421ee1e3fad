"""Whether somebody may change somebody else's account: by the duties that hold or will."""

from collections.abc import Iterable, Sequence
from datetime import date

from wangge.access import rules
from wangge.access.models import Duty
from wangge.access.rules import Role
from wangge.access.viewing import Viewer

MANAGE = "account.manage"


def standing(duty: Duty, day: date) -> bool:
    """Tell whether a duty holds on a day or will."""
    return duty.ended_at is None and (duty.to_on is None or duty.to_on > day)


def judged(duties: Iterable[Duty], day: date) -> tuple[Duty, ...]:
    """Return the duties by which an account is judged: what holds or will, else all there ever were."""
    every = tuple(duties)
    return tuple(duty for duty in every if standing(duty, day)) or every


def manages(actor: Viewer, duties: Sequence[Duty]) -> bool:
    """Tell whether the actor manages accounts wherever this one works and may do all that it may."""
    return bool(duties) and all(
        actor.permits(MANAGE, duty.path) and rules.may_grant(actor.verbs_at(duty.path), Role(duty.role))
        for duty in duties
    )
