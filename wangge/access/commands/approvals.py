"""Writes of approvals: a second person's yes, given beforehand as a code."""

from uuid import UUID

from wangge.access import rules, tokens
from wangge.access.commands import kinds, subjects
from wangge.access.models import Account, Approval
from wangge.access.queries.viewers import read_viewer
from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp

GIVE = "approval.give"


@command
def give_approval(*, stamp: Stamp, actor: Viewer, digest: bytes, purpose: str, area: int) -> UUID:
    """Approve, for today, one act of somebody else with this purpose in this area; return the approval's id.

    ``digest`` is that of the code which the door has drawn (``tokens.approval_digest``).
    """
    home = subjects.open_area(area)
    if not actor.holds_at(GIVE, home.path):
        raise Refused("access.area_unknown")
    require(actor, GIVE, home.path)
    words = " ".join(purpose.split())
    if not words:
        raise Refused("access.purpose_missing")
    if len(words) > rules.PURPOSE_MOST:
        raise Refused("access.purpose_long", most=rules.PURPOSE_MOST)
    row = Approval.objects.create(
        digest=digest,
        giver=Account.objects.get(id=actor.account_id),
        purpose=words,
        area=home,
        path=home.path,
        day=stamp.day,
        given_at=stamp.received_at,
    )
    facts = {"approval": str(row.id), "area": home.id}
    path = home.grid_path or home.path
    subjects.note(stamp, actor, Entry(kinds.APPROVAL_GIVEN, path, facts, subject=actor.account_id))
    return row.id


@command
def use_approval(*, stamp: Stamp, actor: Viewer, code: str, purpose: str, area: int) -> UUID | None:
    """Use up another person's approval for what the actor is about to do; return the approval's id.

    None, without a code, for the first administrator as long as there is no second account. Refused when the code is
    unknown, used, of another day, given by the actor, for another purpose or area, or by one who may no longer.
    """
    if actor.sole_administrator:
        return None
    if not code.strip():
        raise Refused("access.approval_needed")
    digest = tokens.approval_digest(code)
    row = Approval.objects.select_for_update(of=("self",)).select_related("area").filter(digest=digest).first()
    _fits(row, stamp, actor, purpose, area)
    assert row is not None
    row.used_at, row.used_by_id = stamp.received_at, actor.account_id
    row.save(update_fields=["used_at", "used_by"])
    facts = {"approval": str(row.id), "area": area, "giver": str(row.giver_id)}
    path = row.area.grid_path or row.area.path
    subjects.note(stamp, actor, Entry(kinds.APPROVAL_USED, path, facts, subject=actor.account_id))
    return row.id


def _fits(row: Approval | None, stamp: Stamp, actor: Viewer, purpose: str, area: int) -> None:
    """Refuse unless the approval is for exactly this."""
    if row is None or row.giver_id is None:
        raise Refused("access.approval_wrong")
    if row.giver_id == actor.account_id:
        raise Refused("access.approval_own")
    if row.used_at is not None:
        raise Refused("access.approval_used")
    if row.day != stamp.day:
        raise Refused("access.approval_day", day=row.day.isoformat())
    if row.area_id != area:
        raise Refused("access.approval_area")
    if rules.purpose_key(row.purpose) != rules.purpose_key(purpose):
        raise Refused("access.approval_purpose")
    giver = read_viewer(row.giver_id, on=stamp.day)
    if giver is None or not giver.permits(GIVE, row.path):
        raise Refused("access.approval_void")
