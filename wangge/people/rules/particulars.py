"""Reading what somebody wrote about a person: name, number, birth, sex, telephones."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from wangge.kernel.identity import Verdict, clean_number, read_identity
from wangge.kernel.names import NameVerdict, all_initials, pinyin_of, read_name
from wangge.kernel.refused import Refused
from wangge.people.rules.codes import ID_KINDS, PHONE_LIMIT, READ_KINDS, Presence, Relation, Sex
from wangge.people.rules.wishes import NewResident

DOUBTS = {
    Verdict.WARN_CHECK_DIGIT: "check_digit",
    Verdict.WARN_BIRTH_DATE: "birth_date",
    Verdict.WARN_SHAPE: "shape",
}
_SEXES = frozenset(one.value for one in Sex)
_RELATIONS = frozenset(one.value for one in Relation)
_PRESENCES = frozenset(one.value for one in Presence)
_MOBILE = re.compile(r"(?:\+?86)?(1[0-9]{10})")
_LANDLINE = re.compile(r"(?:\+?86)?(0(?:10|2[0-9]|[0-9]{3}))-?([1-9][0-9]{6,7})")


@dataclass(frozen=True, slots=True)
class ReadName:
    """A name in its stored form with what search needs; ``other_initials`` is empty where a surname reads one way."""

    name: str
    pinyin: str
    initials: str
    other_initials: str


@dataclass(frozen=True, slots=True)
class ReadNumber:
    """A document's number in its stored form, its kind, and why it is not to be relied on (empty when it is)."""

    number: str = ""
    kind: str = ""
    doubt: str = ""
    birth_on: date | None = None
    sex: str = ""


@dataclass(frozen=True, slots=True)
class Particulars:
    """All that is stored about a person, in its normal form; ``doubts`` are codes of what should be looked at."""

    name: ReadName
    number: ReadNumber
    birth_on: date | None
    sex: str
    phones: tuple[str, ...]
    doubts: tuple[str, ...]


@lru_cache(maxsize=50_000)
def spell(name: str) -> ReadName | None:
    """Return a name as it is stored and searched, None when the text is no name of one person."""
    read = read_name(name)
    if read.verdict == NameVerdict.REFUSE:
        return None
    pinyin, initials = pinyin_of(read.normal)
    initials = initials.lower()
    others = [one.lower() for one in all_initials(read.normal) if one.lower() != initials]
    compact = "".join(pinyin.split()).lower()
    return ReadName(read.normal, compact[:200], initials[:30], others[0][:30] if others else "")


def read_new_name(text: str) -> ReadName:
    """Return a name as it is stored; nothing written is a name not known. Refused when it is no name."""
    if not text.strip():
        return ReadName("", "", "", "")
    read = spell(text)
    if read is None:
        raise Refused("people.name_unreadable", reason=read_name(text).reason)
    return read


def read_number(text: str, kind: str, on: date) -> ReadNumber:
    """Return a document's number as it is stored; a doubtful one is kept as written, with why, and tells nothing.

    Refused for a kind that is not in ``ID_KINDS``.
    """
    if kind and kind not in ID_KINDS:
        raise Refused("people.id_kind_unknown", kind=kind)
    if not text.strip():
        return ReadNumber(kind=kind if kind not in READ_KINDS else "")
    if kind and kind not in READ_KINDS and kind != "none":
        return ReadNumber(clean_number(text)[:40], kind)
    read = read_identity(text, on)
    if read.verdict == Verdict.EMPTY:
        return ReadNumber()
    if read.verdict in DOUBTS:
        return ReadNumber(clean_number(text)[:40], read.kind, DOUBTS[read.verdict])
    return ReadNumber(read.normal, read.kind, "", read.birth_on, read.sex)


def normal_phone(text: str) -> str | None:
    """Return a telephone number as it is stored, 13800001234 or 0600-1234567; None when it is none of the country's."""
    digits = re.sub(r"(?<=[0-9])-(?=$)", "", clean_phone(text))
    if mobile := _MOBILE.fullmatch(digits.replace("-", "")):
        return mobile[1]
    if fixed := _LANDLINE.fullmatch(digits):
        return f"{fixed[1]}-{fixed[2]}"
    return None


def clean_phone(text: str) -> str:
    """Return the text with half-width signs only, without blanks and brackets; every dash becomes a hyphen."""
    narrow = "".join(chr(ord(sign) - 0xFEE0) if "！" <= sign <= "～" else sign for sign in text)
    return re.sub(r"[\s()\u200b\ufeff]", "", re.sub(r"[‐-―−—－]", "-", narrow))


def read_phones(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return telephone numbers as they are stored, each once, in the order given; refused when one is none."""
    numbers: dict[str, None] = {}
    for place, text in enumerate(texts, start=1):
        if not text.strip():
            continue
        number = normal_phone(text)
        if number is None:
            raise Refused("people.phone_unreadable", place=place)
        numbers[number] = None
    if len(numbers) > PHONE_LIMIT:
        raise Refused("people.too_many_phones", limit=PHONE_LIMIT)
    return tuple(numbers)


def check_words(*, sex: str, relation: str, presence: str) -> None:
    """Refuse a sex, relation or presence that is no code of ours."""
    for field, value, known in (
        ("sex", sex, _SEXES | {""}),
        ("relation", relation, _RELATIONS),
        ("presence", presence, _PRESENCES),
    ):
        if value not in known:
            raise Refused("people.code_unknown", field=field, value=value[:40])


def read_person(new: NewResident, on: date) -> Particulars:
    """Read everything about a new person; a good number overrules birth and sex as written, and says so."""
    check_words(sex=new.sex, relation=new.relation, presence=new.presence)
    number = read_number(new.id_number, new.id_kind, on)
    name, phones = read_new_name(new.name), read_phones(new.phones)
    return _settle(name, number, birth_on=new.birth_on, sex=new.sex, phones=phones, on=on)


def _settle(
    name: ReadName, number: ReadNumber, *, birth_on: date | None, sex: str, phones: tuple[str, ...], on: date
) -> Particulars:
    if birth_on is not None and birth_on > on:
        raise Refused("people.birth_in_future", on=birth_on.isoformat())
    checks = (
        (f"id_{number.doubt}", bool(number.doubt)),
        ("birth_conflict", None not in (birth_on, number.birth_on) and birth_on != number.birth_on),
        ("sex_conflict", bool(sex and number.sex) and sex != number.sex),
    )
    doubts = tuple(code for code, holds in checks if holds)
    return Particulars(name, number, number.birth_on or birth_on, number.sex or sex, phones, doubts)
