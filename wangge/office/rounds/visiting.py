"""The form of a visit, and taking a mistaken visit back."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.kernel.ids import uuid7
from wangge.kernel.periods import local_day, zone_of
from wangge.kernel.refused import Refused
from wangge.office.frame import zone
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.places import queries as places
from wangge.privacy.looks import log_look
from wangge.situation.rounds import DoorForm, door_form
from wangge.surveys.commands import record_visits, void_visit
from wangge.surveys.queries import visit_line
from wangge.surveys.queries.rounds import RoundHead, open_rounds_at
from wangge.surveys.rules import REMARKS_LIMIT, DoorState, VisitSeen
from wangge.words import label, say

RECORD = "visit.record"
ORDER = (
    DoorState.DONE, DoorState.NOBODY_HOME, DoorState.GATE_LOCKED, DoorState.REFUSED, DoorState.REVISIT,
    DoorState.VACANT, DoorState.MOVED_AWAY,
)  # fmt: skip


class VisitForm(forms.Form):
    """What a worker found at a door."""

    state = forms.ChoiceField(
        label=gettext_lazy("What did you find?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you found.")},
    )
    seen = forms.MultipleChoiceField(
        label=gettext_lazy("Whom did you see?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    remarks = forms.CharField(
        label=gettext_lazy("Remarks"),
        required=False,
        max_length=REMARKS_LIMIT,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("Only what the next visit needs. No illness, no judgement."),
    )
    at = forms.TimeField(
        label=gettext_lazy("Time of the visit"),
        required=False,
        widget=forms.TimeInput({"type": "time"}),
        help_text=gettext_lazy("Now, when left empty."),
    )
    again = forms.TimeField(
        label=gettext_lazy("Come again today at"), required=False, widget=forms.TimeInput({"type": "time"})
    )

    def __init__(self, *args: Any, door: DoorForm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state, seen = self.fields["state"], self.fields["seen"]
        assert isinstance(state, forms.ChoiceField)
        assert isinstance(seen, forms.MultipleChoiceField)
        state.choices = [(one.value, label("surveys.state", one.value)) for one in ORDER]
        seen.choices = [(str(id_), name or _("no name")) for id_, name in door.members]


@page(RECORD, methods=("GET", "POST"))
def visit_add(request: Desk, household_id: UUID) -> HttpResponse:
    """Record what was found at a door; the same form sent twice is one visit."""
    now = request.stamp().at
    door = door_form(viewer=request.viewer, household=household_id, on=local_day(now, zone()))
    form = VisitForm(request.POST if request.method == "POST" else None, door=door)
    identity = _identity(request)
    rounds = open_rounds_at(viewer=request.viewer, path=door.area_path, day=local_day(now, zone()))
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, door, form.cleaned_data, identity)
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error(None, say(refused))
        else:
            return go(request, _onward(request, door, rounds, form, identity), say="visit_recorded", door=door.door)
    elif request.method != "POST":
        subjects = [id_ for id_, _name in door.members]
        for subject in subjects:
            log_look(
                at=now, viewer_number=request.viewer.number, subject=subject, fields=["name"], purpose="survey",
                channel="desk",
            )  # fmt: skip
    context = {
        "door": door,
        "form": form,
        "identity": identity,
        "rounds": rounds,
        "back": _back(request, door),
        "state_words": label("surveys.state", door.state),
        "area": places.area_by_path(door.grid_path),
    }
    return render(request, "office/rounds/visit.html", context, status=422 if form.errors else 200)


def _onward(request: Desk, door: DoorForm, rounds: Sequence[RoundHead], form: VisitForm, visit: UUID) -> str:
    """Return where to go after a visit: on to the questions of its round where somebody was met, else back."""
    asks = next((head for head in rounds if head.questionnaire is not None), None)
    if asks is None or form.cleaned_data["state"] != DoorState.DONE:
        return _back(request, door)
    try:
        there = reverse("round_fill", args=[asks.id, door.household])
    except NoReverseMatch:
        return _back(request, door)
    return f"{there}?{urlencode({'visit': str(visit), 'back': _back(request, door)})}"


def _identity(request: Desk) -> UUID:
    """Return the visit's own id, made when the form was first shown."""
    try:
        return UUID(request.POST.get("visit", ""))
    except ValueError:
        return uuid7()


def _record(request: Desk, door: DoorForm, said: dict[str, Any], identity: UUID) -> None:
    stamp = request.stamp()
    at = _at(stamp.at, said["at"])
    if at > stamp.at:
        raise Refused("surveys.visit_ahead")
    visit = VisitSeen(
        id=identity,
        household=door.household,
        state=DoorState(said["state"]),
        at=at,
        seen=tuple(UUID(one) for one in said["seen"]),
        remarks=said["remarks"],
        revisit_at=_at(stamp.at, said["again"]) if said["again"] else None,
    )
    outcome = record_visits(stamp=stamp, actor=request.viewer, visits=[visit])[0]
    if outcome.code:
        raise Refused(outcome.code)


def _at(now: datetime, clock: time | None) -> datetime:
    """Return that hour of today's local day, or now."""
    if clock is None:
        return now
    return datetime.combine(local_day(now, zone()), clock, zone_of(zone()))


def _back(request: Desk, door: DoorForm) -> str:
    """Return where to go afterwards: the list of doors the worker came from."""
    area = places.area_by_path(door.grid_path)
    asked = request.POST.get("back") or request.GET.get("back") or ""
    if asked.startswith(("/areas/", "/sweeps/")) and "//" not in asked:
        return asked
    if request.viewer.permits("register.read", door.area_path):
        return reverse("household", args=[door.household])
    return reverse("doors", args=[area.id]) if area else "/"


class VoidForm(forms.Form):
    """Why a visit is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it taken back?"), max_length=200, widget=forms.TextInput({"autocomplete": "off"})
    )


@page(RECORD, methods=("GET", "POST"))
def visit_void(request: Desk, visit_id: UUID) -> HttpResponse:
    """Ask why, then take a mistaken visit out of the day's counts."""
    line = visit_line(viewer=request.viewer, visit=visit_id)
    if line is None:
        raise Http404
    form = VoidForm(request.POST if request.method == "POST" else None)
    refusal = ""
    back = reverse("household", args=[line.household])
    if not request.viewer.permits("register.read", line.path):
        back = "/"
    if request.method == "POST" and form.is_valid():
        try:
            void_visit(stamp=request.stamp(), actor=request.viewer, visit=visit_id, reason=form.cleaned_data["reason"])
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, back, say="visit_voided", door=line.door)
    context = {
        "form": form,
        "refusal": refusal,
        "back": back,
        "question": _("Take this visit back?"),
        "say": _("The visit at %(door)s stays in the history, but counts no more.") % {"door": line.door},
        "keep": _("Keep as it is"),
        "act": _("Take it back"),
    }
    return render(request, "office/rounds/void.html", context, status=422 if form.errors or refusal else 200)
