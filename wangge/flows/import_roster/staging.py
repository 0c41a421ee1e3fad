"""Reading a file into staging: everything is decided, nothing is in the register yet."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.contents import Contents, fingerprints_of, seal_contents
from wangge.flows.import_roster.file import ReadFile, read_file
from wangge.flows.import_roster.models import Import, ImportAsk, ImportRow
from wangge.flows.import_roster.picture import take_picture
from wangge.flows.import_roster.plan import make_plan
from wangge.flows.import_roster.planned import Plan, PlannedAsk, PlannedRow
from wangge.flows.import_roster.reading import LARGEST
from wangge.flows.import_roster.states import BATCH, PERMIT, PROFILES, ImportState
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.clocks import HybridClock
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK

DEFAULT_PROFILE = "roster"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileHead:
    """What is kept of a file as a whole."""

    id: UUID
    area: int
    name: str
    digest: bytes
    profile: str
    as_of: date
    mapping: list[dict[str, Any]]
    dropped: list[str]
    reports: list[list[Any]]
    chunks: int
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedRow:
    """A row as it goes into staging."""

    sheet: str | None
    row: int
    chunk: int
    sealed: bytes | None
    fingerprint: bytes | None
    action: str
    outcome: str
    household: UUID | None
    resident: UUID | None
    codes: list[tuple[str | None, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedAsk:
    """A question as it goes into staging; ``waiting`` are positions of rows in the file, from 0."""

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
) -> UUID:
    """Read a file and match it with the register; return the import, staged. The file itself is not kept.

    An import of the same file that was cut off while it was applied is returned instead, to be finished. Refused for
    an area that is no community, village or grid, and as ``read_file``.
    """
    home = open_area(actor, area)
    day = as_of or stamp.day
    if day > stamp.day:
        raise Refused("imports.day_in_future", on=day.isoformat())
    if profile not in PROFILES:
        raise Refused("imports.profile_unknown", profile=profile)
    if len(content) > LARGEST:
        raise Refused("imports.file_too_big", limit=LARGEST // 1024 // 1024)
    digest = hashlib.sha256(content).digest()
    unfinished = Import.objects.filter(area=home, digest=digest, state=ImportState.APPLYING).first()
    if unfinished is not None:
        return unfinished.id
    read = read_file(content, day)
    plan = _plan(actor, home, read)
    head = FileHead(
        id=uuid7(),
        area=home.id,
        name=name[:200],
        digest=digest,
        profile=profile,
        as_of=day,
        mapping=[asdict(one) for one in read.columns],
        dropped=[one.header for one in read.dropped],
        reports=[[one.sheet, one.row, one.column, one.code] for one in read.reports],
        chunks=max((row.chunk for row in plan.rows), default=-1) + 1,
        total=len(plan.rows),
    )
    _write(stamp, actor, head, plan)
    return head.id


def open_area(actor: Viewer, area: int) -> Area:
    """Return the area into which is imported; refused alike when it is unknown and out of reach."""
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    require(actor, PERMIT, home.path)
    if not COMMUNITY_RANK <= home.rank <= GRID_RANK:
        raise Refused("imports.area_not_fitting", level=home.level)
    return home


def _plan(actor: Viewer, home: Area, read: ReadFile) -> Plan:
    people = [row.person for row in read.rows]
    fingerprints = fingerprints_of(people)
    picture = take_picture(
        viewer=actor,
        area=home,
        numbers={one.number for one in people if one and one.number and not one.number_doubt},
        fingerprints={one for one in fingerprints if one is not None},
    )
    return make_plan(read, fingerprints, picture)


def import_stamp(stamp: Stamp, imported: UUID, part: str, *, letter: str = "i", step: int = 0) -> Stamp:
    """Return the stamp of one step of an import: sent once under the import's own key, with a clock of its own.

    The clock's node tells which import wrote a value, so that undoing knows what was changed since.
    """
    own = own_clock(stamp, imported, letter=letter, step=step)
    return replace(own, source="import", key=f"{imported}:{part}", channel="import", base={})


def own_clock(stamp: Stamp, imported: UUID, *, letter: str = "i", step: int = 0) -> Stamp:
    """Return a stamp whose clock tells that this import writes; later steps have later clocks."""
    clock = HybridClock(int(stamp.received_at.timestamp() * 1000), step % 0x10000, f"{letter}{mark_of(imported)}")
    return replace(stamp, clock=str(clock))


def mark_of(imported: UUID) -> str:
    """Return the end of every clock of an import; taking back (``u``) sorts behind bringing in (``i``)."""
    return imported.hex[-16:]


def _write(stamp: Stamp, actor: Viewer, head: FileHead, plan: Plan) -> None:
    """Write the plan in steps of at most 500 rows; the import is staged with the last."""
    begin_staging(stamp=import_stamp(stamp, head.id, "begin"), actor=actor, head=head)
    first: list[int] = []
    for number, start in enumerate(range(0, len(plan.rows), BATCH)):
        part = plan.rows[start : start + BATCH]
        rows = _staged(part)
        first += stage_rows(stamp=import_stamp(stamp, head.id, f"s{number}"), actor=actor, imported=head.id, rows=rows)
    for start in range(0, len(plan.asks), BATCH):
        asks = [_staged_ask(plan, one) for one in plan.asks[start : start + BATCH]]
        ids = [first[at] for one in asks for at in one.waiting]
        stage_asks(
            stamp=import_stamp(stamp, head.id, f"a{start}"),
            actor=actor,
            imported=head.id,
            position=start,
            asks=asks,
            waiting=ids,
        )
    end_staging(stamp=import_stamp(stamp, head.id, "staged"), actor=actor, imported=head.id)


def _staged(rows: Sequence[PlannedRow]) -> list[StagedRow]:
    contents = [Contents(row.person, row.fill, row.phones) for row in rows if row.person is not None]
    sealed = iter(seal_contents(contents))
    return [
        StagedRow(
            sheet=row.sheet,
            row=row.row,
            chunk=row.chunk,
            sealed=next(sealed) if row.person is not None else None,
            fingerprint=row.fingerprint,
            action=row.action.value,
            outcome=row.outcome.value,
            household=row.household,
            resident=row.resident,
            codes=row.codes,
        )
        for row in rows
    ]


def _staged_ask(plan: Plan, ask: PlannedAsk) -> StagedAsk:
    places = [[plan.rows[at].sheet, plan.rows[at].row] for at in ask.waiting]
    others = [[one["sheet"], one["row"]] for one in ask.candidates if one["row"] is not None]
    return StagedAsk(
        kind=ask.kind.value,
        reason=ask.reason,
        waiting=ask.waiting,
        rows=places + others,
        candidates=ask.candidates,
        score=ask.score,
    )


@command
def begin_staging(*, stamp: Stamp, actor: Viewer, head: FileHead) -> UUID:
    """Note a file that is being read; what the actor read from the same bytes before and never brought in goes."""
    home = open_area(actor, head.area)
    abandoned = Import.objects.filter(area=home, digest=head.digest, account=actor.account_id)
    abandoned.filter(state__in=(ImportState.STAGING, ImportState.STAGED)).delete()
    Import.objects.create(
        id=head.id,
        area=home,
        account=actor.account_id,
        file_name=head.name,
        digest=head.digest,
        profile=head.profile,
        as_of=head.as_of,
        state=ImportState.STAGING,
        mapping=head.mapping,
        dropped=head.dropped,
        reports=head.reports,
        chunks=head.chunks,
        total=head.total,
        staged_at=stamp.received_at,
    )
    facts = {"import": str(head.id), "rows": head.total}
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.STAGED, home.grid_path or home.path, facts, subject=head.id)])
    return head.id


@command
def stage_rows(*, stamp: Stamp, actor: Viewer, imported: UUID, rows: Sequence[StagedRow]) -> list[int]:
    """Write rows of a file that is being read, and return their ids in order."""
    _staging(actor, imported)
    made = ImportRow.objects.bulk_create(
        ImportRow(
            imported_id=imported,
            sheet=row.sheet,
            row=row.row,
            chunk=row.chunk,
            sealed=row.sealed,
            fingerprint=row.fingerprint,
            action=row.action,
            outcome=row.outcome,
            household=row.household,
            resident=row.resident,
            codes=[list(code) for code in row.codes],
        )
        for row in rows
    )
    return [row.id for row in made]


@command
def stage_asks(
    *, stamp: Stamp, actor: Viewer, imported: UUID, position: int, asks: Sequence[StagedAsk], waiting: Sequence[int]
) -> int:
    """Write questions of a file that is being read; ``waiting`` are the ids of their rows, one after the other."""
    _staging(actor, imported)
    ids = iter(waiting)
    ImportAsk.objects.bulk_create(
        ImportAsk(
            id=uuid7(),
            imported_id=imported,
            position=position + number,
            kind=ask.kind,
            reason=ask.reason,
            waiting=[next(ids) for _ in ask.waiting],
            rows=ask.rows,
            candidates=ask.candidates,
            score=ask.score,
        )
        for number, ask in enumerate(asks)
    )
    return len(asks)


@command
def end_staging(*, stamp: Stamp, actor: Viewer, imported: UUID) -> UUID:
    """Declare a file read to its end."""
    row = _staging(actor, imported)
    row.state = ImportState.STAGED
    row.save(update_fields=["state"])
    return row.id


def _staging(actor: Viewer, imported: UUID) -> Import:
    row = locked_import(actor, imported)
    if row.state != ImportState.STAGING:
        raise Refused("imports.not_staged", state=row.state)
    return row


def locked_import(actor: Viewer, imported: UUID) -> Import:
    """Return an import in the actor's reach, locked; refused alike when it is unknown and out of reach."""
    row = Import.objects.select_for_update(of=("self",)).select_related("area").filter(id=imported).first()
    if row is None or not actor.permits(PERMIT, row.area.path):
        raise Refused("imports.import_unknown")
    return row


@command
def discard_import(*, stamp: Stamp, actor: Viewer, imported: UUID) -> UUID:
    """Throw away a file that was only looked at; nothing of it has been in the register."""
    row = locked_import(actor, imported)
    if row.state not in (ImportState.STAGING, ImportState.STAGED):
        raise Refused("imports.not_staged", state=row.state)
    ImportAsk.objects.filter(imported=row).delete()
    ImportRow.objects.filter(imported=row).delete()
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kinds.DISCARDED, path, {"import": str(row.id)}, subject=row.id)])
    row.delete()
    return imported
