"""Writes of duties: who works where, from when to when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from wangge.access.commands import kinds, subjects
from wangge.access.models import Account, Duty
from wangge.access.queries.duties import workers_in
from wangge.access.rules import Role
from wangge.access.viewing import Viewer, require
from wangge.journal.actors import Actor
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area


def give(stamp: Stamp, actor: Actor, duty: Duty) -> None:
    """Save a duty whose account and area are set; refused when it ends before it starts or is held already."""
    if duty.to_on is not None and duty.to_on <= duty.from_on:
        raise Refused("access.period_reversed")
    meets = Q(to_on=None) | Q(to_on__gt=duty.from_on)
    if duty.to_on is not None:
        meets &= Q(from_on__lt=duty.to_on)
    same = Duty.objects.filter(meets, account=duty.account_id, area=duty.area_id, role=duty.role, ended_at=None)
    if same.exists():
        raise Refused("access.duty_held")
    duty.path = duty.area.path
    duty.save()
    subjects.renew_viewers()
    facts = {"account": str(duty.account_id), "duty": duty.pk, "role": str(duty.role), "area": duty.area_id}
    path = duty.area.grid_path or duty.area.path
    subjects.note(stamp, actor, Entry(kinds.DUTY_GRANTED, path, facts, subject=duty.account_id))


@command
def grant_duty(
    *, stamp: Stamp, actor: Viewer, account: UUID, role: Role, area: int, from_on: date, to_on: date | None = None
) -> int:
    """Give an account a further duty and return its number; nobody gives one to themselves."""
    home = subjects.open_area(area)
    subjects.may_give(actor, home, role)
    if account == actor.account_id:
        raise Refused("access.own_duty")
    (subject,) = subjects.managed(actor, [account], stamp.day)
    duty = Duty(account=subject.account, area=home, role=role.value, from_on=from_on, to_on=to_on, source="account")
    give(stamp, actor, duty)
    return int(duty.pk)


@dataclass(frozen=True, slots=True)
class Given:
    """Buildings (or other areas) that one worker is to have."""

    account: UUID
    areas: tuple[int, ...]


@command
def deal_areas(*, stamp: Stamp, actor: Viewer, inside: int, given: Sequence[Given]) -> int:
    """Make the workers responsible for the areas given, in place of whoever was dealt them before; return how many.

    Duties on the larger area itself stay: the nearest duty decides whose door it is. Refused for areas outside, and
    for anybody who is no grid worker there on that day.
    """
    home = subjects.open_area(inside)
    require(actor, "duty.deal", home.path)
    wanted = {area: share.account for share in given for area in share.areas}
    areas = {row.id: row for row in Area.objects.filter(id__in=wanted, retired_at=None)}
    if len(areas) != len(wanted) or not all(row.path.startswith(home.path) for row in areas.values()):
        raise Refused("access.area_unknown")
    workers = {account for account, _, _ in workers_in(path=home.path, on=stamp.day)}
    if not workers.issuperset(wanted.values()):
        raise Refused("access.account_inactive")
    accounts = Account.objects.in_bulk(set(wanted.values()))
    Duty.objects.filter(area__in=areas, role=Role.GRID_WORKER, ended_at=None).update(ended_at=stamp.received_at)
    Duty.objects.bulk_create(
        Duty(
            account=accounts[account],
            area=areas[area],
            path=areas[area].path,
            role=Role.GRID_WORKER.value,
            from_on=stamp.day,
            source="dealt",
        )
        for area, account in wanted.items()
    )
    subjects.renew_viewers()
    entries = [
        Entry(kinds.DUTY_GRANTED, areas[area].grid_path, {"account": str(account), "area": area}, subject=account)
        for area, account in sorted(wanted.items())
    ]
    record(stamp=stamp, actor=actor, entries=entries)
    return len(wanted)


@command
def end_duty(*, stamp: Stamp, actor: Viewer, duty: int, on: date | None = None) -> int:
    """End a duty now, or let it end before the local day ``on``; return its number. Nobody ends their own.

    Whoever could give a duty may end it.
    """
    row = Duty.objects.select_for_update(of=("self",)).select_related("area").filter(id=duty, ended_at=None).first()
    if row is None or not actor.holds_at("account.manage", row.path):
        raise Refused("access.duty_unknown")
    if row.account_id == actor.account_id:
        raise Refused("access.own_duty")
    subjects.may_give(actor, row.area, Role(row.role))
    if on is not None and on <= stamp.day:
        raise Refused("access.end_past")
    if on is None or on <= row.from_on:
        row.ended_at = stamp.received_at
    else:
        row.to_on = on
    row.save(update_fields=["ended_at", "to_on"])
    subjects.renew_viewers()
    facts = {"account": str(row.account_id), "duty": row.pk, "role": str(row.role), "area": row.area_id}
    path = row.area.grid_path or row.path
    subjects.note(stamp, actor, Entry(kinds.DUTY_ENDED, path, facts, subject=row.account_id))
    return int(row.pk)
