"""Finding whom a row could be without comparing it with everybody.

Each row stands under a few keys, and is compared with those under the same ones. A key that many share proves little
and costs much: of such a block only the first are looked at, so that work grows with the rows and not with pairs. A
good document number is never too common, as rows with it are one person.
"""

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations

from wangge.planning.matching.spelling import plain_name, sound_of
from wangge.planning.matching.subjects import Subject

MOST = 40
"""So many of one block are looked at."""

CUTS = ((0, 6), (6, 12), (12, 18))
"""Of a number with one wrong sign two of three parts are right, and of one with two signs swapped at least one pair."""


Key = tuple[Hashable, ...]


@dataclass(slots=True)
class Pool:
    """The people seen so far by what they share with a row: a block is one position, or a list of them."""

    slips: frozenset[str] = frozenset()
    people: dict[int, Subject] = field(default_factory=dict)
    blocks: dict[int, int | list[int]] = field(default_factory=dict)

    def add(self, at: int, one: Subject) -> None:
        """Put somebody into the pool, or put more about somebody who is there."""
        before = self.people.get(at)
        known = set(self._keys(before)) if before else set()
        self.people[at] = one
        for key in set(self._keys(one)) - known:
            self._put(hash(key), at)

    def _put(self, key: int, at: int) -> None:
        block = self.blocks.get(key)
        if block is None:
            self.blocks[key] = at
        elif isinstance(block, int):
            self.blocks[key] = [block, at]
        else:
            block.append(at)

    def with_number(self, number: str) -> list[int]:
        """Return everybody with a good number, in the order in which they were seen."""
        block = self.blocks.get(hash(("number", number)), [])
        return [block] if isinstance(block, int) else block

    def near(self, one: Subject) -> list[int]:
        """Return everybody who could be the person, in the order in which they were seen."""
        found: set[int] = set()
        for key in self._keys(one):
            block = self.blocks.get(hash(key))
            if block is None:
                continue
            if isinstance(block, int):
                found.add(block)
            else:
                found.update(block if key[0] == "number" else block[:MOST])
        return sorted(found)

    def _keys(self, one: Subject) -> Iterator[Key]:
        """Yield the keys of somebody; numbers with one wrong sign find each other within a name and within a door."""
        yield from keys_of(one)
        number = one.number or one.doubtful
        if number and self.slips:
            for side in _sides(one):
                if side in self.slips:
                    yield from ((side, *parts) for parts in _parts(number))


def keys_of(one: Subject) -> Iterator[Key]:
    """Yield the keys under which somebody stands and is looked for."""
    if one.number:
        yield ("number", one.number)
    sound = sound_of(one.name) if one.name else ""
    if one.door:
        if sound:
            yield ("door and sound", one.door, sound)
        if one.birth is not None:
            yield ("door and birth", one.door, one.birth)
    if sound:
        if one.birth is not None:
            yield ("sound and birth", sound, one.birth)
        for phone in one.phones:
            yield ("sound and phone", sound, phone)


def slips_of(*lists: Iterable[Subject]) -> frozenset[str]:
    """Return the names and doors of everybody whose number is doubtful: only there is a number held against it."""
    sides = (side for part in lists for one in part if one.doubtful for side in _sides(one))
    return frozenset(sides)


def _sides(one: Subject) -> Iterator[str]:
    if one.name:
        yield plain_name(one.name)
    if one.door:
        yield f"@{one.door}"


def _parts(number: str) -> Iterator[Key]:
    parts = [(at, number[start:end]) for at, (start, end) in enumerate(CUTS)]
    for first, second in combinations(parts, 2):
        yield (*first, *second)
