"""The pages of the area tree: what lies below an area, adding to it, renaming it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wangge.flows import areas as flow
from wangge.kernel.refused import Refused
from wangge.office.viewing import Desk, area_or_404, go, home_area, page
from wangge.places import queries as places
from wangge.places.commands import NewArea
from wangge.places.models import Area
from wangge.places.rules import Level
from wangge.words import label, say

READ = "register.read"
MANAGE = "area.manage"
# What people add by hand; dwellings come with the register.
ADDED_BY_HAND = (
    Level.PREFECTURE, Level.COUNTY, Level.TOWNSHIP, Level.VILLAGE, Level.COMMUNITY, Level.GRID, Level.BUILDING
)  # fmt: skip


class AddForm(forms.Form):
    """A new area below this one."""

    level = forms.ChoiceField(label=_("Level"), widget=forms.Select({"class": "input"}))
    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput({"class": "input"}))
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        required=False,
        help_text=_("Left empty, it gets the next free one."),
        widget=forms.TextInput({"class": "input", "inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, rank: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(level.value, label("places.level", level.value)) for level in ADDED_BY_HAND if level.rank > rank]
        level = self.fields["level"]
        assert isinstance(level, forms.ChoiceField)
        level.choices = choices


class RenameForm(forms.Form):
    """Another name for this area."""

    name = forms.CharField(label=_("Name"), max_length=100, widget=forms.TextInput({"class": "input"}))


@page()
def home(request: Desk) -> HttpResponse:
    """Show the viewer's own area, or say that nothing has been assigned to them."""
    try:
        here = home_area(request.viewer, READ)
    except Http404:
        return render(request, "office/desk/nothing.html")
    return _show(request, here)


@page(READ)
def area(request: Desk, area_id: int) -> HttpResponse:
    """Show one area: what lies below it, with its codes."""
    return _show(request, area_or_404(request.viewer, READ, area_id))


def _show(request: Desk, here: Area) -> HttpResponse:
    rows = [(row, label("places.level", row.level)) for row in places.children(here)]
    context = {
        "area": here,
        "level": label("places.level", here.level),
        "crumbs": [row for row in places.crumbs(here)[:-1] if request.viewer.permits(READ, row.path)],
        "children": rows,
        "manages": request.viewer.permits(MANAGE, here.path),
        "adds": here.rank < Level.BUILDING.rank,
    }
    return render(request, "office/desk/area.html", context)


@page(MANAGE, methods=("GET", "POST"))
def add(request: Desk, area_id: int) -> HttpResponse:
    """Add an area below this one."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    form = AddForm(request.POST or None, rank=here.rank)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        new = NewArea(level=Level(given["level"]), name=given["name"], code=given["code"] or None)
        try:
            flow.add_areas(stamp=request.stamp(), actor=request.viewer, parent=here.id, areas=[new])
        except Refused as refused:
            form.add_error(None, say(refused))
        else:
            return go(request, reverse("area", args=[here.id]), say="saved")
    return _form(request, here, form, _("Add an area below %(name)s") % {"name": here.name})


@page(MANAGE, methods=("GET", "POST"))
def rename(request: Desk, area_id: int) -> HttpResponse:
    """Give this area another name."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    form = RenameForm(request.POST or None, initial={"name": here.name})
    if request.method == "POST" and form.is_valid():
        try:
            flow.rename_area(stamp=request.stamp(), actor=request.viewer, area=here.id, name=form.cleaned_data["name"])
        except Refused as refused:
            form.add_error(None, say(refused))
        else:
            return go(request, reverse("area", args=[here.id]), say="saved")
    return _form(request, here, form, _("Rename %(name)s") % {"name": here.name})


def _form(request: Desk, here: Area, form: forms.Form, heading: str) -> HttpResponse:
    context = {"area": here, "form": form, "heading": heading, "key": request.POST.get("key") or str(uuid4())}
    # A refused key would give the same refusal for ever: a corrected form is a new wish.
    if form.errors:
        context["key"] = str(uuid4())
    return render(request, "office/desk/form.html", context, status=422 if form.errors else 200)
