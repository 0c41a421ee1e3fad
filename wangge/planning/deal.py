"""Giving buildings to workers: proposals that keep walks short and loads even."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Load:
    """Something to be given away as a whole: its key, how many doors are due in it, where it lies if that is known."""

    key: int
    doors: int
    at: Place | None = None


@dataclass(frozen=True, slots=True)
class Carrier:
    """Somebody who has doors already: how many, and where the buildings lie that they are in."""

    doors: int
    places: tuple[Place, ...] = ()


# A walk that is at most a tenth longer for the busiest worker is worth neighbouring buildings.
WORTH_OF_NEIGHBOURS = 1.1
# A building may go to a neighbour who then has a twentieth more than everybody's even part.
WORTH_OF_NEARNESS = 1.05
HILBERT_ORDER = 16


def deal_evenly(loads: Sequence[Load], hands: int) -> list[list[int]]:
    """Propose which keys each of ``hands`` workers gets, in the order of ``loads`` (the walking order).

    Neighbouring buildings stay together when the busiest worker then has at most a tenth more doors than under the
    evenest split known (longest processing time first, Graham 1969); else that split is proposed. Each key is given
    once. Where places are known, the walk goes along a Hilbert curve, on which neighbours stay near each other.
    ``ValueError`` without a worker.
    """
    if hands < 1:
        raise ValueError("there must be somebody to give to")
    walk = along_the_walk(loads)
    doors = {load.key: load.doors for load in walk}

    def busiest(shares: list[list[int]]) -> int:
        return max(sum(doors[key] for key in share) for share in shares)

    together, even = _in_walking_order(walk, hands), _longest_first(walk, hands)
    return together if busiest(together) <= WORTH_OF_NEIGHBOURS * busiest(even) else even


def hand_on(loads: Sequence[Load], carriers: Sequence[Carrier]) -> list[list[int]]:
    """Propose who takes over which keys from somebody who cannot go on, so that all end with about as many doors.

    Everybody keeps what they have; the largest building goes first, to the nearest of those who have room for it.
    ``ValueError`` without a carrier.
    """
    if not carriers:
        raise ValueError("there must be somebody to give to")
    carried = [one.doors for one in carriers]
    places = [list(one.places) for one in carriers]
    even = WORTH_OF_NEARNESS * (sum(carried) + sum(load.doors for load in loads)) / len(carriers)
    shares: list[list[int]] = [[] for _ in carriers]
    for load in sorted(loads, key=lambda load: -load.doors):
        least = min(carried)
        room = [n for n, doors in enumerate(carried) if doors + load.doors <= even or doors == least]
        ranked = [(_distance(load.at, places[n]), carried[n], n) for n in room]
        hand = min(ranked)[2]
        shares[hand].append(load.key)
        carried[hand] += load.doors
        if load.at is not None:
            places[hand].append(load.at)
    return shares


def _distance(at: Place | None, places: Sequence[Place]) -> float:
    """Return the square of how far the nearest of some places lies; endless where nothing is known."""
    if at is None or not places:
        return float("inf")
    return min((x - at[0]) ** 2 + (y - at[1]) ** 2 for x, y in places)


def along_the_walk(loads: Sequence[Load]) -> Sequence[Load]:
    """Return the loads in the order of walking: as given, or along a Hilbert curve where places are known.

    One without a place goes with the one before it.
    """
    known = [load.at for load in loads if load.at is not None]
    if len(known) < 2:
        return loads
    left, low = min(x for x, _ in known), min(y for _, y in known)
    side = max(max(x for x, _ in known) - left, max(y for _, y in known) - low) or 1.0
    scale = (2**HILBERT_ORDER - 1) / side
    far: list[int] = []
    for load in loads:
        if load.at is None:
            far.append(far[-1] if far else 0)
        else:
            far.append(hilbert(int((load.at[0] - left) * scale), int((load.at[1] - low) * scale)))
    return [loads[n] for n in sorted(range(len(loads)), key=lambda n: (far[n], n))]


def hilbert(x: int, y: int) -> int:
    """Return how far along the Hilbert curve of order 16 a cell of the square lies (Hilbert 1891)."""
    far = 0
    half = 2 ** (HILBERT_ORDER - 1)
    while half:
        right, upper = int(bool(x & half)), int(bool(y & half))
        far += half * half * ((3 * right) ^ upper)
        if not upper:
            if right:
                x, y = 2**HILBERT_ORDER - 1 - x, 2**HILBERT_ORDER - 1 - y
            x, y = y, x
        half //= 2
    return far


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
