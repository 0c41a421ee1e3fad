"""Residents put back exactly as they were, telephones included, when something should not have been written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.stamps import Stamp
from wangge.people.commands import kinds, loading, pictures
from wangge.people.models import Phone, Resident
from wangge.people.rules.codes import BIRTHS_MISSING, ResidentState

Picture = Mapping[str, Any]
OTHERS = ("household", "flag", "stay")


@dataclass(frozen=True, slots=True)
class Former:
    """A resident with telephones as they were, and a keyed digest of how they were left."""

    resident: UUID
    before: Picture
    after: bytes


def pictures_of(residents: Collection[UUID]) -> dict[UUID, Picture]:
    """Return each resident's own row and telephones, to the byte; two statements."""
    found: dict[UUID, dict[str, Any]] = {}
    for name, query in (
        ("resident", Resident.objects.filter(id__in=residents)),
        ("phone", Phone.objects.filter(resident__in=residents)),
    ):
        owner = "id" if name == "resident" else "resident_id"
        for row in pictures.rows_of(query):
            one = found.setdefault(UUID(str(row[owner])), {"resident": {}, "phone": {}})
            one[name][str(row["id"])] = row
    return dict(found)


def digest_of(picture: Picture) -> bytes:
    """Return a keyed digest of a picture, by which a later change is seen."""
    return pictures.digest(picture)


@command
def put_back(*, stamp: Stamp, actor: Viewer, formers: Sequence[Former]) -> list[UUID]:
    """Put residents back as they were, and return whom; those who were changed since stay as they are.

    At most 500 a call; refused for residents out of the actor's reach.
    """
    loading.check_size(len(formers))
    rows = loading.residents(actor, [one.resident for one in formers], living=False)
    now = pictures_of([one.resident for one in formers])
    same = [one for one in formers if digest_of(now[one.resident]) == one.after]
    empty: dict[str, dict[str, Any]] = {name: {} for name in OTHERS}
    for one in same:
        pictures.restore({**empty, **one.before}, {**empty, **now[one.resident]})
    entries = [
        Entry(
            kinds.RESIDENT_CORRECTED,
            rows[one.resident].household.grid_path,
            {"resident": str(one.resident), "fields": ["put_back"]},
            (
                Count(
                    BIRTHS_MISSING,
                    rows[one.resident].household.grid_path,
                    _undated(one.before) - _undated(now[one.resident]),
                ),
            ),
            subject=rows[one.resident].household_id,
        )
        for one in same
    ]
    record(stamp=stamp, actor=actor, entries=entries)
    return [one.resident for one in same]


def _undated(picture: Picture) -> int:
    """Return how many living residents of a picture have no known day of birth."""
    rows = picture["resident"].values()
    return sum(row["state"] == ResidentState.LIVING and row["birth_on"] is None for row in rows)
