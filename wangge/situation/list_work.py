"""What a worker has to answer for handed-down lists: rows at their own doors, and those that wait for the grid."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.access.viewing import Viewer
from wangge.kernel.paths import ancestors
from wangge.people.queries import place_names
from wangge.places.queries import areas
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.situation.rounds import duty_paths
from wangge.surveys.queries import entries
from wangge.surveys.queries.entries import Reach
from wangge.surveys.queries.lists import EntryLine


@dataclass(frozen=True, slots=True)
class WorkLine:
    """A row that waits: who, where, for which list, until when."""

    entry: EntryLine
    place: str
    list_name: str
    source: str
    deadline: datetime


def reach_of(viewer: Viewer, *, path: str, on: date, mine: bool) -> Reach:
    """Return which rows are meant: one's own doors, and what waits for the grid or community around them; or all of an
    area.
    """
    own = duty_paths(viewer.account_id, on=on) if mine else ()
    if not own:
        return Reach((path,))
    around = areas({above for one in own for above in ancestors(one)}).values()
    return Reach(tuple(own), tuple(one.path for one in around if one.rank in (COMMUNITY_RANK, GRID_RANK)))


def has_duty(viewer: Viewer, *, on: date) -> bool:
    """Tell whether the viewer has doors of their own on a day."""
    return bool(duty_paths(viewer.account_id, on=on))


def work(*, viewer: Viewer, reach: Reach, offset: int = 0, limit: int = 50) -> tuple[list[WorkLine], int]:
    """Return the rows that wait, those due first, and how many there are; three statements."""
    rows, total = entries.waiting(viewer=viewer, reach=reach, offset=offset, limit=limit)
    places = place_names([row.entry.path for row in rows])
    return [WorkLine(row.entry, places[row.entry.path], row.list_name, row.source, row.deadline) for row in rows], total


def next_row(*, viewer: Viewer, reach: Reach, after: UUID | None = None) -> UUID | None:
    """Return the row to go on with; None when nothing waits."""
    return entries.next_waiting(viewer=viewer, reach=reach, after=after)
