"""The door that an address in a list names: certain, or none."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from wangge.flows.import_roster.doors import read_door
from wangge.places.rules import building_key

_NUMBER = r"(?:[0-9A-Za-z]+|[〇零一二两三四五六七八九十百]+)"
_BUILDING = re.compile(rf"第?({_NUMBER})(?:栋|幢|座|号楼|#楼?)")
_FLOOR = re.compile(rf"(?<=[栋幢座楼#元门])第?{_NUMBER}[层楼](?={_NUMBER})")
_NUMBERS = re.compile(r"(?<![0-9A-Za-z])[0-9]+(?:[-/][0-9]+){1,2}(?:室|号)?$")


def door_of(address: str, divided: Mapping[str, bool]) -> str:
    """Return the key of the door in an address, empty when there is none for certain.

    ``divided`` tells of the keys of the buildings that are known whether they have units: without one, a door in a
    divided building stays unknown, and two numbers are building and room where there are no units.
    """
    text = _from_building(_plain(address))
    found = re.fullmatch(r"([0-9A-Za-z]+)-([0-9A-Za-z]+)(?:室|号)?", text)
    if found and not divided.get(found[1], True):
        text = f"{found[1]}-0-{found[2]}"
    key, _ = read_door({"door": text})
    if key is None or (not key.group and key.unit == "0" and divided.get(key.building, False)):
        return ""
    return str(key)


def building_of(address: str) -> str:
    """Return the key of the building in an address, empty when it names none."""
    found = _BUILDING.search(_plain(address))
    return building_key(found[0].lstrip("第")) if found else ""


def _plain(address: str) -> str:
    """Return an address in half-width signs without blanks; between numbers a blank parts like a hyphen."""
    return "".join(re.sub(r"(?<=[0-9])\s+(?=[0-9])", "-", normalize("NFKC", address)).split())


def _from_building(text: str) -> str:
    """Return an address from its building on: without the estate before it and the floor in between."""
    found = _BUILDING.search(text)
    if found:
        rest = re.sub(r"^-", "", text[found.end() :])
        rest = re.sub(r"^([0-9A-Za-z]+)-(?=[0-9A-Za-z]+(?:室|号)?$)", r"\1单元", rest)
        return _FLOOR.sub("", f"{found[0]}{rest}")
    plain = _NUMBERS.search(text)
    return plain[0].replace("/", "-") if plain and plain[0].count("-") + plain[0].count("/") else text
