"""The syntax tree of an expression."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


class BadExpression(Exception):
    """An expression that cannot be used: a code and the facts that tell where and why."""

    def __init__(self, code: str, /, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


@dataclass(frozen=True, slots=True)
class Literal:
    """A number or a text."""

    value: float | str


@dataclass(frozen=True, slots=True)
class Reference:
    """The answer to a question: ``${name}``, or a path that ends in its name."""

    name: str


@dataclass(frozen=True, slots=True)
class Current:
    """The answer to the question that the expression belongs to: ``.``"""


@dataclass(frozen=True, slots=True)
class Around:
    """What lies around the question: ``..``, of which only the position can be asked."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the choice that a filter looks at: a bare name."""

    name: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two expressions with a sign between them."""

    sign: str
    left: "Node"
    right: "Node"


@dataclass(frozen=True, slots=True)
class Negation:
    """An expression with a minus before it."""

    operand: "Node"


Node = Literal | Reference | Current | Around | Column | Call | Operation | Negation


def nodes(tree: Node) -> Iterator[Node]:
    """Yield every node of a tree."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        yield one
        if isinstance(one, Call):
            waiting.extend(reversed(one.arguments))
        elif isinstance(one, Operation):
            waiting.extend((one.right, one.left))
        elif isinstance(one, Negation):
            waiting.append(one.operand)
