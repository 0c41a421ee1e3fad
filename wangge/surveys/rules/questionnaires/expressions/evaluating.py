"""Evaluating an expression at one place of one filling."""

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from wangge.surveys.rules.questionnaires.expressions.functions import FUNCTIONS
from wangge.surveys.rules.questionnaires.expressions.tree import (
    Call,
    Column,
    Current,
    Literal,
    Negation,
    Node,
    Operation,
    Reference,
)
from wangge.surveys.rules.questionnaires.expressions.values import Value, compare, is_true, number_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an expression can see: answers by name, the answer it is about, the entry of the repeat, counted from 1, the
    columns of a choice, and the time.
    """

    answer: Callable[[str], Value]
    today: date
    now: datetime
    current: Value = ""
    position: int = 1
    column: Callable[[str], Value] = lambda name: ""


def evaluate(tree: Node, scope: Scope) -> Value:
    """Return the value of an expression."""
    chain: list[Operation] = []
    while isinstance(tree, Operation):
        chain.append(tree)
        tree = tree.left
    value = _single(tree, scope)
    for operation in reversed(chain):
        value = _operate(operation, value, scope)
    return value


def _single(tree: Node, scope: Scope) -> Value:
    """Return the value of what is no operation."""
    value: Value = ""
    match tree:
        case Literal(known):
            value = known
        case Reference(name):
            value = scope.answer(name)
        case Current():
            value = scope.current
        case Column(name):
            value = scope.column(name)
        case Negation(operand):
            value = -number_of(evaluate(operand, scope))
        case Call(name, arguments):
            value = FUNCTIONS[name].work(scope, *(evaluate(one, scope) for one in arguments))
    return value


def _operate(operation: Operation, left: Value, scope: Scope) -> Value:
    sign = operation.sign
    if sign == "or":
        return is_true(left) or is_true(evaluate(operation.right, scope))
    if sign == "and":
        return is_true(left) and is_true(evaluate(operation.right, scope))
    right = evaluate(operation.right, scope)
    if sign in ("=", "!=", "<", "<=", ">", ">="):
        return compare(sign, left, right)
    return _reckon(sign, number_of(left), number_of(right))


_PLAIN: dict[str, Callable[[float, float], float]] = {"+": operator.add, "-": operator.sub, "*": operator.mul}


def _reckon(sign: str, left: float, right: float) -> float:
    """Reckon as XPath does: nothing is refused, what has no result is NaN."""
    if sign in _PLAIN:
        return _PLAIN[sign](left, right)
    if math.isnan(left) or math.isnan(right):
        return math.nan
    if sign == "mod":
        return math.nan if right == 0 or math.isinf(left) else math.fmod(left, right)
    if right == 0:
        return math.nan if left == 0 else math.copysign(math.inf, left)
    return left / right
