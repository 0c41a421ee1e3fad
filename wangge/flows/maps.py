"""Drawing areas, as far as the actor keeps their maps."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import commands, queries
from wangge.places.commands import WantedPoint
from wangge.places.models import Area
from wangge.places.shapes.geometry import Ring

MANAGE = "map.manage"


@command
def set_shape(*, stamp: Stamp, actor: Viewer, area: int, plan: int | None, rings: Sequence[Ring]) -> int:
    """Draw the outline of an area; refusals as ``places.commands.set_shape``."""
    _kept(actor, area)
    return commands.set_shape(stamp=stamp, actor=actor, area=area, plan=plan, rings=rings)


@command
def remove_shape(*, stamp: Stamp, actor: Viewer, area: int, plan: int | None) -> bool:
    """Take the outline of an area away; return whether there was one."""
    _kept(actor, area)
    return commands.remove_shape(stamp=stamp, actor=actor, area=area, plan=plan)


@command
def upload_shapes(*, stamp: Stamp, actor: Viewer, area: int, name: str, content: bytes) -> UUID:
    """Read a file of shapes; refusals as ``places.commands.upload_shapes``."""
    _kept(actor, area)
    return commands.upload_shapes(
        stamp=stamp, actor=actor, area=area, name=name, content=content, account=actor.account_id
    )


@command
def place_shapes(*, stamp: Stamp, actor: Viewer, file: UUID, chosen: Sequence[tuple[int, int]]) -> int:
    """Draw shapes of a file; refusals as ``places.commands.place_shapes``."""
    _file(actor, file)
    return commands.place_shapes(stamp=stamp, actor=actor, file=file, chosen=chosen)


@command
def discard_shapes(*, stamp: Stamp, actor: Viewer, file: UUID) -> bool:
    """Throw away what waits in a file; return whether it was still there."""
    _file(actor, file)
    return commands.discard_shapes(stamp=stamp, actor=actor, file=file)


@command
def set_plan(*, stamp: Stamp, actor: Viewer, area: int, content: bytes) -> int:
    """Give an area a plan to draw on; refusals as ``places.commands.set_plan``."""
    _kept(actor, area)
    return commands.set_plan(stamp=stamp, actor=actor, area=area, content=content)


@command
def remove_plan(*, stamp: Stamp, actor: Viewer, area: int) -> bool:
    """Take the plan of an area away with what is drawn on it; return whether there was one."""
    _kept(actor, area)
    return commands.remove_plan(stamp=stamp, actor=actor, area=area)


@command
def set_point(*, stamp: Stamp, actor: Viewer, point: WantedPoint) -> UUID:
    """Place a point or change it; one that is there stays on the map of its area.

    Refusals as ``places.commands.set_point``.
    """
    there = queries.point(point.uid) if point.uid else None
    if point.uid and there is None:
        raise Refused("places.point_unknown")
    wanted = replace(point, area=there.area, plan=there.plan) if there else point
    _kept(actor, wanted.area)
    return commands.set_point(stamp=stamp, actor=actor, point=wanted)


@command
def remove_point(*, stamp: Stamp, actor: Viewer, point: UUID) -> bool:
    """Take a point off the map; return whether it was still there."""
    there = queries.point(point)
    if there is None:
        raise Refused("places.point_unknown")
    _kept(actor, there.area)
    return commands.remove_point(stamp=stamp, actor=actor, point=point)


def _kept(actor: Viewer, area: int) -> Area:
    """Return an area whose map the actor keeps; refused alike for one that does not exist and one out of reach."""
    row = queries.area(area)
    if row is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, row.path)
    return row


def _file(actor: Viewer, file: UUID) -> None:
    """Refuse unless the file waits in an area whose map the actor keeps."""
    there = queries.staged(file)
    if there is None:
        raise Refused("places.shape_file_unknown")
    _kept(actor, there.area)
