"""Looking at an import: what was recognised, what will become or became of its rows, what is asked, how far it is."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec
from django.db.models import Count as Number
from django.db.models import QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.flows.import_roster.contents import contents_of
from wangge.flows.import_roster.models import Import, ImportAsk, ImportRow, ImportUpload
from wangge.flows.import_roster.rows import Report
from wangge.flows.import_roster.states import PERMIT, Outcome
from wangge.flows.import_roster.uploading import SAMPLES
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.privacy import vault


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """Rows by what became of them, and the households and residents they are about."""

    rows: int
    created: int
    updated: int
    unchanged: int
    asked: int
    rejected: int
    skipped: int
    households: int
    residents: int


@dataclass(frozen=True, slots=True)
class AskLine:
    """An open question: the [sheet, row] in question, the waiting one first, and whom it may be."""

    id: UUID
    kind: str
    reason: str
    rows: tuple[tuple[str | None, int], ...]
    candidates: tuple[dict[str, Any], ...]
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """Everything about an import except what stands in its cells; ``kept`` is True while the file itself is.

    ``samples`` are a few masked cells of each column, by "sheet<tab>letter".
    """

    id: UUID
    area: int
    file_name: str
    as_of: date
    state: str
    staged_at: datetime
    profile: str
    profile_version: int
    refusal: Mapping[str, Any]
    mapping: tuple[dict[str, Any], ...]
    samples: Mapping[str, tuple[str, ...]]
    kept: bool
    dropped_columns: tuple[str, ...]
    counts: Counts
    asks: tuple[AskLine, ...]
    reported: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is: its state, rows that are through, rows in all."""

    state: str
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class RowLine:
    """A row as a list shows it; name and door are personal."""

    id: int
    sheet: str | None
    row: int
    outcome: str
    name: str
    door: str
    household: UUID | None
    resident: UUID | None
    codes: tuple[tuple[str | None, str], ...]


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import as the history of an area shows it."""

    id: UUID
    area: int
    file_name: str
    account: UUID
    state: str
    done: int
    total: int
    staged_at: datetime


def _visible(viewer: Viewer) -> QuerySet[Import]:
    return scoped(Import, viewer, PERMIT, path_field="area__path")


def one_import(viewer: Viewer, imported: UUID) -> Import:
    """Return an import in the viewer's areas; refused as unknown elsewhere."""
    row = _visible(viewer).filter(id=imported).first()
    if row is None:
        raise Refused("imports.import_unknown")
    return row


def preview(*, viewer: Viewer, imported: UUID) -> Preview:
    """Return what an import will do, or did; six statements. Refused as unknown outside the viewer's areas."""
    row = one_import(viewer, imported)
    upload = ImportUpload.objects.filter(imported=row).defer("sealed").first()
    return Preview(
        id=row.id,
        area=row.area_id,
        file_name=row.file_name,
        as_of=row.as_of,
        state=row.state,
        staged_at=row.staged_at,
        profile=row.profile,
        profile_version=row.profile_version,
        refusal=row.refusal,
        mapping=tuple(row.mapping),
        samples=_samples(upload),
        kept=upload is not None,
        dropped_columns=tuple(row.dropped),
        counts=_counts(row),
        asks=tuple(_asks(row)),
        reported=tuple(_reported(row)),
    )


def _samples(upload: ImportUpload | None) -> Mapping[str, tuple[str, ...]]:
    if upload is None or upload.samples is None:
        return {}
    return msgspec.json.decode(vault.unseal_bytes(SAMPLES, bytes(upload.samples)), type=dict[str, tuple[str, ...]])


def _counts(imported: Import) -> Counts:
    rows = ImportRow.objects.filter(imported=imported).order_by()
    outcomes = {outcome.value: 0 for outcome in Outcome}
    outcomes |= dict(rows.values_list("outcome").annotate(number=Number("id")))
    inside = rows.filter(outcome__in=(Outcome.CREATED, Outcome.UPDATED, Outcome.UNCHANGED))
    about = inside.aggregate(households=Number("household", distinct=True), residents=Number("resident", distinct=True))
    return Counts(rows=sum(outcomes.values()), **outcomes, **about)


def _asks(imported: Import) -> Iterator[AskLine]:
    for one in ImportAsk.objects.filter(imported=imported, answer="").order_by("later", "position"):
        rows = tuple((sheet, row) for sheet, row in one.rows)
        yield AskLine(one.id, one.kind, one.reason, rows, tuple(one.candidates), one.score)


def _reported(imported: Import) -> Iterator[Report]:
    """Yield everything that is to be told, of the file first and then row by row."""
    for sheet, row, column, code in imported.reports:
        yield Report(sheet, row, column, code)
    told = ImportRow.objects.filter(imported=imported).exclude(codes=[]).order_by("id")
    for sheet, row, codes in told.values_list("sheet", "row", "codes").iterator(chunk_size=2000):
        for column, code in codes:
            yield Report(sheet, row, column, code)


def progress(*, viewer: Viewer, imported: UUID) -> Progress:
    """Return how far an import is; one statement."""
    row = one_import(viewer, imported)
    return Progress(row.state, row.done, row.total)


def sender(*, viewer: Viewer, imported: UUID) -> UUID:
    """Return the account that brought an import; one statement."""
    return one_import(viewer, imported).account


def residents(*, viewer: Viewer, imported: UUID) -> list[UUID]:
    """Return whom the rows of an import are about, as far as they are known."""
    rows = ImportRow.objects.filter(imported=one_import(viewer, imported)).exclude(resident=None)
    return [one for one in rows.values_list("resident", flat=True) if one]


def row_lines(
    *, viewer: Viewer, imported: UUID, outcome: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[RowLine], int]:
    """Return rows of an import in the order of the file with name and door, and how many there are."""
    rows = ImportRow.objects.filter(imported=one_import(viewer, imported))
    if outcome:
        rows = rows.filter(outcome=outcome)
    return [_line(row) for row in rows.order_by("id")[offset : offset + limit]], rows.count()


def _line(row: ImportRow) -> RowLine:
    contents = contents_of(row)
    name, door = (contents.person.name, contents.person.door or contents.person.address) if contents else ("", "")
    codes = tuple((column, code) for column, code in row.codes)
    return RowLine(row.id, row.sheet, row.row, row.outcome, name, door, row.household, row.resident, codes)


ORDERS = {
    "when": ("staged_at", "id"), "file": ("file_name", "id"), "state": ("state", "id"), "rows": ("total", "id"),
}  # fmt: skip
"""How a list of imports may be sorted; a hyphen before the word turns it round."""


def imports(
    *, viewer: Viewer, inside: str = "", text: str = "", order: str = "-when", offset: int = 0, limit: int = 50
) -> tuple[list[ImportLine], int]:
    """Return the imports in the viewer's areas, or inside one, of files whose name holds a text; and how many."""
    rows = _visible(viewer)
    if inside:
        rows = rows.filter(area__path__gte=inside, area__path__lt=upper(inside))
    if text:
        rows = rows.filter(file_name__icontains=text)
    turned = order.startswith("-")
    columns = [f"-{column}" if turned else column for column in ORDERS[order.removeprefix("-")]]
    part = rows.order_by(*columns)[offset : offset + limit]
    lines = [
        ImportLine(one.id, one.area_id, one.file_name, one.account, one.state, one.done, one.total, one.staged_at)
        for one in part
    ]
    return lines, rows.count()
