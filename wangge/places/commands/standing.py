"""Areas that stand, locked for a change."""

from collections.abc import Iterable

from wangge.kernel.refused import Refused
from wangge.places.models import Area


def standing_areas(ids: Iterable[int]) -> dict[int, Area]:
    """Return areas by id, locked; refused when one does not exist or was given up."""
    wanted = sorted(set(ids))
    rows = {row.id: row for row in Area.objects.select_for_update().filter(id__in=wanted).order_by("id")}
    for id_ in wanted:
        if id_ not in rows:
            raise Refused("places.area_unknown", code=str(id_))
        if rows[id_].retired_at is not None:
            raise Refused("places.area_retired", name=rows[id_].name)
    return rows


def standing_area(area: int) -> Area:
    """Return one area that stands, locked."""
    return standing_areas([area])[area]
