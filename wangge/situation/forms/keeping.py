"""Files that were made: sealed for a day, fetched by their maker only, then deleted; and the list of all exports."""

from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from django.db.models import Q, QuerySet

from wangge.access.exporting import VERB
from wangge.access.models import Account
from wangge.access.queries import system_viewer
from wangge.access.viewing import Viewer, scoped
from wangge.agenda.commands import plan
from wangge.agenda.kinds import DueWork, register_handler
from wangge.journal.actors import number_of
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.queries import installation
from wangge.privacy import vault
from wangge.situation.forms import kinds
from wangge.situation.forms.models import Export
from wangge.situation.forms.rows.places import building_words
from wangge.situation.forms.rules.exports import KEPT, ExportState

EXPIRE = "forms.expire"
SEALED = "forms.Export.sealed"
OVERSIGHT = "looks.read"
NOBODY = UUID(int=0)
KEYS = UUID("0d9d3a5c-53c4-5a0e-8f25-6a1d6f2f2c55")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportLine:
    """One export in the list; ``mark`` is what stands in its rows, ``own`` whether the viewer may fetch it."""

    id: UUID
    mark: str
    profile: str
    profile_name: str
    version: int
    area: int
    area_name: str
    maker: str
    own: bool
    purpose: str
    kind: str
    masked: bool
    people: int
    rows: int
    done: int
    state: str
    failed: str
    made_at: datetime
    until_at: datetime | None


def register() -> None:
    """Tell the agenda who deletes files whose day is over."""
    register_handler(EXPIRE, _expire)


def keep_file(*, stamp: Stamp, actor: Viewer, export: UUID, content: bytes) -> datetime:
    """Keep a file that was made, sealed, and return until when; it is seen only once the command has said so."""
    mine = Export.objects.filter(id=export, account=actor.account_id)
    mine.update(sealed=vault.seal(SEALED, b64encode(content).decode()))
    return finish_export(stamp=replace(stamp, key=f"{export} keep", source="forms"), actor=actor, export=export)


@command
def finish_export(*, stamp: Stamp, actor: Viewer, export: UUID, kept: bool = True) -> datetime:
    """Say that an export is made, and return until when it is kept; one that was handed over is not kept at all."""
    row = Export.objects.select_for_update().select_related("area").filter(id=export, account=actor.account_id).first()
    if row is None or row.state not in (ExportState.MAKING, ExportState.WAITING):
        raise Refused("forms.export_unknown")
    row.state = ExportState.READY if kept else ExportState.HANDED
    row.until_at = stamp.received_at + KEPT if kept else stamp.received_at
    row.done = row.rows
    row.save(update_fields=["state", "until_at", "done"])
    if kept:
        plan(kind=EXPIRE, due_at=row.until_at, subject=row.id, once=f"{EXPIRE} {row.id}")
    note(stamp, actor, kinds.FINISHED, row, {"export": str(row.id), "kept": kept})
    return row.until_at


@command
def drop_file(*, stamp: Stamp, actor: Viewer, export: UUID) -> UUID:
    """Delete the file of an export: its maker may at any time, the server when its day is over."""
    row = Export.objects.select_for_update().select_related("area").filter(id=export).first()
    if row is None or (actor.account_id != row.account and actor.account_id.int):
        raise Refused("forms.export_unknown")
    row.sealed, row.state = None, ExportState.GONE
    row.save(update_fields=["sealed", "state"])
    note(stamp, actor, kinds.DROPPED, row, {"export": str(row.id)})
    return row.id


def note(stamp: Stamp, actor: Viewer, kind: str, row: Export, facts: Mapping[str, object]) -> None:
    """Write the line of something that happened to an export."""
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kind, path, facts, subject=row.area.uid)])


def _expire(work: DueWork, now: datetime) -> None:
    """Delete the file whose day is over."""
    opened = installation()
    row = Export.objects.filter(id=work.subject or NOBODY, sealed__isnull=False).first()
    if row is None or opened is None:
        return
    stamp = Stamp(
        key=str(uuid5(KEYS, f"expire {row.id}")), source="worker", at=now, received_at=now, zone=opened.zone,
        channel="worker",
    )  # fmt: skip
    server = system_viewer(number_of(NOBODY), "", opened.area.path)
    drop_file(stamp=stamp, actor=server, export=row.id)


def fetch(*, viewer: Viewer, export: UUID, now: datetime) -> tuple[str, bytes]:
    """Return name and content of a file to whoever made it, within its day; to nobody else."""
    row = Export.objects.filter(id=export, account=viewer.account_id).select_related("area").first()
    if row is None or not viewer.permits(VERB, row.path):
        raise Refused("forms.export_unknown")
    if row.state in (ExportState.WAITING, ExportState.MAKING):
        raise Refused("forms.export_not_ready")
    if row.sealed is None or row.until_at is None or row.until_at <= now:
        raise Refused("forms.export_gone")
    name = f"{row.profile}-{row.area.code or row.area_id}-{row.on.isoformat()}.{row.kind}"
    return name, b64decode(vault.unseal(SEALED, bytes(row.sealed)))


def _visible(viewer: Viewer) -> QuerySet[Export]:
    """Return the exports that somebody made, and those inside the areas whose access log they read."""
    own = Q(account=viewer.account_id)
    overseen = Q(id__in=scoped(Export, viewer, OVERSIGHT).values("id"))
    return scoped(Export.objects.filter(own | overseen), viewer, VERB)


def exports(
    *, viewer: Viewer, path: str, text: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[ExportLine], int]:
    """Return the exports of an area, the latest first, and how many there are; ``text`` is in the form's name, its
    purpose or its mark. Three statements.
    """
    rows = _visible(viewer).filter(path__gte=path, path__lt=upper(path))
    if sought := text.strip():
        named = Q(profile_name__contains=sought) | Q(profile__contains=sought) | Q(purpose__contains=sought)
        rows = rows.filter(named | Q(mark=sought.upper()))
    total = rows.count()
    part = list(
        rows.order_by("-made_at", "-id").select_related("area").defer("sealed", "body")[offset : offset + limit]
    )
    return _lines(viewer, part), total


def export(*, viewer: Viewer, export: UUID) -> ExportLine:
    """Return one export; refused as unknown where it is neither one's own nor overseen. Two statements."""
    row = _visible(viewer).filter(id=export).select_related("area").defer("sealed", "body").first()
    if row is None:
        raise Refused("forms.export_unknown")
    return _lines(viewer, [row])[0]


def _lines(viewer: Viewer, rows: list[Export]) -> list[ExportLine]:
    makers = dict(Account.objects.filter(id__in={row.account for row in rows}).values_list("id", "name"))
    return [
        ExportLine(
            id=row.id,
            mark=row.mark,
            profile=row.profile,
            profile_name=row.profile_name,
            version=row.version,
            area=row.area_id,
            area_name=building_words(row.area.name, row.area.kind),
            maker=makers.get(row.account, ""),
            own=row.account == viewer.account_id,
            purpose=row.purpose,
            kind=row.kind,
            masked=row.masked,
            people=row.people,
            rows=row.rows,
            done=row.done,
            state=row.state,
            failed=row.failed,
            made_at=row.made_at,
            until_at=row.until_at,
        )
        for row in rows
    ]
