"""Finding people and doors: live results below the box of the top line, and the same as a page."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wangge.office.register.surroundings import READ, reach_of, saw_list
from wangge.office.viewing import Desk, page
from wangge.people.queries import Found, Hit
from wangge.people.queries import search as find
from wangge.people.rules.searching import LONGEST
from wangge.words import label

LIVE = 8
FULL = 50
STANDING = frozenset({"living", "open"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the results: a person, or a door with its head of household; ``state`` only when it is not usual."""

    href: str
    name: str
    sex: str
    birth_on: date | None
    door: str
    place: str
    match: str
    state: str


def _lines(found: Found, *, people: bool) -> list[Line]:
    return [_line(hit) for hit in found.hits if (hit.resident is not None) == people]


def _line(hit: Hit) -> Line:
    return Line(
        href=reverse("household", args=[hit.household]),
        name=hit.name,
        sex=hit.sex,
        birth_on=hit.birth_on,
        door=hit.door,
        place=hit.place,
        match=hit.match.value,
        state="" if hit.state in STANDING else label("people.state", hit.state),
    )


def _found(request: Desk, text: str, limit: int) -> dict[str, object]:
    """Search in all of the viewer's areas and log what is going to be shown."""
    found = find(viewer=request.viewer, text=text, limit=limit)
    subjects: list[UUID] = [hit.resident or hit.household for hit in found.hits]
    if text:
        saw_list(request, "search", reach_of(request.viewer, ""), subjects, "search")
    return {
        "text": text,
        "people": _lines(found, people=True),
        "doors": _lines(found, people=False),
        "more": found.more,
    }


@page(READ)
def search(request: Desk) -> HttpResponse:
    """Show who and which doors match ``?q=``; without it, the box alone."""
    text = request.GET.get("q", "").strip()[:LONGEST]
    return render(request, "office/register/search.html", {**_found(request, text, FULL), "limit": FULL})


@page(READ, methods=("POST",))
def hits(request: Desk) -> HttpResponse:
    """Answer the live results; sent as a form, so that names and numbers stay out of addresses."""
    text = request.POST.get("q", "").strip()[:LONGEST]
    if not text:
        return HttpResponse()
    return render(request, "office/register/hits.html", _found(request, text, LIVE))
