"""New households and new residents."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from wangge.access.viewing import Viewer, scoped
from wangge.journal.among import among
from wangge.journal.commanding import command
from wangge.journal.inserting import insert_rows
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.commands import kinds, loading, writing
from wangge.people.commands.writing import Person, ResidentRow
from wangge.people.models import Household, Resident
from wangge.people.rules import families
from wangge.people.rules.codes import BIRTHS_MISSING, DOORS, HOUSEHOLDS, RESIDENTS, Relation, ResidentState
from wangge.people.rules.particulars import read_person
from wangge.people.rules.terms import ResidentTerms
from wangge.people.rules.wishes import Doubt, HouseholdAdded, Joiner, NewHousehold, NewResident, ResidentAdded
from wangge.places.models import Area
from wangge.places.rules import DWELLING_RANK
from wangge.privacy import vault


@command
def add_households(*, stamp: Stamp, actor: Viewer, households: Sequence[NewHousehold]) -> list[HouseholdAdded]:
    """Put households with their members into the register, all of them or none; at most 500 of each a call.

    Refused, naming the resident by its id, for an unreadable name or telephone, two heads, or a number that another
    living person whom the actor may see has already and that nobody confirmed.
    """
    people = [member for new in households for member in new.members]
    loading.check_size(max(len(households), len(people)))
    loading.once_each([new.id for new in households] + [new.id for new in people])
    areas = loading.areas(actor, {new.area for new in households})
    rows = {new.id: _household(stamp, new, areas[new.area]) for new in households}
    for new in households:
        check_heads(new.members)
    persons = [_read(stamp, rows[new.id], member) for new in households for member in new.members]
    _check_new_ids(Household.objects.filter(among("id", rows)).exists(), people)
    check_numbers(actor, persons)
    check_guardians(stamp, actor, persons)
    insert_rows(list(rows.values()))
    written = writing.write_people(stamp, persons)
    by_home = _by_household(written)
    record(stamp=stamp, actor=actor, entries=[_entry(row, by_home.get(row.id, [])) for row in rows.values()])
    doubts = _doubts(persons)
    return [
        HouseholdAdded(
            new.id,
            tuple(member.id for member in new.members),
            tuple(doubt for member in new.members for doubt in doubts.get(member.id, ())),
        )
        for new in households
    ]


def _household(stamp: Stamp, new: NewHousehold, area: Area) -> Household:
    loading.check_texts(note=new.note, address=new.address)
    return Household(
        id=new.id,
        dwelling_id=area.id if area.rank == DWELLING_RANK else None,
        path=area.path,
        grid_path=area.grid_path,
        address=new.address.strip(),
        note=new.note.strip(),
        opened_at=stamp.received_at,
    )


def _read(stamp: Stamp, household: Household, new: NewResident) -> Person:
    """Read a person; a refusal names whom it is about."""
    try:
        return Person(household, new, read_person(new, stamp.counted_day))
    except Refused as refused:
        raise Refused(refused.code, **refused.facts, resident=str(new.id)) from None


def _check_new_ids(known: bool, people: Sequence[NewResident]) -> None:
    if known or Resident.objects.filter(among("id", [new.id for new in people])).exists():
        raise Refused("people.id_used")


def check_heads(members: Iterable[NewResident]) -> None:
    """Refuse two heads in one household."""
    if sum(new.is_head or new.relation == Relation.HEAD for new in members) > 1:
        raise Refused("people.two_heads")


def check_numbers(actor: Viewer, people: Sequence[Person]) -> None:
    """Refuse a document's number that a living person has already, in this batch or where the actor may look."""
    asked: dict[bytes, UUID] = {}
    unsure = [one for one in people if one.read.number.number and not one.new.number_confirmed]
    for one, index in zip(
        unsure, vault.blind_many(writing.NUMBER, [one.read.number.number for one in unsure]), strict=True
    ):
        if index in asked:
            raise Refused("people.number_taken", resident=str(one.new.id), other=str(asked[index]))
        asked[index] = one.new.id
    known = scoped(Resident, actor, "register.read").filter(among("id_index", asked), state=ResidentState.LIVING)
    for other, taken in known.values_list("id", "id_index")[:1]:
        raise Refused("people.number_taken", resident=str(asked[bytes(taken or b"")]), other=str(other))


def check_guardians(stamp: Stamp, actor: Viewer, people: Sequence[Person]) -> None:
    """Refuse a guardian who is unknown, under age, gone, or the ward."""
    wanted = {one.new.guardian for one in people if one.new.guardian is not None}
    if not wanted:
        return
    here = {one.new.id: _terms(one) for one in people}
    rows = scoped(Resident, actor, "register.read").filter(id__in=wanted - set(here))
    known = here | {row.id: row.terms() for row in rows}
    for one in people:
        if one.new.guardian is None:
            continue
        guardian = known.get(one.new.guardian)
        if guardian is None:
            raise Refused("people.resident_unknown")
        if fault := families.guardian_fault(here[one.new.id], guardian, stamp.counted_day):
            raise Refused(fault, resident=str(one.new.id))


def _terms(one: Person) -> ResidentTerms:
    return ResidentTerms(id=one.new.id, household=one.household.id, birth_on=one.read.birth_on)


def _by_household(rows: Iterable[ResidentRow]) -> dict[UUID, list[ResidentRow]]:
    found: dict[UUID, list[ResidentRow]] = {}
    for row in rows:
        found.setdefault(row.household_id, []).append(row)
    return found


def _entry(row: Household, members: Sequence[ResidentRow]) -> Entry:
    undated = sum(member.birth_on is None for member in members)
    counts = [Count(HOUSEHOLDS, row.grid_path, 1), Count(RESIDENTS, row.grid_path, len(members))]
    counts.append(Count(BIRTHS_MISSING, row.grid_path, undated))
    if row.dwelling_id is not None:
        counts.append(Count(DOORS, row.grid_path, 1))
    facts = {"household": str(row.id), "residents": [str(member.id) for member in members]}
    return Entry(kinds.HOUSEHOLD_ADDED, row.grid_path, facts, tuple(counts), subject=row.id)


def _doubts(people: Sequence[Person]) -> dict[UUID, tuple[Doubt, ...]]:
    return {one.new.id: tuple(Doubt(one.new.id, code) for code in one.read.doubts) for one in people if one.read.doubts}


@command
def add_residents(*, stamp: Stamp, actor: Viewer, residents: Sequence[Joiner]) -> list[ResidentAdded]:
    """Put new members, newborn ones too, into households that are there, all of them or none; at most 500 a call.

    Refused as ``add_households``, and for a head where there is one already.
    """
    loading.check_size(len(residents))
    loading.once_each(one.resident.id for one in residents)
    homes = loading.open_households(actor, {one.household for one in residents})
    for home in homes:
        check_heads(one.resident for one in residents if one.household == home)
    heads = [one for one in residents if one.resident.is_head or one.resident.relation == Relation.HEAD]
    headed = Resident.objects.filter(
        household__in=[one.household for one in heads], is_head=True, state=ResidentState.LIVING
    )
    if headed.exists():
        raise Refused("people.two_heads")
    people = [_read(stamp, homes[one.household], one.resident) for one in residents]
    _check_new_ids(False, [one.resident for one in residents])
    check_numbers(actor, people)
    check_guardians(stamp, actor, people)
    rows = writing.write_people(stamp, people)
    record(stamp=stamp, actor=actor, entries=[_member_entry(homes[row.household_id], row) for row in rows])
    doubts = _doubts(people)
    return [ResidentAdded(one.resident.id, one.household, doubts.get(one.resident.id, ())) for one in residents]


def _member_entry(home: Household, row: ResidentRow) -> Entry:
    facts = {"household": str(home.id), "resident": str(row.id)}
    undated = Count(BIRTHS_MISSING, home.grid_path, int(row.birth_on is None))
    counts = (Count(RESIDENTS, home.grid_path, 1), undated)
    return Entry(kinds.RESIDENT_ADDED, home.grid_path, facts, counts, subject=home.id)
