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
    "红码", "黄码", "绿码", "健康码", "行程码", "入党", "中共", "信教", "教徒", "做礼拜", "毒品", "戒毒", "艾滋病",
    "精神科", "精神疾病", "精神卫生", "手机位置", "实时位置", "刷脸", "colour code", "color code", "health code",
    "code colour", "code color", "green code", "red code", "yellow code", "creed", "worship", "hiv", "psychiatr",
    "mental illness", "mental disorder", "drug addict", "drug abuse", "drug use", "geolocation", "facial recognition",
)  # fmt: skip
"""What else gives a question away, though no heading of a table is called so."""

_WHOLE = frozenset({"party", "race", "faith", "gps", "hiv", "creed"})
"""English words that count only when nothing is written on to them: trace and bracelet are none of them."""


def _spaced(text: str) -> str:
    """Return a text as it is compared: half-width, lower case, simplified, with single blanks for marks."""
    return re.sub(r"[\s_.:*※'’、,;/()-]+", " ", simplified(normalize("NFKC", text).casefold()))


@lru_cache(maxsize=1)
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what finds a word in a spaced text, and what finds one of ours in a text without blanks."""
    words = [_spaced(word) for word in dict.fromkeys((*HEADINGS, *SPOKEN))]
    shapes = [re.escape(word) if not word.isascii() else rf"\b{re.escape(word)}" for word in words]
    ends = [shape + (r"\b" if word in _WHOLE else "") for word, shape in zip(words, shapes, strict=True)]
    closed = "|".join(re.escape(word) for word in words if not word.isascii())
    return re.compile("|".join(ends)), re.compile(closed)


@lru_cache(maxsize=20_000)
def never_asked(text: str) -> str:
    """Return the first word in a spoken text that tells of what is never asked, empty when there is none."""
    spaced, closed = _patterns()
    plain = _spaced(text)
    found = spaced.search(plain) or closed.search(plain.replace(" ", ""))
    return found[0] if found else ""
