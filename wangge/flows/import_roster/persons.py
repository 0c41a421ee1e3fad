"""The cells that say who somebody is. Each function fills a row and returns what is to be reported, by field."""

import re
from datetime import date
from typing import TYPE_CHECKING

from wangge.flows.import_roster.cells import code_of, read_phones
from wangge.flows.import_roster.days import DATE_IMPOSSIBLE, UNREADABLE, read_birth, read_day
from wangge.flows.import_roster.headers import NUMBER_KINDS, RELATIONS, SEXES
from wangge.flows.import_roster.reading import Cell
from wangge.flows.import_roster.signs import says_nothing, text_of
from wangge.kernel.identity import EARLIEST, Verdict, clean_number, read_identity
from wangge.kernel.names import NameVerdict, read_name
from wangge.people.rules.particulars import read_number

if TYPE_CHECKING:
    from wangge.flows.import_roster.rows import RosterRow

Said = list[tuple[str, str]]
"""Codes of what is to be reported, each with the field at whose column."""

NUMBER_CODES = {"check_digit": "id_check_digit", "birth_date": "id_date_invalid", "shape": "id_length"}
_NAMELESS = re.compile(
    r"(?:未|没|尚未|还未|暂未|待)(?:取|起|定|命|有)名(?:字)?|无名氏?|新生(?:儿|婴儿)|婴儿|小孩|[^之]{2,4}之(?:子|女|妻|母|父|孙|孙女|儿子|女儿|婴)"
)
_NO_NAME = frozenset({"empty", "word_for_none", "no_letters"})
_SCIENTIFIC = re.compile(r"[0-9](?:\.[0-9]+)?[eE]\+?1[0-9]")
_LABEL = re.compile(
    r"^(?:居民|公民)?(?:身份证号码?|身份证|证件号码?|证件|号码)[:：]?\s*|[(（\[【][^)）\]】]*[)）\]】]\s*$"
)
_KIND_BEFORE = re.compile(
    r"^(护照|港澳通行证|台胞证|回乡证|通行证|军官证|士兵证|出生证明?|出生医学证明)[:：]?\s*(?=[0-9A-Za-z])"
)
_BETWEEN = re.compile(r"[/、;；,，\n]")


def put_name(person: "RosterRow", text: str) -> bool:
    """Put the name on a person, none where there is none; return whether the cell names no more than one person."""
    read = read_name(text)
    if read.verdict == NameVerdict.REFUSE:
        return read.reason in _NO_NAME
    if read.reason == "hidden_part" or _NAMELESS.fullmatch(read.normal):
        # Not a name, but all that is known of one: it stays with the remarks.
        person.remark = text_of(text)
        return True
    person.name = read.normal
    return True


def put_number(person: "RosterRow", cell: Cell, kind_text: str, as_of: date) -> Said:
    """Put the number of the document on a person, with the birth and sex that a good one tells.

    A number that a workbook has cut is not kept; the digits left of it help to find the person again.
    """
    if _is_cut(cell):
        person.partial = _digits_left(cell)
        _birth_of_cut(person, as_of)
        return [("id_truncated", "number")]
    text = _LABEL.sub("", text_of(cell))
    if says_nothing(text):
        return [("id_missing", "number")]
    if _BETWEEN.search(text) and sum(bool(part.strip()) for part in _BETWEEN.split(text)) > 1:
        return [(UNREADABLE, "number")]
    if before := _KIND_BEFORE.match(text):
        kind_text, text = before[1], text[before.end() :]
    kind = code_of(kind_text, NUMBER_KINDS) or ""
    read = read_number(text, kind, as_of)
    person.number, person.number_kind, person.number_doubt = read.number, read.kind, read.doubt
    person.birth, person.sex = read.birth_on, read.sex
    if read.doubt:
        return [(NUMBER_CODES[read.doubt], "number")]
    old = read.kind == "citizen_15" and read_identity(clean_number(text)).verdict == Verdict.OLD
    return [("id_15_digits", "number")] if old else []


def _is_cut(cell: Cell) -> bool:
    if isinstance(cell, float):
        return cell >= 1e16
    return isinstance(cell, str) and _SCIENTIFIC.fullmatch(cell.strip()) is not None


def _digits_left(cell: Cell) -> str:
    """Return the 15 digits that a cut number still holds, nothing when it was cut to fewer."""
    if isinstance(cell, float):
        return f"{cell:.14e}".replace(".", "")[:15]
    digits = str(cell).strip().casefold().partition("e")[0].replace(".", "")
    return digits[:15] if len(digits) >= 15 else ""


def _birth_of_cut(person: "RosterRow", as_of: date) -> None:
    digits = person.partial[6:14]
    day, _ = read_day(digits) if len(digits) == 8 else (None, "")
    person.birth = day if day and day.year >= EARLIEST and day <= as_of else None


def put_birth(person: "RosterRow", cell: Cell, as_of: date, *, days_from_1904: bool = False) -> Said:
    """Put the birth on a person; a good number has told it already and wins over the cell."""
    if cell is None or cell == "":
        return []
    day, fault = read_birth(cell, known=person.birth, as_of=as_of, days_from_1904=days_from_1904)
    if day is not None and (day > as_of or day.year < EARLIEST):
        day, fault = None, DATE_IMPOSSIBLE
    if person.birth is not None:
        if day is not None and day != person.birth:
            return [("birth_conflict", "birth")]
        return [(fault, "birth")] if fault == DATE_IMPOSSIBLE else []
    person.birth = day
    return [(fault, "birth")] if fault else []


def put_return(person: "RosterRow", day_cell: Cell, place: str, as_of: date, *, days_from_1904: bool = False) -> Said:
    """Put when and from where somebody came back on a person; a day without a year is the latest one."""
    day, fault = read_day(day_cell, latest=as_of, days_from_1904=days_from_1904)
    if day is not None and day > as_of:
        day, fault = None, DATE_IMPOSSIBLE
    person.return_on, person.return_from = day, "" if says_nothing(place) else place
    return [(fault, "return_date")] if fault else []


def put_words(person: "RosterRow", texts: dict[str, str]) -> Said:
    """Put sex and relation on a person; a good number has told the sex already and wins over the cell."""
    said: Said = []
    sex = code_of(texts.get("sex", ""), SEXES)
    if sex and person.sex and sex != person.sex:
        said.append(("sex_conflict", "sex"))
    elif sex is None and not says_nothing(texts.get("sex", "")):
        said.append(("cell_unreadable", "sex"))
    person.sex = person.sex or sex or ""
    relation = code_of(texts.get("relation", ""), RELATIONS)
    if relation is None and not says_nothing(texts.get("relation", "")):
        said.append(("cell_unreadable", "relation"))
    person.relation = relation or "unknown"
    person.is_head = relation == "head"
    return said


def put_phones(person: "RosterRow", text: str) -> bool:
    """Add the telephones in a cell to a person; return whether something in it is none."""
    numbers, wrong = read_phones(text)
    person.phones = tuple(dict.fromkeys((*person.phones, *numbers)))
    return wrong
