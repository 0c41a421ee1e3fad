"""Somebody who moved out or died, and how that is taken back."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wangge.flows import register
from wangge.office.changes.asking import Question, ask, called, carried_out, day_field, member_for
from wangge.office.register.surroundings import WRITE
from wangge.office.viewing import Desk, go, page
from wangge.people.queries import HouseholdPage, Member
from wangge.people.rules.wishes import Departure
from wangge.words import label

MOVED_OUT, DIED = "moved_out", "died"


class LeaveForm(forms.Form):
    """What happened, and on which day."""

    what = forms.ChoiceField(
        label=gettext_lazy("What happened?"),
        widget=forms.RadioSelect,
        choices=((MOVED_OUT, gettext_lazy("Moved out")), (DIED, gettext_lazy("Died"))),
        error_messages={"required": gettext_lazy("Choose what happened.")},
    )
    on = day_field(gettext_lazy("On which day"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.fields["on"].widget.attrs["max"] = today.isoformat()


@page(WRITE, methods=("GET", "POST"))
def resident_leave(request: Desk, resident_id: UUID) -> HttpResponse:
    """Record that somebody moved out of the register's area, or died."""
    home, one = member_for(request, resident_id)
    form = LeaveForm(request.POST or None, today=request.stamp().day)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        leave = register.record_deaths if given["what"] == DIED else register.leave_register
        gone = carried_out(
            form,
            lambda: leave(stamp=request.stamp(), actor=request.viewer, departures=[Departure(one.id, given["on"])]),
            {"people.day_in_future": "on"},
        )
        if gone:
            return go(request, reverse("household", args=[home.id]), say="left")
    question = Question(
        question=_("Is %(name)s no longer here?") % {"name": called(one.name)},
        say=_what_happens(home, one),
        act=_("Record it"),
    )
    return ask(request, "leave", home, question, form)


def _what_happens(home: HouseholdPage, one: Member) -> str:
    """Return what leaving brings with it, in sentences."""
    said = [_("They are counted no more; what is known stays until the response is closed.")]
    if one.flags:
        number = len(one.flags)
        said.append(ngettext("%(n)d flag ends.", "%(n)d flags end.", number) % {"n": number})
    if len(home.members) == 1 and not home.guests:
        said.append(_("Nobody is left then: the household is closed, and its door is due no more."))
    elif one.is_head:
        said.append(_("The household then has no head until one is chosen."))
    said.append(_("It can be taken back at any time."))
    return " ".join(said)


@page(WRITE, methods=("GET", "POST"))
def resident_reinstate(request: Desk, resident_id: UUID) -> HttpResponse:
    """Count somebody again who had moved out or was taken for dead."""
    home, one = member_for(request, resident_id, former=True)
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        back = carried_out(
            form,
            lambda: register.reinstate_resident(stamp=request.stamp(), actor=request.viewer, resident=one.id),
        )
        if back:
            return go(request, reverse("household", args=[home.id]), say="reinstated")
    facts = {"name": called(one.name), "state": label("people.state", one.state), "on": one.state_on or ""}
    question = Question(
        question=_("Count %(name)s again?") % facts,
        say=_("Recorded: %(state)s, %(on)s. They come back to this household. Flags that ended stay ended.") % facts,
        act=_("Count them again"),
    )
    return ask(request, "plain", home, question, form)
