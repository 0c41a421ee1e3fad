"""A declaration: answers that a household sends by itself or somebody writes for it, and the door that they mark."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wangge.access.queries import system_viewer
from wangge.access.viewing import Viewer
from wangge.journal.actors import number_of
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household
from wangge.places.queries import installation
from wangge.surveys.commands import record_responses
from wangge.surveys.commands.campaigns import mark_declared
from wangge.surveys.models import Campaign
from wangge.surveys.queries.campaigns import sent_on
from wangge.surveys.rules.answers import Filling
from wangge.surveys.rules.campaigns import FILLINGS_A_DAY, Source

KEPT = ("applied", "again")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What is declared for a household; ``sheet`` is made where it is filled in, ``helper`` who wrote for them."""

    sheet: UUID
    campaign: UUID
    household: UUID
    answers: Mapping[str, Any]
    source: Source
    helper: str = ""
    read_aloud: bool = False


@command
def declare(*, stamp: Stamp, actor: Viewer, declaration: Declaration) -> str:
    """Keep a declaration and return its receipt; the latest of a household stands, earlier ones are kept.

    Refused for a campaign that is closed, a household outside it or out of reach, and answers that do not fit. What a
    household sends by itself is taken ten times a day at most, from its first day to its last.
    """
    one = declaration
    campaign = Campaign.objects.filter(id=one.campaign).first()
    # Two phones of one household come one after the other.
    home = Household.objects.select_for_update().filter(id=one.household).first()
    if campaign is None or home is None:
        raise Refused("campaigns.door_unknown")
    if one.source == Source.SELF:
        _check_own(stamp, campaign, one)
    filling = Filling(
        id=one.sheet,
        questionnaire=campaign.questionnaire_id,
        household=home.id,
        at=stamp.at,
        source=one.source.value,
        answers=one.answers,
        campaign=campaign.id,
        helper=one.helper,
        read_aloud=one.read_aloud,
    )
    (outcome,) = record_responses(stamp=stamp, actor=actor, fillings=[filling])
    if outcome.outcome not in KEPT:
        raise Refused(outcome.code)
    return mark_declared(
        stamp=stamp, actor=actor, campaign=campaign.id, household=home.id, sheet=one.sheet, source=one.source
    )


def _check_own(stamp: Stamp, campaign: Campaign, one: Declaration) -> None:
    """Refuse what a household sends before the first day, after the last, or too often on one."""
    if not campaign.from_on <= stamp.day < campaign.until_on:
        raise Refused("campaigns.closed")
    if sent_on(campaign=campaign.id, household=one.household, day=stamp.counted_day) >= FILLINGS_A_DAY:
        raise Refused("campaigns.sent_too_often")


def nobody_signed_in() -> Viewer:
    """Return in whose name a household's own declaration is written: the server's, who is no account."""
    opened = installation()
    return system_viewer(number_of(UUID(int=0)), "", opened.area.path if opened else "")
