"""The words of an import: where it stands, what is done with a row, what became of it."""

from datetime import timedelta
from enum import StrEnum

PERMIT = "import.apply"
BATCH = 500
"""Rows of one transaction."""

DEFAULT_PROFILE = "roster"
"""The headings that Wangge knows by itself; every other profile was saved by somebody."""

SMALL = 200_000
"""Bytes up to which a file is read while its sender waits; larger ones are read by the worker."""

LEASE = timedelta(minutes=10)
"""How long whoever reads a file is left alone with it; after that its reader is taken to have died."""

UPLOAD_LIFE = timedelta(days=1)
"""How long a file is kept that was neither brought in nor thrown away."""

CELLS_LIFE = timedelta(days=7)
"""How long the cells of a file are kept, so that it can be given back with what became of each row."""


class ImportState(StrEnum):
    """Where an import stands."""

    READING = "reading"
    REFUSED = "refused"
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
    """What a person answers; ``later`` leaves the question open and puts it behind the others."""

    SAME = "same"
    DIFFERENT = "different"
    LATER = "later"
