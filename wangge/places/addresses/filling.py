"""From the numbered parts of an address to building, stairwell, floor and room."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from wangge.places.addresses.doubts import Doubt
from wangge.places.addresses.settling import settled
from wangge.places.addresses.tokens import Token

_ROOM = re.compile(r"(?:[A-Z]?[0-9]{3,4}[A-Z]?|[0-9]{1,2}[A-Z][0-9]{2})(?:[-附][0-9A-Z]{1,2})?")
_ROOM_AT_THE_END = re.compile(r"[0-9]{1,2}[A-Z]|S[0-9]{1,3}")
_BUILDING = re.compile(r"[0-9]{0,3}[A-Z]{0,2}[0-9]{0,2}")
_STAIRWELL = re.compile(r"[0-9]{1,2}|[A-Z]")
_CELLAR = re.compile(r"B([1-9])")
_CELLAR_ROOM = re.compile(r"B([1-9])[0-9]{2}")
LONGEST_NUMBER = 8
_JOINED = re.compile(r"[0-9]{5,}")
_LAYERED = {"quarter": "", "lane": "-"}


@dataclass(slots=True)
class Slots:
    """The parts found so far, and why they must be asked."""

    lane: str = ""
    group: str = ""
    quarter: str = ""
    building: str = ""
    stairwell: str = ""
    floor: str = ""
    room: str = ""
    loose: str = ""
    street_number: str = ""
    house: bool = False
    spoken: bool = True
    without_stairwell: bool = False
    villa: bool = False
    doubts: set[Doubt] = field(default_factory=set)

    def claim(self, part: str, value: str) -> None:
        """Set a part; a second one that differs makes the address name several doors."""
        there = getattr(self, part)
        if there and part in _LAYERED:
            value = _LAYERED[part].join((there, value))
        elif there and there != value:
            self.doubts.add(Doubt.SEVERAL)
            return
        setattr(self, part, value)

    @property
    def whole(self) -> bool:
        """Tell whether the parts name a door: a building and a room, or a house."""
        if self.house and not self.room:
            return bool(self.building) and not self.stairwell and not self.floor
        return bool(self.building and self.room) and (self.room[-1] != "户" or bool(self.floor))


def fill(tokens: Sequence[Token]) -> Slots:
    """Return the parts of a run of numbered parts."""
    slots, numbers = Slots(), []
    for token in settled(tokens, slots.doubts):
        if token.doubtful:
            slots.doubts.add(Doubt.LETTER)
        if token.kind in ("bare", "room"):
            numbers.append(token)
        else:
            _claim(slots, token)
    slots.spoken = all(token.kind != "bare" for token in numbers[:-1])
    if any(one.several and _follows(before, one) for before, one in pairwise(tokens)):
        slots.doubts.add(Doubt.SEVERAL)
    if any(_JOINED.search(token.value) or len(token.value) > LONGEST_NUMBER for token in tokens):
        slots.doubts.add(Doubt.JOINED)
    else:
        _fill_numbers(slots, numbers)
    _finish(slots)
    return slots


def _follows(before: Token, token: Token) -> bool:
    numbers = ("bare", "room", "house", "shop")
    return before.kind == token.kind or (before.kind in numbers and token.kind in numbers)


def _claim(slots: Slots, token: Token) -> None:
    """Take a part that says itself what it is."""
    match token.kind:
        case "house":
            slots.claim("building", token.value)
            slots.house = True
        case "shop":
            slots.claim("room", token.value if token.value.startswith("S") else f"S{token.value}")
        case "side":
            slots.claim("room", f"{token.value}户")
        case "villa":
            slots.villa = True
        case "street_number":
            slots.street_number = f"{token.value}号"
        case _:
            slots.claim(token.kind, token.value)


def is_room(number: str) -> bool:
    """Tell whether a number looks like a room's: 501, 1203A, 12B03."""
    return bool(_ROOM.fullmatch(number))


def floor_of(room: str) -> str:
    """Return the floor that a room's number tells, empty when it tells none."""
    found = re.match(r"[A-Z]?([0-9]{1,2})[0-9]{2}(?![0-9])", room)
    return found[1] if found else ""


def _fill_numbers(slots: Slots, numbers: Sequence[Token]) -> None:
    place = _place_of_room(slots, numbers)
    if place is None:
        _fill_small(slots, [token.value for token in numbers], numbers)
        return
    room = numbers[place].value
    if behind := [token for token in numbers[place + 1 :] if token.value != room]:
        if len(behind) > 1 or behind[0].between != "-" or len(behind[0].value) > 2:
            slots.doubts.add(Doubt.SEVERAL)
        else:
            room = f"{room}-{behind[0].value}"
    _fill_before(slots, [token.value for token in numbers[:place]], room)
    slots.claim("room", room)


def _place_of_room(slots: Slots, numbers: Sequence[Token]) -> int | None:
    """Return which number is the room's: what looks like one, else what is called one, else the last with a letter."""
    for place, token in enumerate(numbers):
        if is_room(token.value):
            return place
    for place, token in enumerate(numbers):
        if token.kind == "room":
            return place
    if numbers and _ROOM_AT_THE_END.fullmatch(numbers[-1].value) and (len(numbers) > 1 or slots.building):
        return len(numbers) - 1
    return None


def _fill_before(slots: Slots, values: list[str], room: str) -> None:
    """Deal the numbers before the room to building, stairwell and floor."""
    parts = [part for part in ("building", "stairwell") if not getattr(slots, part)]
    for known in (slots.building, slots.stairwell):
        if known and values and values[0] == known and len(values) > len(parts):
            del values[0]
    if values and len(values) > len(parts) and values[-1] == floor_of(room):
        slots.claim("floor", values.pop())
    if len(values) == 1 and parts == ["building", "stairwell"]:
        slots.claim("building", values[0])
        if not slots.lane:
            slots.doubts.add(Doubt.STAIRWELL_OPEN)
    elif len(values) == len(parts):
        for part, value in zip(parts, values, strict=True):
            slots.claim(part, value)
    elif values:
        slots.doubts.add(Doubt.UNCLEAR)
    _check_sizes(slots, values)


def _check_sizes(slots: Slots, values: Iterable[str]) -> None:
    if slots.stairwell in values and not _STAIRWELL.fullmatch(slots.stairwell):
        slots.doubts.add(Doubt.UNCLEAR)
    if slots.building in values and not _BUILDING.fullmatch(slots.building):
        slots.doubts.add(Doubt.UNCLEAR)


def _fill_small(slots: Slots, values: list[str], numbers: Sequence[Token]) -> None:
    """Deal short numbers, none of which looks like a room's: mostly there is more than one way to read them."""
    if not values:
        return
    cellar = _CELLAR.fullmatch(values[0])
    if cellar and len(values) == 2 and (slots.building or slots.floor == f"-{cellar[1]}"):
        slots.claim("floor", f"-{cellar[1]}")
        slots.claim("room", values[1])
    elif slots.group and not slots.building and len(values) <= 2 and not slots.stairwell:
        slots.building, slots.house = "-".join(values), True
    elif slots.floor and slots.building and len(values) == 1:
        slots.claim("room", values[0])
    elif len(values) == 1 and not slots.building and not slots.stairwell and not slots.floor:
        slots.loose = values[0]
    elif len(values) + bool(slots.building) + bool(slots.stairwell) == 3:
        slots.doubts.add(Doubt.UNCLEAR)
        _fill_before(slots, values[:-1], "")
        slots.claim("room", values[-1])
    else:
        slots.doubts.add(Doubt.UNCLEAR)
        if slots.building and slots.stairwell and len(values) == 2:
            slots.claim("room", "-".join(values))


def _finish(slots: Slots) -> None:
    """Join floor and room where the room is counted on its floor; name what lies below ground and stands alone."""
    if slots.stairwell == "0":
        slots.stairwell, slots.without_stairwell = "", True
    if found := _CELLAR_ROOM.fullmatch(slots.room):
        slots.claim("floor", f"-{found[1]}")
    elif slots.room and slots.floor:
        slots.room = _on_its_floor(slots)
    elif slots.floor.startswith("-") and slots.building:
        slots.room = slots.floor
    elif slots.villa and slots.building and not slots.room and not slots.stairwell:
        slots.room, slots.house = "1", False
    if not slots.whole:
        slots.doubts.add(Doubt.INCOMPLETE)


def _on_its_floor(slots: Slots) -> str:
    floor, room = slots.floor, slots.room
    below = floor.startswith("-")
    if room.isdigit() and len(room) <= 2:
        return f"B{floor[1:]}{room:0>2}" if below else f"{floor}{room:0>2}"
    if len(room) == 1:
        return f"B{floor[1:]}{room}" if below else f"{floor}{room}"
    if below and room.isdigit() and floor_of(room) == floor[1:]:
        return f"B{room}"
    if (told := floor_of(room)) and told != floor:
        slots.doubts.add(Doubt.FLOOR_DIFFERS)
    return room
