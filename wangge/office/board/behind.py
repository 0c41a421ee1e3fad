"""What stands behind the numbers of a board: their definitions, and the doors that are nobody's."""

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.office.board.linking import READ, list_link, way_to
from wangge.office.board.views import day_asked
from wangge.office.frame import zone
from wangge.office.listing import Column, listing
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people.queries import place_names
from wangge.places.queries import areas as areas_at
from wangge.places.rules import BUILDING_RANK
from wangge.planning.forecast import Forecast
from wangge.situation.board import board, unowned
from wangge.situation.board.figures import figures, flags
from wangge.situation.board.gaps import overdue
from wangge.situation.cutoffs.indicators import current
from wangge.situation.day_report import NAMES_MOST, pdf
from wangge.words import label
from wangge.words.day_report import day_report


@dataclass(frozen=True, slots=True)
class Defined:
    """One number with its definition: words, number, unit, since when, what it counts, who asks for it and what for."""

    code: str
    words: str
    value: str
    unit: str
    since: str
    means: str
    asked: str


@page(READ)
def definitions(request: Desk, area_id: int) -> HttpResponse:
    """Say of every number of a board what it counts, since when, and who asks for it."""
    area = area_or_404(request.viewer, READ, area_id)
    at = request.stamp().at
    today = local_day(at, zone())
    found = board(
        viewer=request.viewer, path=area.path, at=at, zone=zone(), on=day_asked(request, today), silent_most=0
    )
    asked = _asked()
    rows = [
        Defined(
            one.code, label("boards.number", one.code), wording.number(one.value), label("boards.unit", one.unit),
            label("boards.since", one.since), label("boards.means", one.code), asked.get(one.code, ""),
        )
        for one in figures(found)
    ]  # fmt: skip
    if found.sweep and found.sweep.forecast:
        rows.append(_foreseen(found.sweep.forecast, at))
    context = {
        "area": area,
        "board": found,
        "is_today": found.day == today,
        "rows": rows,
        "flags": [(label("people.flag", reason), number) for reason, number in flags(found)],
        "flags_mean": label("boards.means", "flags"),
    }
    return render(request, "office/board/definitions.html", context)


def _foreseen(ahead: Forecast, at: datetime) -> Defined:
    """Return how it is reckoned when the round will be done."""
    ends = {"first": wording.when(ahead.from_at, at, zone()), "last": wording.when(ahead.to_at, at, zone())}
    words, means = label("boards.number", "forecast"), label("boards.means", "forecast")
    said = str(_("%(first)s to %(last)s")) % ends
    return Defined("forecast", words, said, "", label("boards.since", "now"), means, "")


def _asked() -> dict[str, str]:
    """Return for each counter that an indicator stands on who asks for it and what for."""
    found: dict[str, str] = {}
    for one in current().values():
        if one.source and one.source.counter:
            owner, use = label("cutoffs.owner", one.owner), label("cutoffs.use", one.use)
            found.setdefault(one.source.counter, str(_("%(owner)s: %(use)s")) % {"owner": owner, "use": use})
    return found


@dataclass(frozen=True, slots=True)
class Ownerless:
    """A grid or building with doors that are nobody's."""

    name: str
    place: str
    doors: int
    whole: bool
    deal: str
    doors_link: str


@dataclass(frozen=True, slots=True)
class Late:
    """A list past its deadline, with how many rows of the area wait."""

    name: str
    source: str
    deadline: datetime
    rows: int
    href: str


LATE_COLUMNS = (
    Column[Late](key="name", label=_("List"), by=lambda row: row.name),
    Column[Late](key="source", label=_("From"), by=lambda row: row.source),
    Column[Late](key="deadline", label=_("Was due"), by=lambda row: row.deadline),
    Column[Late](key="rows", label=_("Rows that wait here"), by=lambda row: row.rows, number=True),
)
COLUMNS = (
    Column[Ownerless](key="name", label=_("Grid or building"), by=lambda row: (row.place, row.name)),
    Column[Ownerless](key="place", label=_("Area")),
    Column[Ownerless](key="doors", label=_("Doors"), by=lambda row: row.doors, number=True),
)


@page(READ)
def ownerless(request: Desk, area_id: int) -> HttpResponse:
    """List the grids and buildings in which nobody is responsible for some doors; the doors add up to the number."""
    area = area_or_404(request.viewer, READ, area_id)
    today = local_day(request.stamp().at, zone())
    found = unowned(viewer=request.viewer, path=area.path, on=today)
    areas = areas_at(one.path for one in found)
    places = place_names(areas)
    rows = []
    for one in found:
        row = areas.get(one.path)
        if row is None:
            continue
        deals = request.viewer.permits("duty.deal", row.path)
        reads = request.viewer.permits("visit.read", row.path)
        rows.append(
            Ownerless(
                name=wording.building(row.name, row.kind) if row.rank == BUILDING_RANK else row.name,
                place=places[row.path],
                doors=one.doors,
                whole=row.rank < BUILDING_RANK,
                deal=reverse("duties", args=[row.id if row.rank < BUILDING_RANK else row.parent_id]) if deals else "",
                doors_link=reverse("doors", args=[row.id]) if reads else "",
            )
        )
    context = {
        "area": area,
        "rows": listing(request.GET, rows, COLUMNS, sort="doors", descending=True),
        "doors": sum(one.doors for one in found),
    }
    return render(request, "office/board/ownerless.html", context)


@page(READ)
def overdue_lists(request: Desk, area_id: int) -> HttpResponse:
    """List the lists past their deadline with rows of this area that nobody has answered; the rows add up."""
    area = area_or_404(request.viewer, READ, area_id)
    found = overdue(viewer=request.viewer, path=area.path, at=request.stamp().at)
    rows = [Late(one.name, one.source, one.deadline, one.rows, way_to(request.viewer, one)) for one in found]
    context = {
        "area": area,
        "rows": listing(request.GET, rows, LATE_COLUMNS, sort="deadline"),
        "number": sum(one.rows for one in found),
        "work": list_link(request.viewer, "list_work", area.id, area.path, "list.answer"),
    }
    return render(request, "office/board/overdue.html", context)


@page(READ)
def board_pdf(request: Desk, area_id: int) -> HttpResponse:
    """Give the day out as one page, today or an earlier day."""
    area = area_or_404(request.viewer, READ, area_id)
    at = request.stamp().at
    on = day_asked(request, local_day(at, zone()))
    found = board(viewer=request.viewer, path=area.path, at=at, zone=zone(), on=on, silent_most=NAMES_MOST)
    name = f"{area.code or area.pk}-{on.isoformat()}.pdf"
    answer = HttpResponse(pdf(day_report(found, zone=zone())), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
