"""Looking at imports: the list, one import with what it will do or did, its rows, its report."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.access.queries import logins
from wangge.flows.import_roster import preview as looks
from wangge.flows.import_roster.giving_back import can_give_back, given_back
from wangge.flows.import_roster.preview import Preview, Progress, RowLine
from wangge.flows.import_roster.reporting import report_sheet
from wangge.flows.import_roster.states import PERMIT, ImportState, Outcome
from wangge.kernel.refused import Refused
from wangge.office.imports.mapping import field_choices, sheet_lines
from wangge.office.imports.reported import remarks
from wangge.office.jobs import Job
from wangge.office.listing import PAGE_SIZE, Column, listing
from wangge.office.rounds.lists import page_of, paged
from wangge.office.viewing import Desk, area_or_404, page
from wangge.places import queries as places
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.privacy.looks import list_digest, log_list
from wangge.words import label, report_words, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# How each outcome of a row and each state of an import is drawn.
LOOKS = {
    "created": "done", "updated": "done", "unchanged": "none", "asked": "wait", "rejected": "stop", "skipped": "gone",
}  # fmt: skip
STATE_LOOKS = {
    "reading": "wait", "refused": "stop",
    "staging": "wait", "staged": "wait", "applying": "wait", "applied": "done", "undoing": "wait", "undone": "gone",
}  # fmt: skip
WORKING = (ImportState.READING, ImportState.STAGING, ImportState.APPLYING, ImportState.UNDOING)
STEPS = {"reading": 1, "refused": 1, "staging": 1, "staged": 2, "applying": 3, "undoing": 3, "applied": 4, "undone": 4}


def _by_database(_row: object) -> int:
    """Mark a column that the database sorts."""
    return 0


COLUMNS: tuple[Column[Any], ...] = (
    Column(key="file", label=gettext_lazy("File"), by=_by_database),
    Column(key="area", label=gettext_lazy("Area")),
    Column(key="state", label=gettext_lazy("State"), by=_by_database),
    Column(key="rows", label=gettext_lazy("Rows"), by=_by_database, number=True),
    Column(key="by", label=gettext_lazy("By")),
    Column(key="when", label=gettext_lazy("When"), by=_by_database),
)


@page(PERMIT)
def imports(request: Desk, area_id: int) -> HttpResponse:
    """List the imports into an area, the latest first; ``?q=`` finds files by name, ``?sort=`` sorts."""
    area = area_or_404(request.viewer, PERMIT, area_id)
    text, key = request.GET.get("q", "").strip()[:80], request.GET.get("sort", "")
    down = request.GET.get("dir", "desc" if key == "rows" else "asc") == "desc"
    order = f"{'-' if down else ''}{key}" if key in looks.ORDERS else "-when"
    offset = (page_of(request.GET) - 1) * PAGE_SIZE
    lines, total = looks.imports(
        viewer=request.viewer, inside=area.path, text=text, order=order, offset=offset, limit=PAGE_SIZE
    )
    names = {id_: row.name for id_, row in places.areas_by_id({line.area for line in lines}).items()}
    who = logins({line.account for line in lines})
    context = {
        "area": area,
        "rows": paged(request.GET, total, lines),
        "heads": listing(request.GET, (), COLUMNS, sort="when", descending=True).heads,
        "text": text,
        "imports": [(line, names.get(line.area, ""), who.get(line.account, ""), *_state(line.state)) for line in lines],
        "takes": COMMUNITY_RANK <= area.rank <= GRID_RANK,
    }
    return render(request, "office/imports/list.html", context)


def _state(state: str) -> tuple[str, str]:
    return STATE_LOOKS[state], label("imports.state", state)


@page(PERMIT)
def import_(request: Desk, import_id: UUID) -> HttpResponse:
    """Show one import: what was recognised, what will become or became of its rows, what is asked."""
    seen = looks.preview(viewer=request.viewer, imported=import_id)
    working = seen.state in WORKING
    how_far = looks.progress(viewer=request.viewer, imported=import_id)
    counts = seen.counts
    context = {
        "import": seen,
        "area": places.area(seen.area),
        "state": label("imports.state", seen.state),
        "state_look": STATE_LOOKS[seen.state],
        "step": STEPS[seen.state],
        "job": _job(seen, how_far) if working else None,
        "counts": [
            (outcome.value, label("imports.outcome", outcome.value), getattr(counts, outcome.value))
            for outcome in Outcome
        ],
        "ready": counts.created + counts.updated + counts.unchanged,
        "sheets": sheet_lines(seen),
        "dropped": dict.fromkeys(seen.dropped_columns),
        "fields": field_choices(),
        "settable": seen.state == ImportState.STAGED and seen.kept,
        "refusal": say(Refused(seen.refusal["code"], **seen.refusal["facts"])) if seen.refusal else "",
        "remarks": remarks(seen.reported),
        "asks": len(seen.asks),
    }
    response = render(request, "office/imports/import.html", context)
    if request.htmx and not working:
        response["HX-Refresh"] = "true"  # the work is over: the whole page has something new to say
    return response


def _job(seen: Preview, how_far: Progress) -> Job:
    """Return how far the work is; while a file is read its rows are not counted yet."""
    titles = {
        ImportState.READING: _("Reading the file"),
        ImportState.STAGING: _("Comparing the file with the register"),
        ImportState.UNDOING: _("Taking the import back"),
    }
    return Job(
        title=titles.get(ImportState(seen.state), _("Bringing the roster in")),
        value=how_far.done,
        total=how_far.total,
        unit=_("rows"),
        address=reverse("import", args=[seen.id]),
    )


def place_words(sheet: str | None, row: int | None) -> str:
    """Say where in the file a row stands; without a row it stands in the register."""
    if row is None:
        return _("in the register")
    said = _("row %(row)s") % {"row": row}
    return f"{sheet} {said}" if sheet else said


def saw_list(request: Desk, seen: Preview, what: str, subjects: list[UUID]) -> None:
    """Write that people of an import were shown, masked."""
    area = places.area(seen.area)
    log_list(
        at=request.stamp().at,
        viewer_number=request.viewer.number,
        what=what,
        path=area.path if area else "",
        count=len(subjects),
        digest=list_digest(subjects),
        purpose="import",
        channel="desk",
    )


@page(PERMIT)
def import_rows(request: Desk, import_id: UUID) -> HttpResponse:
    """List the rows of an import by what becomes of them."""
    seen = looks.preview(viewer=request.viewer, imported=import_id)
    outcome = request.GET.get("outcome", "")
    outcome = outcome if outcome in LOOKS else ""
    offset = (page_of(request.GET) - 1) * PAGE_SIZE
    rows, total = looks.row_lines(
        viewer=request.viewer, imported=import_id, outcome=outcome, offset=offset, limit=PAGE_SIZE
    )
    saw_list(request, seen, "import_rows", [row.resident for row in rows if row.resident])
    context = {
        "import": seen,
        "area": places.area(seen.area),
        "rows": paged(request.GET, total, rows),
        "lines": [(row, LOOKS[row.outcome], label("imports.outcome", row.outcome), _codes(row)) for row in rows],
        "outcome": outcome,
        "outcomes": [
            (one.value, label("imports.outcome", one.value), getattr(seen.counts, one.value)) for one in Outcome
        ],
    }
    return render(request, "office/imports/rows.html", context)


def _codes(row: RowLine) -> str:
    return " ".join(report_words("imports.report", code) for _column, code in row.codes)


@page(PERMIT)
def import_report(request: Desk, import_id: UUID) -> HttpResponse:
    """Hand out the report: to its sender the same sheet with what became of each row, to others a list of places.

    Once the cells are no longer kept, the list to everybody.
    """
    viewer, sender = request.viewer, looks.sender(viewer=request.viewer, imported=import_id)
    if sender == viewer.account_id and can_give_back(viewer=viewer, imported=import_id):
        seen = looks.preview(viewer=viewer, imported=import_id)
        saw_list(request, seen, "import_sheet", looks.residents(viewer=viewer, imported=import_id))
        content = given_back(viewer=viewer, imported=import_id, say=report_words)
    else:
        content = report_sheet(viewer=viewer, imported=import_id, say=report_words)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="import-{import_id}.xlsx"'
    return response
