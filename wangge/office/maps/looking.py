"""Looking at the map of an area: shapes coloured by a counter, the same numbers in a table, points."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.office.frame import zone
from wangge.office.listing import Column, Listing, listing
from wangge.office.maps.sheets import GROUND, MANAGE, READ, chosen_sheet, plan_near
from wangge.office.viewing import Desk, area_or_404, page
from wangge.places.models import Area
from wangge.places.queries import PlanSheet
from wangge.places.rules import BUILDING_RANK, RANKS, Level, natural
from wangge.situation.board.sweep import open_round
from wangge.situation.maps import (
    BUILDING_COUNTERS,
    COUNTERS,
    FLAGGED,
    OPEN,
    ROUND_COUNTERS,
    AreaMap,
    Drawn,
    Patch,
    levels_below,
)
from wangge.situation.maps import area_map as drawn_map
from wangge.surveys.queries.rounds import RoundHead
from wangge.words import label

LEVELS: dict[str, str | Promise] = {
    "below": pgettext_lazy("map", "the next level"),
    "grid": pgettext_lazy("map", "grids"),
    "building": pgettext_lazy("map", "buildings and groups"),
}
# A number or name is written on a desk's map where this type fits, and on a phone's where the larger does.
DESK_TYPE, PHONE_TYPE = 13.0, 34.0
LISTS = {
    "doors_open": ("doors", "visit.read", {"state": "open"}),
    "doors_done": ("doors", "visit.read", {"state": "closed"}),
    "doors_due": ("doors", "visit.read", {}),
    "doors_again": ("doors", "visit.read", {"state": "again"}),
    "doors_refused": ("doors", "visit.read", {"state": "refused"}),
    "visits": ("visits", "visit.read", {}),
    "persons_seen": ("seen", "register.read", {}),
    "residents": ("residents", "register.read", {}),
    "households": ("households", "register.read", {}),
}
"""The list behind a number: its page, the verb it needs, what narrows it."""
ROUND_STATES = {
    "round_open": "open", "round_done": "closed", "round_revisit": "again", "round_refused": "refused", "round_due": "",
}  # fmt: skip
NO_LIST: tuple[str, str, dict[str, str]] = ("", "", {})
ONLY_NOW = frozenset({"residents", "households", *FLAGGED})
"""Numbers whose list is known for today only."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the area in the table and on the map: its number, where its name and its number lead."""

    patch: Patch
    name: str
    drawn: Drawn | None
    href: str
    look: str
    list: str = ""
    draw: bool = False

    @property
    def sizes(self) -> str:
        """Return the classes that say where the number is written."""
        fit, named = (self.drawn.fit, self.drawn.name_fit) if self.drawn else (0, 0)
        there = {
            "fits": fit >= DESK_TYPE,
            "fits-phone": fit >= PHONE_TYPE,
            "fits-name": named >= DESK_TYPE,
            "fits-name-phone": named >= PHONE_TYPE,
        }
        return " ".join(name for name, holds in there.items() if holds)


def _columns(counter: str) -> tuple[Column[Part], ...]:
    return (
        Column(key="name", label=_("Area"), by=lambda part: natural(part.name)),
        Column(key="value", label=counter_words(counter), by=_value, number=True),
    )


def _value(part: Part) -> int:
    return -1 if part.patch.value is None else part.patch.value


def counter_words(counter: str) -> str:
    """Return what a counter of the map is called."""
    reason = FLAGGED.get(counter)
    return label("people.flag", reason) if reason else label("maps.counter", counter)


@page(READ)
def area_map(request: Desk, area_id: int) -> HttpResponse:
    """Show the map of an area, for today or another day."""
    area = area_or_404(request.viewer, READ, area_id)
    today = local_day(request.stamp().at, zone())
    on = _day(request.GET.get("on", ""), today)
    levels = levels_below(area)
    level = _one_of(request.GET.get("by", ""), levels)
    swept = open_round(viewer=request.viewer, path=area.path, day=on) if on == today and level == "below" else None
    counters = BUILDING_COUNTERS if level == "building" else (*(ROUND_COUNTERS if swept else ()), *COUNTERS)
    counter = _one_of(request.GET.get("count", ""), counters)
    plan = chosen_sheet(request, area)
    found = drawn_map(
        viewer=request.viewer,
        area=area,
        level=level,
        counter=counter,
        day=on,
        today=today,
        plan=plan,
        round=swept.id if swept else None,
    )
    parts = _parts(request, found, today)
    rows = _rows(request, parts, found, today)
    if swept and counter in ROUND_STATES:
        rows = replace(
            rows, rows=[replace(part, list=_round_list(request, part, swept, counter)) for part in rows.rows]
        )
    return render(request, "office/maps/map.html", {
        "area": area,
        "map": found,
        "on": on,
        "is_today": on == today,
        "level": level,
        "levels": [(one, LEVELS[one]) for one in levels],
        "counter": counter,
        "counter_words": counter_words(counter),
        "swept": swept if counter in ROUND_COUNTERS else None,
        "counters": [(one, counter_words(one)) for one in counters],
        "parts": parts,
        # what is framed is drawn above what is not
        "painted": sorted((part for part in parts if part.drawn), key=lambda part: part.patch.silent),
        "rows": rows,
        "asked": request.GET.get("q", ""),
        "searches": len(parts) > 8,
        "sheets": _sheets(request, area, plan),
        "plan": plan,
        "sheet": plan.uid if plan else GROUND,
        "points": [(point, label("maps.point", point.kind)) for point in found.drawing.points] if found.drawing else [],
        "manages": request.viewer.permits(MANAGE, area.path),
        "own_plan": plan is not None and plan.area == area.id,
        "some_silent": any(part.patch.silent for part in parts),
        "some_unknown": any(part.patch.value is None for part in parts),
    })  # fmt: skip


def _day(text: str, today: date) -> date:
    """Return the day the address asks for: today, or one before."""
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise Http404 from None
    if day > today:
        raise Http404
    return day


def _one_of(asked: str, known: Sequence[str]) -> str:
    """Return what the address asks for, the first of what there is when it asks for nothing."""
    if asked and asked not in known:
        # another level has other counters: fall back instead of failing a link that was right for the level before
        asked = ""
    return asked or (known[0] if known else OPEN)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the names of parts lead; addresses are made once, for a map has thousands of parts."""

    map: str
    building: str
    asked: str

    def of(self, request: Desk, patch: Patch, rank: int) -> str:
        """Return where a part leads: to its own map, a building to its sheet; empty where the viewer may not go."""
        if rank < BUILDING_RANK:
            return self.map.replace("/0/", f"/{patch.id}/") + self.asked
        return (
            self.building.replace("/0", f"/{patch.id}") if request.viewer.permits("register.read", patch.path) else ""
        )


def _parts(request: Desk, found: AreaMap, today: date) -> list[Part]:
    asked = {"count": found.counter} | ({} if found.day == today else {"on": found.day.isoformat()})
    leads = Addresses(reverse("map", args=[0]), reverse("building", args=[0]), "?" + urlencode(asked))
    outlines = found.drawing.outlines if found.drawing else {}
    parts = []
    for patch in found.patches:
        rank = RANKS[Level(patch.level)]
        name = wording.building(patch.name, patch.kind) if rank == BUILDING_RANK else patch.name
        look = "none" if patch.value is None else str(patch.step)
        parts.append(Part(patch, name, outlines.get(patch.id), leads.of(request, patch, rank), look))
    return parts


def _rows(request: Desk, parts: Sequence[Part], found: AreaMap, today: date) -> Listing[Part]:
    """Return the page of the table that is asked for, with the list behind each number."""
    text = request.GET.get("q", "").strip()
    named = [part for part in parts if text in part.name or (part.patch.code or "").startswith(text)]
    rows = listing(request.GET, named, _columns(found.counter), sort="value", descending=True)
    shown = [
        replace(
            part,
            list=_list(request, part.patch, found.counter, found.day, today),
            draw=request.viewer.permits(MANAGE, part.patch.path),
        )
        for part in rows.rows
    ]
    return replace(rows, rows=shown)


def _list(request: Desk, patch: Patch, counter: str, on: date, today: date) -> str:
    """Return the list behind a number, empty where the viewer may not read it."""
    reason = FLAGGED.get(counter)
    name, verb, asked = ("residents", "register.read", {"flag": reason}) if reason else LISTS.get(counter, NO_LIST)
    if not verb or not request.viewer.permits(verb, patch.path) or (on != today and counter in ONLY_NOW):
        return ""
    query = urlencode({**asked, **({} if on == today else {"on": on.isoformat()})})
    return reverse(name, args=[patch.id]) + (f"?{query}" if query else "")


def _round_list(request: Desk, part: Part, swept: RoundHead, counter: str) -> str:
    """Return the doors of a round behind a number, empty where the viewer may not read them."""
    if not request.viewer.permits("visit.read", part.patch.path):
        return ""
    state = ROUND_STATES[counter]
    asked = {"area": str(part.patch.id)} | ({"state": state} if state else {})
    return reverse("sweep_doors", args=[swept.id]) + "?" + urlencode(asked)


def _sheets(request: Desk, area: Area, plan: PlanSheet | None) -> list[tuple[str, str | Promise, bool]]:
    """Return the sheets between which the viewer may choose, none when there is one only."""
    near = plan_near(request, area)
    if near is None:
        return []
    return [
        (str(near.uid), pgettext_lazy("map", "the plan"), plan is not None),
        (GROUND, pgettext_lazy("map", "the ground"), plan is None),
    ]
