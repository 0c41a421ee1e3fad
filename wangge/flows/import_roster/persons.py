"""The cells that say who somebody is. Each function fills a row and returns what is to be reported, by field."""

import re
from datetime import date
from typing import TYPE_CHECKING

from wangge.flows.import_roster.cells import DATE_IMPOSSIBLE, code_of, read_day, read_phones, says_nothing, text_of
from wangge.flows.import_roster.headers import NUMBER_KINDS, RELATIONS, SEXES
from wangge.flows.import_roster.reading import Cell
from wangge.kernel.identity import EARLIEST, Verdict, clean_number, read_identity
from wangge.kernel.names import NameVerdict, read_name
from wangge.people.rules.particulars import read_number

if TYPE_CHECKING:
    from wangge.flows.import_roster.rows import RosterRow

Said = list[tuple[str, str]]
"""Codes of what is to be reported, each with the field at whose column."""

NUMBER_CODES = {"check_digit": "id_check_digit", "birth_date": "id_date_invalid", "shape": "id_length"}
_NO_NAME = frozenset({"empty", "word_for_none", "no_letters"})
_SCIENTIFIC = re.compile(r"[0-9]\.[0-9]+[eE]\+?1[0-9]")


def put_name(person: "RosterRow", text: str) -> bool:
    """Put the name on a person, none where there is none; return whether the cell names no more than one person."""
    read = read_name(text)
    if read.verdict == NameVerdict.REFUSE:
        return read.reason in _NO_NAME
    person.name = read.normal
    return True


def put_number(person: "RosterRow", cell: Cell, kind_text: str, as_of: date) -> Said:
    """Put the number of the document on a person, with the birth and sex that a good one tells.

    A number that a workbook has cut is not kept; the digits left of it help to find the person again.
    """
    if _is_cut(cell):
        person.partial = f"{cell:.14e}".replace(".", "")[:15] if isinstance(cell, float) else ""
        _birth_of_cut(person, as_of)
        return [("id_truncated", "number")]
    text = text_of(cell)
    if says_nothing(text):
        return [("id_missing", "number")]
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


def _birth_of_cut(person: "RosterRow", as_of: date) -> None:
    digits = person.partial[6:14]
    day, _ = read_day(digits) if len(digits) == 8 else (None, "")
    person.birth = day if day and day.year >= EARLIEST and day <= as_of else None


def put_birth(person: "RosterRow", cell: Cell, as_of: date) -> Said:
    """Put the birth on a person; a good number has told it already and wins over the cell."""
    day, fault = read_day(cell)
    if day is not None and (day > as_of or day.year < EARLIEST):
        day, fault = None, DATE_IMPOSSIBLE
    if person.birth is not None:
        if day is not None and day != person.birth:
            return [("birth_conflict", "birth")]
        return [(fault, "birth")] if fault == DATE_IMPOSSIBLE else []
    person.birth = day
    return [(fault, "birth")] if fault else []


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
