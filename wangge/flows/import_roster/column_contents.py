"""What a column holds, told by what stands in it, where its heading does not tell or tells something else."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from unicodedata import normalize

from wangge.flows.import_roster.cells import code_of, normal_phone, read_day, text_of
from wangge.flows.import_roster.columns import BY_CONTENT, Column, ColumnMap, index_of, settled
from wangge.flows.import_roster.headers import BELIEFS, ETHNIC, NONE_WORDS, RELATIONS
from wangge.flows.import_roster.reading import Cell, Sheet, column_letter
from wangge.kernel.identity import Verdict, read_identity
from wangge.kernel.names import NameVerdict, read_name
from wangge.kernel.surnames import COMMON, COMPOUND
from wangge.places.rules import parse_door

ROWS_LOOKED_AT = 200
FEWEST, MOST_PART, FORBIDDEN_PART = 3, 0.8, 0.6
_NUMBER = re.compile(r"[0-9]{15}|[0-9]{17}[0-9Xx]")


def looks_like_data(text: str) -> bool:
    """Tell whether a text is what stands below headings: a document number, a telephone, a day, a door."""
    plain = re.sub(r"\s", "", normalize("NFKC", text))
    return bool(
        _NUMBER.fullmatch(plain)
        or normal_phone(plain)
        or parse_door(plain)
        or re.fullmatch(r"-?[0-9.]+", plain)
        or re.fullmatch(r"[12][0-9]{3}[-./年][0-9]{1,2}[-./月][0-9]{1,2}日?", plain)
    )


def _is_number(cell: Cell) -> bool:
    if isinstance(cell, float):
        return cell >= 1e16
    return read_identity(text_of(cell)).verdict in (Verdict.VALID, Verdict.OLD, Verdict.WARN_CHECK_DIGIT)


def _is_birth(cell: Cell) -> bool:
    day, _ = read_day(cell)
    return day is not None and day.year > 1900


def _is_name(cell: Cell) -> bool:
    text = "".join(text_of(cell).split())
    known = text[:1] in COMMON or text[:2] in COMPOUND
    return 2 <= len(text) <= 4 and known and read_name(text).verdict == NameVerdict.OK


def _is_relation(cell: Cell) -> bool:
    return code_of(text_of(cell), RELATIONS) is not None and len(text_of(cell)) <= 6


KINDS: Mapping[str, Callable[[Cell], bool]] = {
    "number": _is_number,
    "phones": lambda cell: normal_phone(text_of(cell)) is not None,
    "sex": lambda cell: text_of(cell) in ("男", "女", "男性", "女性"),
    "relation": _is_relation,
    "birth": _is_birth,
    "door": lambda cell: parse_door(text_of(cell)) is not None,
    "name": _is_name,
}
"""Field > whether a cell looks like one, the surest signs first."""


def with_contents(sheet: Sheet, found: ColumnMap) -> ColumnMap:
    """Return the columns with what their contents tell; contents of columns that are never read are not looked at."""
    never = {one.column for one in found.dropped}
    by_letter = {one.column: one for one in found.columns}
    taken: set[str | None] = {one.field for one in found.columns if one.field}
    columns: list[Column] = []
    dropped = list(found.dropped)
    for index in range(len(found.headings)):
        letter = column_letter(index)
        column = by_letter.get(letter, Column(sheet.name, letter, "", None, 0.0))
        values = [] if letter in never else _values(sheet, found, index)
        if letter in never:
            continue
        if column.field in (None, "remark") and _forbidden(values):
            dropped.append(replace(column, field=None, confidence=0.0))
            continue
        told = _told(values, column, taken)
        if told and told != column.field:
            taken.add(told)
            column = replace(column, field=told, confidence=BY_CONTENT)
        if column.header or column.field:
            columns.append(column)
    ordered = tuple(sorted(dropped, key=lambda one: index_of(one.column)))
    return settled(replace(found, columns=tuple(columns), dropped=ordered))


def _values(sheet: Sheet, found: ColumnMap, index: int) -> list[Cell]:
    """Return what stands in a column in its first rows, without words for nothing."""
    below = [row for row in sheet.rows if row.number > found.header_row][:ROWS_LOOKED_AT]
    cells = [row.cells[index] for row in below if index < len(row.cells)]
    return [cell for cell in cells if text_of(cell) and text_of(cell).casefold() not in NONE_WORDS]


def _forbidden(values: Sequence[Cell]) -> bool:
    words = [text_of(cell).removesuffix("族") for cell in values]
    wrong = sum(word in ETHNIC or word in BELIEFS for word in words)
    return wrong >= FEWEST and wrong >= FORBIDDEN_PART * len(words)


def _told(values: Sequence[Cell], column: Column, taken: set[str | None]) -> str | None:
    """Return the field that a column's contents are of, None when they do not tell.

    A heading is believed unless hardly anything below it is of its kind and nearly everything of another.
    """
    if len(values) < FEWEST:
        return None
    parts = {field: sum(test(cell) for cell in values) / len(values) for field, test in KINDS.items()}
    best = next((field for field, part in parts.items() if part >= MOST_PART), None)
    if best is None or (best in taken and best != "phones"):
        return None
    if column.field is None:
        # A column of numbers beside the table, or of names of others, is not taken on its looks alone.
        return None if column.header and best in ("name", "birth", "door", "phones") else best
    contradicted = column.field in parts and parts[column.field] < 1 - MOST_PART
    return best if contradicted or (column.field in ("order", "remark") and best == "number") else None
