"""Which column of a sheet holds what: by its heading, of one row or more, else by what stands in it.

What must not be read is dropped and named.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from unicodedata import normalize

from wangge.flows.import_roster.headers import HEADERS, HEADS, MEMBERS, OTHERS
from wangge.flows.import_roster.reading import Cell, Sheet, column_letter
from wangge.kernel.simplifying import simplified
from wangge.privacy.never_asked import HEADINGS

SEVERAL = frozenset({"phones", "remark"})
"""Fields that may stand in several columns."""

APART = ("door", "room", "house", "order")
"""When one of these stands as often as names do, the lists stand side by side."""

GENERAL = frozenset({"现住地", "居住地", "现居住地", "地址", "居住地址", "address"})
"""Headings that give way to a column that names the door more exactly."""

PERSON = frozenset({"name", "number", "sex", "birth", "phones", "relation"})
MEMBER = PERSON | {"number_kind"}
SURE, LIKELY, PERHAPS, BY_CONTENT = 1.0, 0.9, 0.7, 0.6

_OWN = re.compile(f"^(?:{'|'.join((*HEADS, *MEMBERS))})[0-9一二三四五六七八九十]*(?:的|之)?")

Chosen = Mapping[tuple[str | None, str], str | None]
"""What somebody chose for (sheet, column letter): a field, or None to leave the column alone."""

Aliases = Mapping[str, str | None]
"""What was learnt for a plain heading: its field, or None to leave the column alone."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its letter and heading, the field it was taken for (None for none) and how sure that is, 0 to 1."""

    sheet: str | None
    column: str
    header: str
    field: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """How a sheet is read: the last row of the headings (0 without any), its columns, the columns never read.

    ``places`` are the indexes of the columns of each field, ``headings`` the plain words of each column; ``several``
    are the places for each person where a row holds more than one.
    """

    header_row: int
    columns: tuple[Column, ...]
    dropped: tuple[Column, ...]
    places: Mapping[str, tuple[int, ...]]
    headings: tuple[str, ...]
    first_row: int = 0
    several: tuple[Mapping[str, tuple[int, ...]], ...] = ()

    def parts(self) -> tuple["ColumnMap", ...]:
        """Return one map for each person of a row, as if the columns of the others were not there."""
        return tuple(replace(self, places=places, several=()) for places in self.several) or (self,)


def plain_header(text: Cell) -> str:
    """Return a heading as it is compared: half-width, lower case, without blanks and marks."""
    return _plain(str(text)) if text is not None else ""


@lru_cache(maxsize=4_000)
def _plain(text: str) -> str:
    return re.sub(r"[\s:*※'’、,;/]", "", simplified(normalize("NFKC", text).casefold()))


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    return {plain_header(word): field for field, words in HEADERS.items() for word in words}


def is_forbidden(header: str) -> bool:
    """Tell whether a heading names something that is never asked for."""
    plain = re.sub(r"[_-]", "", plain_header(header))
    return any(word in plain for word in HEADINGS)


def field_of(header: str) -> tuple[str | None, float]:
    """Return the field a heading stands for and how sure that is; (None, 0) for an unknown one."""
    plain = plain_header(header)
    if not plain:
        return None, 0.0
    if plain in _known():
        return _known()[plain], LIKELY if plain in GENERAL else SURE
    bare = re.sub(r"[(\[【].*?[)\]】]|[0-9]+$|[一二三四]$", "", plain)
    if bare in _known():
        return _known()[bare], LIKELY
    if bare.startswith(OTHERS):
        return None, 0.0
    own = _OWN.sub("", bare)
    if own != bare and _known().get(own) in MEMBER:
        return _known()[own], LIKELY if bare.startswith(MEMBERS) else PERHAPS
    words = [word for word in _known() if len(word) >= 3 and word in bare]
    return (_known()[max(words, key=len)], PERHAPS) if words else (None, 0.0)


def field_of_path(path: Sequence[str], aliases: Aliases) -> tuple[str | None, float]:
    """Return the field of a heading of several rows, the top first, and how sure that is."""
    parts = [part for part in path if plain_header(part)]
    whole = plain_header("".join(parts))
    if whole in aliases:
        return aliases[whole], SURE if aliases[whole] else 0.0
    if not parts or whole in _known():
        return field_of(whole) if parts else (None, 0.0)
    found, confidence = field_of(parts[-1])
    above = plain_header("".join(parts[:-1]))
    if above and above not in _known() and above.startswith(OTHERS) and not above.startswith("户籍"):
        return None, 0.0
    if above.startswith(HEADS) and found == "name":
        return "head", LIKELY
    return found, confidence


def choose_columns(
    sheet: Sheet, header_rows: tuple[int, ...], paths: Sequence[tuple[str, ...]], aliases: Aliases
) -> ColumnMap:
    """Return which column holds what by the headings alone; ``paths`` are the headings of each column, top first."""
    columns, dropped = [], []
    for index, path in enumerate(paths):
        header = " / ".join(dict.fromkeys(part.strip() for part in path if part.strip()))
        one = Column(sheet.name, column_letter(index), header, None, 0.0)
        if header and is_forbidden("".join(path)):
            dropped.append(replace(one, header=header.rpartition(" / ")[2]))
        elif header:
            field, confidence = field_of_path(path, aliases)
            columns.append(replace(one, field=field, confidence=confidence))
    headings = tuple(plain_header(next((part for part in reversed(path) if part.strip()), "")) for path in paths)
    last = header_rows[-1] if header_rows else 0
    return settled(ColumnMap(last, tuple(columns), tuple(dropped), {}, headings, header_rows[0] if header_rows else 0))


def settled(found: ColumnMap) -> ColumnMap:
    """Give each field to one column, the surest and then the leftmost; telephones and remarks to all of theirs.

    Where a row holds several people, each has columns of their own beside those that they share.
    """
    groups = groups_of(found.columns)
    if groups:
        shared = _unique([one for one in found.columns if not any(one in group for group in groups)])
        columns = [next((kept for kept in shared if kept.column == one.column), one) for one in found.columns]
        places = _places([*shared, *groups[0]])
        several = tuple({**_places(shared), **_places(group)} for group in groups)
        return replace(found, columns=tuple(columns), places=places, several=several)
    named = [replace(one, field=field) for one, field in zip(found.columns, _about_heads(found), strict=True)]
    columns = _unique(named)
    return replace(found, columns=tuple(columns), places=_places(columns), several=())


def _unique(columns: Sequence[Column]) -> list[Column]:
    best: dict[str, Column] = {}
    for column in columns:
        if column.field and (column.field not in best or column.confidence > best[column.field].confidence):
            best[column.field] = column
    return [
        column
        if not column.field or column.field in SEVERAL or best[column.field] is column
        else replace(column, field=None, confidence=0.0)
        for column in columns
    ]


def _places(columns: Sequence[Column]) -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for column in columns:
        if column.field:
            places[column.field] = (*places.get(column.field, ()), index_of(column.column))
    return places


def groups_of(columns: Sequence[Column]) -> list[list[Column]]:
    """Return the columns of each person where a row holds several: the head's first, nothing where it holds one.

    Two lists side by side, each with doors of its own, are people of different households.
    """
    starts = _alike([at for at, one in enumerate(columns) if one.field == "name"], columns)
    if len(starts) < 2:
        return []
    apart = next((field for field in APART if sum(one.field == field for one in columns) == len(starts)), None)
    if apart:
        starts = [at for at, one in enumerate(columns) if one.field == apart]
    heads = [] if apart else [one for one in columns if _of_head(one)]
    ends = [*starts[1:], len(columns)]
    members = [
        [one for one in columns[start:end] if one not in heads and (apart or one.field in MEMBER)]
        for start, end in zip(starts, ends, strict=True)
    ]
    if any(len({one.field for one in group}) < 2 for group in members):
        return []  # a name alone beside a person is no further person
    return [heads, *members] if any(one.field == "head" for one in heads) else members


def _alike(names: Sequence[int], columns: Sequence[Column]) -> list[int]:
    """Return the columns of names that are of one kind: under one heading, or numbered members of a family."""
    headings = [re.sub(r"[0-9一二三四五六七八九十]", "", plain_header(columns[at].header)) for at in names]
    kinds = Counter(headings)
    most = max(kinds, key=lambda heading: kinds[heading], default="")
    return [at for at, heading in zip(names, headings, strict=True) if heading == most or heading.startswith(MEMBERS)]


def _of_head(column: Column) -> bool:
    named = plain_header(column.header).startswith(HEADS)
    return column.field == "head" or (named and column.field in MEMBER - {"relation"})


def _about_heads(found: ColumnMap) -> list[str | None]:
    """Return the field of each column; what is the head's is the row's only where the rows have no names of their own.

    A column that says somebody is the head's telephone or number is left alone in a sheet with a row a person.
    """
    named = any(column.field == "name" for column in found.columns)
    fields: list[str | None] = []
    for column in found.columns:
        of_head = plain_header(column.header).startswith(HEADS) and column.field in PERSON - {"relation", "name"}
        fields.append(None if of_head and named else column.field)
    return fields


def index_of(letters: str) -> int:
    """Return a column counted from 0 by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def apply_choices(found: ColumnMap, sheet: str | None, chosen: Chosen) -> ColumnMap:
    """Return the columns as somebody chose them; a forbidden column cannot be chosen."""
    mine = {letter: field for (name, letter), field in chosen.items() if name == sheet}
    if not mine:
        return found
    columns = [
        replace(one, field=mine[one.column], confidence=SURE if mine[one.column] else 0.0)
        if one.column in mine
        else one
        for one in found.columns
    ]
    return settled(replace(found, columns=tuple(columns)))
