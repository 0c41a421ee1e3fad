"""Giving the buildings of a round to workers in one step."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wangge.flows.deal_duties import DEAL, Dealing, deal_round, dealing
from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.office.frame import zone
from wangge.office.sweeps.looking import about
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.surveys.queries.rounds import round_of
from wangge.words import say


@page(DEAL, methods=("GET", "POST"))
def sweep_deal(request: Desk, round_id: UUID) -> HttpResponse:
    """Show who would get doors of the round, then give its buildings to those who are ticked."""
    head = round_of(viewer=request.viewer, round=round_id)
    area = area_or_404(request.viewer, DEAL, head.area)
    stamp = request.stamp()
    found = dealing(viewer=request.viewer, path=head.path, on=local_day(stamp.at, zone()), round=round_id)
    refusal, ticked = "", {str(one.id) for one in found.workers}
    if request.method == "POST":
        ticked = set(request.POST.getlist("workers"))
        workers = [one.id for one in found.workers if str(one.id) in ticked]
        try:
            dealt = deal_round(stamp=stamp, actor=request.viewer, round=round_id, workers=workers)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(
                request, reverse("sweep", args=[round_id]), say="round_dealt_part" if dealt.left else "round_dealt",
                workers=str(sum(1 for share in dealt.shares if share.buildings)), left=str(dealt.left),
            )  # fmt: skip
    context = {
        **about(head, stamp.at),
        "area": area,
        "found": found,
        "workers": _workers(found, ticked),
        "open": sum(one.open for one in found.buildings),
        "nobodys": sum(one.open for one in found.buildings if one.worker is None),
        "refusal": refusal,
        "back": reverse("sweep", args=[round_id]),
    }
    return render(request, "office/sweeps/deal.html", context, status=422 if refusal else 200)


def _workers(found: Dealing, ticked: set[str]) -> list[tuple[UUID, str, str, int, bool]]:
    """Return everybody who works there with the open doors they have now, those with most first."""
    doors = {one.id: sum(b.open for b in found.buildings if b.worker == one.id) for one in found.workers}
    ordered = sorted(found.workers, key=lambda one: (-doors[one.id], one.login))
    return [(one.id, one.name, one.login, doors[one.id], str(one.id) in ticked) for one in ordered]
