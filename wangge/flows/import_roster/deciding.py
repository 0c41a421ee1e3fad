"""What somebody has decided about a person in a sheet, so that nobody is asked about them again."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db.models import QuerySet

from wangge.flows.import_roster.models import ImportRow
from wangge.flows.import_roster.planned import Index, Picture, Remembered
from wangge.flows.import_roster.rows import RosterRow
from wangge.flows.import_roster.states import BATCH, Outcome, RowState
from wangge.kernel.paths import ancestors, upper
from wangge.people.models import Resident
from wangge.people.rules.codes import ResidentState
from wangge.places.models import Area
from wangge.privacy import vault

WHOM = "imports.ImportRow.whom"
SETTLED = (Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED)


def whom_of(people: Sequence[RosterRow | None]) -> list[Index | None]:
    """Return a keyed index of who each row means: its number with name, or without one also door and telephones.

    Remarks and relations do not tell who somebody is; a telephone or a door alone moves from one to another.
    """
    texts = [None if one is None else _whom(one) for one in people]
    indexes = iter(vault.blind_many(WHOM, [text for text in texts if text is not None]))
    return [None if text is None else next(indexes) for text in texts]


def _whom(person: RosterRow) -> str:
    birth = person.birth.isoformat() if person.birth else ""
    own: tuple[str, ...] = (person.name, person.number, person.partial, birth, person.sex)
    if not person.number:
        own += (person.door or person.address, *sorted(person.phones))
    return "\x1f".join(own)


def decided(
    picture: Picture, home: Area, people: Sequence[RosterRow | None], fingerprints: Sequence[Index | None]
) -> Picture:
    """Return the picture with what was answered about these people before: whom they were, or that they still wait."""
    unknown = [
        one if fingerprint is not None and fingerprint not in picture.remembered else None
        for one, fingerprint in zip(people, fingerprints, strict=True)
    ]
    if not _anybody_asked(home):
        return picture
    indexes = whom_of(unknown)
    there = {one.resident for one in picture.people}
    found = _answers(home, {one for one in indexes if one is not None})
    known = {
        fingerprint: found[index]
        for index, fingerprint in zip(indexes, fingerprints, strict=True)
        if index in found and fingerprint is not None and (found[index].waiting or found[index].resident in there)
    }
    return replace(picture, remembered={**known, **picture.remembered})


def _asked(home: Area) -> QuerySet[ImportRow]:
    inside = ImportRow.objects.filter(imported__area__path__gte=home.path, imported__area__path__lt=upper(home.path))
    above = ImportRow.objects.filter(imported__area__path__in=ancestors(home.path))
    return (inside | above).exclude(whom=None)


def _anybody_asked(home: Area) -> bool:
    return _asked(home).exists()


def _answers(home: Area, indexes: set[Index]) -> dict[Index, Remembered]:
    found: dict[Index, Remembered] = {}
    ordered = sorted(indexes)
    for start in range(0, len(ordered), BATCH):
        rows = _asked(home).filter(whom__in=ordered[start : start + BATCH])
        rows = rows.filter(state__in=(RowState.APPLIED, RowState.WAITING)).order_by("id")
        for whom, state, outcome, resident in rows.values_list("whom", "state", "outcome", "resident"):
            if state == RowState.WAITING:
                found[bytes(whom or b"")] = Remembered(None, waiting=True)
            elif resident and outcome in SETTLED:
                found[bytes(whom or b"")] = Remembered(resident)
    return _now(found)


def _now(found: dict[Index, Remembered]) -> dict[Index, Remembered]:
    """Put whoever is left in place of somebody who was joined with them."""
    ids = sorted({one.resident for one in found.values() if one.resident})
    into: dict[UUID, UUID] = {}
    for start in range(0, len(ids), BATCH):
        gone = Resident.objects.filter(id__in=ids[start : start + BATCH], state=ResidentState.MERGED)
        into |= {id_: kept for id_, kept in gone.values_list("id", "merged_into") if kept}
    return {
        index: replace(one, resident=into.get(one.resident, one.resident)) if one.resident else one
        for index, one in found.items()
    }
