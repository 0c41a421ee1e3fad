"""The pages that change the tree: split, merge, move, give up, restore. What cannot be taken back is asked first."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.flows import areas as flow
from wangge.kernel.paths import contains, parent
from wangge.kernel.refused import Refused
from wangge.office.desk.forms import SplitForm
from wangge.office.desk.views import MANAGE, lines_of, show_form
from wangge.office.viewing import Desk, area_or_404, go, page
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.words import label, say

MOST_CHOICES = 500


@page(MANAGE, methods=("GET", "POST"))
def split(request: Desk, area_id: int) -> HttpResponse:
    """Put some of what lies below this area into a new one beside it."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    children = _boxes(places.children(here))
    form = SplitForm(request.POST or None, children=children)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            done = flow.split_area(
                stamp=request.stamp(), actor=request.viewer, area=here.id,
                name=given["name"], children=given["children"], code=given["code"] or None,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, say(refused))
        else:
            return go(request, reverse("area", args=[done.id]), say="saved")
    return show_form(request, here, form, _("Split %(name)s") % {"name": here.name}, "split", children=children)


def _boxes(rows: list[Area]) -> list[tuple[int, str]]:
    """Return areas to tick; where levels are mixed, each with its level."""
    mixed = len({row.level for row in rows}) > 1
    return [(row.id, f"{row.name} · {label('places.level', row.level)}" if mixed else row.name) for row in rows]


@page(MANAGE, methods=("GET", "POST"))
def merge(request: Desk, area_id: int) -> HttpResponse:
    """Put everything of this area into another one that is chosen first, and give this one up."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    other = _chosen(request, "into")
    if other is None:
        return _choose(request, here, "into", _others(request, here))
    if request.method == "POST":
        try:
            flow.merge_areas(stamp=request.stamp(), actor=request.viewer, kept=other.id, gone=here.id)
        except Refused as refused:
            return _ask_merge(request, here, other, say(refused))
        return go(request, reverse("area", args=[other.id]), say="saved")
    return _ask_merge(request, here, other)


def _ask_merge(request: Desk, here: Area, other: Area, refusal: str = "") -> HttpResponse:
    names = {"gone": here.name, "kept": other.name}
    return _ask(
        request, here, refusal,
        question=_("Merge %(gone)s into %(kept)s?") % names,
        say=_("Everything in %(gone)s goes into %(kept)s, with all households. Whoever works in %(gone)s will work "
              "in the whole of %(kept)s. %(gone)s is given up; its code is never used again. To part them later, "
              "%(kept)s has to be split.") % names,
        inside=_inside(here), act=_("Merge"), look="grave",
    )  # fmt: skip


@page(MANAGE, methods=("GET", "POST"))
def move(request: Desk, area_id: int) -> HttpResponse:
    """Hang this area with everything below it under another that is chosen first."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    above = _chosen(request, "to")
    if above is None:
        return _choose(request, here, "to", _places_for(request, here))
    if request.method == "POST":
        try:
            flow.move_area(stamp=request.stamp(), actor=request.viewer, area=here.id, parent=above.id)
        except Refused as refused:
            return _ask_move(request, here, above, say(refused))
        return go(request, reverse("area", args=[here.id]), say="saved")
    return _ask_move(request, here, above)


def _ask_move(request: Desk, here: Area, above: Area, refusal: str = "") -> HttpResponse:
    names = {"name": here.name, "to": above.name}
    return _ask(
        request, here, refusal,
        question=_("Move %(name)s to %(to)s?") % names,
        say=_("All households in it count in %(to)s from now on; what has been recorded until now stays where it "
              "happened. Whoever is responsible for %(to)s will see them, whoever is not will no longer.") % names,
        inside=_inside(here), act=_("Move"), look="primary",
    )  # fmt: skip


@page(MANAGE, methods=("GET", "POST"))
def retire(request: Desk, area_id: int) -> HttpResponse:
    """Give this area up, with everything below it."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    refusal = ""
    if request.method == "POST":
        try:
            flow.retire_area(stamp=request.stamp(), actor=request.viewer, area=here.id)
        except Refused as refused:
            refusal = say(refused)
        else:
            above = places.area(here.parent_id or 0)
            return go(request, reverse("area", args=[above.id if above else here.id]), say="saved")
    return _ask(
        request, here, refusal,
        question=_("Give %(name)s up?") % {"name": here.name},
        say=_("It disappears from all lists with everything below it. Its code is never used again. It can be "
              "restored from the list of those given up."),
        inside=_inside(here), act=_("Give up"), look="grave",
    )  # fmt: skip


@page(MANAGE, methods=("POST",))
def restore(request: Desk, area_id: int) -> HttpResponse:
    """Take the giving-up of this area back."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    flow.restore_area(stamp=request.stamp(), actor=request.viewer, area=here.id)
    return go(request, reverse("area", args=[here.id]), say="saved")


def _chosen(request: Desk, key: str) -> Area | None:
    """Return the other area that the address names; ``Http404`` where the viewer does not manage it."""
    asked = request.GET.get(key, "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > 18:
        raise Http404
    return area_or_404(request.viewer, MANAGE, int(asked))


def _others(request: Desk, here: Area) -> list[Area]:
    """Return the areas of the same rank whose place the viewer may change, those beside it first."""
    rows = places.in_ranks(
        request.viewer.reaches(MANAGE), exactly=here.rank, text=request.GET.get("q", ""), limit=MOST_CHOICES
    )
    mine = [row for row in rows if row.id != here.id and request.viewer.permits(MANAGE, parent(row.path))]
    return sorted(mine, key=lambda row: (row.parent_id != here.parent_id, row.code or "~", row.id))


def _places_for(request: Desk, here: Area) -> list[Area]:
    """Return the areas under which this one could hang, the lowest levels first."""
    rows = places.in_ranks(
        request.viewer.reaches(MANAGE), above=here.rank, text=request.GET.get("q", ""), limit=MOST_CHOICES
    )
    able = [row for row in rows if row.id != here.parent_id and not contains(here.path, row.path)]
    return sorted(able, key=lambda row: (-row.rank, row.code or "~", row.id))


def _choose(request: Desk, here: Area, key: str, rows: list[Area]) -> HttpResponse:
    if request.method == "POST":
        raise Http404
    heading = _("Merge %(name)s into which area?") if key == "into" else _("Move %(name)s to where?")
    context = {
        "area": here,
        "key": key,
        "rows": lines_of(request, rows),
        "asked": request.GET.get("q", ""),
        "heading": heading % {"name": here.name},
        "cut": len(rows) >= MOST_CHOICES - 1,
    }
    return render(request, "office/desk/choose.html", context)


def _inside(here: Area) -> list[tuple[int, str]]:
    """Return how many areas of each level lie inside, with the words of the level."""
    return [(number, label("places.level", level)) for level, number in places.counts_inside(here.path).items()]


def _ask(request: Desk, here: Area, refusal: str, **context: Any) -> HttpResponse:
    shown = {"area": here, "refusal": refusal, "keep": _("Keep as it is"), "back": reverse("area", args=[here.id])}
    status = 422 if refusal else 200
    return render(request, "office/desk/question.html", {**shown, **context}, status=status)
