"""Reading an address whose parts stand in columns of their own, each written in any way, perhaps beside a whole one."""

import re
from collections.abc import Collection
from functools import lru_cache

from wangge.places.addresses.numerals import NUMBER
from wangge.places.addresses.parsing import Address, parse_address, with_group
from wangge.places.addresses.tokens import plain_text, runs_of
from wangge.places.addresses.words import AS_ABOVE, NAMED_BUILDING_END, NOTHING

_WORDS = {
    "lane": "弄", "group": "组", "house": "号", "building": "栋", "unit": "单元", "floor": "层", "room": "室",
}  # fmt: skip
_NUMBER = re.compile(rf"第?\s*({NUMBER}|[甲乙丙丁戊己庚辛东西南北中])")


def parse_parts(
    *,
    building: str = "",
    unit: str = "",
    floor: str = "",
    room: str = "",
    group: str = "",
    house: str = "",
    lane: str = "",
    address: str = "",
    scope: str = "",
    known: Collection[str] = (),
) -> Address:
    """Read the cells of a row: a bare number is what its column says; where two cells differ the address is doubtful.

    A cell may as well hold more than its column says, such as 2-501 under the room or 3栋2单元 under the building.
    """
    cells = {"lane": lane, "group": group, "house": house, "building": building, "unit": unit, "floor": floor,
             "room": room}  # fmt: skip
    said = {part: worded for part, text in cells.items() if text and (worded := _worded(part, text))}
    name = plain_text(group) if "group" in said and not runs_of(plain_text(group)) else ""
    if name:
        del said["group"]
    written = " ".join(said.values())
    whole = plain_text(address)
    if not (written or name) or not (_is_empty(whole) or whole.casefold() in AS_ABOVE):
        written = f"{address} {written}".strip()
    return with_group(parse_address(written, scope=scope, known=known), name)


def _is_empty(plain: str) -> bool:
    return not plain or (plain != "0" and plain.casefold() in NOTHING)


@lru_cache(maxsize=5_000)  # a place has many doors, and few buildings and numbers of rooms
def _worded(part: str, text: str) -> str:
    """Return a cell with the word that its column leaves out, nothing where it is empty."""
    plain = plain_text(text)
    if _is_empty(plain):
        return ""
    if found := _NUMBER.fullmatch(plain):
        return f"{found[1]}{_WORDS[part]}"
    if part == "building":
        if plain.endswith("号"):
            return f"{plain}楼"
        if not runs_of(plain) and not NAMED_BUILDING_END.search(plain):
            return f"{plain}楼"
    return plain
