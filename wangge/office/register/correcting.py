"""Correcting what stands about a resident or a household; when two people did, both values side by side."""

import json
from collections.abc import Mapping, Sequence
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.journal import feed
from wangge.kernel.refused import Refused
from wangge.office import wording
from wangge.office.frame import zone
from wangge.office.register import particulars
from wangge.office.register.family import TAKEN
from wangge.office.register.household import title_of
from wangge.office.register.particulars import Conflict, Typed
from wangge.office.register.surroundings import WRITE, place_of, saw
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people import queries as people
from wangge.people.commands import correct_household, correct_residents
from wangge.people.queries import HouseholdPage, Member
from wangge.people.rules.codes import ADDRESS_LIMIT, NOTE_LIMIT
from wangge.people.rules.wishes import Corrected, Correction, HouseholdCorrection
from wangge.situation.inhabitants import names_by_number
from wangge.words import say

CORRECTED = "people.resident_corrected"
SHOWN = ("name", "sex", "birth_on", "relation", "presence", "guardian")


@page(WRITE, methods=("GET", "POST"))
def resident_correct(request: Desk, resident_id: UUID) -> HttpResponse:
    """Correct a resident; what somebody else changed meanwhile is shown beside what was typed."""
    home, one = _member(request, resident_id)
    if request.method != "POST":
        return _form(request, home, one, particulars.values_of(one))
    sent = particulars.typed(request.POST)
    if not sent.changed:
        return go(request, reverse("household", args=[home.id]), say="nothing_changed")
    try:
        done = _correct(request, home, one, sent)
    except Refused as refused:
        if hides_existence(refused):
            raise
        return _refused(request, home, one, sent, refused)
    if done.conflicts:
        home, one = _member(request, resident_id)
        return _conflict(request, home, one, sent, done)
    return go(request, reverse("household", args=[home.id]), say=_sentence(done))


def _member(request: Desk, resident_id: UUID) -> tuple[HouseholdPage, Member]:
    """Return a living resident whom the viewer may correct, with the household."""
    viewer = request.viewer
    household = people.household_of(viewer=viewer, resident=resident_id)
    home = people.household_page(viewer=viewer, household=household, on=request.stamp().day)
    one = next((member for member in home.members if member.id == resident_id), None)
    if one is None or not viewer.permits(WRITE, home.path):
        raise Http404
    return home, one


def _correct(request: Desk, home: HouseholdPage, one: Member, sent: Typed) -> Corrected:
    phones: Sequence[str] = ()
    if "phones" in sent.changed and one.phones:
        clear = people.unmasked(viewer=request.viewer, household=home.id)
        phones = next((row.phones for row in clear if row.resident == one.id), ())
    correction = Correction(
        resident=one.id,
        values=particulars.wanted(sent, phones),
        seen=sent.clocks,
        number_confirmed=sent.number_confirmed,
    )
    return correct_residents(stamp=request.stamp(), actor=request.viewer, corrections=[correction])[0]


def _sentence(done: Corrected) -> str:
    if done.superseded:
        return "superseded"
    return "corrected_doubts" if done.doubts else "corrected"


def _refused(request: Desk, home: HouseholdPage, one: Member, sent: Typed, refused: Refused) -> HttpResponse:
    """Draw the form again with the fault beside its field; what was shown before stays what was seen."""
    name, words = particulars.fault_of(refused)
    return _form(
        request,
        home,
        one,
        sent.values | sent.mine,
        faults={name: words} if name else {},
        refusal="" if name else words,
        shown=json.dumps({"values": sent.shown, "clocks": sent.clocks}, ensure_ascii=False),
        taken=refused.code == TAKEN or sent.number_confirmed,
        confirmed=sent.number_confirmed,
        other=_household_of(request, str(refused.facts.get("other", ""))) if refused.code == TAKEN else "",
    )


def _household_of(request: Desk, resident: str) -> str:
    try:
        return reverse("household", args=[people.household_of(viewer=request.viewer, resident=UUID(resident))])
    except (Refused, ValueError):
        return ""


def _conflict(request: Desk, home: HouseholdPage, one: Member, sent: Typed, done: Corrected) -> HttpResponse:
    """Draw the form with what stands now, and above it both values of every field that waits."""
    who = _last_writers(home.id, one.id, done.conflicts)
    found = particulars.conflicts_of(one, done.conflicts, sent, who, request.stamp().day)
    return _form(request, home, one, particulars.values_of(one), conflicts=found, saved=bool(done.applied))


def _last_writers(household: UUID, resident: UUID, names: Sequence[str]) -> dict[str, str]:
    """Return who corrected each field last, and when, in words; two statements."""
    lines = [
        line
        for line in feed.history(subject=household)
        if line.kind == CORRECTED and line.facts.get("resident") == str(resident)
    ]
    called = names_by_number(line.actor for line in lines)
    found: dict[str, str] = {}
    for line in lines:
        when = wording.when(line.at, wording.now(), zone())
        for name in line.facts.get("fields", ()):
            if name in names:
                found.setdefault(name, _("%(who)s, %(when)s") % {"who": called.get(line.actor, ""), "when": when})
    return found


def _form(
    request: Desk,
    home: HouseholdPage,
    one: Member,
    values: Mapping[str, str],
    *,
    faults: Mapping[str, str] | None = None,
    conflicts: Sequence[Conflict] = (),
    **more: object,
) -> HttpResponse:
    saw(request, [one.id], SHOWN, "register")
    place = place_of(request.viewer, home.path)
    context = {
        "area": place.area,
        "crumbs": place.crumbs,
        "home": home,
        "one": one,
        "title": title_of(home),
        "entries": particulars.entries(one, values, faults or {}, home.members, request.stamp().day),
        "conflicts": conflicts,
        "shown": particulars.shown_note(one),
        "key": str(uuid4()),
        "back": reverse("household", args=[home.id]),
        **more,
    }
    wrong = bool(faults or conflicts or more.get("refusal"))
    return render(request, "office/register/correct.html", context, status=422 if wrong else 200)


@page(WRITE, methods=("GET", "POST"))
def household_correct(request: Desk, household_id: UUID) -> HttpResponse:
    """Correct the note and the written address of a household."""
    home = people.household_page(viewer=request.viewer, household=household_id, on=request.stamp().day)
    if not request.viewer.permits(WRITE, home.path):
        raise Http404
    values = {"note": home.note, "address": home.address}
    refusal = ""
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip()[:1000] for name in values}
        correction = HouseholdCorrection(home.id, values, seen=dict(home.clocks))
        try:
            correct_household(stamp=request.stamp(), actor=request.viewer, correction=correction)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("household", args=[home.id]), say="corrected")
    place = place_of(request.viewer, home.path)
    context = {
        "area": place.area,
        "crumbs": place.crumbs,
        "home": home,
        "title": title_of(home),
        "values": values,
        "refusal": refusal,
        "most_note": NOTE_LIMIT,
        "most_address": ADDRESS_LIMIT,
        "key": str(uuid4()),
        "back": reverse("household", args=[home.id]),
    }
    return render(request, "office/register/household_correct.html", context, status=422 if refusal else 200)
