"""Codes of questionnaires, how many questions one has, and what an import has to say about one."""

import re
from collections.abc import Mapping
from unicodedata import normalize

import msgspec

from wangge.surveys.rules.questionnaires.definition import ASKING, Definition, Fault, walk

CODE = re.compile(r"[^\W_][\w-]{0,59}\Z")
MANAGE, READ = "questionnaire.manage", "questionnaire.read"


class Report(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an import has to say about one place of a form: sheet, row from 1 on, column, a code and its facts.

    ``question`` is the name that it became; ``kept`` says that nothing was left out for it.
    """

    code: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    question: str = ""
    facts: Mapping[str, str | int | float] = {}
    kept: bool = False


def code_from(text: str) -> str:
    """Return a code made of a form's id or the name of its file; empty when no letter or digit is left."""
    plain = re.sub(r"[^\w-]+", "-", normalize("NFKC", text).casefold().strip())
    return re.sub(r"-{2,}", "-", plain).strip("-_")[:60].rstrip("-_")


def questions_asked(definition: Definition) -> int:
    """Return how many questions somebody sees who fills it in: those that ask, notes, and the words for "other"."""
    every = list(walk(definition.questions))
    seen = sum(1 for one in every if one.type in ASKING or one.type == "note")
    return seen + sum(1 for one in every if one.other)


def report_of(fault: Fault, *, sheet: str = "", row: int | None = None, kept: bool = False) -> Report:
    """Return a fault of a questionnaire as what its import says."""
    facts = {key: value if isinstance(value, int | float) else str(value) for key, value in fault.facts.items()}
    return Report(
        code=fault.code, sheet=sheet, row=row, column=fault.column, question=fault.question, facts=facts, kept=kept
    )
