"""One campaign: how far it is, by area and by way; closing it and opening it again."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.office.campaigns.acting import asked, number_asked
from wangge.office.campaigns.lists import state_of
from wangge.office.register.surroundings import building_words
from wangge.office.viewing import Desk, go, page
from wangge.places.rules import GROUP
from wangge.surveys.commands.campaigns import close_campaign, reopen_campaign
from wangge.surveys.queries import campaigns as queries
from wangge.surveys.queries.campaigns import CampaignPage, Part
from wangge.surveys.rules.campaigns import MANAGE, READ, VISIT, Source
from wangge.surveys.rules.questionnaires import label as words_in
from wangge.words import label


@dataclass(frozen=True, slots=True)
class PartDrawn:
    """An area below as it is drawn; without ``href`` there is nothing further below."""

    part: Part
    name: str
    href: str
    doors: str


@page(READ)
def campaign_one(request: Desk, campaign_id: UUID) -> HttpResponse:
    """Show how far a campaign is in an area, by the areas below, and by which way people declare."""
    area = number_asked(request.GET.get("area", ""))
    seen = queries.campaign_page(viewer=request.viewer, campaign=campaign_id, area=area)
    look, words = state_of(seen.closed_at is not None, seen.from_on, seen.until_on, request.stamp().day)
    context = {
        "area": seen.here,
        "campaign": seen,
        "title": words_in(seen.title, get_language() or ""),
        "last_on": seen.until_on - timedelta(days=1),
        "look": look,
        "state": words,
        "counted": seen.counted,
        "ways": [(label("campaigns.source", one.value), seen.counted.by_source.get(one.value, 0)) for one in Source],
        "parts": [_part(seen, part) for part in seen.parts],
        "whole": seen.here.path == seen.path,
        "up": _up(request, seen),
        "deals": request.viewer.holds_at(MANAGE, seen.here.path),
        "visits": bool(request.viewer.reaches(VISIT)),
        "open": seen.closed_at is None,
        "public": settings.PUBLIC,
    }
    return render(request, "office/campaigns/campaign.html", context)


def _part(seen: CampaignPage, part: Part) -> PartDrawn:
    here = reverse("campaign_one", args=[seen.id])
    name = building_words(part.name, is_group=part.kind == GROUP) if part.is_building else part.name
    href = "" if part.is_building else f"{here}?area={part.area}"
    return PartDrawn(part, name, href, f"{reverse('campaign_doors', args=[seen.id])}?area={part.area}")


def _up(request: Desk, seen: CampaignPage) -> str:
    """Return the address of the area above, as far as the viewer sees the campaign there."""
    parent = seen.here.parent
    if seen.here.path == seen.path or parent is None or not request.viewer.permits(READ, parent.path):
        return ""
    return f"{reverse('campaign_one', args=[seen.id])}?area={parent.pk}"


@page(MANAGE, methods=("GET", "POST"))
def campaign_close(request: Desk, campaign_id: UUID) -> HttpResponse:
    """Ask, then close a campaign."""
    seen = queries.campaign_page(viewer=request.viewer, campaign=campaign_id)
    if not seen.manages:
        raise Http404
    told = _("%(left)s of %(due)s households have not declared. Links and codes open nothing any more, and the numbers"
             " are kept as they are now. It can be opened again.")  # fmt: skip
    words: dict[str, Any] = {
        "question": _("Close %(name)s?") % {"name": seen.name},
        "say": told % {"left": seen.counted.left, "due": seen.counted.due},
        "act": _("Close the campaign"),
        "keep": _("Keep as it is"),
    }
    here = reverse("campaign_one", args=[campaign_id])
    return asked(
        request, words, lambda: close_campaign(stamp=request.stamp(), actor=request.viewer, campaign=campaign_id),
        area=seen.area, back=here, there=here, said="campaign_closed",
    )  # fmt: skip


@page(MANAGE, methods=("POST",))
def campaign_reopen(request: Desk, campaign_id: UUID) -> HttpResponse:
    """Open a closed campaign again."""
    reopen_campaign(stamp=request.stamp(), actor=request.viewer, campaign=campaign_id)
    return go(request, reverse("campaign_one", args=[campaign_id]), say="campaign_reopened")
