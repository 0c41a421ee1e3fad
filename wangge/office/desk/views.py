"""The pages of the area tree: what lies below an area, what was done to it, adding to it, renaming it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.access import queries as accounts
from wangge.flows import areas as flow
from wangge.journal.actors import accounts_of
from wangge.journal.feed import HistoryLine, history
from wangge.kernel.refused import Refused
from wangge.office.desk.forms import AddForm, RenameForm
from wangge.office.listing import Column, Listing, listing
from wangge.office.viewing import Desk, area_or_404, go, page
from wangge.places import queries as places
from wangge.places import rules
from wangge.places.commands import NewArea
from wangge.places.models import Area
from wangge.places.rules import Level
from wangge.words import label, say

READ = "register.read"
MANAGE = "area.manage"
SEARCHED_FROM = 8
"""A list with more rows than this gets a search field."""


@dataclass(frozen=True, slots=True)
class Line:
    """One area in a list, with the words of its level and how many areas stand directly below it."""

    area: Area
    level: str
    below: int
    place: int


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was done to an area: when, by whom, in words."""

    at: datetime
    words: str
    by: str


COLUMNS = (
    Column[Line](key="name", label=pgettext_lazy("area", "Name"), by=lambda line: rules.natural(line.area.name)),
    Column[Line](key="level", label=_("Level"), by=lambda line: (line.area.rank, line.place)),
    Column[Line](key="code", label=_("Code"), by=lambda line: line.area.code or ""),
    Column[Line](key="below", label=_("Directly below"), by=lambda line: line.below, number=True),
)


@page(READ)
def area(request: Desk, area_id: int) -> HttpResponse:
    """Show one area: what lies below it, with its codes, and what was done to it."""
    return _show(request, area_or_404(request.viewer, READ, area_id))


def _show(request: Desk, here: Area) -> HttpResponse:
    ended = request.GET.get("show") == "ended"
    rows = places.retired_children(here) if ended else places.children(here)
    standing = here.retired_at is None
    lines = lines_of(request, rows)
    context = {
        "area": here,
        "level": label("places.level", here.level),
        "inside": [(number, label("places.level", level)) for level, number in places.counts_inside(here.path).items()],
        "crumbs": [row for row in places.crumbs(here)[:-1] if request.viewer.permits(READ, row.path)],
        "rows": lines,
        "total": len(rows),
        "ended": ended,
        "some_ended": ended or bool(places.retired_children(here)),
        "asked": request.GET.get("q", ""),
        "searches": len(rows) > SEARCHED_FROM,
        "told": told_of(here),
        "manages": standing and request.viewer.permits(MANAGE, here.path),
        "reshapes": standing and here.rank <= rules.BUILDING_RANK and _manages_above(request, here),
        "restores": not standing and _manages_above(request, here),
        "adds": here.rank < rules.BUILDING_RANK,
        "builds": here.rank in (rules.COMMUNITY_RANK, rules.GRID_RANK),
        "grows": here.level == Level.BUILDING and here.kind != rules.GROUP and _manages_above(request, here),
    }
    return render(request, "office/desk/area.html", context)


def _manages_above(request: Desk, here: Area) -> bool:
    """Tell whether the viewer may change the place of an area: they manage the one above it too."""
    above = places.area(here.parent_id) if here.parent_id else None
    return above is not None and request.viewer.permits(MANAGE, above.path)


def lines_of(request: Desk, rows: list[Area]) -> Listing[Line]:
    """Return the areas whose name or code holds the text asked for, sorted and paged as the address says."""
    text = request.GET.get("q", "").strip()
    found = [row for row in rows if text in row.name or (row.code or "").startswith(text)] if text else rows
    below = places.counts_below(row.id for row in found)
    lines = [
        Line(row, label("places.level", row.level), below.get(row.id, 0), place) for place, row in enumerate(found)
    ]
    return listing(request.GET, lines, COLUMNS, sort="")


def told_of(here: Area) -> list[Told]:
    """Return what was done to an area, the latest first, in words."""
    lines = history(subject=here.uid, limit=30)
    by_number = accounts_of({line.actor for line in lines})
    logins = accounts.logins(by_number.values())
    named = places.areas_by_id(
        value
        for line in lines
        for key in ("new", "gone", "to", "into")
        if isinstance(value := line.facts.get(key), int)
    )
    return [Told(line.at, _words(line, named), logins.get(by_number.get(line.actor, here.uid), "")) for line in lines]


def _words(line: HistoryLine, named: dict[int, Area]) -> str:
    """Say one line in words, with the names that the areas in it have now."""
    facts = {key: named[value].name if value in named else value for key, value in line.facts.items()
             if isinstance(value, int | str)}  # fmt: skip
    kind = f"{line.kind}.into" if "into" in facts else line.kind
    try:
        return label("places.done", kind) % facts
    except (KeyError, TypeError, ValueError):
        return label("places.done", kind)


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
    return show_form(request, here, form, _("Add an area below %(name)s") % {"name": here.name})


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
    return show_form(request, here, form, _("Rename %(name)s") % {"name": here.name})


def show_form(
    request: Desk, here: Area, form: forms.Form, heading: str, template: str = "form", **more: Any
) -> HttpResponse:
    """Show a form about an area with all that was typed; 422 when something is wrong with it."""
    context = {"area": here, "form": form, "heading": heading, **more}
    return render(request, f"office/desk/{template}.html", context, status=422 if form.errors else 200)
