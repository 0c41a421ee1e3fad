"""Numbers as addresses write them: 3, 03, C2, 501A, 三, 十二, 五零一, 五0一, 廿一."""

import re

_ONES = "一二三四五六七八九"
_VALUES = {sign: str(place) for place, sign in enumerate("零" + _ONES)} | {
    "〇": "0", "0": "0", "两": "2", "壹": "1", "贰": "2", "叁": "3", "肆": "4", "伍": "5", "陆": "6", "柒": "7",
    "捌": "8", "玖": "9",
}  # fmt: skip
CHINESE = "".join(sign for sign in _VALUES if sign != "0") + "十百千廿卅拾佰仟"
NUMBER = (
    r"(?:[A-Z]{0,2}[0-9]+(?:[零〇][0-9]+)?(?:[A-Z](?![A-Z])[0-9]*|[甲乙丙丁])?"
    r"|[甲乙丙丁][0-9]+"
    rf"|[{CHINESE}][{CHINESE}0]*(?:[A-Z](?![A-Z0-9]))?"
    r"|[A-Z](?![A-Z]))"
)
"""One number, after capitals and narrow signs were made; it may be a letter alone."""

_COUNTED = re.compile(rf"(?:([{_ONES}])千)?[零〇]?(?:([{_ONES}])百)?[零〇]?(?:([{_ONES}])?(十))?([{_ONES}])?")
_PARTS = re.compile(r"([A-Z甲乙丙丁]*)0*([0-9].*|[0-9])|(.*)")
_LOOKALIKE = re.compile(r"[0-9][OIL]|[OIL][0-9]|^[A-Z]{2}[0-9]")
_LETTER_BEHIND = re.compile(r"(.*?)([A-Z]?)")


def read_number(text: str) -> str | None:
    """Return a number in its one form: figures without leading noughts, letters as capitals; None when it is none."""
    if text[0] in CHINESE:
        found = _LETTER_BEHIND.fullmatch(text)
        figures = _from_chinese(found[1]) if found else None
        return figures and figures + (found[2] if found else "")
    found = _PARTS.fullmatch(text.replace("零", "0").replace("〇", "0"))
    return found[3] or found[1] + found[2] if found else None


def is_doubtful(number: str) -> bool:
    """Tell whether a letter stands where a figure may be meant, as the O of O501."""
    return bool(_LOOKALIKE.search(number))


def _from_chinese(text: str) -> str | None:
    """Return the figures of a numeral, counted (二十一) or figure by figure (二零一)."""
    if not set(text) & set("十百千廿卅拾佰仟"):
        return "".join(_VALUES[sign] for sign in text).lstrip("0") or "0"
    plain = text.translate(_FORMAL).replace("廿", "二十").replace("卅", "三十")
    found = _COUNTED.fullmatch(plain)
    if not found:
        return None
    thousands, hundreds, tens, ten, ones = found.groups()
    value = 1000 * _ones(thousands) + 100 * _ones(hundreds) + (10 * (_ones(tens) or 1) if ten else 0) + _ones(ones)
    return str(value) if value else None


def _ones(sign: str | None) -> int:
    return int(_VALUES[sign]) if sign else 0


_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟两", "一二三四五六七八九十百千二")
