"""Reads of cut-offs: figures of an area on a day, snapshots, who has reported, the list behind each number."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Q

from wangge.access.viewing import Viewer, require
from wangge.situation.cutoffs import measuring
from wangge.situation.cutoffs.behind import Flagged, days_behind, opens
from wangge.situation.cutoffs.indicators import current
from wangge.situation.cutoffs.looking import Cutoff, Row, SnapshotPage, cutoffs, snapshot_page, snapshots
from wangge.situation.cutoffs.models import SnapshotRow
from wangge.situation.cutoffs.reporting import Report, reports
from wangge.situation.cutoffs.rules import Figure, Indicator

__all__ = [
    "Cutoff",
    "Figure",
    "Flagged",
    "Report",
    "Row",
    "SnapshotPage",
    "cutoffs",
    "days_behind",
    "figures",
    "opens",
    "reports",
    "snapshot_page",
    "snapshots",
]

READ = "board.read"
ROWS_LOOKED_AT = 60


def figures(
    *, viewer: Viewer, path: str, indicators: Sequence[str], on: date, today: date | None = None
) -> dict[str, Figure]:
    """Return each indicator of an area on a local day: what stood at its last cut-off, else what stands now.

    The change is against the last cut-off of a day before, never recomputed; None when there was none. Stock is None
    for what is not asked: an indicator without a source or that nobody knows, or a day that is over (``today`` is
    later) without a cut-off. Four statements at most; refused where the board may not be read.
    """
    require(viewer, READ, path)
    known = current()
    asked = [known[code] for code in indicators if code in known and known[code].source]
    if not asked:
        return {code: Figure(code, None, None) for code in indicators}
    rows = SnapshotRow.objects.filter(area__path=path).select_related("snapshot")
    newest = ("-snapshot__cutoff_at", "-id")
    of_day = _latest(rows.filter(snapshot__on=on).order_by(*newest))
    before = _latest(rows.filter(_holds(asked), snapshot__on__lt=on).order_by(*newest)[:ROWS_LOOKED_AT])
    live: Mapping[str, int] = {}
    missing = [one for one in asked if one.code not in of_day]
    if missing and (today is None or today <= on):
        live = measuring.whole(measuring.measure(path, missing, on).by_path, missing)
    return {code: _figure(code, {**live, **of_day}, before) for code in indicators}


def _holds(asked: Iterable[Indicator]) -> Q:
    return Q(numbers__has_any_keys=[one.code for one in asked])


def _latest(rows: Iterable[SnapshotRow]) -> dict[str, int]:
    """Return the number of each indicator in the first of the rows that holds it."""
    found: dict[str, int] = {}
    for row in rows:
        found = {**row.numbers, **found}
    return found


def _figure(code: str, stocks: Mapping[str, int], before: Mapping[str, int]) -> Figure:
    stock = stocks.get(code)
    compared = stock is not None and code in before
    return Figure(code, stock, stock - before[code] if stock is not None and compared else None)
