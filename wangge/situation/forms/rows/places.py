"""What stands around an address: township, community, grid and building in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from wangge.kernel.paths import ancestors
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, COMMUNITY_RANK, GRID_RANK, GROUP, RANKS, Level

TOWNSHIP_RANK = RANKS[Level.TOWNSHIP]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The names around a path, empty where there is no such level; a grid by its code, if it has one."""

    township: str = ""
    community: str = ""
    grid: str = ""
    building: str = ""


def building_words(name: str, kind: str) -> str:
    """Return a building's name as forms write it: 3栋, 4组; any name that is no number stays."""
    if not name.isdecimal():
        return name
    return f"{name}组" if kind == GROUP else f"{name}栋"


def surroundings(paths: Iterable[str]) -> dict[str, Surroundings]:
    """Return what stands around each of the paths, in one statement."""
    wanted = set(paths)
    above = {one for path in wanted for one in ancestors(path)}
    ranks = (TOWNSHIP_RANK, COMMUNITY_RANK, GRID_RANK, BUILDING_RANK)
    areas = {row.path: row for row in Area.objects.filter(path__in=above, rank__in=ranks, hidden=False)}
    return {path: _around([areas[one] for one in ancestors(path) if one in areas]) for path in wanted}


def _around(above: Iterable[Area]) -> Surroundings:
    by_rank = {row.rank: row for row in above}
    township, community = by_rank.get(TOWNSHIP_RANK), by_rank.get(COMMUNITY_RANK)
    grid, building = by_rank.get(GRID_RANK), by_rank.get(BUILDING_RANK)
    return Surroundings(
        township=township.name if township else "",
        community=community.name if community else "",
        grid=(grid.external_code or grid.code or grid.name) if grid else "",
        building=building_words(building.name, building.kind) if building else "",
    )
