"""The words of an import: where it stands, what is done with a row, what became of it."""

from enum import StrEnum

PERMIT = "import.apply"
BATCH = 500
"""Rows of one transaction."""

PROFILES = frozenset({"roster"})
"""The import profiles that are known: sets of headings."""


class ImportState(StrEnum):
    """Where an import stands."""

    STAGING = "staging"
    STAGED = "staged"
    APPLYING = "applying"
    APPLIED = "applied"
    UNDOING = "undoing"
    UNDONE = "undone"


class Action(StrEnum):
    """What is done with a row: somebody new, more about somebody known, nothing, or left out of the register."""

    NEW = "new"
    FILL = "fill"
    NONE = "none"
    LEFT = "left"


class Outcome(StrEnum):
    """What becomes of a row; every row has exactly one."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    ASKED = "asked"
    REJECTED = "rejected"
    SKIPPED = "skipped"


class RowState(StrEnum):
    """Whether a row has gone into the register, waits for an answer, or was taken back."""

    STAGED = "staged"
    APPLIED = "applied"
    WAITING = "waiting"
    UNDONE = "undone"


class AskKind(StrEnum):
    """What a question is about."""

    PERSON = "same_person"
    DOOR = "door"
    HOUSEHOLD = "household"


class Answer(StrEnum):
    """What a person answers."""

    SAME = "same"
    DIFFERENT = "different"
