"""The kinds of line that handed-down lists and rounds write; their facts are ids and counts."""

from wangge.journal.kinds import Kind, register_kind

READ_IN = "lists.list_read"
OPENED = "lists.list_opened"
CLOSED = "lists.list_closed"
REOPENED = "lists.list_reopened"
WITHDRAWN = "lists.list_withdrawn"
DEALT = "lists.entries_dealt"
ANSWERED = "lists.entry_answered"
ERASED = "lists.entries_erased"

ROUND_STARTED = "rounds.round_started"
ROUND_CLOSED = "rounds.round_closed"
ROUND_REOPENED = "rounds.round_reopened"

ALL = (
    READ_IN, OPENED, CLOSED, REOPENED, WITHDRAWN, DEALT, ANSWERED, ERASED,
    ROUND_STARTED, ROUND_CLOSED, ROUND_REOPENED,
)  # fmt: skip


def register() -> None:
    """Tell the journal these kinds of line."""
    for kind in ALL:
        register_kind(Kind(kind, retention="response"))
