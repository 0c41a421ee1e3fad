"""A handed-down sheet read: one row a person, with all that had to be said about it, and the sheet around the rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from wangge.flows.handed_down_list.headings import Headings, cell_at, find_headings, is_identity, with_merged
from wangge.flows.handed_down_list.words import NO, YES
from wangge.flows.import_roster import persons
from wangge.flows.import_roster.days import DATE_IMPOSSIBLE, read_day
from wangge.flows.import_roster.reading import Cell, Omitted, Sheet, SheetRow, column_letter, read_sheets
from wangge.flows.import_roster.rows import RosterRow
from wangge.flows.import_roster.signs import says_nothing, text_of
from wangge.kernel.refused import Refused

TOTALS = ("合计", "总计", "共计", "小计", "total", "subtotal")
MOST_ROWS = 20_000
Reported = tuple[str | None, int | None, str | None, str]
"""Sheet, row, column and code of something to be told."""


@dataclass(slots=True)
class ListRow:
    """A person of a list as read. ``flag`` is what the sheet says about the period, ``door`` the address as written."""

    sheet: str
    row: int
    name: str = ""
    number: str = ""
    number_doubt: str = ""
    partial: str = ""
    birth: date | None = None
    sex: str = ""
    phones: tuple[str, ...] = ()
    address: str = ""
    registered: str = ""
    source: str = ""
    left: date | None = None
    arrived: date | None = None
    left_again: bool = False
    left_again_on: date | None = None
    left_again_to: str = ""
    flag: bool | None = None
    flag_column: str | None = None
    remark: str = ""
    cells: list[Any] = field(default_factory=list)
    codes: list[tuple[str | None, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a file says: its rows in order, headings never read, reports, and the sheets around the rows."""

    rows: tuple[ListRow, ...]
    columns: tuple[tuple[str, str, str, str], ...]
    dropped: tuple[str, ...]
    reports: tuple[Reported, ...]
    layout: list[dict[str, Any]]


def read_list(content: bytes, as_of: date) -> ReadList:
    """Read a list; refused as ``read_sheets``, and when no sheet has the headings of a list of persons."""
    rows: list[ListRow] = []
    columns: list[tuple[str, str, str, str]] = []
    dropped: list[str] = []
    reports: list[Reported] = []
    layout: list[dict[str, Any]] = []
    for sheet in read_sheets(content):
        found = None if sheet.hidden else find_headings(sheet)
        if found is None:
            reports.append((sheet.name, None, None, "hidden_sheet_skipped" if sheet.hidden else "sheet_no_data"))
            continue
        found = with_merged(found, _merges(sheet))
        columns += [(sheet.name or "", one.column, one.text, one.field) for one in found.columns]
        dropped += dict.fromkeys(one.text for one in found.columns if one.forbidden)
        reports += [
            (sheet.name, found.last_row, one.column, "forbidden_column") for one in found.columns if one.forbidden
        ]
        reports += [(sheet.name, *_place(one), one.code) for one in sheet.omitted]
        own, around = _read_sheet(sheet, found, as_of, reports)
        rows += own
        layout.append(_layout(sheet, found, around, _merges(sheet)))
    if not layout:
        raise Refused("lists.headings_missing")
    if len(rows) > MOST_ROWS:
        raise Refused("lists.too_many_rows", limit=MOST_ROWS)
    if not rows:
        raise Refused("lists.nobody")
    return ReadList(tuple(rows), tuple(columns), tuple(dropped), tuple(reports), layout)


def _place(one: Omitted) -> tuple[int | None, str | None]:
    """Return row and column of what the office hid or struck out."""
    return one.row, None if one.column is None else column_letter(one.column)


def _read_sheet(
    sheet: Sheet, found: Headings, as_of: date, reports: list[Reported]
) -> tuple[list[ListRow], list[SheetRow]]:
    """Return the persons of a sheet, and the rows that are none: titles, headings, totals, notes."""
    own: list[ListRow] = []
    around: list[SheetRow] = []
    for row in sheet.rows:
        if row.number <= found.last_row:
            around.append(row)
        elif code := _no_person(row, found):
            around.append(row)
            column = next((at for at, cell in enumerate(row.cells) if text_of(cell)), 0)
            reports.append((sheet.name, row.number, column_letter(column), code))
        else:
            own.append(_read_row(sheet, row, found, as_of))
    return own, around


def _no_person(row: SheetRow, found: Headings) -> str:
    """Return the code of why a row is no person, empty when it is one."""
    texts = {name: text_of(cell_at(row, at)) for name, at in found.places.items()}
    headings = {one.at: one.text for one in found.columns}
    repeats = sum(bool(text) and text == headings.get(found.places[name]) for name, text in texts.items())
    if repeats >= 2:
        return "header_repeated_skipped"
    first = next(
        (text for at, cell in enumerate(row.cells) if at not in found.forbidden and (text := text_of(cell))), ""
    )
    told = [name for name in ("name", "number", "phones") if not says_nothing(texts.get(name, ""))]
    if first.casefold().startswith(TOTALS) and not is_identity(texts.get("number", "")) and "phones" not in told:
        return "total_row_skipped"
    return "" if told else "stray_note"


def _read_row(sheet: Sheet, row: SheetRow, found: Headings, as_of: date) -> ListRow:
    cells = {name: cell_at(row, at) for name, at in found.places.items()}
    texts = {name: text_of(cell) for name, cell in cells.items()}
    read = ListRow(sheet.name or "", row.number, cells=plain_cells(row, found.forbidden))

    def tell(code: str, name: str) -> None:
        if name in found.places:
            read.codes.append((found.letter(name), code))

    _put_person(read, cells, texts, as_of, tell, days_from_1904=sheet.days_from_1904)
    for name in ("left", "arrived", "left_again_on"):
        day, fault = read_day(cells.get(name), latest=as_of, days_from_1904=sheet.days_from_1904)
        if day is not None and day > as_of and name != "left_again_on":
            day, fault = None, DATE_IMPOSSIBLE
        setattr(read, name, day)
        if fault:
            tell(fault, name)
    read.address, read.registered = _said(texts, "door"), _said(texts, "registered")
    read.source, read.remark = _said(texts, "from"), _said(texts, "remark")
    read.left_again_to = _said(texts, "left_again_to")
    read.left_again = bool(_yes_no(texts.get("left_again", "")))
    read.flag, read.flag_column = _yes_no(texts.get("within", "")), found.letter("within")
    return read


def _put_person(
    read: ListRow, cells: dict[str, Cell], texts: dict[str, str], as_of: date, tell: Any, *, days_from_1904: bool
) -> None:
    """Read who the row is about, as rosters are read."""
    person = RosterRow(read.sheet, read.row)
    if not persons.put_name(person, texts.get("name", "")):
        tell("cell_unreadable", "name")
    elif not person.name:
        tell("name_missing", "name")
    for code, name in (
        *persons.put_number(person, cells.get("number"), texts.get("number_kind", ""), as_of),
        *persons.put_birth(person, cells.get("birth"), as_of, days_from_1904=days_from_1904),
        *persons.put_words(person, {"sex": texts.get("sex", "")}),
    ):
        tell(code, name)
    if persons.put_phones(person, texts.get("phones", "")):
        tell("phone_invalid", "phones")
    read.name, read.number, read.number_doubt = person.name, person.number, person.number_doubt
    read.partial, read.birth, read.sex, read.phones = person.partial, person.birth, person.sex, person.phones


def _said(texts: dict[str, str], name: str) -> str:
    text = texts.get(name, "")
    return "" if says_nothing(text) else text


def _yes_no(text: str) -> bool | None:
    plain = text.strip().casefold()
    return True if plain in YES else False if plain in NO else None


def plain_cells(row: SheetRow, forbidden: frozenset[int]) -> list[Any]:
    """Return the cells of a row as they are stored: text and numbers as they are, days as ["d", ISO day]."""
    return [None if at in forbidden else _plain(cell) for at, cell in enumerate(row.cells)]


def _plain(cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return ["t", cell.isoformat()]
    if isinstance(cell, date):
        return ["d", cell.isoformat()]
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    return str(cell)


def _layout(sheet: Sheet, found: Headings, around: Sequence[SheetRow], merges: list[list[int]]) -> dict[str, Any]:
    """Return what stands around the rows of a sheet, so that it can be written again; forbidden cells are not kept."""
    width = max([len(row.cells) for row in sheet.rows], default=0)
    kept = []
    for row in around:
        unread = frozenset() if row.number <= found.last_row else found.forbidden
        kept.append([row.number, plain_cells(row, unread)])
    return {
        "name": sheet.name or "",
        "first_row": found.first_row,
        "last_row": found.last_row,
        "width": width,
        "around": kept,
        "merges": merges,
        "forbidden": sorted(found.forbidden),
        "places": dict(found.places),
    }


def _merges(sheet: Sheet) -> list[list[int]]:
    """Return the merged cells of a sheet, as first row and column, last row and column from 0."""
    return [[one.top - 1, one.left, one.bottom - 1, one.right] for one in sheet.merges]
