"""A form as it is drawn, whatever kind of file it becomes: title, headings, rows, signatures, marks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from zlib import compress, decompress

import msgspec

from wangge.situation.forms.rules.layout import Box
from wangge.situation.forms.rules.readable import Kind, Value

ROWS_AT_ONCE = 500
Cells = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Everything of one sheet but its rows; ``heads`` count rows from 0 below title and ``above``.

    ``mark`` says who took the sheet out, when and what for; ``row_mark`` begins the mark of each row, empty without.
    ``choices`` are the words from which a column lets choose, by column.
    """

    name: str
    title: str
    above: tuple[str, ...]
    heads: tuple[Box, ...]
    header_rows: int
    kinds: tuple[Kind, ...]
    widths: tuple[int, ...]
    choices: tuple[tuple[str, ...], ...]
    footer: tuple[str, ...]
    mark: str
    row_mark: str = ""
    zero_row: str = ""
    wraps: bool = False

    @property
    def columns(self) -> int:
        """How many columns there are, the mark of the rows left out."""
        return len(self.kinds)


class Spool:
    """Rows of a sheet kept compressed in memory: nothing about a person may lie in a temporary file."""

    def __init__(self, rows: Iterable[Cells] = ()) -> None:
        self._parts: list[bytes] = []
        self._waiting: list[list[Value]] = []
        self.count = 0
        for row in rows:
            self.add(row)

    def add(self, row: Cells) -> None:
        """Put one more row behind the others."""
        self._waiting.append(list(row))
        self.count += 1
        if len(self._waiting) >= ROWS_AT_ONCE:
            self._press()

    def __iter__(self) -> Iterator[list[Value]]:
        for part in self._parts:
            yield from (_thawed(row) for row in msgspec.msgpack.decode(decompress(part)))
        yield from self._waiting

    def _press(self) -> None:
        self._parts.append(compress(msgspec.msgpack.encode([[_frozen(one) for one in row] for row in self._waiting])))
        self._waiting = []


def _frozen(value: Value) -> object:
    return [value.toordinal()] if isinstance(value, date) else value


def _thawed(row: list[object]) -> list[Value]:
    return [date.fromordinal(one[0]) if isinstance(one, list) else one for one in row]  # type: ignore[misc]


def row_mark(start: str, number: int) -> str:
    """Return the mark of one row: of which export it is, and which row."""
    return f"{start}-{number:05d}"
