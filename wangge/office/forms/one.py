"""One form: its preview with what the register holds, what is left out and why, versions and their differences."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from urllib.parse import quote
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wangge.access.exporting import VERB
from wangge.kernel.refused import Refused
from wangge.office.forms.lists import STATE_LOOKS
from wangge.office.register.surroundings import link
from wangge.office.viewing import Desk, area_or_404, page
from wangge.places.models import Area
from wangge.privacy.looks import list_digest, log_list
from wangge.situation.cutoffs.indicators import current
from wangge.situation.forms import queries
from wangge.situation.forms.commands import faults_of
from wangge.situation.forms.composing import Line, Wish, cutoff_of, sheets
from wangge.situation.forms.queries import MANAGE, ProfileSeen
from wangge.situation.forms.rules.changes import Change, changes
from wangge.situation.forms.rules.exports import about_people, day_fault
from wangge.situation.forms.rules.layout import Box
from wangge.situation.forms.rules.profiles import Body, heading
from wangge.situation.forms.rules.readable import Grain, Value
from wangge.situation.forms.sheets.drawing import Drawn
from wangge.words import label, say

ROWS_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """One cell of the preview; a number leads to the list behind it."""

    value: Value
    href: str

    @property
    def text(self) -> str:
        """The value as the sheet writes it."""
        return "" if self.value is None else str(self.value)


@dataclass(frozen=True, slots=True)
class Preview:
    """The first rows of a form, as its sheet will stand."""

    drawn: Drawn
    heads: tuple[tuple[Box, ...], ...]
    rows: tuple[tuple[Shown, ...], ...]


@page(VERB)
def form(request: Desk, area_id: int, code: str) -> HttpResponse:
    """Show a form of an area: its first rows masked, numbers with the list behind each, what is left out and why."""
    here = area_or_404(request.viewer, VERB, area_id)
    one = _version(request, here, code, request.GET.get("version", ""))
    stamp = request.stamp()
    asked = _day(request.GET.get("on", ""))
    on = asked or stamp.day
    fault = day_fault(one.body, on, stamp.day)
    faults = faults_of(one.body)
    shown, refusal = None, say(Refused(fault)) if fault else ""
    if not fault and not faults:
        shown, refusal = _preview(request, here, one, on)
    context = {
        "area": here,
        "one": one,
        "state_look": STATE_LOOKS[one.state],
        "state": label("forms.state", one.state),
        "grain": label("forms.grain", one.body.grain),
        "by_day": one.body.grain == Grain.COUNT,
        "on": on,
        "cutoff": cutoff_of(here.path, on) if one.body.grain == Grain.COUNT else None,
        "preview": shown,
        "refusal": refusal,
        "faults": [say(Refused(f.code, column=f.column, heading=f.heading, what=f.what)) for f in faults],
        "left_out": _left_out(one.body),
        "left_count": len(one.body.left_out),
        "versions": _lines(request, here, code),
        "may_manage": request.viewer.holds_at(MANAGE, here.path),
        "own": one.area == here.pk,
        "usable": not faults and one.state in ("published", "shipped"),
    }
    return render(request, "office/forms/form.html", context)


def _left_out(body: Body) -> list[tuple[str, list[str]]]:
    """Return the columns of the original that are not there, by the reason in words."""
    found: dict[str, list[str]] = {}
    for left in body.left_out:
        found.setdefault(label("forms.why", left.why), []).append(heading(left.header))
    return list(found.items())


def _version(request: Desk, here: Area, code: str, asked: str) -> ProfileSeen:
    """Return the version that the address asks for; without one that in use, or the one being written."""
    if asked:
        number = int(asked) if asked.isdecimal() and len(asked) < 9 else None
        if number is None:
            raise Http404
        return queries.profile(viewer=request.viewer, area=here, code=code, version=number)
    found = queries.versions(viewer=request.viewer, area=here, code=code)
    in_use = next((row for row in found if row.state in ("published", "shipped")), None)
    if in_use is None and not found:
        raise Http404
    return in_use or found[0]


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise Http404 from None


def _preview(request: Desk, here: Area, one: ProfileSeen, on: date) -> tuple[Preview | None, str]:
    """Return the first rows, and write that they were looked at; or the refusal in words."""
    stamp = request.stamp()
    wish = Wish(
        viewer=request.viewer, area=here, body=one.body, name=one.name, on=on, now=stamp.received_at, zone=stamp.zone,
        masked=one.body.grain != Grain.COUNT,
    )  # fmt: skip
    try:
        ((drawn, lines),) = sheets(wish, limit=ROWS_SHOWN)
        found = list(lines)
    except Refused as refused:
        return None, say(refused)
    if about_people(one.body):
        _saw(request, here, found)
    hrefs = _behind(here, one.body, on)
    rows = tuple(tuple(Shown(value, hrefs.get(place, "")) for place, value in enumerate(line.cells)) for line in found)
    return Preview(drawn, tuple(_by_row(drawn.heads)), rows), ""


def _by_row(boxes: Iterable[Box]) -> Iterator[tuple[Box, ...]]:
    ordered = sorted(boxes, key=lambda box: (box.row, box.column))
    return (tuple(same) for _, same in groupby(ordered, key=lambda box: box.row))


def _saw(request: Desk, here: Area, lines: list[Line]) -> None:
    subjects: list[UUID] = list(dict.fromkeys(one for line in lines for one in line.subjects))
    log_list(
        at=request.stamp().at,
        viewer_number=request.viewer.number,
        what="form",
        path=here.path,
        count=len(subjects),
        digest=list_digest(subjects),
        purpose="register",
        channel="desk",
    )


def _behind(here: Area, body: Body, on: date) -> dict[int, str]:
    """Return by column where the list behind its number stands, as of the cut-off that the number is from."""
    if body.grain != Grain.COUNT:
        return {}
    counted = {code for code, one in current().items() if one.source}
    cut = cutoff_of(here.path, on)
    at = f"?at={quote(cut.isoformat())}" if cut else ""
    return {
        place: address + at
        for place, column in enumerate(body.columns)
        if column.indicator in counted and (address := link("behind_indicator", here.pk, column.indicator))
    }


@dataclass(frozen=True, slots=True)
class VersionLine:
    """One version in the list of versions."""

    one: ProfileSeen
    look: str
    words: str
    href: str


def _lines(request: Desk, here: Area, code: str) -> list[VersionLine]:
    address = reverse("form", args=[here.pk, code])
    return [
        VersionLine(row, STATE_LOOKS[row.state], label("forms.state", row.state), f"{address}?version={row.version}")
        for row in queries.versions(viewer=request.viewer, area=here, code=code)
    ]


@page(VERB)
def form_versions(request: Desk, area_id: int, code: str) -> HttpResponse:
    """Show what two versions of a form do differently; without a choice the last two."""
    here = area_or_404(request.viewer, VERB, area_id)
    found = queries.versions(viewer=request.viewer, area=here, code=code)
    if not found:
        raise Http404
    new = _chosen(found, request.GET.get("new", ""), found[0])
    old = _chosen(found, request.GET.get("old", ""), found[found.index(new) + 1] if new is not found[-1] else new)
    context = {
        "area": here,
        "code": code,
        "versions": _lines(request, here, code),
        "old": old,
        "new": new,
        "same": old is new,
        "changes": [_said(change) for change in changes(old.body, new.body)],
    }
    return render(request, "office/forms/versions.html", context)


def _chosen(found: list[ProfileSeen], asked: str, otherwise: ProfileSeen) -> ProfileSeen:
    return next((one for one in found if asked == str(one.version)), otherwise)


def _said(change: Change) -> tuple[str, str, str, str, str]:
    """Return a difference in words: what became of it, the column, what of it, before, after."""
    words = label("forms.part", change.what) if change.what else ""
    group = {"source": "forms.field", "parts": "forms.field", "mask": "forms.mask", "sort": "forms.sort"}
    before, after = (
        label(group[change.what], text) if change.what in group and text else text
        for text in (change.before, change.after)
    )
    return label("forms.change", change.kind), change.heading, words, before, after
