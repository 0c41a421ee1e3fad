"""Drawing the outline of an area by hand: typed, or with the pointer where the script runs."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.flows import maps as flow
from wangge.kernel.refused import Refused
from wangge.office.maps.sheets import MANAGE, chosen_sheet, home_of, map_address, sheet_query
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.queries import PlanSheet
from wangge.places.rules import natural
from wangge.places.shapes.points import GROUND as EARTH
from wangge.places.shapes.points import read_rings, write_rings
from wangge.situation.maps import neighbours
from wangge.words import say

CORNERS_TEXT_MOST = 100_000


class OutlineForm(forms.Form):
    """The corners of an outline."""

    corners = forms.CharField(
        label=gettext_lazy("Corners"),
        max_length=CORNERS_TEXT_MOST,
        widget=forms.Textarea({"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Draw at least one outline.")},
    )


@page(MANAGE, methods=("GET", "POST"))
def draw(request: Desk, area_id: int) -> HttpResponse:
    """Draw the outline of an area, or change it."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    plan = chosen_sheet(request, area)
    there = places.outline(area.id, plan.id if plan else None)
    start = write_rings(there, 0 if plan else EARTH.digits)
    form = OutlineForm(request.POST if request.method == "POST" else None, initial={"corners": start})
    if request.method == "POST" and form.is_valid():
        try:
            flow.set_shape(
                stamp=request.stamp(),
                actor=request.viewer,
                area=area.id,
                plan=plan.id if plan else None,
                rings=read_rings(form.cleaned_data["corners"]),
            )
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error("corners", say(refused))
        else:
            after = _next(request, area, plan) if request.POST.get("next") else None
            there_next = reverse("map_draw", args=[after]) + sheet_query(plan) if after else ""
            return go(request, there_next or map_address(home_of(request, area, plan), plan), say="shape_drawn")
    context = {
        "area": area,
        "form": form,
        "plan": plan,
        "there": bool(there),
        "sheet": sheet_query(plan),
        "back": map_address(home_of(request, area, plan), plan),
        "more": _next(request, area, plan) is not None,
        **drawing_context(request, area, plan),
    }
    return render(request, "office/maps/draw.html", context, status=422 if form.errors else 200)


def _next(request: Desk, area: Area, plan: PlanSheet | None) -> int | None:
    """Return the next area of the same level on this map that has no outline yet."""
    home = home_of(request, area, plan)
    alike = [row for row in places.descend(home.path, area.level) if not row.hidden and row.id != area.id]
    alike.sort(key=lambda row: (natural(row.name), row.path))
    drawn = places.outlines([row.id for row in alike], plan.id if plan else None)
    left = [row for row in alike if row.id not in drawn and request.viewer.permits(MANAGE, row.path)]
    later = [row.id for row in left if natural(row.name) > natural(area.name)]
    return next(iter(later or [row.id for row in left]), None)


def drawing_context(request: Desk, area: Area, plan: PlanSheet | None) -> dict[str, Any]:
    """Return what a page that draws on a map shows below: the neighbours, the points, the area's own outline."""
    home = home_of(request, area, plan)
    drawing, named = neighbours(home=home, area=area, plan=plan)
    parts = [(named[id_], one, id_ == area.id) for id_, one in drawing.outlines.items()] if drawing else []
    return {"drawing": drawing, "outlines": parts, "home": home}


@page(MANAGE, methods=("GET", "POST"))
def remove(request: Desk, area_id: int) -> HttpResponse:
    """Ask, then take the outline of an area away."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    plan = chosen_sheet(request, area)
    back = map_address(home_of(request, area, plan), plan)
    if request.method == "POST":
        flow.remove_shape(stamp=request.stamp(), actor=request.viewer, area=area.id, plan=plan.id if plan else None)
        return go(request, back, say="shape_removed")
    nothing: list[object] = []
    context = {
        "area": area,
        "form": nothing,
        "back": back,
        "question": _("Take the outline of %(name)s away?") % {"name": area.name},
        "say": _("Its numbers stay in the table. It can be drawn again."),
        "keep": _("Keep as it is"),
        "act": _("Take the outline away"),
        "look": "grave",
    }
    return render(request, "office/ask.html", context)
