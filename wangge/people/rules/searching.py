"""Telling what somebody searches for from the text itself."""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any
from unicodedata import normalize

from wangge.kernel.identity import clean_number, read_identity
from wangge.people.rules.particulars import normal_phone
from wangge.places.rules import parse_door

LONGEST = 60
MOST_INITIALS = 6


class Match(StrEnum):
    """Why somebody was found."""

    NUMBER = "number"
    PHONE = "phone"
    LAST_FOUR_NUMBER = "last_four_number"
    LAST_FOUR_PHONE = "last_four_phone"
    DOOR = "door"
    NAME = "name"
    INITIALS = "initials"
    PINYIN = "pinyin"


@dataclass(frozen=True, slots=True)
class Probe:
    """One way to look: by what, and the value in its stored form; ``whole`` when the value must match entirely."""

    match: Match
    value: str
    whole: bool = False


_LAST_FOUR = re.compile(r"[0-9]{3}[0-9X]")
_DIGITS = re.compile(r"[0-9]{1,4}")
_PART_OF_DOOR = re.compile(r"([0-9A-Za-z]+)(?:-([0-9A-Za-z]+))?(-)?")
_PART_OF_HOUSE = re.compile(r"([0-9A-Za-z]+)/([0-9A-Za-z]*)")
_SPOKEN_BUILDING = re.compile(r"第?([0-9A-Za-z]+)(?:栋|幢|座|号楼|#楼?)(?:第?([0-9A-Za-z]+)(?:单元|门))?")
_SPOKEN_GROUP = re.compile(r"第?([0-9]+)(?:组|村民小组)([0-9]*)")


def probes(text: str) -> tuple[Probe, ...]:
    """Return the ways in which the text is looked for, the surest first; nothing for an empty text.

    A whole number or telephone is exact; four digits are the last four of either, and part of a door; Latin letters
    are initials or pinyin; everything else begins a name.
    """
    plain = normalize("NFKC", text).strip()[:LONGEST]
    if not plain:
        return ()
    if found := _exact(plain):
        return found
    found = _last_four(plain) + _doors(plain)
    if found:
        return found
    letters = re.sub(r"[\s'’]", "", plain)
    if letters.isascii() and letters.isalpha():
        return _latin(letters.lower())
    return tuple(Probe(Match.NAME, name) for name in spellings(re.sub(r"\s", "", plain)))


def spellings(name: str) -> tuple[str, ...]:
    """Return a name as written, then in simplified and in traditional characters where that differs."""
    if name.isascii():
        return (name,)
    simplified = _converter("t2s").convert(name)
    return tuple(dict.fromkeys((name, simplified, _converter("s2t").convert(simplified))))


@cache
def _converter(way: str) -> Any:
    from opencc import OpenCC  # its tables are loaded only where a name is searched

    return OpenCC(way)


def _exact(plain: str) -> tuple[Probe, ...]:
    phone = normal_phone(plain)
    if phone is not None:
        return (Probe(Match.PHONE, phone, whole=True),)
    number = clean_number(plain)
    if len(number) >= 7 and number.isascii() and number.isalnum() and sum(sign.isdigit() for sign in number) >= 6:
        return (Probe(Match.NUMBER, read_identity(number).normal or number, whole=True),)
    return ()


def _last_four(plain: str) -> tuple[Probe, ...]:
    four = plain.upper()
    if not _LAST_FOUR.fullmatch(four):
        return ()
    number = (Probe(Match.LAST_FOUR_NUMBER, four, whole=True),)
    return number if four.endswith("X") else (*number, Probe(Match.LAST_FOUR_PHONE, four, whole=True))


def _doors(plain: str) -> tuple[Probe, ...]:
    door = parse_door(plain)
    if door is not None:
        return (Probe(Match.DOOR, str(door), whole=not door.group),)
    narrow = re.sub(r"\s", "", plain)
    if _DIGITS.fullmatch(narrow):
        return (Probe(Match.DOOR, f"{narrow}-"), Probe(Match.DOOR, f"{narrow}/"))
    return _parts_of_doors(narrow)


def _parts_of_doors(narrow: str) -> tuple[Probe, ...]:
    """Return the probes for a building, a stairwell or a villagers' group without its door."""
    if (part := _PART_OF_DOOR.fullmatch(narrow)) and (part[2] or part[3]) and narrow[0].isdigit():
        return (Probe(Match.DOOR, narrow if part[3] else f"{narrow}-"),)
    if house := _PART_OF_HOUSE.fullmatch(narrow):
        return (Probe(Match.DOOR, f"{house[1]}/{house[2]}"),)
    if spoken := _SPOKEN_BUILDING.fullmatch(narrow):
        return (Probe(Match.DOOR, f"{spoken[1]}-{spoken[2]}-" if spoken[2] else f"{spoken[1]}-"),)
    if group := _SPOKEN_GROUP.fullmatch(narrow):
        return (Probe(Match.DOOR, f"{group[1]}/{group[2]}"),)
    return ()


def _latin(letters: str) -> tuple[Probe, ...]:
    pinyin = Probe(Match.PINYIN, letters)
    return (Probe(Match.INITIALS, letters), pinyin) if len(letters) <= MOST_INITIALS else (pinyin,)
