"""Teams that go where nothing was declared: sent out, called back, and what they found at a door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from wangge.access.models import Account
from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.paths import contains
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.places.models import Area
from wangge.surveys.commands.campaigns import kinds
from wangge.surveys.commands.campaigns.heads import open_campaign
from wangge.surveys.models import Campaign, CampaignTeam, TeamDoor
from wangge.surveys.rules.campaigns import BATCH_LIMIT, MANAGE, VISIT, NewTeam, Try, team_fault

LONGEST_SECONDS = 24 * 3600


@dataclass(frozen=True, slots=True)
class TeamSent:
    """A team, its number in the campaign, and how many doors it goes to."""

    team: UUID
    number: int
    doors: int


@command
def send_teams(
    *, stamp: Stamp, actor: Viewer, campaign: UUID, area: int, teams: Sequence[NewTeam],
    doors: Sequence[Sequence[UUID]], from_at: datetime, until_at: datetime,
) -> list[TeamSent]:  # fmt: skip
    """Send each team to its doors in the order given, between two instants of at most a day apart.

    Refused outside the actor's areas, for a team without three names, for hours that run backwards or are over, for
    an account that is none, and for more than 500 doors in all.
    """
    row = open_campaign(campaign)
    place = _place(actor, row, area)
    if fault := team_fault(teams):
        raise Refused(fault)
    _check_hours(stamp, from_at, until_at)
    if sum(len(one) for one in doors) > BATCH_LIMIT:
        raise Refused("campaigns.batch_too_large", limit=BATCH_LIMIT)
    accounts = {one.account for one in teams if one.account}
    if Account.objects.filter(id__in=accounts, is_active=True).count() != len(accounts):
        raise Refused("access.account_inactive")
    kept = _check_doors(place, doors)
    made = CampaignTeam.objects.bulk_create(
        CampaignTeam(
            id=team.id,
            campaign=row,
            area=place,
            path=place.path,
            number=number,
            members=[[role.value, " ".join(name.split())] for role, name in team.members],
            account_id=team.account,
            from_at=from_at,
            until_at=until_at,
            made_by_id=actor.account_id,
            made_at=stamp.received_at,
        )
        for number, team in enumerate(teams, start=_last_number(row) + 1)
    )
    TeamDoor.objects.bulk_create(
        TeamDoor(team=team, household_id=home, place=number)
        for team, homes in zip(made, doors, strict=True)
        for number, home in enumerate((one for one in homes if one in kept), start=1)
    )
    facts = {"campaign": str(row.id), "teams": len(made), "doors": len(kept)}
    line = Entry(kinds.TEAM_SENT, place.grid_path or place.path, facts, subject=row.id)
    record(stamp=stamp, actor=actor, entries=[line])
    return [TeamSent(team.id, team.number, len(homes)) for team, homes in zip(made, doors, strict=True)]


def _place(actor: Viewer, row: Campaign, area: int) -> Area:
    """Return the area whose doors are dealt, inside the campaign and the actor's reach."""
    place = Area.objects.filter(id=area, retired_at=None).first()
    if place is None or not contains(row.path, place.path):
        raise Refused("campaigns.campaign_unknown")
    require(actor, MANAGE, place.path)
    return place


def _check_hours(stamp: Stamp, from_at: datetime, until_at: datetime) -> None:
    seconds = (until_at - from_at).total_seconds()
    if not 0 < seconds <= LONGEST_SECONDS or until_at <= stamp.received_at:
        raise Refused("campaigns.hours_wrong")


def _check_doors(place: Area, doors: Sequence[Sequence[UUID]]) -> set[UUID]:
    """Return the households that are given away, all of them open and inside the area."""
    wanted = {home for one in doors for home in one}
    rows = Household.objects.filter(id__in=wanted, state=HouseholdState.OPEN).values_list("id", "path")
    inside = {id_ for id_, path in rows if contains(place.path, path)}
    if inside != wanted:
        raise Refused("campaigns.door_unknown")
    return wanted


def _last_number(row: Campaign) -> int:
    """Return the number of the campaign's last team, with the campaign locked so that the next one is free."""
    Campaign.objects.select_for_update().get(id=row.id)
    last: int | None = CampaignTeam.objects.filter(campaign=row).aggregate(last=Max("number"))["last"]
    return last or 0


@command
def withdraw_team(*, stamp: Stamp, actor: Viewer, team: UUID) -> UUID:
    """Give up the list of a team with what was noted on it; its doors can be dealt again."""
    row = CampaignTeam.objects.select_related("campaign__area", "area").filter(id=team).first()
    if row is None or not actor.holds_at(MANAGE, row.path):
        raise Refused("campaigns.team_unknown")
    require(actor, MANAGE, row.path)
    facts = {"campaign": str(row.campaign_id), "team": str(row.id)}
    line = Entry(kinds.TEAM_WITHDRAWN, row.area.grid_path or row.path, facts, subject=row.campaign_id)
    record(stamp=stamp, actor=actor, entries=[line])
    row.delete()
    return team


@command
def record_try(*, stamp: Stamp, actor: Viewer, team: UUID, household: UUID, found: Try) -> UUID:
    """Note that a team met nobody at a door, or that it was refused there; a later note replaces an earlier.

    Refused for a door that is not on the list, and where the actor does not visit.
    """
    rows = TeamDoor.objects.select_for_update(of=("self",)).select_related("household", "team")
    row = rows.filter(team=team, household=household).first()
    if row is None or not actor.permits(VISIT, row.household.path):
        raise Refused("campaigns.door_unknown")
    if row.found_at is not None and row.found_at > stamp.counted_at():
        return row.household_id
    row.found, row.found_at, row.found_by_id = found, stamp.counted_at(), actor.account_id
    row.save(update_fields=["found", "found_at", "found_by"])
    facts = {"campaign": str(row.team.campaign_id), "household": str(household), "found": found.value}
    path = row.household.grid_path
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.DOOR_TRIED, path, facts, subject=household)])
    return household
