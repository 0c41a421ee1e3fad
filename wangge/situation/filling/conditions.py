"""Conditions that people can read and build: "this question is that value", several joined by and, or by or.

An expression that says more than that is left as it is written; ``None`` says so.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from wangge.surveys.rules.questionnaires import OF_MEMBER, Definition, Question, label, walk

COMPARED = {"is": "=", "not": "!=", "less": "<", "most": "<=", "more": ">", "least": ">="}
SIGNS = {sign: code for code, sign in COMPARED.items()}
OPERATORS = (*COMPARED, "has", "lacks", "answered", "blank")
JOINERS = ("and", "or")
REFERENCE = r"\$\{\s*(?P<name>[\w.-]+)\s*\}"
VALUE = r"(?:'(?P<single>[^']*)'|\"(?P<double>[^\"]*)\"|(?P<number>-?\d+(?:\.\d+)?))"
COMPARING = re.compile(rf"{REFERENCE}\s*(?P<sign>!=|<=|>=|=|<|>)\s*{VALUE}\Z")
SELECTED = re.compile(rf"selected\(\s*{REFERENCE}\s*,\s*{VALUE}\s*\)\Z")
NOT_SELECTED = re.compile(rf"not\(\s*selected\(\s*{REFERENCE}\s*,\s*{VALUE}\s*\)\s*\)\Z")
NOT = re.compile(r"not\(\s*(?P<inner>[^()]+?)\s*\)\Z")
BETWEEN = re.compile(r"\s+(and|or)\s+")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
SPOKEN_OF = re.compile(r"\$\{\s*([^}\s]+)\s*\}")
"""Where words speak of an answer."""

GAP = "＿＿"
"""What stands there when nobody has answered."""

NUMBERS = frozenset({"integer", "decimal", "range", "calculate"})


@dataclass(frozen=True, slots=True)
class Term:
    """One comparison: a question, an operator of ``OPERATORS`` and a value."""

    name: str
    operator: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Comparisons, all of which must hold (``and``), or one of which (``or``)."""

    joiner: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class TermSaid:
    """A comparison as people read it: the question's words, the operator's code, the words of the value.

    ``known`` is the code of what the register knows of a member, which has no words of the questionnaire's own;
    ``denied`` that the comparison must not hold.
    """

    question: str
    operator: str
    value: str
    known: str = ""
    denied: bool = False


def read_condition(expression: str) -> Condition | None:
    """Return the comparisons of an expression, ``None`` when it says more; an empty one has none."""
    text = expression.strip()
    if not text:
        return Condition("and", ())
    pieces = BETWEEN.split(text)
    joiners = set(pieces[1::2])
    terms = [_term(piece) for piece in pieces[::2]]
    if len(joiners) > 1 or None in terms:
        return None
    return Condition(joiners.pop() if joiners else "and", tuple(one for one in terms if one))


def _term(text: str) -> Term | None:
    text = text.strip()
    for pattern, operator in ((NOT_SELECTED, "lacks"), (SELECTED, "has")):
        if found := pattern.match(text):
            return Term(found["name"], operator, _value(found))
    found = COMPARING.match(text)
    if not found:
        return None
    value, sign = _value(found), found["sign"]
    if value == "" and found["number"] is None:
        blank = {"=": "blank", "!=": "answered"}.get(sign)
        return Term(found["name"], blank) if blank else None
    return Term(found["name"], SIGNS[sign], value)


def _value(found: re.Match[str]) -> str:
    return next(one for one in (found["single"], found["double"], found["number"]) if one is not None)


def write_condition(condition: Condition, types: Mapping[str, str]) -> str:
    """Return the expression of comparisons; ``types`` says of which type each question is."""
    return f" {condition.joiner} ".join(_written(term, types.get(term.name, "")) for term in condition.terms)


def _written(term: Term, kind: str) -> str:
    name = "${" + term.name + "}"
    if term.operator in ("answered", "blank"):
        return f"{name} {'!=' if term.operator == 'answered' else '='} ''"
    quote = '"' if "'" in term.value else "'"
    value = f"{quote}{term.value}{quote}"
    if term.operator in ("has", "lacks"):
        chosen = f"selected({name}, {value})"
        return f"not({chosen})" if term.operator == "lacks" else chosen
    if NUMBER.match(term.value) and (kind in NUMBERS or term.operator in ("less", "most", "more", "least")):
        value = term.value
    return f"{name} {COMPARED[term.operator]} {value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Only:
    """When a question is asked: what must hold, as people read it, or the expression where it says more."""

    joiner: str = "and"
    terms: tuple[TermSaid, ...] = ()
    written: str = ""


def condition_said(
    definition: Definition, one: Question, language: str, known: Mapping[str, Question] | None = None
) -> Only | None:
    """Return when a question is asked, in the words of the questionnaire; ``None`` when it always is.

    ``known`` are the questions by name, for whoever asks about many.
    """
    if not one.relevant.strip():
        return None
    denied = NOT.match(one.relevant.strip())
    condition = read_condition(denied["inner"] if denied else one.relevant)
    if condition is None or (denied and len(condition.terms) != 1):
        return Only(written=one.relevant)
    questions = known if known is not None else {asked.name: asked for asked in walk(definition.questions)}
    terms = []
    for term in condition.terms:
        asked = questions.get(term.name)
        words = SPOKEN_OF.sub(GAP, label(asked.label, language)) if asked else ""
        value = _choice_words(definition, asked, term.value, language)
        own = term.name if asked is None and term.name in OF_MEMBER else ""
        terms.append(TermSaid(words or term.name, term.operator, value, own, bool(denied)))
    return Only(joiner=condition.joiner, terms=tuple(terms))


def _choice_words(definition: Definition, asked: Question | None, value: str, language: str) -> str:
    for choice in definition.choices.get(asked.choices, ()) if asked else ():
        if choice.value == value:
            return label(choice.label, language) or value
    return value
