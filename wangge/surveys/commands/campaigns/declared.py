"""Marking a household as declared, once its answers are kept."""

from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.paths import contains
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household
from wangge.surveys.codes import sheet_receipt
from wangge.surveys.commands.campaigns import kinds
from wangge.surveys.commands.campaigns.codes import door_of
from wangge.surveys.commands.campaigns.heads import open_campaign
from wangge.surveys.rules.campaigns import DECLARED, VISIT, Source


@command
def mark_declared(*, stamp: Stamp, actor: Viewer, campaign: UUID, household: UUID, sheet: UUID, source: Source) -> str:
    """Let a filling that was kept stand for a household, and return its receipt; the latest stands.

    The household counts as declared on the day of its first filling, and only then.
    """
    row = open_campaign(campaign)
    home = Household.objects.filter(id=household).first()
    if home is None or not contains(row.path, home.path):
        raise Refused("campaigns.door_unknown")
    require(actor, VISIT, home.path)
    door = door_of(row, home.id)
    first = door.declared_at is None
    door.sent += 1
    if door.declared_at is None or door.declared_at <= stamp.counted_at():
        door.declared_at, door.source, door.sheet = stamp.counted_at(), source, sheet
        door.receipt = sheet_receipt(sheet)
    door.save(update_fields=["sent", "declared_at", "source", "sheet", "receipt"])
    counts = (Count(DECLARED, home.grid_path, 1, stamp.counted_day),) if first else ()
    facts = {"campaign": str(row.id), "household": str(home.id), "source": source.value}
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.DECLARATION, home.grid_path, facts, counts, subject=home.id)])
    return sheet_receipt(sheet)
