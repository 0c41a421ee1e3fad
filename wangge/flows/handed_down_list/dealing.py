"""To whom a row of a list is dealt: where its person lives, else where its address lies, else to the list's area."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from wangge.flows.handed_down_list.door import building_of, door_of
from wangge.flows.handed_down_list.register import Known, parts
from wangge.flows.handed_down_list.sheet import ListRow
from wangge.kernel.paths import upper
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, COMMUNITY_RANK, DWELLING_RANK, STAIRWELL_RANK, building_key

_ENDING = re.compile(r"(?:社区|村|小区)?(?:居民委员会|村民委员会|居委会|村委会)?$")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a row goes: an area's path, and the grid's in which it counts."""

    path: str
    grid_path: str


@dataclass(frozen=True, slots=True)
class Ground:
    """The communities, buildings and doors below a list's area, as far as its rows may name them.

    ``divided`` tells of each community and building whether it has units.
    """

    area: Area
    communities: Sequence[tuple[str, Area]]
    buildings: Mapping[tuple[str, str], Area]
    divided: Mapping[str, Mapping[str, bool]]


def survey_ground(area: Area) -> Ground:
    """Load the communities and buildings below an area; three statements."""
    inside = Area.objects.filter(path__gte=area.path, path__lt=upper(area.path), retired_at=None)
    communities = [(one.path, one) for one in inside.filter(rank=COMMUNITY_RANK)]
    if not communities:
        communities = [(area.path, area)]
    with_units = set(inside.filter(rank=STAIRWELL_RANK).values_list("parent", flat=True))
    buildings: dict[tuple[str, str], Area] = {}
    divided: dict[str, dict[str, bool]] = {path: {} for path, _ in communities}
    for one in inside.filter(rank=BUILDING_RANK):
        home = next((path for path, _ in communities if one.path.startswith(path)), None)
        if home is not None:
            key = building_key(one.name)
            buildings[home, key] = one
            divided[home][key] = bool(one.units) or one.id in with_units
    return Ground(area, communities, buildings, divided)


def home_of(ground: Ground, row: ListRow) -> str:
    """Return the path of the community that an address names: the only one there is, or the one whose name it holds."""
    if len(ground.communities) == 1:
        return ground.communities[0][0]
    text = normalize("NFKC", "".join(row.address.split()))
    named = [path for path, one in ground.communities if len(_short(one.name)) >= 2 and _short(one.name) in text]
    return named[0] if len(named) == 1 else ""


def _short(name: str) -> str:
    return _ENDING.sub("", name)


def doors_of(ground: Ground, rows: Sequence[ListRow], homes: Sequence[str]) -> list[str]:
    """Return the key of each row's door, empty where it is not certain."""
    return [door_of(row.address, ground.divided.get(home, {})) for row, home in zip(rows, homes, strict=True)]


def deal(
    ground: Ground, rows: Sequence[ListRow], homes: Sequence[str], doors: Sequence[str], known: Sequence[Known | None]
) -> list[Spot]:
    """Return where each row goes; doors are looked up five hundred at a time."""
    dwellings: dict[tuple[str, str], Spot] = {}
    for part in parts(sorted({door for door in doors if door})):
        found = Area.objects.filter(
            path__gte=ground.area.path, path__lt=upper(ground.area.path), rank=DWELLING_RANK, retired_at=None,
            door__in=part,
        )  # fmt: skip
        for path, grid_path, door in found.values_list("path", "grid_path", "door"):
            home = next((home for home, _ in ground.communities if path.startswith(home)), "")
            dwellings[home, door] = Spot(path, grid_path)
    return [
        Spot(one.path, one.grid_path) if one is not None else _spot(ground, row, home, dwellings.get((home, door)))
        for row, home, door, one in zip(rows, homes, doors, known, strict=True)
    ]


def _spot(ground: Ground, row: ListRow, home: str, dwelling: Spot | None) -> Spot:
    """Return where a row goes whose person the register does not know."""
    if dwelling is not None:
        return dwelling
    building = ground.buildings.get((home, building_of(row.address))) if home else None
    if building is not None:
        return Spot(building.path, building.grid_path)
    area = next((one for path, one in ground.communities if path == home), ground.area)
    return Spot(area.path, area.grid_path or area.path)
