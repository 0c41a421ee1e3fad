"""The cut-offs of an area: its numbers now, day by day, and who has not reported."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wangge.kernel.periods import local_day
from wangge.office.cutoffs.words import Cell, cells, chosen_set, list_of, set_words
from wangge.office.frame import zone
from wangge.office.listing import PAGE_SIZE
from wangge.office.rounds.lists import page_of, paged
from wangge.office.viewing import Desk, area_or_404, page
from wangge.places.models import Area
from wangge.places.queries import crumbs
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.situation.cutoffs import queries
from wangge.situation.cutoffs.hours import Hours, hours_of
from wangge.situation.cutoffs.queries import Cutoff, Report
from wangge.situation.cutoffs.rules import Indicator, Reported
from wangge.situation.inhabitants import names_by_number

READ, TAKE, MANAGE = "board.read", "cutoff.take", "cutoff.manage"


@dataclass(frozen=True, slots=True)
class Line:
    """One cut-off as the table shows it; ``href`` is empty for one taken of an area that the viewer may not see."""

    cutoff: Cutoff
    cells: tuple[Cell, ...]
    who: str
    href: str
    elsewhere: bool


@page(READ)
def cutoffs(request: Desk, area_id: int) -> HttpResponse:
    """Show the cut-offs of an area for one set of indicators, the latest first."""
    area = area_or_404(request.viewer, READ, area_id)
    profile, sets = chosen_set(request.GET.get("set", ""))
    indicators = sets.get(profile, [])
    offset = (page_of(request.GET) - 1) * PAGE_SIZE
    rows, total = queries.cutoffs(
        viewer=request.viewer, area=area.pk, path=area.path, profile=profile, offset=offset, limit=PAGE_SIZE
    )
    today = local_day(request.stamp().at, zone())
    hours = hours_of(area.pk)
    takes = request.viewer.permits(TAKE, area.path) and area.rank <= GRID_RANK
    context = {
        "area": area,
        "profile": profile,
        "sets": [(code, set_words(code), code == profile) for code in sets],
        "heads": [cell.words for cell in cells(indicators, {}, {}, {}, {})],
        "now": _now(request, area, indicators, today),
        "rows": paged(request.GET, total, rows),
        "lines": _lines(request, area, rows, indicators),
        "takes": takes,
        "manages": request.viewer.holds_at(MANAGE, area.path) and area.rank <= GRID_RANK,
        "hours": hours,
        "automatic": _is_automatic(hours, profile),
        **_above(area, profile),
        "reports": _reports(request, area, profile, indicators, today),
    }
    return render(request, "office/cutoffs/days.html", context)


def _is_automatic(hours: Hours, profile: str) -> bool:
    return bool(hours.times) and profile in hours.profiles


def _above(area: Area, profile: str) -> dict[str, object]:
    """Return the area above when the server keeps this area's numbers together with that one's."""
    way = crumbs(area)
    if len(way) < 2 or area.rank > GRID_RANK:
        return {"above": None}
    hours = hours_of(way[-2].pk)
    kept = _is_automatic(hours, profile)
    return {"above": way[-2] if kept else None, "above_hours": hours.times}


def _now(request: Desk, area: Area, indicators: list[Indicator], today: date) -> list[Cell]:
    """Return today's figures: as kept at the last cut-off of today, else as they stand, against the day before."""
    codes = [one.code for one in indicators]
    found = queries.figures(viewer=request.viewer, path=area.path, indicators=codes, on=today, today=today)
    numbers = {code: one.stock for code, one in found.items() if one.stock is not None}
    changes = {code: one.change for code, one in found.items() if one.change is not None}
    links = {one.code: list_of(request.viewer, area.pk, area.path, one) for one in indicators}
    return cells(indicators, numbers, changes, {}, links)


def _lines(request: Desk, area: Area, rows: list[Cutoff], indicators: list[Indicator]) -> list[Line]:
    who = names_by_number(row.taken_by for row in rows)
    return [
        Line(
            row,
            tuple(
                cells(
                    indicators,
                    row.row.numbers,
                    row.row.changes,
                    row.row.late,
                    {one.code: list_of(request.viewer, area.pk, area.path, one, row.taken_at) for one in indicators},
                )
            ),
            who.get(row.taken_by, ""),
            reverse("snapshot", args=[row.snapshot]) if request.viewer.permits(READ, row.home_path) else "",
            row.home != area.pk,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class Reports:
    """Who has reported today: counts by state, those who are silent, and the report of this area if it makes one."""

    reported: int
    zero: int
    silent: tuple[Report, ...]
    own: Report | None
    may: bool


def _reports(request: Desk, area: Area, profile: str, indicators: list[Indicator], today: date) -> Reports | None:
    """Return who has reported today; None inside a community, whose report is one."""
    if area.rank > COMMUNITY_RANK:
        return None
    found = queries.reports(viewer=request.viewer, path=area.path, profile=profile, indicators=indicators, on=today)
    own = next((one for one in found if one.area == area.pk), None)
    return Reports(
        reported=sum(one.state == Reported.REPORTED for one in found),
        zero=sum(one.state == Reported.ZERO for one in found),
        silent=tuple(one for one in found if one.state == Reported.SILENT),
        own=own,
        may=own is not None and request.viewer.permits(TAKE, area.path),
    )
