"""Taking a snapshot now, and saying that there is nothing to report."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from wangge.office.viewing import Desk, area_or_404, go, page
from wangge.situation.cutoffs.commands import declare_zero, take_snapshot, withdraw_zero
from wangge.situation.cutoffs.commands.opening import TAKE


def _back(area: int, profile: str) -> str:
    return reverse("cutoffs", args=[area]) + "?" + urlencode({"set": profile})


@page(TAKE, methods=("POST",))
def snapshot_take(request: Desk, area_id: int) -> HttpResponse:
    """Keep what stands now, this instant being the cut-off."""
    area = area_or_404(request.viewer, TAKE, area_id)
    profile = request.POST.get("set", "")
    taken = take_snapshot(stamp=request.stamp(), actor=request.viewer, profile=profile, area=area.pk)
    return go(request, reverse("snapshot", args=[taken]), say="snapshot_taken")


@page(TAKE, methods=("POST",))
def zero_declare(request: Desk, area_id: int) -> HttpResponse:
    """Say that a community has nothing to report today."""
    area = area_or_404(request.viewer, TAKE, area_id)
    profile = request.POST.get("set", "")
    declare_zero(stamp=request.stamp(), actor=request.viewer, profile=profile, area=area.pk)
    return go(request, _back(area.pk, profile), say="zero_declared")


@page(TAKE, methods=("POST",))
def zero_withdraw(request: Desk, report_id: UUID) -> HttpResponse:
    """Take a zero report back."""
    gone = withdraw_zero(stamp=request.stamp(), actor=request.viewer, report=report_id)
    return go(request, _back(gone.area, gone.profile), say="zero_withdrawn")
