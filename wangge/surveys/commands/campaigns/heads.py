"""Starting and closing a campaign."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.paths import contains
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.stillness import hold_still
from wangge.surveys.commands.campaigns import kinds
from wangge.surveys.models import Campaign, Questionnaire
from wangge.surveys.queries.campaigns.coverage import counted
from wangge.surveys.rules.campaigns import MANAGE, CampaignHead, head_fault

PUBLISHED, PLACE = "published", "place"


@dataclass(frozen=True, slots=True)
class CampaignStarted:
    """A campaign that begins, and how many households are asked."""

    campaign: UUID
    due: int


@command
def start_campaign(*, stamp: Stamp, actor: Viewer, head: CampaignHead) -> CampaignStarted:
    """Ask the households of an area to declare by themselves.

    Refused outside the actor's areas, without name, purpose, basis or telephone, for days that are over, for a
    questionnaire that is not published here or asks about places, and for a name that the area has used already.
    """
    hold_still()
    area = Area.objects.filter(id=head.area, retired_at=None).first()
    if area is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, area.path)
    if fault := head_fault(head, stamp.day):
        raise Refused(fault[0], **fault[1])
    name = " ".join(head.name.split())
    if Campaign.objects.filter(area=area, name=name).exists():
        raise Refused("campaigns.name_taken", name=name)
    row = Campaign.objects.create(
        id=head.id,
        area=area,
        path=area.path,
        name=name,
        purpose=" ".join(head.purpose.split()),
        basis=" ".join(head.basis.split()),
        questionnaire=_questionnaire(head.questionnaire, area.path),
        telephone=" ".join(head.telephone.split()),
        from_on=head.from_on,
        until_on=head.until_on,
        started_by_id=actor.account_id,
        started_at=stamp.received_at,
    )
    due = counted(row, [row.path]).due
    note(stamp, actor, row, kinds.STARTED, {"due": due})
    return CampaignStarted(row.id, due)


def _questionnaire(wanted: UUID, path: str) -> Questionnaire:
    """Return the questionnaire, when it is in use here and asks about households."""
    row = Questionnaire.objects.filter(id=wanted, state=PUBLISHED).first()
    if row is None or not contains(row.path, path) or row.definition.get("subject") == PLACE:
        raise Refused("campaigns.questionnaire_unusable")
    return row


@command
def close_campaign(*, stamp: Stamp, actor: Viewer, campaign: UUID) -> UUID:
    """Close a campaign: its links and codes open nothing any more, and its numbers are kept as they are."""
    row = locked_campaign(actor, campaign)
    found = counted(row, [row.path])
    row.closed_at, row.closed_by_id = stamp.received_at, actor.account_id
    row.final = {"due": found.due, "declared": found.declared}
    row.save(update_fields=["closed_at", "closed_by", "final"])
    note(stamp, actor, row, kinds.CLOSED, row.final)
    return row.id


@command
def reopen_campaign(*, stamp: Stamp, actor: Viewer, campaign: UUID) -> UUID:
    """Let a campaign that was closed go on until its last day."""
    row = locked_campaign(actor, campaign, closed=True)
    row.closed_at, row.closed_by_id, row.final = None, None, None
    row.save(update_fields=["closed_at", "closed_by", "final"])
    note(stamp, actor, row, kinds.REOPENED, {})
    return row.id


def locked_campaign(actor: Viewer, campaign: UUID, *, closed: bool = False) -> Campaign:
    """Return a campaign that the actor manages as a whole, locked; refused alike when unknown and out of reach."""
    hold_still()
    row = Campaign.objects.select_for_update(of=("self",)).select_related("area").filter(id=campaign).first()
    if row is None or not actor.holds_at(MANAGE, row.path):
        raise Refused("campaigns.campaign_unknown")
    require(actor, MANAGE, row.path)
    if (row.closed_at is not None) != closed:
        raise Refused("campaigns.wrong_state")
    return row


def open_campaign(campaign: UUID) -> Campaign:
    """Return a campaign that is not closed, for writes below its area; the caller asks for the right there."""
    hold_still()
    row = Campaign.objects.select_related("area").filter(id=campaign).first()
    if row is None:
        raise Refused("campaigns.campaign_unknown")
    if row.closed_at is not None:
        raise Refused("campaigns.closed")
    return row


def note(stamp: Stamp, actor: Viewer, row: Campaign, kind: str, facts: Mapping[str, object]) -> None:
    """Write the line of something that happened to a campaign as a whole."""
    path = row.area.grid_path or row.area.path
    told = {"campaign": str(row.id), **facts}
    record(stamp=stamp, actor=actor, entries=[Entry(kind, path, told, subject=row.id)])
