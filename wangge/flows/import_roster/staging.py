"""Reading a file into staging: everything is decided, nothing is in the register yet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID, uuid5

import msgspec

from wangge.access.viewing import Viewer
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.apart import read_apart
from wangge.flows.import_roster.contents import CELLS, Contents, fingerprints_of, seal_contents
from wangge.flows.import_roster.deciding import decided, whom_of
from wangge.flows.import_roster.file import ReadFile
from wangge.flows.import_roster.given import Given, Job
from wangge.flows.import_roster.models import Import, ImportAsk, ImportRow, ImportSheet, ImportUpload
from wangge.flows.import_roster.packing import PART
from wangge.flows.import_roster.picture import take_picture
from wangge.flows.import_roster.plan import make_plan
from wangge.flows.import_roster.planned import Plan, PlannedAsk, PlannedRow
from wangge.flows.import_roster.profiles import holding_profiles
from wangge.flows.import_roster.reaching import import_stamp, locked_import
from wangge.flows.import_roster.states import BATCH, DEFAULT_PROFILE, ImportState, Outcome
from wangge.flows.import_roster.uploading import (
    SAMPLES,
    Sent,
    claim_upload,
    content_of,
    discard_import,
    refuse_upload,
    take_upload,
)
from wangge.journal.commanding import command
from wangge.journal.inserting import insert_rows, insert_values
from wangge.journal.recording import Entry, record
from wangge.kernel.collecting import seldom_collecting
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.privacy import vault

__all__ = ["discard_import", "import_stamp", "read_upload", "stage_file"]
SHEET = "imports.ImportSheet.sealed"
ROW = (
    "imported_id", "sheet", "row", "chunk", "sealed", "fingerprint", "action", "outcome", "state", "household",
    "resident", "founds", "codes", "whom", "cells",
)  # fmt: skip
"""Columns of a row that is staged; the others are empty."""

Told = Callable[[str, int, int], None]
"""Hears a step of reading (``opened``, ``matched``, ``staged``), rows done and in all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHead:
    """What is kept of a file as a whole."""

    mapping: list[dict[str, Any]]
    dropped: list[str]
    reports: list[list[Any]]
    profile: str
    profile_version: int
    chunks: int
    total: int
    samples: bytes
    sheets: list[tuple[str | None, bytes]]


StagedRow = tuple[
    str | None, int, int, bytes | None, bytes | None, str, str, UUID | None, UUID | None, Any, bytes | None, bytes
]
"""Sheet, row, chunk, sealed, fingerprint, action, outcome, household, resident, codes, whom, cells."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedAsk:
    """A question as it goes into staging; ``waiting`` are ids of rows."""

    kind: str
    reason: str
    waiting: list[int]
    rows: list[list[Any]]
    candidates: list[dict[str, Any]]
    score: float


def stage_file(
    *,
    stamp: Stamp,
    actor: Viewer,
    area: int,
    name: str,
    content: bytes,
    as_of: date | None = None,
    profile: str = DEFAULT_PROFILE,
    told: Told | None = None,
) -> UUID:
    """Take a file, read it and match it with the register; return the import, staged.

    Refused as ``take_upload`` and ``read_apart``; nothing is left of a refused file.
    """
    sent = Sent(area=area, name=name, content=content, as_of=as_of, profile=profile)
    imported = take_upload(stamp=stamp, actor=actor, sent=sent)
    try:
        read_upload(stamp=stamp, actor=actor, imported=imported, sender=True, told=told)
    except Refused as refused:
        if refused.code != "imports.not_staged":
            discard_import(stamp=import_stamp(stamp, imported, "discard"), actor=actor, imported=imported)
            raise
    return imported


def read_upload(
    *, stamp: Stamp, actor: Viewer, imported: UUID, sender: bool = False, told: Told | None = None, keep: bool = False
) -> UUID:
    """Read a file that was sent, and stage it; with ``keep`` a file that cannot be read stays as one that says why.

    Refused with ``imports.not_staged`` when somebody else reads it.
    """
    with seldom_collecting():
        return _read_upload(stamp, actor, imported, sender=sender, tell=told or _nobody, keep=keep)


def _nobody(_step: str, _done: int, _total: int) -> None:
    """Hear nothing."""


def _read_upload(stamp: Stamp, actor: Viewer, imported: UUID, *, sender: bool, tell: Told, keep: bool) -> UUID:
    begin = replace(stamp, source="import", key=str(uuid5(imported, f"claim {stamp.key}")), channel="import")
    attempt = claim_upload(stamp=begin, actor=actor, imported=imported, sender=sender)
    row = Import.objects.select_related("area").get(id=imported)
    try:
        profiles = holding_profiles(row.area, row.profile) if not row.profile_version else []
        chosen = tuple((one[0], one[1], one[2]) for one in row.chosen)
        given = read_apart(
            content_of(imported), Job(row.as_of, chosen, tuple(profiles), row.profile != DEFAULT_PROFILE)
        )
        tell("opened", 0, len(given.read.rows))
        plan = _plan(actor, row.area, given.read)
    except Refused as refused:
        if keep:
            end = import_stamp(stamp, imported, f"{attempt}:refused")
            refuse_upload(stamp=end, actor=actor, imported=imported, code=refused.code, facts=dict(refused.facts))
        raise
    tell("matched", 0, len(plan.rows))
    _write(_Reading(stamp, actor, row, attempt, tell), given, plan)
    return imported


def _plan(actor: Viewer, home: Area, read: ReadFile) -> Plan:
    people = [row.person for row in read.rows]
    fingerprints = fingerprints_of(people)
    picture = take_picture(
        viewer=actor,
        area=home,
        numbers={one.number for one in people if one and one.number and not one.number_doubt},
        fingerprints={one for one in fingerprints if one is not None},
    )
    return make_plan(read, fingerprints, decided(picture, home, people, fingerprints))


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of a file: by whom, of which import, the how-manieth, and who hears how far it is."""

    stamp: Stamp
    actor: Viewer
    row: Import
    attempt: int
    tell: Told

    def own(self, part: str) -> Stamp:
        """Return the stamp of a step of this reading."""
        return import_stamp(self.stamp, self.row.id, f"{self.attempt}:{part}")


def _write(reading: _Reading, given: Given, plan: Plan) -> None:
    """Write the plan in steps of at most 500 rows; the import is staged with the last."""
    own, actor, row, attempt, tell = reading.own, reading.actor, reading.row, reading.attempt, reading.tell
    begin_staging(stamp=own("begin"), actor=actor, imported=row.id, attempt=attempt, head=_head(row, given, plan))
    for number, start in enumerate(range(0, len(plan.rows), PART)):
        rows = _staged(plan.rows[start : start + PART], given.cells.part(number))
        stage_rows(stamp=own(f"s{number}"), actor=actor, imported=row.id, attempt=attempt, rows=rows)
        tell("staged", min(start + PART, len(plan.rows)), len(plan.rows))
    ids = list(ImportRow.objects.filter(imported=row).order_by("id").values_list("id", flat=True)) if plan.asks else []
    for start in range(0, len(plan.asks), BATCH):
        asks = [_staged_ask(plan, one, ids) for one in plan.asks[start : start + BATCH]]
        stage_asks(stamp=own(f"a{start}"), actor=actor, imported=row.id, attempt=attempt, position=start, asks=asks)
    end_staging(stamp=own("staged"), actor=actor, imported=row.id, attempt=attempt)


def _head(row: Import, given: Given, plan: Plan) -> FileHead:
    head = given.head
    name, _, version = head.profile.partition("\t")
    samples = {f"{sheet or ''}\t{column}": texts for sheet, column, texts in head.samples}
    return FileHead(
        mapping=[asdict(one) for one in head.columns],
        dropped=[one.header for one in head.dropped],
        reports=[[one.sheet, one.row, one.column, one.code] for one in head.reports],
        profile=name or row.profile,
        profile_version=int(version or row.profile_version),
        chunks=max((one.chunk for one in plan.rows), default=-1) + 1,
        total=len(plan.rows),
        samples=vault.seal_bytes(SAMPLES, msgspec.json.encode(samples)),
        sheets=[(one.name, vault.seal_bytes(SHEET, msgspec.json.encode(one.rows))) for one in head.sheets],
    )


def _staged(rows: Sequence[PlannedRow], cells: Sequence[bytes]) -> list[StagedRow]:
    contents = [Contents(row.person, dict(row.fill), row.phones) for row in rows if row.person is not None]
    sealed = iter(seal_contents(contents))
    asked = [row.person if row.outcome == Outcome.ASKED else None for row in rows]
    return [
        (
            row.sheet, row.row, row.chunk, next(sealed) if row.person is not None else None, row.fingerprint,
            row.action.value, row.outcome.value, row.household, row.resident, row.codes, whom, blob,
        )
        for row, whom, blob in zip(rows, whom_of(asked), vault.seal_many(CELLS, cells), strict=True)
    ]  # fmt: skip


def _staged_ask(plan: Plan, ask: PlannedAsk, ids: Sequence[int]) -> StagedAsk:
    places = [[plan.rows[at].sheet, plan.rows[at].row] for at in ask.waiting]
    others = [[one["sheet"], one["row"]] for one in ask.candidates if one["row"] is not None]
    return StagedAsk(
        kind=ask.kind.value,
        reason=ask.reason,
        waiting=[ids[at] for at in ask.waiting],
        rows=places + others,
        candidates=ask.candidates,
        score=ask.score,
    )


@command
def begin_staging(*, stamp: Stamp, actor: Viewer, imported: UUID, attempt: int, head: FileHead) -> UUID:
    """Note what a file says as a whole; its rows follow."""
    row = _reading(actor, imported, attempt, ImportState.READING)
    row.state = ImportState.STAGING
    row.mapping, row.dropped, row.reports = head.mapping, head.dropped, head.reports
    row.profile, row.profile_version = head.profile, head.profile_version
    row.chunks, row.total, row.done = head.chunks, head.total, 0
    row.save()
    ImportUpload.objects.filter(imported=row).update(samples=head.samples)
    insert_rows(
        [
            ImportSheet(imported=row, position=position, name=name, sealed=sealed)
            for position, (name, sealed) in enumerate(head.sheets)
        ]
    )
    facts = {"import": str(row.id), "rows": head.total}
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.STAGED, path, facts, subject=row.id)])
    return row.id


@command
def stage_rows(*, stamp: Stamp, actor: Viewer, imported: UUID, attempt: int, rows: Sequence[StagedRow]) -> int:
    """Write rows of a file that is being read, in their order, and return how many are written so far."""
    row = _reading(actor, imported, attempt)
    insert_values(ImportRow, ROW, _values(imported, rows))
    row.done += len(rows)
    row.save(update_fields=["done"])
    return row.done


def _values(imported: UUID, rows: Sequence[StagedRow]) -> Iterator[tuple[Any, ...]]:
    """Yield rows as they are inserted: staged, founding no household yet."""
    for sheet, row, chunk, sealed, mark, action, outcome, home, resident, codes, whom, cells in rows:
        said = [list(code) for code in codes]
        yield (
            imported, sheet, row, chunk, sealed, mark, action, outcome, "staged", home, resident, False, said, whom,
            cells,
        )  # fmt: skip


@command
def stage_asks(
    *, stamp: Stamp, actor: Viewer, imported: UUID, attempt: int, position: int, asks: Sequence[StagedAsk]
) -> int:
    """Write questions of a file that is being read."""
    _reading(actor, imported, attempt)
    insert_rows(
        [
            ImportAsk(
                id=uuid7(),
                imported_id=imported,
                position=position + number,
                kind=ask.kind,
                reason=ask.reason,
                waiting=ask.waiting,
                rows=ask.rows,
                candidates=ask.candidates,
                score=ask.score,
            )
            for number, ask in enumerate(asks)
        ]
    )
    return len(asks)


@command
def end_staging(*, stamp: Stamp, actor: Viewer, imported: UUID, attempt: int) -> UUID:
    """Declare a file read to its end."""
    row = _reading(actor, imported, attempt)
    row.state, row.held_until, row.done = ImportState.STAGED, None, 0
    row.save(update_fields=["state", "held_until", "done"])
    return row.id


def _reading(actor: Viewer, imported: UUID, attempt: int, state: ImportState = ImportState.STAGING) -> Import:
    """Return a file that this reading still has; another may have taken it over."""
    row = locked_import(actor, imported)
    if row.state != state or row.attempt != attempt:
        raise Refused("imports.not_staged", state=row.state)
    return row
