"""Giving buildings to workers: proposals that keep walks short and loads even."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Load:
    """Something to be given away as a whole: its key and how many doors are due in it."""

    key: int
    doors: int


# A walk that is at most a tenth longer for the busiest worker is worth neighbouring buildings.
WORTH_OF_NEIGHBOURS = 1.1


def deal_evenly(loads: Sequence[Load], hands: int) -> list[list[int]]:
    """Propose which keys each of ``hands`` workers gets, in the order of ``loads`` (the walking order).

    Neighbouring buildings stay together when the busiest worker then has at most a tenth more doors than under the
    evenest split known (longest processing time first, Graham 1969); else that split is proposed. Each key is given
    once. ``ValueError`` without a worker.
    """
    if hands < 1:
        raise ValueError("there must be somebody to give to")
    doors = {load.key: load.doors for load in loads}

    def busiest(shares: list[list[int]]) -> int:
        return max(sum(doors[key] for key in share) for share in shares)

    together, even = _in_walking_order(loads, hands), _longest_first(loads, hands)
    return together if busiest(together) <= WORTH_OF_NEIGHBOURS * busiest(even) else even


def _in_walking_order(loads: Sequence[Load], hands: int) -> list[list[int]]:
    """Cut the walk into at most ``hands`` stretches whose largest is as small as can be."""
    low = max((load.doors for load in loads), default=0)
    high = sum(load.doors for load in loads)
    while low < high:
        middle = (low + high) // 2
        if len(_stretches(loads, middle)) <= hands:
            high = middle
        else:
            low = middle + 1
    shares = _stretches(loads, low)
    # Spread what is left over: the largest stretch of several buildings is cut until everybody has something.
    doors = {load.key: load.doors for load in loads}
    while len(shares) < hands:
        widest = max(
            (share for share in shares if len(share) > 1), key=lambda s: sum(doors[k] for k in s), default=None
        )
        if widest is None:
            break
        at = shares.index(widest)
        shares[at : at + 1] = [widest[: len(widest) // 2], widest[len(widest) // 2 :]]
    return shares + [[] for _ in range(hands - len(shares))]


def _stretches(loads: Sequence[Load], most: int) -> list[list[int]]:
    """Cut the walk greedily into stretches of at most ``most`` doors."""
    shares: list[list[int]] = []
    carried = 0
    for load in loads:
        if not shares or carried + load.doors > most:
            shares.append([])
            carried = 0
        shares[-1].append(load.key)
        carried += load.doors
    return shares


def _longest_first(loads: Sequence[Load], hands: int) -> list[list[int]]:
    """Give the largest building that is left to the worker with the fewest doors; shares keep the walking order."""
    order = {load.key: at for at, load in enumerate(loads)}
    free = [(0, 0, hand) for hand in range(hands)]
    shares: list[list[int]] = [[] for _ in range(hands)]
    for load in sorted(loads, key=lambda load: (-load.doors, order[load.key])):
        carried, count, hand = heapq.heappop(free)
        shares[hand].append(load.key)
        heapq.heappush(free, (carried + load.doors, count + 1, hand))
    return [sorted(share, key=order.__getitem__) for share in shares]
