"""The kinds of line that forms write; their facts are codes, ids and counts."""

from wangge.journal.kinds import Kind, register_kind

SAVED = "forms.draft_saved"
DISCARDED = "forms.draft_discarded"
PUBLISHED = "forms.profile_published"
RETIRED = "forms.profile_retired"
REQUESTED = "forms.export_requested"
FINISHED = "forms.export_finished"
DROPPED = "forms.export_dropped"

ALL = (SAVED, DISCARDED, PUBLISHED, RETIRED, REQUESTED, FINISHED, DROPPED)


def register() -> None:
    """Tell the journal these kinds of line."""
    for kind in ALL:
        register_kind(Kind(kind, retention="response"))
