"""Giving buildings to workers: evenly in one step, or one by one."""

from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.access.commands import Given
from wangge.flows.deal_duties import DEAL, Dealing, deal_duties, dealing, give_buildings
from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.office.frame import zone
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places.models import Area
from wangge.words import say


@page(DEAL, methods=("GET", "POST"))
def duties(request: Desk, area_id: int) -> HttpResponse:
    """Show whose doors are whose; a changed choice gives that building to somebody else."""
    area = area_or_404(request.viewer, DEAL, area_id)
    found = dealing(viewer=request.viewer, path=area.path, on=local_day(request.stamp().at, zone()))
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
            return go(request, reverse("duties", args=[area.id]), say="buildings_given", number=str(number))
    return _page(request, area, found, refusal)


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
    found = dealing(viewer=request.viewer, path=area.path, on=local_day(request.stamp().at, zone()))
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


def _page(request: Desk, area: Area, found: Dealing, refusal: str, ticked: set[str] | None = None) -> HttpResponse:
    loads = {one.id: [building for building in found.buildings if building.worker == one.id] for one in found.workers}
    context = {
        "area": area,
        "found": found,
        "refusal": refusal,
        "workers": [
            (one, len(loads[one.id]), sum(building.doors for building in loads[one.id]), _is_ticked(one.id, ticked))
            for one in found.workers
        ],
        "doors": sum(building.doors for building in found.buildings),
        "nobodys": sum(1 for building in found.buildings if building.worker is None),
        "keys": (str(uuid4()), str(uuid4())),
        "empty_words": _("Import a roster or the list of buildings first; then they can be given to workers."),
    }
    return render(request, "office/rounds/duties.html", context, status=422 if refusal else 200)


def _is_ticked(worker: UUID, ticked: set[str] | None) -> bool:
    return ticked is None or str(worker) in ticked
