"""Which column of a list holds what: by headings of one or two rows, by content; forbidden ones dropped unread."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from wangge.flows.handed_down_list.words import AGAIN_GROUPS, HEADINGS
from wangge.flows.import_roster.columns import is_forbidden, plain_header
from wangge.flows.import_roster.reading import Cell, Sheet, SheetRow, column_letter
from wangge.flows.import_roster.signs import text_of
from wangge.kernel.identity import Verdict, read_identity
from wangge.people.rules.particulars import normal_phone

HEADER_ROWS_LOOKED_AT = 15
SURE, LIKELY, PERHAPS = 3, 2, 1
ROWS_TRIED, ENOUGH = 60, 0.6


@dataclass(frozen=True, slots=True)
class Heading:
    """One column: its letter, the heading above the group and its own, the field it was taken for, how sure that is."""

    at: int
    group: str
    text: str
    field: str = ""
    sure: int = 0
    forbidden: bool = False

    @property
    def column(self) -> str:
        """The letter of the column."""
        return column_letter(self.at)


@dataclass(frozen=True, slots=True)
class Headings:
    """How a sheet is read: the rows of its headings, its columns, and where each field stands."""

    first_row: int
    last_row: int
    columns: tuple[Heading, ...]
    places: dict[str, int] = field(default_factory=dict)

    @property
    def forbidden(self) -> frozenset[int]:
        """The places of the columns that are never read."""
        return frozenset(one.at for one in self.columns if one.forbidden)

    def letter(self, name: str) -> str | None:
        """Return the letter of a field's column."""
        return column_letter(self.places[name]) if name in self.places else None


def find_headings(sheet: Sheet) -> Headings | None:
    """Return the headings of a list, None when none of its first rows names persons.

    Of all first rows, alone or with the row below, those are the headings that name most fields, a name or a number
    and one more at least. A row of titles above is none of them, although it leaves open what the headings fill in.
    """
    rows = sheet.rows[:HEADER_ROWS_LOOKED_AT]
    best: tuple[tuple[int, bool, bool, int], Headings] | None = None
    for at, row in enumerate(rows):
        below = rows[at + 1] if at + 1 < len(rows) else None
        names_one = any(one.field for one in _named(row, None))
        for second in (None, below) if _heads_groups(row, below) else (None,):
            columns = _named(row, second)
            fields = {one.field for one in columns if one.field}
            if fields & {"name", "number"} and len(fields) >= 2:
                rank = (len(fields), second is not None and names_one, second is None, -at)
                if best is None or rank > best[0]:
                    best = rank, Headings(row.number, second.number if second else row.number, tuple(columns))
    return _settled(sheet, best[1]) if best else None


def with_merged(found: Headings, merges: Sequence[Sequence[int]]) -> Headings:
    """Return the headings with every column that a forbidden heading was merged over."""
    taken = {one.at for one in found.columns if not one.forbidden}
    wide = [
        Heading(at, "", one.text, forbidden=True)
        for one in found.columns
        if one.forbidden
        for top, left, _bottom, right in merges
        if found.first_row <= top + 1 <= found.last_row and left == one.at
        for at in range(left + 1, right + 1)
        if at not in taken | found.forbidden
    ]
    columns = sorted((*found.columns, *wide), key=lambda one: one.at)
    return replace(found, columns=tuple(columns)) if wide else found


def _heads_groups(row: SheetRow, below: SheetRow | None) -> bool:
    """Tell whether the row below fills in what a merged heading leaves open, and is itself no person."""
    if below is None or below.number != row.number + 1:
        return False
    texts = [text_of(cell) for cell in below.cells]
    open_places = [at for at, text in enumerate(texts) if text and not _text(row, at)]
    if not open_places or any(is_identity(text) or normal_phone(text) for text in texts if text):
        return False
    return all(not (_text(row, at) and _text(row, at + 1)) for at, text in enumerate(texts) if text)


def _text(row: SheetRow, at: int) -> str:
    return text_of(row.cells[at]) if at < len(row.cells) else ""


def is_identity(text: str) -> bool:
    """Tell whether a text is the number of an identity document, right or mistyped in a digit."""
    return read_identity(text).verdict in (Verdict.VALID, Verdict.OLD, Verdict.WARN_CHECK_DIGIT)


def _named(row: SheetRow, second: SheetRow | None) -> list[Heading]:
    """Return the columns of a heading row, each with the field that it names."""
    width = max(len(row.cells), len(second.cells) if second else 0)
    found, group = [], ""
    for at in range(width):
        top, sub = _text(row, at), _text(second, at) if second else ""
        group = top or (group if sub else "")
        text = sub or top
        if not text:
            continue
        above = group if sub else ""
        if is_forbidden(text) or is_forbidden(above):
            found.append(Heading(at, above, text, forbidden=True))
        else:
            name, sure = _field_of(above, text)
            found.append(Heading(at, above, text, name, sure))
    return found


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {plain_header(word): name for name, words in HEADINGS.items() for word in words}


def _field_of(group: str, text: str) -> tuple[str, int]:
    """Return the field that a heading names and how sure that is; under "left again" a time is that of leaving here."""
    plain = plain_header(text)
    bare = plain.split("(")[0].split("【")[0] or plain
    name, sure = _known().get(plain, ""), SURE
    if not name:
        name, sure = _known().get(bare, ""), LIKELY
    if not name:
        words = [word for word in _known() if len(word) >= 3 and word in plain]
        name, sure = (_known()[max(words, key=len)], PERHAPS) if words else ("", 0)
    if name == "left" and any(word in plain_header(group) for word in AGAIN_GROUPS):
        return "left_again_on", SURE
    return name, sure


def _settled(sheet: Sheet, found: Headings) -> Headings:
    """Give each field to one column: the surest, then the leftmost; look into columns for what no heading names."""
    best: dict[str, Heading] = {}
    columns = list(found.columns)
    for place in range(1, len(columns)):
        again = columns[place - 1].field == "left_again" and columns[place].field == "left"
        if again and any(other.field == "left" for other in columns[:place]):
            columns[place] = replace(columns[place], field="left_again_on")
    for one in columns:
        if one.field and (one.field not in best or one.sure > best[one.field].sure):
            best[one.field] = one
    columns = [one if best.get(one.field) is one else replace(one, field="", sure=0) for one in columns]
    columns = _by_content(sheet, found.last_row, columns)
    places = {one.field: one.at for one in columns if one.field}
    return Headings(found.first_row, found.last_row, tuple(columns), places)


def _by_content(sheet: Sheet, last_row: int, columns: Sequence[Heading]) -> list[Heading]:
    """Find numbers and telephones by what stands in columns whose heading says nothing."""
    rows = [row for row in sheet.rows if row.number > last_row][:ROWS_TRIED]
    taken = {one.field for one in columns}
    settled = list(columns)
    checks: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("number", is_identity),
        ("phones", lambda text: normal_phone(text) is not None),
    )
    for name, fits in checks:
        if name in taken:
            continue
        for place, one in enumerate(settled):
            texts = [text for row in rows if (text := _text(row, one.at))] if not (one.field or one.forbidden) else []
            if texts and sum(map(fits, texts)) >= ENOUGH * len(texts):
                settled[place] = replace(one, field=name, sure=PERHAPS)
                break
    return settled


def cell_at(row: SheetRow, at: int | None) -> Cell:
    """Return the cell of a row at a place, None where there is none."""
    return row.cells[at] if at is not None and at < len(row.cells) else None
