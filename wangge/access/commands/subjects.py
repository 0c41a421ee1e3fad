"""Whom a command is about: loaded for the change, as far as the actor's own rights go."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F

from wangge.access import rules
from wangge.access.judging import MANAGE, judged, manages
from wangge.access.models import AccessEpoch, Account, Duty
from wangge.access.rules import Role
from wangge.access.viewing import Viewer, require
from wangge.journal.actors import Actor
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.stillness import hold_still


@dataclass(frozen=True, slots=True)
class Subject:
    """An account, locked, with the duties by which it is judged."""

    account: Account
    duties: tuple[Duty, ...]

    @property
    def path(self) -> str:
        """Where lines about the account stand in the journal: the grid or area of its first duty."""
        return next((duty.area.grid_path or duty.path for duty in self.duties), "")

    def entry(self, kind: str, **facts: str | int) -> Entry:
        """Return a line about the account."""
        return Entry(kind, self.path, {"account": str(self.account.id), **facts}, subject=self.account.id)


def renew_viewers() -> None:
    """Let every process read accounts anew within a second; also to be called when areas change their paths."""
    AccessEpoch.objects.get_or_create(only=True)
    AccessEpoch.objects.update(number=F("number") + 1)


def load(accounts: Iterable[UUID], day: date) -> list[Subject]:
    """Return accounts, locked, in the order given; refused when one does not exist."""
    ids = list(accounts)
    found = {row.id: row for row in Account.objects.select_for_update().filter(id__in=ids).order_by("id")}
    if any(id_ not in found for id_ in ids):
        raise Refused("access.account_unknown", login="")
    duties: dict[UUID, list[Duty]] = {id_: [] for id_ in found}
    for duty in Duty.objects.filter(account__in=found).select_related("area").order_by("id"):
        duties[duty.account_id].append(duty)
    return [Subject(found[id_], judged(duties[id_], day)) for id_ in ids]


def managed(actor: Viewer, accounts: Iterable[UUID], day: date) -> list[Subject]:
    """Return accounts that the actor manages.

    Refused as unknown where nothing of them lies in the actor's areas, as beyond reach when they also work
    elsewhere or may do more than the actor.
    """
    if actor.must_confirm(MANAGE) and actor.holds(MANAGE):
        raise Refused("access.second_factor_needed")
    subjects = load(accounts, day)
    for subject in subjects:
        if not any(actor.permits(MANAGE, duty.path) for duty in subject.duties):
            raise Refused("access.account_unknown", login=subject.account.login)
        if not manages(actor, subject.duties):
            raise Refused("access.beyond_reach")
    return subjects


def others(actor: Viewer, account: UUID, day: date) -> Subject:
    """Return an account that the actor manages and that is not the actor's own."""
    if account == actor.account_id:
        raise Refused("access.own_account")
    return managed(actor, [account], day)[0]


def open_area(area: int) -> Area:
    """Return an area that has not been given up, whose path holds still until the transaction ends."""
    hold_still()
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.area_unknown")
    return home


def may_give(actor: Viewer, area: Area, role: Role) -> None:
    """Refuse unless the actor may give the role in the area: an area elsewhere as if there were none."""
    if not actor.holds_at(MANAGE, area.path):
        raise Refused("access.area_unknown")
    require(actor, MANAGE, area.path)
    if not rules.may_grant(actor.verbs_at(area.path), role):
        raise Refused("access.beyond_rights", role=role.value)


def note(stamp: Stamp, actor: Actor, entry: Entry) -> None:
    """Record one line."""
    record(stamp=stamp, actor=actor, entries=[entry])
