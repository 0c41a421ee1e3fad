"""Whether somebody comes from a risk area, by what the list says and the divisions that are shipped."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from unicodedata import normalize

from wangge.places import divisions
from wangge.places.divisions import Division

_ENDING = re.compile(
    r"(?:(?:壮族|回族|维吾尔|土家族苗族|藏族|彝族|苗族侗族|布依族苗族|哈尼族彝族|傣族|白族|朝鲜族|蒙古族|藏族羌族)?(?:自治区|自治州|自治县)|特别行政区"
    r"|省|市|地区|盟|县|区)$"
)
LEVELS = ("province", "prefecture", "county")


def is_exposed(source: str, risk_areas: Sequence[str]) -> bool:
    """Tell whether somebody may come from one of the risk areas; False only where the source is known to lie outside.

    武汉 lies in 湖北 without saying so; 湖北 may be 武汉, so it is not known to be another place.
    """
    text = _plain(source)
    if not text or not risk_areas:
        return True
    risks = [_plain(risk) for risk in risk_areas]
    if any(risk in text or (_short(risk) and _short(risk) in text) for risk in risks):
        return True
    places = [place for risk in risks for place in _named(_short(risk))]
    rest = text
    for above in _above(places):
        rest = rest.replace(above.name, "").replace(_short(above.name), "")
    if not re.sub(r"[省市县区]", "", rest):
        return True
    return _lies_below(text, places)


def _lies_below(text: str, places: Sequence[Division]) -> bool:
    """Tell whether a place that names no province begins with the name of a city or county below one of the places."""
    if any(_short(one.name) in text for one in _of_levels(LEVELS[:1])):
        return False
    codes = {one.code for one in places}
    return any(
        text.startswith(_short(one.name)) and codes & {up.code for up in divisions.chain(one.code)[:-1]}
        for one in _of_levels(LEVELS[1:])
        if text[:2] == one.name[:2]
    )


def _plain(text: str) -> str:
    return re.sub(r"\s", "", normalize("NFKC", text))


@lru_cache(maxsize=8192)
def _short(name: str) -> str:
    """Return a division's name as people say it: without its kind, at least two characters."""
    bare = _ENDING.sub("", name)
    return bare if len(bare) >= 2 else name


def _named(short: str) -> list[Division]:
    return [one for one in _of_levels(LEVELS) if _short(one.name) == short]


def _above(places: Iterable[Division]) -> list[Division]:
    return [up for place in places for up in divisions.chain(place.code)[:-1]]


@lru_cache(maxsize=4)
def _of_levels(levels: tuple[str, ...]) -> tuple[Division, ...]:
    return tuple(one for one in divisions.shipped().values() if one.level in levels and not one.is_filler)
