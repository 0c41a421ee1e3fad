"""Reads of the switch."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from wangge.access.viewing import Viewer, require
from wangge.kernel.paths import ancestors
from wangge.situation.comparison.models import Comparison

READ = "board.read"


@dataclass(frozen=True, slots=True)
class Comparing:
    """A comparison that is on: for which area, by whom, why and up to and with which day."""

    area: int
    area_name: str
    path: str
    reason: str
    by: str
    since: datetime
    last_on: date


def comparing(*, viewer: Viewer, path: str, on: date) -> Comparing | None:
    """Return the comparison that is on in an area on a day, its own before one of an area above; one statement."""
    require(viewer, READ, path)
    rows = Comparison.objects.filter(path__in=ancestors(path), ended_at=None, until_on__gt=on)
    row = rows.select_related("area", "begun_by").order_by("-path").first()
    if row is None:
        return None
    last_on = row.until_on - timedelta(days=1)
    return Comparing(row.area_id, row.area.name, row.path, row.reason, row.begun_by.name, row.begun_at, last_on)
