"""The register of an area: how many live there, what needs attention, and the way down to buildings and doors."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.journal import tallies
from wangge.kernel.paths import parent
from wangge.office.listing import Column, Listing, listing
from wangge.office.register.surroundings import READ, WRITE, link, place_of
from wangge.office.viewing import Desk, area_or_404, go, page
from wangge.people.rules.codes import FLAG_REASONS, HOUSEHOLDS, RESIDENTS, flag_counter
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, COMMUNITY_RANK, GRID_RANK, natural
from wangge.situation.inhabitants import BuildingCount, building_counts
from wangge.words import label

FLAGS = {flag_counter(reason): reason for reason in FLAG_REASONS}
COUNTED = (HOUSEHOLDS, RESIDENTS, *FLAGS)


@dataclass(frozen=True, slots=True)
class Child:
    """An area below with its counts."""

    id: int
    name: str
    level: str
    households: int
    residents: int
    flags: int


@dataclass(frozen=True, slots=True)
class FlagCount:
    """How many carry a flag of one reason."""

    reason: str
    words: str
    number: int


CHILD_COLUMNS: tuple[Column[Child], ...] = (
    Column(key="name", label=_("Area"), by=lambda row: (natural(row.name), row.id)),
    Column(key="households", label=pgettext_lazy("register", "Households"), by=lambda row: row.households, number=True),
    Column(key="residents", label=_("Residents"), by=lambda row: row.residents, number=True),
    Column(key="flags", label=_("Flags"), by=lambda row: row.flags, number=True),
)
BUILDING_COLUMNS: tuple[Column[BuildingCount], ...] = (
    Column(key="name", label=_("Building"), by=lambda row: (row.order, row.id)),
    Column(key="households", label=pgettext_lazy("register", "Households"), by=lambda row: row.households, number=True),
    Column(key="residents", label=_("Residents"), by=lambda row: row.residents, number=True),
    Column(key="open", label=_("Open today"), by=lambda row: row.open, number=True),
    Column(key="worker", label=_("Worker"), by=lambda row: (not row.worker, row.worker)),
)


@page(READ)
def register(request: Desk, area_id: int) -> HttpResponse:
    """Show the register of an area; a building, stairwell or door leads to the building's sheet."""
    here = area_or_404(request.viewer, READ, area_id)
    if here.rank >= BUILDING_RANK:
        return _to_building(request, here)
    day = request.stamp().day
    counted = tallies.totals(path=here.path, counters=COUNTED, day=day, today=day)
    children = _children(here, request)
    buildings = (
        building_counts(viewer=request.viewer, path=here.path, on=day)
        if here.rank in (COMMUNITY_RANK, GRID_RANK)
        else []
    )
    context = {
        "area": here,
        "level": label("places.level", here.level),
        "crumbs": place_of(request.viewer, here.path, itself=False).crumbs,
        "households": counted[HOUSEHOLDS],
        "residents": counted[RESIDENTS],
        "flags": [
            FlagCount(reason, label("people.flag", reason), counted[code])
            for code, reason in FLAGS.items()
            if counted[code]
        ],
        "children": _child_rows(request, children),
        "buildings": listing(request.GET, buildings, BUILDING_COLUMNS, sort="name"),
        "may_write": here.rank >= COMMUNITY_RANK and request.viewer.permits(WRITE, here.path),
        "add_area": link("area_add", here.pk) if request.viewer.permits("area.manage", here.path) else "",
    }
    return render(request, "office/register/area.html", context)


def _to_building(request: Desk, here: Area) -> HttpResponse:
    building = next((row for row in places.crumbs(here) if row.rank == BUILDING_RANK), here)
    return go(request, reverse("building", args=[building.pk]))


def _children(here: Area, request: Desk) -> list[Area]:
    return [row for row in places.children(here) if row.rank < BUILDING_RANK and request.viewer.permits(READ, row.path)]


def _child_rows(request: Desk, children: list[Area]) -> Listing[Child]:
    """Return the areas below with their tallies; fillers between are looked through, each costs statements."""
    day = request.stamp().day
    counted: dict[str, tallies.Totals] = {}
    for above in sorted({parent(row.path) for row in children}):
        counted |= tallies.children_totals(path=above, counters=COUNTED, day=day, today=day)
    rows = [_child(row, counted.get(row.path, {})) for row in children]
    return listing(request.GET, rows, CHILD_COLUMNS, sort="")


def _child(row: Area, counted: tallies.Totals) -> Child:
    return Child(
        id=row.pk,
        name=row.name,
        level=label("places.level", row.level),
        households=counted.get(HOUSEHOLDS, 0),
        residents=counted.get(RESIDENTS, 0),
        flags=sum(counted.get(code, 0) for code in FLAGS),
    )
