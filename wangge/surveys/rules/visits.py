"""What a knock at a door means: pure decisions about visits and the state of a door on a day."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID


class DoorState(StrEnum):
    """What the worker found at the door."""

    DONE = "done"
    NOBODY_HOME = "nobody_home"
    REFUSED = "refused"
    VACANT = "vacant"
    MOVED_AWAY = "moved_away"
    GATE_LOCKED = "gate_locked"
    REVISIT = "revisit"


CLOSED_STATES = frozenset({DoorState.DONE, DoorState.VACANT, DoorState.MOVED_AWAY})
COME_AGAIN = frozenset({DoorState.NOBODY_HOME, DoorState.GATE_LOCKED, DoorState.REVISIT})

VISITS = "visits"
PERSON_TIMES = "person_times"
PERSONS_SEEN = "persons_seen"
DOORS_DONE = "doors_done"
DOORS_REFUSED = "doors_refused"
DOORS_AGAIN = "doors_again"


def is_closed(state: str | None) -> bool:
    """Tell whether nothing is left to do at a door in that state today."""
    return state in CLOSED_STATES


@dataclass(frozen=True, slots=True)
class Knock:
    """The terms of one visit on which the state of its door hangs; ``path`` is the tally path it counts in."""

    visit: UUID
    at: datetime
    state: str
    path: str


def standing(knocks: Iterable[Knock]) -> Knock | None:
    """Return the visit that stands for a door on a day: the latest, whatever the order of arrival.

    Two visits at the same instant are told apart by their ids, so that every replay agrees.
    """
    return max(knocks, key=lambda knock: (knock.at, knock.visit.bytes), default=None)


def door_counts(knock: Knock | None) -> Counter[tuple[str, str]]:
    """Return what a door's standing visit adds to (counter, tally path) on its day."""
    counts: Counter[tuple[str, str]] = Counter()
    if knock is None:
        return counts
    if is_closed(knock.state):
        counts[DOORS_DONE, knock.path] += 1
    elif knock.state == DoorState.REFUSED:
        counts[DOORS_REFUSED, knock.path] += 1
    else:
        counts[DOORS_AGAIN, knock.path] += 1
    return counts


def door_difference(old: Knock | None, new: Knock | None) -> Counter[tuple[str, str]]:
    """Return ``counts(new) - counts(old)`` without zeros: what a correction posts to the old day."""
    difference = door_counts(new)
    difference.subtract(door_counts(old))
    return Counter({key: value for key, value in difference.items() if value})


@dataclass(frozen=True, slots=True)
class VisitSeen:
    """One visit as a worker reports it.

    ``id`` is made where the visit is made; ``at`` is when it happened (aware); ``seen`` are the residents met;
    ``revisit_at`` is when the worker means to come again; ``worker`` is who went, when somebody else records it.
    """

    id: UUID
    household: UUID
    state: DoorState
    at: datetime
    seen: tuple[UUID, ...] = ()
    remarks: str = ""
    revisit_at: datetime | None = None
    worker: UUID | None = None


@dataclass(frozen=True, slots=True)
class VisitOutcome:
    """What became of one reported visit: ``applied``, ``superseded`` (kept, a later visit stands), ``again``
    (the same id was known), ``rejected`` or ``forbidden`` with a code.
    """

    id: UUID
    outcome: str
    code: str = ""


REMARKS_LIMIT = 500
BATCH_LIMIT = 500


def visit_fault(visit: VisitSeen) -> str:
    """Return the code of what is wrong with a reported visit, empty when it can be kept."""
    if len(visit.remarks) > REMARKS_LIMIT:
        return "surveys.remarks_too_long"
    if visit.revisit_at is not None and visit.revisit_at <= visit.at:
        return "surveys.revisit_before_visit"
    return ""


QUARTER_SECONDS = 900
BY_QUARTER = frozenset({VISITS, DOORS_DONE, DOORS_REFUSED})
"""The counters that are kept by quarters of an hour too."""
QUARTERS_SHOWN = 4
"""The last hour is the quarter that runs and the four before it: 60 to 75 minutes."""
QUARTERS_KEPT = 2 * 24 * 4


def quarter_of(at: datetime) -> int:
    """Return the quarters of an hour since 1970 of an instant, rounded down."""
    return int(at.timestamp() // QUARTER_SECONDS)


def quarter_began(quarter: int) -> datetime:
    """Return the instant at which a quarter of an hour begins."""
    return datetime.fromtimestamp(quarter * QUARTER_SECONDS, UTC)
