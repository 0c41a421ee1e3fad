"""Asking for an import to be brought in or taken back by the worker, while whoever asked goes on with other work."""

from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.flows.import_roster import kinds
from wangge.flows.import_roster.reaching import locked_import
from wangge.flows.import_roster.states import ImportState
from wangge.journal.commanding import command
from wangge.journal.recording import Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp


@command
def request_applying(*, stamp: Stamp, actor: Viewer, imported: UUID) -> UUID:
    """Let the worker bring a staged import in; refused when that was asked already, or it was taken back."""
    row = locked_import(actor, imported)
    if row.state != ImportState.STAGED:
        raise Refused("imports.not_staged", state=row.state)
    row.state = ImportState.APPLYING
    row.account = actor.account_id
    row.save(update_fields=["state", "account"])
    path = row.area.grid_path or row.area.path
    entry = Entry(kinds.REQUESTED, path, {"import": str(row.id)}, subject=row.id)
    record(stamp=stamp, actor=actor, entries=[entry])
    return row.id
