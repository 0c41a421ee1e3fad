"""What is missing in an area, by counts that do not grow with visits."""

from datetime import date, datetime

from django.db.models import Count

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.people.rules.codes import BIRTHS_MISSING, DOORS, HOUSEHOLDS
from wangge.situation.board.shapes import Gaps, OverdueList
from wangge.situation.board.unowned import unowned
from wangge.surveys.models import ListEntry
from wangge.surveys.rules.lists import ListState

READ = "board.read"
CONTRADICTIONS = "contradictions_open"


def gaps(*, viewer: Viewer, path: str, on: date, at: datetime, counted: dict[str, int]) -> Gaps:
    """Return what is missing now; ``counted`` are the tallies of the area."""
    return Gaps(
        births=counted[BIRTHS_MISSING],
        unowned=sum(one.doors for one in unowned(viewer=viewer, path=path, on=on)),
        doorless=counted[HOUSEHOLDS] - counted[DOORS],
        contradictions=counted.get(CONTRADICTIONS),
        overdue=overdue(viewer=viewer, path=path, at=at),
    )


def overdue(*, viewer: Viewer, path: str, at: datetime) -> tuple[OverdueList, ...]:
    """Return the lists past their deadline with rows of the area that nobody has answered; one statement."""
    rows = scoped(ListEntry, viewer, READ).filter(
        path__gte=path, path__lt=upper(path), outcome="", list__state=ListState.OPEN, list__deadline__lt=at
    )
    columns = ("list", "list__area", "list__path", "list__name", "list__source", "list__deadline")
    found = rows.order_by("list__deadline", "list").values_list(*columns).annotate(number=Count("id"))
    return tuple(OverdueList(*one) for one in found)
