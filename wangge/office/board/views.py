"""The pages of the board."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wangge.access.viewing import Viewer
from wangge.kernel.periods import local_day
from wangge.office.frame import zone
from wangge.office.listing import Column, listing
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people.rules.codes import FLAG_REASONS, flag_counter
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK
from wangge.situation.board import DUE, OPEN, Child, WorkerLine
from wangge.situation.board import board as situation
from wangge.situation.board import silent as silent_patches
from wangge.words import label

READ = "board.read"
SILENT_SHOWN = 8
WORKERS_SHOWN = 12
REFRESH_SECONDS = 20
# Upper ends of the five steps of a tile: doors that are open.
STEPS = (25, 50, 100, 150)


@dataclass(frozen=True, slots=True)
class Links:
    """Where the numbers of an area lead; empty where the viewer may not read the list."""

    area: str
    doors: str
    open: str
    closed: str
    again: str
    refused: str
    due: str
    visits: str
    seen: str
    residents: str
    households: str


@dataclass(frozen=True, slots=True)
class Row:
    """An area below, as the table shows it."""

    name: str
    due: int
    done: int
    open: int
    again: int
    refused: int
    residents: int
    links: Links
    silent: bool


COLUMNS = (
    Column[Row](key="name", label=_("Area")),
    Column[Row](key="progress", label=_("Progress")),
    Column[Row](key="due", label=_("Due"), by=lambda row: row.due, number=True),
    Column[Row](key="done", label=_("Done"), by=lambda row: row.done, number=True),
    Column[Row](key="open", label=_("Open"), by=lambda row: row.open, number=True),
    Column[Row](key="again", label=_("Come again"), by=lambda row: row.again, number=True),
    Column[Row](key="refused", label=_("Refused"), by=lambda row: row.refused, number=True),
    Column[Row](key="residents", label=_("Residents"), by=lambda row: row.residents, number=True),
)


@page(READ)
def board(request: Desk, area_id: int) -> HttpResponse:
    """Show the board of an area, for today or another day."""
    area = area_or_404(request.viewer, READ, area_id)
    at = request.stamp().at
    today = local_day(at, zone())
    on = _day(request.GET.get("on", ""), today)
    found = situation(viewer=request.viewer, path=area.path, at=at, zone=zone(), on=on)
    quiet = {patch.path for patch in found.silent}
    rows = [_row(request.viewer, child, on, today, quiet) for child in found.children]
    counters = found.counters
    context = {
        "area": area,
        "board": found,
        "on": on,
        "is_today": on == today,
        "counters": counters,
        "due": counters[DUE],
        "open": counters[OPEN],
        "never": counters[OPEN] - counters["doors_again"] - counters["doors_refused"],
        "links": links_of(request.viewer, area.id, area.path, on, today),
        "rows": listing(request.GET, rows, COLUMNS, sort="open", descending=True),
        "tiles": _tiles(found.children) if area.rank < COMMUNITY_RANK else [],
        "children_are": _children_are(area),
        "buildings": [
            (line, _buildings_link(request.viewer, line.area.id, line.area.path)) for line in found.buildings
        ],
        "workers": _workers(found.workers, request.viewer, area, on, today),
        "silent": found.silent[:SILENT_SHOWN],
        "silent_count": len(found.silent),
        "flags": _flags(request.viewer, area, counters),
        "deals": request.viewer.permits("duty.deal", area.path) and area.rank >= COMMUNITY_RANK,
        "refresh": REFRESH_SECONDS if on == today else 0,
        "here": request.get_full_path(),
    }
    return render(request, "office/board/board.html", context)


def _day(text: str, today: date) -> date:
    """Return the day the address asks for: today, or one before."""
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day > today:
        raise Http404
    return day


def links_of(viewer: Viewer, area_id: int, path: str, on: date, today: date) -> Links:
    """Return where the numbers of an area lead for this viewer."""
    day = {} if on == today else {"on": on.isoformat()}

    def to(name: str, verb: str, **query: str) -> str:
        if not viewer.permits(verb, path):
            return ""
        asked = urlencode({**query, **day})
        return reverse(name, args=[area_id]) + (f"?{asked}" if asked else "")

    return Links(
        area=to("board", READ),
        doors=to("doors", "visit.read"),
        open=to("doors", "visit.read", state="open"),
        closed=to("doors", "visit.read", state="closed"),
        again=to("doors", "visit.read", state="again"),
        refused=to("doors", "visit.read", state="refused"),
        due=to("doors", "visit.read", state="due"),
        visits=to("visits", "visit.read"),
        seen=to("seen", "register.read"),
        residents=to("residents", "register.read") if on == today else "",
        households=to("households", "register.read") if on == today else "",
    )


def _row(viewer: Viewer, child: Child, on: date, today: date, quiet: set[str]) -> Row:
    counted = child.counters
    return Row(
        name=child.area.name,
        due=counted[DUE],
        done=counted["doors_done"],
        open=counted[OPEN],
        again=counted["doors_again"],
        refused=counted["doors_refused"],
        residents=counted["residents"],
        links=links_of(viewer, child.area.id, child.area.path, on, today),
        silent=child.area.path in quiet,
    )


def _children_are(area: Area) -> str:
    """Return the heading of the table of areas below."""
    if area.rank >= COMMUNITY_RANK:
        return str(_("Progress of the grids"))
    return str(_("Progress of the areas below"))


def _buildings_link(viewer: Viewer, area_id: int, path: str) -> str:
    return reverse("building", args=[area_id]) if viewer.permits("register.read", path) else ""


@dataclass(frozen=True, slots=True)
class Hand:
    """What a worker has in hand, with the way to the list."""

    line: WorkerLine
    href: str


def _workers(lines: Sequence[WorkerLine], viewer: Viewer, area: Area, on: date, today: date) -> list[Hand]:
    """Return who has most in hand, and doors that are nobody's."""
    shown = []
    for line in lines[:WORKERS_SHOWN]:
        base = links_of(viewer, area.id, area.path, on, today).open
        href = f"{base}&worker={line.worker}" if base and line.worker else ""
        shown.append(Hand(line, href))
    return shown


def _tiles(children: Sequence[Child]) -> list[tuple[Child, int]]:
    """Return the areas below with the step of their tile, 0 to 5, by open doors."""
    return [(child, _step(child.counters[OPEN])) for child in children]


def _step(value: int) -> int:
    return 0 if value == 0 else 1 + sum(value >= step for step in STEPS)


def _flags(viewer: Viewer, area: Area, counters: dict[str, int]) -> list[tuple[str, int, str]]:
    """Return each flag that somebody carries: words, number, the list."""
    reads = viewer.permits("register.read", area.path)
    return [
        (
            label("people.flag", reason),
            counters[flag_counter(reason)],
            reverse("residents", args=[area.id]) + f"?flag={reason}" if reads else "",
        )
        for reason in FLAG_REASONS
        if counters[flag_counter(reason)]
    ]


@page(READ)
def silent(request: Desk, area_id: int) -> HttpResponse:
    """List the grids that sent nothing since local midnight."""
    area = area_or_404(request.viewer, READ, area_id)
    today = local_day(request.stamp().at, zone())
    patches = silent_patches(path=area.path, day=today)
    rows = listing(request.GET, patches, (), sort="name")
    return render(request, "office/board/silent.html", {"area": area, "rows": rows})
