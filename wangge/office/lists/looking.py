"""Looking at handed-down lists: those of an area, and one with its numbers and rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.office.listing import PAGE_SIZE, Column, Listing, listing
from wangge.office.register.surroundings import saw_list
from wangge.office.rounds.lists import page_of
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people.queries import place_names
from wangge.places import queries as places
from wangge.privacy.masks import mask_id, mask_name, mask_phone
from wangge.surveys.queries import lists as queries
from wangge.surveys.queries.lists import EntryLine, ListLine, ListPage
from wangge.surveys.rules.lists import ANSWER, MANAGE, READ, ListState, Outcome
from wangge.words import label

REPORTS_SHOWN = 100
LIST_LOOKS = {"staged": "wait", "open": "due", "closed": "done", "withdrawn": "gone", "overdue": "stop"}
# How each outcome and proposal of a row is drawn.
OUTCOME_LOOKS = {
    "already_surveyed": "done", "wrong_info": "done", "newly_found": "wait", "not_resident": "gone",
    "period_over": "none", "in_transit": "gone", "not_exposed": "none", "duplicate_in_list": "none",
}  # fmt: skip
FILTERS: dict[str, str | Promise] = {
    "": _("All"), "open": pgettext_lazy("list", "open"), "overdue": pgettext_lazy("row of a list", "overdue"),
    "closed": pgettext_lazy("list", "closed"), "staged": _("read, nobody is asked yet"),
}  # fmt: skip


def _by_database(_row: object) -> int:
    """Mark a column that the database sorts."""
    return 0


LIST_COLUMNS: tuple[Column[Any], ...] = (
    Column(key="name", label=pgettext_lazy("list", "List"), by=_by_database),
    Column(key="source", label=_("From")),
    Column(key="state", label=_("State")),
    Column(key="deadline", label=_("Due"), by=_by_database),
    Column(key="rows", label=_("People"), by=_by_database, number=True),
    Column(key="left", label=_("Not answered"), by=_by_database, number=True),
)
ENTRY_COLUMNS: tuple[Column[Any], ...] = (
    Column(key="row", label=_("Row"), by=_by_database),
    Column(key="who", label=pgettext_lazy("person", "Name")),
    Column(key="place", label=_("Dealt to"), by=_by_database),
    Column(key="proposal", label=_("Proposal"), by=_by_database),
    Column(key="outcome", label=_("Result of the check"), by=_by_database),
)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter of a list: words, how many, address, whether it is the present one."""

    words: str
    number: int | None
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A list as it is drawn: look and words of its state."""

    row: ListLine
    look: str
    words: str
    area: str


@page(READ)
def lists(request: Desk, area_id: int) -> HttpResponse:
    """List the handed-down lists of an area, those due first; ``?q=`` searches, ``?state=`` narrows."""
    area = area_or_404(request.viewer, READ, area_id)
    text, state = request.GET.get("q", "").strip()[:80], request.GET.get("state", "")
    state = state if state in FILTERS else ""
    number = page_of(request.GET)
    rows, total = queries.lists(
        viewer=request.viewer,
        path=area.path,
        now=request.stamp().at,
        text=text,
        state=state,
        order=order_of(request.GET, queries.LIST_ORDERS, "deadline"),
        offset=(number - 1) * PAGE_SIZE,
    )
    names = {id_: one.name for id_, one in places.areas_by_id({row.area for row in rows}).items()}
    heads = listing(request.GET, (), LIST_COLUMNS, sort="deadline").heads
    context = {
        "area": area,
        "rows": Listing([_drawn(row, names.get(row.area, "")) for row in rows], heads, total, number,
                        max(1, -(-total // PAGE_SIZE)), known(request.GET)),
        "text": text,
        "state": state,
        "chips": [
            Chip(str(words), None, "?" + urlencode({"state": code} if code else {}), code == state)
            for code, words in FILTERS.items()
        ],
        "narrowed": bool(text or state),
        "manages": request.viewer.holds_at(MANAGE, area.path),
    }  # fmt: skip
    return render(request, "office/lists/lists.html", context)


def known(asked: QueryDict) -> dict[str, str]:
    """Return what an address asks for."""
    return {name: str(asked[name]) for name in asked if asked[name]}


def order_of(asked: QueryDict, orders: Mapping[str, object], usual: str) -> str:
    """Return the order that the address asks for, as the queries call it."""
    key = asked.get("sort", "")
    if key not in orders:
        return usual
    return f"-{key}" if asked.get("dir") == "desc" else key


def _drawn(row: ListLine, area: str) -> Line:
    state = "overdue" if row.overdue else row.state
    words = label("lists.state_of_row", "overdue") if row.overdue else label("lists.state", row.state)
    return Line(row, LIST_LOOKS[state], words, area)


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnEntry:
    """A row as it is drawn: name as far as the viewer may see it, numbers masked."""

    row: EntryLine
    name: str
    number: str
    phone: str
    door: str
    place: str
    proposal: str
    differs: str
    look: str
    outcome: str
    answers: bool


def draw_entry(row: EntryLine, place: str, *, whole_name: bool, answers: bool) -> DrawnEntry:
    """Return a row as a table draws it."""
    told = row.told
    name = told.name if told else ""
    return DrawnEntry(
        row=row,
        name=name if whole_name else mask_name(name),
        number=mask_id(told.number) if told and told.number else "",
        phone=mask_phone(told.phones[0]) if told and told.phones else "",
        door=(told.door or told.address) if told else "",
        place=place,
        proposal=label("lists.proposal", row.proposal),
        differs="、".join(label("lists.differs", one) for one in row.differs),
        look=OUTCOME_LOOKS.get(row.outcome, "due"),
        outcome=label("lists.outcome", row.outcome) if row.outcome else label("lists.state_of_row", "open"),
        answers=answers,
    )


@page(READ)
def list_one(request: Desk, list_id: UUID) -> HttpResponse:
    """Show one list: before it is handed out what was recognised, then how far it is and what became of whom."""
    viewer, stamp = request.viewer, request.stamp()
    seen = queries.list_page(viewer=viewer, handed=list_id)
    overdue = seen.state == ListState.OPEN and seen.deadline < stamp.at and seen.unanswered > 0
    asked = request.GET
    outcome = asked.get("outcome", "") if asked.get("outcome") in set(Outcome) else ""
    state = asked.get("state", "") if asked.get("state") in ("open", "answered") else ""
    grids = queries.grids_of_list(viewer=viewer, handed=list_id)
    grid = asked.get("grid", "") if asked.get("grid") in grids else ""
    number = page_of(asked)
    rows, total = queries.entry_lines(
        viewer=viewer, handed=list_id, state=state, outcome=outcome, grid=grid,
        order=order_of(asked, queries.ENTRY_ORDERS, "row"), offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    saw_list(request, "list_rows", seen.path, [row.resident or row.id for row in rows], "list")
    heads = listing(asked, (), ENTRY_COLUMNS, sort="row").heads
    manages = viewer.permits(MANAGE, seen.path)
    context = {
        "area": places.area(seen.area),
        "list": seen,
        "overdue": overdue,
        "state_look": LIST_LOOKS["overdue" if overdue else seen.state],
        "state_words": label("lists.state_of_row", "overdue") if overdue else label("lists.state", seen.state),
        "sheets": seen.sheets > 1,
        "rows": Listing(_entries(request, rows), heads, total, number, max(1, -(-total // PAGE_SIZE)), known(asked)),
        "chips": _chips(seen, state, outcome, grid),
        "grids": _grids(grids),
        "grid": grid,
        "state": state,
        "outcome": outcome,
        "manages": manages,
        "exports": viewer.holds_at("register.export", seen.path),
        "deals": manages and seen.state in (ListState.OPEN, ListState.STAGED) and bool(rows),
        **(_preview(request, seen) if seen.state == ListState.STAGED else {}),
    }
    return render(request, "office/lists/list.html", context)


def _entries(request: Desk, rows: list[EntryLine]) -> list[DrawnEntry]:
    names = place_names([row.path for row in rows])
    return [
        draw_entry(
            row, names[row.path], whole_name=request.viewer.permits(ANSWER, row.path),
            answers=request.viewer.permits(ANSWER, row.path),
        )
        for row in rows
    ]  # fmt: skip


def _chips(seen: ListPage, state: str, outcome: str, grid: str) -> list[Chip]:
    def chip(words: object, number: int, **query: str) -> Chip:
        wanted = {name: value for name, value in {**query, "grid": grid}.items() if value}
        current = query.get("state", "") == state and query.get("outcome", "") == outcome
        return Chip(str(words), number, "?" + urlencode(wanted), current)

    found = [chip(_("All"), seen.total), chip(label("lists.state_of_row", "open"), seen.unanswered, state="open")]
    return found + [
        chip(label("lists.outcome", one.value), seen.outcomes[one.value], outcome=one.value)
        for one in Outcome
        if seen.outcomes.get(one.value)
    ]


def _grids(grids: Mapping[str, tuple[int, int]]) -> list[tuple[str, str, int, int]]:
    names = place_names(grids)
    named = {path: names[path] or getattr(places.area_by_path(path), "name", "") for path in grids}
    return sorted(
        ((path, named[path], open_, number) for path, (open_, number) in grids.items()),
        key=lambda one: (-one[2], one[1]),
    )


def _preview(request: Desk, seen: ListPage) -> dict[str, Any]:
    """Return what is shown of a list before it is handed out: matches, proposals, what is to be looked at."""
    reports = queries.reports_of(viewer=request.viewer, handed=seen.id)
    return {
        "matches": [(label("lists.match", code), seen.matches.get(code, 0)) for code in ("exact", "ask", "none")],
        "proposals": sorted(((label("lists.proposal", code), n) for code, n in seen.proposals.items()), key=_most),
        "reported": [(*one, report_words(one[3])) for one in reports[:REPORTS_SHOWN]],
        "reported_count": len(reports),
    }


def _most(one: tuple[str, int]) -> int:
    return -one[1]


def report_words(code: str) -> str:
    """Return the words for a code of a list, or of any sheet."""
    words = label("lists.report", code)
    return words if words != code else label("imports.report", code)
