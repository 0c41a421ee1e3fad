"""Numbers in Chinese signs, as parts of doors, groups and days are written."""

import re

_DIGITS = {sign: number for number, sign in enumerate("〇一二三四五六七八九")} | {"零": 0, "两": 2}
_ONES = "([一二两三四五六七八九])"
_NUMERAL = re.compile(rf"(?:{_ONES}百)?[零〇]?(?:{_ONES}?(十))?{_ONES}?")


def read_numeral(text: str) -> int | None:
    """Return a Chinese numeral below a thousand (十二), or digits one by one (五零一); None when it is none."""
    if not set(text) & set("十百"):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if set(text) <= _DIGITS.keys() and text else None
    found = _NUMERAL.fullmatch(text)
    if not found:
        return None
    hundreds, tens, ten, ones = found.groups()
    return 100 * _DIGITS.get(hundreds, 0) + (10 * _DIGITS.get(tens, 1) if ten else 0) + _DIGITS.get(ones, 0)
