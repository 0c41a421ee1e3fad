"""Reading snapshots: those of an area, and one with its areas and who had reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from wangge.access.viewing import Viewer, require, scoped
from wangge.kernel.refused import Refused
from wangge.situation.cutoffs import measuring
from wangge.situation.cutoffs.indicators import all_of_them
from wangge.situation.cutoffs.lateness import late_after
from wangge.situation.cutoffs.models import Snapshot, SnapshotRow
from wangge.situation.cutoffs.reporting import Report, states
from wangge.situation.cutoffs.rules import Indicator, Reported

READ = "board.read"
PROMPT = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The numbers of one area at a cut-off; ``changes`` lacks what there is nothing to compare with."""

    area: int
    name: str
    path: str
    numbers: Mapping[str, int]
    changes: Mapping[str, int]
    late: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cutoff:
    """One cut-off of an area, taken there or above; ``row`` holds the area's own numbers.

    ``home`` is the area it was taken of, ``tardy`` says that it was taken more than five minutes after its hour.
    """

    snapshot: UUID
    profile: str
    home: int
    home_name: str
    home_path: str
    on: date
    cutoff_at: datetime
    taken_at: datetime
    taken_by: int
    seq: int
    first: bool
    silent: int
    row: Row

    @property
    def tardy(self) -> bool:
        """Whether it was taken later than its hour."""
        return self.taken_at - self.cutoff_at > PROMPT


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotPage:
    """A snapshot: its indicators as they counted, the area's own row, those below, and who has reported by now.

    ``rest`` is what lies on the area itself and in none below; ``since`` what has come after its cut-off though it had
    happened by then, None when a later snapshot says so. A report of an area in ``late`` came after it was taken.
    """

    cutoff: Cutoff
    indicators: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    rest: Row | None
    reports: tuple[Report, ...]
    late: frozenset[int]
    since: Mapping[str, int] | None


def cutoffs(
    *, viewer: Viewer, area: int, path: str, profile: str, offset: int = 0, limit: int = 50
) -> tuple[list[Cutoff], int]:
    """Return the cut-offs in which an area has numbers, the latest first, and how many there are; two statements."""
    require(viewer, READ, path)
    rows = SnapshotRow.objects.filter(area=area, snapshot__profile=profile)
    total = rows.count()
    newest = rows.select_related("snapshot__area", "area").order_by("-snapshot__cutoff_at", "-id")
    return [_cutoff(row) for row in newest[offset : offset + limit]], total


def _cutoff(row: SnapshotRow) -> Cutoff:
    shot = row.snapshot
    return Cutoff(
        snapshot=shot.id,
        profile=shot.profile,
        home=shot.area_id,
        home_name=shot.area.name,
        home_path=shot.area.path,
        on=shot.on,
        cutoff_at=shot.cutoff_at,
        taken_at=shot.taken_at,
        taken_by=shot.taken_by,
        seq=shot.seq,
        first=not row.changes,
        silent=len(shot.silent),
        row=_row(row),
    )


def _row(row: SnapshotRow) -> Row:
    return Row(
        area=row.area_id,
        name=row.area.name,
        path=row.area.path,
        numbers=row.numbers,
        changes=row.changes,
        late=row.late,
    )


def snapshots(*, viewer: Viewer, path: str = "", limit: int = 200) -> list[Cutoff]:
    """Return the latest snapshots that the viewer may see, those of one area and below it if one is given."""
    from wangge.kernel.paths import upper

    shots = scoped(Snapshot, viewer, READ, path_field="area__path")
    if path:
        shots = shots.filter(area__path__gte=path, area__path__lt=upper(path))
    ids = list(shots.order_by("-cutoff_at", "-id").values_list("id", "area")[:limit])
    rows = SnapshotRow.objects.filter(snapshot__in=[id_ for id_, _ in ids]).select_related("snapshot__area", "area")
    found = {row.snapshot_id: _cutoff(row) for row in rows if row.area_id == row.snapshot.area_id}
    return [found[id_] for id_, _ in ids]


def snapshot_page(*, viewer: Viewer, snapshot: UUID) -> SnapshotPage:
    """Return a snapshot with its areas; refused as unknown outside the viewer's areas. Eight statements at most."""
    shots = scoped(Snapshot, viewer, READ, path_field="area__path").select_related("area")
    shot = shots.filter(id=snapshot).first()
    if shot is None:
        raise Refused("cutoffs.snapshot_unknown")
    rows = list(
        scoped(SnapshotRow, viewer, READ, path_field="area__path")
        .filter(snapshot=shot)
        .select_related("snapshot__area", "area")
        .order_by("area__order", "area_id")
    )
    own = next(row for row in rows if row.area_id == shot.area_id)
    below = tuple(_row(row) for row in rows if row.area_id != shot.area_id)
    indicators = _indicators(shot)
    reports = states(shot.area.path, shot.profile, indicators, shot.on)
    since = None if Snapshot.objects.filter(previous=shot).exists() else _since(shot, indicators)
    return SnapshotPage(
        cutoff=_cutoff(own),
        indicators=tuple(indicators),
        rows=below,
        rest=_rest(_row(own), below),
        reports=tuple(reports),
        late=frozenset(one.area for one in reports if _came_late(one, shot)),
        since=since,
    )


def _indicators(shot: Snapshot) -> list[Indicator]:
    """Return the indicators of a snapshot, in the order of its set, under the names they have now."""
    known = all_of_them()
    order = {code: place for place, code in enumerate(known)}
    return [
        known[code] for code in sorted(shot.versions, key=lambda code: order.get(code, len(order))) if code in known
    ]


def _since(shot: Snapshot, indicators: Sequence[Indicator]) -> Mapping[str, int]:
    late = measuring.whole(late_after(shot, shot.area.path, indicators), indicators)
    return {code: value for code, value in late.items() if value}


def _came_late(report: Report, shot: Snapshot) -> bool:
    return report.area in shot.silent and report.state != Reported.SILENT


def _rest(own: Row, below: Sequence[Row]) -> Row | None:
    """Return what is counted on the area itself: households that hang on no grid; None when all of it lies below."""
    if not below:
        return None
    numbers = {code: value - sum(row.numbers.get(code, 0) for row in below) for code, value in own.numbers.items()}
    return replace(own, numbers=numbers, changes={}, late={}) if any(numbers.values()) else None
