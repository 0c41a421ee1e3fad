"""Tables for ``wangge match``: rows below headings, taken as people or as records of text."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from wangge.flows.import_roster import persons
from wangge.flows.import_roster.cells import says_nothing, text_of
from wangge.flows.import_roster.columns import field_of, is_forbidden, plain_header
from wangge.flows.import_roster.doors import PARTS, read_door
from wangge.flows.import_roster.reading import Cell, Sheet, SheetRow, read_sheets
from wangge.flows.import_roster.rows import RosterRow
from wangge.kernel.refused import Refused
from wangge.places.addresses import parse_address
from wangge.planning.matching import Subject
from wangge.planning.matching.plain import Record, plain_value

PEOPLE = ("name", "number", "birth", "sex", "phones", "door", *PARTS)
PLACES = frozenset({"社区", "小区", "村", "community", "estate", "village"})
LOOKED_AT = 10
CUT = "000"
"""What a workbook leaves of the last digits of a number of 18."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows below headings: how the answer names each, the headings with their fields, the cells.

    ``chosen`` tells whether the columns were named; only then one without a field tells of a door's place.
    """

    file: str
    names: list[str | int]
    headings: tuple[str, ...]
    fields: tuple[str, ...]
    rows: list[tuple[Cell, ...]]
    chosen: bool


def named(key_columns: str | None) -> dict[str, str]:
    """Return the headings that were named, each with the field that was given for it, if any."""
    parts = [part.strip().rpartition("=") for part in re.split("[,，]", key_columns or "") if part.strip()]
    return {(heading or last).strip(): last.strip() if heading else "" for heading, _, last in parts}


def read_table(path: Path, wanted: Mapping[str, str], id_column: str) -> Table:
    """Read the first sheet with all the headings that are wanted; refused when there is none."""
    needed = [plain_header(one) for one in (*wanted, *filter(None, (id_column,)))]
    for sheet in read_sheets(path.read_bytes()):
        for row in () if sheet.hidden else sheet.rows[:LOOKED_AT]:
            headings = [plain_header(cell) for cell in row.cells]
            if set(needed) <= set(headings):
                return _table(path.name, sheet, row, wanted, id_column)
    heading = next((one for one in (*wanted, id_column) if one), "")
    raise Refused("cli.heading_missing", file=path.name, heading=heading)


def _table(file: str, sheet: Sheet, head: SheetRow, wanted: Mapping[str, str], id_column: str) -> Table:
    headings = [plain_header(cell) for cell in head.cells]
    fields = {plain_header(one): field for one, field in wanted.items()}
    named = plain_header(id_column)
    use = [
        at
        for at, one in enumerate(headings)
        if one and not is_forbidden(one) and (one in fields if fields else one != named)
    ]
    below = [row for row in sheet.rows if row.number > head.number]
    return Table(
        file,
        [text_of(row.cells[headings.index(named)]) if named else row.number - head.number for row in below],
        tuple(headings[at] for at in use),
        tuple(fields.get(headings[at]) or _field(headings[at]) for at in use),
        [tuple(row.cells[at] if at < len(row.cells) else None for at in use) for row in below],
        bool(fields),
    )


def _field(heading: str) -> str:
    """Return what a column holds by its heading: a field's own name, a heading that offices use, or nothing."""
    if heading in PEOPLE or heading in PLACES:
        return heading if heading in PEOPLE else ""
    return field_of(heading.replace("_", " "))[0] or field_of(heading)[0] or ""


def compared(tables: Sequence[Table]) -> list[str]:
    """Return the headings that all tables have, in the order of the first; refused when there are none."""
    shared = [one for one in tables[0].headings if all(one in table.headings for table in tables)]
    if not shared:
        raise Refused("cli.headings_unknown", file=tables[-1].file)
    return shared


def records_of(table: Table, wanted: Sequence[str]) -> list[Record]:
    """Return the rows of a table as records of text, in the columns that are compared."""
    places = [table.headings.index(one) for one in wanted]
    return [tuple(plain_value(text_of(row[at])) for at in places) for row in table.rows]


def subjects_of(tables: Sequence[Table], on: date) -> list[list[Subject]]:
    """Return the rows of tables as people; refused for a table without a column that tells who somebody is.

    Doors of several places are told apart by the place, doors of one place by the door alone, however it is written.
    """
    lists = []
    for table in tables:
        if not {"name", "number"} & set(table.fields):
            raise Refused("cli.headings_unknown", file=table.file)
        lists.append([_person(table, row, on) for row in table.rows])
    places = {place for people in lists for _, place in people if place}
    apart = len(places) > 1
    return [[_subject(one, place if apart else "") for one, place in people] for people in lists]


def _person(table: Table, row: tuple[Cell, ...], on: date) -> tuple[RosterRow, str]:
    """Return who a row is about, and the place of the door as far as it is written."""
    cells: dict[str, Cell] = {}
    phones, place = [], []
    for field, cell in zip(table.fields, row, strict=True):
        if field == "phones":
            phones.append(text_of(cell))
        elif field in PEOPLE:
            cells.setdefault(field, cell)
        elif table.chosen and not field:
            place.append(text_of(cell))
    texts = {field: text_of(cell) for field, cell in cells.items()}
    person = RosterRow(None, 0)
    persons.put_name(person, texts.get("name", ""))
    persons.put_number(person, cells.get("number"), "", on)
    persons.put_birth(person, cells.get("birth"), on)
    persons.put_words(person, texts)
    persons.put_phones(person, " ".join(phones))
    key, written = read_door({field: "" if says_nothing(text) else text for field, text in texts.items()})
    person.door = str(key) if key is not None else plain_value(written)
    if key is not None and texts.get("door"):
        place.append(_place(texts["door"]))
    return person, plain_value(" ".join(place))


@lru_cache(maxsize=20_000)
def _place(address: str) -> str:
    """Return what an address says before the door: the estate, the village."""
    return parse_address(address).rest.removesuffix("小区")


def _subject(person: RosterRow, place: str) -> Subject:
    number, partial = person.number, person.partial
    if person.number_doubt and number[-len(CUT) :] == CUT:
        number, partial = "", number[: -len(CUT)]
    return Subject(
        name=person.name,
        number="" if person.number_doubt else number,
        doubtful=number if person.number_doubt else "",
        partial=partial,
        birth=person.birth,
        sex=person.sex,
        door=f"{place}|{person.door}" if person.door else "",
        phones=frozenset(person.phones),
    )
