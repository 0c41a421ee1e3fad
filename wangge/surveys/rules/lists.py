"""Handed-down lists: what is proposed for a row, what a finding settles, which finding stands. Pure decisions."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

OPEN_ENTRIES = "lists.open"
ANSWERED = "lists.answered"
READ, MANAGE, ANSWER = "list.read", "list.manage", "list.answer"
BATCH_LIMIT = 500
NAME_MOST, SOURCE_MOST, BASIS_MOST, NOTE_MOST, WORDS_MOST = 80, 120, 200, 300, 120
PERIOD_DAYS, PERIOD_MOST = 14, 365


class ListState(StrEnum):
    """Where a list stands: being read, read and not dealt yet, open for answers, closed, or withdrawn."""

    READING = "reading"
    STAGED = "staged"
    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Match(StrEnum):
    """Whether the register knows the person of a row: for certain, perhaps, or not."""

    EXACT = "exact"
    ASK = "ask"
    NONE = "none"


class Outcome(StrEnum):
    """What became of a row; each row has at most one."""

    ALREADY_SURVEYED = "already_surveyed"
    WRONG_INFO = "wrong_info"
    NEWLY_FOUND = "newly_found"
    NOT_RESIDENT = "not_resident"
    PERIOD_OVER = "period_over"
    IN_TRANSIT = "in_transit"
    NOT_EXPOSED = "not_exposed"
    DUPLICATE = "duplicate_in_list"


NEEDS_VISIT, ASK = "needs_visit", "ask"
"""Proposals that are no outcome: somebody must go there, or say whether it is the same person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryTerms:
    """What a proposal hangs on. ``exposed`` is False only where the source is known to lie outside the risk areas.

    ``days`` since the risk area was left, None where that is not known; ``repeats`` another row of the same list.
    """

    match: str
    differs: Sequence[str] = ()
    exposed: bool = True
    left_again: bool = False
    days: int | None = None
    period_days: int = PERIOD_DAYS
    repeats: bool = False


def propose(terms: EntryTerms) -> str:
    """Return what the software proposes for a row by itself; a person's finding decides.

    The period is over on the day after its last: exactly ``period_days`` since leaving is not over.
    """
    checks = (
        (Outcome.DUPLICATE, terms.repeats),
        (Outcome.NOT_EXPOSED, not terms.exposed),
        (Outcome.IN_TRANSIT, terms.left_again),
        (Outcome.PERIOD_OVER, is_over(terms.days, terms.period_days)),
        (ASK, terms.match == Match.ASK),
        (NEEDS_VISIT, terms.match == Match.NONE),
        (Outcome.WRONG_INFO, bool(terms.differs)),
    )
    return next((code for code, holds in checks if holds), Outcome.ALREADY_SURVEYED)


def is_over(days: int | None, period_days: int) -> bool:
    """Tell whether the period since leaving is over."""
    return days is not None and days > period_days


def flag_conflicts(flag: bool | None, days: int | None, period_days: int) -> bool:
    """Tell whether the sheet's own "within the period" contradicts the day of leaving."""
    return flag is not None and days is not None and flag == is_over(days, period_days)


def days_since(left: date | None, as_of: date) -> int | None:
    """Return the days since leaving; None when it is not known or lies ahead."""
    return (as_of - left).days if left is not None and left <= as_of else None


@dataclass(frozen=True, slots=True)
class FindingSeen:
    """One finding as a worker reports it; ``id`` is made where the finding is made, ``by`` is who found it, when
    somebody else records it.
    """

    id: UUID
    entry: UUID
    outcome: Outcome
    at: datetime
    words: str = ""
    note: str = ""
    by: UUID | None = None


@dataclass(frozen=True, slots=True)
class FindingOutcome:
    """What became of one finding: ``applied``, ``superseded`` (kept, a later one stands), ``again``, ``rejected`` or
    ``forbidden`` with a code; ``along`` are further rows about the same person that it answered.
    """

    id: UUID
    outcome: str
    code: str = ""
    along: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """The terms on which it hangs which finding of a row stands."""

    finding: UUID
    at: datetime


def standing(findings: Iterable[Standing]) -> Standing | None:
    """Return the finding that stands: the latest, whatever the order of arrival; ids tell equal instants apart."""
    return max(findings, key=lambda one: (one.at, one.finding.bytes), default=None)


def finding_fault(finding: FindingSeen) -> str:
    """Return the code of what is wrong with a finding, empty when it can be kept."""
    if len(finding.note) > NOTE_MOST or len(finding.words) > WORDS_MOST:
        return "lists.note_too_long"
    return ""


def outcome_along(same_list: bool, outcome: str) -> str:
    """Return what a finding says about another row of the same person: a repetition, or the same in another list."""
    return Outcome.DUPLICATE if same_list else outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ListHead:
    """What is known of a list as a whole. ``layout`` is the sealed sheet around its rows."""

    id: UUID
    area: int
    name: str
    source: str
    basis: str
    deadline: datetime
    as_of: date
    period_days: int
    risk_areas: tuple[str, ...]
    file_name: str
    digest: bytes
    layout: bytes
    dropped: tuple[str, ...]
    reports: list[list[object]]
    total: int


def head_fault(head: ListHead) -> tuple[str, dict[str, object]] | None:
    """Return code and facts of what is wrong with a list's particulars, None when they will do."""
    for text, most in ((head.name, NAME_MOST), (head.source, SOURCE_MOST), (head.basis, BASIS_MOST)):
        if len(text) > most:
            return "lists.text_too_long", {"limit": most}
    if not head.name.strip() or not head.source.strip():
        return "lists.head_missing", {}
    if not 1 <= head.period_days <= PERIOD_MOST:
        return "lists.period_wrong", {"limit": PERIOD_MOST}
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A row of a list as it is kept: what was read and what stood in its cells, both sealed; whom it matches; where
    it is dealt to.
    """

    id: UUID
    sheet: str
    row: int
    sealed: bytes
    original: bytes
    person: bytes | None
    resident: UUID | None
    match: str
    differs: tuple[str, ...]
    proposal: str
    codes: tuple[tuple[str | None, str], ...]
    path: str
    grid_path: str
