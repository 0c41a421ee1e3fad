"""What stands behind a code, for a door at which nobody signs in: enough for the form, nothing about the household."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from wangge.kernel.paths import contains
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.surveys.codes import code_digest
from wangge.surveys.models import CampaignDoor, CodeTry, Response
from wangge.surveys.rules.campaigns import TRY_WINDOW, Source

MERGES_FOLLOWED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorOpened:
    """The campaign behind a code and the household whose door it opens; no name, no door, no earlier answer."""

    campaign: UUID
    household: UUID
    name: str
    purpose: str
    basis: str
    telephone: str
    until_on: date
    questionnaire: UUID
    definition: Mapping[str, Any]


def open_door(*, code: str, today: date) -> DoorOpened | None:
    """Return what a plain code opens on a day: nothing when it is unknown, replaced, closed, over or erased, all alike.

    Two statements, and one for each household that was joined with another since.
    """
    rows = CampaignDoor.objects.select_related("campaign__questionnaire", "household")
    door = rows.filter(digest=code_digest(code)).first()
    if door is None:
        return None
    row = door.campaign
    home = _living(door.household)
    if row.closed_at is not None or not row.from_on <= today < row.until_on:
        return None
    if home is None or not contains(row.path, home.path):
        return None
    return DoorOpened(
        campaign=row.id,
        household=home.id,
        name=row.name,
        purpose=row.purpose,
        basis=row.basis,
        telephone=row.telephone,
        until_on=row.until_on,
        questionnaire=row.questionnaire_id,
        definition=row.questionnaire.definition,
    )


def _living(home: Household) -> Household | None:
    """Return the household, or the one it was joined with; nothing when it is closed."""
    for _ in range(MERGES_FOLLOWED):
        if home.merged_into is None:
            break
        home = home.merged_into
    return home if home.state == HouseholdState.OPEN else None


def wrong_codes(*, client: bytes, at: datetime) -> tuple[int, int]:
    """Return how many wrong codes came within the hour: from this client, and from everywhere; one statement."""
    rows = CodeTry.objects.filter(at__gt=at - TRY_WINDOW).order_by()
    found = rows.aggregate(own=Count("id", filter=Q(client=client)), everybody=Count("id"))
    return found["own"], found["everybody"]


def sent_on(*, campaign: UUID, household: UUID, day: date) -> int:
    """Return how many fillings a household has sent by itself on a day."""
    rows = Response.objects.filter(campaign=campaign, household=household, source=Source.SELF, resident=None, day=day)
    return rows.values("sheet").distinct().count()
