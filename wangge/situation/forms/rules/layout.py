"""Where headings, title and signatures lie on a sheet: merges by rule, so that every form comes out the same way."""

from collections.abc import Sequence
from dataclasses import dataclass

from wangge.situation.forms.rules.profiles import Column


@dataclass(frozen=True, slots=True)
class Box:
    """A text over a block of cells: the first row and column from 0 on, and how many of each."""

    row: int
    column: int
    rows: int
    columns: int
    text: str

    @property
    def single(self) -> bool:
        """Whether it is one cell, which is not merged."""
        return self.rows == 1 and self.columns == 1


def head_boxes(columns: Sequence[Column], header_rows: int) -> list[Box]:
    """Return the headings: one that neighbours share is merged over them, a short path reaches down to the rows."""
    return _boxes([column.header for column in columns], 0, 0, header_rows)


def _boxes(paths: Sequence[Sequence[str]], start: int, depth: int, header_rows: int) -> list[Box]:
    """Return the boxes of neighbouring columns from one depth of their paths on."""
    found: list[Box] = []
    at = 0
    while at < len(paths):
        path, end = paths[at], at + 1
        last = depth == len(path) - 1
        while not last and end < len(paths) and len(paths[end]) > depth + 1 and paths[end][depth] == path[depth]:
            end += 1
        found.append(Box(depth, start + at, header_rows - depth if last else 1, end - at, path[depth]))
        if not last:
            found += _boxes(paths[at:end], start + at, depth + 1, header_rows)
        at = end
    return found


def line_boxes(texts: Sequence[str], row: int, width: int) -> list[Box]:
    """Return texts side by side over the whole width of a sheet, each with its share of the columns.

    With more texts than columns they stand behind each other over the whole width.
    """
    if not texts:
        return []
    if len(texts) > width:
        return [Box(row, 0, 1, width, "      ".join(texts))]
    starts = [place * width // len(texts) for place in range(len(texts))] + [width]
    return [Box(row, start, 1, end - start, text) for text, start, end in zip(texts, starts, starts[1:], strict=False)]
