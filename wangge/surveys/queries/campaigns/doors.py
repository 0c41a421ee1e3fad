"""The doors of a campaign: who has declared and who has not, their codes, and one door by itself."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateTimeField, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from wangge.access.viewing import Viewer, require, scoped
from wangge.kernel.paths import ancestors, contains
from wangge.kernel.refused import Refused
from wangge.people.models import Household
from wangge.people.queries.searching import door_of
from wangge.people.rules.codes import HouseholdState
from wangge.places.copies import within
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, natural, parse_door
from wangge.surveys.codes import door_code
from wangge.surveys.models import Campaign, CampaignDoor, TeamDoor
from wangge.surveys.queries.campaigns.coverage import campaign_head
from wangge.surveys.rules.campaigns import MANAGE, READ, RECEIPT_SIGNS, Try, plain_code

DOOR_ORDERS: dict[str, tuple[Any, ...]] = {
    "door": ("path", "id"), "-door": ("-path", "-id"),
    "when": (F("said_at").asc(nulls_first=True), "path"),
    "-when": (F("said_at").desc(nulls_last=True), "path"),
}  # fmt: skip
SORTED_BY_DOOR = 2000
DOOR_STATES = ("left", "declared", "tried", "all")


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorLine:
    """A household of a campaign: its door, whether and how it has declared, what a team found last."""

    household: UUID
    path: str
    door: str
    declared_at: datetime | None
    source: str
    sent: int
    found: str
    found_at: datetime | None


@dataclass(frozen=True, slots=True)
class CodeLine:
    """The code of a door, for its slip."""

    household: UUID
    door: str
    path: str
    code: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclarationDoor:
    """One household of a campaign: its door, its declaration, whether it has a code, and the right there."""

    campaign: UUID
    name: str
    telephone: str
    questionnaire: UUID
    closed: bool
    household: UUID
    path: str
    grid_path: str
    door: str
    declared_at: datetime | None
    source: str
    sheet: UUID | None
    receipt: str
    sent: int
    turn: int
    printed_at: datetime | None
    found: str
    found_at: datetime | None
    code: str


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A stairwell of a building and its households to which a team may go, in walking order."""

    building: str
    stairwell: str
    households: tuple[UUID, ...]


def doors(
    *, viewer: Viewer, campaign: UUID, path: str, state: str = "left", text: str = "", order: str = "door",
    offset: int = 0, limit: int = 50,
) -> tuple[list[DoorLine], int]:  # fmt: skip
    """Return households of a campaign in an area, and how many there are; four statements.

    ``state`` is left, declared, tried (left, and a team was there) or all; ``text`` begins the door or is a receipt.
    """
    row = campaign_head(viewer, campaign)
    if not contains(row.path, path):
        raise Refused("campaigns.campaign_unknown")
    rows = _in_state(scoped(Household, viewer, READ).filter(within("path", [path])), row, state)
    if text.strip():
        rows = rows.filter(_asked(row, text.strip()))
    total, cut = rows.count(), slice(offset, offset + limit)
    part = _page(rows.select_related("dwelling"), order, total, cut)
    found = _found(row, [one.id for one in part])
    return [_line(one, found.get(one.id)) for one in part], total


def _page(rows: QuerySet[Any], order: str, total: int, cut: slice) -> list[Any]:
    """Return one page of households; by door as people count while the list is short enough to be sorted."""
    if order.lstrip("-") != "door" or total > SORTED_BY_DOOR:
        return list(rows.order_by(*DOOR_ORDERS[order])[cut])
    return sorted(rows, key=lambda home: (home.grid_path, walking_order(home)), reverse=order.startswith("-"))[cut]


def _in_state(homes: QuerySet[Household], campaign: Campaign, state: str) -> QuerySet[Any]:
    """Return the open households that stand so in a campaign, each with what it has sent."""
    said = CampaignDoor.objects.filter(campaign=campaign, household=OuterRef("id"), declared_at__isnull=False)
    rows: QuerySet[Any] = homes.filter(state=HouseholdState.OPEN).annotate(
        said_at=Subquery(said.values("declared_at")[:1], output_field=DateTimeField()),
        said_by=Coalesce(Subquery(said.values("source")[:1]), Value(""), output_field=CharField()),
        said_times=Coalesce(Subquery(said.values("sent")[:1]), Value(0), output_field=IntegerField()),
    )
    if state == "declared":
        return rows.filter(Exists(said))
    if state in ("left", "tried"):
        rows = rows.filter(~Exists(said))
    if state == "tried":
        tried = TeamDoor.objects.filter(team__campaign=campaign, household=OuterRef("id")).exclude(found="")
        rows = rows.filter(Exists(tried))
    return rows


def _asked(campaign: Campaign, text: str) -> Q:
    """Return the condition that a door begins with the text, or that a receipt was given for it."""
    door = str(parse_door(text) or text)
    found = Q(dwelling__door__startswith=door) | Q(dwelling=None, address__contains=text)
    if receipt := plain_code(text, RECEIPT_SIGNS):
        given = CampaignDoor.objects.filter(campaign=campaign, receipt=receipt)
        found |= Q(id__in=given.values("household"))
    return found


def _found(campaign: Campaign, households: Sequence[UUID]) -> dict[UUID, TeamDoor]:
    """Return what a team found last at each of some doors."""
    rows = TeamDoor.objects.filter(team__campaign=campaign, household__in=households).exclude(found="")
    return {row.household_id: row for row in rows.order_by("found_at", "id")}


def _line(row: Any, found: TeamDoor | None) -> DoorLine:
    return DoorLine(
        household=row.id,
        path=row.path,
        door=door_of(row),
        declared_at=row.said_at,
        source=row.said_by,
        sent=row.said_times,
        found=found.found if found else "",
        found_at=found.found_at if found else None,
    )


def codes(*, viewer: Viewer, campaign: UUID, area: int, left_only: bool = False) -> list[CodeLine]:
    """Return the codes of an area's doors for their slips, in the order of the doors; three statements.

    Only doors that were given one have a row; refused where the viewer does not manage the campaign's part.
    """
    row = campaign_head(viewer, campaign, MANAGE)
    place = Area.objects.filter(id=area).first()
    if place is None or not contains(row.path, place.path):
        raise Refused("campaigns.campaign_unknown")
    require(viewer, MANAGE, place.path)
    rows = CampaignDoor.objects.filter(campaign=row, household__state=HouseholdState.OPEN)
    rows = rows.filter(within("household__path", [place.path])).select_related("household__dwelling")
    if left_only:
        rows = rows.filter(declared_at=None)
    lines = []
    for one in rows:
        home = one.household
        code = door_code(row.id, home.id, one.turn)
        lines.append((walking_order(home), CodeLine(home.id, door_of(home), home.path, code)))
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def declaration_door(
    *, viewer: Viewer, campaign: UUID, household: UUID, verb: str = READ, with_code: bool = False
) -> DeclarationDoor:
    """Return one household of a campaign; refused as unknown outside the viewer's areas for the verb.

    ``with_code`` tells its code too, to whoever manages the campaign there. Four statements.
    """
    row = Campaign.objects.filter(id=campaign).first()
    home = scoped(Household, viewer, verb).filter(id=household, state=HouseholdState.OPEN).first()
    if row is None or home is None or not contains(row.path, home.path):
        raise Refused("campaigns.door_unknown")
    door = CampaignDoor.objects.filter(campaign=row, household=home).first() or CampaignDoor()
    found = _found(row, [home.id]).get(home.id)
    tells = with_code and door.pk is not None and viewer.permits(MANAGE, home.path)
    return DeclarationDoor(
        campaign=row.id,
        name=row.name,
        telephone=row.telephone,
        questionnaire=row.questionnaire_id,
        closed=row.closed_at is not None,
        household=home.id,
        path=home.path,
        grid_path=home.grid_path,
        door=door_of(home),
        declared_at=door.declared_at,
        source=door.source,
        sheet=door.sheet,
        receipt=door.receipt,
        sent=door.sent,
        turn=door.turn,
        printed_at=door.printed_at,
        found=found.found if found else "",
        found_at=found.found_at if found else None,
        code=door_code(row.id, home.id, door.turn) if tells else "",
    )


def undeclared(*, viewer: Viewer, campaign: UUID, area: int, at: datetime) -> list[Undeclared]:
    """Return the households of an area to which a team may go, by stairwell in walking order; four statements.

    Those that have not declared, do not stand on a list that is still being walked, and have not refused a team: a
    person decides whether somebody goes there again. Refused where the viewer does not manage the campaign.
    """
    row = campaign_head(viewer, campaign, MANAGE)
    place = Area.objects.filter(id=area).first()
    if place is None or not contains(row.path, place.path):
        raise Refused("campaigns.campaign_unknown")
    require(viewer, MANAGE, place.path)
    homes = scoped(Household, viewer, MANAGE).filter(within("path", [place.path]))
    buildings = Area.objects.filter(within("path", [place.path]), rank=BUILDING_RANK)
    order = [one.path for one in sorted(buildings, key=lambda one: (one.grid_path, natural(one.name), one.id))]
    found: dict[str, list[Household]] = {path: [] for path in [*order, ""]}
    gone = TeamDoor.objects.filter(team__campaign=row, household=OuterRef("id"))
    spoken_for = Exists(gone.filter(Q(found=Try.REFUSED) | Q(found="", team__until_at__gt=at)))
    for home in _in_state(homes, row, "left").filter(~spoken_for).select_related("dwelling"):
        above = next((one for one in ancestors(home.path) if one in found), "")
        found[above].append(home)
    return [
        Undeclared(path, stairwell, tuple(home.id for home in run))
        for path, there in found.items()
        for stairwell, run in groupby(sorted(there, key=walking_order), key=_stairwell)
    ]


def _stairwell(home: Household) -> str:
    return door_of(home).rpartition("-")[0]


def walking_order(home: Household) -> tuple[Any, ...]:
    """Return what the doors of a building are sorted by: stairwell and room as people count."""
    return tuple(natural(part) for part in re.split("[-/]", door_of(home)))
