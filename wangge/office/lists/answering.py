"""Answering rows of lists: what waits for somebody, and one row at a time, by one tap and a note."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy

from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.office.listing import PAGE_SIZE, Listing
from wangge.office.lists.looking import draw_entry, known, report_words
from wangge.office.register.surroundings import UNMASK, WRITE, saw, saw_list
from wangge.office.rounds.lists import page_of
from wangge.office.viewing import Desk, area_or_404, go, page
from wangge.people import queries as people
from wangge.people.queries import place_names
from wangge.places import queries as places
from wangge.places.rules import COMMUNITY_RANK
from wangge.privacy.masks import mask_id, mask_phone
from wangge.situation import list_work as situation
from wangge.surveys.commands import record_findings
from wangge.surveys.queries import entries as queries
from wangge.surveys.queries.entries import EntryPage
from wangge.surveys.rules.lists import ANSWER, NOTE_MOST, FindingSeen, ListState, Outcome
from wangge.words import label, say

SHOWN_SECONDS = 60
ORDER = (
    Outcome.ALREADY_SURVEYED, Outcome.WRONG_INFO, Outcome.NEWLY_FOUND, Outcome.NOT_RESIDENT, Outcome.IN_TRANSIT,
    Outcome.PERIOD_OVER, Outcome.NOT_EXPOSED, Outcome.DUPLICATE,
)  # fmt: skip
FIELDS = ("name", "sex", "birth_on", "address")


@page(ANSWER)
def list_work(request: Desk, area_id: int) -> HttpResponse:
    """List the people to be checked, at one's own doors or in the whole area, those due first."""
    area = area_or_404(request.viewer, ANSWER, area_id)
    stamp = request.stamp()
    mine = situation.has_duty(request.viewer, on=stamp.day)
    whole = not mine or request.GET.get("whose") == "all"
    reach = situation.reach_of(request.viewer, path=area.path, on=stamp.day, mine=not whole)
    number = page_of(request.GET)
    rows, total = situation.work(viewer=request.viewer, reach=reach, offset=(number - 1) * PAGE_SIZE)
    saw_list(request, "list_work", area.path, [row.entry.resident or row.entry.id for row in rows], "list")
    drawn = [(row, draw_entry(row.entry, row.place, whole_name=True, answers=True), row.deadline < stamp.at)
             for row in rows]  # fmt: skip
    context = {
        "area": area,
        "rows": Listing(drawn, (), total, number, max(1, -(-total // PAGE_SIZE)), known(request.GET)),
        "mine": mine,
        "whole": whole,
        "whose": "all" if whole else "mine",
        "overdue": sum(late for *_, late in drawn),
    }
    return render(request, "office/lists/work.html", context)


class FindingForm(forms.Form):
    """What became of somebody on a list, and a note."""

    outcome = forms.ChoiceField(
        choices=[(one.value, one.value) for one in Outcome],
        error_messages={
            "required": gettext_lazy("Tap what became of this person."),
            "invalid_choice": gettext_lazy("Tap what became of this person."),
        },
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=NOTE_MOST,
        widget=forms.Textarea({"rows": 2}),
        help_text=gettext_lazy("What the answer should say besides. No illness, no judgement."),
    )


@page(ANSWER, methods=("GET", "POST"))
def list_entry(request: Desk, entry_id: UUID) -> HttpResponse:
    """Show one person of a list beside the register, and record what was found; then go on with the next."""
    stamp = request.stamp()
    seen = queries.entry_page(viewer=request.viewer, entry=entry_id, now=stamp.at)
    form = FindingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        identity = _identity(request)
        finding = FindingSeen(
            id=identity, entry=entry_id, outcome=Outcome(form.cleaned_data["outcome"]), at=stamp.at,
            note=form.cleaned_data["note"],
        )  # fmt: skip
        done = record_findings(stamp=stamp, actor=request.viewer, findings=[finding])[0]
        if not done.code:
            return go(request, _onward(request, seen, finding.outcome), say="finding_recorded")
        form.add_error(None, say(Refused(done.code)))
    saw(request, [seen.entry.resident or entry_id], FIELDS, "list")
    return render(request, "office/lists/entry.html", _context(request, seen, form), status=422 if form.errors else 200)


def _identity(request: Desk) -> UUID:
    """Return the finding's own id, made when the form was first shown."""
    try:
        return UUID(request.POST.get("finding", ""))
    except ValueError:
        return uuid7()


def _onward(request: Desk, seen: EntryPage, outcome: Outcome) -> str:
    """Return where to go after an answer: to register somebody new, else the next person, else the list of them."""
    path = seen.entry.path
    if outcome == Outcome.NEWLY_FOUND and request.viewer.permits(WRITE, path):
        return reverse("list_entry", args=[seen.entry.id])
    if request.POST.get("then") == "stay":
        return reverse("list_entry", args=[seen.entry.id])
    mine = request.POST.get("whose") != "all"
    area = places.area_by_path(seen.entry.grid_path) or places.area(seen.handed.area)
    home = area.path if area else path
    reach = situation.reach_of(request.viewer, path=home, on=request.stamp().day, mine=mine)
    following = situation.next_row(viewer=request.viewer, reach=reach, after=seen.entry.id)
    whose = "" if mine else "?whose=all"
    if following is not None:
        return reverse("list_entry", args=[following]) + whose
    return reverse("list_work", args=[area.pk if area else seen.handed.area]) + whose


@dataclass(frozen=True, slots=True)
class Side:
    """One line of a comparison: what it is, how list and register have it, whether they differ."""

    label: str
    told: str
    known: str
    differs: bool


def _context(request: Desk, seen: EntryPage, form: FindingForm, numbers: tuple[str, str] = ("", "")) -> dict[str, Any]:
    entry, viewer = seen.entry, request.viewer
    told = entry.told
    shown = people.persons(viewer=viewer, ids=[entry.resident] if entry.resident else [])
    person = shown.get(entry.resident) if entry.resident else None
    area = places.area_by_path(entry.grid_path)
    place = place_names([entry.path])[entry.path] or (area.name if area else "")
    asked = queries.asked_about(entry=entry.id, day=request.stamp().day)
    adds = entry.outcome == Outcome.NEWLY_FOUND and person is None and told is not None
    return {
        "area": area,
        "seen": seen,
        "entry": entry,
        "told": told,
        "person": person,
        "place": place,
        "sides": _sides(request, seen, person, numbers) if told else (),
        "proposal": label("lists.proposal", entry.proposal),
        "match": label("lists.match", entry.match),
        "outcome": label("lists.outcome", entry.outcome) if entry.outcome else "",
        "choices": _choices(entry.proposal),
        "codes": [report_words(code) for code in seen.codes],
        "findings": [(one, label("lists.outcome", one.outcome)) for one in seen.findings],
        "others": [(one, label("lists.outcome", one.outcome) if one.outcome else "") for one in seen.others],
        "asked": asked[0] if asked else None,
        "form": form,
        "identity": uuid7(),
        "answerable": seen.handed.state in (ListState.OPEN, ListState.CLOSED) and told is not None,
        "whose": request.POST.get("whose") or request.GET.get("whose") or "mine",
        "may_unmask": bool(told and (told.phones or told.number)) and viewer.permits(UNMASK, entry.path),
        "numbers": numbers,
        "shown_seconds": SHOWN_SECONDS,
        "add": _add(request, seen) if adds else "",
        "mine": viewer.reaches("list.read"),
    }


def _choices(proposal: str) -> list[tuple[str, str, bool]]:
    """Return the outcomes to tap, what is proposed first and marked."""
    ordered = sorted(ORDER, key=lambda one: one.value != proposal)
    return [(one.value, label("lists.outcome", one.value), one.value == proposal) for one in ordered]


def _sides(request: Desk, seen: EntryPage, person: Any, numbers: tuple[str, str]) -> list[Side]:
    """Return the list's and the register's word side by side; numbers are masked unless they were asked for."""
    told, differs = seen.entry.told, set(seen.entry.differs)
    assert told is not None
    number, phones = _register_numbers(request, person)
    said_number, said_phones = numbers if any(numbers) else (
        mask_id(told.number) if told.number else "", "、".join(mask_phone(one) for one in told.phones)
    )  # fmt: skip
    lines = [
        Side(label("people.field", "name"), told.name, person.name if person else "", "name" in differs),
        Side(label("people.field", "id_number"), said_number, number, "id_number" in differs),
        Side(label("people.field", "phones"), said_phones, phones, "phone" in differs),
        Side(label("lists.told", "address"), told.address or told.door, person.door if person else "",
             "address" in differs),
    ]  # fmt: skip
    return [line for line in lines if line.told or line.known]


def _register_numbers(request: Desk, person: Any) -> tuple[str, str]:
    """Return the masked number and telephones that the register has of somebody."""
    if person is None:
        return "", ""
    home = people.household_page(viewer=request.viewer, household=person.household, on=request.stamp().day)
    member = next((one for one in (*home.members, *home.former) if one.id == person.id), None)
    return (member.id_number, "、".join(member.phones)) if member else ("", "")


def _add(request: Desk, seen: EntryPage) -> str:
    """Return where somebody newly found is registered, with what the list says filled in; empty where one may not."""
    told = seen.entry.told
    area = places.area_by_path(seen.entry.grid_path)
    if told is None or area is None or area.rank < COMMUNITY_RANK or not request.viewer.permits(WRITE, area.path):
        return ""
    return reverse("household_add", args=[area.pk]) + f"?entry={seen.entry.id}"


@page(UNMASK, methods=("POST",))
def list_entry_numbers(request: Desk, entry_id: UUID) -> HttpResponse:
    """Show the whole number and telephones that a list has of somebody for a minute; the look is written down first."""
    seen = queries.entry_page(viewer=request.viewer, entry=entry_id, now=request.stamp().at)
    told = seen.entry.told
    if told is None or not request.viewer.permits(UNMASK, seen.entry.path):
        raise Refused("lists.entry_unknown")
    saw(request, [seen.entry.resident or entry_id], (*FIELDS, "id_number", "phones"), "call")
    numbers = (told.number, "、".join(told.phones))
    return render(request, "office/lists/entry.html", _context(request, seen, FindingForm(), numbers))
