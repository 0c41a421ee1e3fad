"""What the name or the title of a sheet says of every door in it: the villagers' group, or the building."""

import re
from collections.abc import Iterator, Mapping
from unicodedata import normalize

from wangge.flows.import_roster.columns import ColumnMap
from wangge.flows.import_roster.numerals import read_numeral
from wangge.flows.import_roster.reading import Sheet

_NUMBER = "([0-9]{1,3}|[一二两三四五六七八九十百〇零]{1,4})"
_GROUP = re.compile(rf"第?{_NUMBER}(?:村民)?小?(?:组|队)")
_BUILDING = re.compile(rf"第?{_NUMBER}(?:号楼|栋|幢|座|#楼?)")


def read_around(sheet: Sheet, found: ColumnMap) -> Mapping[str, str]:
    """Return group or building by field, when the sheet has no column for it and its name or title gives one only.

    A name is believed when it is nothing but a group or a building; a title when it holds one such word.
    """
    fields = found.places.keys()
    around: dict[str, str] = {}
    if "group" not in fields and "building" not in fields:
        for field, pattern in (("group", _GROUP), ("building", _BUILDING)):
            numbers = set(_in_name(sheet, pattern)) or set(_in_titles(sheet, found, pattern))
            if len(numbers) == 1:
                around[field] = numbers.pop()
    # A building in the name means urban doors; a sheet cannot be of both.
    return around if len(around) == 1 else {}


def _in_name(sheet: Sheet, pattern: re.Pattern[str]) -> Iterator[str]:
    name = re.sub(r"\s", "", normalize("NFKC", sheet.name or ""))
    whole = re.fullmatch(rf"(?:.{{2,8}}[村社区])?{pattern.pattern}(?:[^0-9一二三四五六七八九十]{{0,8}})", name)
    if whole:
        yield _number(whole[1])


def _in_titles(sheet: Sheet, found: ColumnMap, pattern: re.Pattern[str]) -> Iterator[str]:
    for row in sheet.rows:
        if row.number >= (found.first_row or found.header_row):
            return
        for cell in row.cells:
            if isinstance(cell, str):
                text = re.sub(r"\s", "", normalize("NFKC", cell))
                yield from (_number(one) for one in pattern.findall(text))


def _number(text: str) -> str:
    number = read_numeral(text)
    return str(number) if number is not None else text.lstrip("0") or "0"
