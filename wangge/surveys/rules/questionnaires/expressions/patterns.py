"""Which regular expressions are taken: those that cannot keep a computer busy, whatever text they are tried on."""

import math
import re
from functools import lru_cache

LONGEST_PATTERN, LONGEST_TEXT = 200, 200
DEAREST = 1e7
"""Ways in which a pattern may be laid over a text: three parts that repeat without a bound are just below it."""
_BRACES = re.compile(r"\{([0-9]*)(?:(,)([0-9]*))?\}", re.ASCII)
_SET = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)


@lru_cache(maxsize=1_024)
def pattern_fault(pattern: str) -> str:
    """Return the code of what is wrong with a regular expression, empty when it can be used."""
    if len(pattern) > LONGEST_PATTERN:
        return "pattern_long"
    try:
        re.compile(pattern)
    except (re.error, OverflowError, RecursionError):
        return "pattern_unreadable"
    try:
        dear = _Walk(pattern).branches() > DEAREST
    except _Unfit as unfit:
        return str(unfit)
    return "pattern_slow" if dear else ""


def matches(text: str, pattern: str) -> bool:
    """Tell whether a whole text fits a regular expression; a text above 200 signs or a pattern not taken fits never."""
    if len(text) > LONGEST_TEXT or pattern_fault(pattern):
        return False
    return re.fullmatch(pattern, text) is not None


class _Unfit(Exception):
    """A part that is not taken at all; its text is the code."""


class _Walk:
    """Walks through a pattern that compiles, and counts in how many ways it could be laid over a text, at most."""

    def __init__(self, pattern: str) -> None:
        self.pattern, self.place = pattern, 0

    def branches(self) -> float:
        """Return the ways of everything up to the end or the bracket that closes: those of all alternatives."""
        ways = self.row()
        while self.sign() == "|":
            self.place += 1
            ways += self.row()
        return ways

    def row(self) -> float:
        """Return the ways of parts that stand one behind the other: each with each."""
        ways = 1.0
        while self.sign() not in ("", "|", ")"):
            ways *= self.repeated(self.part())
        return min(ways, math.inf)

    def part(self) -> float:
        """Take one sign, set or group, and return its ways."""
        if self.sign() == "\\":
            if self.pattern[self.place + 1].isdigit():
                raise _Unfit("pattern_reference")
            self.place += 2
        elif self.sign() == "[":
            found = _SET.match(self.pattern, self.place)
            self.place = found.end() if found else self.place + 1
        elif self.sign() == "(":
            return self.group()
        else:
            self.place += 1
        return 1.0

    def group(self) -> float:
        self.place += 1
        if self.sign() == "?":
            if self.pattern[self.place + 1] not in ":=!":
                raise _Unfit("pattern_group")
            self.place += 2
        ways = self.branches()
        self.place += 1
        return ways

    def repeated(self, ways: float) -> float:
        """Return the ways of a part with the signs behind it that repeat it."""
        bounds = self.bounds()
        if bounds is None:
            return ways
        least, most = bounds
        if ways > 1 and most > 1:
            # a part that can be laid in several ways, as often as that, is all of them for every time
            return math.inf if most * math.log10(ways) > 8 else ways**most * (most - least + 1)
        return ways * (most - least + 1)

    def bounds(self) -> tuple[int, int] | None:
        """Take a sign that repeats, and return how often at least and at most; nothing when there is none."""
        sign = self.sign()
        if sign and sign in "*+?":
            self.place += 1
            found = (0, 1) if sign == "?" else (int(sign == "+"), LONGEST_TEXT)
        elif sign == "{" and (match := _BRACES.match(self.pattern, self.place)) and (match[1] or match[2]):
            self.place = match.end()
            least = int(match[1] or 0)
            open_end = bool(match[2]) and not match[3]
            most = LONGEST_TEXT if open_end else int(match[3] if match[2] else match[1])
            found = (min(least, LONGEST_TEXT), min(max(most, least), LONGEST_TEXT))
        else:
            return None
        if self.sign() in ("?", "+"):
            self.place += 1
        return found

    def sign(self) -> str:
        return self.pattern[self.place : self.place + 1]
