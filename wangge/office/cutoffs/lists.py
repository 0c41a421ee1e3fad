"""The list behind a number: the people who carry its flags, the days on which it grew, or the register itself."""

from dataclasses import replace
from datetime import datetime

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wangge.kernel.periods import local_day
from wangge.office.cutoffs.words import indicator_words
from wangge.office.frame import zone
from wangge.office.listing import PAGE_SIZE, Column, listing
from wangge.office.register.surroundings import saw_list
from wangge.office.rounds.lists import page_of, paged
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people.rules.codes import DOORS, HOUSEHOLDS, RESIDENTS
from wangge.people.rules.origins import origin_name
from wangge.places.models import Area
from wangge.situation.cutoffs.indicators import all_of_them
from wangge.situation.cutoffs.queries import Flagged, days_behind, opens
from wangge.situation.cutoffs.rules import FLOW, Indicator
from wangge.surveys.rules import DOORS_AGAIN, DOORS_DONE, DOORS_REFUSED
from wangge.words import label

READ, VISITS = "register.read", "visit.read"
STOCK_PAGES = {RESIDENTS: "residents", HOUSEHOLDS: "households", DOORS: "doors"}
DAY_PAGES = {DOORS_DONE: "doors?state=closed", DOORS_AGAIN: "doors?state=again", DOORS_REFUSED: "doors?state=refused"}
COLUMNS = (
    Column[Flagged](key="name", label=_("Name")),
    Column[Flagged](key="door", label=_("Door"), by=lambda row: row.door),
    Column[Flagged](key="origin", label=_("Came from"), by=lambda row: row.origin),
    Column[Flagged](key="came", label=_("Day of arrival"), by=lambda row: row.came_on or row.until_on),
    Column[Flagged](key="until", label=_("Ends on"), by=lambda row: row.until_on),
)
SORTED = ("door", "origin", "came", "until")


@page(VISITS)
def behind_indicator(request: Desk, area_id: int, code: str) -> HttpResponse:
    """Show what a number of an area stands for, now or as of the instant ``?at=``."""
    area = area_or_404(request.viewer, VISITS, area_id)
    one = all_of_them().get(code)
    if one is None or one.source is None:
        raise Http404
    at = _at(request)
    if one.kind == FLOW:
        return _days(request, area, one, at)
    area = area_or_404(request.viewer, READ, area_id)
    if one.source.counter:
        if one.source.counter not in STOCK_PAGES:
            raise Http404
        return HttpResponseRedirect(reverse(STOCK_PAGES[one.source.counter], args=[area.pk]))
    return _people(request, area, one, at)


def _at(request: Desk) -> datetime | None:
    """Return the instant that the address asks for, that of a snapshot; None for now."""
    asked = request.GET.get("at", "")
    if not asked:
        return None
    try:
        at = datetime.fromisoformat(asked)
    except ValueError:
        raise Http404 from None
    if at.tzinfo is None:
        raise Http404
    return at


def _people(request: Desk, area: Area, one: Indicator, at: datetime | None) -> HttpResponse:
    asked = request.GET
    heads = listing(asked, (), COLUMNS, sort="door").heads
    key = asked.get("sort", "") if asked.get("sort", "") in SORTED else "door"
    order = f"-{key}" if asked.get("dir") == "desc" else key
    offset = (page_of(asked) - 1) * PAGE_SIZE
    found, total = opens(
        viewer=request.viewer, indicator=one, path=area.path, at=at, order=order, offset=offset, limit=PAGE_SIZE
    )
    saw_list(request, "indicator", area.path, [row.resident for row in found])
    context = {
        "area": area,
        "title": indicator_words(one),
        "at": at,
        "rows": replace(paged(asked, total, found), heads=heads),
        "people": [(row, origin_name(row.origin) if row.origin else "") for row in found],
        "kept": "at" in asked,
    }
    return render(request, "office/cutoffs/people.html", context)


def _days(request: Desk, area: Area, one: Indicator, at: datetime | None) -> HttpResponse:
    assert one.source is not None
    on = local_day(at or request.stamp().at, zone())
    days = days_behind(viewer=request.viewer, verb=VISITS, indicator=one, path=area.path, on=on)
    there = DAY_PAGES.get(one.source.counter, "visits")
    name, _sep, query = there.partition("?")
    address = reverse(name, args=[area.pk]) + (f"?{query}&on=" if query else "?on=")
    context = {
        "area": area,
        "title": indicator_words(one),
        "total": sum(number for _, number in days),
        "unit": label("cutoffs.unit", one.unit),
        "rows": listing(request.GET, [(day, number, address + day.isoformat()) for day, number in days], (), sort=""),
    }
    return render(request, "office/cutoffs/days_behind.html", context)
