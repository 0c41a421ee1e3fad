"""One filling of a questionnaire: which questions are asked, what they are worth in expressions, what may be chosen."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from wangge.surveys.rules.questionnaires.definition import (
    ASKING,
    MEMBERS,
    OF_MEMBER,
    OTHER,
    UNKNOWN,
    Choice,
    Definition,
    Question,
    Spot,
    spots,
    walk,
)
from wangge.surveys.rules.questionnaires.expressions import Scope, Value, evaluate, is_true
from wangge.surveys.rules.questionnaires.graph import is_expression, ordered, owner, readable
from wangge.surveys.rules.questionnaires.reading import Unfit, cleaned, is_blank

ENTRIES_MOST = 100
"""Entries that a repeat may have."""


@dataclass(frozen=True, slots=True)
class Member:
    """A resident of the household that is asked: id, name, date of birth, and sex as M or F, empty when unknown."""

    id: str
    name: str
    birth_on: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """What answers are judged against: the local day and time, and who lives in the household."""

    today: date
    now: datetime
    members: tuple[Member, ...] = ()


class Filling:
    """Answers of one filling, with everything that follows from them worked out once.

    ``index`` is the entry of a repeat, counted from 0; outside of repeats it is None.
    """

    def __init__(self, definition: Definition, answers: Mapping[str, Any], context: Context) -> None:
        self.definition, self.context = definition, context
        self.spots = spots(definition)
        self._answers = answers
        self._members = {one.id: one for one in context.members}
        self._worth: dict[tuple[str, int | None], Value] = {}
        self._asked: dict[tuple[str, int | None], bool] = {}
        settled, circling = ordered(self.spots)
        for name in (*settled, *circling):
            spot = self.spots[name]
            for index in self.places(spot):
                self._settle(spot, index)

    def places(self, spot: Spot) -> list[int | None]:
        """Return where a question is asked: once, or in every entry of its repeat."""
        return [*range(len(self.entries(spot.repeat)))] if spot.repeat else [None]

    def entries(self, repeat: str) -> list[Mapping[str, Any]]:
        """Return the entries of a repeat."""
        given = self._answers.get(repeat)
        return [one for one in given[:ENTRIES_MOST] if isinstance(one, Mapping)] if isinstance(given, list) else []

    def relevant(self, name: str, index: int | None = None) -> bool:
        """Tell whether a question is asked there."""
        return self._asked.get((name, index), False)

    def given(self, name: str, index: int | None = None) -> Any:
        """Return what was answered, as it was given; None where nothing was."""
        known = owner(name, self.spots)
        repeat = self.spots[known].repeat if known else ""
        if not repeat or index is None:
            return self._answers.get(name)
        entries = self.entries(repeat)
        return entries[index].get(name) if index < len(entries) else None

    def value(self, name: str, index: int | None = None, *, within: str = "") -> Value:
        """Return what a question is worth in an expression: empty when it is not answered, not known or not asked.

        ``within`` is the repeat whose entry ``index`` is; from outside of a repeat it is what all its entries say.
        """
        if name in OF_MEMBER and name not in self.spots:
            return self._of_member(name, within, index)
        known = owner(name, self.spots)
        if known is None:
            return ""
        spot = self.spots[known]
        if spot.question.type == "repeat":
            return tuple(float(number) for number in range(1, len(self.entries(name)) + 1))
        if spot.repeat and (index is None or within not in ("", spot.repeat)):
            each = (self.value(name, one) for one in range(len(self.entries(spot.repeat))))
            return tuple(one for one in each if not isinstance(one, tuple))
        place = index if spot.repeat else None
        if known != name:
            return plain(self.given(name, place)) if self.chose_other(known, place) else ""
        return self._worth.get((name, place), "")

    def chose_other(self, name: str, index: int | None = None) -> bool:
        """Tell whether the choice "other" of a question is among what was chosen."""
        return OTHER in str(self._worth.get((name, index), "")).split()

    def holds(self, text: str, spot: Spot, index: int | None, *, empty: bool = True) -> bool:
        """Tell whether a condition holds; one that is empty or cannot be read counts as ``empty``."""
        tree = readable(text) if text.strip() else None
        return empty if tree is None else is_true(evaluate(tree, self.scope(spot, index)))

    def worked_out(self, text: str, spot: Spot, index: int | None) -> Value:
        """Return the value of an expression at a question; empty when it cannot be read or has no result."""
        tree = readable(text) if text.strip() else None
        value = "" if tree is None else evaluate(tree, self.scope(spot, index))
        return "" if isinstance(value, float) and not math.isfinite(value) else value

    def scope(self, spot: Spot, index: int | None, column: Callable[[str], Value] | None = None) -> Scope:
        """Return what an expression of a question sees."""
        return Scope(
            answer=lambda name: self.value(name, index, within=spot.repeat),
            today=self.context.today,
            now=self.context.now,
            current=self._current(spot, index),
            position=1 if index is None else index + 1,
            column=column or (lambda name: ""),
        )

    def offered(self, name: str, index: int | None = None) -> tuple[Choice, ...]:
        """Return what may be chosen there, without the choice "other" that ``other`` adds."""
        spot = self.spots[name]
        one = spot.question
        listed = self.definition.choices.get(one.choices, ())
        tree = readable(one.choice_filter) if one.choice_filter.strip() else None
        if tree is None:
            return listed
        return tuple(
            choice for choice in listed if is_true(evaluate(tree, self.scope(spot, index, _columns_of(choice))))
        )

    def default(self, name: str, index: int | None = None) -> Value:
        """Return what stands in a question before it is answered."""
        spot = self.spots[name]
        one = spot.question
        if one.calculation.strip():
            return self.worked_out(one.calculation, spot, index)
        return self.worked_out(one.default, spot, index) if is_expression(one.default) else one.default

    def _settle(self, spot: Spot, index: int | None) -> None:
        """Work out whether a question is asked there, and what it is worth."""
        one, place = spot.question, (spot.question.name, index)
        outside = (self._asked.get((name, index if self.spots[name].repeat else None), True) for name in spot.around)
        self._asked[place] = all(outside) and self.holds(one.relevant, spot, index)
        if not self._asked[place]:
            self._worth[place] = ""
        elif one.type == "calculate" or (one.calculation.strip() and one.read_only):
            self._worth[place] = _settled(self.worked_out(one.calculation, spot, index))
        else:
            self._worth[place] = self._answered(one, index)

    def _current(self, spot: Spot, index: int | None) -> Value:
        place = (spot.question.name, index)
        return self._worth[place] if place in self._worth else self._answered(spot.question, index)

    def _answered(self, one: Question, index: int | None) -> Value:
        """Return an answer as it would be kept; one that is none of its type counts as not given."""
        given = self.given(one.name, index)
        if is_blank(given) or one.type not in ASKING or given in (UNKNOWN, [UNKNOWN]):
            return ""
        try:
            return plain(cleaned(one, given, self.definition.choices.get(one.choices, ())))
        except Unfit:
            return ""

    def _of_member(self, name: str, within: str, index: int | None) -> Value:
        """Return what is known of the member of an entry: of a new one, what the entry itself says."""
        repeat = self.spots[within].question if within in self.spots else None
        entries = self.entries(within)
        if repeat is None or repeat.repeat != MEMBERS or index is None or index >= len(entries):
            return ""
        return self._known_of(name, repeat, entries[index])

    def _known_of(self, name: str, repeat: Question, entry: Mapping[str, Any]) -> Value:
        member = self._members.get(str(entry.get("resident") or ""))
        if name == "member_name":
            return member.name if member else str(entry.get("name") or "")
        if name == "member_sex":
            return member.sex if member and member.sex else _bound_to(repeat, "resident.sex", entry)
        born = member.birth_on if member else None
        if name == "member_born":
            return born.isoformat() if born else ""
        if born is None:
            told = _bound_to(repeat, "resident.birth_on", entry)
            born = date.fromisoformat(told) if is_day(told) else None
        return "" if born is None or born > self.context.today else _age(born, self.context.today)


def plain(given: Any) -> Value:
    """Return an answer as expressions see it: "don't know" is empty, of several choices the values with blanks."""
    if given is None or given == UNKNOWN:
        return ""
    if isinstance(given, bool):
        return "OK" if given else ""
    if isinstance(given, int | float):
        return float(given)
    if isinstance(given, list | tuple):
        return " ".join(str(one) for one in given)
    return str(given).strip()


def is_day(text: str) -> bool:
    """Tell whether a text is a day as it is stored."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _settled(value: Value) -> Value:
    """Return the result of a calculation as it is kept: true and false as words, of several the first."""
    if isinstance(value, tuple):
        value = value[0] if value else ""
    return ("true" if value else "false") if isinstance(value, bool) else value


def _columns_of(choice: Choice) -> Callable[[str], Value]:
    """Return how a choice filter reads the columns of a choice."""
    return lambda name: choice.value if name == "name" else choice.filter.get(name, "")


def _bound_to(repeat: Question, target: str, entry: Mapping[str, Any]) -> str:
    """Return what an entry answers to the question that is bound to a field of the register."""
    found = next((entry.get(one.name) for one in walk(repeat.questions) if one.bind == target), None)
    return "" if found in (None, UNKNOWN) else str(found)


def _age(born: date, on: date) -> float:
    """Return the age in full years."""
    return float(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))
