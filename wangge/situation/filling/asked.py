"""What is asked with the answers as they stand: rows for every member, what shows, what may be chosen, how it reads."""

from collections.abc import Mapping
from typing import Any

from wangge.surveys.rules.questionnaires import (
    CHOOSING,
    OTHER,
    UNKNOWN,
    Choice,
    Context,
    Definition,
    Filling,
    Question,
    blank_answers,
    said,
    walk,
)

ROWS_MOST = 60
NOT_TOLD = "…"


class Asked:
    """A filling as far as it has come; every repeat has its rows, and what is proposed stands in before it is sent.

    ``adds`` is the name of a repeat in which one more row is wanted. ``fresh``: nothing was typed yet, so that defaults
    stand in.
    """

    def __init__(
        self,
        definition: Definition,
        answers: Mapping[str, Any],
        context: Context,
        *,
        adds: str = "",
        fresh: bool = False,
    ) -> None:
        self.definition = definition
        repeats = [one for one in walk(definition.questions) if one.type == "repeat"]
        lined = dict(answers or (blank_answers(definition, context) if fresh else {}))
        for one in repeats:
            if one.repeat == "members":
                lined[one.name] = _by_member(lined.get(one.name), context)
        counted = [one for one in repeats if one.repeat_count and one.repeat != "members"]
        if counted:
            known = Filling(definition, lined, context)
            for one in counted:
                lined[one.name] = _cut(_rows(lined.get(one.name)), _count(known, one))
        for one in repeats:
            rows = _rows(lined.get(one.name))
            if one.name == adds or (one.repeat != "members" and not one.repeat_count and not rows):
                rows = [*rows, {"resident": None} if one.repeat == "members" else {}]
            lined[one.name] = rows
        self.answers = lined
        self.known = Filling(definition, lined, context)

    def relevant(self, question: Question, index: int | None) -> bool:
        """Tell whether a question shows."""
        return self.known.relevant(question.name, index)

    def must(self, question: Question, index: int | None) -> bool:
        """Tell whether a question must be answered as things stand."""
        if question.required or not question.required_when.strip():
            return question.required
        return self.known.holds(question.required_when, self.known.spots[question.name], index, empty=False)

    def computed(self, question: Question, index: int | None) -> str:
        """Return what stands in a question that nobody answers."""
        if question.calculation.strip():
            return _plain(self.known.value(question.name, index))
        given = self.known.given(question.name, index)
        return _plain(self.known.default(question.name, index)) if given in (None, "") else str(given)

    def choices(self, question: Question, index: int | None) -> tuple[Choice, ...]:
        """Return what may be chosen, with "other" last where the question offers it."""
        offered = self.known.offered(question.name, index)
        if question.other and all(one.value != OTHER for one in offered):
            return (*offered, Choice(value=OTHER))
        return offered

    def rows(self, question: Question) -> list[Mapping[str, Any]]:
        """Return the rows of a repeat."""
        found: list[Mapping[str, Any]] = self.answers.get(question.name, [])
        return found

    def said(self, name: str, index: int | None, language: str, who: str) -> str:
        """Return how the answer to a question reads inside a sentence; ``who`` is how the member is called here."""
        if name == "member_name" and who:
            return who
        spot = self.known.spots.get(name)
        if spot and spot.question.type in CHOOSING:
            told = said(self.definition, spot.question, self.known.given(name, index), language)
        else:
            told = _plain(self.known.value(name, index))
        return told if told not in ("", UNKNOWN) else NOT_TOLD


def _rows(given: Any) -> list[dict[str, Any]]:
    return [dict(one) for one in given if isinstance(one, Mapping)] if isinstance(given, list) else []


def _by_member(given: Any, context: Context) -> list[dict[str, Any]]:
    """Return one row for every member in their order, then the rows of those who are not among them."""
    rows = _rows(given)
    by_member = {str(one["resident"]): one for one in rows if one.get("resident")}
    first = [{**by_member.pop(one.id, {}), "resident": one.id} for one in context.members]
    return [*first, *(one for one in rows if not one.get("resident"))]


def _cut(rows: list[dict[str, Any]], count: int) -> list[dict[str, Any]]:
    return [*rows[:count], *({} for _ in range(count - len(rows)))]


def _count(known: Filling, question: Question) -> int:
    """Return how often a repeat is asked, as its expression says now."""
    worth = known.worked_out(question.repeat_count, known.spots[question.name], None)
    try:
        return max(0, min(ROWS_MOST, int(float(worth))))  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        return 0


def _plain(value: Any) -> str:
    """Return a worth as it is written: whole numbers without a point."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    if isinstance(value, tuple | list):
        return "、".join(_plain(one) for one in value)
    return str(value)
