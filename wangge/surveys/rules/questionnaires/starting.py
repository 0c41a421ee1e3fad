"""How a filling begins: one entry for every member, and what stands in a question before anybody answers."""

from typing import Any

from wangge.surveys.rules.questionnaires.definition import (
    ASKING,
    CHOOSING,
    MEMBERS,
    Definition,
    Question,
    walk,
)
from wangge.surveys.rules.questionnaires.filling import Context, Filling


def blank_answers(definition: Definition, context: Context) -> dict[str, Any]:
    """Return the answers with which a filling begins: an entry per member, and the defaults of the questions."""
    answers: dict[str, Any] = {
        one.name: [{"resident": member.id} for member in context.members]
        for one in walk(definition.questions)
        if one.type == "repeat" and one.repeat == MEMBERS and context.members
    }
    filling = Filling(definition, answers, context)
    for name, spot in filling.spots.items():
        one = spot.question
        if one.type not in ASKING or not (one.default.strip() or one.calculation.strip()):
            continue
        for index in filling.places(spot):
            value = _typed(one, filling.default(name, index))
            if value not in ("", []):
                target = answers if index is None else answers[spot.repeat][index]
                target[name] = value
    return answers


def _typed(one: Question, value: Any) -> Any:
    """Return a default as an answer to its question."""
    if isinstance(value, tuple):
        value = value[0] if value else ""
    if one.type in CHOOSING and one.type != "select_one":
        return str(value).split()
    if isinstance(value, float) and value.is_integer():
        return int(value) if one.type in ("integer", "decimal", "range") else str(int(value))
    return value
