"""The kinds of line that lists, rounds, questionnaires and answers write; their facts are ids, codes and counts."""

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

ANSWERS_GIVEN = "surveys.answers_given"
ANSWERS_VOIDED = "surveys.answers_voided"
CONTRADICTION_SETTLED = "surveys.contradiction_settled"
CONTRADICTIONS_FOLLOWED = "surveys.contradictions_followed"
REGISTER_DENIES = "surveys.register_denies"
CHECKS_DRAWN = "surveys.checks_drawn"
CHECK_DONE = "surveys.check_done"
SHEETS_PRINTED = "surveys.sheets_printed"

QUESTIONS_SAVED = "questionnaires.draft_saved"
QUESTIONS_DISCARDED = "questionnaires.draft_discarded"
QUESTIONS_PUBLISHED = "questionnaires.version_published"
QUESTIONS_WITHDRAWN = "questionnaires.version_withdrawn"

ALL = (
    READ_IN, OPENED, CLOSED, REOPENED, WITHDRAWN, DEALT, ANSWERED, ERASED,
    ROUND_STARTED, ROUND_CLOSED, ROUND_REOPENED, ANSWERS_GIVEN, ANSWERS_VOIDED, CONTRADICTION_SETTLED,
    CONTRADICTIONS_FOLLOWED, REGISTER_DENIES, CHECKS_DRAWN, CHECK_DONE, SHEETS_PRINTED,
    QUESTIONS_SAVED, QUESTIONS_DISCARDED, QUESTIONS_PUBLISHED, QUESTIONS_WITHDRAWN,
)  # fmt: skip


def register() -> None:
    """Tell the journal these kinds of line."""
    for kind in ALL:
        register_kind(Kind(kind, retention="response"))
