"""Guests: somebody of the register who sleeps at another door for a while."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wangge.flows import register
from wangge.kernel.ids import uuid7
from wangge.office import wording
from wangge.office.changes.asking import Question, ask, called, carried_out, day_field, member_for
from wangge.office.changes.finding import Finding, find_households
from wangge.office.register.surroundings import WRITE, door_words
from wangge.office.viewing import Desk, go, page
from wangge.people import queries as people
from wangge.people.commands import begin_stay
from wangge.people.rules.wishes import NewStay

FAULTS = {
    "people.stay_end_before_start": "until_on", "people.stay_at_home": "", "people.stays_already": "",
    "people.household_unknown": "",
}  # fmt: skip


class StayForm(forms.Form):
    """Since when, until when, and what the next visit needs."""

    from_on = day_field(gettext_lazy("Since"))
    until_on = day_field(
        pgettext_lazy("stay", "Until"), required=False, help_text=gettext_lazy("Left empty when nobody knows yet.")
    )
    note = forms.CharField(label=gettext_lazy("Note"), required=False, max_length=300)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_on"].initial = today


@page(WRITE, methods=("GET", "POST"))
def stay_add(request: Desk, resident_id: UUID) -> HttpResponse:
    """Record at whose door somebody sleeps for now; they stay counted at home."""
    home, one = member_for(request, resident_id)
    looking = "find" in request.POST
    sent = request.POST if request.method == "POST" else None
    form = StayForm(sent, today=request.stamp().day)
    finding = find_households(request, without=home.id) if sent else Finding()
    host = _uuid(request.POST.get("to", ""))
    identity = _uuid(request.POST.get("id", "")) or uuid7()
    if sent is not None and not looking and form.is_valid():
        if host is None:
            form.add_error(None, _("Search for the household and choose it."))
        elif _begin(request, form, one.id, host, identity):
            return go(request, reverse("household", args=[home.id]), say="stay_begun")
    if looking:
        form.errors.clear()
    question = Question(
        question=_("Where does %(name)s sleep for now?") % {"name": called(one.name)},
        say=_("They stay counted at home. At the other door they are shown as a guest."),
        act=_("Record it"),
    )
    return ask(request, "stay", home, question, form, finding=finding, chosen=host, identity=identity)


def _begin(request: Desk, form: StayForm, resident: UUID, host: UUID, identity: UUID) -> bool:
    given = form.cleaned_data
    stay = NewStay(
        id=identity,
        resident=resident,
        household=host,
        from_on=given["from_on"],
        until_on=given["until_on"],
        note=given["note"],
    )
    return carried_out(form, lambda: begin_stay(stamp=request.stamp(), actor=request.viewer, stay=stay), FAULTS)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@page(WRITE, methods=("GET", "POST"))
def stay_end(request: Desk, stay_id: UUID) -> HttpResponse:
    """Record that a guest has gone."""
    spot = people.stay_spot(viewer=request.viewer, stay=stay_id, verb=WRITE)
    home = people.household_page(viewer=request.viewer, household=spot.household, on=request.stamp().day)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        ended = carried_out(form, lambda: register.end_stay(stamp=request.stamp(), actor=request.viewer, stay=stay_id))
        if ended:
            return go(request, reverse("household", args=[home.id]), say="stay_ended")
    facts = {"name": called(spot.name), "door": door_words(spot.door), "day": wording.day(spot.from_on)}
    question = Question(
        question=_("Has %(name)s gone?") % facts,
        say=_("A guest at %(door)s since %(day)s. At home nothing changes.") % facts,
        act=_("Has gone"),
    )
    return ask(request, "plain", home, question, form)
