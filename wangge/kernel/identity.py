"""Reading the number of an identity document as offices write it. A doubtful number is a warning, never a block.

Source: GB 11643-1999 (18 digits with check digit, ISO 7064 MOD 11-2); residence permits for residents of Hong Kong,
Macao and Taiwan (810000, 820000, 830000) and the foreign permanent residence card of 2023 (first digit 9) have the
same form. The address part is never compared with a list of counties: codes retire.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import mul
from unicodedata import category

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
EARLIEST = 1800
_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_EIGHTEEN = re.compile(r"[0-9]{17}[0-9X]")
_FIFTEEN = re.compile(r"[0-9]{15}")
_CARD_2017 = re.compile(r"[A-Z]{3}[0-9]{12}")
_RESIDENCE = {"810000": "hongkong_residence", "820000": "macao_residence", "830000": "taiwan_residence"}


class Verdict(StrEnum):
    """What a number looks like: good, good in the old form, doubtful in one of three ways, or not there."""

    VALID = "valid"
    OLD = "old"
    WARN_CHECK_DIGIT = "warn_check_digit"
    WARN_BIRTH_DATE = "warn_birth_date"
    WARN_SHAPE = "warn_shape"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Identity:
    """What a number says. ``normal`` is its stored form, empty where there is none; ``sex`` is M, F or empty.

    ``kind`` is citizen_18, citizen_15, hongkong_residence, macao_residence, taiwan_residence,
    foreign_permanent_2023, foreign_permanent_2017 or empty.
    """

    verdict: Verdict
    kind: str = ""
    normal: str = ""
    birth_on: date | None = None
    sex: str = ""


def read_identity(text: str, on: date | None = None) -> Identity:
    """Read a document's number with its blanks, hyphens and full-width digits.

    With ``on``, a birth after that day is a doubtful birth date; without it only the calendar is judged.
    """
    number = clean_number(text)
    if not number:
        return Identity(Verdict.EMPTY)
    if _CARD_2017.fullmatch(number):
        return Identity(Verdict.VALID, "foreign_permanent_2017", number)
    if _EIGHTEEN.fullmatch(number):
        return _read(number, _kind_of(number), on)
    if _FIFTEEN.fullmatch(number):
        longer = f"{number[:6]}19{number[6:]}"
        return _read(longer + check_digit(longer), "citizen_15", on)
    return Identity(Verdict.WARN_SHAPE)


def clean_number(text: str) -> str:
    """Return the text in upper-case half-width signs without blanks, invisible signs, hyphens and apostrophes."""
    if text.isascii() and text.isalnum():  # nearly every number, and several times quicker
        return text.upper()
    narrow = text.translate(_WIDE)
    return "".join(sign for sign in narrow if category(sign) not in _SKIPPED and sign not in "'‘’`").upper()


_SKIPPED = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Pd"})


def check_digit(seventeen: str) -> str:
    """Return the check digit of the first seventeen digits: 0 to 9 or X."""
    return CHECKS[sum(map(mul, WEIGHTS, map(int, seventeen))) % 11]


def years_old(birth_on: date, on: date) -> int:
    """Return the full years of age on the day, the birthday included; 1 March for those born on 29 February."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))


def under_14(birth_on: date | None, on: date) -> bool:
    """Tell whether somebody is under fourteen on the day, whose data the law holds sensitive; unknown is not under."""
    return birth_on is not None and years_old(birth_on, on) < 14


def _kind_of(number: str) -> str:
    if number[0] == "9":
        return "foreign_permanent_2023"
    return _RESIDENCE.get(number[:6], "citizen_18")


def _read(number: str, kind: str, on: date | None) -> Identity:
    birth_on = _birth_of(number[6:14], on)
    if birth_on is None:
        return Identity(Verdict.WARN_BIRTH_DATE, kind)
    verdict = Verdict.OLD if kind == "citizen_15" else Verdict.VALID
    if check_digit(number[:17]) != number[17]:
        verdict = Verdict.WARN_CHECK_DIGIT
    return Identity(verdict, kind, number, birth_on, "M" if int(number[16]) % 2 else "F")


def _birth_of(digits: str, on: date | None) -> date | None:
    try:
        birth_on = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return birth_on if birth_on.year >= EARLIEST and (on is None or birth_on <= on) else None
