"""Households and residents that go somewhere else inside the register: moves and splits."""

from collections.abc import Collection, Sequence
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import kinds, loading
from wangge.people.commands.stocks import carry, differences, empty_households, stocks_of
from wangge.people.models import Household, Resident, Stay
from wangge.people.rules.codes import HouseholdState, Relation, ResidentState
from wangge.people.rules.wishes import Moved, Mover, NewHouseholdSplit
from wangge.places.models import Area
from wangge.places.rules import DWELLING_RANK


@command
def move_household(*, stamp: Stamp, actor: Viewer, household: UUID, area: int, address: str = "") -> Moved:
    """Move a household with everybody in it to another dwelling, or to an area where it has none.

    The actor must reach both. Refused when it is there already.
    """
    row = loading.open_households(actor, [household])[household]
    goal = loading.areas(actor, [area])[area]
    dwelling = goal if goal.rank == DWELLING_RANK else None
    if row.path == goal.path and (row.dwelling_id is None) == (dwelling is None):
        raise Refused("people.already_there")
    loading.check_texts(address=address)
    before = stocks_of([row.id])
    old = row.path
    place(row, goal, address)
    carry([row.id])
    facts = {"household": str(row.id), "from": old, "to": row.path}
    counts = differences(before, stocks_of([row.id]))
    entry = Entry(kinds.HOUSEHOLD_MOVED, row.grid_path, facts, counts, subject=row.id)
    record(stamp=stamp, actor=actor, entries=[entry])
    members = Resident.objects.filter(household=row, state=ResidentState.LIVING).order_by("id")
    return Moved(row.id, tuple(members.values_list("id", flat=True)))


def place(row: Household, goal: Area, address: str) -> None:
    """Put a household into a dwelling or an area, and save that."""
    row.dwelling = goal if goal.rank == DWELLING_RANK else None
    row.path, row.grid_path, row.address = goal.path, goal.grid_path, address.strip()
    row.save(update_fields=["dwelling", "path", "grid_path", "address"])


@command
def move_residents(*, stamp: Stamp, actor: Viewer, movers: Sequence[Mover], household: UUID) -> Moved:
    """Move residents into another household that is there; households they leave empty are closed.

    The actor must reach both. Refused for a second head, or when one of them is there already.
    """
    loading.check_size(len(movers))
    loading.once_each(one.resident for one in movers)
    people = loading.residents(actor, [one.resident for one in movers])
    sources = {row.household_id for row in people.values()}
    if household in sources:
        raise Refused("people.already_there")
    homes = loading.open_households(actor, [*sources, household])
    before = stocks_of(homes)
    closed = settle(stamp, movers, people, homes[household])
    counts = differences(before, stocks_of(homes))
    entries = _arrival(kinds.RESIDENTS_MOVED, homes[household], people, counts) + _closings(closed)
    record(stamp=stamp, actor=actor, entries=entries)
    return Moved(household, tuple(one.resident for one in movers), tuple(row.id for row in closed))


def settle(stamp: Stamp, movers: Sequence[Mover], people: dict[UUID, Resident], goal: Household) -> list[Household]:
    """Give residents their new household and place in it, and close what they leave empty."""
    heads = [one for one in movers if one.is_head or one.relation == Relation.HEAD]
    headed = Resident.objects.filter(household=goal, is_head=True, state=ResidentState.LIVING)
    if len(heads) > 1 or (heads and headed.exists()):
        raise Refused("people.two_heads")
    sources = {row.household_id for row in people.values()}
    for one in movers:
        row = people[one.resident]
        row.household = goal
        row.is_head = one in heads
        row.relation = Relation.HEAD if row.is_head else one.relation
    Resident.objects.bulk_update(people.values(), ["household", "is_head", "relation"])
    # whoever was a guest at the new door is at home there now
    Stay.objects.filter(resident__in=people, household=goal, ended_on=None).update(ended_on=stamp.day)
    carry([goal.id])
    return close_empty(stamp, sources)


def close_empty(stamp: Stamp, households: Collection[UUID]) -> list[Household]:
    """Close the households in which nobody is left, and return them."""
    rows = empty_households(households)
    ids = [row.id for row in rows]
    Household.objects.filter(id__in=ids).update(state=HouseholdState.CLOSED, closed_at=stamp.received_at)
    return rows


def _arrival(kind: str, goal: Household, people: dict[UUID, Resident], counts: tuple[Count, ...]) -> list[Entry]:
    facts = {"household": str(goal.id), "residents": sorted(str(id_) for id_ in people)}
    return [Entry(kind, goal.grid_path, facts, counts, subject=goal.id)]


def _closings(closed: Sequence[Household]) -> list[Entry]:
    return [
        Entry(kinds.RESIDENTS_MOVED, row.grid_path, {"household": str(row.id), "closed": True}, subject=row.id)
        for row in closed
    ]


@command
def split_household(*, stamp: Stamp, actor: Viewer, household: UUID, into: NewHouseholdSplit) -> Moved:
    """Let some members of a household found one of their own, at the same door or at another.

    Refused when nobody or everybody would go, for two heads, or for somebody who is not a member.
    """
    loading.once_each(one.resident for one in into.members)
    home = loading.open_households(actor, [household])[household]
    people = loading.residents(actor, [one.resident for one in into.members])
    living = Resident.objects.filter(household=home, state=ResidentState.LIVING).count()
    if any(row.household_id != home.id for row in people.values()):
        raise Refused("people.resident_unknown")
    if not 0 < len(people) < living:
        raise Refused("people.split_leaves_nobody")
    loading.check_texts(note=into.note, address=into.address)
    if Household.objects.filter(id=into.id).exists():
        raise Refused("people.id_used")
    before = stocks_of([home.id])
    new = _founded(stamp, actor, home, into)
    settle(stamp, into.members, people, new)
    counts = differences(before, stocks_of([home.id, new.id]))
    entries = _arrival(kinds.HOUSEHOLD_SPLIT, new, people, counts)
    entries.append(
        Entry(kinds.HOUSEHOLD_SPLIT, home.grid_path, {"household": str(home.id), "new": str(new.id)}, subject=home.id)
    )
    record(stamp=stamp, actor=actor, entries=entries)
    return Moved(new.id, tuple(people))


def _founded(stamp: Stamp, actor: Viewer, home: Household, into: NewHouseholdSplit) -> Household:
    """Make the new household, where the old one is unless another area is named."""
    new = Household(
        id=into.id,
        dwelling_id=home.dwelling_id,
        path=home.path,
        grid_path=home.grid_path,
        address=into.address.strip() or home.address,
        note=into.note.strip(),
        opened_at=stamp.received_at,
    )
    new.save(force_insert=True)
    if into.area is not None:
        place(new, loading.areas(actor, [into.area])[into.area], into.address)
    return new
