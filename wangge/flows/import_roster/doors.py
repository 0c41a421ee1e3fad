"""The door in a row: from one column with an address, or from building, unit and room, or group and house."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from wangge.flows.import_roster.cells import read_numeral, read_part, says_nothing
from wangge.places.rules import DoorKey, parse_door

PARTS = ("building", "unit", "room", "group", "house")
_NUMERAL = re.compile(r"[〇零一二两三四五六七八九十百]+")


def read_door(texts: Mapping[str, str]) -> tuple[DoorKey | None, str]:
    """Return the door of a row from its cells by field, and the address as it was written.

    None when there is none for certain; the address is empty when nothing was written.
    """
    written = " ".join(texts[field] for field in ("door", *PARTS) if texts.get(field))
    for key in (_from_text(texts), _from_building(texts), _from_group(texts)):
        if key is not None:
            return key, written
    return None, written


def _from_text(texts: Mapping[str, str]) -> DoorKey | None:
    text = texts.get("door", "")
    if says_nothing(text):
        return None
    narrow = _NUMERAL.sub(_digits, normalize("NFKC", text))
    key = parse_door(narrow)
    return key and DoorKey(_plain(key.building), _plain(key.unit), _plain(key.room), key.group)


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


def _digits(found: re.Match[str]) -> str:
    number = read_numeral(found[0])
    return found[0] if number is None else str(number)


def _plain(part: str) -> str:
    """Return a part of a door without leading noughts; a lone nought stays."""
    return part.lstrip("0") or part[-1:]
