"""Imports that were cut off by a crash are finished, or taken back to the end, when a worker starts."""

from uuid import UUID

from wangge.access.queries import read_viewer
from wangge.flows.import_roster.applying import apply
from wangge.flows.import_roster.models import Import
from wangge.flows.import_roster.states import ImportState
from wangge.flows.import_roster.undoing import undo
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp


def finish_interrupted(*, stamp: Stamp) -> list[UUID]:
    """Finish every import that stands half applied or half taken back, for whoever brought it; return which.

    Safe beside somebody who is applying the same import: each row goes in once. One whose account may no longer
    import stays for somebody to take back.
    """
    finished = []
    rows = Import.objects.filter(state__in=(ImportState.APPLYING, ImportState.UNDOING)).order_by("staged_at")
    for row in list(rows):
        viewer = read_viewer(row.account, on=stamp.day)
        if viewer is None:
            continue
        try:
            if row.state == ImportState.APPLYING:
                apply(stamp=stamp, actor=viewer, imported=row.id)
            else:
                undo(stamp=stamp, actor=viewer, imported=row.id)
        except Refused:
            continue
        finished.append(row.id)
    return finished
