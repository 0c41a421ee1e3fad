"""What a household answered, side by side, and taking a mistaken filling back."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from wangge.kernel.refused import Refused
from wangge.office.register.surroundings import place_of, saw
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people.queries import spot
from wangge.surveys.commands import void_response
from wangge.surveys.queries.answers import household_answers, sheet_spot
from wangge.surveys.queries.contradictions import lines_of_household
from wangge.surveys.rules.answers import READ, REASON_MOST, RECORD, SETTLE
from wangge.words import label, say


@page(READ)
def answers(request: Desk, household_id: UUID) -> HttpResponse:
    """Show what a household answered, the latest filling first, and where two answers cannot both be."""
    viewer, language = request.viewer, get_language() or ""
    seen = household_answers(viewer=viewer, household=household_id, language=language)
    saw(request, [seen.household, *seen.subjects], ["name", "answers"], "survey")
    place = place_of(viewer, seen.path)
    records = viewer.permits(RECORD, seen.path)
    context = {
        "area": place.area,
        "crumbs": place.crumbs,
        "seen": seen,
        "sheets": [
            (one, label("answers.source", one.source), records and one.voided_at is None) for one in seen.sheets
        ],
        "open": lines_of_household(viewer=viewer, ids=seen.open, language=language),
        "settles": viewer.permits(SETTLE, seen.path),
    }
    return render(request, "office/answers/household.html", context)


class ReasonForm(forms.Form):
    """Why answers are taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why are they taken back?"),
        max_length=REASON_MOST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


@page(RECORD, methods=("GET", "POST"))
def sheet_void(request: Desk, sheet_id: UUID) -> HttpResponse:
    """Ask why, then take a mistaken filling back; what it contradicted is settled along."""
    household = sheet_spot(viewer=request.viewer, sheet=sheet_id)
    home = spot(viewer=request.viewer, household=household, verb=RECORD)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    refusal, back = "", reverse("household_answers", args=[household])
    if request.method == "POST" and form.is_valid():
        try:
            void_response(
                stamp=request.stamp(), actor=request.viewer, response=sheet_id, reason=form.cleaned_data["reason"]
            )
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, back, say="answers_voided")
    context = {
        "form": form,
        "refusal": refusal,
        "back": back,
        "question": _("Take these answers back?"),
        "say": _("What was answered at %(door)s stays in the history, but counts no more.") % {"door": home.door},
        "keep": _("Keep as it is"),
        "act": _("Take them back"),
        "look": "grave",
    }
    return render(request, "office/ask.html", context, status=422 if form.errors or refusal else 200)
