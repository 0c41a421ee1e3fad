"""Two rows, one person? Certain by document or by door and name; doubtful cases are asked; never guessed.

The rules are those of ``rosters/README.md`` among the test data, section "Rules behind pairs". Work grows with the
number of rows, not of pairs: only rows that share a number, a door and name, or a name and birth are compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any


class Verdict(StrEnum):
    """What is proposed for two rows."""

    SAME = "same"
    ASK = "ask"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Subject:
    """A person as the matcher sees them.

    ``number`` is a good document number; ``doubtful`` one as it was written, not to be relied on; ``partial`` the
    first digits of a number that was cut off. ``door`` is any key that is equal for one door only.
    """

    name: str = ""
    number: str = ""
    doubtful: str = ""
    partial: str = ""
    birth: date | None = None
    sex: str = ""
    door: str = ""


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict, why, and how likely the two are one, from 0 to 1."""

    verdict: Verdict
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What a row was found to be: somebody seen before (``same``), or whom it must be asked about, the likeliest first.

    Positions count the known people first, then the rows. Without either the row is somebody new.
    """

    same: int | None = None
    reason: str = ""
    asks: tuple[int, ...] = ()
    score: float = 0.0


APART = Judged(Verdict.DIFFERENT, "", 0.0)
OTHER_NUMBER = Judged(Verdict.DIFFERENT, "other_number", 0.0)
SAME_NUMBER = Judged(Verdict.SAME, "duplicate_same_id", 1.0)
SAME_DOOR = Judged(Verdict.SAME, "duplicate_merged", 0.97)
ONE_DIGIT = Judged(Verdict.ASK, "id_one_digit", 0.85)
OTHER_NAME = Judged(Verdict.ASK, "same_id_other_name", 0.7)
DOUBTFUL_NUMBERS = Judged(Verdict.ASK, "same_door_same_name", 0.6)
SAME_BIRTH = Judged(Verdict.ASK, "same_name_same_birth", 0.5)


def compare(first: Subject, second: Subject) -> Judged:
    """Judge whether two rows are one person."""
    names_agree = bool(first.name) and plain_name(first.name) == plain_name(second.name)
    doors_agree = bool(first.door) and first.door == second.door
    if first.number and second.number:
        if first.number != second.number:
            return OTHER_NUMBER
        return SAME_NUMBER if names_agree or not (first.name and second.name) else OTHER_NAME
    one, other = first.number or first.doubtful, second.number or second.doubtful
    if one and other:
        return _doubtful(one, other, names_agree=names_agree, doors_agree=doors_agree)
    if not names_agree or _contradict(first, second):
        return APART
    if doors_agree:
        return SAME_DOOR
    return SAME_BIRTH if first.birth is not None and first.birth == second.birth else APART


def _doubtful(one: str, other: str, *, names_agree: bool, doors_agree: bool) -> Judged:
    """Judge two numbers of which at least one is doubtful."""
    if one == other and names_agree:
        return SAME_DOOR if doors_agree else ONE_DIGIT
    if (one == other or one_sign_apart(one, other)) and (names_agree or doors_agree):
        return ONE_DIGIT
    return DOUBTFUL_NUMBERS if names_agree and doors_agree else APART


def _contradict(first: Subject, second: Subject) -> bool:
    """Tell whether birth, sex or what is left of a cut number speak against one person."""
    if None not in (first.birth, second.birth) and first.birth != second.birth:
        return True
    if first.sex and second.sex and first.sex != second.sex:
        return True
    one, other = first.number or first.partial, second.number or second.partial
    length = min(len(one), len(other), 15)
    return one[:length] != other[:length]


def one_sign_apart(one: str, other: str) -> bool:
    """Tell whether two numbers of one length differ in exactly one place."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


@lru_cache(maxsize=50_000)
def plain_name(name: str) -> str:
    """Return a name without blanks, in lower case, with traditional characters turned into simplified ones."""
    bare = "".join(name.split()).casefold()
    try:
        bare.encode("gb2312")
    except UnicodeEncodeError:
        return str(_simplify().convert(bare))
    return bare


@lru_cache(maxsize=1)
def _simplify() -> Any:
    from opencc import OpenCC  # its tables are loaded only where a name needs them

    return OpenCC("t2s")


Key = tuple[str, ...]


@dataclass(slots=True)
class _Pool:
    """The people seen so far, found by what they share with a row: each key begins with what kind it is."""

    people: dict[int, Subject] = field(default_factory=dict)
    index: dict[Key, list[int]] = field(default_factory=dict)

    def add(self, at: int, one: Subject) -> None:
        """Put somebody into the pool, or put more about somebody who is there."""
        known = _keys(self.people[at]) if at in self.people else set()
        self.people[at] = one
        for key in _keys(one) - known:
            self.index.setdefault(key, []).append(at)

    def near(self, one: Subject) -> list[int]:
        """Return everybody who could be the person, in the order in which they were seen."""
        return sorted({at for key in _wanted(one) for at in self.index.get(key, ())})


def _shared(one: Subject) -> list[Key]:
    """Return the keys under which somebody stands and is looked for."""
    name = plain_name(one.name)
    keys: list[Key] = [("number", one.number)] if one.number else []
    if name and one.door:
        keys.append(("door and name", one.door, name))
    if name and one.birth is not None:
        keys.append(("name and birth", name, one.birth.isoformat()))
    return keys


def _sides(one: Subject) -> list[Key]:
    return [key for key in (("name", plain_name(one.name)), ("door", one.door)) if key[1]]


def _keys(one: Subject) -> set[Key]:
    """Return the keys under which somebody stands; numbers one sign apart are found by name or door."""
    keys = set(_shared(one))
    if one.number or one.doubtful:
        keys.update(("numbered", *side) for side in _sides(one))
    if one.doubtful:
        keys.update(("doubtful", *side) for side in _sides(one))
    return keys


def _wanted(one: Subject) -> list[Key]:
    """Return the keys under which somebody is looked for; only a doubtful number is held against all of a name."""
    kind = "numbered" if one.doubtful else "doubtful"
    return _shared(one) + ([(kind, *side) for side in _sides(one)] if one.number or one.doubtful else [])


def match_rows(known: Sequence[Subject], rows: Iterable[Subject]) -> list[Found]:
    """Return for each row, in order, whom it was found to be among the known people and the rows before it.

    A row that must be asked about is not somebody for later rows. Nothing depends on anything but the arguments.
    """
    pool = _Pool()
    for at, one in enumerate(known):
        pool.add(at, one)
    found: list[Found] = []
    for at, one in enumerate(rows, start=len(known)):
        result = _find(pool, one)
        found.append(result)
        if result.same is not None:
            pool.add(result.same, _joined(pool.people[result.same], one))
        elif not result.asks:
            pool.add(at, one)
    return found


def _find(pool: _Pool, one: Subject) -> Found:
    judged = [(compare(pool.people[at], one), at) for at in pool.near(one)]
    same = [(-judge.score, at, judge.reason) for judge, at in judged if judge.verdict == Verdict.SAME]
    asks = sorted((-judge.score, at, judge.reason) for judge, at in judged if judge.verdict == Verdict.ASK)
    by_number = [item for item in same if item[2] == SAME_NUMBER.reason]
    # Somebody at this door has the name, but the number is another's: that is for a person to look at.
    taken = any(reason == OTHER_NAME.reason for _, _, reason in asks)
    if by_number or (same and not taken):
        _, at, reason = min(by_number or same)
        return Found(same=at, reason=reason, score=1.0)
    if asks:
        return Found(reason=asks[0][2], asks=tuple(at for _, at, _ in asks), score=-asks[0][0])
    return Found()


def _joined(first: Subject, second: Subject) -> Subject:
    """Return the first with what only the second tells."""
    return replace(
        first,
        name=first.name or second.name,
        number=first.number or second.number,
        doubtful="" if second.number else first.doubtful or second.doubtful,
        partial=first.partial or second.partial,
        birth=first.birth or second.birth,
        sex=first.sex or second.sex,
        door=first.door or second.door,
    )
