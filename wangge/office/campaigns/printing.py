"""Codes on paper: slips for the doors of a building, to be cut and put under doors."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wangge.kernel.refused import Refused
from wangge.office.campaigns.acting import number_asked
from wangge.office.register.surroundings import area_words, building_words, door_words, saw_list
from wangge.office.signing.drawing import qr
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.places import queries as places
from wangge.places.rules import BUILDING_RANK, parse_door
from wangge.surveys.commands.campaigns import make_codes
from wangge.surveys.queries import campaigns as queries
from wangge.surveys.queries.campaigns import CodeLine
from wangge.surveys.rules.campaigns import BATCH_LIMIT, MANAGE, spaced
from wangge.words import say

ON_A_SHEET = 10
DOORS_MOST = 2000


@dataclass(frozen=True, slots=True)
class Slip:
    """One slip as it is printed: the door it goes to, its code, and the link as a QR code where there is one."""

    number: int
    door: str
    code: str
    drawn: SafeString | str


@page(MANAGE, methods=("GET", "POST"))
def campaign_codes(request: Desk, campaign_id: UUID) -> HttpResponse:
    """Choose the building whose slips are printed; households without a code get theirs when they are."""
    area = number_asked(request.POST.get("area", "") or request.GET.get("area", ""))
    seen = queries.campaign_page(viewer=request.viewer, campaign=campaign_id, area=area)
    if not request.viewer.permits(MANAGE, seen.here.path):
        raise Http404
    refusal = ""
    if request.method == "POST":
        chosen = number_asked(request.POST.get("building", "")) or seen.here.pk
        try:
            _make(request, campaign_id, chosen)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            left = "?left=1" if request.POST.get("left") else ""
            return go(request, reverse("campaign_slips", args=[campaign_id, chosen]) + left)
    context = {
        "area": seen.here,
        "campaign": seen,
        "parts": [(part, area_words(places.areas_by_id([part.area])[part.area])) for part in seen.parts]
        if seen.here.rank < BUILDING_RANK
        else [],
        "refusal": refusal,
        "large": seen.counted.due > DOORS_MOST,
        "public": settings.PUBLIC,
    }
    return render(request, "office/campaigns/codes.html", context, status=422 if refusal else 200)


def _make(request: Desk, campaign: UUID, area: int) -> None:
    """Give every household of an area a code, 500 a step."""
    stamp = request.stamp()
    for step in range(DOORS_MOST // BATCH_LIMIT + 1):
        part = replace(stamp, key=f"{stamp.key}/{step}"[:64])
        if make_codes(stamp=part, actor=request.viewer, campaign=campaign, area=area) < BATCH_LIMIT:
            return


@page(MANAGE)
def campaign_slips(request: Desk, campaign_id: UUID, area_id: int) -> HttpResponse:
    """Show the slips of an area as A4 sheets: the door and the code, no name; ``?left=1`` leaves out who declared."""
    lines = queries.codes(
        viewer=request.viewer, campaign=campaign_id, area=area_id, left_only=bool(request.GET.get("left"))
    )
    seen = queries.campaign_page(viewer=request.viewer, campaign=campaign_id)
    area = places.area(area_id)
    assert area is not None
    saw_list(request, "campaign_codes", area.path, [line.household for line in lines], "survey")
    slips = [_slip(number, line) for number, line in enumerate(lines[:DOORS_MOST], start=1)]
    sheets = [slips[start : start + ON_A_SHEET] for start in range(0, len(slips), ON_A_SHEET)]
    context = {
        "area": area,
        "name": area_words(area),
        "campaign": seen,
        "last_on": seen.until_on - timedelta(days=1),
        "sheets": sheets,
        "more": len(lines) > DOORS_MOST,
        "public": settings.PUBLIC,
        "back": reverse("campaign_codes", args=[campaign_id]),
    }
    return render(request, "office/campaigns/slips.html", context)


def _slip(number: int, line: CodeLine) -> Slip:
    link = f"{settings.PUBLIC}{reverse('declare', args=[line.code])}" if settings.PUBLIC else ""
    drawn = qr(link, _("QR code of the link")) if link else ""
    return Slip(number, _door(line.door), spaced(line.code), drawn)


def _door(door: str) -> str:
    """Return a whole door as people say it: building, stairwell and room."""
    key = parse_door(door)
    if key is None or key.group or not key.building:
        return door_words(door)
    return f"{building_words(key.building, is_group=False)} {door_words(door)}"
