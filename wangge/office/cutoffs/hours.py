"""At which hours the server takes snapshots of an area by itself, and of which sets."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wangge.kernel.refused import Refused
from wangge.office.cutoffs.words import set_words
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.situation.cutoffs.commands import set_times
from wangge.situation.cutoffs.commands.opening import MANAGE
from wangge.situation.cutoffs.hours import hours_of
from wangge.situation.cutoffs.indicators import current, sets_of
from wangge.words import say


class HoursForm(forms.Form):
    """Hours of a day, and the sets that are taken then."""

    times = forms.CharField(
        label=_("Hours of the day"),
        required=False,
        max_length=60,
        widget=forms.TextInput({"autocomplete": "off", "placeholder": "16:00, 18:00"}),
        help_text=_("Such as 16:00, 18:00. Left empty, the server takes nothing here by itself."),
    )
    profiles = forms.MultipleChoiceField(label=_("What is taken"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["profiles"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(code, set_words(code)) for code in sets_of(current().values())]


@page(MANAGE, methods=("GET", "POST"))
def cutoff_hours(request: Desk, area_id: int) -> HttpResponse:
    """Set the hours; what is left of today follows them at once."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    hours = hours_of(area.pk)
    started = {"times": ", ".join(hours.times), "profiles": list(hours.profiles)}
    form = HoursForm(request.POST if request.method == "POST" else None, initial=started)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            set_times(
                stamp=request.stamp(),
                actor=request.viewer,
                area=area.pk,
                times=[given["times"]],
                profiles=given["profiles"],
            )
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error("times", say(refused))
        else:
            return go(request, reverse("cutoffs", args=[area.pk]), say="saved")
    context = {"area": area, "form": form, "back": reverse("cutoffs", args=[area.pk])}
    return render(request, "office/cutoffs/hours.html", context, status=422 if form.errors else 200)
