"""The choices of a question as they are drawn, with what is chosen, and whether "don't know" is among them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from wangge.situation.filling.names import other_name
from wangge.situation.filling.shapes import BUTTONS_MOST, Field, Option
from wangge.surveys.rules.questionnaires import OTHER, UNKNOWN, Choice, Question, label

NEVER_UNKNOWN = frozenset({"note", "calculate", "group", "repeat", "acknowledge"})


def takes_unknown(question: Question) -> bool:
    """Tell whether "don't know" is an answer to this question."""
    return question.unknown and question.type not in NEVER_UNKNOWN and not question.read_only


def drawn_options(
    drawn: Field, question: Question, offered: Sequence[Choice], answers: Mapping[str, Any], language: str
) -> Field:
    """Return the field with its choices; many of them become one list to open."""
    value = answers.get(question.name)
    chosen = [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []
    options = tuple(
        Option(
            value=choice.value,
            label=label(choice.label, language) or ("" if choice.value == OTHER else choice.value),
            id=f"{drawn.id}-{turn}",
            chosen=choice.value in chosen,
            place=_place(question, choice.value, chosen),
        )
        for turn, choice in enumerate(offered)
    )
    form = "list" if drawn.form == "one" and len(options) > BUTTONS_MOST else drawn.form
    other = str(answers.get(other_name(question)) or "") if question.other else None
    return replace(drawn, options=options, form=form, other=other, value="" if value == UNKNOWN else drawn.value)


def _place(question: Question, value: str, chosen: Sequence[str]) -> str:
    """Return the place that a choice was given in an order, counted from 1."""
    return str(chosen.index(value) + 1) if question.type == "rank" and value in chosen else ""
