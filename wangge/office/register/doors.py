"""How the states of doors look, and the cells of a building's sheet."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from wangge.kernel.periods import local_day
from wangge.office import wording
from wangge.people.queries import Sheet
from wangge.people.queries.listing import HouseholdLine
from wangge.people.queries.sheets import Cell, Floor
from wangge.surveys.queries import DoorToday
from wangge.words import label

# State of a door > look; the loudest of several households at one door stands for it.
LOOKS = {
    "refused": "stop", "due": "due", "revisit": "wait", "nobody_home": "wait", "gate_locked": "shut", "done": "done",
    "moved_away": "gone", "vacant": "none",
}  # fmt: skip
LOUDNESS = tuple(LOOKS)
NOBODY = "nobody"
# What fits on a door; the whole word is in the list of states and for readers.
SHORT = {
    "refused": pgettext_lazy("on a door", "refused"), "revisit": pgettext_lazy("on a door", "again"),
    "nobody_home": pgettext_lazy("on a door", "nobody"), "gate_locked": pgettext_lazy("on a door", "locked"),
    "moved_away": pgettext_lazy("on a door", "moved"), "vacant": pgettext_lazy("on a door", "vacant"),
    NOBODY: pgettext_lazy("on a door", "empty"),
}  # fmt: skip
WITH_PEOPLE = frozenset({"due", "done"})
AGAIN = frozenset({"revisit", "nobody_home", "gate_locked"})


@dataclass(frozen=True, slots=True)
class DoorCell:
    """One door as it is drawn; ``faint`` when the page shows another state."""

    dwelling: int
    room: str
    state: str
    kind: str
    words: str
    urgent: bool
    spoken: str
    faint: bool
    current: bool


@dataclass(frozen=True, slots=True)
class FloorRow:
    """The doors of one floor; ``words`` names it."""

    words: str
    cells: tuple[DoorCell, ...]


@dataclass(frozen=True, slots=True)
class UnitTable:
    """A stairwell, or the doors of a building that has none; ``width`` is its widest floor, 0 where doors tell none."""

    name: str
    width: int
    floors: tuple[FloorRow, ...]


@dataclass(frozen=True, slots=True)
class Chip:
    """A state with how many doors are in it, to show only those."""

    state: str
    kind: str
    words: str
    count: int
    current: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A building's sheet with today's states, and how many doors stand in each."""

    units: tuple[UnitTable, ...]
    chips: tuple[Chip, ...]
    doors: int
    open: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pencil:
    """What a cell needs beside itself: today's doors by household, the state that is shown, the door that is chosen."""

    today: Mapping[UUID, DoorToday]
    wanted: str
    chosen: int | None
    now: datetime
    zone: str


def draw(sheet: Sheet, pencil: Pencil) -> Drawing:
    """Return the sheet with today's states."""
    units = tuple(
        UnitTable(
            _("Stairwell %(unit)s") % {"unit": unit.name} if unit.name else "",
            0 if all(floor.number is None for floor in unit.floors) else max(len(f.cells) for f in unit.floors),
            tuple(_floor(floor, pencil) for floor in unit.floors),
        )
        for unit in sheet.units
    )
    states = Counter(cell.state for unit in units for floor in unit.floors for cell in floor.cells)
    return Drawing(
        units,
        _chips(states, pencil.wanted),
        sheet.doors,
        sum(number for state, number in states.items() if LOOKS.get(state) in ("stop", "due", "wait", "shut")),
    )


def _chips(states: Counter[str], wanted: str) -> tuple[Chip, ...]:
    order = ("due", "revisit", "nobody_home", "refused", "gate_locked", "moved_away", "vacant", "done", NOBODY)
    return tuple(
        Chip(state, look(state), words(state), states[state], state == wanted) for state in order if states[state]
    )


def look(state: str) -> str:
    """Return how a state is drawn."""
    return LOOKS.get(state, "none")


def words(state: str) -> str:
    """Return a state in words."""
    return _("nobody registered") if state == NOBODY else label("surveys.state", state)


def _floor(floor: Floor, pencil: Pencil) -> FloorRow:
    named = _("Floor %(floor)s") % {"floor": floor.number} if floor.number is not None else ""
    return FloorRow(named, tuple(_cell(cell, pencil) for cell in floor.cells))


def _cell(cell: Cell, pencil: Pencil) -> DoorCell:
    doors = [pencil.today[home.id] for home in cell.households if home.id in pencil.today]
    state = loudest(door.state for door in doors) if cell.households else NOBODY
    members = sum(home.members for home in cell.households)
    again = min((door.revisit_at for door in doors if door.revisit_at and door.state == state), default=None)
    counted = ngettext("%(number)d person", "%(number)d people", members) % {"number": members}
    shown = counted if state in WITH_PEOPLE else str(SHORT.get(state, state))
    if state in AGAIN and again is not None:
        there, today = local_day(again, pencil.zone), local_day(pencil.now, pencil.zone)
        shown = wording.hour(again, pencil.zone) if there == today else wording.day(there, today)
    return DoorCell(
        dwelling=cell.dwelling,
        room=cell.room or cell.door,
        state=state,
        kind=look(state),
        words=shown,
        urgent=state in AGAIN,
        spoken=words(state),
        faint=bool(pencil.wanted) and state != pencil.wanted,
        current=cell.dwelling == pencil.chosen,
    )


def loudest(states: Iterable[str]) -> str:
    """Return the state of several at one door that somebody must see first."""
    return min(states, key=lambda state: LOUDNESS.index(state) if state in LOUDNESS else len(LOUDNESS), default="due")


def households_at(sheet: Sheet, dwelling: int) -> tuple[str, Sequence[HouseholdLine]] | None:
    """Return a door of the sheet and the households behind it, None when it is not on it."""
    for unit in sheet.units:
        for floor in unit.floors:
            for cell in floor.cells:
                if cell.dwelling == dwelling:
                    return cell.door, cell.households
    return None
