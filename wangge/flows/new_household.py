"""A new household at a door as a clerk writes it down: the door is made when it is not there."""

from dataclasses import replace

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.kernel.paths import ancestors
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.rules.wishes import HouseholdAdded, NewHousehold
from wangge.places.commands import ensure_dwellings
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK, parse_door

WRITE = "register.write"


@command
def add_household_at_door(
    *, stamp: Stamp, actor: Viewer, area: int, door: str, household: NewHousehold
) -> HouseholdAdded:
    """Put a household into the register at a door of an area; an empty ``door`` is a household without one.

    ``area`` is a community, village, grid or building; that of the household is not looked at. Refused for a door
    that cannot be read, an area that is too high, and as ``people.commands.add_households``.
    """
    where = place_at(stamp, actor, area, door)
    return people.add_households(stamp=stamp, actor=actor, households=[replace(household, area=where)])[0]


def place_at(stamp: Stamp, actor: Viewer, area: int, door: str) -> int:
    """Return where a household at a door of an area belongs: its dwelling, made if needed, or without one the area."""
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, WRITE, home.path)
    if home.rank < COMMUNITY_RANK:
        raise Refused("people.area_too_high")
    return _dwelling(stamp, actor, home, door) if door.strip() else home.id


def _dwelling(stamp: Stamp, actor: Viewer, home: Area, door: str) -> int:
    """Return the dwelling of a door in the community or grid of an area."""
    key = parse_door(door)
    if key is None:
        raise Refused("register.door_unreadable")
    patches = Area.objects.filter(path__in=ancestors(home.path), rank__in=(COMMUNITY_RANK, GRID_RANK))
    patch = patches.order_by("-rank").first()
    if patch is None:
        raise Refused("people.area_too_high")
    return ensure_dwellings(stamp=stamp, actor=actor, area=patch.id, keys=[key])[str(key)]
