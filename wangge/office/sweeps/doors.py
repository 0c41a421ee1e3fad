"""The doors of a survey round: by state, worker and hour, and those where it found something new."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from wangge.access.queries import workers_in
from wangge.kernel.paths import contains
from wangge.kernel.periods import local_day
from wangge.office.frame import zone
from wangge.office.listing import PAGE_SIZE
from wangge.office.register.surroundings import saw_list
from wangge.office.rounds.lists import DUE, GROUPS, LOOKS, WORDS, Chip, page_of, paged, worker_asked
from wangge.office.sweeps.looking import READ, about
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people.queries import place_names
from wangge.places import queries as places
from wangge.situation.sweeps import doors as doors_of
from wangge.surveys.queries.round_doors import changed
from wangge.surveys.queries.rounds import RoundHead, round_of
from wangge.surveys.rules.rounds import Numbers
from wangge.words import label


@page(READ)
def sweep_doors(request: Desk, round_id: UUID) -> HttpResponse:
    """List the doors of a round, open ones first in walking order."""
    return doors_page(request, round_of(viewer=request.viewer, round=round_id))


def doors_page(request: Desk, head: RoundHead) -> HttpResponse:
    """Draw the list of doors: narrowed by area, state, worker, hour of coming again and text."""
    stamp, viewer, asked = request.stamp(), request.viewer, request.GET
    today = local_day(stamp.at, zone())
    path = _asked_path(request, head)
    state, hour = asked.get("state", ""), asked.get("hour", "")
    if state and state not in GROUPS and state not in LOOKS:
        raise Http404
    worker = worker_asked(asked.get("worker", ""), viewer.account_id)
    found = doors_of(
        viewer=viewer,
        head=head,
        on=today,
        path=path,
        states=GROUPS.get(state, (state,)),
        worker=worker,
        again=_hours(hour, int(stamp.at.timestamp() // 3600)),
        search=asked.get("q", "")[:20],
        offset=(page_of(asked) - 1) * PAGE_SIZE,
        limit=PAGE_SIZE,
    )
    saw_list(request, "round_doors", path or head.path, [line.household for line in found.lines], "survey")
    context = {
        **about(head, stamp.at),
        "area": places.area_by_path(path or head.path),
        "rows": paged(asked, found.found.total, found.lines),
        "doors": [(line, LOOKS[line.state], label("surveys.state", line.state)) for line in found.lines],
        "chips": _chips(request, found.found.numbers),
        "workers": workers_in(path=path or head.path, on=today),
        "worker": str(worker) if worker else "",
        "me": str(viewer.account_id),
        "kept": [(name, asked[name]) for name in ("area", "state", "hour") if asked.get(name)],
        "text": asked.get("q", "")[:20],
        "narrowed": bool(state or worker or hour or asked.get("q")),
        "here": reverse("sweep_doors", args=[head.id]),
        "records": head.closed_at is None and head.holds(today) and bool(viewer.reaches("visit.record")),
        "reads": bool(viewer.reaches("register.read")),
    }
    return render(request, "office/sweeps/doors.html", context)


def _hours(asked: str, running: int) -> tuple[int, int] | None:
    """Return the hours since 1970 between which somebody means to come again: one hour, or all that are past."""
    if asked == "past":
        return 0, running
    return (int(asked), int(asked) + 1) if asked.isdecimal() and len(asked) < 8 else None


def _asked_path(request: Desk, head: RoundHead) -> str:
    asked = request.GET.get("area", "")
    if not asked:
        return ""
    if not asked.isdecimal() or len(asked) > 9:
        raise Http404
    area = area_or_404(request.viewer, READ, int(asked))
    if not contains(head.path, area.path):
        raise Http404
    return area.path


def _chips(request: Desk, found: Numbers) -> list[Chip]:
    asked = request.GET
    kept = {name: str(asked[name]) for name in ("area", "worker", "q") if asked.get(name)}
    present = "" if asked.get("hour") else asked.get("state", "")
    never = found.due - sum(found.by_state.values())
    by_state = {**found.by_state, DUE: never}
    here = reverse("sweep_doors", args=[request.resolver_match.kwargs["round_id"]]) if request.resolver_match else ""

    def chip(state: str, words: object, number: int) -> Chip:
        query = urlencode({**kept, **({"state": state} if state else {})})
        return Chip(str(words), number, here + (f"?{query}" if query else ""), present == state)

    groups = {"": found.due, "open": found.open, "closed": found.done, "again": found.revisit}
    drawn = [
        chip(group, WORDS[group], number) for group, number in groups.items() if group != "again" or present == group
    ]
    return drawn + [
        chip(state, label("surveys.state", state), by_state[state])
        for state in LOOKS
        if by_state.get(state) and state != "done"
    ]


@page(READ)
def sweep_changed(request: Desk, round_id: UUID) -> HttpResponse:
    """List the doors where a repeated round found another state, other people or other answers."""
    head = round_of(viewer=request.viewer, round=round_id)
    if head.before is None:
        raise Http404
    offset = (page_of(request.GET) - 1) * PAGE_SIZE
    lines, total = changed(viewer=request.viewer, round=round_id, offset=offset, limit=PAGE_SIZE)
    saw_list(request, "round_changes", head.path, [line.household for line in lines], "survey")
    names = place_names([line.path for line in lines])
    rows: list[tuple[Any, ...]] = [
        (
            line, names[line.path], LOOKS[line.before], label("surveys.state", line.before),
            LOOKS[line.state], label("surveys.state", line.state),
        )
        for line in lines
    ]  # fmt: skip
    context = {
        **about(head, request.stamp().at),
        "area": places.area_by_path(head.path),
        "rows": paged(request.GET, total, rows),
        "reads": bool(request.viewer.reaches("register.read")),
    }
    return render(request, "office/sweeps/changed.html", context)
