"""A few cells of each column, masked, by which somebody sees what the column holds. Without Django."""

import re
from collections.abc import Callable, Iterator, Mapping

from wangge.flows.import_roster.cells import text_of
from wangge.flows.import_roster.file import ReadFile
from wangge.flows.import_roster.reading import Sheet, column_letter
from wangge.privacy import masks

SAMPLES = 3
LOOKED_AT = 200
LONGEST = 24
PLAIN = frozenset({"relation", "sex", "building", "unit", "room", "group", "house", "order", "number_kind"})
_SIGN = re.compile(r"[^\W\d_]")


def samples_of(read: ReadFile, sheets: Mapping[str | None, Sheet]) -> Iterator[tuple[str | None, str, tuple[str, ...]]]:
    """Yield sheet, letter and up to three samples of each column that may be read."""
    people: dict[str | None, list[int]] = {}
    for row in read.rows:
        if row.person is not None and len(people.setdefault(row.sheet, [])) < LOOKED_AT:
            people[row.sheet].append(row.row)
    for name, sheet in sheets.items():
        wanted = set(people.get(name, ()))
        rows = [row for row in sheet.rows if row.number in wanted]
        letters = {column_letter(at): at for at in range(max((len(row.cells) for row in rows), default=0))}
        for column in read.columns:
            if column.sheet == name and column.column in letters:
                at = letters[column.column]
                texts = (text_of(row.cells[at]) for row in rows if at < len(row.cells))
                shown = dict.fromkeys(_masked(column.field, text) for text in texts if text)
                yield name, column.column, tuple(shown)[:SAMPLES]


def _masked(field: str | None, text: str) -> str:
    """Return a cell as it may be shown: as it is where it says little about anybody, else its shape."""
    if field in PLAIN:
        return text[:LONGEST]
    rule: Callable[[str], str] = {
        "name": masks.mask_name, "head": masks.mask_name, "phones": masks.mask_phone, "number": masks.mask_id,
    }.get(field or "", shape)  # fmt: skip
    return rule(text)[:LONGEST]


def shape(text: str) -> str:
    """Return the shape of a text: 0 for each digit, × for each letter or character, other signs as they are."""
    return _SIGN.sub("×", re.sub(r"\d", "0", text))
