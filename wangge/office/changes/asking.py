"""What every question about a change shares: whom it is about, its form, and what a refusal marks in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.kernel.refused import Refused
from wangge.office.register.household import title_of
from wangge.office.register.surroundings import WRITE, place_of, saw
from wangge.office.viewing import Desk, hides_existence
from wangge.people import queries as people
from wangge.people.queries import HouseholdPage, Member
from wangge.people.rules.codes import HouseholdState, Relation
from wangge.words import label, say

DAY_WORDS = gettext_lazy("Write the day as 2020-02-14.")
SHOWN = ("name", "sex", "birth_on", "relation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question's words: the question itself, what will happen, and what its two buttons say.

    An ``open`` question has two honest answers: no button is put forward.
    """

    question: str
    say: str
    act: str
    keep: str = ""
    open: bool = False


def home_for(request: Desk, household_id: UUID, *, shown: bool = True) -> HouseholdPage:
    """Return an open household that the viewer may change; what its page shows of people is logged.

    Refused as unknown outside the viewer's areas, as closed when it is no longer kept.
    """
    people.spot(viewer=request.viewer, household=household_id, verb=WRITE)
    home = people.household_page(viewer=request.viewer, household=household_id, on=request.stamp().day)
    if home.state != HouseholdState.OPEN:
        raise Refused("people.household_closed")
    if shown and request.method != "POST":
        saw(request, [home.id, *(one.id for one in home.members)], SHOWN, "register")
    return home


def member_for(request: Desk, resident_id: UUID, *, former: bool = False) -> tuple[HouseholdPage, Member]:
    """Return a resident whom the viewer may change, with the household; 404 for anybody else.

    ``former`` asks for somebody who has gone. What the page shows is logged.
    """
    household = people.household_of(viewer=request.viewer, resident=resident_id)
    people.spot(viewer=request.viewer, household=household, verb=WRITE)
    home = people.household_page(viewer=request.viewer, household=household, on=request.stamp().day)
    one = next((member for member in (home.former if former else home.members) if member.id == resident_id), None)
    if one is None:
        raise Http404
    if request.method != "POST":
        saw(request, [one.id], SHOWN, "register")
    return home, one


def called(name: str) -> str:
    """Return a name, or that it is not known."""
    return name or _("name not known")


def carried_out(form: forms.Form, act: Callable[[], object], fields: Mapping[str, str] | None = None) -> bool:
    """Carry a wish out; note a refusal in the form at the field that ``fields`` gives for its code.

    A refusal that would tell what exists elsewhere is raised again, unless its code stands in ``fields``.
    """
    try:
        act()
    except Refused as refused:
        at = (fields or {}).get(refused.code)
        if at is None and hides_existence(refused):
            raise
        form.add_error(at if at in form.fields else None, say(refused))
        return False
    return True


def ask(
    request: Desk, template: str, home: HouseholdPage, question: Question, form: forms.Form, **more: Any
) -> HttpResponse:
    """Draw a question about a household; 422 when something in its form has to be put right."""
    place = place_of(request.viewer, home.path)
    faults = form.non_field_errors()
    context = {
        "area": place.area,
        "crumbs": place.crumbs,
        "home": home,
        "title": title_of(home),
        "question": question.question,
        "say": question.say,
        "act": question.act,
        "keep": question.keep or _("Keep as it is"),
        "look": "btn" if question.open else "primary",
        "form": form,
        "refusal": faults[0] if faults else "",
        "back": reverse("household", args=[home.id]),
        **more,
    }
    return render(request, f"office/changes/{template}.html", context, status=422 if form.errors else 200)


def day_field(text: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a local day."""
    return forms.DateField(
        label=text,
        required=required,
        help_text=help_text,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": DAY_WORDS, "invalid": DAY_WORDS},
    )


def relations() -> list[tuple[str, str]]:
    """Return the relations to a head of household, as choices."""
    return [(one.value, label("people.relation", one.value)) for one in Relation]
