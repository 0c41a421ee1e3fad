"""What Wangge never asks, in the words of those who write tables and questionnaires: one list for both."""

import re
from functools import lru_cache
from unicodedata import normalize

from wangge.kernel.simplifying import simplified

HEADINGS: tuple[str, ...] = (
    "民族", "族别", "族裔", "宗教", "信仰", "政治面貌", "政治", "党派", "党员", "团员", "基站", "定位", "坐标",
    "经纬度", "经度", "纬度", "轨迹", "信访", "上访", "吸毒", "涉毒", "艾滋", "精神病", "精神障碍", "人脸", "指纹",
    "健康码颜色", "ethnic", "religio", "belief", "politic", "party", "celltower", "celllocation", "gps",
    "longitude", "latitude", "biometric", "fingerprint", "petition", "faith", "race", "location track",
)  # fmt: skip
"""A column whose heading holds one of these, written without blanks and marks, is dropped unread, and named."""

SPOKEN: tuple[str, ...] = (
    "红码", "黄码", "绿码", "健康码", "行程码", "入党", "中共", "信教", "教徒", "礼拜", "毒品", "戒毒", "艾滋病", "hiv",
    "精神科", "精神疾病", "精神卫生", "信访", "手机位置", "实时位置", "刷脸", "colour code", "color code",
    "health code", "code colour", "code color", "green code", "red code", "yellow code", "church", "mosque", "creed",
    "worship", "aids", "psychiatr", "mental illness", "mental disorder", "drug addict", "drug abuse", "drug use",
    "geolocation", "facial", "political party", "communist party",
)  # fmt: skip
"""What else gives a question away, though no heading of a table is called so."""

_WHOLE = frozenset({"party", "race", "faith", "gps", "aids", "hiv", "creed"})
"""English words that count only when nothing is written on to them: trace and bracelet are none of them."""


def _spaced(text: str) -> str:
    """Return a text as it is compared: half-width, lower case, simplified, with single blanks for marks."""
    return re.sub(r"[\s_.:*※'’、,;/()-]+", " ", simplified(normalize("NFKC", text).casefold()))


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    found = []
    for word in dict.fromkeys((*HEADINGS, *SPOKEN)):
        plain = _spaced(word)
        shape = re.escape(plain) if not plain.isascii() else rf"\b{re.escape(plain)}"
        found.append((word, re.compile(shape + (r"\b" if plain in _WHOLE else ""))))
    return tuple(found)


def never_asked(text: str) -> str:
    """Return the first word in a spoken text that tells of what is never asked, empty when there is none."""
    plain = _spaced(text)
    closed = plain.replace(" ", "")
    for word, pattern in _patterns():
        if pattern.search(plain) or (not word.isascii() and word in closed):
            return word
    return ""
