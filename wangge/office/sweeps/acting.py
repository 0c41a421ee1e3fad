"""Doing something with a round: start it, close it, open it again."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from wangge.kernel.periods import local_day, zone_of
from wangge.kernel.refused import Refused
from wangge.office.frame import zone
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.situation.sweeps import order_for
from wangge.surveys.commands import close_round, reopen_round, start_round
from wangge.surveys.queries.rounds import Questions, RoundHead, questions_for, round_of
from wangge.surveys.rules.rounds import MANAGE, NAME_LIMIT, TEXT_LIMIT
from wangge.words import say

USUAL_DAYS = 2
ISO = "%Y-%m-%d"
FIELD_OF = {
    "rounds.name_missing": "name", "rounds.name_taken": "name", "rounds.purpose_missing": "purpose",
    "rounds.basis_missing": "basis", "rounds.days_reversed": "last_on", "rounds.too_long": "last_on",
    "rounds.deadline_early": "deadline",
}  # fmt: skip


class RoundForm(forms.Form):
    """A round to be started."""

    name = forms.CharField(label=pgettext_lazy("round", "What is it called?"), max_length=NAME_LIMIT)
    from_on = forms.DateField(label=gettext_lazy("First day"), widget=forms.DateInput({"type": "date"}, format=ISO))
    last_on = forms.DateField(label=gettext_lazy("Last day"), widget=forms.DateInput({"type": "date"}, format=ISO))
    deadline = forms.DateTimeField(
        label=gettext_lazy("To be done by"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("The end of the last day, when left empty."),
    )
    questionnaire = forms.ChoiceField(
        label=gettext_lazy("Questions"),
        required=False,
        help_text=gettext_lazy("Without questions only what was found at each door is recorded."),
    )
    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"), max_length=TEXT_LIMIT, widget=forms.Textarea({"rows": 2})
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"),
        max_length=TEXT_LIMIT,
        help_text=gettext_lazy("The order or notice on which it rests; it is read out at the door."),
    )

    def __init__(self, *args: Any, questions: list[Questions], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["questionnaire"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("No questions")), *((str(one.id), _titled(one)) for one in questions)]
        for name in ("name", "basis"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


def _titled(one: Questions) -> str:
    title = one.title.get(get_language() or "") or one.title.get("zh-hans") or next(iter(one.title.values()), one.code)
    return _("%(title)s (version %(version)s)") % {"title": title, "version": one.version}


@page(MANAGE, methods=("GET", "POST"))
def sweep_add(request: Desk, area_id: int) -> HttpResponse:
    """Ask what is needed to start a round, with what is usual filled in; ``?before=`` repeats one."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    before = _before(request)
    questions = questions_for(area.path)
    sent = request.method == "POST"
    form = RoundForm(
        request.POST if sent else None, questions=questions, initial=_usual(request, area, before, questions)
    )
    if sent and form.is_valid():
        try:
            started = start_round(
                stamp=request.stamp(), actor=request.viewer, area=area.id, before=before.id if before else None,
                **_wish(form.cleaned_data),
            )  # fmt: skip
        except Refused as refused:
            if refused.code not in FIELD_OF and hides_existence(refused):
                raise
            form.add_error(FIELD_OF.get(refused.code), say(refused))
        else:
            return go(request, reverse("sweep", args=[started.round]), say="round_started", doors=str(started.due))
    context = {"area": area, "form": form, "before": before, "back": reverse("sweeps", args=[area.id])}
    return render(request, "office/sweeps/add.html", context, status=422 if form.errors else 200)


def _before(request: Desk) -> RoundHead | None:
    """Return the round that is to be repeated."""
    asked = request.POST.get("before", "") if request.method == "POST" else request.GET.get("before", "")
    try:
        return round_of(viewer=request.viewer, round=UUID(asked)) if asked else None
    except ValueError:
        return None


def _usual(request: Desk, area: Area, before: RoundHead | None, questions: list[Questions]) -> dict[str, Any]:
    """Return what is usual: today and tomorrow, purpose and basis of the response or of the round before."""
    today = local_day(request.stamp().at, zone())
    last = today + timedelta(days=USUAL_DAYS - 1)
    order = order_for(area, today, last)
    usual = {
        "name": order.name, "purpose": order.purpose, "basis": order.basis, "from_on": today, "last_on": last,
    }  # fmt: skip
    if before is None:
        return usual
    asks = str(before.questionnaire) if before.questionnaire in {one.id for one in questions} else ""
    return {**usual, "purpose": before.purpose, "basis": before.basis, "questionnaire": asks}


def _wish(given: dict[str, Any]) -> dict[str, Any]:
    last: date = given["last_on"]
    deadline: datetime | None = given["deadline"]
    return {
        "name": given["name"],
        "purpose": given["purpose"],
        "basis": given["basis"],
        "from_on": given["from_on"],
        "until_on": last + timedelta(days=1),
        "deadline": deadline.replace(tzinfo=zone_of(zone())) if deadline else None,
        "questionnaire": UUID(given["questionnaire"]) if given["questionnaire"] else None,
    }


class CloseForm(forms.Form):
    """Why a round is closed."""

    note = forms.CharField(
        label=gettext_lazy("Remark"), required=False, max_length=TEXT_LIMIT,
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip


@page(MANAGE, methods=("GET", "POST"))
def sweep_close(request: Desk, round_id: UUID) -> HttpResponse:
    """Ask, then close a round with the numbers that stand now."""
    head = round_of(viewer=request.viewer, round=round_id)
    area_or_404(request.viewer, MANAGE, head.area)
    form = CloseForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            note = form.cleaned_data["note"]
            close_round(stamp=request.stamp(), actor=request.viewer, round=round_id, note=note)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("sweep", args=[round_id]), say="round_closed")
    context = {
        "area": places.area(head.area),
        "form": form,
        "refusal": refusal,
        "back": reverse("sweep", args=[round_id]),
        "question": _("Close the round %(name)s?") % {"name": head.name},
        "say": _(
            "Its numbers are kept as they stand now. Visits that come later are recorded, but change them no more."
        ),
        "keep": _("Keep it open"),
        "act": _("Close the round"),
    }
    return render(request, "office/ask.html", context, status=422 if form.errors or refusal else 200)


@page(MANAGE, methods=("POST",))
def sweep_reopen(request: Desk, round_id: UUID) -> HttpResponse:
    """Open a closed round again."""
    reopen_round(stamp=request.stamp(), actor=request.viewer, round=round_id)
    return go(request, reverse("sweep", args=[round_id]), say="round_reopened")
