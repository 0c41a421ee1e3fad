"""The door that an address in a list names: certain, or none."""

from collections.abc import Mapping

from wangge.flows.import_roster.doors import read_door
from wangge.places.addresses import parse_address


def door_of(address: str, divided: Mapping[str, bool]) -> str:
    """Return the key of the door in an address, empty when there is none for certain.

    ``divided`` tells of the keys of the buildings that are known whether they have units: without one, a door in a
    divided building stays unknown.
    """
    key, _written = read_door({"door": address})
    if key is None or (not key.group and key.unit == "0" and divided.get(key.building, False)):
        return ""
    if key.group and not key.building.isdecimal() and key.building not in divided:
        return ""  # a house on some street: the list does not say of which place
    return str(key)


def building_of(address: str) -> str:
    """Return the key of the building in an address, empty when it names none."""
    read = parse_address(address)
    return "" if read.house else read.door.building
