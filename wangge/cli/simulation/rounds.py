"""A worker's day from door to door: when each is knocked at, and what is found there. Pure: people and chance only."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random
from uuid import UUID

from wangge.surveys.rules import COME_AGAIN, DoorState, VisitSeen

OUTCOMES = {
    "done": 800, "nobody_home": 125, "revisit": 42, "vacant": 10, "gate_locked": 9, "refused": 8, "moved_away": 3,
}  # fmt: skip
AGAIN = {"done": 720, "nobody_home": 240, "revisit": 20, "refused": 20}
"""What is found at a door for the first time, and in the evening where nobody opened; in thousandths."""
SKIPPED, COME_BACK, MET = 0.03, 0.75, 0.78
"""The shares of doors that are not reached, of those tried again, of members met."""
REMARKS = ("老人一人在家，约子女傍晚再问", "家中有宠物，门口登记", "住户上夜班，白天休息", "儿子周末回来", "电话可联系")
REMARKED = 0.03
WRONG_CLOCKS = 0.0004
MORNING, NOON, AFTERNOON, DUSK, EVENING = (
    timedelta(hours=hours) for hours in (8.5, 12.0, 14.0, 18.0, 19.0)
)  # fmt: skip
LONGEST_AT_A_DOOR = 240.0
MINUTES_AGAIN, LATEST = 3.0, 110.0
"""Minutes for a door in the evening, and how many the evening has."""


@dataclass(frozen=True, slots=True)
class Door:
    """A due door: its household, its path, who lives there now, and the login of its worker."""

    household: UUID
    path: str
    members: tuple[UUID, ...]
    worker: str


class Part(StrEnum):
    """A part of the day, after which a phone hands in what it has."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


Knocks = dict[Part, list[VisitSeen]]


@dataclass(frozen=True, slots=True)
class Walker:
    """A worker on one local day that begins at ``start``: walks from door to door, and again in the evening."""

    start: datetime
    random: Random
    new_id: Callable[[], UUID]

    def walk(self, doors: Sequence[Door]) -> Knocks:
        """Return the day's visits by part of the day, in the order in which they happen."""
        reached = [door for door in doors if self.random.random() >= SKIPPED]
        knocks: Knocks = {part: [] for part in Part}
        for door, at in zip(reached, self._times(len(reached)), strict=True):
            part = Part.MORNING if at < self.start + NOON else Part.AFTERNOON
            knocks[part].append(self.knock(door, at, OUTCOMES))
        again = [
            door
            for door, first in zip(reached, (*knocks[Part.MORNING], *knocks[Part.AFTERNOON]), strict=True)
            if first.state in COME_AGAIN and self.random.random() < COME_BACK
        ]
        step = min(MINUTES_AGAIN, LATEST / max(1, len(again)))
        for turn, door in enumerate(again):
            since = EVENING + timedelta(minutes=step * (turn + 0.6 * self.random.random()))
            knocks[Part.EVENING].append(self.knock(door, self.start + since, AGAIN))
        return knocks

    def _times(self, number: int) -> Iterator[datetime]:
        """Yield when each door's turn comes, the rest at noon left out."""
        hours = (NOON - MORNING) + (DUSK - AFTERNOON)
        step = min(LONGEST_AT_A_DOOR, hours.total_seconds() / max(1, number))
        for at in range(number):
            worked = timedelta(seconds=step * (at + 0.8 * self.random.random()))
            since = MORNING + worked if worked < NOON - MORNING else AFTERNOON + worked - (NOON - MORNING)
            yield self.start + since

    def knock(self, door: Door, at: datetime, outcomes: dict[str, int]) -> VisitSeen:
        """Return one visit; a phone whose clock is wrong claims a time that cannot be."""
        random = self.random
        state = DoorState(random.choices(tuple(outcomes), tuple(outcomes.values()))[0])
        seen: tuple[UUID, ...] = ()
        if state == DoorState.DONE and door.members:
            seen = tuple(one for one in door.members if random.random() < MET) or (random.choice(door.members),)
        at = at.replace(microsecond=0)
        again = self.start + EVENING + timedelta(minutes=random.randrange(90)) if state in COME_AGAIN else None
        visit = VisitSeen(
            id=self.new_id(),
            household=door.household,
            state=state,
            at=at,
            seen=seen,
            remarks=random.choice(REMARKS) if random.random() < REMARKED else "",
            revisit_at=again if again and again > at else None,
        )
        return visit if random.random() >= WRONG_CLOCKS else self._mistaken(visit)

    def _mistaken(self, visit: VisitSeen) -> VisitSeen:
        """Return the visit as a phone that was reset, or set ahead, tells it."""
        wrong = timedelta(days=18_000) if self.random.random() < 0.5 else -timedelta(days=400)
        return replace(visit, at=visit.at - wrong, revisit_at=None)
