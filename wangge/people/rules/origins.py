"""Where somebody came from: a province, or a prefecture of one; never finer, as no finer answer is of use."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from wangge.people.rules.codes import TRAVEL_REASONS
from wangge.places.divisions import provinces_and_prefectures
from wangge.places.rules import normal_code

SHORTEST = 2


@lru_cache(maxsize=1)
def origins() -> Mapping[str, str]:
    """Return what may be an origin: the code of twelve digits, and the name with the province before it."""
    known = provinces_and_prefectures()
    return {
        code: f"{known[one.parent].name}{one.name}" if one.parent else one.name
        for code, one in known.items()
        if not one.is_filler
    }


def origin_name(code: str) -> str:
    """Return the name of an origin, the code itself when there is none."""
    return origins().get(code, code)


def normal_origin(code: str) -> str:
    """Return an origin with its twelve digits; the code of a division that nobody names becomes its province's.

    The city of a directly-run city is its province: 1101 is Beijing's, and the counties that Hubei runs itself are
    Hubei's.
    """
    normal = normal_code(code) or code
    known = provinces_and_prefectures().get(normal)
    return known.parent if known and known.is_filler else normal


def read_origin(text: str) -> str:
    """Return the code of an origin as people write it: a code, 湖北省武汉市, 武汉市, 武汉; else the text."""
    plain = "".join(text.split())
    if normal_code(plain):
        return normal_origin(plain)
    own = {code: provinces_and_prefectures()[code].name for code in origins()}
    exact = [code for code, name in origins().items() if plain in (name, own[code])]
    begun = [code for code, name in own.items() if len(plain) >= SHORTEST and name.startswith(plain)]
    found = exact or begun
    return found[0] if len(found) == 1 else plain


def travel_fault(reason: str, origin: str, came_on: date | None, today: date) -> str:
    """Return the code of what is wrong with where a flag says somebody came from and when, empty when it will do."""
    if reason not in TRAVEL_REASONS:
        return "people.origin_not_asked" if origin or came_on else ""
    if came_on is not None and (came_on > today or reason == "still_away"):
        return "people.not_come_yet"
    if origin and origin not in origins():
        known = normal_code(origin) == origin and origin[:2].ljust(12, "0") in origins()
        return "people.origin_too_fine" if known else "people.origin_unclear"
    return ""
