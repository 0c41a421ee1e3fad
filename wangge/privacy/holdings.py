"""What is held about a subject: one list that drives retention, erasure and the person's own printout."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.privacy.models import Tombstone

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Holding:
    """How one table holds something about a subject.

    ``subject_column`` names the column with the subject's UUID; ``describe`` returns the facts held about a subject,
    one mapping a row, as codes and values without words; ``erase`` deletes them and returns how many rows went.
    ``kept`` is the code of the duty for which rows outlive an erasure, empty where none do.
    """

    model: str
    subject_column: str
    retention: str
    describe: Callable[[UUID], Sequence[Facts]]
    erase: Callable[[UUID], int]
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """What one table holds about the subject asked for."""

    model: str
    retention: str
    kept: str
    rows: tuple[Facts, ...]


@dataclass(frozen=True, slots=True)
class Erasure:
    """What an erasure did: rows gone by table, and the tables whose rows stay with the reason."""

    subject: UUID
    erased: Mapping[str, int]
    kept: Mapping[str, str]


_holdings: dict[str, Holding] = {}


def register_holding(holding: Holding) -> None:
    """Add the holding of one table; a later one for the same table replaces the earlier."""
    _holdings[holding.model.lower()] = holding


def holding_of(label: str) -> Holding | None:
    """Return the holding of the model, or nothing."""
    return _holdings.get(label.lower())


def registered_holdings() -> list[Holding]:
    """Return all holdings in the order of registration, the ground first."""
    return list(_holdings.values())


def held_about(subject: UUID) -> list[Held]:
    """Return what every table holds about the subject, without the tables that hold nothing."""
    found = []
    for holding in registered_holdings():
        rows = tuple(holding.describe(subject))
        if rows:
            found.append(Held(holding.model, holding.retention, holding.kept, rows))
    return found


def erase(subject: UUID, *, at: datetime) -> Erasure:
    """Delete all that is held about the subject and list it as erased, in one transaction; doing it again is safe.

    Tables of upper rooms go first, because keys point down. Rows kept for a duty (the access log) stay and are named.
    """
    erased: dict[str, int] = {}
    kept: dict[str, str] = {}
    with transaction.atomic():
        for holding in reversed(registered_holdings()):
            if holding.kept:
                kept[holding.model] = holding.kept
            gone = holding.erase(subject)
            if gone:
                erased[holding.model] = gone
        Tombstone.objects.get_or_create(subject=subject, defaults={"at": at})
    return Erasure(subject, erased, kept)


def replay_tombstones() -> int:
    """Erase again everybody who is listed as erased, after a backup was restored; returns how many were."""
    stones = list(Tombstone.objects.order_by("at", "subject"))
    for stone in stones:
        erase(stone.subject, at=stone.at)
    return len(stones)
