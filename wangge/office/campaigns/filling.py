"""Writing a declaration for somebody, and reading what was declared."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from wangge.flows.declarations import Declaration, declare
from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.office.campaigns.acting import identity
from wangge.office.frame import zone
from wangge.office.register.surroundings import saw
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people.queries import place_names
from wangge.places import queries as places
from wangge.situation import filling
from wangge.situation.declaring import FormDoor, declared, form_door
from wangge.surveys.rules.campaigns import ANSWERS, HELPER_MOST, READ, VISIT, Source, says_nothing, spaced
from wangge.surveys.rules.questionnaires import Context, check_answers
from wangge.words import label, say

WAYS = {Source.CALL.value: Source.CALL, Source.BEHALF.value: Source.BEHALF}


@page(VISIT, methods=("GET", "POST"))
def campaign_fill(request: Desk, campaign_id: UUID, household_id: UUID) -> HttpResponse:
    """Write down what somebody says on the telephone, or fill in for somebody at the door, with who helped."""
    seen = form_door(viewer=request.viewer, campaign=campaign_id, household=household_id)
    at = request.stamp().at
    context = Context(today=local_day(at, zone()), now=at, members=seen.members)
    language = get_language() or ""
    if request.method != "POST":
        drawn = filling.draw(seen.definition, {}, context, language=language, names=seen.names)
        return _form(request, seen, drawn, 200)
    sent = filling.read_posted(seen.definition, request.POST, context)
    checked = check_answers(seen.definition, sent.answers, context)
    drawn = filling.draw(
        seen.definition, sent.answers, context, language=language, names=seen.names,
        faults=() if sent.looks else checked.faults, sent=sent,
    )  # fmt: skip
    if sent.looks:
        return _form(request, seen, drawn, 200)
    if checked.faults or drawn.more:
        return _form(request, seen, drawn, 422)
    return _keep(request, seen, drawn, checked.answers)


def _keep(request: Desk, seen: FormDoor, drawn: filling.FillingSeen, answers: dict[str, Any]) -> HttpResponse:
    helper = " ".join(request.POST.get("helper", "").split())
    source = WAYS.get(_way(request), Source.CALL)
    if source == Source.BEHALF and not helper:
        return _form(request, seen, drawn, 422, _("Write down who fills this in for them."))
    if says_nothing(answers):
        return _form(request, seen, drawn, 422, _("Nothing is filled in yet."))
    stamp = request.stamp()
    declaration = Declaration(
        sheet=identity(stamp.key, seen.door.household), campaign=seen.door.campaign, household=seen.door.household,
        answers=answers, source=source, helper=helper[:HELPER_MOST], read_aloud=bool(request.POST.get("aloud")),
    )  # fmt: skip
    try:
        receipt = declare(stamp=stamp, actor=request.viewer, declaration=declaration)
    except Refused as refused:
        if hides_existence(refused):
            raise
        return _form(request, seen, drawn, 422, say(refused))
    return go(request, _onward(request, seen), say="declaration_recorded", receipt=spaced(receipt))


def _way(request: Desk) -> str:
    return request.POST.get("way", "") or request.GET.get("way", "")


def _team(request: Desk) -> UUID | None:
    try:
        return UUID(request.POST.get("team", "") or request.GET.get("team", ""))
    except ValueError:
        return None


def _onward(request: Desk, seen: FormDoor) -> str:
    """Return where to go on: to the team's list one came from, else to the campaign, else to the door."""
    if team := _team(request):
        return reverse("campaign_team", args=[team])
    if request.viewer.permits(READ, seen.door.path):
        area = places.area_by_path(seen.door.grid_path)
        return reverse("campaign_doors", args=[seen.door.campaign]) + (f"?area={area.pk}" if area else "")
    return reverse("campaign_door", args=[seen.door.campaign, seen.door.household])


def _form(request: Desk, seen: FormDoor, drawn: filling.FillingSeen, status: int, wrong: str = "") -> HttpResponse:
    way = _way(request) if _way(request) in WAYS else Source.CALL.value
    helps = request.viewer.name if way == Source.BEHALF.value else ""
    context = {
        "area": places.area_by_path(seen.door.grid_path),
        "seen": seen,
        "door": seen.door,
        "place": place_names([seen.door.path])[seen.door.path],
        "filling": drawn,
        "wrong": wrong,
        "way": way,
        "ways": [(code, label("campaigns.way", code)) for code in WAYS],
        "helper": request.POST.get("helper", helps)[:HELPER_MOST],
        "helper_most": HELPER_MOST,
        "aloud": bool(request.POST.get("aloud")),
        "team": _team(request) or "",
        "once": request.POST.get("once", ""),
        "back": _onward(request, seen),
    }
    return render(request, "office/campaigns/fill.html", context, status=status)


@page(ANSWERS)
def campaign_answers(request: Desk, campaign_id: UUID, household_id: UUID) -> HttpResponse:
    """Show what a household declared, each filling apart; the look is written down."""
    door, found = declared(
        viewer=request.viewer, campaign=campaign_id, household=household_id, language=get_language() or ""
    )
    saw(request, [household_id, *(one.resident for each in found for one in each.people if one.resident)],
        ("answers",), "survey")  # fmt: skip
    whole = request.viewer.permits("register.read", door.path)
    context = {
        "area": places.area_by_path(door.grid_path),
        "door": door,
        "place": place_names([door.path])[door.path],
        "found": [(one, label("campaigns.source", one.source)) for one in found],
        "receipt": spaced(door.receipt) if door.receipt else "",
        "whole": whole,
        "lists": request.viewer.holds_at(READ, door.path),
        "household": reverse("household", args=[household_id]) if whole else "",
    }
    return render(request, "office/campaigns/answers.html", context)
