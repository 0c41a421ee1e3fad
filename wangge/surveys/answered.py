"""What stands in a stored response: the answers that may be read by whoever may read answers, and the sealed ones."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from wangge.privacy import vault
from wangge.surveys.models import Questionnaire, Response
from wangge.surveys.rules.questionnaires import Definition, joined, label, read_definition, said, walk

SEALED = "surveys.Response.sealed"


def seal_answers(answers: Mapping[str, Any]) -> bytes | None:
    """Return sensitive answers as they are stored, None where there are none."""
    return vault.seal(SEALED, msgspec.json.encode(answers).decode()) if answers else None


def answers_of(row: Response) -> dict[str, Any]:
    """Return all answers of a response by question; the sealed ones too."""
    if row.sealed is None:
        return dict(row.answers)
    hidden: dict[str, Any] = msgspec.json.decode(vault.unseal(SEALED, bytes(row.sealed)))
    return joined(row.answers, hidden)


def said_in_words(row: Response, language: str = "zh-hans") -> list[str]:
    """Return the answers of a response as lines of question and answer; rows of a repeat are counted."""
    definition, answers = definition_of(row.questionnaire), answers_of(row)
    lines = []
    for one in walk(definition.questions):
        value = answers.get(one.name)
        if one.type == "repeat" and isinstance(value, list):
            lines.append(f"{label(one.label, language) or one.name}: {len(value)}")
        elif value not in (None, ""):
            lines.append(f"{label(one.label, language) or one.name}: {said(definition, one, value, language)}")
    return lines


def definition_of(row: Questionnaire) -> Definition:
    """Return what a version asks; a version that was published never changes and is read once by a process."""
    if row.state == "draft":
        return read_definition(row.definition)
    kept = _kept(row.id, bytes(row.digest))
    if not kept:
        kept.append(read_definition(row.definition))
    return kept[0]


@lru_cache(maxsize=64)
def _kept(questionnaire: UUID, digest: bytes) -> list[Definition]:
    """Return the shelf of one version: empty until it is read."""
    return []
