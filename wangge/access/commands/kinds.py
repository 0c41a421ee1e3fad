"""The kinds of line that access writes."""

from wangge.journal.kinds import Kind, register_kind

ACCOUNT_ADDED = "access.account_added"
ACCOUNT_CHANGED = "access.account_changed"
ACCOUNT_DEACTIVATED = "access.account_deactivated"
ACCOUNT_REACTIVATED = "access.account_reactivated"
APPROVAL_GIVEN = "access.approval_given"
APPROVAL_USED = "access.approval_used"
DUTY_ENDED = "access.duty_ended"
DUTY_GRANTED = "access.duty_granted"
FACTOR_DROPPED = "access.factor_dropped"
FACTOR_FAILED = "access.factor_failed"
FACTOR_SET_UP = "access.factor_set_up"
LINK_MADE = "access.link_made"
LINK_USED = "access.link_used"
PASSWORD_SET = "access.password_set"  # noqa: S105
RECOVERY_RENEWED = "access.recovery_renewed"
SIGNED_IN = "access.signed_in"

KINDS = (
    ACCOUNT_ADDED, ACCOUNT_CHANGED, ACCOUNT_DEACTIVATED, ACCOUNT_REACTIVATED, APPROVAL_GIVEN, APPROVAL_USED,
    DUTY_ENDED, DUTY_GRANTED, FACTOR_DROPPED, FACTOR_FAILED, FACTOR_SET_UP, LINK_MADE, LINK_USED, PASSWORD_SET,
    RECOVERY_RENEWED, SIGNED_IN,
)  # fmt: skip


def register() -> None:
    """Tell the journal this room's kinds of line."""
    for kind in KINDS:
        register_kind(Kind(kind, retention="response"))
