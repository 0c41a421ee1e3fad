"""Lists of a day: doors by state, visits, persons met."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict, TypeVar
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from wangge.access.queries import workers_in
from wangge.kernel.periods import local_day
from wangge.office.frame import zone
from wangge.office.listing import PAGE_SIZE, Listing
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people.queries import place_names
from wangge.privacy.looks import list_digest, log_list
from wangge.situation.rounds import doors as doors_of
from wangge.situation.rounds import duty_paths
from wangge.situation.rounds import visits as visits_of
from wangge.surveys.queries import residents_seen
from wangge.surveys.rules import CLOSED_STATES, COME_AGAIN, DoorState
from wangge.words import label

READ = "visit.read"
DUE = "due"
GROUPS: dict[str, tuple[str, ...]] = {
    "": (),
    "open": (DUE, DoorState.REFUSED, *sorted(COME_AGAIN)),
    "closed": tuple(sorted(CLOSED_STATES)),
    "again": tuple(sorted(COME_AGAIN)),
}
WORDS: dict[str, str | Promise] = {"": _("All"), "open": _("Open"), "closed": _("Done"), "again": _("Come again")}
# How each state is drawn: the component and its symbol.
LOOKS = {
    "due": "due", "done": "done", "nobody_home": "wait", "gate_locked": "shut", "revisit": "wait", "refused": "stop",
    "vacant": "none", "moved_away": "gone",
}  # fmt: skip
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter of the list: words, how many, address, whether it is the present one."""

    words: str
    number: int | None
    href: str
    current: bool


def paged(asked: QueryDict, total: int, rows: Sequence[Row]) -> Listing[Row]:
    """Return rows that were cut out by the database as a page of a list."""
    known = {name: str(asked[name]) for name in asked if asked[name]}
    return Listing(rows, (), total, page_of(asked), max(1, -(-total // PAGE_SIZE)), known)


def page_of(asked: QueryDict) -> int:
    """Return the number of the page that the address asks for, 1 when it asks for none."""
    wanted = asked.get("page", "")
    return max(1, int(wanted)) if wanted.isdecimal() and len(wanted) < 7 else 1


def day_of(request: Desk) -> tuple[date, date]:
    """Return the day that the address asks for, and today."""
    today = local_day(request.stamp().at, zone())
    text = request.GET.get("on", "")
    try:
        day = date.fromisoformat(text) if text else today
    except ValueError:
        raise Http404 from None
    return day, today


def _log(request: Desk, what: str, path: str, subjects: Sequence[UUID]) -> None:
    """Write that this list was shown."""
    log_list(
        at=request.stamp().at,
        viewer_number=request.viewer.number,
        what=what,
        path=path,
        count=len(subjects),
        digest=list_digest(subjects),
        purpose="survey",
        channel="desk",
    )


@page(READ)
def doors(request: Desk, area_id: int) -> HttpResponse:
    """List the doors of an area on a day: open ones first, by state and by worker."""
    area = area_or_404(request.viewer, READ, area_id)
    day, today = day_of(request)
    state = request.GET.get("state", "")
    worker = worker_asked(request.GET.get("worker", ""), request.viewer.account_id)
    states = GROUPS.get(state) if state in GROUPS else (state,)
    if state and state not in GROUPS and state not in LOOKS:
        raise Http404
    found = doors_of(
        viewer=request.viewer,
        path=area.path,
        day=day,
        states=states or (),
        worker=worker,
        offset=(page_of(request.GET) - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    _log(request, "doors", area.path, [door.household for door in found.doors])
    context = {
        "area": area,
        "day": day,
        "is_today": day == today,
        "rows": paged(request.GET, found.total, found.doors),
        "doors": [(door, LOOKS[door.state], label("surveys.state", door.state)) for door in found.doors],
        "chips": _chips(request.GET, reverse("doors", args=[area.id]), found.by_state),
        "workers": workers_in(path=area.path, on=day),
        "worker": str(worker) if worker else "",
        "mine": bool(duty_paths(request.viewer.account_id, on=today)),
        "me": str(request.viewer.account_id),
        "state": state,
        "records": request.viewer.permits("visit.record", area.path) and day == today,
        "reads": request.viewer.permits("register.read", area.path),
    }
    return render(request, "office/rounds/doors.html", context)


def worker_asked(text: str, me: UUID) -> UUID | None:
    """Return the worker whose doors are asked for; ``me`` stands for oneself."""
    if not text:
        return None
    if text == "me":
        return me
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None


def _chips(asked: QueryDict, here: str, by_state: Any) -> list[Chip]:
    kept = {name: str(asked[name]) for name in ("worker", "on") if asked.get(name)}
    present = asked.get("state", "")

    def chip(state: str, words: object, number: int) -> Chip:
        query = urlencode({**kept, **({"state": state} if state else {})})
        return Chip(str(words), number, here + (f"?{query}" if query else ""), present == state)

    groups = [
        chip(group, WORDS[group], sum(by_state.get(state, 0) for state in states) if states else sum(by_state.values()))
        for group, states in GROUPS.items()
        if group != "again" or present == group
    ]
    return groups + [
        chip(state, label("surveys.state", state), by_state[state])
        for state in LOOKS
        if by_state.get(state) and state != DoorState.DONE
    ]


@page(READ)
def visits(request: Desk, area_id: int) -> HttpResponse:
    """List the visits of an area on a day, the latest first."""
    area = area_or_404(request.viewer, READ, area_id)
    day, today = day_of(request)
    rows, total = visits_of(viewer=request.viewer, path=area.path, day=day, **_cut(request))
    _log(request, "visits", area.path, [row.household for row in rows])
    context = {
        "area": area,
        "day": day,
        "is_today": day == today,
        "rows": paged(request.GET, total, rows),
        "visits": [(row, LOOKS[row.state], label("surveys.state", row.state)) for row in rows],
        "records": request.viewer.permits("visit.record", area.path),
        "reads": request.viewer.permits("register.read", area.path),
    }
    return render(request, "office/rounds/visits.html", context)


class _Cut(TypedDict):
    offset: int
    limit: int


def _cut(request: Desk) -> _Cut:
    return {"offset": (page_of(request.GET) - 1) * PAGE_SIZE, "limit": PAGE_SIZE}


@page("register.read")
def seen(request: Desk, area_id: int) -> HttpResponse:
    """List the persons met in an area on a day, each once."""
    area = area_or_404(request.viewer, "register.read", area_id)
    day, today = day_of(request)
    rows, total = residents_seen(viewer=request.viewer, path=area.path, day=day, **_cut(request))
    _log(request, "residents_seen", area.path, [row.resident for row in rows])
    places = place_names([row.path for row in rows])
    context = {
        "area": area,
        "day": day,
        "is_today": day == today,
        "rows": paged(request.GET, total, rows),
        "people": [(row, places[row.path]) for row in rows],
    }
    return render(request, "office/rounds/seen.html", context)
