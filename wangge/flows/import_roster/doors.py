"""The door in a row: from one column with an address, or from building, unit and room, or group and house."""

from collections.abc import Mapping
from functools import lru_cache

from wangge.flows.import_roster.cells import read_part, says_nothing
from wangge.places.addresses import Address, Doubt, parse_address
from wangge.places.rules import DoorKey

PARTS = ("building", "unit", "room", "group", "house")
_BEARABLE = frozenset({Doubt.STAIRWELL_OPEN})
"""Whether a building has units is known only once the whole file is read."""


def read_door(texts: Mapping[str, str]) -> tuple[DoorKey | None, str]:
    """Return the door of a row from its cells by field, and the address as it was written.

    None when there is none for certain; the address is empty when nothing was written.
    """
    written = " ".join(texts[field] for field in ("door", *PARTS) if texts.get(field))
    for key in (_from_text(texts), _from_building(texts), _from_group(texts)):
        if key is not None:
            return key, written
    return None, written


@lru_cache(maxsize=20_000)
def _parsed(text: str) -> Address:
    return parse_address(text)


def _from_text(texts: Mapping[str, str]) -> DoorKey | None:
    text = texts.get("door", "")
    if says_nothing(text):
        return None
    return key_of_address(_parsed(text))


def key_of_address(address: Address) -> DoorKey | None:
    """Return the door that an address names, None when it is not certain."""
    if address.doubts - _BEARABLE:
        return None
    door = address.door
    around = f"{door.quarter}{door.lane and f'{door.lane}弄'}"
    if address.house and not door.room:
        return DoorKey(door.group, "", door.building, group=True) if door.group and not around else None
    if not door.building or not door.room:
        return None
    building = f"{around}{door.building}".replace("-", ".").replace("/", ".")
    return DoorKey(building, door.stairwell or "0", door.room.replace("/", "."))


def _from_building(texts: Mapping[str, str]) -> DoorKey | None:
    """Return the door of building, unit and room; the room may stand under the address."""
    room_text = texts.get("room") or texts.get("door", "")
    building, unit, room = (read_part(text) for text in (texts.get("building", ""), texts.get("unit", ""), room_text))
    if not building or not room or unit is None:
        return None
    return DoorKey(building, unit or "0", room)


def _from_group(texts: Mapping[str, str]) -> DoorKey | None:
    """Return the door of a villagers' group and house; a plain house number may stand under the address."""
    address = read_part(texts.get("door", ""))
    if address is None:
        return None
    group, house = read_part(texts.get("group", "")), address or read_part(texts.get("house", ""))
    return DoorKey(group, "", house, group=True) if group and house else None
