"""The register around an area, loaded for matching; nothing of it is shown to anybody."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.flows.import_roster.models import ImportRow
from wangge.flows.import_roster.planned import Index, Picture, Registered, Remembered
from wangge.flows.import_roster.states import BATCH, Outcome, RowState
from wangge.journal.among import among
from wangge.kernel.paths import upper
from wangge.people.commands.writing import NUMBER, PHONE
from wangge.people.models import Household, Phone, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, STAIRWELL_RANK, building_key
from wangge.planning.matching import Door, Subject
from wangge.privacy import vault

T = TypeVar("T")
READ = "register.read"
COLUMNS = (
    "id", "household", "household__dwelling__door", "household__address", "name", "sex", "birth_on", "id_doubt",
    "id_sealed", "relation", "is_head", "state",
)  # fmt: skip


def take_picture(*, viewer: Viewer, area: Area, numbers: Collection[str], fingerprints: Collection[Index]) -> Picture:
    """Load the people of an area, those elsewhere in the viewer's reach with one of the numbers, and rows known."""
    remembered = _remembered(area, fingerprints)
    inside = Q(path__gte=area.path, path__lt=upper(area.path))
    rows = scoped(Resident, viewer, READ)
    found = _load(rows.filter(inside, state=ResidentState.LIVING))
    elsewhere = set(numbers) - {one.subject.number for one in found.values()}
    for part in _parts(vault.blind_many(NUMBER, sorted(elsewhere))):
        known = rows.filter(among("id_index", part)).exclude(state=ResidentState.MERGED)
        found |= {id_: one for id_, one in _load(known).items() if id_ not in found}
    wanted = {one.resident for one in remembered.values() if one.resident} - set(found)
    for ids in _parts(sorted(wanted)):
        found |= _load(rows.filter(among("id", ids)))
    with_units, without_units = _buildings(area)
    return Picture(
        people=_with_phones(found),
        doors=_doors(viewer, area, [one for one in found.values() if one.living]),
        with_units=with_units,
        without_units=without_units,
        remembered=remembered,
        phone_index=lambda phone: vault.blind(PHONE, phone),
    )


def _parts(values: Sequence[T]) -> Iterator[Sequence[T]]:
    for start in range(0, len(values), BATCH):
        yield values[start : start + BATCH]


def _load(rows: QuerySet[Resident]) -> dict[UUID, Registered]:
    ordered = rows.order_by("added_at", "id").values_list(*COLUMNS)
    return {row[0]: _registered(row) for row in ordered.iterator(chunk_size=2000)}


def _registered(row: tuple[Any, ...]) -> Registered:
    id_, home, door, address, name, sex, birth, doubt, sealed, relation, head, state = row
    number = vault.unseal(NUMBER, bytes(sealed)) if sealed is not None else ""
    living = state == ResidentState.LIVING
    subject = Subject(
        name=name,
        number="" if doubt else number,
        doubtful=number if doubt else "",
        birth=birth if living else None,
        sex=sex,
        door=(door or (f"? {address}" if address else "")) if living else "",
    )
    return Registered(id_, home, door or "", subject, living, relation, head)


def _with_phones(found: dict[UUID, Registered]) -> list[Registered]:
    """Return people with the keyed indexes of their telephones."""
    phones: dict[UUID, set[Index]] = defaultdict(set)
    for part in _parts(list(found)):
        for owner, index in Phone.objects.filter(among("resident", part)).values_list("resident", "index"):
            phones[owner].add(bytes(index))
    return [replace(one, phones=frozenset(phones.get(one.resident, ()))) for one in found.values()]


def _doors(viewer: Viewer, area: Area, living: Collection[Registered]) -> dict[str, list[Door]]:
    """Return the open households at each door of the area, the oldest first."""
    headed = {one.household for one in living if one.is_head}
    members = Counter(one.household for one in living)
    rows = scoped(Household, viewer, READ).filter(
        path__gte=area.path, path__lt=upper(area.path), state=HouseholdState.OPEN, dwelling__isnull=False
    )
    doors: dict[str, list[Door]] = defaultdict(list)
    for id_, door in rows.order_by("opened_at", "id").values_list("id", "dwelling__door"):
        doors[door].append(Door(str(id_), id_ in headed, members[id_]))
    return doors


def _buildings(area: Area) -> tuple[frozenset[str], frozenset[str]]:
    """Return the keys of the area's buildings that have units, and of those known to have none."""
    inside = Area.objects.filter(path__gte=area.path, path__lt=upper(area.path), retired_at=None)
    divided = set(inside.filter(rank=STAIRWELL_RANK).values_list("parent", flat=True))
    with_units, without_units = set(), set()
    for id_, name, units in inside.filter(rank=BUILDING_RANK).values_list("id", "name", "units"):
        if units or id_ in divided:
            with_units.add(building_key(name))
        elif units == 0:
            without_units.add(building_key(name))
    return frozenset(with_units), frozenset(without_units)


def _remembered(area: Area, fingerprints: Collection[Index]) -> dict[Index, Remembered]:
    """Return the rows of earlier imports of the area that said the same, with whom each became."""
    found: dict[Index, Remembered] = {}
    earlier = ImportRow.objects.filter(imported__area=area, state__in=(RowState.APPLIED, RowState.WAITING))
    if not earlier.exists():
        return {}
    for part in _parts(sorted(fingerprints)):
        rows = earlier.filter(among("fingerprint", part)).order_by("id")
        for fingerprint, state, outcome, resident in rows.values_list("fingerprint", "state", "outcome", "resident"):
            if state == RowState.WAITING:
                found[bytes(fingerprint or b"")] = Remembered(None, waiting=True)
            elif resident and outcome in (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED):
                found[bytes(fingerprint or b"")] = Remembered(resident)
    return _followed(found)


def _followed(found: dict[Index, Remembered]) -> dict[Index, Remembered]:
    """Put the row that is left in place of one that was joined with it; forget people who are no longer there at all.

    Somebody whose import was taken back is not there; a row about them is read like any other.
    """
    there: dict[UUID, UUID] = {}
    for part in _parts(sorted({one.resident for one in found.values() if one.resident})):
        there |= {id_: into or id_ for id_, into in _mergers(part)}
    return {
        index: replace(one, resident=there[one.resident]) if one.resident else one
        for index, one in found.items()
        if one.resident is None or one.resident in there
    }


def _mergers(ids: Sequence[UUID]) -> Iterator[tuple[UUID, UUID | None]]:
    rows = Resident.objects.filter(among("id", ids)).values_list("id", "state", "merged_into")
    for id_, state, into in rows:
        yield id_, into if state == ResidentState.MERGED else None
