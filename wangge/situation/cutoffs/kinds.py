"""The kinds of line that cut-offs write."""

from wangge.journal.kinds import Kind, register_kind

SNAPSHOT_TAKEN = "cutoffs.snapshot_taken"
ZERO_DECLARED = "cutoffs.zero_declared"
ZERO_WITHDRAWN = "cutoffs.zero_withdrawn"
TIMES_SET = "cutoffs.times_set"
INDICATOR_EDITED = "cutoffs.indicator_edited"

ALL = (SNAPSHOT_TAKEN, ZERO_DECLARED, ZERO_WITHDRAWN, TIMES_SET, INDICATOR_EDITED)


def register() -> None:
    """Tell the journal this room's kinds of line; they are about numbers and nobody."""
    for kind in ALL:
        register_kind(Kind(kind, retention="aggregate"))
