"""A family of any size from one screen, and new members of one that is there."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.flows.new_household import add_household_at_door
from wangge.kernel.refused import Refused
from wangge.office.lists.prefilling import filled_from_list
from wangge.office.register import family
from wangge.office.register.family import Row
from wangge.office.register.household import title_of
from wangge.office.register.surroundings import WRITE, place_of
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.people import queries as people
from wangge.people.commands import add_residents
from wangge.people.rules.codes import ADDRESS_LIMIT, NOTE_LIMIT, HouseholdState
from wangge.people.rules.searching import Match
from wangge.people.rules.wishes import Joiner, NewHousehold, NewResident
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, parse_door
from wangge.words import say

NEIGHBOURS_SHOWN = 5


@dataclass(slots=True)
class Sheet:
    """A family's form as it is filled in: where they live, the rows, and what is wrong with each."""

    door: str = ""
    no_door: bool = False
    address: str = ""
    note: str = ""
    second: bool = False
    rows: list[Row] = field(default_factory=list)
    door_fault: str = ""
    refusal: str = ""
    neighbours: tuple[tuple[str, str], ...] = ()

    @property
    def wrong(self) -> bool:
        """Whether anything has to be put right before it can be saved."""
        return bool(self.door_fault or self.refusal or self.neighbours or any(row.faults for row in self.rows))


def _typed(request: Desk) -> Sheet:
    posted = request.POST
    return Sheet(
        door=posted.get("door", "").strip()[:60],
        no_door=posted.get("no_door") == "on",
        address=posted.get("address", "").strip()[:ADDRESS_LIMIT],
        note=posted.get("note", "").strip()[:NOTE_LIMIT],
        second=posted.get("second") == "on",
        rows=family.typed_rows(posted),
    )


@page(WRITE, methods=("GET", "POST"))
def household_add(request: Desk, area_id: int) -> HttpResponse:
    """Register a family at a door of this area; ``?door=`` fills the door in, ``?entry=`` what a list says."""
    here = area_or_404(request.viewer, WRITE, area_id)
    if here.rank < COMMUNITY_RANK:
        raise Refused("people.area_too_high")
    if request.method != "POST":
        door, rows = filled_from_list(request)
        return _family_page(request, here, Sheet(door=request.GET.get("door", door)[:60], rows=rows))
    sheet = _typed(request)
    found = family.read_rows(sheet.rows, family.base_id(request.POST), request.stamp().day)
    _check_door(request, here, sheet)
    if not found:
        sheet.refusal = _("Write down at least one person.")
    if not sheet.wrong:
        answer = _add_family(request, here, sheet, found)
        if answer is not None:
            return answer
    return _family_page(request, here, sheet)


def _check_door(request: Desk, here: Area, sheet: Sheet) -> None:
    """Note what is wrong with the door, and who is registered there already."""
    if sheet.no_door:
        return
    key = parse_door(sheet.door)
    if not sheet.door:
        sheet.door_fault = _("Write the door, or tick that there is none.")
    elif key is None:
        sheet.door_fault = say(Refused("register.door_unreadable"))
    elif not sheet.second:
        community = place_of(request.viewer, here.path).area
        hits = people.search(viewer=request.viewer, text=str(key), inside=community.path).hits
        same = [hit for hit in hits if hit.match == Match.DOOR and hit.door == str(key)]
        sheet.neighbours = tuple(
            (reverse("household", args=[hit.household]), hit.name or _("name not known"))
            for hit in same[:NEIGHBOURS_SHOWN]
        )


def _add_family(
    request: Desk, here: Area, sheet: Sheet, found: Sequence[tuple[Row, NewResident]]
) -> HttpResponse | None:
    """Save the family and go to its page; None when it was refused, which is then noted in the form."""
    new = NewHousehold(
        id=family.base_id(request.POST),
        area=here.pk,
        members=tuple(new for _row, new in found),
        address=sheet.address if sheet.no_door else "",
        note=sheet.note,
    )
    door = "" if sheet.no_door else sheet.door
    try:
        added = add_household_at_door(
            stamp=request.stamp(), actor=request.viewer, area=here.pk, door=door, household=new
        )
    except Refused as refused:
        _note(request, sheet, found, refused)
        return None
    next_one = request.POST.get("then") == "next"
    to = reverse("household_add", args=[here.pk]) if next_one else reverse("household", args=[added.household])
    facts = {"people": str(len(added.residents)), "doubts": str(len(added.doubts))}
    return go(request, to, say="family_added_doubts" if added.doubts else "family_added", **facts)


def _note(request: Desk, sheet: Sheet, found: Sequence[tuple[Row, NewResident]], refused: Refused) -> None:
    """Note a refusal beside the person it is about, else above the form; a hidden area stays hidden."""
    if hides_existence(refused):
        raise refused
    row = family.blame_person(found, refused)
    if row is None:
        sheet.refusal = say(refused)
    elif refused.code == family.TAKEN:
        row.other = _household_of(request, str(refused.facts.get("other", "")))


def _household_of(request: Desk, resident: str) -> str:
    """Return the address of the household of somebody who has the same number, empty for one of this form."""
    try:
        return reverse("household", args=[people.household_of(viewer=request.viewer, resident=UUID(resident))])
    except (Refused, ValueError):
        return ""


def _family_page(request: Desk, here: Area, sheet: Sheet) -> HttpResponse:
    place = place_of(request.viewer, here.path)
    rows = family.draw_rows(sheet.rows)
    context = {
        "area": place.area,
        "here": here,
        "crumbs": place.crumbs,
        "sheet": sheet,
        "rows": rows,
        "pattern": family.pattern(),
        "next_index": family.next_index(rows),
        "base": family.base_id(request.POST),
        "key": str(uuid4()),
        "asks_door": True,
        "heading": _("Register a household"),
        "back": reverse("register", args=[here.pk]),
    }
    return render(request, "office/register/family.html", context, status=422 if sheet.wrong else 200)


@page(WRITE, methods=("GET", "POST"))
def resident_add(request: Desk, household_id: UUID) -> HttpResponse:
    """Add new members to a household."""
    spot = people.spot(viewer=request.viewer, household=household_id, verb=WRITE)
    if spot.state != HouseholdState.OPEN:
        raise Refused("people.household_closed")
    if request.method != "POST":
        return _members_page(request, household_id, Sheet(rows=family.empty_rows(1, first_is_head=False)))
    sheet = _typed(request)
    found = family.read_rows(sheet.rows, family.base_id(request.POST), request.stamp().day)
    if not found:
        sheet.refusal = _("Write down at least one person.")
    if not sheet.wrong:
        joiners = [Joiner(household_id, new) for _row, new in found]
        try:
            added = add_residents(stamp=request.stamp(), actor=request.viewer, residents=joiners)
        except Refused as refused:
            _note(request, sheet, found, refused)
        else:
            doubts = sum(len(one.doubts) for one in added)
            facts = {"people": str(len(added)), "doubts": str(doubts)}
            to = reverse("household", args=[household_id])
            return go(request, to, say="members_added_doubts" if doubts else "members_added", **facts)
    return _members_page(request, household_id, sheet)


def _members_page(request: Desk, household_id: UUID, sheet: Sheet) -> HttpResponse:
    home = people.household_page(viewer=request.viewer, household=household_id, on=request.stamp().day)
    place = place_of(request.viewer, home.path)
    rows = family.draw_rows(sheet.rows, 1)
    context = {
        "area": place.area,
        "crumbs": place.crumbs,
        "sheet": sheet,
        "rows": rows,
        "pattern": family.pattern(),
        "next_index": family.next_index(rows),
        "base": family.base_id(request.POST),
        "key": str(uuid4()),
        "asks_door": False,
        "heading": _("Add members: %(household)s") % {"household": title_of(home)},
        "back": reverse("household", args=[household_id]),
    }
    return render(request, "office/register/family.html", context, status=422 if sheet.wrong else 200)
