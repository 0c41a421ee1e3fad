"""What had to be said about a file, by what it is: how often, and where."""

from collections.abc import Sequence
from dataclasses import dataclass

from wangge.flows.import_roster.rows import Report
from wangge.words import report_words

SHOWN = 6
MOST = 300
# What only says how the file was read; everything else is worth a look.
FOR_THE_RECORD = frozenset(
    {
        "forbidden_column", "hidden_sheet_skipped", "sheet_no_data", "total_row_skipped", "header_repeated_skipped",
        "vacant_door", "id_15_digits", "id_missing", "duplicate_same_id", "duplicate_merged", "not_resident",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """One kind of remark: its words, how often it was made, the first places, the others, how many stand nowhere."""

    words: str
    number: int
    first: str
    others: str
    more: int
    look: bool


def remarks(reports: Sequence[Report]) -> list[Said]:
    """Return what was said, what is worth a look first, and the rarer first: it is quickly seen through."""
    by_code: dict[str, list[Report]] = {}
    for one in reports:
        by_code.setdefault(one.code, []).append(one)
    codes = sorted(by_code, key=lambda code: (code in FOR_THE_RECORD, len(by_code[code])))
    return [_said(code, by_code[code]) for code in codes]


def _said(code: str, places: Sequence[Report]) -> Said:
    return Said(
        words=report_words("imports.report", code),
        number=len(places),
        first=_cells(places[:SHOWN]),
        others=_cells(places[SHOWN:MOST]),
        more=max(len(places) - MOST, 0),
        look=code not in FOR_THE_RECORD,
    )


def _cells(places: Sequence[Report]) -> str:
    """Return cells as a workbook calls them, each sheet named once before its own."""
    words: list[str] = []
    sheet = None
    for one in places:
        cell = f"{one.column or ''}{one.row or ''}"
        words += [one.sheet] if one.sheet and one.sheet != sheet else []
        words += [cell] if cell else []
        sheet = one.sheet
    return "  ".join(words)
