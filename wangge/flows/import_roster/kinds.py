"""The kinds of line that an import writes beside those of the register; their facts are ids and counts."""

from wangge.journal.kinds import Kind, register_kind

UPLOADED = "imports.file_uploaded"
REFUSED = "imports.file_refused"
MAPPED = "imports.columns_set"
TAKEN_BACK = "imports.answer_undone"
PUT_OFF = "imports.ask_put_off"
PROFILE = "imports.profile_saved"
PROFILE_RENAMED = "imports.profile_renamed"
PROFILE_RETIRED = "imports.profile_retired"
STAGED = "imports.file_staged"
REQUESTED = "imports.applying_requested"
APPLIED = "imports.rows_applied"
ANSWERED = "imports.ask_answered"
UNDONE = "imports.rows_undone"
DISCARDED = "imports.file_discarded"

ALL = (
    UPLOADED, REFUSED, MAPPED, STAGED, REQUESTED, APPLIED, ANSWERED, TAKEN_BACK, PUT_OFF, UNDONE, DISCARDED,
    PROFILE, PROFILE_RENAMED, PROFILE_RETIRED,
)  # fmt: skip


def register() -> None:
    """Tell the journal these kinds of line."""
    for kind in ALL:
        register_kind(Kind(kind, retention="response"))
