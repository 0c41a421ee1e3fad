"""Saying or correcting where somebody who carries a flag came from."""

from collections.abc import Mapping
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.kernel.refused import Refused
from wangge.office.register.family import read_day
from wangge.office.register.flagging import FIELD_OF
from wangge.office.register.surroundings import FLAG, place_of
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people import queries as people
from wangge.people.commands import place_flag
from wangge.people.rules.codes import TRAVEL_REASONS
from wangge.people.rules.origins import origin_name, origins, read_origin
from wangge.words import label, say


@page(FLAG, methods=("GET", "POST"))
def flag_origin(request: Desk, household_id: UUID, flag_id: UUID) -> HttpResponse:
    """Say or correct the origin of a flag and the day of arrival."""
    home = people.household_page(viewer=request.viewer, household=household_id, on=request.stamp().day)
    found = [(one, flag) for one in home.members for flag in one.flags if flag.id == flag_id]
    if not found or found[0][1].reason not in TRAVEL_REASONS or not request.viewer.permits(FLAG, home.path):
        raise Http404
    one, flag = found[0]
    values: Mapping[str, str] = {
        "origin": origin_name(flag.origin) if flag.origin else "",
        "came_on": flag.came_on.isoformat() if flag.came_on else "",
    }
    faults: dict[str, str] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip()[:40] for name in ("origin", "came_on")}
        faults = _place(request, flag.id, values)
        if not faults:
            return go(request, reverse("household", args=[home.id]), say="corrected")
    context = {
        "area": place_of(request.viewer, home.path).area,
        "question": _("%(name)s, %(flag)s: from where?")
        % {"name": one.name or _("name not known"), "flag": label("people.flag", flag.reason)},
        "values": values,
        "faults": faults,
        "origins": origins().values(),
        "arrives": flag.reason != "still_away",
        "key": str(uuid4()),
        "back": reverse("household", args=[home.id]),
    }
    return render(request, "office/register/flag_origin.html", context, status=422 if faults else 200)


def _place(request: Desk, flag: UUID, values: Mapping[str, str]) -> dict[str, str]:
    """Place the flag, or return what is wrong by field."""
    came_on = read_day(values["came_on"])
    if values["came_on"] and came_on is None:
        return {"came_on": _("Write the day as 2020-02-14.")}
    origin = read_origin(values["origin"])
    try:
        place_flag(stamp=request.stamp(), actor=request.viewer, flag=flag, origin=origin, came_on=came_on)
    except Refused as refused:
        if hides_existence(refused):
            raise
        return {FIELD_OF.get(refused.code, "origin"): say(refused)}
    return {}
