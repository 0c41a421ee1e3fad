"""A file as it is sent: kept sealed until it is read and brought in, read by one reader at a time, then forgotten."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.db.models.functions import Length

from wangge.access.viewing import Viewer
from wangge.agenda.commands import plan
from wangge.agenda.kinds import DueWork
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.given import Chosen
from wangge.flows.import_roster.models import Import, ImportAsk, ImportRow, ImportSheet, ImportUpload
from wangge.flows.import_roster.reaching import locked_import, open_area
from wangge.flows.import_roster.reading import LARGEST
from wangge.flows.import_roster.states import CELLS_LIFE, DEFAULT_PROFILE, LEASE, SMALL, UPLOAD_LIFE, ImportState
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.privacy import vault

UPLOAD = "imports.ImportUpload.sealed"
SAMPLES = "imports.ImportUpload.samples"
FORGET = "imports.forget"
LOOKED_AT = (ImportState.READING, ImportState.REFUSED, ImportState.STAGING, ImportState.STAGED)
"""States in which nothing of a file is in the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A file as somebody sent it, and what is known about it."""

    area: int
    name: str
    content: bytes
    as_of: date | None = None
    profile: str = DEFAULT_PROFILE


@command
def take_upload(*, stamp: Stamp, actor: Viewer, sent: Sent) -> UUID:
    """Keep a file, sealed, until it is read; return its import.

    An import of the same file that was cut off while it was applied is returned instead, to be finished; what the
    actor sent before and never brought in goes. Refused for an area that is no community, village or grid, a day that
    has not come, and above 20 MB.
    """
    home = open_area(actor, sent.area)
    day = sent.as_of or stamp.day
    if day > stamp.day:
        raise Refused("imports.day_in_future", on=day.isoformat())
    if len(sent.content) > LARGEST:
        raise Refused("imports.file_too_big", limit=LARGEST // 1024 // 1024)
    if not sent.content.strip():
        raise Refused("imports.file_empty")
    digest = hashlib.sha256(sent.content).digest()
    same = Import.objects.filter(area=home, digest=digest)
    unfinished = same.filter(state=ImportState.APPLYING).first()
    if unfinished is not None:
        return unfinished.id
    same.filter(account=actor.account_id, state__in=LOOKED_AT).delete()
    row = Import.objects.create(
        id=uuid7(),
        area=home,
        account=actor.account_id,
        file_name=sent.name[:200],
        digest=digest,
        profile=sent.profile,
        as_of=day,
        state=ImportState.READING,
        staged_at=stamp.received_at,
        held_until=None if is_large(sent.content) else stamp.received_at + LEASE,
    )
    sealed = vault.seal_bytes(UPLOAD, sent.content)
    ImportUpload.objects.create(imported=row, sealed=sealed, stored_at=stamp.received_at)
    plan(kind=FORGET, due_at=stamp.received_at + UPLOAD_LIFE, subject=row.id, payload={"what": "upload"})
    plan(kind=FORGET, due_at=stamp.received_at + CELLS_LIFE, subject=row.id, payload={"what": "cells"})
    _line(stamp, actor, row, kinds.UPLOADED)
    return row.id


def is_large(content: bytes) -> bool:
    """Tell whether a file is read by the worker, not while its sender waits."""
    return len(content) > SMALL


@command
def claim_upload(*, stamp: Stamp, actor: Viewer, imported: UUID, sender: bool = False) -> int:
    """Begin to read a file, alone; return the number of this reading. What a reading that died has left goes.

    Whoever has just sent it (``sender``) need not wait for the time it is held for them. Refused when somebody else
    reads it, or when it is gone.
    """
    row = locked_import(actor, imported)
    held = row.held_until is not None and row.held_until > stamp.received_at
    if row.state not in (ImportState.READING, ImportState.STAGING) or (held and (row.attempt or not sender)):
        raise Refused("imports.not_staged", state=row.state)
    if not ImportUpload.objects.filter(imported=row).exists():
        raise Refused("imports.upload_gone")
    empty(row)
    row.state, row.attempt, row.held_until = ImportState.READING, row.attempt + 1, stamp.received_at + LEASE
    row.save(update_fields=["state", "attempt", "held_until"])
    return row.attempt


def empty(row: Import) -> None:
    """Delete what was read of a file."""
    for table in (ImportAsk, ImportRow, ImportSheet):
        table.objects.filter(imported=row).delete()


def content_of(imported: UUID) -> bytes:
    """Return a file as it was sent; refused when it is no longer kept."""
    row = ImportUpload.objects.filter(imported=imported).first()
    if row is None:
        raise Refused("imports.upload_gone")
    return vault.unseal_bytes(UPLOAD, bytes(row.sealed))


def upload_size(imported: UUID) -> int:
    """Return how many bytes are kept of a file, 0 when it is gone."""
    rows = ImportUpload.objects.filter(imported=imported)
    return rows.annotate(size=Length("sealed")).values_list("size", flat=True).first() or 0


@command
def refuse_upload(*, stamp: Stamp, actor: Viewer, imported: UUID, code: str, facts: dict[str, str | int]) -> UUID:
    """Note why a file could not be read, and forget it."""
    row = locked_import(actor, imported)
    if row.state not in (ImportState.READING, ImportState.STAGING):
        raise Refused("imports.not_staged", state=row.state)
    empty(row)
    ImportUpload.objects.filter(imported=row).delete()
    row.state, row.refusal, row.ended_at = ImportState.REFUSED, {"code": code, "facts": facts}, stamp.received_at
    row.save(update_fields=["state", "refusal", "ended_at"])
    _line(stamp, actor, row, kinds.REFUSED)
    return row.id


@command
def set_columns(*, stamp: Stamp, actor: Viewer, imported: UUID, chosen: Sequence[Chosen]) -> UUID:
    """Let a file that was only looked at be read again, with these columns as somebody set them right.

    A column of another than the known fields is refused, and one that is never read has no place in the list.
    """
    row = locked_import(actor, imported)
    if row.state != ImportState.STAGED:
        raise Refused("imports.not_staged", state=row.state)
    upload = ImportUpload.objects.filter(imported=row).defer("sealed").first()
    if upload is None:
        raise Refused("imports.upload_gone")
    known = {(one["sheet"], one["column"]) for one in row.mapping}
    for sheet, column, _field in chosen:
        if (sheet, column) not in known:
            raise Refused("imports.column_unknown", column=column[:10])
    empty(row)
    row.chosen = [list(one) for one in chosen]
    row.state, row.held_until, row.attempt = ImportState.READING, None, row.attempt + 1
    row.save(update_fields=["chosen", "state", "held_until", "attempt"])
    _line(stamp, actor, row, kinds.MAPPED)
    return row.id


@command
def discard_import(*, stamp: Stamp, actor: Viewer, imported: UUID) -> UUID:
    """Throw away a file that was only looked at; nothing of it has been in the register."""
    row = locked_import(actor, imported)
    if row.state not in LOOKED_AT:
        raise Refused("imports.not_staged", state=row.state)
    _line(stamp, actor, row, kinds.DISCARDED)
    row.delete()
    return imported


def forget_upload(row: Import) -> None:
    """Delete the file itself: it was brought in, or taken back."""
    ImportUpload.objects.filter(imported=row).delete()


def forget_due(work: DueWork, now: datetime) -> None:
    """Delete a file that was left alone for a day, or the cells that could be given back for a week."""
    rows = Import.objects.filter(id__in=[work.subject] if work.subject else [])
    if work.payload.get("what") == "upload":
        # while it is being read it is read to its end; taking it away then would tell nothing
        for upload in ImportUpload.objects.filter(imported__in=rows).defer("sealed", "samples"):
            upload.delete()
        return
    ImportSheet.objects.filter(imported__in=rows).delete()
    ImportRow.objects.filter(imported__in=rows).exclude(cells=None).update(cells=None)


def readable_now(now: datetime) -> Q:
    """Return the condition of imports whose file nobody reads at the moment."""
    free = Q(held_until=None) | Q(held_until__lte=now)
    return Q(state__in=(ImportState.READING, ImportState.STAGING)) & free


def _line(stamp: Stamp, actor: Viewer, row: Import, kind: str) -> None:
    path = row.area.grid_path or row.area.path
    record(stamp=stamp, actor=actor, entries=[Entry(kind, path, {"import": str(row.id)}, subject=row.id)])
