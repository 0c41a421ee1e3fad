"""Looking at imports: the list, one import with what it will do or did, its rows, its report."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access.queries import logins
from wangge.flows.import_roster import preview as looks
from wangge.flows.import_roster.preview import AskLine, Preview, Progress, RowLine
from wangge.flows.import_roster.reporting import report_sheet
from wangge.flows.import_roster.states import PERMIT, ImportState, Outcome
from wangge.office.listing import PAGE_SIZE
from wangge.office.rounds.lists import page_of, paged
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people.queries import persons
from wangge.places import queries as places
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.privacy.looks import list_digest, log_list
from wangge.words import label

REPORTS_SHOWN, ASKS_SHOWN = 200, 1
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# How each outcome of a row and each state of an import is drawn.
LOOKS = {
    "created": "done", "updated": "done", "unchanged": "none", "asked": "wait", "rejected": "stop", "skipped": "gone",
}  # fmt: skip
STATE_LOOKS = {
    "staging": "wait", "staged": "wait", "applying": "wait", "applied": "done", "undoing": "wait", "undone": "gone",
}  # fmt: skip
STEPS = {"staging": 1, "staged": 2, "applying": 3, "undoing": 3, "applied": 4, "undone": 4}


@page(PERMIT)
def imports(request: Desk, area_id: int) -> HttpResponse:
    """List the imports into an area, the latest first."""
    area = area_or_404(request.viewer, PERMIT, area_id)
    offset = (page_of(request.GET) - 1) * PAGE_SIZE
    lines, total = looks.imports(viewer=request.viewer, inside=area.path, offset=offset, limit=PAGE_SIZE)
    names = {id_: row.name for id_, row in places.areas_by_id({line.area for line in lines}).items()}
    who = logins({line.account for line in lines})
    context = {
        "area": area,
        "rows": paged(request.GET, total, lines),
        "imports": [(line, names.get(line.area, ""), who.get(line.account, ""), *_state(line.state)) for line in lines],
        "takes": COMMUNITY_RANK <= area.rank <= GRID_RANK,
    }
    return render(request, "office/imports/list.html", context)


def _state(state: str) -> tuple[str, str]:
    return STATE_LOOKS[state], label("imports.state", state)


@dataclass(frozen=True, slots=True)
class Side:
    """One of two rows that may be one person."""

    where: str
    name: str
    door: str


@dataclass(frozen=True, slots=True)
class Question:
    """An open question with both sides, as the page asks it."""

    ask: AskLine
    heading: str
    waiting: Side
    candidate: Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A long job, as its component shows it."""

    title: str
    value: int
    total: int
    unit: str
    left: str
    steps: tuple[object, ...]
    over: bool
    address: str


@page(PERMIT)
def import_(request: Desk, import_id: UUID) -> HttpResponse:
    """Show one import: what was recognised, what will become or became of its rows, what is asked."""
    seen = looks.preview(viewer=request.viewer, imported=import_id)
    working = seen.state in (ImportState.APPLYING, ImportState.UNDOING)
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
        "mapping": [(one, label("imports.field", one["field"]) if one["field"] else "") for one in seen.mapping],
        "reported": [(one, label("imports.report", one.code)) for one in seen.reported[:REPORTS_SHOWN]],
        "reported_count": len(seen.reported),
        "question": _question(request, seen) if seen.state == ImportState.APPLIED else None,
        "asks": len(seen.asks),
    }
    return render(request, "office/imports/import.html", context)


def _job(seen: Preview, how_far: Progress) -> Job:
    undoing = seen.state == ImportState.UNDOING
    return Job(
        title=_("Taking the import back") if undoing else _("Bringing the roster in"),
        value=how_far.done,
        total=how_far.total,
        unit=_("rows"),
        left="",
        steps=(),
        over=False,
        address=reverse("import", args=[seen.id]),
    )


def _question(request: Desk, seen: Preview) -> Question | None:
    """Return the first open question with both sides, and write that its people were shown."""
    for ask in seen.asks[:ASKS_SHOWN]:
        waiting = looks.ask_rows(viewer=request.viewer, ask=ask.id)
        first = ask.candidates[0] if ask.candidates else {}
        known = UUID(first["resident"]) if first.get("resident") else None
        shown = persons(viewer=request.viewer, ids=[known] if known else [])
        person = shown.get(known) if known else None
        _log(request, seen, "import_ask", [one for one in [known] if one])
        return Question(
            ask,
            label("imports.ask", ask.kind),
            _side(waiting[0]) if waiting else Side("", "", ""),
            Side(
                _place(first.get("sheet"), first.get("row")),
                person.name if person else "",
                person.door if person else "",
            ),
        )
    return None


def _side(row: RowLine) -> Side:
    return Side(_place(row.sheet, row.row), row.name, row.door)


def _place(sheet: str | None, row: int | None) -> str:
    """Say where in the file a row stands; without a row it stands in the register."""
    if row is None:
        return _("in the register")
    said = _("row %(row)s") % {"row": row}
    return f"{sheet} {said}" if sheet else said


def _log(request: Desk, seen: Preview, what: str, subjects: list[UUID]) -> None:
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
    _log(request, seen, "import_rows", [row.resident for row in rows if row.resident])
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
    return " ".join(label("imports.report", code) for _column, code in row.codes)


@page(PERMIT)
def import_report(request: Desk, import_id: UUID) -> HttpResponse:
    """Hand out the report: what became of every row, by place, without names."""
    content = report_sheet(viewer=request.viewer, imported=import_id, say=label)
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="import-{import_id}.xlsx"'
    return response
