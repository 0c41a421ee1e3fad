"""Two rows that are one: joining residents or households, and undoing that to the byte."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import kinds, loading, pictures
from wangge.people.commands.moving import close_empty
from wangge.people.commands.stocks import carry, differences, stocks_of
from wangge.people.models import Household, Joining, Phone, PriorityFlag, Resident, Stay
from wangge.people.rules import joining as rules
from wangge.people.rules.codes import HouseholdState, Relation, ResidentState
from wangge.people.rules.joining import FlagSpan
from wangge.people.rules.wishes import Joined

PEOPLE, HOMES = "residents", "households"
OF_NAME = ("name", "pinyin", "initials", "other_initials")
OF_NUMBER = ("id_kind", "id_doubt", "id_sealed", "id_index", "id_last4")


@command
def join_residents(*, stamp: Stamp, actor: Viewer, kept: UUID, gone: UUID, take: Sequence[str] = ()) -> Joined:
    """Make two rows of one person one: the first row's values stay but for the fields in ``take``; phones are added.

    The second row's flags, stays and wards go over; its household is closed when nobody is left.
    """
    people = loading.residents(actor, [kept, gone], living=False)
    first, second = people[kept], people[gone]
    if fault := rules.join_fault(first.terms(), second.terms()):
        raise Refused(fault)
    if unknown := sorted(set(take) - set(rules.TAKEN)):
        raise Refused("people.code_unknown", field=unknown[0], value="")
    hosts = Stay.objects.filter(resident__in=people, ended_on=None).values_list("household", flat=True)
    homes = {first.household_id, second.household_id, *hosts}
    loading.open_households(actor, [first.household_id])
    before, counted = pictures.take(people, homes), stocks_of(homes)
    _take_over(first, second, take)
    _hand_over(stamp, first, second)
    heads = second.is_head and second.household_id == first.household_id
    second.state, second.state_on, second.merged_into = ResidentState.MERGED, stamp.day, first
    second.is_head = False
    second.save(update_fields=["state", "state_on", "merged_into", "is_head"])
    first.is_head = first.is_head or heads
    if first.is_head:
        first.relation = Relation.HEAD
    first.save()
    carry([first.household_id])
    closed = close_empty(stamp, homes - {first.household_id})
    row = _keep_picture(
        stamp,
        actor,
        what=PEOPLE,
        path=first.path,
        kept=kept,
        gone=gone,
        before=before,
        after=pictures.take(people, homes),
    )
    counts = differences(counted, stocks_of(homes))
    _record(stamp, actor, kinds.RESIDENTS_JOINED, home=first.household, row=row, counts=counts)
    return Joined(row.id, kept, gone, tuple(home.id for home in closed))


def _take_over(first: Resident, second: Resident, take: Sequence[str]) -> None:
    for name in take:
        columns = {"name": OF_NAME, "id_number": OF_NUMBER, "guardian": ("guardian_id",)}.get(name, (name,))
        for column in columns:
            setattr(first, column, getattr(second, column))
    if "relation" in take and first.relation == Relation.HEAD and not first.is_head:
        first.relation = Relation.UNKNOWN
    if first.guardian_id in (first.id, second.id):
        first.guardian = None


def _hand_over(stamp: Stamp, first: Resident, second: Resident) -> None:
    """Give the first row the telephones, flags, stays and wards of the second."""
    mine = list(Phone.objects.filter(resident=first).order_by("position", "id"))
    theirs = list(Phone.objects.filter(resident=second).order_by("position", "id"))
    new = rules.phones_together([bytes(one.index) for one in mine], [bytes(one.index) for one in theirs])
    for place, at in enumerate(new, start=len(mine)):
        Phone.objects.filter(id=theirs[at].id).update(resident=first, position=place)
    doubled = rules.doubled_flags(_spans(first), _spans(second))
    PriorityFlag.objects.filter(id__in=doubled).update(ended_at=stamp.received_at, end_reason="joined")
    PriorityFlag.objects.filter(resident=second).update(resident=first)
    if Stay.objects.filter(resident=first, ended_on=None).exists():
        Stay.objects.filter(resident=second, ended_on=None).update(ended_on=stamp.day)
    Stay.objects.filter(resident=second).update(resident=first)
    Stay.objects.filter(resident=first, household=first.household_id, ended_on=None).update(ended_on=stamp.day)
    Resident.objects.filter(guardian=second).exclude(id=first.id).update(guardian=first)


def _spans(resident: Resident) -> list[FlagSpan]:
    flags = PriorityFlag.objects.filter(resident=resident, ended_at=None).order_by("id")
    return [FlagSpan(str(flag.id), flag.reason, flag.until_on) for flag in flags]


@command
def join_households(*, stamp: Stamp, actor: Viewer, kept: UUID, gone: UUID) -> Joined:
    """Make two households one: everybody of the second joins the first, whose head stays the head.

    Rows of one person that both had are joined by ``join_residents`` afterwards.
    """
    if kept == gone:
        raise Refused("people.joined_with_self")
    homes = loading.open_households(actor, [kept, gone])
    people = list(Resident.objects.filter(household__in=homes).values_list("id", flat=True))
    before, counted = pictures.take(people, homes), stocks_of(homes)
    living = Resident.objects.filter(household=gone, state=ResidentState.LIVING)
    if Resident.objects.filter(household=kept, is_head=True, state=ResidentState.LIVING).exists():
        living.filter(is_head=True).update(is_head=False, relation=Relation.UNKNOWN)
    living.update(household=homes[kept])
    Stay.objects.filter(household=gone).update(household=homes[kept])
    Stay.objects.filter(household=kept, resident__household=kept, ended_on=None).update(ended_on=stamp.day)
    Household.objects.filter(id=gone).update(
        state=HouseholdState.MERGED, merged_into=homes[kept], closed_at=stamp.received_at
    )
    carry([kept])
    row = _keep_picture(
        stamp,
        actor,
        what=HOMES,
        path=homes[kept].path,
        kept=kept,
        gone=gone,
        before=before,
        after=pictures.take(people, homes),
    )
    counts = differences(counted, stocks_of(homes))
    _record(stamp, actor, kinds.HOUSEHOLDS_JOINED, home=homes[kept], row=row, counts=counts)
    return Joined(row.id, kept, gone)


def _keep_picture(
    stamp: Stamp,
    actor: Viewer,
    *,
    what: str,
    path: str,
    kept: UUID,
    gone: UUID,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> Joining:
    return Joining.objects.create(
        id=uuid7(),
        what=what,
        kept=kept,
        gone=gone,
        path=path,
        before=pictures.sealed(before),
        after=pictures.digest(after),
        joined_at=stamp.received_at,
        joined_by=actor.number,
    )


def _record(stamp: Stamp, actor: Viewer, kind: str, *, home: Household, row: Joining, counts: tuple[Any, ...]) -> None:
    facts = {"joining": str(row.id), "kept": str(row.kept), "gone": str(row.gone)}
    record(stamp=stamp, actor=actor, entries=[Entry(kind, home.grid_path, facts, counts, subject=home.id)])


@command
def undo_joining(*, stamp: Stamp, actor: Viewer, joining: UUID) -> Joined:
    """Part again what was joined, exactly as it was; refused once any of the rows was changed since."""
    row = Joining.objects.select_for_update().filter(id=joining).first()
    if row is None or not actor.permits(loading.WRITE, row.path):
        raise Refused("people.joining_unknown")
    if row.undone_at is not None:
        raise Refused("people.joining_undone")
    before = pictures.opened(bytes(row.before))
    people, homes = pictures.named(before)
    if not all(actor.permits(loading.WRITE, path) for path in pictures.paths(before)):
        raise Refused("access.forbidden")
    now = pictures.take(people, homes)
    if pictures.digest(now) != bytes(row.after):
        raise Refused("people.changed_since")
    counted = stocks_of(homes)
    pictures.restore(before, now)
    row.undone_at = stamp.received_at
    row.save(update_fields=["undone_at"])
    counts = differences(counted, stocks_of(homes))
    _record(stamp, actor, kinds.JOINING_UNDONE, home=_home_of(row, homes), row=row, counts=counts)
    return Joined(row.id, row.kept, row.gone)


def _home_of(row: Joining, homes: Collection[UUID]) -> Household:
    if row.what == HOMES:
        return Household.objects.get(id=row.kept)
    found = Household.objects.filter(Q(id__in=homes), id__in=Resident.objects.filter(id=row.kept).values("household"))
    return found.get()
