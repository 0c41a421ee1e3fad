"""The rows of a family as they are typed: reading them, saying what is wrong beside each cell, drawing them again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.people.rules.codes import Relation, Sex
from wangge.people.rules.particulars import read_person
from wangge.people.rules.wishes import NewResident
from wangge.words import label, say

MOST_ROWS = 40
ROWS_SHOWN = 5
NAME, NUMBER, BIRTH, SEX, PHONES, RELATION = "name", "number", "birth", "sex", "phones", "relation"
KEYS = (NAME, NUMBER, BIRTH, SEX, PHONES, RELATION)
WRITTEN = (NAME, NUMBER, BIRTH, PHONES)
LABELS = {NAME: "name", NUMBER: "id_number", BIRTH: "birth_on", SEX: "sex", PHONES: "phones", RELATION: "relation"}
MOST = {NAME: 60, NUMBER: 40, BIRTH: 10, PHONES: 120}
KEYBOARDS = {NUMBER: "text", BIRTH: "numeric", PHONES: "tel"}
# Which cell a refusal is about.
CELL_OF = {
    "people.name_unreadable": NAME, "people.phone_unreadable": PHONES, "people.too_many_phones": PHONES,
    "people.id_kind_unknown": NUMBER, "people.number_taken": NUMBER, "people.birth_unreadable": BIRTH,
    "people.birth_in_future": BIRTH, "people.code_unknown": RELATION, "people.two_heads": RELATION,
}  # fmt: skip
TAKEN = "people.number_taken"
_DAY = re.compile(r"(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?")


@dataclass(slots=True)
class Row:
    """One person as typed; ``taken`` says that the number is known already, ``other`` leads to who has it."""

    nth: str
    values: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)
    taken: bool = False
    confirmed: bool = False
    other: str = ""

    @property
    def blank(self) -> bool:
        """Whether nothing was written that tells of a person."""
        return not any(self.values.get(key, "").strip() for key in WRITTEN)


@dataclass(frozen=True, slots=True)
class Cell:
    """One field of a row as it is drawn."""

    key: str
    name: str
    label: str | Promise
    value: str
    fault: str
    most: int
    keyboard: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row with its cells; ``nth`` counts from 1 for people and is a sign in the pattern of new rows."""

    index: str
    nth: str
    cells: tuple[Cell, ...]
    taken: bool
    confirmed: bool
    other: str


def empty_rows(number: int = ROWS_SHOWN, *, first_is_head: bool = True) -> list[Row]:
    """Return rows to be filled in; in a new family the first is its head."""
    rows = [Row(str(nth), {RELATION: Relation.UNKNOWN.value}) for nth in range(number)]
    if first_is_head and rows:
        rows[0].values[RELATION] = Relation.HEAD.value
    return rows


def typed_rows(posted: QueryDict) -> list[Row]:
    """Return the rows as they were sent; rows taken out of the page are missing."""
    count = posted.get("rows", "")
    number = min(int(count), MOST_ROWS) if count.isdecimal() and len(count) < 4 else 0
    rows = []
    for nth in range(number):
        if f"m{nth}-{NAME}" in posted:
            values = {key: posted.get(f"m{nth}-{key}", "").strip()[:200] for key in KEYS}
            confirmed = posted.get(f"m{nth}-confirmed") == "on"
            rows.append(Row(str(nth), values, taken=confirmed, confirmed=confirmed))
    return rows


def base_id(posted: QueryDict) -> UUID:
    """Return the id from which those of a form's people follow, so that a form sent twice names the same people."""
    try:
        return UUID(posted.get("id", ""))
    except ValueError:
        return uuid7()


def read_rows(rows: Sequence[Row], base: UUID, on: date) -> list[tuple[Row, NewResident]]:
    """Return the people of the rows in which somebody is written; what is wrong is noted in the rows."""
    people = [(row, new) for row in rows if not row.blank for new in [_read(row, base)]]
    for row, new in people:
        try:
            read_person(new, on)
        except Refused as refused:
            blame(row, refused)
    heads = [row for row, new in people if new.relation == Relation.HEAD]
    for row in heads[1:]:
        blame(row, Refused("people.two_heads"))
    return people


def _read(row: Row, base: UUID) -> NewResident:
    values = row.values
    birth = read_day(values[BIRTH])
    if values[BIRTH] and birth is None:
        blame(row, Refused("people.birth_unreadable"))
    relation = values[RELATION] or Relation.UNKNOWN.value
    return NewResident(
        id=UUID(int=base.int + 1 + int(row.nth)),
        name=values[NAME],
        sex=values[SEX],
        birth_on=birth,
        id_number=values[NUMBER],
        phones=split_phones(values[PHONES]),
        relation=relation,
        is_head=relation == Relation.HEAD,
        number_confirmed=row.confirmed,
    )


def read_day(text: str) -> date | None:
    """Return a day written as 1962-05-28, 19620528, 1962/5/28 or 1962年5月28日; None when it is none."""
    found = _DAY.fullmatch(text.strip())
    if not found:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        return None


def split_phones(text: str) -> tuple[str, ...]:
    """Return the telephone numbers of one cell, parted by commas, semicolons, slashes or line breaks."""
    return tuple(part.strip() for part in re.split(r"[,，、;；/\n]+", text) if part.strip())


def blame(row: Row, refused: Refused) -> None:
    """Note a refusal beside the cell it is about, the first one of each cell."""
    cell = CELL_OF.get(refused.code, NAME)
    row.faults.setdefault(cell, say(refused))
    row.taken = row.taken or refused.code == TAKEN


def blame_person(people: Sequence[tuple[Row, NewResident]], refused: Refused) -> Row | None:
    """Note a refusal of the command beside the person it names; None when it names nobody of these."""
    named = str(refused.facts.get("resident", ""))
    for row, new in people:
        if named == str(new.id) or (refused.code == "people.two_heads" and new.is_head):
            blame(row, refused)
            return row
    return None


def draw_rows(rows: Sequence[Row], most_blank: int = ROWS_SHOWN) -> list[DrawnRow]:
    """Return the rows as they are drawn, with empty ones up to the usual number."""
    shown = list(rows)
    following = max((int(row.nth) for row in rows), default=-1) + 1
    while len(shown) < most_blank:
        shown.append(Row(str(following), {RELATION: Relation.UNKNOWN.value}))
        following += 1
    return [_draw(row, str(place)) for place, row in enumerate(shown, start=1)]


def pattern() -> DrawnRow:
    """Return the row from which the page's script grows new ones."""
    return _draw(Row("__n__", {RELATION: Relation.UNKNOWN.value}), "__nth__")


def next_index(rows: Sequence[DrawnRow]) -> int:
    """Return the number of the next row that the script grows."""
    return max((int(row.index) for row in rows), default=-1) + 1


def _draw(row: Row, nth: str) -> DrawnRow:
    cells = tuple(
        Cell(
            key=key,
            name=f"m{row.nth}-{key}",
            label=label("people.field", LABELS[key]),
            value=row.values.get(key, ""),
            fault=row.faults.get(key, ""),
            most=MOST.get(key, 40),
            keyboard=KEYBOARDS.get(key, ""),
            options=_options(key),
        )
        for key in KEYS
    )
    return DrawnRow(row.nth, nth, cells, row.taken, row.confirmed, row.other)


def _options(key: str) -> tuple[tuple[str, str], ...]:
    if key == SEX:
        return (("", _("not known")), *((sex.value, label("people.sex", sex.value)) for sex in Sex))
    if key == RELATION:
        return relation_options()
    return ()


def relation_options() -> tuple[tuple[str, str], ...]:
    """Return every relation to the head with its words; not known stands first."""
    codes = [Relation.UNKNOWN, *(one for one in Relation if one != Relation.UNKNOWN)]
    return tuple((one.value, label("people.relation", one.value)) for one in codes)
