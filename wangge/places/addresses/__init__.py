"""Addresses as offices write them: read into parts, compared with a register of doors, asked where they are unclear.

``parse_address`` reads one text, ``parse_parts`` reads cells of columns of their own, ``resolve`` finds the door.
"""

from wangge.places.addresses.doubts import Doubt
from wangge.places.addresses.parsing import Address, Door, parse_address
from wangge.places.addresses.parts import parse_parts
from wangge.places.addresses.resolving import Doors, Finding, Verdict, resolve

__all__ = ["Address", "Door", "Doors", "Doubt", "Finding", "Verdict", "parse_address", "parse_parts", "resolve"]
