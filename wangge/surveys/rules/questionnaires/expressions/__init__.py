"""Expressions of questionnaires: the XPath that XLSForms are written in, read and evaluated without ``eval``."""

from wangge.surveys.rules.questionnaires.expressions.evaluating import Scope, evaluate
from wangge.surveys.rules.questionnaires.expressions.functions import FUNCTIONS
from wangge.surveys.rules.questionnaires.expressions.parsing import parse
from wangge.surveys.rules.questionnaires.expressions.patterns import pattern_fault
from wangge.surveys.rules.questionnaires.expressions.tree import (
    BadExpression,
    Call,
    Column,
    Literal,
    Node,
    Reference,
    nodes,
)
from wangge.surveys.rules.questionnaires.expressions.values import Value, is_true, number_of, text_of

__all__ = [
    "FUNCTIONS",
    "BadExpression",
    "Call",
    "Column",
    "Literal",
    "Node",
    "Reference",
    "Scope",
    "Value",
    "evaluate",
    "is_true",
    "nodes",
    "number_of",
    "parse",
    "pattern_fault",
    "text_of",
]
