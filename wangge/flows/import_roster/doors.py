"""The door in a row: from one column with an address, or from building, unit and room, or group and house."""

import re
from collections.abc import Mapping
from functools import lru_cache

from wangge.flows.import_roster.signs import says_nothing
from wangge.places.addresses import Address, Doubt, parse_address, parse_parts
from wangge.places.rules import DoorKey

PARTS = ("building", "unit", "room", "group", "house")
_BARE = re.compile(r"[0-9]+[号户室]?")
_COUNTED = re.compile(r"[0-9一二两三四五六七八九十]")
"""Words that are left of an address and count something (the second house by the river) may name another door."""
_BEARABLE = frozenset({Doubt.STAIRWELL_OPEN})
"""Whether a building has units is known only once the whole file is read."""


def read_door(texts: Mapping[str, str]) -> tuple[DoorKey | None, str]:
    """Return the door of a row from its cells by field, and the address as it was written.

    An address that names a door is believed; else all cells are read together. None when there is no door for certain;
    the address is empty when nothing was written.
    """
    written = " ".join(texts[field] for field in ("door", *PARTS) if texts.get(field))
    if not written:
        return None, ""
    cells = tuple(texts.get(field, "") for field in ("door", *PARTS))
    return _key(("" if says_nothing(cells[0]) else cells[0]), cells[1:]), written


@lru_cache(maxsize=20_000)
def _key(address: str, parts: tuple[str, ...]) -> DoorKey | None:
    key = key_of_address(parse_address(address)) if address else None
    if key is not None or not any(parts):
        return key
    cells = dict(zip(PARTS, parts, strict=True))
    if _BARE.fullmatch(address):
        # A plain number under the address is the house of a group, or the room of a building.
        for around, inside in (("group", "house"), ("building", "room")):
            if cells[around] and (not cells[inside] or inside == "house"):
                cells[inside], address = address, ""
                break
    found = parse_parts(address=address, **cells)
    return None if address and _COUNTED.search(found.rest) else key_of_address(found)


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
