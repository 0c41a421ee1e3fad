"""A row of a roster as a person at a door, with everything that had to be said about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from wangge.flows.import_roster import persons
from wangge.flows.import_roster.cells import says_same, text_of
from wangge.flows.import_roster.columns import PERSON, ColumnMap
from wangge.flows.import_roster.doors import PARTS, read_door
from wangge.flows.import_roster.headers import GONE, VACANT
from wangge.flows.import_roster.reading import Cell, Sheet, SheetRow, column_letter
from wangge.places.rules import DoorKey

CARRIED = ("door", *PARTS, "head")
TOTALS = ("合计", "总计", "共计", "小计", "total", "subtotal")


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
    ``partial`` are the digits left of a truncated one. ``block`` counts the families of a sheet.
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
    """What is remembered from row to row of one sheet."""

    sheet: Sheet
    map: ColumnMap
    as_of: date
    above: dict[str, str] = field(default_factory=dict)
    block: int = 0
    address: str = ""
    headings: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headings = {one.field: one.header for one in self.map.columns if one.field}

    def report(self, read: ReadRow, code: str, name: str = "") -> None:
        """Report a code at the column of a field, or at the row."""
        places = self.map.places.get(name)
        read.reports.append(Report(read.sheet, read.row, column_letter(places[0]) if places else None, code))


def read_rows(sheet: Sheet, columns: ColumnMap, as_of: date) -> Iterator[ReadRow]:
    """Yield what each row below the headings says; rows that are no people are yielded as skipped, with why."""
    reader = _Reader(sheet, columns, as_of)
    for row in sheet.rows:
        if row.number > columns.header_row:
            yield _read_row(reader, row)


def _read_row(reader: _Reader, row: SheetRow) -> ReadRow:
    read = ReadRow(reader.sheet.name, row.number, None)
    cells = {name: _cell(row, places[0]) for name, places in reader.map.places.items()}
    texts = {name: text_of(cell) for name, cell in cells.items()}
    _report_strays(reader, read, row)
    if code := _no_person(reader, row, texts):
        read.left = "skipped"
        if code != "stray_note" or not read.reports:
            reader.report(read, code, "name" if code == "vacant_door" else "")
        if code == "vacant_door":
            reader.above |= {name: texts[name] for name in CARRIED if texts.get(name)}
        return read
    phones = [_cell(row, index) for index in reader.map.places.get("phones", ())]
    remarks = [text_of(_cell(row, index)) for index in reader.map.places.get("remark", ())]
    _read_person(reader, read, cells, texts, phones)
    if read.person is not None:
        read.person.remark = "；".join(text for text in remarks if text)
        _read_home(reader, read, texts)
        if any(word in read.person.remark for word in GONE):
            read.person, read.left = None, "skipped"
            reader.report(read, "not_resident", "remark")
    return read


def _cell(row: SheetRow, index: int) -> Cell:
    return row.cells[index] if index < len(row.cells) else None


def _report_strays(reader: _Reader, read: ReadRow, row: SheetRow) -> None:
    """Report text in columns without a heading."""
    headings = reader.map.headings
    for index, cell in enumerate(row.cells):
        if (index >= len(headings) or not headings[index]) and text_of(cell):
            read.reports.append(Report(read.sheet, read.row, column_letter(index), "stray_note"))


def _no_person(reader: _Reader, row: SheetRow, texts: dict[str, str]) -> str:
    """Return the code of why a row is no person, empty when it is one."""
    filled = {name for name, text in texts.items() if text}
    if sum(text != "" and text == reader.headings[name] for name, text in texts.items()) >= 2:
        return "header_repeated_skipped"
    first = next((text for cell in row.cells if (text := text_of(cell))), "").casefold()
    if not {"number", "relation", "sex"} & filled and first.startswith(TOTALS) | first.endswith(TOTALS):
        return "total_row_skipped"
    if texts.get("name", "").casefold() in VACANT:
        return "vacant_door"
    if not PERSON & filled:
        return "vacant_door" if read_door(texts)[0] is not None else "stray_note"
    return ""


def _read_person(
    reader: _Reader, read: ReadRow, cells: dict[str, Cell], texts: dict[str, str], phones: Sequence[Cell]
) -> None:
    """Read who the row is about; a row that names no one person for certain is rejected."""
    person = RosterRow(read.sheet, read.row)
    if not persons.put_name(person, texts.get("name", "")):
        read.left = "rejected"
        reader.report(read, "cell_unreadable", "name")
        return
    if not person.name:
        reader.report(read, "name_missing", "name")
    for code, name in (
        *persons.put_number(person, cells.get("number"), texts.get("number_kind", ""), reader.as_of),
        *persons.put_birth(person, cells.get("birth"), reader.as_of),
        *persons.put_words(person, texts),
    ):
        if name in reader.map.places:
            reader.report(read, code, name)
    _put_phones(reader, read, person, phones)
    person.head_name = texts.get("head", "")
    read.person = person


def _put_phones(reader: _Reader, read: ReadRow, person: RosterRow, cells: Sequence[Cell]) -> None:
    """Put the telephones of all their columns on a person; what is none is reported at its own column."""
    for index, cell in zip(reader.map.places.get("phones", ()), cells, strict=True):
        text = reader.above.get(f"phones{index}", "") if says_same(text_of(cell)) else text_of(cell)
        reader.above[f"phones{index}"] = text
        wrong = persons.put_phones(person, text)
        if wrong:
            read.reports.append(Report(read.sheet, read.row, column_letter(index), "phone_invalid"))


def _read_home(reader: _Reader, read: ReadRow, texts: dict[str, str]) -> None:
    """Find the door of a person: written in the row, or carried down from the first row of the family."""
    person = read.person
    if person is None:
        return
    own = {name: "" if says_same(texts.get(name, "")) else texts.get(name, "") for name in CARRIED}
    carried = _carried(reader, own, fresh=person.is_head)
    key, address = read_door(carried)
    person.head_name = carried["head"]
    begins = person.is_head or _place(carried) != reader.address or reader.block == 0
    if begins:
        reader.block += 1
    reader.above |= carried
    reader.address = _place(carried)
    person.block, person.address = reader.block, address
    if key is not None:
        person.door = str(key)
    elif begins:
        reader.report(read, "address_unreadable", _door_column(reader))


def _place(texts: dict[str, str]) -> str:
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
