"""The pairs of two lists, or within one, that are one or may be: people by the rules and weights, records plainly."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from wangge.planning.matching.persons import match_rows
from wangge.planning.matching.plain import Record, alike
from wangge.planning.matching.subjects import Found, Pair, Subject, Verdict

LARGEST = 50
"""Of more rows that are one, each is paired with the first only."""


def pair_people(first: Sequence[Subject], second: Sequence[Subject] | None = None) -> list[Pair]:
    """Return the pairs of two lists of people, or within one; of several rows that are one, every two are a pair."""
    own = match_rows([], first)
    groups = _groups(own)
    if second is None:
        asked = [(at, to, one) for to, one in enumerate(own) for at in one.asks]
        same = _within(groups.values(), {to: one.reason for to, one in enumerate(own)})
        return _sorted([*same, *(Pair(at, to, one.score, Verdict.ASK, one.reason) for at, to, one in asked)])
    found = match_rows(first, second)
    pairs: list[Pair] = []
    of = {at: members for members in groups.values() for at in members}
    for at, one in enumerate(found):
        named = one if one.same is None or one.same < len(first) else found[one.same - len(first)]
        if named.same is not None:
            pairs += [Pair(known, at, one.score, Verdict.SAME, one.reason) for known in of[named.same]]
        pairs += [Pair(known, at, one.score, Verdict.ASK, one.reason) for known in one.asks if known < len(first)]
    return _sorted(pairs)


def pair_records(first: Sequence[Record], second: Sequence[Record] | None = None) -> list[Pair]:
    """Return the pairs of two lists of records, or within one; of several that are one, every two are a pair."""
    pairs = alike(first, second)
    if second is not None:
        return _sorted(pairs)
    same = [pair for pair in pairs if pair.verdict == Verdict.SAME]
    known = {(pair.first, pair.second) for pair in same}
    more = [pair for pair in _within(_joined(same).values(), {}) if (pair.first, pair.second) not in known]
    joined = {(pair.first, pair.second) for pair in more}
    return _sorted([*more, *(pair for pair in pairs if (pair.first, pair.second) not in joined)])


def _groups(found: Sequence[Found]) -> dict[int, list[int]]:
    """Return the rows that are one, by the first of them."""
    groups: dict[int, list[int]] = {}
    for at, one in enumerate(found):
        groups.setdefault(at if one.same is None else one.same, []).append(at)
    return groups


def _joined(pairs: Sequence[Pair]) -> dict[int, list[int]]:
    """Return the records that pairs make one, by the first of them."""
    first: dict[int, int] = {}

    def find(at: int) -> int:
        while (above := first.setdefault(at, at)) != at:
            first[at] = at = first[above]
        return at

    for pair in pairs:
        one, other = sorted((find(pair.first), find(pair.second)))
        first[other] = one
    groups: dict[int, list[int]] = {}
    for at in sorted(first):
        groups.setdefault(find(at), []).append(at)
    return groups


def _within(groups: Iterable[list[int]], reasons: Mapping[int, str]) -> Iterator[Pair]:
    for members in groups:
        every = combinations(members, 2) if len(members) <= LARGEST else ((members[0], at) for at in members[1:])
        for one, other in every:
            yield Pair(one, other, 1.0, Verdict.SAME, reasons.get(other, "alike"))


def _sorted(pairs: list[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (pair.first, pair.second))
