"""Giving a list back: the same sheet, with what became of each row; who may, who else agreed, who was in it."""

import io
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wangge.access.exporting import agreed, look_purpose
from wangge.access.viewing import Viewer, require
from wangge.journal.commanding import command
from wangge.journal.kinds import Kind, register_kind
from wangge.journal.recording import Entry, record
from wangge.kernel.periods import zone_of
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.privacy.looks import log_looks
from wangge.surveys.contents import cells_of, layout_of
from wangge.surveys.models import HandedDownList, ListEntry
from wangge.surveys.rules.lists import READ

EXPORT = "register.export"
EXPORTED = "lists.list_exported"
FIELDS = ("name", "id_number", "phones", "address", "outcome")
Say = Callable[[str, str], str]
"""Turns a group and a code into words: the door brings it."""
ADDED = ("outcome", "found_by", "found_at")
WIDEST, LOOKS_AT_ONCE = 40, 500

register_kind(Kind(EXPORTED, retention="response"))


@dataclass(frozen=True, slots=True)
class GivenBack:
    """A list that may be given back now: how many rows it has, and the approval that it used up."""

    handed: UUID
    rows: int
    approval: UUID | None = None


@command
def allow_giving_back(*, stamp: Stamp, actor: Viewer, handed: UUID, purpose: str, approval: str = "") -> GivenBack:
    """Use up the approval that giving a list back needs, and write down that it is made; the rows are read afterwards.

    Refused outside the actor's areas, without a purpose, for one that was erased, and above 500 people without a
    fitting approval code.
    """
    row = HandedDownList.objects.select_related("area").filter(id=handed).first()
    if row is None or not actor.permits(READ, row.path):
        raise Refused("lists.list_unknown")
    require(actor, EXPORT, row.path)
    if row.layout is None:
        raise Refused("lists.erased")
    used = agreed(stamp=stamp, actor=actor, area=row.area_id, purpose=purpose, approval=approval, people=row.total)
    facts = {"list": str(row.id), "rows": row.total, "approval": str(used) if used else None}
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(EXPORTED, path, facts, subject=row.id)])
    return GivenBack(row.id, row.total, used)


def answer_sheet(*, stamp: Stamp, viewer: Viewer, handed: UUID, purpose: str, say: Say) -> bytes:
    """Return a list as it came, with outcome, finder and time behind its columns; call ``allow_giving_back`` before.

    Everybody in it gets a line in the access log first. Forbidden columns have their heading and nothing under it; no
    text is ever a formula.
    """
    row = HandedDownList.objects.get(id=handed)
    require(viewer, EXPORT, row.path)
    entries = list(ListEntry.objects.filter(list=row).select_related("found_by").order_by("sheet", "row"))
    for start in range(0, len(entries), LOOKS_AT_ONCE):
        log_looks(
            at=stamp.received_at,
            viewer_number=viewer.number,
            subjects=[one.resident or one.id for one in entries[start : start + LOOKS_AT_ONCE]],
            fields=FIELDS,
            purpose=look_purpose(purpose),
            channel=stamp.channel,
        )
    by_sheet: dict[str, list[ListEntry]] = defaultdict(list)
    for one in entries:
        by_sheet[one.sheet].append(one)
    return _book(layout_of(row), by_sheet, say, stamp.zone)


def _book(layout: list[dict[str, Any]], by_sheet: dict[str, list[ListEntry]], say: Say, zone: str) -> bytes:
    import xlsxwriter

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        formats = {
            "head": book.add_format(
                {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
            ),
            "text": book.add_format({"num_format": "@"}),
            "d": book.add_format({"num_format": "yyyy-mm-dd"}),
            "t": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for one in layout:
            _Sheet(book.add_worksheet(one["name"][:31] or None), formats, one, say, zone).write(by_sheet[one["name"]])
    return made.getvalue()


@dataclass(slots=True)
class _Sheet:
    """One sheet on its way out."""

    sheet: Any
    formats: dict[str, Any]
    layout: dict[str, Any]
    say: Say
    zone: str

    def write(self, entries: Sequence[ListEntry]) -> None:
        """Write titles, headings, rows and what became of each."""
        last, width = self.layout["last_row"], self.layout["width"]
        widths = [8] * width
        for number, cells in self.layout["around"]:
            heads = self.layout["first_row"] <= number <= last
            self._row(number - 1, cells, head=heads)
            if heads:
                widths = [max(w, 2 * len(str(cell or ""))) for w, cell in zip(widths, _wide(cells, width), strict=True)]
        for one in entries:
            cells = cells_of(one)
            self._row(one.row - 1, cells)
            self._answer(one.row - 1, width, one)
            widths = [max(w, _length(cell)) for w, cell in zip(widths, _wide(cells, width), strict=True)]
        for at, name in enumerate(ADDED):
            self.sheet.write_string(last - 1, width + at, self.say("lists.column", name), self.formats["head"])
            self.sheet.set_column(width + at, width + at, 18)
        for at, wide in enumerate(widths):
            self.sheet.set_column(at, at, min(wide + 2, WIDEST))
        self._merge()
        self.sheet.freeze_panes(last, 0)
        self.sheet.set_landscape()
        self.sheet.set_paper(9)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.repeat_rows(self.layout["first_row"] - 1, last - 1)

    def _merge(self) -> None:
        """Merge again what was merged; the value stands in the first cell already."""
        around: dict[int, list[Any]] = dict(self.layout["around"])
        for top, left, bottom, right in self.layout["merges"]:
            cells = around.get(top + 1)
            if cells is None:
                continue
            value = cells[left] if left < len(cells) else None
            self.sheet.merge_range(top, left, bottom, right, "", self.formats["head"])
            self._cell(top, left, value, self.formats["head"])

    def _row(self, at: int, cells: Sequence[Any], *, head: bool = False) -> None:
        for place, cell in enumerate(cells):
            self._cell(at, place, cell, self.formats["head"] if head else None)

    def _cell(self, at: int, place: int, cell: Any, look: Any = None) -> None:
        """Write one cell as what it is: text stays text, also where it begins like a formula."""
        if isinstance(cell, list):
            day = date.fromisoformat(cell[1]) if cell[0] == "d" else datetime.fromisoformat(cell[1])
            self.sheet.write_datetime(at, place, day, self.formats[cell[0]])
        elif isinstance(cell, bool):
            self.sheet.write_boolean(at, place, cell)
        elif isinstance(cell, int | float):
            self.sheet.write_number(at, place, cell, look)
        elif cell:
            self.sheet.write_string(at, place, cell, look or self.formats["text"])

    def _answer(self, at: int, width: int, one: ListEntry) -> None:
        """Write what became of a row; a row without an answer says so."""
        words = self.say("lists.outcome", one.outcome) if one.outcome else self.say("lists.state_of_row", "open")
        self.sheet.write_string(at, width, words)
        if one.outcome and one.found_by is not None and one.found_at is not None:
            self.sheet.write_string(at, width + 1, one.found_by.name)
            local = one.found_at.astimezone(zone_of(self.zone)).replace(tzinfo=None)
            self.sheet.write_datetime(at, width + 2, local, self.formats["t"])


def _wide(cells: Sequence[Any], width: int) -> list[Any]:
    return [*cells[:width], *[None] * (width - len(cells))]


def _length(cell: Any) -> int:
    text = str(cell[1] if isinstance(cell, list) else cell if cell is not None else "")
    return sum(1 if sign.isascii() else 2 for sign in text)
