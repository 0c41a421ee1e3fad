"""The part of the register that may hold the people of a list, loaded for matching; it is shown to nobody."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.flows.handed_down_list.sheet import ListRow
from wangge.kernel.paths import upper
from wangge.people.commands.writing import NUMBER, PHONE
from wangge.people.models import Phone, Resident
from wangge.people.rules.codes import ResidentState
from wangge.people.rules.particulars import spell
from wangge.places.models import Area
from wangge.planning.matching import Subject
from wangge.planning.matching.persons import plain_name
from wangge.privacy import vault

READ = "register.read"
AT_ONCE = 500
COLUMNS = (
    "id", "path", "household__grid_path", "household__dwelling__door", "name", "sex", "birth_on", "id_doubt",
    "id_sealed",
)  # fmt: skip
T = TypeVar("T")


@dataclass(slots=True)
class Known:
    """Somebody in the register as the matcher needs them, and where they live."""

    resident: UUID
    path: str
    grid_path: str
    door: str
    subject: Subject
    phones: set[bytes] = field(default_factory=set)


def phone_index(phone: str) -> bytes:
    """Return the keyed index under which a telephone stands in the register."""
    return vault.blind(PHONE, phone)


def people_like(*, viewer: Viewer, area: Area, rows: Sequence[ListRow], doors: Collection[str]) -> list[Known]:
    """Return who may be one of the rows: by number anywhere in the viewer's reach; in the area by name, sound,
    telephone, and everybody at one of the doors. Statements grow with the rows by five hundred at a time.
    """
    living = scoped(Resident, viewer, READ).filter(state=ResidentState.LIVING)
    inside = living.filter(path__gte=area.path, path__lt=upper(area.path))
    names = {name for row in rows if row.name for name in (row.name, plain_name(row.name))}
    sounds = {read.pinyin for name in names if (read := spell(name)) is not None and read.pinyin}
    phones = {phone_index(phone) for row in rows for phone in row.phones}
    numbers = vault.blind_many(NUMBER, sorted({row.number for row in rows if row.number}))
    found: dict[UUID, Known] = {}
    for part in parts(numbers):
        _load(living.filter(id_index__in=part), found)
    for column, values in (("name", names), ("pinyin", sounds), ("household__dwelling__door", set(doors))):
        for texts in parts(sorted(values)):
            _load(inside.filter(**{f"{column}__in": texts}), found)
    for part in parts(sorted(phones)):
        owners = Phone.objects.filter(index__in=part).values("resident")
        _load(inside.filter(id__in=owners), found)
    for ids in parts(sorted(found)):
        for owner, index in Phone.objects.filter(resident__in=ids).values_list("resident", "index"):
            found[owner].phones.add(bytes(index))
    for one in found.values():
        one.subject = replace(one.subject, phones=frozenset(one.phones))
    return [found[id_] for id_ in sorted(found)]


def parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    """Yield the values five hundred at a time."""
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]


def _load(rows: QuerySet[Resident], found: dict[UUID, Known]) -> None:
    for row in rows.values_list(*COLUMNS).iterator(chunk_size=2000):
        if row[0] not in found:
            found[row[0]] = _known(row)


def _known(row: tuple[Any, ...]) -> Known:
    id_, path, grid_path, door, name, sex, birth, doubt, sealed = row
    number = vault.unseal(NUMBER, bytes(sealed)) if sealed is not None else ""
    subject = Subject(
        name=name,
        number="" if doubt else number,
        doubtful=number if doubt else "",
        birth=birth,
        sex=sex,
        door=door or "",
    )
    return Known(id_, path, grid_path, door or "", subject)
