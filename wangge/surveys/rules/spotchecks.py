"""Spot checks: which doors are looked at again, by whom, and how far the two agree. Pure decisions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from wangge.surveys.rules.answers import is_known, same_answer

MOST_AT_ONCE = 500
SHARE_MOST = 100
NOTE_MOST = 200


@dataclass(frozen=True, slots=True)
class DoneDoor:
    """A door that was done in a round: who went there, and where it lies."""

    household: UUID
    visit: UUID
    worker: UUID
    path: str


def how_many(doors: int, *, share: int) -> int:
    """Return how many doors a share in hundredths is, rounded up."""
    return -(-doors * share // 100)


def draw(doors: Iterable[DoneDoor], number: int, *, seed: str) -> list[DoneDoor]:
    """Draw doors by lot, the same for the same seed, every worker's in turn so that nobody is left out.

    The lot of a door is the SHA-256 of seed and door: it does not hang on how many others there are.
    """
    by_worker: dict[UUID, list[DoneDoor]] = defaultdict(list)
    for one in doors:
        by_worker[one.worker].append(one)
    piles = [sorted(pile, key=lambda one: _lot(seed, one.household), reverse=True) for pile in by_worker.values()]
    piles.sort(key=lambda pile: _lot(seed, pile[0].worker))
    drawn: list[DoneDoor] = []
    while len(drawn) < number and any(piles):
        drawn += [pile.pop() for pile in piles if pile][: number - len(drawn)]
    return drawn


def _lot(seed: str, what: UUID) -> bytes:
    return sha256(f"{seed}|{what}".encode()).digest()


def give_out(drawn: Sequence[DoneDoor], checkers: Mapping[str, Sequence[UUID]]) -> dict[UUID, UUID | None]:
    """Return who looks at each door again: never who was there, whoever has the least to do; None without anybody.

    ``checkers`` names those who may go, by the path of a door.
    """
    load: dict[UUID, int] = defaultdict(int)
    given: dict[UUID, UUID | None] = {}
    for one in drawn:
        free = [who for who in checkers.get(one.path, ()) if who != one.worker]
        chosen = min(free, key=lambda who: (load[who], who.bytes), default=None)
        if chosen is not None:
            load[chosen] += 1
        given[one.household] = chosen
    return given


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a check agrees with what was found before: answers compared and equal, and whether all agree."""

    compared: int
    equal: int
    agrees: bool


def agreement(before: Mapping[Any, Any], again: Mapping[Any, Any], *, state_before: str, state_again: str) -> Agreement:
    """Compare two fillings answer by answer; what one of them does not know is not compared.

    A door agrees when it was found in the same state and no answer differs.
    """
    both = [key for key in again if is_known(again[key]) and is_known(before.get(key))]
    equal = sum(same_answer(before[key], again[key]) for key in both)
    same_state = state_before == state_again
    return Agreement(len(both), equal, same_state and equal == len(both))
