"""The page of the wall: one of its faces at a time, each with the way to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from wangge.office.frame import zone
from wangge.office.viewing import Desk, area_or_404, page
from wangge.office.wall.staying import stay, staying
from wangge.situation.wall import Doors, Wall
from wangge.situation.wall import wall as situation
from wangge.words import label

READ = "board.read"
ROTATE_SECONDS = 15
LINES = 13
"""Areas on one face: with more the lines would be smaller than can be read from six metres."""
NAMED_MOST = 9
"""Up to how many signs the silent grids are named beside the doors; more of them have a face of their own."""


@dataclass(frozen=True, slots=True)
class Line:
    """An area on a face: its name, its open doors, and how wide each part of its bar is, in hundredths."""

    name: str
    open: int
    again: float
    rest: float


def wall(request: HttpRequest, area_id: int) -> HttpResponse:
    """Show the wall to whoever is signed in, or has opened it signed in and left it standing."""
    asked = cast(Desk, request)
    signed_in = getattr(request, "viewer", None) is not None
    kept = None if signed_in else staying(request, area_id)
    if kept is not None:
        asked.viewer = kept
    response = _wall(request, area_id)
    if signed_in and response.status_code == 200:
        stay(request, response, asked.viewer, area_id)
    return response


wall.verb = READ  # type: ignore[attr-defined]


@page(READ)
def _wall(request: Desk, area_id: int) -> HttpResponse:
    area = area_or_404(request.viewer, READ, area_id)
    found = situation(viewer=request.viewer, path=area.path, at=request.stamp().at, zone=zone())
    faces = _faces(found)
    wanted = request.GET.get("page", "1")
    at = min(max(int(wanted), 1), len(faces)) if wanted.isdecimal() and len(wanted) < 4 else 1
    held = "hold" in request.GET
    here = reverse("wall", args=[area_id])
    context = {
        "area": area,
        "wall": found,
        "face": faces[at - 1],
        "round_day": found.sweep.day_of(found.day) if found.sweep else 0,
        "pips": [number + 1 == at for number in range(len(faces))],
        "at": at,
        "pages": len(faces),
        "held": held,
        "seconds": ROTATE_SECONDS,
        "quiet": _named(found),
        "next": f"{here}?page={at if held else at % len(faces) + 1}{'&hold=1' if held else ''}",
        "turn": f"{here}?page={at}{'' if held else '&hold=1'}",
        "forward": f"{here}?page={at % len(faces) + 1}",
        "back": f"{here}?page={(at - 2) % len(faces) + 1}",
        "board": reverse("board", args=[area_id]),
    }
    return render(request, "office/wall/wall.html", context)


def _faces(found: Wall) -> list[dict[str, Any]]:
    """Return the faces of the wall in turn: doors by area, silence and late lists, priority groups."""
    number = max(1, -(-len(found.below) // LINES))
    each = max(1, -(-len(found.below) // number))
    faces: list[dict[str, Any]] = [
        {"kind": "doors", "lines": _lines(found.below[start : start + each], found.below)}
        for start in range(0, max(1, len(found.below)), each)
    ]
    if found.silent or found.overdue:
        faces.append({"kind": "silent", "more": found.silent_count - len(found.silent)})
    if found.groups:
        groups = [(label("people.flag", one.reason), one.number) for one in found.groups]
        faces.append({"kind": "groups", "groups": groups[:LINES]})
    return faces


def _named(found: Wall) -> str:
    """Return the names of the silent grids where they have room beside the doors, else nothing."""
    names = " ".join(found.silent)
    return names if found.silent_count == len(found.silent) and len(names) <= NAMED_MOST else ""


def _lines(part: Sequence[Doors], below: Sequence[Doors]) -> list[Line]:
    """Return areas with bars whose length is their open doors, the most open one as long as the space."""
    most = max((one.open for one in below), default=0) or 1
    return [
        Line(one.name, one.open, 100 * min(one.again, one.open) / most, 100 * max(0, one.open - one.again) / most)
        for one in part
    ]
