"""A building as people draw it: stairwells, floors, doors, each with today's state."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wangge.access.queries import worker_of
from wangge.office.register import doors
from wangge.office.register.doors import Pencil, draw
from wangge.office.register.surroundings import READ, WRITE, area_words, door_words, link, place_of, saw_list
from wangge.office.viewing import Desk, area_or_404, page
from wangge.people import queries as people
from wangge.people.queries import Sheet
from wangge.people.queries.listing import HouseholdLine
from wangge.places.rules import BUILDING_RANK
from wangge.surveys.queries import DoorToday, VisitLine, doors_of_day, visits_of

MOST_DOORS = 10_000
VISITS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Beside:
    """One household of the door that is chosen."""

    href: str
    visit: str
    head: str
    members: int
    kind: str
    words: str
    again: datetime | None
    visits: tuple[tuple[VisitLine, str], ...]


@page(READ)
def building(request: Desk, area_id: int) -> HttpResponse:
    """Show a building door by door; ``?door=`` chooses one, ``?state=`` makes the others faint."""
    here = area_or_404(request.viewer, READ, area_id)
    if here.rank < BUILDING_RANK:
        raise Http404
    stamp = request.stamp()
    sheet = people.building_sheet(viewer=request.viewer, area=here.pk)
    today = _today(request, sheet.path, stamp.day)
    saw_list(request, "building", sheet.path, _shown(sheet))
    chosen = request.GET.get("door", "")
    dwelling = int(chosen) if chosen.isdecimal() and len(chosen) < 16 else None
    pencil = Pencil(
        today=today, wanted=request.GET.get("state", ""), chosen=dwelling, now=stamp.received_at, zone=stamp.zone
    )
    place = place_of(request.viewer, here.path, itself=False)
    worker = worker_of(on=stamp.day, inside=here.path)(here.path)
    context = {
        "area": place.area,
        "building": here,
        "heading": area_words(here),
        "sheet": sheet,
        "drawing": draw(sheet, pencil),
        "crumbs": place.crumbs,
        "worker": worker[2] if worker else "",
        "wanted": pencil.wanted,
        "loose": sheet.loose,
        "may_write": request.viewer.permits(WRITE, here.path),
        **_chosen(request, sheet, dwelling, today),
    }
    return render(request, "office/register/building.html", context)


def _today(request: Desk, path: str, day: date) -> dict[UUID, DoorToday]:
    """Return today's doors by household; nothing for somebody who may not read visits."""
    doors_now = doors_of_day(viewer=request.viewer, path=path, day=day, limit=MOST_DOORS)
    return {door.household: door for door in doors_now.doors}


def _shown(sheet: Sheet) -> list[UUID]:
    cells = [cell for unit in sheet.units for floor in unit.floors for cell in floor.cells]
    return [home.id for cell in cells for home in cell.households] + [home.id for home in sheet.loose]


def _chosen(request: Desk, sheet: Sheet, dwelling: int | None, today: dict[UUID, DoorToday]) -> dict[str, object]:
    """Return what stands beside the sheet: the door that is chosen, with its households and their last visits."""
    found = doors.households_at(sheet, dwelling) if dwelling is not None else None
    if found is None:
        return {"door": "", "beside": ()}
    door, homes = found
    return {
        "door": door,
        "door_words": door_words(door),
        "beside": tuple(_beside(request, home, today.get(home.id)) for home in homes),
    }


def _beside(request: Desk, home: HouseholdLine, today: DoorToday | None) -> Beside:
    state = today.state if today else "due"
    visits = visits_of(viewer=request.viewer, household=home.id, limit=VISITS_SHOWN)
    return Beside(
        href=reverse("household", args=[home.id]),
        visit=link("visit_add", home.id) if request.viewer.permits("visit.record", home.path) else "",
        head=home.head,
        members=home.members,
        kind=doors.look(state),
        words=doors.words(state),
        again=today.revisit_at if today and not today.closed else None,
        visits=tuple((visit, doors.words(visit.state)) for visit in visits),
    )
