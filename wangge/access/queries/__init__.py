"""Reads of accounts and duties, and the viewer that stands for a signed-in account."""

from wangge.access.queries.accounts import (
    AccountIndex,
    AccountLine,
    AccountPage,
    DutyLine,
    OwnAccount,
    account_by_login,
    account_index,
    account_lines,
    account_page,
    accounts,
    own_account,
)
from wangge.access.queries.approvals import ApprovalLine, approvals_by
from wangge.access.queries.duties import (
    dealt_areas,
    homes_of_workers,
    logins,
    standing_duties,
    worker_of,
    workers_at,
    workers_in,
)
from wangge.access.queries.viewers import (
    first_administrator,
    forget_viewers,
    read_viewer,
    system_viewer,
    viewer_by_login,
    viewer_for,
)

__all__ = [
    "AccountIndex",
    "AccountLine",
    "AccountPage",
    "ApprovalLine",
    "DutyLine",
    "OwnAccount",
    "account_by_login",
    "account_index",
    "account_lines",
    "account_page",
    "accounts",
    "approvals_by",
    "dealt_areas",
    "first_administrator",
    "forget_viewers",
    "homes_of_workers",
    "logins",
    "own_account",
    "read_viewer",
    "standing_duties",
    "system_viewer",
    "viewer_by_login",
    "viewer_for",
    "worker_of",
    "workers_at",
    "workers_in",
]
