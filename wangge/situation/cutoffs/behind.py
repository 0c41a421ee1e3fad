"""The list behind a number: the people who carry its flags, or the days on which it grew."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet, Sum

from wangge.access.viewing import Viewer, require, scoped
from wangge.journal.models import Tally
from wangge.kernel.paths import upper
from wangge.people import queries as people
from wangge.people.models import PriorityFlag
from wangge.situation.cutoffs.rules import Indicator, Source, stem

READ, COUNT = "register.read", "board.read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """Somebody who carries a flag that a number counts."""

    resident: UUID
    household: UUID
    name: str
    door: str
    place: str
    reason: str
    origin: str
    came_on: date | None
    until_on: date
    ended: bool


ORDERS = {
    "door": ("path", "id"), "-door": ("-path", "-id"), "came": ("came_on", "id"), "-came": ("-came_on", "id"),
    "until": ("until_on", "id"), "-until": ("-until_on", "id"),
    "origin": ("origin", "id"), "-origin": ("-origin", "id"),
}  # fmt: skip


def opens(
    *,
    viewer: Viewer,
    indicator: Indicator,
    path: str,
    at: datetime | None = None,
    order: str = "door",
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[Flagged], int]:
    """Return the people behind an indicator of an area, as flags stand now or stood at an instant, and how many.

    Whoever was erased since, or whose household moved elsewhere, is not there any more; an origin that was corrected
    since counts as corrected. Six statements.
    """
    source = indicator.source
    if source is None or not source.flags:
        return [], 0
    rows = scoped(PriorityFlag, viewer, READ).filter(_of(source), grid_path__gte=path, grid_path__lt=upper(path))
    rows = rows.filter(ended_at=None) if at is None else rows.filter(_stood(at))
    total = rows.count()
    part = list(rows.order_by(*ORDERS[order])[offset : offset + limit])
    lines = people.persons(viewer=viewer, ids={row.resident_id for row in part})
    found = [(row, lines[row.resident_id]) for row in part if row.resident_id in lines]
    return [
        Flagged(
            resident=line.id,
            household=line.household,
            name=line.name,
            door=line.door,
            place=line.place,
            reason=row.reason,
            origin=row.origin,
            came_on=row.came_on,
            until_on=row.until_on,
            ended=row.ended_at is not None,
        )
        for row, line in found
    ], total


def _stood(at: datetime) -> Q:
    return Q(raised_at__lte=at) & (Q(ended_at=None) | Q(ended_at__gt=at))


def _of(source: Source) -> Q:
    """Return the condition that ``Source.matches`` decides, for the database."""
    wanted, barred = Q(), Q()
    for prefix in source.include:
        wanted |= Q(origin__startswith=stem(prefix))
    for prefix in source.exclude:
        barred |= Q(origin__startswith=stem(prefix))
    found = Q(reason__in=source.flags) & wanted
    return found & ~barred if source.exclude else found


def days_behind(
    *, viewer: Viewer, indicator: Indicator, path: str, on: date, verb: str = COUNT
) -> list[tuple[date, int]]:
    """Return the days up to ``on`` on which a flow grew or shrank in an area, the latest first; one statement."""
    require(viewer, verb, path)
    if indicator.source is None or not indicator.source.counter:
        return []
    rows: QuerySet[Tally] = Tally.objects.filter(counter=indicator.source.counter, day__lte=on)
    inside = rows.filter(path__gte=path, path__lt=upper(path)).order_by("-day")
    return [(day, int(number)) for day, number in inside.values_list("day").annotate(number=Sum("value")) if number]
