"""What the matcher is given, and what it answers."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What is proposed for two rows."""

    SAME = "same"
    ASK = "ask"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as the matcher sees them.

    ``number`` is a good document number; ``doubtful`` one as it was written, not to be relied on; ``partial`` the
    first digits of a number that was cut off. ``door`` is any key that is equal for one door only, ``phones`` any
    keys that are equal for one telephone only: numbers, or keyed indexes of them.
    """

    name: str = ""
    number: str = ""
    doubtful: str = ""
    partial: str = ""
    birth: date | None = None
    sex: str = ""
    door: str = ""
    phones: Collection[str | bytes] = ()


def shared_phones(first: Subject, second: Subject) -> list[str | bytes]:
    """Return the telephones that two have in common."""
    return [phone for phone in first.phones if phone in second.phones]


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, why, and how likely the two are one, from 0 to 1."""

    verdict: Verdict
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a row was found to be: somebody seen before (``same``), or whom it must be asked about, the likeliest first.

    Positions count the known people first, then the rows. Without either the row is somebody new. ``also`` are rows
    before it that wait for an answer themselves and that it may be as well, with why.
    """

    same: int | None = None
    reason: str = ""
    asks: tuple[int, ...] = ()
    score: float = 0.0
    also: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two rows that are one, or may be: positions from 0 in the first list and in the second (or the same) one."""

    first: int
    second: int
    score: float
    verdict: Verdict
    reason: str
