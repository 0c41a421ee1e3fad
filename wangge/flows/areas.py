"""Changing the tree of areas, as far as the actor manages it."""

from collections.abc import Sequence
from dataclasses import replace

from django.db.models import F

from wangge.access.models import AccessEpoch
from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.kernel import paths
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places import commands, divisions, queries
from wangge.places.commands import AreaAdded, BuildingSet, NewArea, PathsChanged, Placing
from wangge.places.models import Area
from wangge.places.rules import BuildingPlan, DoorKey, normal_code
from wangge.places.stillness import hold_alone, hold_still
from wangge.surveys.commands import follow_doors
from wangge.surveys.models import DoorDay
from wangge.surveys.round_doors import follow_paths

MANAGE = "area.manage"
DOORS_AT_ONCE = 500
"""Doors that one transaction makes."""


@command
def open_division(*, stamp: Stamp, actor: Viewer, code: str) -> int:
    """Put a shipped division below an area that the actor manages; refusals as ``places.commands.open_division``."""
    known = [one.code for one in divisions.chain(normal_code(code) or "")]
    nearest = Area.objects.filter(code__in=known, retired_at=None).order_by("-rank").first()
    if nearest is None:
        raise Refused("places.area_unknown", code=code)
    require(actor, MANAGE, nearest.path)
    return commands.open_division(stamp=stamp, actor=actor, code=code)


@command
def add_areas(*, stamp: Stamp, actor: Viewer, parent: int, areas: Sequence[NewArea]) -> list[AreaAdded]:
    """Add areas below one that the actor manages; refusals as ``places.commands.add_areas``."""
    hold_still()
    _managed(actor, parent)
    return commands.add_areas(stamp=stamp, actor=actor, parent=parent, areas=areas)


@command
def place_areas(*, stamp: Stamp, actor: Viewer, placings: Sequence[Placing]) -> list[AreaAdded]:
    """Add areas below several that the actor manages; refusals as ``places.commands.place_areas``."""
    hold_still()
    for parent in sorted({placing.parent for placing in placings}):
        _managed(actor, parent)
    return commands.place_areas(stamp=stamp, actor=actor, placings=placings)


@command
def rename_area(*, stamp: Stamp, actor: Viewer, area: int, name: str) -> int:
    """Rename an area that the actor manages; refusals as ``places.commands.rename_area``."""
    _managed(actor, area)
    return commands.rename_area(stamp=stamp, actor=actor, area=area, name=name)


@command
def split_area(
    *, stamp: Stamp, actor: Viewer, area: int, name: str, children: Sequence[int], code: str | None = None
) -> PathsChanged:
    """Split an area below one that the actor manages; refusals as ``places.commands.split_area``."""
    hold_alone()
    _managed_from_above(actor, area)
    done = commands.split_area(stamp=stamp, actor=actor, area=area, name=name, children=children, code=code)
    after_paths_changed(stamp=stamp, actor=actor, path=done.path)
    return done


@command
def merge_areas(*, stamp: Stamp, actor: Viewer, kept: int, gone: int) -> PathsChanged:
    """Merge two areas, both below ones that the actor manages; refusals as ``places.commands.merge_areas``."""
    hold_alone()
    _managed_from_above(actor, kept)
    _managed_from_above(actor, gone)
    done = commands.merge_areas(stamp=stamp, actor=actor, kept=kept, gone=gone)
    after_paths_changed(stamp=stamp, actor=actor, path=done.path)
    return done


@command
def move_area(*, stamp: Stamp, actor: Viewer, area: int, parent: int) -> PathsChanged:
    """Hang an area under another, in areas that the actor manages; refusals as ``places.commands.move_area``."""
    hold_alone()
    _managed_from_above(actor, area)
    _managed(actor, parent)
    done = commands.move_area(stamp=stamp, actor=actor, area=area, parent=parent)
    after_paths_changed(stamp=stamp, actor=actor, path=done.path)
    return done


@command
def retire_area(*, stamp: Stamp, actor: Viewer, area: int) -> int:
    """Give up an area below one that the actor manages; refusals as ``places.commands.retire_area``."""
    hold_alone()
    _managed_from_above(actor, area)
    return commands.retire_area(stamp=stamp, actor=actor, area=area)


@command
def restore_area(*, stamp: Stamp, actor: Viewer, area: int) -> int:
    """Take the giving-up of an area back; refusals as ``places.commands.restore_area``."""
    hold_alone()
    _managed_from_above(actor, area)
    return commands.restore_area(stamp=stamp, actor=actor, area=area)


@command
def set_buildings(*, stamp: Stamp, actor: Viewer, area: int, plans: Sequence[BuildingPlan]) -> list[BuildingSet]:
    """Make or enlarge buildings in an area that the actor manages; refusals as ``places.commands.set_buildings``."""
    hold_still()
    _managed(actor, area)
    return commands.set_buildings(stamp=stamp, actor=actor, area=area, plans=plans)


@command
def ensure_doors(*, stamp: Stamp, actor: Viewer, area: int, keys: Sequence[DoorKey]) -> int:
    """Make the doors that are not there in an area that the actor manages; return how many were made."""
    hold_still()
    home = _managed(actor, area)
    before = queries.counts_inside(home.path).get("dwelling", 0)
    commands.ensure_dwellings(stamp=stamp, actor=actor, area=area, keys=keys)
    return queries.counts_inside(home.path).get("dwelling", 0) - before


def build(*, stamp: Stamp, actor: Viewer, area: int, plans: Sequence[BuildingPlan]) -> tuple[list[BuildingSet], int]:
    """Make buildings with all their doors, at most five hundred doors a transaction; return outcomes and new doors.

    What was made stays when a later step fails; the same call again goes on where it stopped. Not a command itself:
    it carries out several, with keys of their own made from the stamp's.
    """
    outcomes = set_buildings(stamp=stamp, actor=actor, area=area, plans=plans)
    keys = [key for plan in plans for key in plan.door_keys()]
    made = 0
    for start in range(0, len(keys), DOORS_AT_ONCE):
        part = replace(stamp, key=f"{stamp.key[:56]}:{start // DOORS_AT_ONCE + 1}")
        made += ensure_doors(stamp=part, actor=actor, area=area, keys=keys[start : start + DOORS_AT_ONCE])
    return outcomes, made


def after_paths_changed(*, stamp: Stamp, actor: Viewer, path: str) -> None:
    """Let the rooms above follow a change of the tree in ``path``, in the same transaction.

    Registered copies of paths and the stocks have moved already. Door states of rounds and of today go along with
    their households, and every process reads its viewers anew, because what their duties reach has changed.
    """
    follow_paths(path)
    inside = {"household__path__gte": path, "household__path__lt": paths.upper(path)}
    rows = DoorDay.objects.filter(day=stamp.counted_day, **inside).exclude(grid_path=F("household__grid_path"))
    households = list(rows.values_list("household", flat=True))
    if households:
        follow_doors(stamp=stamp, actor=actor, households=households)
    AccessEpoch.objects.get_or_create(only=True)
    AccessEpoch.objects.update(number=F("number") + 1)


def _managed(actor: Viewer, area: int) -> Area:
    """Return an area that the actor manages; refused alike for one that does not exist and one out of reach."""
    row = queries.area(area)
    if row is None:
        raise Refused("access.forbidden")
    require(actor, MANAGE, row.path)
    return row


def _managed_from_above(actor: Viewer, area: int) -> None:
    """Refuse unless the actor manages the area above too: what changes its place changes that one."""
    row = _managed(actor, area)
    opened = queries.installation()
    if opened is not None and paths.contains(row.path, opened.area.path):
        raise Refused("places.area_is_root", name=row.name)
    if not actor.permits(MANAGE, paths.parent(row.path)):
        raise Refused("places.managed_above", name=row.name)
