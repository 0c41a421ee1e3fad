"""A building as people draw it: stairwells beside each other, floors above each other, a cell for every door."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.people.models import Household
from wangge.people.queries.listing import HouseholdLine, household_lines
from wangge.people.queries.searching import READ
from wangge.people.rules.codes import HouseholdState
from wangge.places.models import Area
from wangge.places.rules import DWELLING_RANK, GROUP, DoorKey, natural


@dataclass(frozen=True, slots=True)
class Cell:
    """One door and the households behind it."""

    dwelling: int
    door: str
    room: str
    households: tuple[HouseholdLine, ...]


@dataclass(frozen=True, slots=True)
class Floor:
    """The doors of one floor of a stairwell, in order; ``number`` is None where doors tell no floor."""

    number: int | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """A stairwell, its highest floor first; ``name`` is empty in a building without stairwells."""

    name: str
    floors: tuple[Floor, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A building or villagers' group with every door and who lives there; ``loose`` households have no door."""

    area: int
    name: str
    path: str
    is_group: bool
    units: tuple[Unit, ...]
    loose: tuple[HouseholdLine, ...]

    @property
    def doors(self) -> int:
        """How many doors there are."""
        return sum(len(floor.cells) for unit in self.units for floor in unit.floors)


def building_sheet(*, viewer: Viewer, area: int) -> Sheet:
    """Return the sheet of a building or villagers' group; refused as unknown outside the viewer's areas."""
    row = scoped(Area, viewer, READ).filter(id=area, retired_at=None).first()
    if row is None:
        raise Refused("places.area_unknown", code=str(area))
    inside = Area.objects.filter(path__gte=row.path, path__lt=upper(row.path), rank=DWELLING_RANK, retired_at=None)
    homes = list(
        scoped(Household, viewer, READ)
        .filter(path__gte=row.path, path__lt=upper(row.path), state=HouseholdState.OPEN)
        .select_related("dwelling")
        .order_by("opened_at", "id")
    )
    by_door: dict[int, list[HouseholdLine]] = defaultdict(list)
    loose: list[HouseholdLine] = []
    for home, line in zip(homes, household_lines(homes), strict=True):
        (by_door[home.dwelling_id] if home.dwelling_id else loose).append(line)
    cells = {door: Cell(door.id, door.door, door.room, tuple(by_door[door.id])) for door in inside}
    return Sheet(row.id, row.name, row.path, row.kind == GROUP, _units(cells), tuple(loose))


def _units(cells: dict[Area, Cell]) -> tuple[Unit, ...]:
    units: dict[str, dict[int | None, list[tuple[DoorKey, Cell]]]] = defaultdict(lambda: defaultdict(list))
    for door, cell in cells.items():
        units["" if door.unit in ("", "0") else door.unit][door.floor].append((door.key(), cell))
    return tuple(
        Unit(name, tuple(_floor(number, floors[number]) for number in sorted(floors, key=_from_the_top)))
        for name, floors in sorted(units.items(), key=lambda pair: natural(pair[0]))
    )


def _from_the_top(number: int | None) -> int:
    return -(number if number is not None else -999)


def _floor(number: int | None, doors: Sequence[tuple[DoorKey, Cell]]) -> Floor:
    return Floor(number, tuple(cell for _, cell in sorted(doors, key=lambda pair: pair[0].order())))


def households_at(*, viewer: Viewer, dwelling: int) -> list[UUID]:
    """Return the open households behind one door."""
    rows = scoped(Household, viewer, READ).filter(dwelling=dwelling, state=HouseholdState.OPEN)
    return list(rows.order_by("opened_at", "id").values_list("id", flat=True))
