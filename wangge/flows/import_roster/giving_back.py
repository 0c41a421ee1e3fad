"""The sheet given back as it came, with what became of each row at the right."""

from collections.abc import Callable, Iterator
from functools import cache
from uuid import UUID

import msgspec

from wangge.access.viewing import Viewer
from wangge.flows.import_roster.contents import CELLS
from wangge.flows.import_roster.models import ImportRow, ImportSheet
from wangge.flows.import_roster.plain_book import PlainSheet, Row, plain_book
from wangge.flows.import_roster.preview import one_import
from wangge.flows.import_roster.staging import SHEET
from wangge.kernel.refused import Refused
from wangge.privacy import vault

Say = Callable[[str, str], str]
"""Turns a group and a code into words: the door brings it."""

RESULT_WIDTH, REASON_WIDTH = 14, 60
_cells = msgspec.json.Decoder(list[str | None]).decode
_rows = msgspec.json.Decoder(list[tuple[int, list[str | None]]]).decode


def can_give_back(*, viewer: Viewer, imported: UUID) -> bool:
    """Tell whether the cells of an import are still kept; two statements."""
    return ImportSheet.objects.filter(imported=one_import(viewer, imported)).exists()


def given_back(*, viewer: Viewer, imported: UUID, say: Say) -> bytes:
    """Return the sheets of an import as an .xlsx: the same cells, and result and reason at the right of every row.

    Columns that are never read carry their heading and nothing under it. Refused when the cells are no longer kept,
    a week after the file came.
    """
    row = one_import(viewer, imported)
    shapes = list(ImportSheet.objects.filter(imported=row).order_by("position"))
    if not shapes:
        raise Refused("imports.cells_gone")
    words = cache(say)
    return plain_book([_sheet(row.id, shape, words) for shape in shapes])


def _sheet(imported: UUID, shape: ImportSheet, say: Say) -> PlainSheet:
    above = _rows(vault.unseal_bytes(SHEET, bytes(shape.sealed)))
    width = _width(imported, shape, above)
    heads = (say("imports.given_back", "result"), say("imports.given_back", "reason"))
    last = above[-1][0] if above else 0

    def rows() -> Iterator[Row]:
        for number, cells in above:
            yield number, (*_filled(cells, width), *(heads if number == last else ()))
        yield from _people(imported, shape.name, width, say)

    return PlainSheet(
        shape.name or say("imports.given_back", "sheet"), rows(), last,
        ((width, RESULT_WIDTH), (width + 1, REASON_WIDTH)),
    )  # fmt: skip


def _width(imported: UUID, shape: ImportSheet, above: list[tuple[int, list[str | None]]]) -> int:
    """Return how many columns the sheet has: those of its headings, or of a row that is longer."""
    longest = max((len(cells) for _, cells in above), default=0)
    first = ImportRow.objects.filter(imported=imported, sheet=shape.name).exclude(cells=None).order_by("id").first()
    return max(longest, len(_cells_of(first.cells)) if first else 0)


def _cells_of(sealed: bytes | memoryview | None) -> list[str | None]:
    return _cells(vault.unseal_bytes(CELLS, bytes(sealed))) if sealed is not None else []


def _filled(cells: list[str | None], width: int) -> list[str | None]:
    return (cells + [None] * (width - len(cells)))[:width]


def _people(imported: UUID, sheet: str | None, width: int, say: Say) -> Iterator[Row]:
    rows = ImportRow.objects.filter(imported=imported, sheet=sheet).order_by("id")
    for number, outcome, codes, sealed in rows.values_list("row", "outcome", "codes", "cells").iterator(
        chunk_size=2000
    ):
        result, reason = say("imports.outcome", outcome), _reason(codes, say)
        yield number, (*_filled(_cells_of(sealed), width), result, reason)


def _reason(codes: list[list[str | None]], say: Say) -> str:
    """Return everything that is to be said about a row, each with the letter of its column."""
    return " ".join(
        f"{column}: {say('imports.report', code or '')}" if column else say("imports.report", code or "")
        for column, code in codes
    )
