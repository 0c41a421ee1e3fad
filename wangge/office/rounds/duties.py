"""Giving buildings to workers: evenly in one step, or one by one."""

from collections import defaultdict
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from wangge.access.commands import Given
from wangge.flows.deal_duties import DEAL, Building, Dealing, deal_duties, dealing, give_buildings, hand_over
from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.office.frame import zone
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places.models import Area
from wangge.surveys.queries.rounds import open_round_at
from wangge.words import say


@page(DEAL, methods=("GET", "POST"))
def duties(request: Desk, area_id: int) -> HttpResponse:
    """Show whose doors are whose; a changed choice gives that building to somebody else. ``?q=`` narrows the list."""
    area = area_or_404(request.viewer, DEAL, area_id)
    found = _found(request, area)
    refusal = ""
    if request.method == "POST":
        given = _changed(request, found)
        try:
            number = give_buildings(stamp=request.stamp(), actor=request.viewer, area=area.id, given=given)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, _here(request, area), say="buildings_given", number=str(number))
    return _page(request, area, found, refusal)


def _found(request: Desk, area: Area) -> Dealing:
    """Return the buildings of an area with the doors that the round under way, or the day, leaves open in each."""
    today = local_day(request.stamp().at, zone())
    return dealing(viewer=request.viewer, path=area.path, on=today, round=_round(request, area))


def _round(request: Desk, area: Area) -> UUID | None:
    """Return the round by whose open doors work is counted: the latest that is under way here."""
    head = open_round_at(viewer=request.viewer, path=area.path, day=local_day(request.stamp().at, zone()))
    return head.id if head else None


def _here(request: Desk, area: Area) -> str:
    text = request.GET.get("q", "").strip()
    return reverse("duties", args=[area.id]) + (f"?{urlencode({'q': text})}" if text else "")


def _changed(request: Desk, found: Dealing) -> list[Given]:
    """Return the buildings whose worker was chosen anew."""
    shares: dict[UUID, list[int]] = {}
    for building in found.buildings:
        chosen = request.POST.get(f"worker-{building.id}", "")
        worker = next((one.id for one in found.workers if str(one.id) == chosen), None)
        if worker is not None and worker != building.worker:
            shares.setdefault(worker, []).append(building.id)
    return [Given(worker, tuple(areas)) for worker, areas in shares.items()]


@page(DEAL, methods=("POST",))
def deal(request: Desk, area_id: int) -> HttpResponse:
    """Give all buildings of an area to the workers who were ticked, evenly by doors."""
    area = area_or_404(request.viewer, DEAL, area_id)
    found = _found(request, area)
    ticked = set(request.POST.getlist("workers"))
    workers = [one.id for one in found.workers if str(one.id) in ticked]
    try:
        shares = deal_duties(stamp=request.stamp(), actor=request.viewer, area=area.id, workers=workers)
    except Refused as refused:
        if hides_existence(refused):
            raise
        return _page(request, area, found, say(refused), ticked)
    number = sum(len(share.buildings) for share in shares)
    there = reverse("duties", args=[area.id])
    return go(request, there, say="buildings_dealt", number=str(number), workers=str(len(shares)))


@page(DEAL, methods=("POST",))
def duties_hand_over(request: Desk, area_id: int) -> HttpResponse:
    """Give the open buildings of a worker who falls out to the others, evenly; everybody keeps what they have."""
    area = area_or_404(request.viewer, DEAL, area_id)
    found = _found(request, area)
    out = next((one.id for one in found.workers if str(one.id) == request.POST.get("worker", "")), None)
    others = [one.id for one in found.workers if one.id != out and any(b.worker == one.id for b in found.buildings)]
    try:
        if out is None:
            raise Refused("duties.worker_missing")
        shares = hand_over(
            stamp=request.stamp(), actor=request.viewer, area=area.id, worker=out, round=_round(request, area),
            others=others or [one.id for one in found.workers if one.id != out],
        )  # fmt: skip
    except Refused as refused:
        if hides_existence(refused):
            raise
        return _page(request, area, found, say(refused))
    number = sum(len(share.buildings) for share in shares)
    return go(request, reverse("duties", args=[area.id]), say="handed_over", number=str(number))


def _page(request: Desk, area: Area, found: Dealing, refusal: str, ticked: set[str] | None = None) -> HttpResponse:
    loads: dict[UUID | None, list[Building]] = defaultdict(list)
    for building in found.buildings:
        loads[building.worker].append(building)
    text = request.GET.get("q", "").strip()[:40]
    context = {
        "area": area,
        "found": found,
        "shown": [one for one in found.buildings if text in one.name or text in one.worker_name],
        "text": text,
        "refusal": refusal,
        "workers": [
            (one, len(loads[one.id]), sum(building.open for building in loads[one.id]), _is_ticked(one.id, ticked))
            for one in found.workers
        ],
        "doors": sum(building.doors for building in found.buildings),
        "nobodys": len(loads[None]),
        "keys": tuple(str(uuid4()) for _ in range(3)),
        "empty_words": _("Import a roster or the list of buildings first; then they can be given to workers."),
    }
    return render(request, "office/rounds/duties.html", context, status=422 if refusal else 200)


def _is_ticked(worker: UUID, ticked: set[str] | None) -> bool:
    return ticked is None or str(worker) in ticked
