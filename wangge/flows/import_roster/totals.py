"""Totals that an office wrote, held against the rows above them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from unicodedata import normalize

from wangge.flows.import_roster.reading import SheetRow
from wangge.flows.import_roster.signs import text_of

_STATED = re.compile(r"([0-9]+)\s*(户|家|人|口|名)")
_HOUSEHOLDS = "户家"


@dataclass(slots=True)
class Counted:
    """How many families and person rows stand between two totals, and in the whole block."""

    families: int = 0
    people: int = 0

    def add(self, *, family: bool) -> None:
        """Count one person row, and its family when it begins one."""
        self.people += 1
        self.families += family


class Totals:
    """Counts rows as they are read, and says which totals are wrong."""

    def __init__(self) -> None:
        self._part, self._whole = Counted(), Counted()
        self._parts = 0

    def add(self, *, family: bool) -> None:
        """Count one person row."""
        self._part.add(family=family)
        self._whole.add(family=family)

    def wrong(self, row: SheetRow) -> list[int]:
        """Return the columns of a row of totals whose number is not that of the rows above it.

        A subtotal is of the rows since the last one; a total of the whole block where there were subtotals.
        """
        words = "".join(text_of(cell) for cell in row.cells[:3])
        is_part = "小计" in words or "subtotal" in words.casefold() or not self._parts
        counted = self._part if is_part else self._whole
        found = [at for at, cell in enumerate(row.cells) if not all(_holds(text_of(cell), counted))]
        self._parts = self._parts + 1 if is_part else 0
        self._part = Counted()
        if not is_part:
            self._whole = Counted()
        return found


def _holds(text: str, counted: Counted) -> Iterator[bool]:
    for number, unit in _STATED.findall(normalize("NFKC", text)):
        yield int(number) == (counted.families if unit in _HOUSEHOLDS else counted.people)
