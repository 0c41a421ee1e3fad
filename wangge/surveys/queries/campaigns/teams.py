"""Teams of a campaign, and the list that one of them works off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.refused import Refused
from wangge.people.queries.searching import door_of, place_names
from wangge.people.rules.codes import HouseholdState
from wangge.surveys.models import CampaignDoor, CampaignTeam, TeamDoor
from wangge.surveys.queries.campaigns.coverage import campaign_head
from wangge.surveys.rules.campaigns import MANAGE, READ, VISIT


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamLine:
    """A team: when it goes, who, how many doors it has and how many of them have declared by now."""

    id: UUID
    campaign: UUID
    campaign_name: str
    closed: bool
    number: int
    members: tuple[tuple[str, str], ...]
    area: int
    area_name: str
    path: str
    from_at: datetime
    until_at: datetime
    doors: int
    declared: int
    tried: int

    @property
    def left(self) -> int:
        """How many doors have not declared."""
        return self.doors - self.declared


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDoor:
    """A door on a team's list as it stands now; ``by_themselves`` says that it declared after the list was made."""

    household: UUID
    place: int
    path: str
    door: str
    where: str
    declared_at: datetime | None
    source: str
    found: str
    found_at: datetime | None
    by_themselves: bool

    @property
    def state(self) -> str:
        """How it stands: declared, nobody_home, refused, or due."""
        return "declared" if self.declared_at else self.found or "due"


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamPage:
    """A team and its list."""

    team: TeamLine
    telephone: str
    purpose: str
    basis: str
    doors: tuple[ListDoor, ...]
    manages: bool


def _lines(rows: QuerySet[CampaignTeam]) -> list[TeamLine]:
    """Return teams with their numbers, the next to go first; one statement."""
    said = CampaignDoor.objects.filter(
        campaign=OuterRef("team__campaign"), household=OuterRef("household"), declared_at__isnull=False
    )
    found = list(rows.select_related("campaign", "area").order_by("-from_at", "number"))
    numbers = (
        TeamDoor.objects.filter(team__in=[one.id for one in found], household__state=HouseholdState.OPEN)
        .annotate(said=Exists(said))
        .order_by()
        .values("team")
        .annotate(
            doors=Count("id"),
            declared=Count("id", filter=Q(said=True)),
            tried=Count("id", filter=Q(said=False) & ~Q(found="")),
        )
    )
    by_team: dict[UUID, Mapping[str, Any]] = {one["team"]: one for one in numbers}
    return [_line(one, by_team.get(one.id, {})) for one in found]


def _line(row: CampaignTeam, numbers: Mapping[str, Any]) -> TeamLine:
    return TeamLine(
        id=row.id,
        campaign=row.campaign_id,
        campaign_name=row.campaign.name,
        closed=row.campaign.closed_at is not None,
        number=row.number,
        members=tuple((role, name) for role, name in row.members),
        area=row.area_id,
        area_name=row.area.name,
        path=row.path,
        from_at=row.from_at,
        until_at=row.until_at,
        doors=numbers.get("doors", 0),
        declared=numbers.get("declared", 0),
        tried=numbers.get("tried", 0),
    )


def teams(*, viewer: Viewer, campaign: UUID) -> list[TeamLine]:
    """Return the teams of a campaign in the viewer's areas, the latest first; three statements."""
    row = campaign_head(viewer, campaign)
    return _lines(scoped(CampaignTeam, viewer, READ).filter(campaign=row))


def teams_near(*, viewer: Viewer, at: datetime) -> list[TeamLine]:
    """Return the lists that wait for this viewer: own ones, and those of the viewer's areas; two statements.

    Only lists whose hours are not over for a day, of campaigns that are not closed.
    """
    mine = Q(account=viewer.account_id)
    rows = CampaignTeam.objects.filter(
        mine | Q(id__in=scoped(CampaignTeam, viewer, VISIT).values("id")),
        campaign__closed_at=None, until_at__gt=at - timedelta(days=1),
    )  # fmt: skip
    return _lines(rows)


def team_page(*, viewer: Viewer, team: UUID) -> TeamPage:
    """Return a team's list as it stands; refused as unknown where the viewer neither goes along nor visits there.

    Four statements. A team member sees only doors where they may visit.
    """
    rows = CampaignTeam.objects.filter(id=team)
    seen = rows.filter(
        Q(account=viewer.account_id)
        | Q(id__in=scoped(CampaignTeam, viewer, VISIT).values("id"))
        | Q(id__in=scoped(CampaignTeam, viewer, READ).values("id"))
    )
    row = seen.select_related("campaign").first()
    if row is None:
        raise Refused("campaigns.team_unknown")
    own = scoped(TeamDoor, viewer, VISIT, path_field="household__path").filter(team=row)
    doors = own.filter(household__state=HouseholdState.OPEN).select_related("household__dwelling").order_by("place")
    return TeamPage(
        team=_lines(rows)[0],
        telephone=row.campaign.telephone,
        purpose=row.campaign.purpose,
        basis=row.campaign.basis,
        doors=_doors(row, list(doors)),
        manages=viewer.holds_at(MANAGE, row.path),
    )


def _doors(team: CampaignTeam, rows: Sequence[TeamDoor]) -> tuple[ListDoor, ...]:
    said = {
        one.household_id: one
        for one in CampaignDoor.objects.filter(
            campaign=team.campaign_id, household__in=[row.household_id for row in rows], declared_at__isnull=False
        )
    }
    places = place_names([row.household.path for row in rows])
    return tuple(_door(row, said.get(row.household_id), places[row.household.path]) for row in rows)


def _door(row: TeamDoor, said: CampaignDoor | None, where: str) -> ListDoor:
    return ListDoor(
        household=row.household_id,
        place=row.place,
        path=row.household.path,
        door=door_of(row.household),
        where=where,
        declared_at=said.declared_at if said else None,
        source=said.source if said else "",
        found=row.found,
        found_at=row.found_at,
        by_themselves=said is not None and said.source == "self",
    )
