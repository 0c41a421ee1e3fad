"""The plain profile: records of any columns, compared as text, for lists that are not about people in China.

The same method as for residents (``evidence``), with nothing known of what a column means. A value agreed on weighs by
how rare it is in the lists; one that is nearly the same weighs by how often two records drawn by chance come that near
in the column; values that stand in each other's columns are seen. How often a column of one thing agrees is learnt from
the lists: from the likeliest pairs under first guesses. Columns are taken as independent of each other, so choose those
that tell records apart. Candidates are found by the rare values that they share: a value that many have
counts only together with that of another column, so that work grows with the records and not with pairs.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import log2
from random import Random

from wangge.planning.matching.evidence import probability, weight
from wangge.planning.matching.spelling import distance
from wangge.planning.matching.subjects import Pair, Verdict

Record = tuple[str, ...]
SAME_FROM, ASK_FROM = 0.95, 0.5
EQUAL, CLOSE, OTHER = 0.8, 0.12, 0.08
"""How values of one thing agree: the first guess for every column."""
GUESSED = 20
"""The guess counts for so many pairs beside those that a column is learnt from."""
SURE, LEARNT_FROM = 0.999, 1500
TURNED = 0.03
"""How often two values of one thing stand in each other's columns."""
REPEATED = 0.5
MOST_SHARING = 30
MOST_CANDIDATES = 12
DRAWN = 3000
ENOUGH = 0.75
"""What two records must share, as a part of what tells one record among all of them."""


def plain_value(text: str) -> str:
    """Return a value as it is compared: in lower case, its blanks made single."""
    return " ".join(text.casefold().split())


def close(one: str, other: str) -> bool:
    """Tell whether two values are nearly the same: a sign other in four, blanks apart, the words turned round."""
    first, second = one.replace(" ", ""), other.replace(" ", "")
    longest = max(len(first), len(second))
    most = max(1, longest // 4)
    may_be = longest >= 3 and len(set(first) ^ set(second)) <= 2 * most  # quick: each change touches two signs at most
    if may_be and distance(first, second, most) <= most:
        return True
    return min(len(first), len(second)) >= 4 and sorted(one.split()) == sorted(other.split())


def alike(first: Sequence[Record], second: Sequence[Record] | None = None) -> list[Pair]:
    """Return the pairs that are one record or may be, of two lists or within one."""
    if not first:
        return []
    records = [*first, *(second or ())]
    lists = _Lists(records, len(first) if second is not None else 0)
    lists.learn()
    found = []
    for at in range(lists.divide, len(records)):
        for other in lists.candidates(at):
            chance = probability(lists.bits(records[other], records[at]))
            if chance >= ASK_FROM:
                verdict = Verdict.SAME if chance >= SAME_FROM else Verdict.ASK
                found.append(Pair(other, at - lists.divide, chance, verdict, "alike"))
    return found


@dataclass(slots=True)
class _Lists:
    """Records with how common their values are; from ``divide`` on they are the second list, with 0 there is one."""

    records: list[Record]
    divide: int
    common: list[Counter[str]] = field(default_factory=list)
    chances: list[float] = field(default_factory=list)
    agreeing: list[tuple[float, float, float]] = field(default_factory=list)
    blocks: dict[int, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.common = [Counter(values) for values in zip(*self.records, strict=True)]
        self.chances = [self._chance(column) for column in range(len(self.common))]
        self.agreeing = [(EQUAL, CLOSE, OTHER)] * len(self.common)
        for at in range(self.divide or len(self.records)):
            for key, _told in self._keys(self.records[at]):
                self.blocks.setdefault(key, []).append(at)

    def _chance(self, column: int) -> float:
        """Return how often two records drawn by chance are close in a column without being equal."""
        values = [value for record in self.records if (value := record[column])]
        if not values:
            return 1.0
        draw = Random(0)  # noqa: S311  (a sample, nothing secret; the same for the same lists)
        pairs = ((draw.choice(values), draw.choice(values)) for _ in range(DRAWN))
        return (1 + sum(one != other and close(one, other) for one, other in pairs)) / DRAWN

    def learn(self) -> None:
        """Learn from the likeliest pairs how often each column of one thing is equal, close, or other."""
        seen = [[GUESSED * guess for guess in (EQUAL, CLOSE, OTHER)] for _ in self.common]
        step = max(1, (len(self.records) - self.divide) // LEARNT_FROM)
        for at in range(self.divide, len(self.records), step):
            for before in self.candidates(at)[:1]:
                one, other = self.records[before], self.records[at]
                if probability(self.bits(one, other)) >= SURE:
                    for column, (value, second) in enumerate(zip(one, other, strict=True)):
                        if value and second:
                            seen[column][0 if value == second else 1 if close(value, second) else 2] += 1
        shares = ([count / sum(column) for count in column] for column in seen)
        self.agreeing = [(equal, near, far) for equal, near, far in shares]

    def _keys(self, record: Record) -> Iterator[tuple[int, float]]:
        """Yield the keys of a record and what sharing one tells; common values count only together with another."""
        everybody = len(self.records)
        for column, value in enumerate(record):
            shared = self.common[column][value]
            if not value or shared <= MOST_SHARING:
                if value:
                    yield hash(value), log2(everybody / shared)
                continue
            for beside in range(len(record)):
                if beside != column and record[beside]:
                    yield hash((column, value, beside, record[beside])), log2(everybody / shared)

    def candidates(self, at: int) -> list[int]:
        """Return the records before one, or of the other list, that share most with it."""
        shared: defaultdict[int, float] = defaultdict(float)
        for key, told in self._keys(self.records[at]):
            block = self.blocks.get(key, ())
            if len(block) <= 2 * MOST_SHARING:
                for other in block:
                    shared[other] += told
        least = ENOUGH * log2(len(self.records))
        may_be = [(-told, other) for other, told in shared.items() if told >= least and (self.divide or other < at)]
        return [other for _, other in sorted(may_be)[:MOST_CANDIDATES]]

    def bits(self, one: Record, other: Record) -> float:
        """Return the evidence that two records are one, in bits, with the odds before they were looked at."""
        told = weight(REPEATED, len(self.records))
        unlike = []
        for column, (value, second) in enumerate(zip(one, other, strict=True)):
            if not (value and second):
                continue
            if value == second:
                told += weight(self.agreeing[column][0], self.common[column][value] / len(self.records))
            elif close(value, second):
                told += weight(self.agreeing[column][1], self.chances[column])
            else:
                unlike.append(column)
        return told + self._unlike(one, other, unlike)

    def _unlike(self, one: Record, other: Record, unlike: Sequence[int]) -> float:
        """Return what columns tell that differ; two that hold each other's values speak for one record."""
        told, left = 0.0, list(unlike)
        while left:
            column = left.pop()
            turned = next((to for to in left if _is_turned(one, other, column, to)), None)
            if turned is None:
                told += weight(self.agreeing[column][2], 1.0)
            else:
                left.remove(turned)
                shares = (self.common[column][one[column]] + 1) * (self.common[turned][one[turned]] + 1)
                told += weight(TURNED, shares / len(self.records) ** 2)
        return told


def _is_turned(one: Record, other: Record, column: int, to: int) -> bool:
    """Tell whether two columns hold each other's values, one of them to the sign."""
    there, back = one[column] == other[to], one[to] == other[column]
    return (there and (back or close(one[to], other[column]))) or (back and close(one[column], other[to]))
