"""The codes of a campaign's doors: made when they are printed, replaced when a sheet is lost, tried by anybody."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.paths import contains
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.places.copies import within
from wangge.places.models import Area
from wangge.surveys.codes import code_digest, door_code
from wangge.surveys.commands.campaigns import kinds
from wangge.surveys.commands.campaigns.heads import open_campaign
from wangge.surveys.models import Campaign, CampaignDoor, CodeTry
from wangge.surveys.rules.campaigns import BATCH_LIMIT, MANAGE, TRY_WINDOW

FORGOTTEN_AT_ONCE = 200


@command
def make_codes(*, stamp: Stamp, actor: Viewer, campaign: UUID, area: int) -> int:
    """Give households of an area that have no code one, at most 500 a call, and return how many got one.

    Households that come later get theirs with the next call: it is made whenever slips are printed.
    """
    row = open_campaign(campaign)
    place = Area.objects.filter(id=area).first()
    if place is None or not (contains(row.path, place.path) or contains(place.path, row.path)):
        raise Refused("campaigns.campaign_unknown")
    require(actor, MANAGE, place.path)
    paths = [max(row.path, place.path, key=len)]
    coded = CampaignDoor.objects.filter(campaign=row).values("household")
    open_ = Household.objects.filter(within("path", paths), state=HouseholdState.OPEN)
    homes = list(open_.exclude(id__in=coded).order_by("path", "id").values_list("id", flat=True)[:BATCH_LIMIT])
    # Two who print at once make the same rows: those that are there already stay as they are.
    made = [new_door(row, home) for home in homes]
    for door in made:
        door.printed_at = stamp.received_at
    CampaignDoor.objects.bulk_create(made, ignore_conflicts=True)
    unprinted = CampaignDoor.objects.filter(within("household__path", paths), campaign=row, printed_at=None)
    CampaignDoor.objects.filter(id__in=unprinted.values("id")).update(printed_at=stamp.received_at)
    if made:
        facts = {"campaign": str(row.id), "doors": len(made)}
        line = Entry(kinds.CODES_MADE, place.grid_path or place.path, facts, subject=row.id)
        record(stamp=stamp, actor=actor, entries=[line])
    return len(made)


def new_door(campaign: Campaign, household: UUID) -> CampaignDoor:
    """Return a door of a campaign with its first code, not saved yet."""
    return CampaignDoor(
        campaign=campaign, household_id=household, digest=code_digest(door_code(campaign.id, household, 0))
    )


def door_of(campaign: Campaign, household: UUID) -> CampaignDoor:
    """Return the row of a household of a campaign, locked; it is made where there is none."""
    rows = CampaignDoor.objects.select_for_update().filter(campaign=campaign, household=household)
    found = rows.first()
    if found is None:
        CampaignDoor.objects.bulk_create([new_door(campaign, household)], ignore_conflicts=True)
        found = rows.get()
    return found


@command
def replace_code(*, stamp: Stamp, actor: Viewer, campaign: UUID, household: UUID) -> int:
    """Let the code of a door hold no more and another in its place, because the sheet was lost; return its number."""
    row = open_campaign(campaign)
    home = Household.objects.filter(id=household, state=HouseholdState.OPEN).first()
    if home is None or not contains(row.path, home.path):
        raise Refused("campaigns.door_unknown")
    require(actor, MANAGE, home.path)
    door = door_of(row, home.id)
    door.turn += 1
    door.digest = code_digest(door_code(row.id, home.id, door.turn))
    door.save(update_fields=["turn", "digest"])
    facts = {"campaign": str(row.id), "household": str(home.id), "turn": door.turn}
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.CODE_REPLACED, home.grid_path, facts, subject=home.id)])
    return door.turn


def forget_wrong_codes(*, at: datetime, batch: int = FORGOTTEN_AT_ONCE) -> int:
    """Forget wrong codes that are older than the hour in which they count; return how many."""
    old = CodeTry.objects.filter(at__lt=at - TRY_WINDOW).order_by("at").values_list("id", flat=True)
    return CodeTry.objects.filter(id__in=list(old[:batch])).delete()[0]


def note_wrong_code(*, client: bytes, at: datetime) -> None:
    """Remember for an hour that a wrong code came from somewhere, and forget those that came before.

    No command and no line of the journal: nobody is signed in, nothing of the register changes, and whoever sends
    garbage must not fill the journal.
    """
    with transaction.atomic():
        forget_wrong_codes(at=at)
        CodeTry.objects.create(client=client, at=at)
