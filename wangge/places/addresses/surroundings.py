"""What stands around the numbers of an address: names of places, streets and hamlets, remarks, words behind."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from wangge.places.addresses.tokens import MARK, plain_text, runs_of
from wangge.places.addresses.words import (
    ABOVE,
    COMMUNITY,
    DROPPED_BEHIND,
    HAMLET_END,
    LABEL,
    NAMED_BUILDING_END,
    ROAD,
    ROAD_WITH_NUMBER,
    STREET_END,
)

_BRACKETS = re.compile(r"[(\[【{<《〔「]([^)\]】}>》〕」]*)(?:[)\]】}>》〕」]|$)")
_COUNT = re.compile(r"[^0-9]*[0-9]{1,3}\s*(?:人|口|间|岁|名|个|套|平米|平方米?|㎡|M2)[^0-9]*")
_PERSONAL = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[1-9][0-9]{16}[0-9X])(?![0-9])")
_DATE = re.compile(
    r"(?:19|20)[0-9]{2}\s*[-/.年]\s*[0-9]{1,2}\s*[-/.月]\s*[0-9]{1,2}\s*日?(?:\s+[0-9:]+)?"
    r"|(?:19|20)[0-9]{2}年[0-9]{1,2}月|[0-9]{1,2}月[0-9]{1,2}日|(?:19|20)[0-9]{6}"
)
_MAIL = re.compile(r"\S+@\S+|HTTPS?://\S+")
_EDGES = " \t\n-/.,、;|*·:#~&+()¦。"
_WORDLESS = re.compile(rf"[\s{re.escape(_EDGES)}]")
_NOT_THE_PLACE = r"(?!\s*(?:路|街|大道|大街|站|幼儿园|小学|中学|派出所|医院|对面|旁|附近|隔壁))"
_PLACE_BEHIND = r"(?:住宅小区|居民小区|小区|社区|生活区|家属院|村委会|居委会)?"


@dataclass(frozen=True, slots=True)
class Around:
    """The text without remarks and known places, what was set aside, and which place was named last."""

    text: str
    remark: str = ""
    place: str = ""
    named: bool = False
    unclear: bool = False


def names_nobody(plain: str) -> bool:
    """Tell whether the whole text is a date, a telephone, an identity number or a letter box: no address."""
    return any(pattern.fullmatch(plain) for pattern in (_DATE, _PERSONAL, _MAIL))


def set_aside(plain: str, scope: str, known: Collection[str]) -> Around:
    """Return the text without labels, remarks, telephones and the names of known places."""
    text = LABEL.sub("", plain)
    remarks: list[str] = []
    unclear = False
    if _BRACKETS.search(text):
        text, unclear = _without_brackets(text, remarks)
    if numbers := _PERSONAL.findall(text):
        text = _PERSONAL.sub(" ", text)
        remarks += numbers
    place, named = "", False
    if scope or known:
        text, place, named = _without_places(text, scope, tuple(known))
    return Around(text, " ".join(remarks), place, named, unclear)


def _without_brackets(text: str, remarks: list[str]) -> tuple[str, bool]:
    """Return the text in which brackets around parts of the address are opened and those around remarks are gone."""
    unclear = False

    def open_or_drop(found: re.Match[str]) -> str:
        nonlocal unclear
        inside = found[1].strip()
        runs = runs_of(inside)
        if len(runs) == 1 and runs[0][0].start == 0 and runs[0][-1].end == len(inside) and not _PERSONAL.search(inside):
            return f" {inside} "
        remarks.append(inside)
        unclear = unclear or (bool(runs) and not _COUNT.fullmatch(inside) and not _PERSONAL.search(inside))
        return " "

    return _BRACKETS.sub(open_or_drop, text).strip(), unclear


def _without_places(text: str, scope: str, known: tuple[str, ...]) -> tuple[str, str, bool]:
    """Cut the names of known places out; return the one named last, unless it is the scope, and whether that is."""
    pattern, names = _pattern(scope, known)
    last = ""
    for found in pattern.finditer(text):
        last = names[found["name"]]
    if not last:
        return text, "", False
    return pattern.sub(MARK, text), "" if last == scope else last, last == scope


@lru_cache(maxsize=64)
def _pattern(scope: str, known: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    names = {plain: name for name in (*known, scope) if name for plain in _spellings(name)}
    longest_first = sorted(names, key=len, reverse=True)
    alternatives = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?P<name>{alternatives}){_PLACE_BEHIND}{_NOT_THE_PLACE}"), names


def _spellings(name: str) -> tuple[str, ...]:
    plain = plain_text(name)
    bare = re.sub(r"(?:住宅小区|居民小区|小区|社区)$", "", plain)
    return (plain, bare) if len(bare) >= 2 else (plain,)


@dataclass(frozen=True, slots=True)
class Lead:
    """The words before the numbers: a street, hamlet or building without number directly before them, and the rest."""

    rest: str
    street: str = ""
    hamlet: str = ""
    building: str = ""


def read_lead(words: str) -> Lead:
    """Split what stands before the numbers; what counts is the last name in it, without the divisions above."""
    before, mark, last = words.rpartition(MARK)
    last = last.strip(_EDGES)
    name = _last_name(last)
    if not name or re.search(r"[0-9A-Z]", name):
        return Lead(words)
    rest = f"{before}{mark}{last[: len(last) - len(name)]}"
    if STREET_END.search(name):
        return Lead(rest, street=name)
    if HAMLET_END.search(name):
        return Lead(rest, hamlet=name)
    if NAMED_BUILDING_END.search(name):
        return Lead(rest, building=name)
    return Lead(words)


def _last_name(words: str) -> str:
    """Return the name behind the divisions and the community, empty when it is too long or too short to be one."""
    name = re.split(r"[\s,;/-]", below_divisions(words))[-1]
    if (above := COMMUNITY.match(name)) and len(name) - above.end() >= 2:
        name = name[above.end() :]
    return name if 2 <= len(name) <= 8 else ""


def below_divisions(words: str) -> str:
    """Return the words behind the chain of divisions from the province, city or county down."""
    above = ABOVE.match(words)
    return words[above.end() :] if above else words


def is_of_nowhere_else(lead: str, in_lane: bool) -> bool:
    """Tell whether the words before the numbers name no other place: only the divisions above and a road.

    A road has its number with it, unless a lane's number follows. Where the place itself is named, what stands before
    it is not looked at.
    """
    words = below_divisions(lead.rpartition(MARK)[2].strip(_EDGES))
    return not words or bool((ROAD if in_lane else ROAD_WITH_NUMBER).fullmatch(words))


def estate_in(rest: str) -> str:
    """Return the estate or village that the words before a door end with, without divisions, road and community."""
    words = below_divisions(rest)
    if road := ROAD_WITH_NUMBER.match(words) or ROAD.match(words):
        words = words[road.end() :]
    above = COMMUNITY.match(words)
    if above and len(words) - above.end() >= 2:
        words = words[above.end() :]
    name = tidy(words)
    return re.sub(r"(?<=..)(?:住宅小区|居民小区|小区)$", "", name) if not re.search(r"[\s0-9]", name) else ""


def says_something(trail: str) -> bool:
    """Tell whether the words behind the numbers are more than that somebody lives there or not."""
    words = _WORDLESS.sub("", trail)
    return bool(words) and not DROPPED_BEHIND.fullmatch(words)


def tidy(words: str) -> str:
    """Return words without marks and without separators around them."""
    return " ".join(words.replace(MARK, " ").split()).strip(_EDGES)
