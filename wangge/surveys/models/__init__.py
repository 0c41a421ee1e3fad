"""Tables of surveys: visits at doors, rounds, questionnaires and answers, and the lists that are handed down."""

from wangge.surveys.models.campaigns import Campaign, CampaignDoor, CampaignTeam, CodeTry, TeamDoor
from wangge.surveys.models.lists import HandedDownList, ListEntry, ListFinding
from wangge.surveys.models.paper import PaperSheet
from wangge.surveys.models.questionnaires import Questionnaire, Response
from wangge.surveys.models.rounds import Contradiction, RoundCount, RoundDoor, RoundHour, SpotCheck, SurveyRound
from wangge.surveys.models.visits import DoorDay, DoorVisit, QuarterCount, Sighting

__all__ = [
    "Campaign",
    "CampaignDoor",
    "CampaignTeam",
    "CodeTry",
    "Contradiction",
    "DoorDay",
    "DoorVisit",
    "HandedDownList",
    "ListEntry",
    "ListFinding",
    "PaperSheet",
    "QuarterCount",
    "Questionnaire",
    "Response",
    "RoundCount",
    "RoundDoor",
    "RoundHour",
    "Sighting",
    "SpotCheck",
    "SurveyRound",
    "TeamDoor",
]
