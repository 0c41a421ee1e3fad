"""Bringing shapes in from a file: read, looked at, and drawn where somebody has agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.flows import maps as flow
from wangge.kernel.refused import Refused
from wangge.office.listing import listing
from wangge.office.maps.sheets import MANAGE
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.queries import Staged
from wangge.places.shapes.geojson import LARGEST
from wangge.places.shapes.matching import MATCHED, SEVERAL, Candidate, Match, match, plain
from wangge.words import label, say

ASKED_AT_ONCE = 200
"""Shapes without an area that one page asks about; the others wait their turn."""
OFFERED = 30


class ShapesForm(forms.Form):
    """A file of shapes."""

    file = forms.FileField(
        label=gettext_lazy("File with shapes"),
        help_text=gettext_lazy(
            "GeoJSON (.geojson, .json) in degrees, up to 16 MB, with a code or a name for each shape."
        ),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
        widget=forms.FileInput({"accept": ".geojson,.json,application/geo+json"}),
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A shape that somebody has to place: its name in the file, what it may be, what was typed, what is wrong."""

    number: int
    name: str
    several: bool
    offers: tuple[Candidate, ...]
    typed: str
    fault: str


@page(MANAGE, methods=("GET", "POST"))
def shapes(request: Desk, area_id: int) -> HttpResponse:
    """Take a file of shapes, and show what would be drawn from the one that waits."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    sent = request.method == "POST"
    form = ShapesForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            if (file.size or 0) > LARGEST:
                raise Refused("places.shapes_too_big", limit=LARGEST // 1024 // 1024)
            flow.upload_shapes(
                stamp=request.stamp(), actor=request.viewer, area=area.id, name=file.name or "", content=file.read()
            )
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error("file", say(refused))
        else:
            return go(request, reverse("map_shapes", args=[area.id]))
    return _show(request, area, form, 422 if form.errors else 200)


def _show(
    request: Desk, area: Area, form: ShapesForm | None, status: int, faults: Mapping[int, str] | None = None
) -> HttpResponse:
    staged = places.staged_of(area.id)
    context: dict[str, Any] = {"area": area, "form": form or ShapesForm(), "file": staged}
    if staged is not None:
        candidates = places.candidates_inside(area.path)
        found = match(staged.features, candidates)
        sure = [one for one in found if one.state == MATCHED]
        open_ = [one for one in found if one.state != MATCHED]
        faulty = faults or {}
        typed = request.POST if request.method == "POST" else QueryDict()
        context |= {
            "sure": sure,
            "sure_rows": listing(request.GET, sure, (), sort=""),
            "asked": [_asked(one, typed, faulty) for one in open_[:ASKED_AT_ONCE]],
            "later": max(0, len(open_) - ASKED_AT_ONCE),
            "open": len(open_),
            "faults": [(one, label("maps.fault", one.code)) for one in staged.faults],
            "candidates": candidates[:2000] if open_ else [],
            "total": len(found) + len(staged.faults),
        }
    return render(request, "office/maps/shapes.html", context, status=status)


def _asked(one: Match, typed: Mapping[str, str], faults: Mapping[int, str]) -> Asked:
    feature = one.feature
    return Asked(
        number=feature.number,
        name=feature.name or feature.code or ", ".join(feature.words[:3]),
        several=one.state == SEVERAL and len(one.areas) <= OFFERED,
        offers=one.areas[:OFFERED],
        typed=typed.get(f"to{feature.number}", ""),
        fault=faults.get(feature.number, ""),
    )


@page(MANAGE, methods=("POST",))
def place(request: Desk, area_id: int) -> HttpResponse:
    """Draw what was matched and not left out, and what somebody has placed by hand."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    staged = places.staged_of(area.id)
    if staged is None or str(staged.uid) != request.POST.get("file"):
        return _gone(request, area)
    chosen, faults = _chosen(request.POST, staged, places.candidates_inside(area.path))
    if faults:
        return _show(request, area, None, 422, faults)
    try:
        number = flow.place_shapes(stamp=request.stamp(), actor=request.viewer, file=staged.uid, chosen=chosen)
    except Refused as refused:
        if refused.code in ("places.shape_file_gone", "places.shape_file_unknown"):
            return _gone(request, area)
        raise
    if places.staged_of(area.id) is not None:
        return go(request, reverse("map_shapes", args=[area.id]), say="shapes_placed_some", number=str(number))
    return go(request, reverse("map", args=[area.id]) + "?sheet=ground", say="shapes_placed", number=str(number))


def _gone(request: Desk, area: Area) -> HttpResponse:
    """Say that the file was worked off meanwhile, above whatever waits now."""
    return go(request, reverse("map_shapes", args=[area.id]), say="shape_file_gone")


def _chosen(
    given: QueryDict, staged: Staged, candidates: Sequence[Candidate]
) -> tuple[list[tuple[int, int]], dict[int, str]]:
    """Return which shape goes to which area, and what is wrong with what was typed, by the shape's number."""
    left_out = set(given.getlist("leave"))
    chosen: list[tuple[int, int]] = []
    faults: dict[int, str] = {}
    for one in match(staged.features, candidates):
        number = one.feature.number
        typed = given.get(f"to{number}", "").strip()
        if one.state == MATCHED and str(number) not in left_out:
            chosen.append((number, one.areas[0].id))
        elif typed:
            meant = _meant(typed, candidates)
            if len(meant) == 1:
                chosen.append((number, meant[0].id))
            else:
                faults[number] = (
                    _("More than one area has this name. Type its code.")
                    if meant
                    else _("No area here has this code or name.")
                )
    return chosen, faults


def _meant(typed: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return the areas that a typed code or name may mean; what a list offers is "name code"."""
    words = {plain(typed), plain(typed.rsplit(maxsplit=1)[-1])}
    coded = [one for one in candidates if one.code and plain(one.code) in words]
    return coded or [one for one in candidates if plain(one.name) == plain(typed)]


@page(MANAGE, methods=("GET", "POST"))
def discard(request: Desk, area_id: int) -> HttpResponse:
    """Ask, then throw away what waits in the file."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    staged = places.staged_of(area.id)
    back = reverse("map_shapes", args=[area.id])
    if request.method == "POST":
        if staged is not None:
            flow.discard_shapes(stamp=request.stamp(), actor=request.viewer, file=staged.uid)
        return go(request, back, say="shape_file_discarded")
    if staged is None:
        raise Http404
    nothing: list[object] = []
    context = {
        "area": area,
        "form": nothing,
        "back": back,
        "question": _("Throw away what waits in %(file)s?") % {"file": staged.name},
        "say": _("Outlines that were drawn from it stay."),
        "keep": _("Keep as it is"),
        "act": _("Throw it away"),
        "look": "grave",
    }
    return render(request, "office/ask.html", context)
