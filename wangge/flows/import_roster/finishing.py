"""What the worker does for imports: reads files that wait, and ends what was asked for or cut off by a crash."""

from uuid import UUID

from wangge.access.queries import read_viewer
from wangge.access.viewing import Viewer
from wangge.flows.import_roster.applying import apply
from wangge.flows.import_roster.models import Import
from wangge.flows.import_roster.staging import read_upload
from wangge.flows.import_roster.states import ImportState
from wangge.flows.import_roster.undoing import undo
from wangge.flows.import_roster.uploading import readable_now
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp

HALFWAY = (ImportState.APPLYING, ImportState.UNDOING)


def finish_interrupted(*, stamp: Stamp) -> list[UUID]:
    """Read every file that waits, finish every import that stands half applied or half taken back; return which.

    Each for whoever brought it. Safe beside somebody who is at the same import: each row goes in once, each file is
    read by one. One whose account may no longer import stays for somebody to take back.
    """
    finished = []
    rows = Import.objects.filter(state__in=HALFWAY) | Import.objects.filter(readable_now(stamp.received_at))
    for row in list(rows.order_by("staged_at")):
        viewer = read_viewer(row.account, on=stamp.day)
        if viewer is None:
            continue
        try:
            _go_on(stamp, viewer, row)
        except Refused:
            continue
        finished.append(row.id)
    return finished


def _go_on(stamp: Stamp, viewer: Viewer, row: Import) -> None:
    if row.state == ImportState.APPLYING:
        apply(stamp=stamp, actor=viewer, imported=row.id)
    elif row.state == ImportState.UNDOING:
        undo(stamp=stamp, actor=viewer, imported=row.id)
    else:
        read_upload(stamp=stamp, actor=viewer, imported=row.id, keep=True)
