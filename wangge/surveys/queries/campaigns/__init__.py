"""Reads of self-declaration campaigns: coverage, doors, codes and teams, and the one door that a code opens."""

from wangge.surveys.queries.campaigns.coverage import (
    CampaignLine,
    CampaignPage,
    Part,
    Usable,
    campaign_named,
    campaign_page,
    campaigns,
    usable_questionnaires,
)
from wangge.surveys.queries.campaigns.doors import (
    CodeLine,
    DeclarationDoor,
    DoorLine,
    Undeclared,
    codes,
    declaration_door,
    doors,
    undeclared,
)
from wangge.surveys.queries.campaigns.opening import DoorOpened, open_door, sent_on, wrong_codes
from wangge.surveys.queries.campaigns.teams import ListDoor, TeamLine, TeamPage, team_page, teams, teams_near

__all__ = [
    "CampaignLine",
    "CampaignPage",
    "CodeLine",
    "DeclarationDoor",
    "DoorLine",
    "DoorOpened",
    "ListDoor",
    "Part",
    "TeamLine",
    "TeamPage",
    "Undeclared",
    "Usable",
    "campaign_named",
    "campaign_page",
    "campaigns",
    "codes",
    "declaration_door",
    "doors",
    "open_door",
    "sent_on",
    "team_page",
    "teams",
    "teams_near",
    "undeclared",
    "usable_questionnaires",
    "wrong_codes",
]
