"""The kinds of line that the switch writes."""

from wangge.journal.kinds import Kind, register_kind

SWITCHED_ON = "comparison.switched_on"
SWITCHED_OFF = "comparison.switched_off"


def register() -> None:
    """Tell the journal these kinds of line."""
    for kind in (SWITCHED_ON, SWITCHED_OFF):
        register_kind(Kind(kind, retention="aggregate"))
