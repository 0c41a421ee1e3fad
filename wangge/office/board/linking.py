"""Where the numbers of a board lead, for whoever looks: empty where they may not read the list."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
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


def without_doors(links: Links) -> Links:
    """Return the ways of an area without those to the doors of a day: the numbers beside them are of a round."""
    return replace(links, doors="", open="", closed="", again="", refused="", due="")


def list_link(viewer: Viewer, name: str, area_id: int, path: str, verb: str, **query: str) -> str:
    """Return the address of a list of an area, empty where the viewer may not read it."""
    if not viewer.permits(verb, path):
        return ""
    return reverse(name, args=[area_id]) + (f"?{urlencode(query)}" if query else "")


def way_to(viewer: Viewer, late: OverdueList) -> str:
    """Return the address of a list past its deadline, empty where the viewer may not read it."""
    return reverse("list_one", args=[late.id]) if viewer.permits("list.read", late.path) else ""
