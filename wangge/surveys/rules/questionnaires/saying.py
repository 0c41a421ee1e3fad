"""Answers and labels as people read them: choices by their words, references filled in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from wangge.surveys.rules.questionnaires.definition import (
    CHOOSING,
    OF_MEMBER,
    UNKNOWN,
    Definition,
    Question,
    label,
)
from wangge.surveys.rules.questionnaires.expressions import text_of
from wangge.surveys.rules.questionnaires.filling import Filling, plain

_REFERENCE = re.compile(r"\$\{\s*([A-Za-z_][\w.-]*)\s*\}", re.ASCII)
BETWEEN: Mapping[str, str] = {"zh-hans": "、", "zh-hant": "、"}


def said(definition: Definition, one: Question, value: Any, language: str) -> str:
    """Return an answer in words: the labels of what was chosen; "don't know" stays a question mark."""
    if value is None or value == UNKNOWN:
        return UNKNOWN if value else ""
    if one.type not in CHOOSING:
        return text_of(plain(value)) if isinstance(value, int | float | bool) else str(value)
    words = {choice.value: label(choice.label, language) for choice in definition.choices.get(one.choices, ())}
    chosen = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return BETWEEN.get(language, ", ").join(words.get(str(each)) or str(each) for each in chosen)


def filled_in(filling: Filling, text: str, language: str, index: int | None = None, within: str = "") -> str:
    """Return a label with what was answered in place of every ``${name}``; nothing where it is not answered."""

    def word(match: re.Match[str]) -> str:
        name = match[1]
        if name in OF_MEMBER or name not in filling.spots:
            return text_of(filling.value(name, index, within=within))
        spot = filling.spots[name]
        if spot.question.type in CHOOSING and (index is not None or not spot.repeat):
            chosen = filling.given(name, index if spot.repeat else None)
            return said(filling.definition, spot.question, chosen, language).replace(UNKNOWN, "")
        return text_of(filling.value(name, index, within=within))

    return _REFERENCE.sub(word, text)
