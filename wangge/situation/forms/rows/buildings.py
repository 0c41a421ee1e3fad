"""Buildings and villagers' groups for a form, with their counts."""

from datetime import date

from wangge.access.viewing import Viewer
from wangge.places.queries import areas_by_id
from wangge.situation.forms.rows.places import building_words, surroundings
from wangge.situation.forms.rules.readable import BuildingRow
from wangge.situation.inhabitants import building_counts


def building_rows(*, viewer: Viewer, path: str, on: date, limit: int = 0) -> list[BuildingRow]:
    """Return the buildings of an area in walking order, grid by grid; with ``limit`` only the first few of them."""
    counts = building_counts(viewer=viewer, path=path, on=on)
    areas = areas_by_id(line.id for line in counts)
    counts = [line for line in counts if line.id in areas]
    counts.sort(key=lambda line: (areas[line.id].grid_path, line.order, line.id))
    if limit:
        counts = counts[:limit]
    around = surroundings(areas[line.id].path for line in counts)
    return [
        BuildingRow(
            id=line.id,
            name=building_words(line.name, areas[line.id].kind),
            township=around[areas[line.id].path].township,
            community=around[areas[line.id].path].community,
            grid=around[areas[line.id].path].grid,
            storeys=areas[line.id].floors,
            stairwells=areas[line.id].units,
            households=line.households,
            people=line.residents,
            worker=line.worker,
        )
        for line in counts
    ]
