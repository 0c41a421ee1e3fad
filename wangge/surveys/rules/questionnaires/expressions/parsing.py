"""Reading an expression: signs first, then a tree by recursive descent, limited in length and depth."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from wangge.surveys.rules.questionnaires.expressions.functions import FUNCTIONS
from wangge.surveys.rules.questionnaires.expressions.tree import (
    Around,
    BadExpression,
    Call,
    Column,
    Current,
    Literal,
    Negation,
    Node,
    Operation,
    Reference,
)

LONGEST, DEEPEST = 4_000, 30
LEVELS: tuple[frozenset[str], ...] = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
"""Signs between two expressions, from the loosest to the tightest."""
NAMED_SIGNS = frozenset({"or", "and", "div", "mod"})
_SMART = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "\u00a0": " "})
_SIGN = re.compile(
    r"""\s*(?:(?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
    |(?P<text>'[^']*'|"[^"]*")
    |(?P<reference>\$\{\s*[^}\s]*\s*\})
    |(?P<path>(?:current\(\)|\.\.|\.|)(?:/(?:\.\.|\.|[A-Za-z_][\w.-]*))*/[A-Za-z_][\w.-]*)
    |(?P<dots>(?:\.\./)*\.\.|\.)
    |(?P<name>[A-Za-z_][\w.-]*(?::[A-Za-z_][\w.-]*)?)
    |(?P<sign><=|>=|!=|[=<>+*(),-]))""",
    re.VERBOSE | re.ASCII,
)


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign of an expression: its kind, its text, and where it begins, counted from 1."""

    kind: str
    text: str
    at: int


def signs(text: str) -> list[Sign]:
    """Return the signs of an expression; ``BadExpression`` where something cannot be one."""
    found: list[Sign] = []
    place = 0
    while place < len(text) and text[place:].strip():
        match = _SIGN.match(text, place)
        if match is None or match.lastgroup is None:
            start = place + len(text[place:]) - len(text[place:].lstrip())
            code = "quote_open" if text[start] in "'\"" else "sign_unknown"
            raise BadExpression(code, sign=text[start], at=start + 1)
        found.append(Sign(match.lastgroup, match[match.lastgroup], match.start(match.lastgroup) + 1))
        place = match.end()
    return found


@lru_cache(maxsize=4_096)
def parse(text: str) -> Node:
    """Return the tree of an expression; ``BadExpression`` with a code, its place and what stands there."""
    if len(text) > LONGEST:
        raise BadExpression("too_long", limit=LONGEST)
    reader = _Reader(signs(text.translate(_SMART)))
    tree = reader.level(0, 0)
    if (rest := reader.peek()) is not None:
        raise BadExpression("sign_unexpected", sign=rest.text, at=rest.at)
    return tree


_LEAVES: Mapping[str, Callable[[str], Node]] = {
    "number": lambda text: Literal(float(text)),
    "text": lambda text: Literal(text[1:-1]),
    "reference": lambda text: Reference(text[2:-1].strip()),
    "path": lambda text: Reference(text.rpartition("/")[2]),
    "dots": lambda text: Current() if text == "." else Around(),
}


class _Reader:
    """Takes signs one after the other."""

    def __init__(self, found: list[Sign]) -> None:
        self.signs = found
        self.next = 0

    def peek(self) -> Sign | None:
        return self.signs[self.next] if self.next < len(self.signs) else None

    def take(self) -> Sign:
        sign = self.peek()
        if sign is None:
            raise BadExpression("ends_early")
        self.next += 1
        return sign

    def level(self, level: int, depth: int) -> Node:
        """Read operations of this level and those that bind tighter."""
        if depth > DEEPEST:
            raise BadExpression("too_deep", limit=DEEPEST)
        if level == len(LEVELS):
            return self.single(depth)
        left = self.level(level + 1, depth)
        while (sign := self.peek()) is not None and sign.kind in ("sign", "name") and sign.text in LEVELS[level]:
            self.take()
            left = Operation(sign.text, left, self.level(level + 1, depth))
        return left

    def single(self, depth: int) -> Node:
        """Read one value, call or bracket."""
        sign = self.take()
        if sign.kind in _LEAVES:
            return _LEAVES[sign.kind](sign.text)
        if sign.kind == "name" and sign.text not in NAMED_SIGNS:
            follows = self.peek()
            return self.call(sign, depth) if follows and follows.text == "(" else Column(sign.text)
        if sign.text == "-":
            return Negation(self.level(len(LEVELS), depth + 1))
        if sign.text == "(":
            inner = self.level(0, depth + 1)
            self.close()
            return inner
        raise BadExpression("sign_unexpected", sign=sign.text, at=sign.at)

    def call(self, name: Sign, depth: int) -> Call:
        """Read the arguments of a function; refused when there is none of that name or with that many."""
        known = FUNCTIONS.get(name.text)
        if known is None:
            raise BadExpression("function_unknown", function=name.text, at=name.at)
        self.take()
        found: list[Node] = []
        follows = self.peek()
        if follows is not None and follows.kind == "sign" and follows.text == ")":
            self.take()
        else:
            found.append(self.level(0, depth + 1))
            while (follows := self.peek()) is not None and follows.text == ",":
                self.take()
                found.append(self.level(0, depth + 1))
            self.close()
        if not known.least <= len(found) <= known.most:
            raise BadExpression("arguments_wrong", function=name.text, at=name.at)
        return Call(name.text, tuple(found))

    def close(self) -> None:
        """Take the bracket that closes."""
        sign = self.take()
        if sign.kind != "sign" or sign.text != ")":
            raise BadExpression("sign_unexpected", sign=sign.text, at=sign.at)
