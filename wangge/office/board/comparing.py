"""The switch of the comparison: on with a reason and a last day, off again at any time."""

from datetime import timedelta
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.office.frame import zone
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.situation.comparison.commands import MANAGE, switch_off, switch_on
from wangge.situation.comparison.models import REASON_MOST
from wangge.situation.comparison.queries import comparing
from wangge.words import say


class ComparisonForm(forms.Form):
    """Why, and up to which day."""

    reason = forms.CharField(
        label=_("Why"),
        required=False,
        max_length=REASON_MOST,
        help_text=_("Everybody who sees the board sees the reason and who switched it on."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    last_on = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


@page(MANAGE, methods=("GET", "POST"))
def comparison(request: Desk, area_id: int) -> HttpResponse:
    """Switch the comparison of an area on, or show the one that is on."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    today = local_day(request.stamp().at, zone())
    started: dict[str, Any] = {"last_on": today + timedelta(days=1)}
    form = ComparisonForm(request.POST if request.method == "POST" else None, initial=started)
    if request.method == "POST" and form.is_valid():
        try:
            switch_on(stamp=request.stamp(), actor=request.viewer, area=area.pk, **form.cleaned_data)
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error("last_on" if refused.code == "comparison.end_outside" else "reason", say(refused))
        else:
            return go(request, reverse("board", args=[area.pk]), say="saved")
    found = comparing(viewer=request.viewer, path=area.path, on=today)
    context = {
        "area": area,
        "form": form,
        "found": found,
        "own": found is not None and found.area == area.pk,
        "ends": found is not None and request.viewer.permits(MANAGE, found.path),
    }
    return render(request, "office/board/comparison.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=("POST",))
def comparison_end(request: Desk, area_id: int) -> HttpResponse:
    """Switch the comparison of an area off."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    switch_off(stamp=request.stamp(), actor=request.viewer, area=area.pk)
    return go(request, reverse("board", args=[area.pk]), say="saved")
