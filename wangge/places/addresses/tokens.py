"""Cutting the text of an address into numbered parts, with the words between them."""

import re
from dataclasses import dataclass
from unicodedata import category, normalize

from wangge.kernel.simplifying import simplified
from wangge.places.addresses.numerals import CHINESE, NUMBER, is_doubtful, read_number
from wangge.places.addresses.words import (
    BEHIND,
    ENGLISH,
    KIND_OF,
    LABELLED,
    MAY_FOLLOW,
    PLAIN_HOUSES,
    SHOP,
    VILLA,
    WEAK,
)

LONGEST = 200
MARK = "¦"
"""Stands where the name of a known place was cut out."""
_WORD = "\u3007\u4e00-\u9fff"
_TOKEN = re.compile(
    rf"(?P<shop>{SHOP}\s*(?:第|NO\.?)?\s*(?P<of_shop>{NUMBER})\s*(?:号铺?|室|铺|#)?(?!楼|栋|幢|单元))"
    rf"|(?P<shop_behind>第?(?<![A-Z0-9])(?P<of_shop_behind>{NUMBER})\s?(?:号|\#)?\s?(?:{SHOP}|铺))"
    rf"|(?P<cellar>(?:负第?|地下第?|(?<![0-9A-Z\s室号])-(?=[0-9]{{1,2}}\s?[层楼F]))\s?(?P<of_cellar>{NUMBER})(?:\s?(?:层楼|层|楼|F|室|号))?)"
    r"|(?P<cellar_alone>地下室|负层)"
    r"|(?P<side>[东西南北中左右])(?:边|头|侧|面)?[户套]"
    r"|(?P<named>[甲乙丙丁戊己庚辛东西南北中])\s?(?P<of_named>号?单元|栋|幢|座|号楼|梯)"
    r"|(?P<named_quarter>[东西南北中](?:区(?!域|划|街|政)|院(?!子)))"
    rf"|(?P<villa>{VILLA})"
    rf"|(?P<plain_houses>{PLAIN_HOUSES})区?"
    rf"|附\s?(?P<annex>{NUMBER})\s?号?"
    rf"|之\s?(?P<within>{NUMBER})"
    rf"|第?\s?(?<![A-Z0-9])(?P<number>{NUMBER})(?:\s?(?P<behind>{BEHIND}))?"
)  # fmt: skip
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−﹣－_", "-") | {"丨": "|", "／": "/", "∕": "/", "﹟": "#"})
_BETWEEN = re.compile(rf"[\s\-/.,、;|*·:#~&+(){MARK}和及或与至到]*")
_SEVERAL = re.compile(r"[、;~&+和及或与至到]")
_FLOOR = re.compile(r"([0-9]{1,2})F")


@dataclass(slots=True)
class Token:
    """A numbered part: its kind, the number, where it stands, and what stands between it and the part before."""

    kind: str
    value: str
    start: int
    end: int
    word: str = ""
    between: str = ""
    doubtful: bool = False

    @property
    def several(self) -> bool:
        """Tell whether what stands before it joins two of a kind rather than parts of one."""
        return bool(_SEVERAL.search(self.between))


def plain_text(text: str) -> str:
    """Return the text in narrow simplified signs, with capitals, without invisible signs and English words."""
    narrow = normalize("NFKC", text.translate(_DASHES))[:LONGEST].translate(_DASHES).upper()
    if not narrow.isprintable():
        narrow = "".join(" " if sign.isspace() else sign for sign in narrow if sign.isspace() or category(sign) != "Cf")
    narrow = simplified(narrow)
    if re.search(r"[A-Z]{2}|[0-9]/?F", narrow):
        for pattern, written in ENGLISH:
            narrow = pattern.sub(written, narrow)
    if ":" in narrow or ("号" in narrow and re.search("[楼栋幢元室房户]号[0-9]", narrow)):
        for pattern, written in LABELLED:
            narrow = pattern.sub(written, narrow)
    return narrow.strip()


def runs_of(text: str, start: int = 0) -> list[list[Token]]:
    """Return the numbered parts from ``start`` on in runs, within which only blanks and separators stand between."""
    runs: list[list[Token]] = []
    end = start
    for found in _TOKEN.finditer(text, start):
        between = text[end : found.start()]
        token = _token(found, text, between)
        if token is None:
            continue
        joined = runs and _BETWEEN.fullmatch(between)
        if joined:
            token.between = between
            runs[-1].append(token)
        else:
            runs.append([token])
        end = found.end()
    return runs


def _token(found: re.Match[str], text: str, between: str) -> Token | None:
    """Return the part that was found; None where it is only a word with a numeral in it."""
    kind, written = _kind(found)
    value = read_number(written) if kind not in _AS_WRITTEN else written
    if value is None:
        return None
    if found["number"] and written[0] in CHINESE and _is_word(found, text, between):
        return None
    if kind in _SUFFIXED and not found["behind"].endswith("弄"):
        value += found["behind"].lstrip("号大")
    if kind == "bare" and (floor := _FLOOR.fullmatch(value)):
        kind, value = "floor", floor[1]
    return Token(kind, value, found.start(), found.end(), found["behind"] or "", doubtful=is_doubtful(value))


_SUFFIXED = frozenset(("lane", "row", "quarter"))
_AS_WRITTEN = frozenset(("side", "villa", "plain_houses", "named_quarter", "cellar_alone", "named"))
_SIMPLE = ("side", "villa", "plain_houses", "named_quarter", "cellar_alone", "annex", "within")


def _kind(found: re.Match[str]) -> tuple[str, str]:
    """Return the kind of a part and its number as it is written."""
    if found["number"]:
        return KIND_OF[found["behind"]] if found["behind"] else "bare", found["number"]
    if found["shop"] or found["shop_behind"]:
        return "shop", found["of_shop"] or found["of_shop_behind"]
    if found["cellar"]:
        return "cellar", found["of_cellar"]
    if found["named"]:
        return KIND_OF[found["of_named"]], found["named"]
    kind = next(name for name in _SIMPLE if found[name])
    return kind, found[kind]


def _is_word(found: re.Match[str], text: str, between: str) -> bool:
    """Tell whether a Chinese numeral belongs to a name, as in 三里屯, 五一路 and 三门峡."""
    follows = text[found.end() : found.end() + 1]
    name_follows = bool(re.match(rf"[{_WORD}]", follows)) and follows not in MAY_FOLLOW and follows not in CHINESE
    if not found["behind"]:
        return bool(re.search(rf"[{_WORD}]", between)) or name_follows
    return found["behind"] in WEAK and name_follows
