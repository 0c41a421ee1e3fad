"""Lists of households and residents: every number of the register opens one of them."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.office.listing import PAGE_SIZE, Column, Head, Listing, listing
from wangge.office.register.surroundings import READ, WRITE, place_of, saw_list
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people import queries as people
from wangge.people.queries.listing import HouseholdLine, ResidentLine
from wangge.people.rules.codes import FLAG_REASONS
from wangge.places.rules import COMMUNITY_RANK
from wangge.words import label

Row = TypeVar("Row")
LONGEST = 60
HOUSEHOLD_COLUMNS: tuple[Column[HouseholdLine], ...] = (
    Column(key="door", label=_("Door"), by=lambda row: row.door),
    Column(key="head", label=_("Head of household")),
    Column(key="members", label=_("People"), number=True),
    Column(key="flags", label=_("Flags")),
    Column(key="place", label=_("Area")),
)
RESIDENT_COLUMNS: tuple[Column[ResidentLine], ...] = (
    Column(key="name", label=pgettext_lazy("person", "Name"), by=lambda row: row.name),
    Column(key="age", label=_("Sex and age"), by=lambda row: row.birth_on),
    Column(key="relation", label=_("Relation")),
    Column(key="door", label=_("Door"), by=lambda row: row.door),
    Column(key="flags", label=_("Flags")),
    Column(key="place", label=_("Area")),
)
# The younger stand first when ages rise, so births fall.
RESIDENT_ORDERS = {
    ("door", False): "door", ("door", True): "-door", ("name", False): "name", ("name", True): "-name",
    ("age", False): "-birth", ("age", True): "birth",
}  # fmt: skip


@page(READ)
def households(request: Desk, area_id: int) -> HttpResponse:
    """Show the households of an area, narrowed by ``?q=``, or only those without a door by ``?door=none``."""
    here = area_or_404(request.viewer, READ, area_id)
    text, without = _text(request), request.GET.get("door") == "none"
    _key, down = _order(request.GET, ("door",))
    order = "-door" if down else "door"
    rows, total = _cut(
        request.GET,
        lambda start: people.households(
            viewer=request.viewer, path=here.path, without_door=without, text=text, order=order, offset=start
        ),
    )
    saw_list(request, "households", here.path, [row.id for row in rows])
    context = {
        "area": here,
        "crumbs": place_of(request.viewer, here.path).crumbs,
        "rows": _listing(request.GET, rows, total, HOUSEHOLD_COLUMNS, "door"),
        "text": text,
        "without": without,
        "may_write": here.rank >= COMMUNITY_RANK and request.viewer.permits(WRITE, here.path),
    }
    return render(request, "office/register/households.html", context)


@page(READ)
def residents(request: Desk, area_id: int) -> HttpResponse:
    """Show residents of an area, narrowed by ``?q=``, to those with the flag ``?flag=`` or without a known birth."""
    here = area_or_404(request.viewer, READ, area_id)
    text, flag = _text(request), request.GET.get("flag", "")
    undated = request.GET.get("birth") == "unknown"
    if flag and flag not in FLAG_REASONS:
        raise Http404
    order = RESIDENT_ORDERS[_order(request.GET, ("door", "name", "age"))]
    rows, total = _cut(
        request.GET,
        lambda start: people.residents(
            viewer=request.viewer, path=here.path, flag=flag, undated=undated, text=text, order=order, offset=start
        ),
    )
    saw_list(request, "residents", here.path, [row.id for row in rows])
    context = {
        "area": here,
        "crumbs": place_of(request.viewer, here.path).crumbs,
        "rows": _listing(request.GET, rows, total, RESIDENT_COLUMNS, "door"),
        "text": text,
        "flag": flag,
        "undated": undated,
        "flag_words": label("people.flag", flag) if flag else "",
        "reasons": [(reason, label("people.flag", reason)) for reason in FLAG_REASONS],
    }
    return render(request, "office/register/residents.html", context)


def _text(request: Desk) -> str:
    return request.GET.get("q", "").strip()[:LONGEST]


def _order(asked: QueryDict, keys: Sequence[str]) -> tuple[str, bool]:
    """Return by which column the address asks to sort, and whether downwards."""
    key = asked.get("sort", "")
    return (key, asked.get("dir") == "desc") if key in keys else ("door", False)


def _cut(asked: QueryDict, read: Callable[[int], tuple[list[Row], int]]) -> tuple[list[Row], int]:
    """Return the page that the address asks for, the first one when there is none such, and how many rows there are."""
    wanted = asked.get("page", "")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 7 else 1
    rows, total = read(max(number - 1, 0) * PAGE_SIZE)
    return read(0) if number > 1 and not rows and total else (rows, total)


def _listing(
    asked: QueryDict, rows: Sequence[Row], total: int, columns: Sequence[Column[Row]], sort: str
) -> Listing[Row]:
    """Return a page that the database has cut and sorted, with the headings and links of one sorted here."""
    heads: tuple[Head, ...] = listing(asked, (), columns, sort=sort).heads
    known: Mapping[str, str] = {name: str(asked[name]) for name in asked if asked[name]}
    pages = max(1, -(-total // PAGE_SIZE))
    wanted = known.get("page", "")
    number = int(wanted) if wanted.isdecimal() and len(wanted) < 7 and 1 <= int(wanted) <= pages else 1
    return Listing(rows, heads, total, number, pages, known)
