"""The kinds of line that an import writes beside those of the register; their facts are ids and counts."""

from wangge.journal.kinds import Kind, register_kind

STAGED = "imports.file_staged"
REQUESTED = "imports.applying_requested"
APPLIED = "imports.rows_applied"
ANSWERED = "imports.ask_answered"
UNDONE = "imports.rows_undone"
DISCARDED = "imports.file_discarded"

ALL = (STAGED, REQUESTED, APPLIED, ANSWERED, UNDONE, DISCARDED)


def register() -> None:
    """Tell the journal these kinds of line."""
    for kind in ALL:
        register_kind(Kind(kind, retention="response"))
