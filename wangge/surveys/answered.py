"""What stands in a stored response: the answers that may be read by whoever may read answers, and the sealed ones."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from uuid import UUID

import msgspec

from wangge.privacy import vault
from wangge.surveys.models import Questionnaire, Response
from wangge.surveys.rules.questionnaires import Definition, joined, read_definition

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
