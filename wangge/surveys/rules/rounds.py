"""Pure decisions about survey rounds: which visits belong to one, what stands at its doors, and what may be ordered."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from wangge.kernel.paths import contains
from wangge.surveys.rules.visits import COME_AGAIN, DoorState, is_closed

MANAGE = "round.manage"
READ_VERBS = ("board.read", "visit.read")

NAME_LIMIT = 80
TEXT_LIMIT = 200
LONGEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Span:
    """The terms of a round on which depends what belongs to it: its area and its days, and whether it is closed."""

    id: UUID
    path: str
    from_on: date
    until_on: date
    closed: bool = False

    def holds(self, day: date) -> bool:
        """Tell whether a visit that counts on this day belongs to the round."""
        return self.from_on <= day < self.until_on


@dataclass(frozen=True, slots=True)
class Home:
    """The terms of a household on which depends whether its door is due."""

    id: UUID
    path: str
    grid_path: str
    due: bool


@dataclass(frozen=True, slots=True)
class Knocked:
    """A visit that was not voided; ``at`` is the instant that counts, so that a clock that lies stands for nothing.

    ``claimed_on`` and ``claimed_at`` say when it was where that is too long ago to count then: sheets of paper that are
    keyed in later belong to the round of their days.
    """

    id: UUID
    household: UUID
    day: date
    at: datetime
    state: str
    revisit_at: datetime | None
    claimed_on: date | None = None
    claimed_at: datetime | None = None

    def at_in(self, span: Span) -> datetime | None:
        """Return the instant at which the visit stands in a round, None where it does not belong to it."""
        if span.holds(self.day):
            return self.at
        return self.claimed_at if self.claimed_on is not None and span.holds(self.claimed_on) else None


@dataclass(frozen=True, slots=True)
class Stand:
    """What stands at a door in a round: the visit, where it counts."""

    visit: UUID
    at: datetime
    state: str
    revisit_at: datetime | None
    path: str
    grid_path: str

    @property
    def hour(self) -> int:
        """The hours since 1970 of the visit, rounded down."""
        return int(self.at.timestamp() // 3600)


def belongs(span: Span, home: Home) -> bool:
    """Tell whether a household's door is due in a round."""
    return home.due and contains(span.path, home.path)


def stand(span: Span, home: Home, old: Stand | None, knocks: Iterable[Knocked]) -> Stand | None:
    """Return what stands at a door in a round: the latest visit of its days, whatever the order of arrival.

    A household that moves takes its state along inside the round and out of it. In a closed round doors stay where
    they stood; visits that come late or are voided change their state all the same.
    """
    stays = old is not None and span.closed
    if not stays and not belongs(span, home):
        return None
    own = [(at, one.id.bytes, one) for one in knocks if (at := one.at_in(span)) is not None]
    if not own:
        return None
    at, _, latest = max(own, key=lambda told: told[:2])
    where = (old.path, old.grid_path) if stays and old is not None else (home.path, home.grid_path)
    return Stand(latest.id, at, latest.state, latest.revisit_at, *where)


def differences(
    changes: Iterable[tuple[UUID, Stand | None, Stand | None]], community: Mapping[str, str]
) -> tuple[Counter[tuple[UUID, str, str]], Counter[tuple[UUID, str, int]]]:
    """Return what (round, old, new) change in the doors by (round, grid, state) and by (round, community, hour).

    ``community`` maps the tally path of a grid to its community's; one that is absent is its own.
    """
    doors: Counter[tuple[UUID, str, str]] = Counter()
    hours: Counter[tuple[UUID, str, int]] = Counter()
    for round_id, old, new in changes:
        for one, sign in ((old, -1), (new, 1)):
            if one is None:
                continue
            doors[round_id, one.grid_path, one.state] += sign
            if is_closed(one.state):
                hours[round_id, community.get(one.grid_path, one.grid_path), one.hour] += sign
    return _without_zeros(doors), _without_zeros(hours)


def _without_zeros(counted: Counter[Any]) -> Counter[Any]:
    return Counter({key: value for key, value in counted.items() if value})


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where a round stands: doors due, done, open, to come to again, refused, and how many stand in each state.

    Due is done plus open; a door where nobody has been is open.
    """

    due: int
    done: int
    open: int
    revisit: int
    refused: int
    by_state: Mapping[str, int]


def numbers(due: int, by_state: Mapping[str, int]) -> Numbers:
    """Add up the doors of a round by state."""
    held = {state: number for state, number in by_state.items() if number}
    done = sum(number for state, number in held.items() if is_closed(state))
    return Numbers(
        due=due,
        done=done,
        open=due - done,
        revisit=sum(number for state, number in held.items() if state in COME_AGAIN),
        refused=held.get(DoorState.REFUSED, 0),
        by_state=held,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundWish:
    """A round as somebody orders it; ``until_on`` is the first day that is no longer part of it."""

    name: str
    purpose: str
    basis: str
    from_on: date
    until_on: date
    deadline: datetime


def wish_fault(wish: RoundWish, *, begins_at: datetime) -> tuple[str, dict[str, Any]] | None:
    """Return the code and facts of what keeps a round from being started, None when it can be.

    ``begins_at`` is the instant at which its first day begins.
    """
    return _text_fault(wish) or _days_fault(wish, begins_at)


def _text_fault(wish: RoundWish) -> tuple[str, dict[str, Any]] | None:
    for code, text, most in (
        ("rounds.name_missing", wish.name, NAME_LIMIT),
        ("rounds.purpose_missing", wish.purpose, TEXT_LIMIT),
        ("rounds.basis_missing", wish.basis, TEXT_LIMIT),
    ):
        if not text.strip():
            return code, {}
        if len(text.strip()) > most:
            return "rounds.text_too_long", {"limit": most}
    return None


def _days_fault(wish: RoundWish, begins_at: datetime) -> tuple[str, dict[str, Any]] | None:
    if wish.until_on <= wish.from_on:
        return "rounds.days_reversed", {}
    if wish.until_on - wish.from_on > LONGEST:
        return "rounds.too_long", {"days": LONGEST.days}
    if wish.deadline < begins_at:
        return "rounds.deadline_early", {}
    return None
