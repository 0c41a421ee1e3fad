"""What an export profile says: which columns, under which headings, in what order; and what is wrong with one."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

import msgspec

from wangge.situation.forms.rules.readable import FIELDS, Grain

COLUMNS_MOST, HEADER_ROWS_MOST = 60, 4
NAME_MOST, TEXT_MOST, SHEET_MOST, WIDTH_MOST = 60, 200, 31, 80
CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,38}[a-z0-9]\Z")
SHEET_SIGNS = re.compile(r"[\[\]:*?/\\]")

ROW_NUMBER, CONSTANT, JOINED, FILLED = "formula.row_number", "formula.constant", "formula.join", "formula.filled"
FORMULAS = (ROW_NUMBER, CONSTANT, JOINED, FILLED)
"""All the reckoning that a column may do: the number of the row, a text, fields one behind the other, how many of
them are known. There is no language in which somebody could write more."""
COUNTED = ("count.stock", "count.change")
SORTS = ("door", "name")
MASKS = ("name", "phone", "id", "hidden")


class State(StrEnum):
    """Where a version stands: being written, in use, or no longer."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class Layout(StrEnum):
    """How rows lie on the sheet: below each other, or a building as storeys by stairwells."""

    TABLE = "table"
    MATRIX = "matrix"


class Column(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One column: its headings from the top, and what stands in it.

    ``source`` is a field of ``readable`` or one of ``FORMULAS``; ``parts`` are the fields that a formula reads,
    ``text`` a constant or what stands between the parts, ``indicator`` what a count counts. ``width`` is in signs, 0
    by what the column holds; ``mask`` a rule of ``privacy.masks``; ``codes`` maps a value to the word for it.
    """

    header: tuple[str, ...]
    source: str
    parts: tuple[str, ...] = ()
    text: str = ""
    indicator: str = ""
    width: int = 0
    mask: str = ""
    codes: dict[str, str] = {}


class LeftOut(msgspec.Struct, frozen=True, kw_only=True):
    """A column of the original that is not in the profile: its headings and the code of the reason."""

    header: tuple[str, ...]
    why: str


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that a version of a profile says; it never changes once it is published.

    ``above`` stands under the title, ``footer`` under the rows; texts may hold ``{area}``, ``{authority}``, ``{on}``
    and, in a building's sheet, ``{community}``, ``{building}``, ``{worker}``, ``{printed}``. ``flags`` narrows a form
    of people to those with one of these standing flags. ``zero_row`` is written where there is no row.
    """

    grain: str
    title: str
    sheet: str = ""
    audience: str = ""
    above: tuple[str, ...] = ()
    header_rows: int = 1
    layout: str = Layout.TABLE.value
    columns: tuple[Column, ...] = ()
    footer: tuple[str, ...] = ()
    sort: str = "door"
    flags: tuple[str, ...] = ()
    zero_row: str = ""
    row_mark: bool = False
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a profile: the code of the refusal, the column from 1 on (0 for the whole), and what it is."""

    code: str
    column: int = 0
    heading: str = ""
    what: str = ""


def sources(body: Body) -> frozenset[str]:
    """Return every field that a profile reads."""
    found = {column.source for column in body.columns if column.source not in FORMULAS}
    return frozenset(found | {part for column in body.columns for part in column.parts})


def heading(header: Collection[str]) -> str:
    """Return a path of headings in one line."""
    return " / ".join(header)


def body_faults(body: Body, *, indicators: Collection[str], flags: Collection[str]) -> list[Fault]:
    """Return what keeps a profile from being used, the first column first; none when it may be published."""
    found = list(_whole_fault(body, flags))
    for number, column in enumerate(body.columns, start=1):
        said = [*_header_fault(column, body), *_source_fault(column, body.grain), *_look_fault(column)]
        if column.source in COUNTED and column.indicator not in indicators:
            said.append(("forms.indicator_unknown", column.indicator))
        found += [Fault(code, number, heading(column.header), what) for code, what in said]
    return found


def _whole_fault(body: Body, flags: Collection[str]) -> Iterator[Fault]:
    if body.grain not in set(Grain):
        yield Fault("forms.grain_unknown", what=body.grain)
    if not body.title.strip():
        yield Fault("forms.title_missing")
    if len(body.sheet) > SHEET_MOST or SHEET_SIGNS.search(body.sheet):
        yield Fault("forms.sheet_name_unfit", what=body.sheet)
    if body.layout == Layout.MATRIX:
        if body.grain != Grain.BUILDING or body.columns:
            yield Fault("forms.matrix_unfit")
    elif not body.columns:
        yield Fault("forms.columns_missing")
    if len(body.columns) > COLUMNS_MOST:
        yield Fault("forms.columns_too_many", what=str(COLUMNS_MOST))
    if not 1 <= body.header_rows <= HEADER_ROWS_MOST:
        yield Fault("forms.header_rows_unfit", what=str(body.header_rows))
    if body.sort not in SORTS:
        yield Fault("forms.sort_unknown", what=body.sort)
    yield from (Fault("forms.flag_unknown", what=flag) for flag in body.flags if flag not in flags)
    if body.flags and body.grain != Grain.PERSON:
        yield Fault("forms.flags_unfit")
    headings = sorted(column.header for column in body.columns)
    yield from (
        Fault("forms.heading_twice", what=heading(one)) for one, same in groupby(headings) if len(list(same)) > 1
    )


def _header_fault(column: Column, body: Body) -> Iterator[tuple[str, str]]:
    if not column.header or not all(part.strip() for part in column.header):
        yield "forms.heading_missing", ""
    elif len(column.header) > body.header_rows:
        yield "forms.heading_deep", str(body.header_rows)


def _source_fault(column: Column, grain: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with what a column reads."""
    wanted = column.parts if column.source in FORMULAS else (column.source,)
    for code in wanted:
        field = FIELDS.get(code)
        if field is None:
            yield "forms.field_unknown", code
        elif grain not in field.grains:
            yield "forms.field_other_grain", code
    if column.source in (JOINED, FILLED) and not column.parts:
        yield "forms.parts_missing", ""


def _look_fault(column: Column) -> Iterator[tuple[str, str]]:
    if column.mask and column.mask not in MASKS:
        yield "forms.mask_unknown", column.mask
    if not 0 <= column.width <= WIDTH_MOST:
        yield "forms.width_unfit", str(WIDTH_MOST)


def read_body(stored: Mapping[str, object]) -> Body:
    """Return a profile as it was stored; ``msgspec.ValidationError`` when it is none."""
    return msgspec.convert(stored, Body, strict=False)


def stored_body(body: Body) -> dict[str, object]:
    """Return a profile as it is stored: plain mappings, lists and texts."""
    stored: dict[str, object] = msgspec.to_builtins(body)
    return stored
