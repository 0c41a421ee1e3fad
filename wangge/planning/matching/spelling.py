"""How alike two written things are: names in characters and in letters, days, numbers.

Names in characters are compared by sign, by sound (pinyin without tones, with the sounds that dialects and input
methods mix up folded into one) and by shape. Readings come from pypinyin, which is loaded
only where a name needs it, and asked once for each character.
"""

from datetime import date
from enum import IntEnum
from functools import lru_cache

from wangge.kernel.simplifying import simplified
from wangge.planning.matching.shapes import ALIKE


class Likeness(IntEnum):
    """How alike two names are, the closest last."""

    OTHER = 0
    NEAR = 1  # one sign more, less or other; the given name turned round
    SHAPE = 2  # one character taken for one that looks like it
    SOUND = 3  # other characters, or letters, of the same sound
    EQUAL = 4


@lru_cache(maxsize=200_000)
def plain_name(name: str) -> str:
    """Return a name without blanks, in lower case, with traditional characters turned into simplified ones."""
    return simplified("".join(name.split()).casefold())


@lru_cache(maxsize=200_000)
def sound_of(name: str) -> str:
    """Return how a name sounds, equal for all names of one sound; what has no reading stands for itself."""
    return " ".join(_sounds(sign)[0] for sign in plain_name(name))


@lru_cache(maxsize=50_000)
def _sounds(sign: str) -> tuple[str, ...]:
    """Return the readings of a character, the commonest first, with sounds that are often mixed up made one."""
    if sign.isascii():
        return (sign,)
    from pypinyin import Style, pinyin

    readings = pinyin(sign, style=Style.NORMAL, heteronym=True)[0]
    return tuple(dict.fromkeys(_folded(reading) for reading in readings))


def _folded(reading: str) -> str:
    """Return a syllable with zh, ch, sh as z, c, s, with l as n and with the n of in, en as that of ing, eng."""
    if reading[1:2] == "h":
        reading = reading[0] + reading[2:]
    if reading[0] == "l":
        reading = f"n{reading[1:]}"
    return f"{reading}g" if reading.endswith(("in", "en")) else reading


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> Likeness:
    """Return how alike two plain names are; one without signs is like nothing."""
    if not one or not other:
        return Likeness.OTHER
    if one == other:
        return Likeness.EQUAL
    if one.isascii() or other.isascii():
        return _likeness_of_letters(one, other)
    if len(one) == len(other):
        unlike = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        if all(set(_sounds(a)) & set(_sounds(b)) for a, b in unlike):
            return Likeness.SOUND
        if len(unlike) == 1:
            return Likeness.SHAPE if look_alike(*unlike[0]) else _near(one, other)
    return _near(one, other)


def _near(one: str, other: str) -> Likeness:
    """Judge names in characters that neither sound nor look alike; two signs are too few to lose one of them."""
    longest = max(len(one), len(other))
    if one[0] == other[0] and longest >= 3 and distance(one, other, 1) <= 1:
        return Likeness.NEAR
    return Likeness.OTHER


def _likeness_of_letters(one: str, other: str) -> Likeness:
    longest = max(len(one), len(other))
    return Likeness.NEAR if longest >= 5 and distance(one, other, 2) <= longest // 5 else Likeness.OTHER


def look_alike(one: str, other: str) -> bool:
    """Tell whether two characters are easily taken for each other."""
    return other in ALIKE.get(one, "")


def same_day_mistyped(one: date, other: date) -> bool:
    """Tell whether two days are one that was mistyped: day and month changed about, or one digit other."""
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return True
    return one_sign_apart(one.isoformat(), other.isoformat())


def one_sign_apart(one: str, other: str) -> bool:
    """Tell whether two numbers of one length differ in exactly one place."""
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def neighbours_swapped(one: str, other: str) -> bool:
    """Tell whether two numbers differ only by two neighbouring signs that changed places."""
    if len(one) != len(other):
        return False
    unlike = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(unlike) != 2 or unlike[1] - unlike[0] != 1:
        return False
    first = unlike[0]
    return one[first : first + 2] == other[first + 1] + other[first]


def distance(one: str, other: str, most: int) -> int:
    """Return how many signs were added, lost, changed or swapped with their neighbour; above ``most`` only that.

    It is the optimal string alignment of Damerau (1964), row by row, given up as soon as a row exceeds ``most``.
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one):
        earlier, before, row = before, row, [at + 1]
        for to, wanted in enumerate(other):
            best = min(before[to] + (sign != wanted), before[to + 1] + 1, row[to] + 1)
            if at and to and sign == other[to - 1] and one[at - 1] == wanted:
                best = min(best, earlier[to - 1] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return row[-1]
