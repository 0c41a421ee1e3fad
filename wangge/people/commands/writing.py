"""Rows of residents with what is sealed and indexed, made many at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from operator import attrgetter
from uuid import UUID

from wangge.journal.inserting import insert_values
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household, Phone, Resident
from wangge.people.rules.codes import Relation, ResidentState
from wangge.people.rules.particulars import Particulars, ReadNumber
from wangge.people.rules.wishes import NewResident
from wangge.privacy import vault

NUMBER = "people.Resident.id_number"
NUMBER_LAST = "people.Resident.id_last4"
PHONE = "people.Phone.number"
PHONE_LAST = "people.Phone.last4"


@dataclass(frozen=True, slots=True)
class Person:
    """A person to be written: the household, what was asked, and how it was read."""

    household: Household
    new: NewResident
    read: Particulars


@dataclass(slots=True)
class ResidentRow:
    """A resident as it is inserted: the columns of ``Resident``, without what a model brings along."""

    id: UUID
    household_id: UUID
    path: str
    name: str
    pinyin: str
    initials: str
    other_initials: str
    sex: str
    birth_on: date | None
    relation: str
    is_head: bool
    guardian_id: UUID | None
    presence: str
    added_at: datetime
    id_kind: str = ""
    id_doubt: str = ""
    id_sealed: bytes | None = None
    id_index: bytes | None = None
    id_last4: bytes | None = None
    state: str = ResidentState.LIVING.value
    state_on: date | None = None
    merged_into_id: UUID | None = None
    clocks: dict[str, str] = field(default_factory=dict)


COLUMNS = tuple(column.name for column in fields(ResidentRow))
values_of = attrgetter(*COLUMNS)


def write_people(stamp: Stamp, people: Sequence[Person]) -> list[ResidentRow]:
    """Insert residents with their telephones, in a fixed number of statements."""
    rows = [_row(stamp, person) for person in people]
    set_numbers(rows, [person.read.number for person in people])
    insert_values(Resident, COLUMNS, map(values_of, rows))
    write_phones([(row, person.read.phones) for row, person in zip(rows, people, strict=True)])
    return rows


def _row(stamp: Stamp, person: Person) -> ResidentRow:
    new, read, name = person.new, person.read, person.read.name
    head = new.is_head or new.relation == Relation.HEAD
    return ResidentRow(
        id=new.id,
        household_id=person.household.id,
        path=person.household.path,
        name=name.name,
        pinyin=name.pinyin,
        initials=name.initials,
        other_initials=name.other_initials,
        sex=read.sex,
        birth_on=read.birth_on,
        relation=Relation.HEAD.value if head else new.relation,
        is_head=head,
        guardian_id=new.guardian,
        presence=new.presence,
        added_at=stamp.received_at,
    )


def set_numbers(rows: Sequence[Resident | ResidentRow], numbers: Sequence[ReadNumber]) -> None:
    """Put sealed numbers and their indexes on rows that are not saved yet."""
    known = [(row, read) for row, read in zip(rows, numbers, strict=True) if read.number]
    texts = [read.number for _, read in known]
    sealed, indexes = vault.seal_many(NUMBER, texts), vault.blind_many(NUMBER, texts)
    lasts = vault.blind_many(NUMBER_LAST, [text[-4:] for text in texts])
    for row, read in zip(rows, numbers, strict=True):
        row.id_kind, row.id_doubt = read.kind, read.doubt
        row.id_sealed = row.id_index = row.id_last4 = None
    for (row, _), blob, index, last in zip(known, sealed, indexes, lasts, strict=True):
        row.id_sealed, row.id_index, row.id_last4 = blob, index, last


def write_phones(owned: Sequence[tuple[Resident | ResidentRow, Sequence[str]]]) -> None:
    """Insert the telephones of residents who have none yet, the most used first."""
    flat = [(row, place, number) for row, numbers in owned for place, number in enumerate(numbers)]
    numbers = [number for _, _, number in flat]
    sealed, indexes = vault.seal_many(PHONE, numbers), vault.blind_many(PHONE, numbers)
    lasts = vault.blind_many(PHONE_LAST, [number[-4:] for number in numbers])
    insert_values(
        Phone,
        ("resident_id", "sealed", "index", "last4", "position"),
        (
            (row.id, blob, index, last, place)
            for (row, place, _), blob, index, last in zip(flat, sealed, indexes, lasts, strict=True)
        ),
    )


def number_of(row: Resident) -> str:
    """Return the number of a resident's document in clear, empty without one."""
    return vault.unseal(NUMBER, bytes(row.id_sealed)) if row.id_sealed is not None else ""


def phones_of(rows: Sequence[Resident]) -> dict[object, tuple[str, ...]]:
    """Return the telephones in clear by resident's id, the most used first."""
    found: dict[object, list[str]] = {}
    for phone in Phone.objects.filter(resident__in=rows).order_by("resident", "position", "id"):
        found.setdefault(phone.resident_id, []).append(vault.unseal(PHONE, bytes(phone.sealed)))
    return {id_: tuple(numbers) for id_, numbers in found.items()}
