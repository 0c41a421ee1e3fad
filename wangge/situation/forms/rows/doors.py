"""A building's sheet: storeys from the top, stairwells side by side, in each cell a door and how many live there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wangge.access.queries import worker_of
from wangge.access.viewing import Viewer
from wangge.people.queries.listing import HouseholdLine
from wangge.people.queries.sheets import Cell, Floor, Sheet, Unit, building_sheet
from wangge.places.models import Area
from wangge.places.queries import descend
from wangge.places.rules import BUILDING_RANK, Level, natural
from wangge.situation.forms.rows.places import building_words, surroundings
from wangge.surveys.queries import doors_of_day

OBSERVED = frozenset({"home_observation"})
IN_NEED = frozenset({"alone_elderly", "sick", "disabled", "pregnant", "dialysis", "under_14_alone"})
SIGN_OBSERVED, SIGN_IN_NEED, SIGN_NOT_SURVEYED, SIGN_EMPTY = "△", "○", "？", "—"
DOORS_MOST = 10_000
BUILDINGS_MOST = 200


@dataclass(frozen=True, slots=True)
class Storeys:
    """The sheet of one building: stairwells, how many doors each is wide, and the texts from the top storey down."""

    name: str
    community: str
    worker: str
    stairwells: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, ...], ...]
    households: tuple[UUID, ...]


def buildings_below(home: Area) -> list[Area]:
    """Return the building itself, or the buildings of a grid or community, in walking order."""
    if home.rank >= BUILDING_RANK:
        return [home]
    return sorted(descend(home.path, Level.BUILDING), key=lambda row: (row.grid_path, natural(row.name), row.id))


def storeys(*, viewer: Viewer, building: Area, on: date) -> Storeys:
    """Return the sheet of one building as of today's doors."""
    sheet = building_sheet(viewer=viewer, area=building.id)
    today = doors_of_day(viewer=viewer, path=sheet.path, day=on, limit=DOORS_MOST)
    closed = {door.household: door.closed for door in today.doors}
    units = [*sheet.units, *_without_door(sheet)]
    floors = sorted({floor.number for unit in units for floor in unit.floors}, key=_from_the_top)
    widths = [max((len(floor.cells) for floor in unit.floors), default=0) for unit in units]
    worker = worker_of(on=on, inside=building.path)(building.path)
    homes = [home for unit in units for floor in unit.floors for cell in floor.cells for home in cell.households]
    return Storeys(
        name=building_words(building.name, building.kind),
        community=surroundings([building.path])[building.path].community,
        worker=worker[2] if worker else "",
        stairwells=tuple((unit.name, width) for unit, width in zip(units, widths, strict=True) if width),
        rows=tuple(_storey(number, units, widths, closed) for number in floors),
        households=tuple(home.id for home in homes),
    )


def _without_door(sheet: Sheet) -> list[Unit]:
    """Return households without a door as a stairwell of their own, so that nobody is missing from the sheet."""
    if not sheet.loose:
        return []
    cells = (Cell(0, home.door, home.door or "无门牌", (home,)) for home in sheet.loose)
    return [Unit("无门牌", (Floor(None, tuple(cells)),))]


def _from_the_top(number: int | None) -> int:
    return -(number if number is not None else -999)


def _storey(number: int | None, units: list[Unit], widths: list[int], closed: Mapping[UUID, bool]) -> tuple[str, ...]:
    """Return the texts of one storey, the storey first; stairwells that are lower leave theirs empty."""
    texts = [f"{number}层" if number is not None else "无楼层"]
    for unit, width in zip(units, widths, strict=True):
        cells = next((floor.cells for floor in unit.floors if floor.number == number), ())
        said = [_cell(cell, closed) for cell in cells]
        texts += said + [""] * (width - len(said))
    return tuple(texts)


def _cell(cell: Cell, closed: Mapping[UUID, bool]) -> str:
    """Return what stands in the cell of a door: the room, how many people, and signs without names or reasons."""
    people = sum(home.members for home in cell.households)
    signs = _signs(cell.households, people, closed)
    return "\n".join(part for part in (cell.room, f"{people}人" if people else "", signs) if part)


def _signs(homes: tuple[HouseholdLine, ...], people: int, closed: Mapping[UUID, bool]) -> str:
    flags = {flag for home in homes for flag in home.flags}
    asked = bool(homes) and all(closed.get(home.id, False) for home in homes)
    return "".join(
        sign
        for sign, holds in (
            (SIGN_OBSERVED, bool(flags & OBSERVED)),
            (SIGN_IN_NEED, bool(flags & IN_NEED)),
            (SIGN_NOT_SURVEYED, bool(homes) and not asked),
            (SIGN_EMPTY, not people),
        )
        if holds
    )
