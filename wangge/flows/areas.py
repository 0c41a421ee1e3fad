"""Changing the tree of areas, as far as the actor manages it."""

from collections.abc import Sequence

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import commands, queries
from wangge.places.commands import AreaAdded, NewArea


@command
def add_areas(*, stamp: Stamp, actor: Viewer, parent: int, areas: Sequence[NewArea]) -> list[AreaAdded]:
    """Add areas below one that the actor manages; refusals as ``places.commands.add_areas``."""
    _require(actor, parent)
    return commands.add_areas(stamp=stamp, actor=actor, parent=parent, areas=areas)


@command
def rename_area(*, stamp: Stamp, actor: Viewer, area: int, name: str) -> int:
    """Rename an area that the actor manages; refusals as ``places.commands.rename_area``."""
    _require(actor, area)
    return commands.rename_area(stamp=stamp, actor=actor, area=area, name=name)


def _require(actor: Viewer, area: int) -> None:
    """Refuse alike for an area that does not exist and one out of reach."""
    row = queries.area(area)
    if row is None:
        raise Refused("access.forbidden")
    require(actor, "area.manage", row.path)
