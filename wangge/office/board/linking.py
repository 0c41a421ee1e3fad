"""Where the numbers of a board lead, for whoever looks: empty where they may not read the list."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode

from wangge.access.viewing import Viewer
from wangge.situation.board import OverdueList

READ = "board.read"


@dataclass(frozen=True, slots=True)
class Links:
    """Where the numbers of an area lead."""

    area: str
    doors: str
    open: str
    closed: str
    again: str
    refused: str
    due: str
    visits: str
    seen: str
    residents: str
    households: str


def links_of(viewer: Viewer, area_id: int, path: str, on: date, today: date) -> Links:
    """Return where the numbers of an area lead for this viewer."""
    day = {} if on == today else {"on": on.isoformat()}

    def to(name: str, verb: str, **query: str) -> str:
        if not viewer.permits(verb, path):
            return ""
        asked = urlencode({**query, **day})
        return reverse(name, args=[area_id]) + (f"?{asked}" if asked else "")

    return Links(
        area=to("board", READ),
        doors=to("doors", "visit.read"),
        open=to("doors", "visit.read", state="open"),
        closed=to("doors", "visit.read", state="closed"),
        again=to("doors", "visit.read", state="again"),
        refused=to("doors", "visit.read", state="refused"),
        due=to("doors", "visit.read", state="due"),
        visits=to("visits", "visit.read"),
        seen=to("seen", "register.read"),
        residents=to("residents", "register.read") if on == today else "",
        households=to("households", "register.read") if on == today else "",
    )


def round_links(links: Links, viewer: Viewer, round_id: UUID, area_id: int, path: str) -> Links:
    """Return the ways of an area with those to the doors of a round in place of those of a day."""

    def to(state: str) -> str:
        if not viewer.permits("visit.read", path):
            return ""
        return (
            reverse("sweep_doors", args=[round_id])
            + "?"
            + urlencode({"area": area_id} | ({"state": state} if state else {}))
        )

    return replace(
        links,
        doors=to(""),
        open=to("open"),
        closed=to("closed"),
        again=to("again"),
        refused=to("refused"),
        due=to("due"),
    )


def list_link(viewer: Viewer, name: str, area_id: int, path: str, verb: str, **query: str) -> str:
    """Return the address of a list of an area, empty where the viewer may not read it or the desk has no such list."""
    if not viewer.permits(verb, path):
        return ""
    try:
        return reverse(name, args=[area_id]) + (f"?{urlencode(query)}" if query else "")
    except NoReverseMatch:
        return ""


def way_to(viewer: Viewer, late: OverdueList) -> str:
    """Return the address of a list past its deadline, empty where the viewer may not read it."""
    return reverse("list_one", args=[late.id]) if viewer.permits("list.read", late.path) else ""
