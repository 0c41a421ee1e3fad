"""Reading single cells: telephones, words of a list, parts of a door, remarks. Certain, or said why not."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from wangge.flows.import_roster.days import DATE_AMBIGUOUS, DATE_IMPOSSIBLE, UNREADABLE, read_birth, read_day
from wangge.flows.import_roster.headers import GONE, KIN
from wangge.flows.import_roster.numerals import read_numeral
from wangge.flows.import_roster.reading import Cell
from wangge.flows.import_roster.signs import says_nothing, says_same, text_of, visible
from wangge.kernel.simplifying import simplified
from wangge.people.rules.particulars import normal_phone

__all__ = [
    "DATE_AMBIGUOUS", "DATE_IMPOSSIBLE", "UNREADABLE", "code_of", "normal_phone", "read_birth", "read_day", "read_gone",
    "read_numeral", "read_part", "read_phones", "says_nothing", "says_same", "text_of", "visible",
]  # fmt: skip

_REMARK = re.compile(r"[(（\[【][^)）\]】]*[)）\]】]|[\u4e00-\u9fff:：]+")
_STRONG = re.compile(r"[/、;；,，\n|或]+")


def read_phones(cell: Cell) -> tuple[tuple[str, ...], bool]:
    """Return the telephones in a cell in their stored form, and whether something in it is none."""
    text = text_of(cell)
    if not text:
        return (), False
    if len(text) == 11 and text.isdigit() and text.isascii() and (number := normal_phone(text)):
        return (number,), False
    text = normalize("NFKC", text)
    if says_nothing(text):
        return (), False
    numbers: dict[str, None] = {}
    wrong = False
    for part in _STRONG.split(text):
        bare = _REMARK.sub(" ", part).strip()
        whole = normal_phone(bare)
        for piece in [bare] if whole else bare.split():
            number = normal_phone(piece)
            wrong = wrong or (number is None and not says_nothing(piece))
            if number:
                numbers[number] = None
    return tuple(numbers), wrong


_TABLES: dict[int, dict[str, str]] = {}


def code_of(text: str, words: Mapping[str, tuple[str, ...]]) -> str | None:
    """Return the code that a word stands for in a list of ours, None when it is no word of it."""
    if not text:
        return None
    table = _TABLES.get(id(words))
    if table is None:
        table = _TABLES[id(words)] = {word.casefold(): code for code, known in words.items() for word in known}
    if text in table:
        return table[text]
    plain = simplified(re.sub(r"\s|[(（].*", "", normalize("NFKC", text)).casefold())
    spaced = re.sub(r"\s+", " ", text).strip().casefold()
    return table.get(plain, table.get(spaced))


_PART = re.compile(
    r"第?([0-9A-Za-z]+|[〇零一二两三四五六七八九十百]+)(?:号楼|#楼|楼栋|村民小组|小组|单元|栋|幢|座|楼|门|组|室|房|户|号|#)?"
)


def read_part(text: str) -> str | None:
    """Return one part of a door, such as 3 of 第三栋 or 501 of 501室; None when it is not certain, "" when empty."""
    plain = re.sub(r"\s", "", normalize("NFKC", text))
    if says_nothing(plain):
        return ""
    found = _PART.fullmatch(plain)
    if not found:
        return None
    number = read_numeral(found[1])
    return str(number) if number is not None else found[1].lstrip("0") or "0"


_CLAUSES = re.compile(r"[\s,，;；。、()（）]+")
_WHEN_AND_WHERE = (
    r"(?:于|在)?(?:[0-9]{2,4}年)?(?:[0-9]{1,2}月)?(?:[0-9]{1,2}[日号])?(?:[0-9]{4}[-./][0-9]{1,2}(?:[-./][0-9]{1,2})?)?"
)
_WORDS = "|".join(sorted(map(re.escape, GONE), key=len, reverse=True))
_AWAY = r"(?:已经?)?(?:户口已?)?[搬迁][到至往](?!本|此|我|这|该)[^0-9]{1,12}"
_GONE = re.compile(
    rf"(?:本人|该人|此人)?{_WHEN_AND_WHERE}(?:(?:{_WORDS})(?:[到至往].{{1,12}})?|{_AWAY}){_WHEN_AND_WHERE}"
)
_MAY_BE_GONE = re.compile(rf"{_WORDS}|[搬迁][到至往]")


def read_gone(remark: str) -> bool | None:
    """Tell whether a remark says that the person has died or moved away; None where it may be about somebody else."""
    text = normalize("NFKC", remark).casefold().strip()
    if not _MAY_BE_GONE.search(text):
        return False
    if any(_GONE.fullmatch(clause) for clause in (text, *_CLAUSES.split(text)) if clause):
        return True
    return None if not any(word in text for word in KIN) else False
