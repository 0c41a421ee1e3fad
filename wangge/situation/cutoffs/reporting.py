"""Which communities have reported on a day: something was recorded, they said there is nothing, or they are silent."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.journal.models import Tally
from wangge.kernel.paths import upper
from wangge.people.rules.codes import flag_counter
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK
from wangge.situation.cutoffs.models import ZeroReport
from wangge.situation.cutoffs.rules import Indicator, Reported

READ = "board.read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What is known of one community on a day; ``zero`` is its zero report, if it made one, with who and when."""

    area: int
    name: str
    path: str
    state: Reported
    zero: UUID | None = None
    declared_at: datetime | None = None
    declared_by: int | None = None


def states(path: str, profile: str, indicators: Iterable[Indicator], on: date) -> list[Report]:
    """Return the communities inside an area, in the order of the tree, and what they have said of a set on a local day.

    Something counts as recorded when a counter behind the set grew there; a zero report stands beside it. Three
    statements.
    """
    rows = Area.objects.filter(path__gte=path, path__lt=upper(path), rank=COMMUNITY_RANK, retired_at=None)
    communities = list(rows.order_by("path"))
    busy = _busy([row.path for row in communities], path, indicators, on)
    zeros = {
        row.area_id: row for row in ZeroReport.objects.filter(area__in=rows, profile=profile, on=on, withdrawn_at=None)
    }
    found = [_report(row, row.path in busy, zeros.get(row.id)) for row in communities]
    return sorted(found, key=lambda one: [int(part) for part in one.path[:-1].split(".")])


def _report(row: Area, busy: bool, zero: ZeroReport | None) -> Report:
    state = Reported.REPORTED if busy else Reported.ZERO if zero else Reported.SILENT
    return Report(
        area=row.id,
        name=row.name,
        path=row.path,
        state=state,
        zero=zero.id if zero else None,
        declared_at=zero.declared_at if zero else None,
        declared_by=zero.declared_by if zero else None,
    )


def _busy(communities: Sequence[str], path: str, indicators: Iterable[Indicator], on: date) -> set[str]:
    """Return the communities in which a counter behind the indicators grew on the day."""
    counters: set[str] = set()
    for one in indicators:
        if one.source:
            counters |= {flag_counter(reason) for reason in one.source.flags} | ({one.source.counter} - {""})
    rows = Tally.objects.filter(path__gte=path, path__lt=upper(path), day=on, counter__in=counters, value__gt=0)
    found: set[str] = set()
    for where in rows.values_list("path", flat=True).distinct():
        at = bisect_right(communities, where) - 1
        if at >= 0 and where.startswith(communities[at]):
            found.add(communities[at])
    return found


def reports(*, viewer: Viewer, path: str, profile: str, indicators: Iterable[Indicator], on: date) -> list[Report]:
    """Return which communities of an area have reported a set on a local day; refused where not permitted."""
    require(viewer, READ, path)
    return states(path, profile, indicators, on)
