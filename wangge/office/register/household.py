"""One household: who lives there, what needs attention, what happened, who looked; numbers only when asked for."""

from collections.abc import Mapping
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wangge.access.queries import worker_of
from wangge.office.lists.of_household import lists_context
from wangge.office.register import doors
from wangge.office.register.persons import Rights, person_lines
from wangge.office.register.surroundings import (
    FLAG,
    READ,
    UNMASK,
    WRITE,
    door_words,
    link,
    place_of,
    saw,
)
from wangge.office.register.timeline import looks_of, timeline
from wangge.office.viewing import Desk, go, page
from wangge.people import queries as people
from wangge.people.queries import Clear, HouseholdPage
from wangge.people.rules.codes import HouseholdState
from wangge.surveys.queries import door_today, last_seen, visits_of
from wangge.words import label

SHOWN_SECONDS = 60
VISITS_READ = 30
MASKED = ("name", "sex", "birth_on", "relation", "presence", "address", "note")
NUMBERS = ("id_number", "phones")
PURPOSES = {
    "call": gettext_lazy("To telephone"),
    "check": gettext_lazy("To check a document"),
    "form": gettext_lazy("To fill in a form for the authority"),
    "other": gettext_lazy("Another reason"),
}
# Actions of a household that other packages bring: URL name and words.
HOUSEHOLD_ACTIONS = (
    ("household_move", gettext_lazy("Move the household")),
    ("household_split", gettext_lazy("Split the household")),
    ("residents_move", gettext_lazy("Move some members")),
    ("household_join", gettext_lazy("Join with another household")),
    ("birth_add", gettext_lazy("Register a newborn")),
)


class PurposeForm(forms.Form):
    """Why somebody wants to see whole numbers."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Why do you need them?"),
        choices=list(PURPOSES.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": gettext_lazy("Choose a reason."),
            "invalid_choice": gettext_lazy("Choose a reason."),
        },
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("Needed only for another reason."),
    )

    def clean(self) -> dict[str, object]:
        """Ask for words where none of the usual reasons fits."""
        given = super().clean() or {}
        if given.get("purpose") == "other" and not str(given.get("words", "")).strip():
            self.add_error("words", _("Say in a few words why."))
        return given


@page(READ)
def household(request: Desk, household_id: UUID) -> HttpResponse:
    """Show a household with numbers and telephones masked."""
    home = _page_of(request, household_id)
    if home.merged_into is not None:
        return go(request, reverse("household", args=[home.merged_into]))
    saw(request, [home.id, *(one.id for one in home.members)], MASKED, "register")
    return render(request, "office/register/household.html", _context(request, home, {}))


@page(UNMASK, methods=("GET", "POST"))
def numbers(request: Desk, household_id: UUID) -> HttpResponse:
    """Ask why somebody wants to see the numbers, then show them for a minute; each person gets a line in the log."""
    home = _page_of(request, household_id)
    place = people.spot(viewer=request.viewer, household=home.id, verb=UNMASK)
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        clear = {one.resident: one for one in people.unmasked(viewer=request.viewer, household=home.id)}
        purpose = form.cleaned_data["purpose"]
        said = form.cleaned_data["words"].strip() if purpose == "other" else ""
        saw(request, [home.id, *clear], (*MASKED, *NUMBERS), f"{purpose}: {said}" if said else purpose)
        return render(request, "office/register/household.html", _context(request, home, clear))
    number = len(home.members)
    question = ngettext("Show the whole numbers of %(n)d person?", "Show the whole numbers of %(n)d people?", number)
    context = {
        "area": place_of(request.viewer, place.path).area,
        "question": question % {"n": number},
        "say": _("This look is written down. Whoever it is about may ask for the list."),
        "form": form,
        "seconds": SHOWN_SECONDS,
        "back": reverse("household", args=[home.id]),
    }
    return render(request, "office/register/numbers.html", context, status=422 if form.errors else 200)


def _page_of(request: Desk, household_id: UUID) -> HouseholdPage:
    return people.household_page(viewer=request.viewer, household=household_id, on=request.stamp().day)


def _context(request: Desk, home: HouseholdPage, clear: Mapping[UUID, Clear]) -> dict[str, object]:
    stamp, viewer = request.stamp(), request.viewer
    place = place_of(viewer, home.path)
    writes = viewer.permits(WRITE, home.path) and home.state == HouseholdState.OPEN
    visits = visits_of(viewer=viewer, household=home.id, limit=VISITS_READ)
    today = door_today(viewer=viewer, household=home.id, day=stamp.day)
    worker = worker_of(on=stamp.day, inside=home.path)(home.path)
    seen = last_seen(viewer=viewer, residents=[one.id for one in home.members])
    rights = Rights(writes=writes, flags=viewer.permits(FLAG, home.path))
    return {
        "area": place.area,
        "crumbs": place.crumbs,
        "home": home,
        "title": title_of(home),
        "today": _today_words(today.state) if today else None,
        "today_at": today.at if today else None,
        "worker": worker[2] if worker else "",
        "members": person_lines(home, on=stamp.day, clear=clear, seen=seen, rights=rights),
        "former": [(one, label("people.state", one.state)) for one in home.former],
        "gaps": [label("people.gap", gap) for gap in home.gaps],
        "timeline": timeline(home, visits),
        "looks": looks_of(home.id) if viewer.permits("looks.read", home.path) else None,
        "writes": writes,
        "unmasked": bool(clear),
        "shown_seconds": SHOWN_SECONDS,
        "may_unmask": viewer.permits(UNMASK, home.path) and bool(home.members),
        "state_words": label("people.state", home.state),
        "visit": link("visit_add", home.id) if viewer.permits("visit.record", home.path) and writes else "",
        "actions": _actions(home) if writes else (),
        "answers": link("household_answers", home.id) if viewer.permits("answer.read", home.path) else "",
        "joinings": [(one, link("joining_undo", one.id)) for one in home.joinings] if writes else (),
        **lists_context(request, home.path, [(one.id, one.name) for one in (*home.members, *home.former)]),
        "has_flags": any(one.flags for one in home.members),
    }


def _today_words(state: str) -> tuple[str, str]:
    return doors.look(state), doors.words(state)


def title_of(home: HouseholdPage) -> str:
    """Return what a household is called: its door, how its place was written, or that it has none."""
    if home.dwelling is not None:
        return door_words(home.door)
    return home.address or _("Household without a door")


def _actions(home: HouseholdPage) -> tuple[tuple[str, object], ...]:
    found = ((link(name, home.id), words) for name, words in HOUSEHOLD_ACTIONS)
    own = (reverse("household_correct", args=[home.id]), gettext_lazy("Correct note and address"))
    return (own, *((href, words) for href, words in found if href))
