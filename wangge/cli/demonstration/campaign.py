"""An invented campaign: a community asks its households to declare, some have, and a team goes to others tonight."""

from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wangge.cli import starting
from wangge.cli.demonstration import places
from wangge.cli.demonstration.neighbours import Neighbour, neighbours

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer

QUESTIONS = "self-declaration"
NAME, TELEPHONE = "翠湖社区健康申报", "0539-655 0120"
PURPOSE = "知道哪一家有人发热、咳嗽或从重点地区回来，尽早上门"
BASIS = "青防指〔2027〕7号（演示）"
DAYS = 5
BY_THEMSELVES, BY_TELEPHONE, BY_WORKER = 44, 12, 8
"""How many households declared in each way."""
FROM_HOUR, UNTIL_HOUR, DOORS = 18.5, 20.5, 30
TEAM = (("property", "孙建平"), ("community", "何敏"), ("police", "李卫东"))
WELL = {"fever": "no", "cough": "no", "travelled": "no", "contact": "no"}


def ask_to_declare(community: int, grid: int) -> None:
    """Start a campaign in a community, let households of a grid declare, and send a team to others of it."""
    from wangge.surveys.rules.campaigns import Source

    campaign = _start(community)
    lead = _viewer("community_lead")
    homes = iter(_homes(lead, grid))
    for home in islice(homes, BY_THEMSELVES):
        _declare(campaign, home, Source.SELF)
    for home in islice(homes, BY_TELEPHONE):
        _declare(campaign, home, Source.CALL)
    for home in islice(homes, BY_WORKER):
        _declare(campaign, home, Source.BEHALF)
    _send_team(campaign, grid)


def _start(community: int) -> UUID:
    from wangge.kernel.ids import uuid7
    from wangge.surveys.commands.campaigns import start_campaign
    from wangge.surveys.queries.questionnaires import questionnaire_named
    from wangge.surveys.rules.campaigns import CampaignHead

    lead, stamp = _viewer("community_lead"), starting.stamp()
    head = CampaignHead(
        id=uuid7(),
        area=community,
        name=NAME,
        purpose=PURPOSE,
        basis=BASIS,
        questionnaire=questionnaire_named(viewer=lead, name=QUESTIONS),
        telephone=TELEPHONE,
        from_on=stamp.day,
        until_on=stamp.day + timedelta(days=DAYS),
    )
    return start_campaign(stamp=stamp, actor=lead, head=head).campaign


def _viewer(role: str) -> "Viewer":
    from wangge.access.queries import viewer_by_login

    found = viewer_by_login(places.PEOPLE[role][0], on=starting.stamp().day)
    assert found is not None
    return found


def _homes(lead: "Viewer", grid: int) -> list[UUID]:
    """Return every third household of a grid, so that some have declared in every building."""
    from wangge.people.queries import doors_with_members
    from wangge.places.queries import area

    home = area(grid)
    assert home is not None
    return [id_ for id_, _, _ in doors_with_members(viewer=lead, path=home.path)][::3]


def _declare(campaign: UUID, household: UUID, source: Any) -> None:
    from wangge.flows.declarations import Declaration, declare, nobody_signed_in
    from wangge.kernel.ids import uuid7
    from wangge.surveys.rules.campaigns import Source

    people = neighbours(_viewer("community_lead"), household, starting.stamp().day)
    by_itself = source == Source.SELF
    told = Declaration(
        sheet=uuid7(),
        campaign=campaign,
        household=household,
        answers={"people": [_row(one, by_name=by_itself) for one in people if not one.known.away]},
        source=source,
    )
    actor = nobody_signed_in() if by_itself else _viewer("clerk")
    declare(stamp=starting.stamp(), actor=actor, declaration=told)


def _row(one: Neighbour, *, by_name: bool) -> dict[str, Any]:
    """Return what somebody declares; whoever declares for the own household is known by name only."""
    who: dict[str, Any] = {"resident": None, "name": one.name} if by_name else {"resident": str(one.id)}
    return who | WELL


def _send_team(campaign: UUID, grid: int) -> None:
    from wangge.flows.campaign_visits import deal_visits
    from wangge.kernel.ids import uuid7
    from wangge.kernel.periods import day_start
    from wangge.surveys.rules.campaigns import NewTeam, TeamRole

    stamp = starting.stamp()
    evening: datetime = day_start(stamp.day, stamp.zone)
    if stamp.at >= evening + timedelta(hours=FROM_HOUR):
        evening = day_start(stamp.day + timedelta(days=1), stamp.zone)
    team = NewTeam(uuid7(), tuple((TeamRole(role), name) for role, name in TEAM), _viewer("grid_worker").account_id)
    deal_visits(
        stamp=stamp, actor=_viewer("community_lead"), campaign=campaign, area=grid, teams=[team], most=DOORS,
        from_at=evening + timedelta(hours=FROM_HOUR), until_at=evening + timedelta(hours=UNTIL_HOUR),
    )  # fmt: skip
