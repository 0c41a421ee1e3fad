"""The pages of the board."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wangge.access.viewing import Viewer
from wangge.kernel.periods import local_day
from wangge.office.board import drawing
from wangge.office.board.linking import READ, Links, links_of, list_link, round_links, way_to
from wangge.office.board.telling import told
from wangge.office.charts import Chart, cumulative
from wangge.office.frame import zone
from wangge.office.listing import Column, listing
from wangge.office.viewing import Desk, area_or_404, page
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK
from wangge.situation.board import DUE, OPEN, Board, BuildingLine, Child, WorkerLine
from wangge.situation.board import board as situation
from wangge.situation.board import silent as silent_patches
from wangge.situation.board.figures import flags as standing_flags
from wangge.situation.board.sweep import Sweep
from wangge.surveys.rules.rounds import Numbers
from wangge.words import label

SILENT_SHOWN = 8
WORKERS_SHOWN = 12
LISTS_SHOWN = 5
REFRESH_SECONDS = 20
# Upper ends of the five steps of a tile: doors that are open.
STEPS = (25, 50, 100, 150)


@dataclass(frozen=True, slots=True)
class Cover:
    """Doors of an area, of a day or of a round: due, done, open, to come to again, refused."""

    due: int
    done: int
    open: int
    again: int
    refused: int

    @property
    def never(self) -> int:
        """At how many doors nobody has knocked."""
        return self.open - self.again - self.refused


def of_day(counters: Mapping[str, int]) -> Cover:
    """Return the doors of a day from the counters of a board."""
    done, again, refused = (counters[code] for code in ("doors_done", "doors_again", "doors_refused"))
    return Cover(counters[DUE], done, counters[OPEN], again, refused)


def of_round(found: Numbers) -> Cover:
    """Return the doors of a round."""
    return Cover(found.due, found.done, found.open, found.revisit, found.refused)


@dataclass(frozen=True, slots=True)
class Row:
    """An area below, as the table shows it."""

    name: str
    due: int
    done: int
    open: int
    again: int
    refused: int
    hour: int
    residents: int
    links: Links


COLUMNS = (
    Column[Row](key="name", label=_("Area")),
    Column[Row](key="progress", label=_("Progress")),
    Column[Row](key="due", label=_("Due"), by=lambda row: row.due, number=True),
    Column[Row](key="done", label=_("Done"), by=lambda row: row.done, number=True),
    Column[Row](key="open", label=_("Open"), by=lambda row: row.open, number=True),
    Column[Row](key="again", label=_("Come again"), by=lambda row: row.again, number=True),
    Column[Row](key="refused", label=_("Refused"), by=lambda row: row.refused, number=True),
    Column[Row](key="hour", label=_("Last hour"), by=lambda row: row.hour, number=True),
    Column[Row](key="residents", label=_("Residents"), by=lambda row: row.residents, number=True),
)


@page(READ)
def board(request: Desk, area_id: int) -> HttpResponse:
    """Show the board of an area, for today or another day."""
    area = area_or_404(request.viewer, READ, area_id)
    at = request.stamp().at
    today = local_day(at, zone())
    on = day_asked(request, today)
    found = situation(viewer=request.viewer, path=area.path, at=at, zone=zone(), on=on, silent_most=SILENT_SHOWN)
    context = {
        "area": area,
        "board": found,
        "on": on,
        "asked_on": "" if on == today else f"?on={on.isoformat()}",
        "is_today": on == today,
        "refresh": REFRESH_SECONDS if on == today else 0,
        "here": request.get_full_path(),
        **_coverage(request, found, area, today),
        **_aside(request.viewer, found, area, today),
    }
    return render(request, "office/board/board.html", context)


def _coverage(request: Desk, found: Board, area: Area, today: date) -> dict[str, Any]:
    """Return what the board says about doors: the whole, the areas below, buildings and workers.

    While a round is open its doors are shown, and those of today with ``?of=day``.
    """
    viewer = request.viewer
    swept = found.sweep if request.GET.get("of") != "day" else None
    cover = of_round(swept.numbers) if swept else of_day(found.counters)
    links = links_of(viewer, area.id, area.path, found.day, today)
    ways = round_links(links, viewer, swept.head.id, area.id, area.path) if swept else links
    rows = [_row(viewer, child, found.day, today, swept) for child in found.children]
    columns = [column for column in COLUMNS if column.key != "hour" or found.changed]
    return {
        "counters": found.counters,
        "cover": cover,
        "swept": swept,
        "has_round": found.sweep is not None,
        "round_way": _round_way(viewer, found, area),
        "round_day": found.sweep.day_of(found.day) if found.sweep else 0,
        "links": links,
        "ways": ways,
        "chart": _chart(swept, found.at) if swept else None,
        "rows": listing(request.GET, rows, columns, sort="open", descending=True),
        "tiles": [(row, _step(row.open)) for row in rows] if area.rank < COMMUNITY_RANK else [],
        "children_are": _children_are(area),
        "buildings": [_building(viewer, line, of_sweep=swept is not None) for line in found.buildings],
        "workers": _workers(found.workers, area, ways, of_sweep=swept is not None),
        "deals": viewer.permits("duty.deal", area.path) and area.rank >= COMMUNITY_RANK,
        "trend": drawing.trend(found.trend),
    }


def _aside(viewer: Viewer, found: Board, area: Area, today: date) -> dict[str, Any]:
    """Return what stands beside the coverage: silence, lists, gaps, flags, what changed, the comparison."""
    return {
        "silent": found.silent,
        "silent_count": found.silent_count,
        "flags": _flags(viewer, found, area),
        "told": told(found.changed.changes) if found.changed else [],
        "overdue": _overdue(viewer, found),
        "gaps": _gaps(viewer, found, area),
        "compares": viewer.permits("area.manage", area.path),
        "teams": [(line, links_of(viewer, line.area.id, line.area.path, found.day, today)) for line in found.teams],
    }


def day_asked(request: Desk, today: date) -> date:
    """Return the day the address asks for: today, or one before."""
    text = request.GET.get("on", "")
    if not text:
        return today
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
    if day > today:
        raise Http404
    return day


def _round_way(viewer: Viewer, found: Board, area: Area) -> str:
    """Return the address of the open round, empty without one or where the viewer may not read its doors."""
    if found.sweep is None or not viewer.permits("visit.read", area.path):
        return ""
    return reverse("sweep", args=[found.sweep.head.id])


def _chart(swept: Sweep, at: datetime) -> Chart | None:
    """Draw how the doors of the round added up, and when it will be done."""
    ahead = swept.forecast
    return cumulative(
        swept.series,
        goal=swept.numbers.due,
        now=at,
        begin=at,
        deadline=swept.head.deadline,
        zone=zone(),
        ahead=(ahead.from_at, ahead.to_at) if ahead else None,
    )


def _row(viewer: Viewer, child: Child, on: date, today: date, swept: Sweep | None) -> Row:
    cover = of_round(child.swept) if swept and child.swept else of_day(child.counters)
    links = links_of(viewer, child.area.id, child.area.path, on, today)
    if swept:
        links = round_links(links, viewer, swept.head.id, child.area.id, child.area.path)
    return Row(
        name=child.area.name,
        due=cover.due,
        done=cover.done,
        open=cover.open,
        again=cover.again,
        refused=cover.refused,
        hour=child.hour.done,
        residents=child.counters["residents"],
        links=links,
    )


def _children_are(area: Area) -> str:
    """Return the heading of the table of areas below."""
    if area.rank >= COMMUNITY_RANK:
        return str(_("Progress of the grids"))
    return str(_("Progress of the areas below"))


@dataclass(frozen=True, slots=True)
class Share:
    """Doors of a building or in a worker's hands: due, done and open, with the way to the list."""

    due: int
    done: int
    href: str

    @property
    def open(self) -> int:
        """How many doors are left."""
        return self.due - self.done


def _building(viewer: Viewer, line: BuildingLine, *, of_sweep: bool) -> tuple[BuildingLine, Share]:
    href = reverse("building", args=[line.area.id]) if viewer.permits("register.read", line.area.path) else ""
    return line, Share(line.due, line.swept if of_sweep else line.done, href)


def _workers(
    lines: Sequence[WorkerLine], area: Area, links: Links, *, of_sweep: bool
) -> list[tuple[WorkerLine, Share]]:
    """Return who has most in hand, and doors that are nobody's; whoever has nothing left is not named."""
    shown = []
    for line in lines:
        href = f"{links.open}&worker={line.worker}" if links.open and line.worker else ""
        if not line.worker:
            href = reverse("unowned", args=[area.id])
        shown.append((line, Share(line.due, line.swept if of_sweep else line.done, href)))
    shown.sort(key=lambda one: -one[1].open)
    return [one for one in shown if one[1].open][:WORKERS_SHOWN]


def _step(value: int) -> int:
    return 0 if value == 0 else 1 + sum(value >= step for step in STEPS)


def _flags(viewer: Viewer, found: Board, area: Area) -> list[tuple[str, int, str]]:
    """Return each flag that somebody carries: words, number, the list."""
    return [
        (
            label("people.flag", reason),
            number,
            list_link(viewer, "residents", area.id, area.path, "register.read", flag=reason),
        )
        for reason, number in standing_flags(found)
    ]


def _overdue(viewer: Viewer, found: Board) -> list[tuple[Any, str]]:
    """Return the lists past their deadline, each with the way to it."""
    lists = found.gaps.overdue[:LISTS_SHOWN] if found.gaps else ()
    return [(one, way_to(viewer, one)) for one in lists]


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: words, how much, the list behind it, its definition."""

    words: str
    number: int
    href: str
    code: str


def _gaps(viewer: Viewer, found: Board, area: Area) -> list[Gap]:
    """Return what is missing, each with the way to its list."""
    gaps = found.gaps
    if gaps is None:
        return []

    def to(name: str, verb: str, **query: str) -> str:
        return list_link(viewer, name, area.id, area.path, verb, **query)

    shown = [
        ("births_missing", gaps.births, to("residents", "register.read", birth="unknown")),
        ("unowned", gaps.unowned, reverse("unowned", args=[area.id])),
        ("doorless", gaps.doorless, to("households", "register.read", door="none")),
        ("overdue", gaps.overdue_rows, reverse("overdue_lists", args=[area.id])),
    ]
    if gaps.contradictions is not None:
        shown.insert(1, ("contradictions_open", gaps.contradictions, to("contradictions", "answer.read")))
    return [Gap(label("boards.number", code), number, href, code) for code, number, href in shown]


@page(READ)
def silent(request: Desk, area_id: int) -> HttpResponse:
    """List the grids that sent nothing since local midnight."""
    area = area_or_404(request.viewer, READ, area_id)
    today = local_day(request.stamp().at, zone())
    on = day_asked(request, today)
    patches = silent_patches(viewer=request.viewer, path=area.path, day=on)
    rows = listing(request.GET, patches, (), sort="name")
    context = {"area": area, "rows": rows, "on": on, "is_today": on == today}
    return render(request, "office/board/silent.html", context)
