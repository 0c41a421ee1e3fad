"""Two rows of one person, or two households at one door: what the one that is left keeps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from wangge.people.rules.codes import ResidentState
from wangge.people.rules.terms import ResidentTerms

TAKEN = ("name", "sex", "birth_on", "id_number", "guardian", "relation")
"""Fields that may be taken from the row that goes; everything else stays as the first row has it."""


@dataclass(frozen=True, slots=True)
class FlagSpan:
    """A standing flag as two rows of one person may both have it."""

    id: str
    reason: str
    until_on: date


def gaps_to_fill(first: Mapping[str, object], second: Mapping[str, object]) -> tuple[str, ...]:
    """Return the fields that the first row lacks and the second has: what a form proposes to take."""
    return tuple(field for field in TAKEN if _blank(first.get(field)) and not _blank(second.get(field)))


def _blank(value: object) -> bool:
    return value in (None, "", "unknown")


def phones_together(first: Sequence[bytes], second: Sequence[bytes]) -> list[int]:
    """Return which of the second's phones (by position, compared by keyed index) the first has not."""
    known = set(first)
    return [place for place, index in enumerate(second) if index not in known]


def doubled_flags(first: Sequence[FlagSpan], second: Sequence[FlagSpan]) -> tuple[str, ...]:
    """Return the ids of flags to end because both rows carry the reason: the one that ends earlier goes.

    ``other`` may stand twice.
    """
    standing = {flag.reason: flag for flag in first if flag.reason != "other"}
    doubled = []
    for flag in second:
        twin = standing.get(flag.reason)
        if twin is not None:
            doubled.append(flag.id if flag.until_on <= twin.until_on else twin.id)
    return tuple(doubled)


def join_fault(first: ResidentTerms, second: ResidentTerms) -> str:
    """Return the code of why two rows cannot be made one, empty when they can."""
    if first.id == second.id:
        return "people.joined_with_self"
    if ResidentState.MERGED in (first.state, second.state):
        return "people.already_joined"
    if first.state != ResidentState.LIVING and second.state == ResidentState.LIVING:
        return "people.keep_the_living"
    return ""
