"""Where the table of a sheet begins: its headings of one to three rows, or none at all."""

from collections.abc import Sequence

from wangge.flows.import_roster.column_contents import looks_like_data, with_contents
from wangge.flows.import_roster.columns import Aliases, Chosen, ColumnMap, apply_choices, choose_columns, is_forbidden
from wangge.flows.import_roster.reading import Cell, Sheet, SheetRow

ROWS_LOOKED_AT = 20
MOST_HEADER_ROWS = 3
LONGEST_HEADING = 60
NAMES = frozenset({"name", "number", "head"})


def find_table(sheet: Sheet, aliases: Aliases, chosen: Chosen) -> ColumnMap | None:
    """Return how a sheet is read, None when it holds no roster.

    The headings are the one to three rows that name the most fields; a name or a number must be among them, and
    something more. Without headings the contents must tell as much.
    """
    best: ColumnMap | None = None
    for first in range(min(len(sheet.rows), ROWS_LOOKED_AT)):
        for number in range(1, MOST_HEADER_ROWS + 1):
            rows = sheet.rows[first : first + number]
            if len(rows) < number or rows[-1].number - rows[0].number > number - 1 or not _may_head(rows[-1]):
                break
            found = choose_columns(sheet, tuple(row.number for row in rows), _paths(sheet, rows), aliases)
            if _is_roster(found) and (best is None or _worth(found) > _worth(best)):
                best = found
    found = with_contents(sheet, best or choose_columns(sheet, (), _nameless(sheet), aliases))
    found = apply_choices(found, sheet.name, chosen)
    return found if _is_roster(found) else None


def _worth(found: ColumnMap) -> float:
    """Return what headings tell: how many fields, the surer the better; of equal ones the fewest rows, the first."""
    rows = found.header_row - found.first_row + 1
    return sum(0.5 + column.confidence / 2 for column in found.columns if column.field) - 0.01 * rows


def _is_roster(found: ColumnMap) -> bool:
    fields = found.places.keys()
    return bool(NAMES & fields) and len(fields - {"order", "remark"}) >= 2


def _may_head(row: SheetRow) -> bool:
    """Tell whether a row may be of headings: words only, none of them what stands below headings."""
    cells = [cell for cell in row.cells if cell not in ("", None)]
    texts = [cell for cell in cells if isinstance(cell, str)]
    return (
        len(texts) == len(cells)
        and all(len(text) <= LONGEST_HEADING for text in texts if len(cells) > 1)
        and not any(looks_like_data(text) for text in texts if not is_forbidden(text))
    )


def _paths(sheet: Sheet, rows: Sequence[SheetRow]) -> list[tuple[str, ...]]:
    """Return the headings above each column, the top first; a merged heading stands over all its columns."""
    width = max(len(row.cells) for row in sheet.rows)
    lines = [[_word(row.cells[at]) if at < len(row.cells) else "" for at in range(width)] for row in rows]
    first = {row.number: place for place, row in enumerate(rows)}
    merged: set[tuple[int, int]] = set()
    for merge in sheet.merges:
        if merge.top in first and merge.right < width:
            for place in range(first[merge.top], min(first[merge.top] + merge.bottom - merge.top + 1, len(rows))):
                for at in range(merge.left, merge.right + 1):
                    merged.add((place, at))
                    if at > merge.left and place == first[merge.top]:
                        lines[place][at] = lines[place][merge.left]
    for place, line in enumerate(lines[:-1]):
        _spread(line, lines[place + 1], {at for row, at in merged if row == place})
    return list(zip(*lines, strict=True))


def _spread(line: list[str], below: Sequence[str], merged: set[int]) -> None:
    """Let a heading reach over the blanks beside it that have a heading below: text files keep no merged cells."""
    for at in range(1, len(line)):
        if not line[at] and below[at] and at not in merged and below[at - 1]:
            line[at] = line[at - 1]


def _word(cell: Cell) -> str:
    return str(cell if cell is not None else "").strip()


def _nameless(sheet: Sheet) -> list[tuple[str, ...]]:
    return [("",)] * max((len(row.cells) for row in sheet.rows), default=0)
