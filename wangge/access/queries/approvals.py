"""Reads of approvals."""

from dataclasses import dataclass
from datetime import date, datetime

from wangge.access.models import Approval
from wangge.access.viewing import Viewer, scoped


@dataclass(frozen=True, slots=True)
class ApprovalLine:
    """One approval that the viewer gave; the code itself is not kept."""

    purpose: str
    area_name: str
    day: date
    given_at: datetime
    used_at: datetime | None
    used_by: str


def approvals_by(*, viewer: Viewer, limit: int = 50) -> list[ApprovalLine]:
    """Return the approvals that the viewer gave where they still may, the latest first; one statement."""
    rows = scoped(Approval, viewer, "approval.give").filter(giver=viewer.account_id)
    found = rows.select_related("area", "used_by").order_by("-given_at", "id")[:limit]
    return [
        ApprovalLine(
            row.purpose, row.area.name, row.day, row.given_at, row.used_at, row.used_by.name if row.used_by else ""
        )
        for row in found
    ]
