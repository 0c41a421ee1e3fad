"""The doors of a campaign: the list of those who have and have not declared, one door, its code."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wangge.office.campaigns.acting import asked, number_asked
from wangge.office.listing import PAGE_SIZE, Column, Listing, listing
from wangge.office.lists.looking import known, order_of
from wangge.office.register.surroundings import saw_list
from wangge.office.rounds.lists import page_of
from wangge.office.viewing import Desk, page
from wangge.people.queries import place_names
from wangge.places import queries as places
from wangge.surveys.commands.campaigns import replace_code
from wangge.surveys.queries import campaigns as queries
from wangge.surveys.queries.campaigns import DoorLine
from wangge.surveys.queries.campaigns.doors import DOOR_ORDERS, DOOR_STATES
from wangge.surveys.rules.campaigns import ANSWERS, MANAGE, READ, VISIT, spaced
from wangge.words import label

STATES: dict[str, str | Promise] = {
    "left": pgettext_lazy("household", "Not declared"), "tried": gettext_lazy("A team was there"),
    "declared": pgettext_lazy("household", "Declared"), "all": gettext_lazy("All"),
}  # fmt: skip
LOOKS = {"declared": "done", "due": "due", "nobody_home": "wait", "refused": "stop"}


def _by_database(_row: object) -> int:
    """Mark a column that the database sorts."""
    return 0


COLUMNS: tuple[Column[Any], ...] = (
    Column(key="door", label=gettext_lazy("Door"), by=_by_database),
    Column(key="state", label=gettext_lazy("State")),
    Column(key="when", label=gettext_lazy("When"), by=_by_database),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A household of a campaign as it is drawn."""

    row: DoorLine
    place: str
    look: str
    words: str
    way: str
    fills: bool
    reads: bool


@page(READ)
def campaign_doors(request: Desk, campaign_id: UUID) -> HttpResponse:
    """List the households of a campaign in an area: those who have not declared first of all."""
    asked_for = request.GET
    area = number_asked(asked_for.get("area", ""))
    seen = queries.campaign_page(viewer=request.viewer, campaign=campaign_id, area=area)
    state = asked_for.get("state", "left")
    state = state if state in DOOR_STATES else "left"
    text, number = asked_for.get("q", "").strip()[:60], page_of(asked_for)
    rows, total = queries.doors(
        viewer=request.viewer, campaign=campaign_id, path=seen.here.path, state=state, text=text,
        order=order_of(asked_for, DOOR_ORDERS, "door"), offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    saw_list(request, "campaign_doors", seen.here.path, [row.household for row in rows], "survey")
    heads = listing(asked_for, (), COLUMNS, sort="door").heads
    names = place_names([row.path for row in rows])
    context = {
        "area": seen.here,
        "campaign": seen,
        "rows": Listing(
            [_drawn(request, row, names[row.path], open_=seen.closed_at is None) for row in rows], heads, total, number,
            max(1, -(-total // PAGE_SIZE)), known(asked_for),
        ),
        "text": text,
        "state": state,
        "chips": _chips(seen.here.pk, state, text, seen.counted.left, seen.counted.declared),
    }  # fmt: skip
    return render(request, "office/campaigns/doors.html", context)


def _chips(area: int, state: str, text: str, left: int, declared: int) -> list[tuple[object, int | None, str, bool]]:
    numbers = {"left": left, "declared": declared, "all": left + declared}
    return [
        (
            words, None if text else numbers.get(code),
            "?" + urlencode({"area": str(area), "state": code, **({"q": text} if text else {})}), code == state,
        )
        for code, words in STATES.items()
    ]  # fmt: skip


def state_of_door(declared: bool, found: str) -> str:
    """Return how a door stands: declared, nobody_home, refused, or due."""
    return "declared" if declared else found or "due"


def _drawn(request: Desk, row: DoorLine, place: str, *, open_: bool) -> Line:
    state = state_of_door(row.declared_at is not None, row.found)
    return Line(
        row=row,
        place=place,
        look=LOOKS[state],
        words=label("campaigns.found", state),
        way=label("campaigns.source", row.source) if row.source else "",
        fills=open_ and request.viewer.permits(VISIT, row.path),
        reads=row.declared_at is not None and request.viewer.permits(ANSWERS, row.path),
    )


@page(VISIT)
def campaign_door(request: Desk, campaign_id: UUID, household_id: UUID) -> HttpResponse:
    """Show one household of a campaign: how it stands, its code for whoever manages it, and what can be done."""
    seen = queries.declaration_door(
        viewer=request.viewer, campaign=campaign_id, household=household_id, verb=VISIT, with_code=True
    )
    state = state_of_door(seen.declared_at is not None, seen.found)
    area = places.area_by_path(seen.grid_path)
    manages = request.viewer.holds_at(MANAGE, seen.path)
    context = {
        "area": area,
        "seen": seen,
        "place": place_names([seen.path])[seen.path],
        "look": LOOKS[state],
        "state": label("campaigns.found", state),
        "way": label("campaigns.source", seen.source) if seen.source else "",
        "receipt": spaced(seen.receipt) if seen.receipt else "",
        "code": spaced(seen.code) if seen.code else "",
        "public": settings.PUBLIC,
        "manages": manages,
        "reads": seen.declared_at is not None and request.viewer.permits(ANSWERS, seen.path),
        "lists": request.viewer.holds_at(READ, seen.path),
        "household": reverse("household", args=[household_id])
        if request.viewer.permits("register.read", seen.path)
        else "",
    }
    return render(request, "office/campaigns/door.html", context)


@page(MANAGE, methods=("GET", "POST"))
def campaign_code(request: Desk, campaign_id: UUID, household_id: UUID) -> HttpResponse:
    """Ask, then give a door another code because its sheet was lost."""
    seen = queries.declaration_door(viewer=request.viewer, campaign=campaign_id, household=household_id, verb=MANAGE)
    area = places.area_by_path(seen.grid_path)
    words: dict[str, Any] = {
        "question": _("Give %(door)s another code?") % {"door": seen.door},
        "say": _("The code on the sheet that was lost opens nothing any more. What was declared stays."),
        "act": _("Give another code"),
        "keep": _("Keep the code"),
    }
    here = reverse("campaign_door", args=[campaign_id, household_id])
    return asked(
        request, words,
        lambda: replace_code(
            stamp=request.stamp(), actor=request.viewer, campaign=campaign_id, household=household_id
        ),
        area=area.pk if area else 0, back=here, there=here, said="campaign_code_replaced",
    )  # fmt: skip
