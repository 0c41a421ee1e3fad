"""Finding the door of an address in a register. A wrong door is never given: what is not certain is asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wangge.places.addresses.doubts import Doubt
from wangge.places.addresses.filling import floor_of
from wangge.places.addresses.parsing import Address, Door


class Verdict(StrEnum):
    """What became of an address: its door, or why there is none."""

    DOOR = "door"
    ASK = "ask"
    UNKNOWN = "unknown"
    ELSEWHERE = "elsewhere"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Finding:
    """The verdict, and the door when it is one."""

    verdict: Verdict
    door: Door | None = None


class Doors:
    """The doors of one place, laid out so that an address is compared only with those of its building."""

    def __init__(self, doors: Iterable[Door]) -> None:
        self._by_building: dict[str, set[Door]] = defaultdict(set)
        for door in doors:
            self._by_building[door.building].add(door)
        self.quarters = frozenset(door.quarter for found in self._by_building.values() for door in found)

    def near(self, wanted: Door) -> list[Door]:
        """Return the doors with this building and room whose other parts agree as far as both sides tell them.

        A stairwell that the address names must be the door's; one that it leaves out may be any.
        """
        return [
            door
            for door in self._by_building.get(wanted.building, ())
            if door.room == wanted.room
            and wanted.stairwell in ("", door.stairwell)
            and all(_agree(mine, theirs) for mine, theirs in zip(wanted[:3], door[:3], strict=True))
        ]

    def on_floors(self, wanted: Door) -> bool:
        """Tell whether what reads as a stairwell may be the floor of a building without stairwells."""
        without = wanted._replace(stairwell="")
        return wanted.stairwell == floor_of(wanted.room) and any(not door.stairwell for door in self.near(without))


def _agree(mine: str, theirs: str) -> bool:
    """Tell whether two names may be one: one is left out, or a lane has its street before it in one of them."""
    if not mine or not theirs or mine == theirs:
        return True
    return mine[-1] == theirs[-1] == "巷" and (mine.endswith(theirs) or theirs.endswith(mine))


_SOFT = frozenset({Doubt.STAIRWELL_OPEN})


def resolve(address: Address, doors: Doors) -> Finding:
    """Return the door that an address names in the register, or say that it must be asked, is unknown or elsewhere."""
    if Doubt.NO_ADDRESS in address.doubts:
        return Finding(Verdict.NONE)
    if address.place and not any(quarter.startswith(address.place) for quarter in doors.quarters):
        return Finding(Verdict.ELSEWHERE)
    if address.doubts - _SOFT:
        return Finding(Verdict.ASK)
    wanted = address.door
    near = doors.near(wanted)
    if wanted in near and all(door == wanted or door.stairwell == wanted.stairwell for door in near):
        return Finding(Verdict.DOOR, wanted)
    if near or (address.house and not address.room) or (address.stairwell and doors.on_floors(wanted)):
        return Finding(Verdict.ASK)
    return Finding(Verdict.UNKNOWN)
