"""The inside of one community or grid, counted live: doors by building, worker and stairwell."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from wangge.access.queries import worker_of
from wangge.access.viewing import Viewer
from wangge.kernel.paths import upper
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, natural
from wangge.situation.board.shapes import BuildingLine, Change, Patch, WorkerLine
from wangge.surveys.queries import DoorSpot, doors_by_path

Inside = tuple[tuple[BuildingLine, ...], tuple[WorkerLine, ...], tuple[Change, ...]]
NOBODY: tuple[UUID | None, str, str] = (None, "", "")


def inside(viewer: Viewer, area: Area, day: date, since: datetime | None, round: UUID | None) -> Inside:
    """Return buildings, workers, and the stairwells and buildings that were finished since an instant."""
    doors = doors_by_path(viewer=viewer, path=area.path, day=day, round=round)
    rows = Area.objects.filter(path__gte=area.path, path__lt=upper(area.path), rank=BUILDING_RANK, retired_at=None)
    buildings = sorted(rows, key=lambda row: row.path)
    whose = worker_of(on=day, inside=area.path)
    by_building = _by_prefix(doors, [row.path for row in buildings])
    by_worker: dict[tuple[UUID | None, str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    for door in doors:
        count = by_worker[whose(door.path) or NOBODY]
        count[0] += 1
        count[1] += door.closed
        count[2] += door.swept
    lines = []
    for row in buildings:
        within = by_building[row.path]
        done, swept = sum(door.closed for door in within), sum(door.swept for door in within)
        lines.append(BuildingLine(_patch(row), len(within), done, *(whose(row.path) or NOBODY), swept))
    lines.sort(key=lambda line: (natural(line.area.name), line.area.path))
    workers = [WorkerLine(*worker, *counts) for worker, counts in by_worker.items()]
    finished = _finished(lines, by_building, since) if since else ()
    return tuple(lines), tuple(sorted(workers, key=lambda line: (-line.open, line.login))), tuple(finished)


def _patch(row: Area) -> Patch:
    return Patch(row.id, row.code, row.name, row.path, row.level, row.kind)


def _by_prefix(doors: Sequence[DoorSpot], prefixes: Sequence[str]) -> dict[str, list[DoorSpot]]:
    """Return the doors of each area path; the paths are sorted and none lies in another."""
    found: dict[str, list[DoorSpot]] = {path: [] for path in prefixes}
    for door in doors:
        at = bisect_right(prefixes, door.path) - 1
        if at >= 0 and door.path.startswith(prefixes[at]):
            found[prefixes[at]].append(door)
    return found


def _finished(
    lines: Iterable[BuildingLine], by_building: dict[str, list[DoorSpot]], since: datetime
) -> Iterable[Change]:
    """Yield the stairwells, and the buildings without any, in which the last door was closed since an instant."""
    for line in lines:
        units: dict[str, list[DoorSpot]] = defaultdict(list)
        for door in by_building[line.area.path]:
            units[door.unit].append(door)
        for unit, doors in units.items():
            last = max((door.at for door in doors if door.at is not None), default=None)
            if last is not None and last >= since and all(door.closed for door in doors):
                name = unit if len(units) > 1 else ""
                yield Change("stairwell_finished" if name else "building_finished", last, line.area, len(doors), name)
