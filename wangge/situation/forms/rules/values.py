"""What stands in each cell of a form: values by column, masked and worded."""

from collections.abc import Sequence
from datetime import date

from wangge.privacy.masks import mask
from wangge.situation.forms.rules.profiles import (
    COUNTED,
    FILLED,
    FORMULAS,
    JOINED,
    ROW_NUMBER,
    Column,
)
from wangge.situation.forms.rules.readable import (
    BETWEEN_PHONES,
    FIELDS,
    BuildingRow,
    CountRow,
    HouseholdRow,
    Kind,
    PersonRow,
    Value,
)

Row = PersonRow | HouseholdRow | BuildingRow | CountRow
NOT_ASKED, NOT_COMPARED = "未排查", "无上期"
"""Stand where a number was not asked for, or has no cut-off before to be compared with: a blank would look like nought.
"""
WIDEST = 20


def kind_of(column: Column) -> Kind:
    """Return how a column's values are written; masked and worded ones are text."""
    if column.source in (ROW_NUMBER, FILLED):
        return Kind.NUMBER
    if column.source in FORMULAS or column.codes or column.mask:
        return Kind.TEXT
    return FIELDS[column.source].kind


def width_of(column: Column) -> int:
    """Return a column's width in signs: its own, else by what it holds, never below its lowest heading up to 20."""
    if column.width:
        return column.width
    usual = FIELDS[column.source].width if column.source in FIELDS else 8
    return max(usual, min(2 * len(column.header[-1]) + 2, WIDEST))


def cells(columns: Sequence[Column], row: Row, *, number: int, on: date, masked: bool = False) -> list[Value]:
    """Return one row of a form; with ``masked`` every personal field is under its mask, whatever the profile says."""
    return [_cell(column, row, number, on, masked) for column in columns]


def _cell(column: Column, row: Row, number: int, on: date, masked: bool) -> Value:
    if column.source in FORMULAS:
        return _reckoned(column, row, number, on, masked)
    if column.source in COUNTED and isinstance(row, CountRow):
        figure = row.figures.get((column.source, column.indicator))
        asked = row.figures.get(("count.stock", column.indicator)) is not None
        return figure if figure is not None else NOT_COMPARED if asked else NOT_ASKED
    found = FIELDS[column.source].read(row, on)
    rule = _rule(column, column.source, masked)
    if not rule and str(found) in column.codes:
        return column.codes[str(found)]
    return _read(column.source, row, on, rule)


def _reckoned(column: Column, row: Row, number: int, on: date, masked: bool) -> Value:
    """Return what a formula gives: there are four, and no others."""
    if column.source == ROW_NUMBER:
        return number
    if column.source == JOINED:
        parts = (_text(_read(code, row, on, _rule(column, code, masked))) for code in column.parts)
        return column.text.join(part for part in parts if part)
    if column.source == FILLED:
        return sum(FIELDS[code].read(row, on) not in (None, "") for code in column.parts)
    return column.text


def _rule(column: Column, code: str, masked: bool) -> str:
    """Return the mask under which a field is shown in a column."""
    return column.mask or (FIELDS[code].mask if masked else "")


def _read(code: str, row: Row, on: date, rule: str) -> Value:
    """Return a field's value, in words where it is a code, under a mask if there is one."""
    field = FIELDS[code]
    found = field.read(row, on)
    if isinstance(found, str) and field.words:
        found = field.words.get(found, found)
    if not rule or found is None:
        return found
    if rule == "phone":
        return BETWEEN_PHONES.join(mask(rule, one) for one in str(found).split(BETWEEN_PHONES) if one)
    return mask(rule, _text(found))


def _text(value: Value) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return "" if value is None else str(value)


def choices_of(column: Column) -> tuple[str, ...]:
    """Return the words that a column may hold, for the list from which a sheet lets choose; none where it is free."""
    if column.mask or column.source in FORMULAS:
        return ()
    words = column.codes or FIELDS[column.source].words
    return tuple(dict.fromkeys(word for word in words.values() if word))
