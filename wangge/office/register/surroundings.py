"""What the register's pages share: where they stand, what they log before they answer, how doors are written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wangge.access.viewing import Viewer
from wangge.kernel.paths import contains
from wangge.office.viewing import Desk
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, COMMUNITY_RANK, GROUP, Level, parse_door
from wangge.privacy import looks

READ = "register.read"
WRITE = "register.write"
UNMASK = "register.unmask"
FLAG = "flag.write"
TOWNSHIP_RANK = Level.TOWNSHIP.rank


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way from the top to a page; without ``href`` the viewer may not go there."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page stands: the area of its frame, the way to it."""

    area: Area
    crumbs: tuple[Crumb, ...]


def place_of(viewer: Viewer, path: str, *, itself: bool = True) -> Place:
    """Return where a path lies; the frame's area is the lowest community or higher one that the viewer may read.

    ``itself`` says that the area of the path belongs into the way to the page.
    """
    here = places.area_by_path(path)
    if here is None:
        raise Http404
    above = [row for row in places.crumbs(here) if row.rank <= BUILDING_RANK]
    readable = [row for row in above if viewer.permits(READ, row.path)] or [here]
    wide = [row for row in readable if row.rank <= COMMUNITY_RANK]
    shown = [row for row in above if (itself or row.path != path) and (row in readable or row.rank >= TOWNSHIP_RANK)]
    return Place(
        area=wide[-1] if wide else readable[0],
        crumbs=tuple(Crumb(area_words(row), _address(row) if row in readable else "") for row in shown),
    )


def area_words(area: Area) -> str:
    """Return what people call an area: a building named by a number alone is said to be one."""
    if area.rank != BUILDING_RANK:
        return area.name
    return building_words(area.name, is_group=area.kind == GROUP)


def building_words(name: str, *, is_group: bool) -> str:
    """Return what people call a building or villagers' group; a name of letters and digits gets its kind."""
    if not (name.isascii() and name.isalnum()):
        return name
    if is_group:
        return pgettext("villagers", "Group %(name)s") % {"name": name}
    return pgettext("house", "Building %(name)s") % {"name": name}


def _address(area: Area) -> str:
    return reverse("building" if area.rank == BUILDING_RANK else "register", args=[area.pk])


def link(name: str, *args: object) -> str:
    """Return the address of a page that another package brings, empty as long as it does not."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def saw(request: Desk, subjects: Iterable[UUID], fields: Sequence[str], purpose: str) -> None:
    """Write who was shown what about whom, before the answer leaves."""
    looks.log_looks(
        at=request.stamp().received_at,
        viewer_number=request.viewer.number,
        subjects=subjects,
        fields=fields,
        purpose=purpose,
        channel="desk",
    )


def saw_list(request: Desk, what: str, path: str, subjects: Iterable[UUID], purpose: str = "register") -> None:
    """Write which masked list was shown, before the answer leaves."""
    shown = list(subjects)
    looks.log_list(
        at=request.stamp().received_at,
        viewer_number=request.viewer.number,
        what=what,
        path=path,
        count=len(shown),
        digest=looks.list_digest(shown),
        purpose=purpose,
        channel="desk",
    )


def reach_of(viewer: Viewer, inside: str) -> str:
    """Return the first area in which the viewer reads, the one around ``inside`` if there is one; for the log."""
    reaches = viewer.reaches(READ)
    return next((path for path in reaches if inside and contains(path, inside)), reaches[0] if reaches else "")


def door_words(door: str) -> str:
    """Write a door as people say it inside its building: stairwell and room, or group and house number."""
    key = parse_door(door)
    if key is None:
        return door
    if key.group:
        return _("Group %(group)s, no. %(room)s") % {"group": key.building, "room": key.room}
    if key.unit in ("", "0"):
        return _("Room %(room)s") % {"room": key.room}
    return _("Stairwell %(unit)s, %(room)s") % {"unit": key.unit, "room": key.room}
