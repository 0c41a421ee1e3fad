"""One snapshot: its areas with a total, who had reported, and the same as a csv."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from io import SEEK_END, StringIO
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.office import wording
from wangge.office.cutoffs.words import Cell, cells, indicator_words, list_of, set_words, signed
from wangge.office.frame import zone
from wangge.office.listing import Column, listing
from wangge.office.rights.sheets import CSV, TYPES, harmless
from wangge.office.viewing import Desk, page
from wangge.places import queries as places
from wangge.situation.cutoffs.queries import Report, Row, SnapshotPage, snapshot_page
from wangge.situation.cutoffs.rules import Reported
from wangge.situation.inhabitants import names_by_number
from wangge.words import label

READ = "board.read"
STATE_LOOKS = {Reported.REPORTED: "done", Reported.ZERO: "none", Reported.SILENT: "stop"}


@dataclass(frozen=True, slots=True)
class Line:
    """One area of the table."""

    place: int
    name: str
    href: str
    cells: tuple[Cell, ...]


@page(READ)
def snapshot(request: Desk, snapshot_id: UUID) -> HttpResponse:
    """Show one snapshot: numbers never change, who has reported and what came late is as of now."""
    shown = snapshot_page(viewer=request.viewer, snapshot=snapshot_id)
    lines = [_line(request, shown, place, row) for place, row in enumerate(shown.rows)]
    named = {one.code: indicator_words(one) for one in shown.indicators}
    context = {
        "area": places.area(shown.cutoff.home),
        "shown": shown,
        "cutoff": shown.cutoff,
        "set_words": set_words(shown.cutoff.profile),
        "who": names_by_number([shown.cutoff.taken_by]).get(shown.cutoff.taken_by, ""),
        "rows": listing(request.GET, lines, _columns(shown), sort="area"),
        "total": _row_cells(request, shown, shown.cutoff.row),
        "rest": cells(shown.indicators, shown.rest.numbers, {}, {}, {}) if shown.rest else None,
        "reports": [_report(one, shown) for one in shown.reports],
        "silent": [one.name for one in shown.reports if one.state == Reported.SILENT],
        "since": [(named[code], signed(value)) for code, value in (shown.since or {}).items() if code in named],
    }
    return render(request, "office/cutoffs/snapshot.html", context)


def _columns(shown: SnapshotPage) -> tuple[Column[Line], ...]:
    def by(place: int) -> Column[Line]:
        one = shown.indicators[place]
        return Column(
            key=one.code,
            label=indicator_words(one),
            by=(lambda line: line.cells[place].value) if one.code in shown.cutoff.row.numbers else None,
            number=True,
        )

    first: Column[Line] = Column(key="area", label=gettext_lazy("Area"), by=lambda line: line.place)
    return (first, *(by(place) for place in range(len(shown.indicators))))


def _line(request: Desk, shown: SnapshotPage, place: int, row: Row) -> Line:
    href = reverse("cutoffs", args=[row.area]) + f"?set={shown.cutoff.profile}"
    return Line(place, row.name, href, tuple(_row_cells(request, shown, row)))


def _row_cells(request: Desk, shown: SnapshotPage, row: Row) -> list[Cell]:
    links = {
        one.code: list_of(request.viewer, row.area, row.path, one, shown.cutoff.taken_at) for one in shown.indicators
    }
    return cells(shown.indicators, row.numbers, row.changes, row.late, links)


def _report(one: Report, shown: SnapshotPage) -> tuple[Report, str, str, bool]:
    return one, STATE_LOOKS[one.state], label("cutoffs.state", one.state.value), one.area in shown.late


@page(READ)
def snapshot_csv(request: Desk, snapshot_id: UUID) -> HttpResponse:
    """Hand a snapshot out as a csv: counts of areas, nobody's name; a cell stays empty for what was not asked."""
    shown = snapshot_page(viewer=request.viewer, snapshot=snapshot_id)
    head = [_("Area")]
    for one in shown.indicators:
        name = indicator_words(one)
        head += [name, _("%(name)s, change") % {"name": name}, _("%(name)s, late") % {"name": name}]
    rows = (_cells(shown, row) for row in (shown.cutoff.row, *shown.rows))
    written = StringIO("\ufeff", newline="")
    written.seek(0, SEEK_END)
    # numbers stay numbers: only the names of areas could be taken for a formula
    csv.writer(written).writerows([[harmless(cell) for cell in head], *rows])
    answer = HttpResponse(written.getvalue().encode(), content_type=TYPES[CSV])
    at = wording.hour(shown.cutoff.cutoff_at, zone()).replace(":", "")
    name = f"wangge-{shown.cutoff.profile}-{shown.cutoff.on.isoformat()}-{at}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _cells(shown: SnapshotPage, row: Row) -> list[str]:
    found = [harmless(row.name)]
    for one in shown.indicators:
        asked = one.code in row.numbers
        found += [_cell(row.numbers, one.code), _cell(row.changes, one.code)]
        found.append(str(row.late.get(one.code, 0)) if asked else "")
    return found


def _cell(numbers: Mapping[str, int], code: str) -> str:
    return str(numbers[code]) if code in numbers else ""
