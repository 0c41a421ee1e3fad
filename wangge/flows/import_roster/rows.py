"""A row of a roster as a person at a door, with everything that had to be said about it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from wangge.flows.import_roster import persons
from wangge.flows.import_roster.cells import read_gone
from wangge.flows.import_roster.columns import APART as PLACED
from wangge.flows.import_roster.columns import ColumnMap
from wangge.flows.import_roster.doors import PARTS, read_door
from wangge.flows.import_roster.reading import STRUCK, Cell, Sheet, SheetRow, column_letter
from wangge.flows.import_roster.rowkinds import EMPTY, NOTE, TOTAL, VACANT_DOOR, kind_of
from wangge.flows.import_roster.signs import says_same, text_of
from wangge.flows.import_roster.totals import Totals
from wangge.places.rules import DoorKey

APART = frozenset(PLACED)
CARRIED = ("door", *PARTS, "head")


@dataclass(frozen=True, slots=True)
class Report:
    """Something to be told about a place in the file, by a code; sheet, row and column are None where none fits."""

    sheet: str | None
    row: int | None
    column: str | None
    code: str


@dataclass(slots=True)
class RosterRow:
    """A person in a row. ``number`` is in its stored form, or as written when ``number_doubt`` says why it is doubtful;
    ``partial`` are the digits left of a truncated one. ``block`` counts the families of a sheet; ``size`` is how many
    people a list of heads says the household has.
    """

    sheet: str | None
    row: int
    name: str = ""
    number: str = ""
    number_kind: str = ""
    number_doubt: str = ""
    partial: str = ""
    birth: date | None = None
    sex: str = ""
    phones: tuple[str, ...] = ()
    relation: str = "unknown"
    is_head: bool = False
    head_name: str = ""
    door: str = ""
    address: str = ""
    remark: str = ""
    block: int = 0
    return_on: date | None = None
    return_from: str = ""
    size: int | None = None


@dataclass(slots=True)
class ReadRow:
    """What became of a row by reading alone: a person, or ``left`` as skipped or rejected; and its reports."""

    sheet: str | None
    row: int
    person: RosterRow | None
    left: str = ""
    reports: list[Report] = field(default_factory=list)


@dataclass(slots=True)
class _Reader:
    """What is remembered from row to row of one sheet; ``around`` is what the sheet's name says of all its doors."""

    sheet: Sheet
    map: ColumnMap
    as_of: date
    around: Mapping[str, str]
    above: dict[str, str] = field(default_factory=dict)
    block: int = 0
    address: str = ""
    door: str = ""
    head: str = ""
    totals: Totals = field(default_factory=Totals)
    struck: frozenset[tuple[int | None, int | None]] = frozenset()
    of_heads: bool = False

    def __post_init__(self) -> None:
        self.struck = frozenset((one.row, one.column) for one in self.sheet.omitted if one.code == STRUCK)
        self.take(self.map)

    def take(self, columns: ColumnMap) -> None:
        """Read the next person by these columns."""
        self.map = columns
        self.of_heads = "name" not in columns.places and "head" in columns.places

    def report(self, read: ReadRow, code: str, name: str = "") -> None:
        """Report a code at the column of a field, or at the row."""
        places = self.map.places.get("head" if name == "name" and self.of_heads else name)
        self.report_at(read, code, places[0] if places else None)

    def report_at(self, read: ReadRow, code: str, column: int | None) -> None:
        """Report a code at a column counted from 0, or at the row."""
        read.reports.append(Report(read.sheet, read.row, None if column is None else column_letter(column), code))


def read_rows(sheet: Sheet, columns: ColumnMap, as_of: date, around: Mapping[str, str]) -> Iterator[ReadRow]:
    """Yield what each row below the headings says; rows that are no people are yielded as skipped, with why."""
    parts = columns.parts()
    if len(parts) > 1 and APART & parts[0].places.keys() & parts[1].places.keys() and _stand_apart(parts):
        for part in parts:
            reader = _Reader(sheet, part, as_of, around)
            yield from (_read_row(reader, row) for row in sheet.rows if row.number > columns.header_row)
        return
    reader = _Reader(sheet, parts[0], as_of, around)
    for row in sheet.rows:
        if row.number > columns.header_row:
            yield from _read_people(reader, parts, row)


def _stand_apart(parts: Sequence[ColumnMap]) -> bool:
    """Tell whether two lists stand side by side: each has a column of its own for where its people live."""
    return any(parts[0].places.get(field, 0) != parts[1].places.get(field, 0) for field in APART)


def _read_people(reader: _Reader, parts: Sequence[ColumnMap], row: SheetRow) -> Iterator[ReadRow]:
    """Yield the people of a row: the first, and where it holds several, those others who are named."""
    reader.take(parts[0])
    first = _read_row(reader, row)
    yield first
    if first.person is None and first.left != "rejected":
        return
    for part in parts[1:]:
        if any(text_of(_cell(row, at)) for field in ("name", "number") for at in part.places.get(field, ())):
            reader.take(part)
            yield _read_row(reader, row)


def _read_row(reader: _Reader, row: SheetRow) -> ReadRow:
    read = ReadRow(reader.sheet.name, row.number, None)
    name_at = reader.map.places.get("head" if reader.of_heads else "name", (-1,))[0]
    if (row.number, name_at) in reader.struck and not text_of(_cell(row, name_at)):
        read.left = "skipped"
        return read
    if reader.sheet.formulas:
        row = _without_formulas(reader, read, row, name_at)
    cells = {name: _cell(row, indexes[0]) for name, indexes in reader.map.places.items()}
    if reader.of_heads:
        cells["name"] = cells["head"]
    texts = {name: text_of(cell) for name, cell in cells.items()}
    if read.left:
        return read
    _report_strays(reader, read, row)
    if code := kind_of(reader.map, row, texts):
        _leave(reader, read, row, code, texts)
        return read
    _read_person(reader, read, cells, texts, row)
    if read.person is None:
        reader.totals.add(family=False)
    else:
        _read_around(reader, read, read.person, row, texts)
    return read


def _read_around(reader: _Reader, read: ReadRow, person: RosterRow, row: SheetRow, texts: dict[str, str]) -> None:
    """Read where a person lives and what is remarked; who has died or moved away is no resident."""
    remarks = [text_of(_cell(row, index)) for index in reader.map.places.get("remark", ())]
    person.remark = "；".join(text for text in (person.remark, *remarks) if text)
    reader.totals.add(family=_read_home(reader, read, person, texts))
    gone = read_gone(person.remark)
    if gone:
        read.person, read.left = None, "skipped"
    if gone or gone is None:
        reader.report(read, "not_resident" if gone else "remark_unclear", "remark")


def _without_formulas(reader: _Reader, read: ReadRow, row: SheetRow, name_at: int) -> SheetRow:
    """Return a row without what the workbook computed; a computed name leaves the row out.

    Numbers that are only computed for the eye, an age or a running number, are in columns that are not taken.
    """
    computed = {at for number, at in reader.sheet.formulas if number == row.number and text_of(_cell(row, at))}
    if kind_of(reader.map, row, {}) == TOTAL:
        return row
    for name, places in reader.map.places.items():
        for at in sorted(computed & set(places)) if name != "order" else ():
            reader.report_at(read, "formula_not_taken", at)
    if name_at in computed:
        read.left = "rejected"
    return SheetRow(row.number, tuple(None if at in computed else cell for at, cell in enumerate(row.cells)))


def _cell(row: SheetRow, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else None


def _report_strays(reader: _Reader, read: ReadRow, row: SheetRow) -> None:
    """Report text in columns without a heading that were not taken for anything."""
    headings = reader.map.headings
    taken = {at for places in reader.map.places.values() for at in places}
    for index, cell in enumerate(row.cells):
        if cell in (None, "") or index in taken or (index < len(headings) and headings[index]):
            continue
        if text_of(cell) and not any(one.column == column_letter(index) for one in reader.map.dropped):
            read.reports.append(Report(read.sheet, read.row, column_letter(index), NOTE))


def _leave(reader: _Reader, read: ReadRow, row: SheetRow, code: str, texts: Mapping[str, str]) -> None:
    """Leave out a row that is no person, and say why at its first text."""
    read.left = "skipped"
    if code == EMPTY or (code == NOTE and read.reports):
        return
    first = next((index for index, cell in enumerate(row.cells) if text_of(cell)), 0)
    column = column_letter(first)
    if code == VACANT_DOOR:
        column = column_letter(reader.map.places.get("name", (first,))[0])
        reader.above |= {name: texts[name] for name in CARRIED if texts.get(name)}
    read.reports.append(Report(read.sheet, read.row, column, code))
    if code == TOTAL:
        for wrong in reader.totals.wrong(row):
            read.reports.append(Report(read.sheet, read.row, column_letter(wrong), "total_mismatch"))


def _read_person(reader: _Reader, read: ReadRow, cells: dict[str, Cell], texts: dict[str, str], row: SheetRow) -> None:
    """Read who the row is about; a row that names no one person for certain is rejected."""
    person = RosterRow(read.sheet, read.row)
    if not persons.put_name(person, texts.get("name", "")):
        read.left = "rejected"
        reader.report(read, "cell_unreadable", "name")
        return
    if not person.name:
        reader.report(read, "name_missing", "name")
    counts_from_1904 = reader.sheet.days_from_1904
    for code, name in (
        *persons.put_number(person, cells.get("number"), texts.get("number_kind", ""), reader.as_of),
        *persons.put_birth(person, cells.get("birth"), reader.as_of, days_from_1904=counts_from_1904),
        *persons.put_words(person, texts),
        *persons.put_return(
            person,
            cells.get("return_date"),
            texts.get("return_from", ""),
            reader.as_of,
            days_from_1904=counts_from_1904,
        ),
    ):
        if name in reader.map.places:
            reader.report(read, code, name)
    _put_phones(reader, read, person, [_cell(row, at) for at in reader.map.places.get("phones", ())])
    if reader.of_heads:
        person.is_head, person.relation = True, "head"
        person.size = int(size) if (size := texts.get("size", "").removesuffix("人")).isdecimal() else None
    person.head_name = texts.get("head", "")
    read.person = person


def _put_phones(reader: _Reader, read: ReadRow, person: RosterRow, cells: Sequence[Cell]) -> None:
    """Put the telephones of all their columns on a person; what is none is reported at its own column."""
    for index, cell in zip(reader.map.places.get("phones", ()), cells, strict=True):
        text = text_of(cell)
        if says_same(text):
            text = reader.above.get(f"phones{index}", "")
        reader.above[f"phones{index}"] = text
        wrong = persons.put_phones(person, text)
        if wrong:
            read.reports.append(Report(read.sheet, read.row, column_letter(index), "phone_invalid"))


def _read_home(reader: _Reader, read: ReadRow, person: RosterRow, texts: dict[str, str]) -> bool:
    """Find the door of a person, written in the row or carried down, and return whether a family begins here."""
    own = {name: "" if says_same(texts.get(name, "")) else texts.get(name, "") for name in CARRIED}
    carried = _carried(reader, own, fresh=person.is_head and person.name != reader.head)
    key, address = read_door({**reader.around, **{name: text for name, text in carried.items() if text}})
    place = _place(carried)
    # The rows of a family may spell their door in different ways: only another door begins another family.
    moved = place != reader.address and (key is None or str(key) != reader.door)
    again = person.is_head and not moved and person.name == reader.head
    begins = (person.is_head and not again) or moved or reader.block == 0
    if begins:
        reader.head = person.name if person.is_head else ""
    person.head_name = carried["head"]
    reader.block += begins
    reader.above |= carried
    reader.address, reader.door = place, str(key) if key else ""
    person.block, person.address = reader.block, address
    if key is not None:
        person.door = str(key)
    elif begins:
        reader.report(read, "address_unreadable", _door_column(reader))
    return begins


def _place(texts: Mapping[str, str]) -> str:
    return "\t".join(texts.get(name, "") for name in ("door", *PARTS))


def _door_column(reader: _Reader) -> str:
    return next((name for name in ("door", "room", "house", "building", "group") if name in reader.map.places), "")


def _carried(reader: _Reader, own: dict[str, str], *, fresh: bool) -> dict[str, str]:
    """Return the cells of the door with those of the row above where the office left them out.

    A building and its unit, or a villagers' group, hold until the next is written; the door itself only within a
    family, so not in the row of a head (``fresh``).
    """
    above = reader.above
    if not any(own[name] for name in ("door", *PARTS)) and not fresh:
        return own | {name: above.get(name, "") for name in CARRIED if not own[name]}
    found = dict(own)
    if not own["building"] and (own["room"] or own["unit"]):
        found["building"] = above.get("building", "")
        found["unit"] = own["unit"] or above.get("unit", "")
    if not own["group"] and (own["house"] or own["door"]):
        found["group"] = above.get("group", "")
    return found


def key_of(door: str) -> DoorKey:
    """Return the parts of a door's key as this package writes it."""
    if "/" in door:
        group, _, house = door.partition("/")
        return DoorKey(group, "", house, group=True)
    building, unit, room = door.split("-", 2)
    return DoorKey(building, unit, room)
