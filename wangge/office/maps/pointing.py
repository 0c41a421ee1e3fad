"""Points on a map: gates, closed roads, offices; placed by typed numbers, or by a click where the script runs."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wangge.flows import maps as flow
from wangge.kernel.refused import Refused
from wangge.office.maps.drawing import drawing_context
from wangge.office.maps.sheets import MANAGE, chosen_sheet, map_address, sheet_query
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.places.commands import WantedPoint
from wangge.places.models import Area
from wangge.places.queries import PlanSheet, Point
from wangge.places.shapes.points import PointKind
from wangge.words import label, say


class PointForm(forms.Form):
    """A place that everybody should know."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"), widget=forms.RadioSelect)
    name = forms.CharField(
        label=pgettext_lazy("point", "Name"), max_length=60, widget=forms.TextInput({"autocomplete": "off"})
    )
    note = forms.CharField(
        label=pgettext_lazy("point", "Note"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Hours, telephone of the office, the way round. Nobody's name."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    x = forms.FloatField(widget=forms.NumberInput({"step": "any", "inputmode": "decimal"}))
    y = forms.FloatField(widget=forms.NumberInput({"step": "any", "inputmode": "decimal"}))

    def __init__(self, *args: Any, plan: PlanSheet | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(one.value, label("maps.point", one.value)) for one in PointKind]
        self.fields["x"].label = _("Dots from the left") if plan else _("Longitude")
        self.fields["y"].label = _("Dots from the top") if plan else _("Latitude")


@page(MANAGE, methods=("GET", "POST"))
def add(request: Desk, area_id: int) -> HttpResponse:
    """Place a point on the map of an area."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    plan = chosen_sheet(request, area)
    form = PointForm(request.POST if request.method == "POST" else None, plan=plan, initial={"kind": PointKind.GATE})
    return _form(request, area, plan, form, None)


@page(MANAGE, methods=("GET", "POST"))
def point(request: Desk, point_id: UUID) -> HttpResponse:
    """Change a point."""
    there, area, plan = _there(request, point_id)
    initial = {"kind": there.kind, "name": there.name, "note": there.note, "x": there.x, "y": there.y}
    form = PointForm(request.POST if request.method == "POST" else None, plan=plan, initial=initial)
    return _form(request, area, plan, form, there)


def _there(request: Desk, point_id: UUID) -> tuple[Point, Area, PlanSheet | None]:
    """Return a point whose map the viewer keeps, its area, and the plan it lies on."""
    there = places.point(point_id)
    if there is None:
        raise Http404
    area = area_or_404(request.viewer, MANAGE, there.area)
    around = {one.id: one for one in places.plans_around(area.path)}
    return there, area, around.get(there.plan) if there.plan else None


def _form(request: Desk, area: Area, plan: PlanSheet | None, form: PointForm, there: Point | None) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        wanted = WantedPoint(
            uid=there.uid if there else None,
            area=area.id,
            plan=plan.id if plan else None,
            kind=PointKind(given["kind"]),
            name=given["name"],
            note=given["note"],
            x=given["x"],
            y=given["y"],
        )
        try:
            flow.set_point(stamp=request.stamp(), actor=request.viewer, point=wanted)
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error("x" if refused.code == "places.corner_outside" else None, say(refused))
        else:
            return go(request, map_address(area, plan), say="point_set")
    context = {
        "area": area,
        "form": form,
        "plan": plan,
        "there": there,
        "sheet": sheet_query(plan),
        "back": map_address(area, plan),
        **drawing_context(request, area, plan),
    }
    return render(request, "office/maps/point.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=("GET", "POST"))
def remove(request: Desk, point_id: UUID) -> HttpResponse:
    """Ask, then take a point off the map."""
    there, area, plan = _there(request, point_id)
    back = map_address(area, plan)
    if request.method == "POST":
        flow.remove_point(stamp=request.stamp(), actor=request.viewer, point=there.uid)
        return go(request, back, say="point_removed")
    nothing: list[object] = []
    context = {
        "area": area,
        "form": nothing,
        "back": back,
        "question": _("Take %(name)s off the map?") % {"name": there.name},
        "say": "",
        "keep": _("Keep as it is"),
        "act": _("Take it off the map"),
        "look": "grave",
    }
    return render(request, "office/ask.html", context)
