"""The first row of a sheet: which column holds what, and in which language."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

WORDY = ("label", "hint", "constraint_message")
"""Columns that hold words, once for every language."""

SURVEY: Mapping[str, str] = {
    "type": "type", "command": "type", "name": "name", "tag": "name", "value": "name", "label": "label",
    "caption": "label", "hint": "hint", "required": "required", "bind::required": "required", "relevant": "relevant",
    "relevance": "relevant", "bind::relevant": "relevant", "constraint": "constraint",
    "bind::constraint": "constraint", "constraint_message": "constraint_message",
    "constraining_message": "constraint_message", "bind::jr:constraintmsg": "constraint_message",
    "constraintmsg": "constraint_message", "calculation": "calculation", "calculate": "calculation",
    "bind::calculate": "calculation", "read_only": "read_only", "readonly": "read_only",
    "bind::readonly": "read_only", "default": "default", "appearance": "appearance",
    "control::appearance": "appearance", "body::appearance": "appearance", "choice_filter": "choice_filter",
    "repeat_count": "repeat_count", "count": "repeat_count", "jr:count": "repeat_count",
    "control::jr:count": "repeat_count", "body::jr:count": "repeat_count", "parameters": "parameters",
    "disabled": "disabled", "wangge::class": "klass", "wangge::purpose": "purpose",
    "wangge::retention": "retention", "wangge::bind": "bind", "wangge::unknown": "unknown",
    "wangge::repeat": "repeat",
}  # fmt: skip
CHOICES: Mapping[str, str] = {
    "list_name": "list", "list": "list", "name": "value", "value": "value", "label": "label", "caption": "label",
}  # fmt: skip
MEDIA = ("image", "big-image", "audio", "video", "media")

_ENGLISH = frozenset({"en", "english", "eng", "anglais", "英文", "英语", "英語"})
_SIMPLIFIED = frozenset(
    {
        "zh", "zh-cn", "zh-sg", "zh-hans", "zho", "chinese", "simplified", "mandarin", "中文", "汉语", "漢語", "简体",
        "简体中文", "中文简体", "普通话", "chinese simplified", "simplified chinese", "cmn",
    }
)  # fmt: skip
_TRADITIONAL = frozenset(
    {
        "zh-tw", "zh-hk", "zh-mo", "zh-hant", "traditional", "繁体", "繁體", "繁体中文", "繁體中文", "中文繁体",
        "中文繁體", "正體", "正體中文", "chinese traditional", "traditional chinese",
    }
)  # fmt: skip
_CODE = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]+)*)\s*\)\s*\Z")


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its place, its plain name, the field it is (empty for one that is not used), its language."""

    place: int
    text: str
    field: str
    language: str = ""


def language_of(text: str) -> str:
    """Return the language of a heading such as ``English (en)``; empty when it is none of ours."""
    marked = _CODE.search(text)
    for word in (marked[1] if marked else "", _CODE.sub("", text)):
        plain = re.sub(r"[\s()（）]+", " ", word.replace("_", "-").lower()).strip()
        if plain in _ENGLISH or plain.startswith("en-"):
            return "en"
        if plain in _TRADITIONAL or plain.startswith("zh-hant-"):
            return "zh-hant"
        if plain in _SIMPLIFIED or plain.startswith("zh-hans-"):
            return "zh-hans"
    return ""


def headings(row: Sequence[str], table: Mapping[str, str]) -> list[Heading]:
    """Return the columns of a sheet; of two for one thing the first is taken."""
    found: list[Heading] = []
    taken: set[tuple[str, str]] = set()
    for place, text in enumerate(row):
        if not text.strip():
            continue
        field, language = _field(text, table)
        if field and (field, language) in taken:
            field = ""
        taken.add((field, language))
        found.append(Heading(place, text.strip(), field, language))
    return found


def _field(text: str, table: Mapping[str, str]) -> tuple[str, str]:
    """Return the field of a heading, and the language that it names; both empty for one that is not used."""
    for plain, language in _shapes(text):
        field = table.get(plain, "")
        if field and (not language or field in WORDY):
            return field, language
    return "", ""


def _shapes(text: str) -> Iterator[tuple[str, str]]:
    """Yield how a heading may be meant: as a whole, or as a name with a language behind one colon or two."""
    whole = re.sub(r"\s*(::?)\s*", r"\1", text.strip())
    yield _plain(whole), ""
    yield _plain(re.sub(r"(?<!:):(?!:)", "::", whole, count=1)), ""
    for mark in ("::", ":"):
        name, found, language = whole.rpartition(mark)
        if found and language:
            yield _plain(name), language
            yield _plain(name.replace(":", "::", 1)), language


def _plain(text: str) -> str:
    return re.sub(r"[\s-]+", "_", text.lower()) if "::" not in text else text.lower()
