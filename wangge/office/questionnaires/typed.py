"""One question as it is typed in the editor: fields of the page to a question and back, keeping whatever was typed."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.http import QueryDict

from wangge.situation.filling.conditions import OPERATORS, Condition, Term, read_condition, write_condition
from wangge.surveys.rules.questionnaires import CHOOSING, LANGUAGES, Choice, Definition, Question, walk

TERMS, CHOICES_MOST, TEXT_MOST = 3, 200, 4_000
LONG = "long"
NUMBERS = frozenset({"integer", "decimal"})
BETWEEN = re.compile(r"\.\s*>=\s*(?P<low>-?\d+(?:\.\d+)?)(?:\s+and\s+\.\s*<=\s*(?P<high>-?\d+(?:\.\d+)?))?\Z")
UPTO = re.compile(r"\.\s*<=\s*(?P<high>-?\d+(?:\.\d+)?)\Z")
NUMBER = re.compile(r"-?\d+(?:\.\d+)?\Z")
TEXTS = (
    "name", "type", "when", "joiner", "relevant", "low", "high", "constraint", "default", "calculation", "appearance",
    "bind", "compare", "klass", "purpose", "retention", "repeat", "repeat_count", "start", "end", "step", "within",
    "list",
)  # fmt: skip
SWITCHES = ("required", "unknown", "other", "read_only")
WORDS = ("label", "hint", "constraint_message")


@dataclass(slots=True)
class ChoiceTyped:
    """One row of the table of choices."""

    value: str = ""
    labels: dict[str, str] = field(default_factory=dict)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed in the row."""
        return not self.value and not any(self.labels.values())


@dataclass(slots=True)
class Typed:
    """A question with everything that was typed; what the page cannot change stands in ``base``.

    ``long``: its choices are too many for a table and stay as they are.
    """

    base: Question
    texts: dict[str, str]
    switches: dict[str, bool]
    words: dict[str, dict[str, str]]
    terms: list[Term]
    choices: list[ChoiceTyped]
    long: bool = False

    @property
    def chooses(self) -> bool:
        """Whether the question has a list of choices."""
        return self.texts["type"] in CHOOSING

    def turned(self, deed: str, place: int) -> None:
        """Move a choice up or down, take it out, or add one."""
        rows = self.choices
        if deed == "add":
            rows.append(ChoiceTyped())
        elif deed == "drop" and place < len(rows):
            del rows[place]
        elif deed in ("up", "down") and place < len(rows):
            other = place + (1 if deed == "down" else -1)
            if 0 <= other < len(rows):
                rows[place], rows[other] = rows[other], rows[place]

    def question(self, definition: Definition) -> Question:
        """Return the question as it stands, whether or not it will do."""
        texts = self.texts
        kind = texts["type"]
        columns: dict[str, Any] = {
            name: texts[name]
            for name in ("name", "type", "default", "calculation", "bind", "compare", "klass", "purpose", "retention")
        }
        columns |= self.switches
        columns |= {name: {key: text for key, text in self.words[name].items() if text} for name in WORDS}
        columns["relevant"] = self.relevant(definition)
        columns["constraint"] = self.constraint()
        columns["appearance"] = texts["appearance"]
        columns["choices"] = texts["list"] if self.chooses else ""
        columns["choice_filter"] = self.base.choice_filter if self.chooses else ""
        columns["other"] = self.switches["other"] and kind in ("select_one", "select_multiple")
        columns["repeat"] = (texts["repeat"] or "members") if kind == "repeat" else ""
        columns["repeat_count"] = texts["repeat_count"] if kind == "repeat" and columns["repeat"] == "free" else ""
        columns["parameters"] = self.parameters() if kind == "range" else {}
        return msgspec.structs.replace(self.base, **columns)

    def relevant(self, definition: Definition) -> str:
        """Return the condition under which the question is asked."""
        if self.texts["when"] == "always":
            return ""
        if self.texts["when"] == "written":
            return self.texts["relevant"]
        terms = tuple(one for one in self.terms if one.name)
        types = {one.name: one.type for one in walk(definition.questions)}
        return write_condition(Condition(self.texts["joiner"], terms), types)

    def constraint(self) -> str:
        """Return what an answer must keep to: least and most of a number, else the expression."""
        if self.texts["type"] not in NUMBERS or self.texts["constraint"]:
            return self.texts["constraint"]
        found = [f". {sign} {text}" for sign, text in ((">=", self.texts["low"]), ("<=", self.texts["high"])) if text]
        return " and ".join(found)

    def parameters(self) -> dict[str, str]:
        """Return start, end and step of a range."""
        return {name: self.texts[name] for name in ("start", "end", "step") if self.texts[name]}

    def rows(self, old: tuple[Choice, ...]) -> tuple[Choice, ...]:
        """Return the list of choices; one without a value gets one, and what filters it stays with its value."""
        if self.long:
            return old
        filters = {one.value: one.filter for one in old}
        taken = {one.value for one in self.choices if one.value}
        found = []
        for row in self.choices:
            if row.blank:
                continue
            value = row.value or _free(taken)
            taken.add(value)
            labels = {language: text for language, text in row.labels.items() if text}
            found.append(Choice(value=value, label=labels, filter=filters.get(value, {})))
        return tuple(found)


def _free(taken: set[str]) -> str:
    number = 1
    while f"c{number}" in taken:
        number += 1
    return f"c{number}"


def opened(definition: Definition, one: Question, within: str) -> Typed:
    """Return a question as it is opened in the editor."""
    condition = read_condition(one.relevant)
    guided = condition is not None and len(condition.terms) <= TERMS
    bounds = _bounds(one) if one.type in NUMBERS else None
    texts = {name: str(getattr(one, name, "")) for name in TEXTS}
    texts |= {
        "when": "always" if not one.relevant.strip() else "built" if guided else "written",
        "joiner": condition.joiner if condition else "and",
        "low": bounds[0] if bounds else "",
        "high": bounds[1] if bounds else "",
        "constraint": "" if bounds else one.constraint,
        "within": within,
        "list": one.choices,
        **{name: one.parameters.get(name, "") for name in ("start", "end", "step")},
    }
    listed = definition.choices.get(one.choices, ())
    long = len(listed) > CHOICES_MOST
    rows = [] if long else [ChoiceTyped(row.value, dict(row.label)) for row in listed]
    terms = list(condition.terms) if condition and guided else []
    return Typed(
        base=one,
        texts=texts,
        switches={name: bool(getattr(one, name)) for name in SWITCHES},
        words={name: dict(getattr(one, name)) for name in WORDS},
        terms=_padded(terms),
        choices=rows,
        long=long,
    )


def _bounds(one: Question) -> tuple[str, str] | None:
    """Return least and most of a number's constraint, nothing when it says something else."""
    if not one.constraint.strip():
        return "", ""
    text = one.constraint.strip()
    if found := BETWEEN.match(text):
        return found["low"], found["high"] or ""
    return ("", found["high"]) if (found := UPTO.match(text)) else None


def _padded(terms: list[Term]) -> list[Term]:
    return [*terms, *(Term("", "is") for _ in range(TERMS - len(terms)))]


def sent(post: QueryDict, base: Question) -> Typed:
    """Return a question as it came back from the editor."""
    texts = {name: _text(post, name) for name in TEXTS}
    texts["when"] = texts["when"] if texts["when"] in ("always", "built", "written") else "always"
    texts["joiner"] = "or" if texts["joiner"] == "or" else "and"
    terms = [
        Term(_text(post, f"term{turn}-name"), _operator(post, turn), _text(post, f"term{turn}-value"))
        for turn in range(TERMS)
    ]
    number = _text(post, "rows")
    rows = [
        ChoiceTyped(
            _text(post, f"choice{turn}-value"),
            {language: _text(post, f"choice{turn}-{language}") for language in LANGUAGES},
        )
        for turn in range(min(int(number), CHOICES_MOST) if number.isdecimal() and len(number) < 5 else 0)
    ]
    return Typed(
        base=base,
        texts=texts,
        switches={name: bool(post.get(name)) for name in SWITCHES},
        words={name: {language: _text(post, f"{name}-{language}") for language in LANGUAGES} for name in WORDS},
        terms=terms,
        choices=rows,
        long=number == LONG,
    )


def _operator(post: QueryDict, turn: int) -> str:
    given = _text(post, f"term{turn}-operator")
    return given if given in OPERATORS else "is"


def _text(post: QueryDict, name: str) -> str:
    return str(post.get(name) or "").replace("\r\n", "\n").strip()[:TEXT_MOST]


def words_of(post: QueryDict, name: str) -> dict[str, str]:
    """Return the words that were typed in each language."""
    found: Mapping[str, str] = {language: _text(post, f"{name}-{language}") for language in LANGUAGES}
    return {language: text for language, text in found.items() if text}
