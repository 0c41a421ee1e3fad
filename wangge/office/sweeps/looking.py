"""Looking at survey rounds: those of an area, and where one stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wangge.kernel.paths import contains
from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.office.charts import Chart, cumulative
from wangge.office.frame import zone
from wangge.office.listing import PAGE_SIZE, Column, Listing, listing
from wangge.office.rounds.lists import page_of, paged
from wangge.office.viewing import Desk, area_or_404, page
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.situation import sweeps as situation
from wangge.situation.sweeps import Standing
from wangge.surveys.queries import rounds as queries
from wangge.surveys.queries.checks import checks_of
from wangge.surveys.queries.round_doors import revisits
from wangge.surveys.queries.rounds import Below, RoundHead, RoundLine
from wangge.surveys.rules.rounds import MANAGE
from wangge.words import label

READ = "visit.read"
REFRESH_SECONDS = 30
FILTERS: dict[str, str | Promise] = {
    "": _("All"), "open": pgettext_lazy("round", "under way"), "closed": pgettext_lazy("round", "closed"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter of the list of rounds."""

    words: str
    href: str
    current: bool


@page(READ)
def sweeps(request: Desk, area_id: int) -> HttpResponse:
    """List the rounds that touch an area, those under way first; ``?q=`` searches, ``?state=`` narrows."""
    area = area_or_404(request.viewer, READ, area_id)
    text, state = request.GET.get("q", "").strip()[:80], request.GET.get("state", "")
    state = state if state in FILTERS else ""
    offset = (page_of(request.GET) - 1) * PAGE_SIZE
    rows, total = queries.rounds_in(
        viewer=request.viewer, path=area.path, state=state, text=text, offset=offset, limit=PAGE_SIZE
    )
    today = local_day(request.stamp().at, zone())
    context = {
        "area": area,
        "rows": paged(request.GET, total, [_drawn(row, today) for row in rows]),
        "text": text,
        "state": state,
        "chips": [
            Chip(str(words), "?" + urlencode({"state": code} if code else {}), code == state)
            for code, words in FILTERS.items()
        ],
        "narrowed": bool(text or state),
        "manages": request.viewer.holds_at(MANAGE, area.path),
    }
    return render(request, "office/sweeps/sweeps.html", context)


def _drawn(row: RoundLine, today: date) -> tuple[RoundLine, str, str, date]:
    """Return a round with the look and words of its state, and its last day."""
    state = _state(row.closed_at, row.from_on, row.until_on, today)
    return row, {"closed": "done", "over": "stop", "ahead": "due", "open": "wait"}[state], _words(state), _last(row)


def _state(closed_at: datetime | None, from_on: date, until_on: date, today: date) -> str:
    if closed_at is not None:
        return "closed"
    if today < from_on:
        return "ahead"
    return "over" if today >= until_on else "open"


def _words(state: str) -> str:
    return label("rounds.state", state)


def _last(row: RoundLine | RoundHead) -> date:
    return row.until_on - timedelta(days=1)


BELOW: tuple[Column[Below], ...] = (
    Column(key="area", label=_("Area"), by=lambda row: row.name),
    Column(key="progress", label=_("Progress")),
    Column(key="due", label=_("Due"), by=lambda row: row.numbers.due, number=True),
    Column(key="done", label=_("Done"), by=lambda row: row.numbers.done, number=True),
    Column(key="open", label=_("Open"), by=lambda row: row.numbers.open, number=True),
    Column(key="again", label=_("Come again"), by=lambda row: row.numbers.revisit, number=True),
    Column(key="refused", label=_("Refused"), by=lambda row: row.numbers.refused, number=True),
)


@page(READ)
def sweep(request: Desk, round_id: UUID) -> HttpResponse:
    """Show where a round stands in its area, or with ``?area=`` in a part of it."""
    stamp, viewer = request.stamp(), request.viewer
    head = queries.round_of(viewer=viewer, round=round_id)
    area = _part(request, head)
    if area is None:
        return _only_doors(request, head)
    found = situation.standing(viewer=viewer, round=round_id, at=stamp.at, zone=zone(), path=area.path)
    below: Sequence[Below] = ()
    if area.rank < GRID_RANK:
        below = queries.progress_below(viewer=viewer, round=round_id, path=area.path)
    hour = int(stamp.at.timestamp() // 3600) - 1
    context = {
        **about(head, stamp.at),
        "area": area,
        "whole": area.path == head.path,
        "asked": "" if area.path == head.path else f"?area={area.pk}",
        "found": found,
        "never": found.progress.due - sum(found.progress.by_state.values()),
        "gone": found.progress.done - found.progress.by_state.get("done", 0),
        "recent": found.progress.since(hour),
        "recent_from": datetime.fromtimestamp(hour * 3600, UTC),
        "late": found.forecast is not None and found.forecast.late(head.deadline),
        "chart": _chart(found, stamp.at),
        "rows": _below(request, below),
        "again": _again(request, head, area, stamp.at),
        "hands": situation.hands(viewer=viewer, round=round_id, path=area.path, on=local_day(stamp.at, zone()))
        if area.rank >= COMMUNITY_RANK and head.closed_at is None
        else None,
        "deals": viewer.holds_at("duty.deal", head.path) and head.closed_at is None,
        "checks": checks_of(viewer=viewer, round=round_id, path=area.path),
        "reads_answers": viewer.permits("answer.read", area.path),
        "prints": viewer.permits("visit.record", area.path) and head.closed_at is None,
        "refresh": 0 if head.closed_at else REFRESH_SECONDS,
        "here": request.get_full_path(),
        "now": stamp.at,
    }
    return render(request, "office/sweeps/sweep.html", context)


def about(head: RoundHead, now: datetime) -> dict[str, Any]:
    """Return what every page of a round says about it."""
    today = local_day(now, zone())
    state = _state(head.closed_at, head.from_on, head.until_on, today)
    days = (head.until_on - head.from_on).days
    return {
        "head": head,
        "last_day": _last(head),
        "days": days,
        "day_number": (today - head.from_on).days + 1 if state == "open" else 0,
        "state": state,
        "state_words": _words(state),
        "deadline_words": _deadline(head.deadline, now),
    }


def _deadline(deadline: datetime, now: datetime) -> str:
    """Write a deadline; midnight is the end of the day before."""
    if wording.hour(deadline, zone()) == "0:00":
        before = local_day(deadline - timedelta(hours=1), zone())
        return gettext("the end of %(day)s") % {"day": wording.day(before, local_day(now, zone()))}
    return wording.when(deadline, now, zone())


def _part(request: Desk, head: RoundHead) -> Area | None:
    """Return the area that is asked for, else the one that the viewer sees of the round; None for only some doors."""
    asked = request.GET.get("area", "")
    if asked:
        if not asked.isdecimal() or len(asked) > 9:
            raise Http404
        area = area_or_404(request.viewer, READ, int(asked))
        if not contains(head.path, area.path):
            raise Http404
        return area
    own = queries.reach(request.viewer, head.path)
    only = places.area_by_path(own[0]) if len(own) == 1 else None
    return only if only is not None and only.rank <= GRID_RANK else None


def _only_doors(request: Desk, head: RoundHead) -> HttpResponse:
    """Show the doors to somebody who has only some buildings of the round."""
    from wangge.office.sweeps.doors import doors_page

    return doors_page(request, head)


def _chart(found: Standing, now: datetime) -> Chart | None:
    head, ahead = found.head, found.forecast
    return cumulative(
        found.progress.series,
        goal=found.progress.due,
        now=head.closed_at or now,
        begin=datetime.combine(head.from_on, datetime.min.time(), UTC) if not found.progress.series else now,
        deadline=head.deadline,
        zone=zone(),
        ahead=(ahead.from_at, ahead.to_at) if ahead else None,
    )


def _below(request: Desk, rows: Sequence[Below]) -> Listing[Below]:
    return listing(request.GET, rows, BELOW, sort="open", descending=True)


@dataclass(frozen=True, slots=True)
class Again:
    """An hour in which somebody must come to some doors again."""

    at: datetime
    doors: int
    href: str


def _again(request: Desk, head: RoundHead, area: Area, now: datetime) -> dict[str, Any]:
    """Return the hours in which doors must be come to again, those that are past together, and doors without hour."""
    found = revisits(viewer=request.viewer, round=head.id, path=area.path)
    there = reverse("sweep_doors", args=[head.id])
    running = int(now.timestamp() // 3600)

    def address(hour: str) -> str:
        return f"{there}?{urlencode({'area': str(area.pk), 'hour': hour})}"

    hours = [
        Again(datetime.fromtimestamp(hour * 3600, UTC), number, address(str(hour)))
        for hour, number in found.by_hour
        if hour >= running
    ]
    past = sum(number for hour, number in found.by_hour if hour < running)
    return {
        "hours": hours,
        "past": past,
        "past_href": address("past"),
        "without": found.without,
        "any": bool(found.by_hour or found.without),
    }
