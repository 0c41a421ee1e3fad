"""Levels, codes and doors: pure decisions about places."""

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from wangge.places.addresses import Address, Doubt, parse_address


class Level(StrEnum):
    """The levels of the tree, from the province down; village and community are one rank with two words."""

    PROVINCE = "province"
    PREFECTURE = "prefecture"
    COUNTY = "county"
    TOWNSHIP = "township"
    VILLAGE = "village"
    COMMUNITY = "community"
    GRID = "grid"
    BUILDING = "building"
    STAIRWELL = "stairwell"
    DWELLING = "dwelling"

    @property
    def rank(self) -> int:
        """How far down the level stands, 1 for the province."""
        return RANKS[self]


RANKS = {
    Level.PROVINCE: 1,
    Level.PREFECTURE: 2,
    Level.COUNTY: 3,
    Level.TOWNSHIP: 4,
    Level.VILLAGE: 5,
    Level.COMMUNITY: 5,
    Level.GRID: 6,
    Level.BUILDING: 7,
    Level.STAIRWELL: 8,
    Level.DWELLING: 9,
}
COMMUNITY_RANK, GRID_RANK, BUILDING_RANK, STAIRWELL_RANK, DWELLING_RANK = 5, 6, 7, 8, 9
GROUP = "group"
"""The kind of a building-level area that is a villagers' group."""

CODE_LENGTHS = {2: Level.PROVINCE, 4: Level.PREFECTURE, 6: Level.COUNTY, 9: Level.TOWNSHIP, 12: Level.VILLAGE}
FIRST_NUMBER = {
    Level.PREFECTURE: 91, Level.COUNTY: 91, Level.TOWNSHIP: 901, Level.VILLAGE: 200, Level.COMMUNITY: 1, Level.GRID: 1,
    Level.BUILDING: 1,
}  # fmt: skip
DIGITS = {
    Level.PREFECTURE: 2, Level.COUNTY: 2, Level.TOWNSHIP: 3, Level.VILLAGE: 3, Level.COMMUNITY: 3, Level.GRID: 3,
    Level.BUILDING: 5,
}  # fmt: skip
# How many digits of the parent's code a new one begins with, and how long it is with the zeros behind it.
STEMS = {
    Level.PREFECTURE: (2, 12), Level.COUNTY: (4, 12), Level.TOWNSHIP: (6, 12), Level.VILLAGE: (9, 12),
    Level.COMMUNITY: (9, 12), Level.BUILDING: (12, 17),
}  # fmt: skip


def normal_code(text: str) -> str | None:
    """Return a division code with its twelve digits, from 2, 4, 6, 9 or 12 digits; None when it is none."""
    digits = unicodedata.normalize("NFKC", text).strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in CODE_LENGTHS or digits.startswith("00"):
        return None
    return digits.ljust(12, "0")


def level_of_code(code: str) -> Level:
    """Return the level that a twelve-digit division code stands for."""
    for length, level in ((2, Level.PROVINCE), (4, Level.PREFECTURE), (6, Level.COUNTY), (9, Level.TOWNSHIP)):
        if not code[length:].strip("0"):
            return level
    return Level.COMMUNITY if code[9:] < "200" or "400" <= code[9:] < "500" else Level.VILLAGE


# Endings of names that tell the kind of a committee; the longer stand first, because a 社区村民委员会 is a village's.
_VILLAGE_ENDINGS = ("村民委员会", "村委会", "村")
_COMMUNITY_ENDINGS = ("社区居民委员会", "居民委员会", "居委会", "社区", "居")


def level_of_division(code: str, name: str) -> Level:
    """Return the level of a division; between village and community the name wins over the digits."""
    level = level_of_code(code)
    if level.rank == COMMUNITY_RANK:
        plain = re.sub(r"[（(].*", "", name.strip())
        if plain.endswith(_VILLAGE_ENDINGS):
            return Level.VILLAGE
        if plain.endswith(_COMMUNITY_ENDINGS):
            return Level.COMMUNITY
    return level


def clean_code(text: str, level: Level) -> str:
    """Return a code as it is kept: digits of a division, grid or building without blanks and hyphens, else as typed.

    A division's code is written out to its twelve digits.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    digits = re.sub(r"[\s-]", "", plain)
    if level.rank <= COMMUNITY_RANK and normal_code(digits):
        return normal_code(digits) or plain
    return digits if digits.isascii() and digits.isdigit() and len(digits) in (15, 17) else plain


def code_fault(code: str, level: Level) -> str:
    """Return the code of what is wrong with a new area's code, empty when it will do.

    Twelve digits must stand for the level, 15 for a grid and 17 for a building; anything else is an office's own.
    """
    if not (code.isascii() and code.isdigit()):
        return ""
    if len(code) == 12:
        return "" if level_of_code(code).rank == level.rank and normal_code(code) else "places.code_level"
    if len(code) in (15, 17) and level == (Level.GRID if len(code) == 15 else Level.BUILDING):
        stands = code[9:12] != "000" and code[12:].strip("0")
        return "" if stands else "places.code_level"
    return ""


def codes_above(code: str) -> list[str]:
    """Return the twelve-digit codes of the areas above, the province first."""
    lengths = [length for length in (2, 4, 6, 9) if code[length:].strip("0")]
    return [code[:length].ljust(12, "0") for length in lengths]


def next_code(parent: str, level: Level, taken: set[str]) -> str:
    """Return the first code below ``parent`` that was never used; ``KeyError`` for a level without numbering.

    Source: GB/T 2260 and the statistical codes for townships and villages (three digits), the 15- and 17-digit codes
    of ours for grids and buildings, which both hang on the community's twelve digits. Divisions above the village
    that have no official code get numbers from 91 and 901 on, which the state does not give out.
    """
    digits = DIGITS[level]
    cut, length = STEMS.get(level, (len(parent), 0))
    number = FIRST_NUMBER[level]
    while (code := f"{parent[:cut]}{number:0{digits}d}".ljust(length, "0")) in taken:
        number += 1
    return code


@dataclass(frozen=True, slots=True)
class DoorKey:
    """A door by its parts: building, unit ("0" where there are none) and room, or villagers' group and house."""

    building: str
    unit: str
    room: str
    group: bool = False

    def __str__(self) -> str:
        return f"{self.building}/{self.room}" if self.group else f"{self.building}-{self.unit}-{self.room}"

    def order(self) -> tuple[tuple[int, str], ...]:
        """Return a key that sorts doors the way people count them."""
        return tuple(natural(part) for part in (self.building, self.unit, self.room))


def natural(text: str) -> tuple[int, str]:
    """Return a key that sorts 2 before 10 and numbers before words."""
    digits = re.match(r"\d+", text)
    return (int(digits.group()), text) if digits else (10**9, text)


_BUILDING = re.compile(r"第?(.+?)(?:栋|幢|座|号楼|#楼?|楼)\Z")


@lru_cache(maxsize=4096)
def building_key(name: str) -> str:
    """Return the part of a door's key that a building's name gives: 3号楼, 第三栋 and 3 are one building, "3".

    A villagers' group gives its part in the same way: 3组, 第三村民小组 and 3 are one.
    """
    address = parse_address(name)
    whole, quarter, lane = address.doubts <= {Doubt.INCOMPLETE}, address.quarter, address.lane
    number = address.building or address.group
    if whole and number and not (address.stairwell or address.floor or address.room):
        return f"{address.rest}{quarter}{_lane(lane)}{number}".replace("-", ".").replace("/", ".")
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", name))
    found = _BUILDING.match(plain)
    return (found[1] if found else plain).replace("-", ".").replace("/", ".")


def _lane(lane: str) -> str:
    return f"{lane}弄" if lane[-1:].isdigit() else lane


_PART = "[0-9A-Za-z]+"
_URBAN = re.compile(rf"({_PART})-([0-9A-Za-z]{{1,2}})-({_PART})")
_VILLAGE = re.compile(rf"({_PART})/({_PART})")


def parse_door(text: str) -> DoorKey | None:
    """Read a door however it is written (3-2-501, 3栋2单元501, 4/12, 4组12号); None when it is not certain.

    What a key itself looks like is always that key.
    """
    address = parse_address(text)
    if Doubt.NO_ADDRESS in address.doubts:
        return None
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
    if key := door_key(address):
        return key if not address.rest else None
    if found := _URBAN.fullmatch(plain):
        return DoorKey(found[1], found[2], found[3])
    if found := _VILLAGE.fullmatch(plain):
        return DoorKey(found[1], "", found[2], group=True)
    return None


def door_key(address: Address, bearable: Collection[Doubt] = ()) -> DoorKey | None:
    """Return the key of the door that an address names; None when it is doubtful or names no whole door.

    A lane or street of houses is a group like a villagers' group. What the address holds besides (``rest``) is for the
    caller to judge, as are the doubts that the caller can bear.
    """
    door = address.door
    if address.doubts - set(bearable) or not (address.house or door.room):
        return None
    lane = _lane(door.lane)
    if not door.room:
        group = f"{door.group}{lane}".replace("-", ".")
        return DoorKey(group, "", door.building, group=True) if group and not door.quarter else None
    if door.group or not door.building:
        return None
    return DoorKey(f"{door.quarter}{lane}{building_key(door.building)}", door.stairwell or "0", door.room)


def room_number(floor: int, position: int) -> str:
    """Return the usual number of a door: floor, then two digits of its place on the floor."""
    return f"{floor}{position:02d}"


@dataclass(frozen=True, slots=True)
class BuildingPlan:
    """A building by its numbers: stairwells (0 where it has none), floors, doors on each floor of each stairwell."""

    name: str
    units: int
    floors: int
    doors_per_floor: int

    @property
    def doors(self) -> int:
        """How many doors the building has."""
        return max(self.units, 1) * self.floors * self.doors_per_floor

    def door_keys(self) -> list[DoorKey]:
        """Return the doors, stairwell by stairwell from the ground floor up."""
        key = building_key(self.name)
        units = [str(number) for number in range(1, self.units + 1)] or ["0"]
        return [
            DoorKey(key, unit, room_number(floor, position))
            for unit in units
            for floor in range(1, self.floors + 1)
            for position in range(1, self.doors_per_floor + 1)
        ]


MOST_UNITS, MOST_FLOORS, MOST_DOORS_PER_FLOOR = 60, 120, 60


def plan_fault(plan: BuildingPlan) -> str:
    """Return the code of what is wrong with a building's numbers, empty when they will do."""
    if not building_key(plan.name):
        return "places.name_missing"
    if not (0 <= plan.units <= MOST_UNITS and 1 <= plan.floors <= MOST_FLOORS):
        return "places.building_numbers"
    return "" if 1 <= plan.doors_per_floor <= MOST_DOORS_PER_FLOOR else "places.building_numbers"


_SPAN = re.compile(r"(\d{1,4})[-~–—到至](\d{1,4})(\D*)\Z")
MOST_NAMES = 200


def spelled_names(text: str) -> list[str]:
    """Return the names in a line such as ``1-12, 15号楼``, each once; a span of numbers is written out.

    A span that runs backwards or is longer than 200 stays as it was typed.
    """
    names: list[str] = []
    for part in re.split(r"[,，、;；\s]+", unicodedata.normalize("NFKC", text).strip()):
        span = _SPAN.match(part)
        if span and 0 <= int(span[2]) - int(span[1]) < MOST_NAMES:
            names += [f"{number}{span[3]}" for number in range(int(span[1]), int(span[2]) + 1)]
        elif part:
            names.append(part)
    return list(dict.fromkeys(names))


def twice(names: Sequence[str]) -> list[str]:
    """Return the building keys that more than one of the names gives, in order."""
    keys = [building_key(name) for name in names]
    return sorted({key for key in keys if keys.count(key) > 1}, key=natural)


def floor_of(room: str) -> int | None:
    """Return the floor that a room number of three or four digits tells."""
    return int(room[:-2]) if room.isdigit() and len(room) in (3, 4) else None
