"""Reading names of people as offices write them, and their pinyin for search.

A name is never refused for being unusual: what could be read two ways is ``ask``, and only what is no name of one
person (two people in a cell, a number, a mask, a formula, a word for "none") is ``refuse``.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import product
from unicodedata import category, normalize

from wangge.kernel.surnames import COMMON, COMPOUND, ORDINARY_WORDS, SINGLE

LONGEST = 30
_DOTS = str.maketrans(dict.fromkeys("•・‧∙⋅˙●᛫･", "·"))
_REMARK = re.compile(r"[(\[{【〔〈《].*?(?:[)\]}】〕〉》]|$)")
_SEVERAL = re.compile(r"[、,;/\\|&+]")
_WORDS_FOR_NONE = frozenset(
    {
        "无", "無", "空", "略", "同上", "同左", "同前", "不详", "不詳", "不明", "不清楚", "未知", "未登记", "没有",
        "沒有", "暂无", "暫無", "待定", "待查", "无名", "本人", "户主", "戶主", "none", "null", "nan", "unknown",
    }
)  # fmt: skip


class NameVerdict(StrEnum):
    """Whether a name is clear, should be asked about, or is none."""

    OK = "ok"
    ASK = "ask"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name as read: ``normal`` is stored; ``surname`` and ``given`` are empty where they cannot be told apart.

    ``reason`` says why it is not ok: empty, several_people, word_for_none, masked, number, formula, no_letters,
    too_long; one_character, compound_surname, no_surname, hidden_part.
    """

    verdict: NameVerdict
    normal: str = ""
    surname: str = ""
    given: str = ""
    reason: str = ""


@lru_cache(maxsize=1_000)  # reading and spelling ask for a name one after the other
def read_name(text: str) -> NameReading:
    """Read one cell with a name: blanks, remarks in brackets, invisible signs and odd dots are put right."""
    cell = _visible(text)
    why_not = _no_name(cell)
    if why_not:
        return NameReading(NameVerdict.REFUSE, reason=why_not)
    if not _has_han(cell):
        return NameReading(NameVerdict.OK, " ".join(cell.split()))
    name = cell
    if not cell.isalpha():
        name = re.sub(r"·+", "·", "".join(cell.split()).replace(".", "·").replace("。", "·")).strip("·")
    if "·" in name:
        return NameReading(NameVerdict.OK, name)
    if "某" in name:
        return NameReading(NameVerdict.ASK, name, reason="hidden_part")
    return _split(name)


def surname_readings(surname: str) -> tuple[str, ...]:
    """Return the readings of a surname in pinyin without tones, the more common first (``lv`` for 吕)."""
    if surname in COMPOUND:
        return (COMPOUND[surname],)
    known = [SINGLE.get(sign) or (" ".join(_syllables(sign)),) for sign in surname]
    return tuple(" ".join(parts).strip() for parts in product(*known)) if surname else ()


def given_pinyin(given: str) -> str:
    """Return a given name in pinyin without tones; characters of unknown reading are left out."""
    return " ".join(_syllables(given))


def pinyin_of(name: str) -> tuple[str, str]:
    """Return the pinyin of a normal name and its initials (``shan guo fang``, ``sgf``) with the common reading.

    Latin letters keep their case: compare in lower case.
    """
    first, _others = _pinyin_and_initials(name)
    return first


def all_initials(name: str) -> tuple[str, ...]:
    """Return the initials of a normal name under every reading of its surname, sorted."""
    (_pinyin, initials), others = _pinyin_and_initials(name)
    return tuple(sorted({initials, *others}))


@lru_cache(maxsize=1)  # pinyin and initials are asked for one after the other
def _pinyin_and_initials(name: str) -> tuple[tuple[str, str], list[str]]:
    reading = read_name(name)
    if not reading.surname:
        syllables = _syllables(name)
        return (" ".join(syllables), _initials(syllables)), []
    given = _syllables(reading.given)
    ways = [[*way.split(), *given] for way in surname_readings(reading.surname)]
    return (" ".join(ways[0]), _initials(ways[0])), [_initials(way) for way in ways[1:]]


def _visible(text: str) -> str:
    """Return the text in normal characters, without invisible signs and remarks in brackets."""
    if text.isalpha():  # nearly every name: nothing to take out
        return normalize("NFKC", text)
    cell = normalize("NFKC", text.translate(_DOTS))
    cell = "".join(sign for sign in cell if category(sign) != "Cf" and not "\ufe00" <= sign <= "\ufe0f")
    return _REMARK.sub("", cell).strip()


def _no_name(cell: str) -> str:
    """Return why the cell holds no name of one person, or nothing."""
    if cell.isalpha() and len(cell) <= LONGEST:  # nearly every name: nothing but letters
        return "word_for_none" if cell.casefold() in _WORDS_FOR_NONE else ""
    checks = (
        ("empty", not cell),
        ("formula", cell[:1] in ("=", "@")),
        ("masked", any(sign in "*×■□" for sign in cell)),
        ("several_people", bool(_SEVERAL.search(cell))),
        ("number", any(sign.isdigit() for sign in cell)),
        ("word_for_none", "".join(cell.split()).casefold() in _WORDS_FOR_NONE),
        ("no_letters", not any(sign.isalpha() or sign == "〇" for sign in cell)),
        ("too_long", len(cell) > LONGEST),
    )
    return next((reason for reason, holds in checks if holds), "")


def _split(name: str) -> NameReading:
    """Tell surname and given name of a name in characters apart."""
    ok, ask, length = NameVerdict.OK, NameVerdict.ASK, len(name)
    first, rest = name[:2], name[2:]
    if length == 1:
        return NameReading(ask, name, name, "", "one_character")
    if first in COMPOUND and length <= 4:
        clear = bool(rest) and name not in ORDINARY_WORDS
        return NameReading(ok if clear else ask, name, first, rest, "" if clear else "compound_surname")
    if length <= 3:
        return NameReading(ok, name, name[:1], name[1:])
    if length == 4 and set(first) <= COMMON:
        return NameReading(ok, name, first, rest)
    return NameReading(ask, name, reason="no_surname")


def _has_han(text: str) -> bool:
    return any("\u2e80" <= sign <= "\u9fff" or "\uf900" <= sign <= "\ufaff" or sign >= "\U00020000" for sign in text)


@lru_cache(maxsize=20_000)
def _syllables(text: str) -> tuple[str, ...]:
    """Return the syllables of the characters and the words of Latin letters, without what has no reading."""
    if not text:
        return ()
    from pypinyin import lazy_pinyin  # 20 MB of tables: only processes that read names load them

    return tuple(part for part in lazy_pinyin(text, errors=_latin_words) if part)  # type: ignore[arg-type]


def _latin_words(signs: str) -> list[str]:
    return re.findall(r"[A-Za-z]+", signs)


def _initials(syllables: list[str] | tuple[str, ...]) -> str:
    return "".join(syllable[:1] for syllable in syllables)
