"""Reads of rows of lists: what waits for whom, one row with its course, the lists a person was on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.people.models import Resident
from wangge.people.rules.codes import ResidentState
from wangge.surveys.models import ListEntry, ListFinding
from wangge.surveys.queries.lists import EntryLine, ListLine, entry_line, list_line
from wangge.surveys.rules.lists import ANSWER, READ, ListState, Match


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits for an answer, with its list."""

    entry: EntryLine
    list_name: str
    source: str
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Reach:
    """Which rows are meant: those below some paths, and those dealt to exactly some areas, such as a whole grid."""

    inside: tuple[str, ...]
    exactly: tuple[str, ...] = ()


def _waiting(viewer: Viewer, reach: Reach) -> QuerySet[ListEntry]:
    """Return the open rows in the viewer's areas that are meant."""
    meant = Q(path__in=reach.exactly)
    for path in reach.inside:
        meant |= Q(path__gte=path, path__lt=upper(path))
    return scoped(ListEntry, viewer, ANSWER).filter(meant, list__state=ListState.OPEN, outcome="")


FIRST_DUE = ("list__deadline", "path", "sheet", "row")


def waiting(*, viewer: Viewer, reach: Reach, offset: int = 0, limit: int = 50) -> tuple[list[Waiting], int]:
    """Return the rows that wait, those due first, then door by door; two statements."""
    rows = _waiting(viewer, reach)
    part = rows.select_related("list", "found_by").order_by(*FIRST_DUE)[offset : offset + limit]
    return [Waiting(entry_line(row), row.list.name, row.list.source, row.list.deadline) for row in part], rows.count()


def count_waiting(*, viewer: Viewer, path: str) -> int:
    """Return how many rows wait in an area for somebody like the viewer; one statement."""
    return _waiting(viewer, Reach((path,))).count()


def next_waiting(*, viewer: Viewer, reach: Reach, after: UUID | None = None) -> UUID | None:
    """Return the row to go on with, another than the one just answered; one statement."""
    rows = _waiting(viewer, reach)
    rows = rows.exclude(id=after) if after else rows
    return rows.order_by(*FIRST_DUE).values_list("id", flat=True).first()


@dataclass(frozen=True, slots=True)
class FindingLine:
    """One finding in a row's course; ``along`` says that it was made about another row of the same person."""

    id: UUID
    at: datetime
    outcome: str
    words: str
    note: str
    by: str
    stands: bool
    along: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """A row with its list, its findings, and the other lists the same person is on."""

    entry: EntryLine
    handed: ListLine
    basis: str
    as_of: date
    period_days: int
    findings: tuple[FindingLine, ...]
    others: tuple["PersonsList", ...]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonsList:
    """A list that a person was on, who asked, and what became of it."""

    entry: UUID
    resident: UUID | None
    name: str
    source: str
    received_at: datetime
    outcome: str
    found_at: datetime | None
    found_by: str
    state: str


def entry_page(*, viewer: Viewer, entry: UUID, now: datetime) -> EntryPage:
    """Return a row for whoever answers it; refused as unknown outside the viewer's areas. Four statements."""
    rows = scoped(ListEntry, viewer, ANSWER).select_related("list", "found_by")
    row = rows.exclude(list__state__in=(ListState.READING, ListState.STAGED)).filter(id=entry).first()
    if row is None:
        raise Refused("lists.entry_unknown")
    found = ListFinding.objects.filter(entry=row).select_related("by").order_by("-at", "-id")
    others = _same_person(row).exclude(id=row.id).order_by("list__received_at", "row")
    row.list.answered = ListEntry.objects.filter(list=row.list).exclude(outcome="").count()  # type: ignore[attr-defined]
    return EntryPage(
        entry=entry_line(row),
        handed=list_line(row.list, now),
        basis=row.list.basis,
        as_of=row.list.as_of,
        period_days=row.list.period_days,
        findings=tuple(
            FindingLine(
                one.id, one.at, one.outcome, one.words, one.note, one.by.name, one.stands, one.along is not None
            )
            for one in found
        ),
        others=tuple(_persons_list(one) for one in others.select_related("list", "found_by")),
        codes=tuple(code for _, code in row.codes),
    )


def _same_person(row: ListEntry) -> QuerySet[ListEntry]:
    same = Q(id=row.id)
    if row.person is not None:
        same |= Q(person=row.person)
    if row.resident is not None and row.match == Match.EXACT:
        same |= Q(resident=row.resident, match=Match.EXACT)
    return ListEntry.objects.filter(same).exclude(
        list__state__in=(ListState.READING, ListState.STAGED, ListState.WITHDRAWN)
    )


def _persons_list(row: ListEntry) -> PersonsList:
    return PersonsList(
        entry=row.id,
        resident=row.resident,
        name=row.list.name,
        source=row.list.source,
        received_at=row.list.received_at,
        outcome=row.outcome,
        found_at=row.found_at,
        found_by=row.found_by.name if row.found_by_id and row.found_by else "",
        state=row.list.state,
    )


def _ids_with_merged(residents: Iterable[UUID]) -> list[UUID]:
    """Return the ids of residents and of the rows that were joined into theirs."""
    ids = list(residents)
    merged = Resident.objects.filter(merged_into__in=ids, state=ResidentState.MERGED)
    return ids + list(merged.values_list("id", flat=True))


def lists_of_people(*, viewer: Viewer, path: str, residents: Iterable[UUID]) -> list[PersonsList]:
    """Return every list that residents at a path were on and who asked, the latest first; none for those who may not
    see them. Two statements.
    """
    if not viewer.permits(READ, path):
        return []
    rows = ListEntry.objects.filter(resident__in=_ids_with_merged(residents)).exclude(
        list__state__in=(ListState.READING, ListState.STAGED, ListState.WITHDRAWN)
    )
    # a list that asks about somebody who is perhaps another person is told only once that is certain
    sure = rows.filter(Q(match=Match.EXACT) | ~Q(outcome=""))
    return [_persons_list(one) for one in sure.select_related("list", "found_by").order_by("-list__received_at", "row")]


def asked_on(*, residents: Iterable[UUID], day: date) -> set[UUID]:
    """Return which residents were asked something for a list on a local day; ids only. Two statements."""
    ids = _ids_with_merged(residents)
    found = ListFinding.objects.filter(entry__resident__in=ids, day=day, along=None)
    return {who for who in found.values_list("entry__resident", flat=True) if who is not None}


def asked_about(*, entry: UUID, day: date) -> list[tuple[datetime, str]]:
    """Return when and by whom the person of a row was asked on a local day, for whichever list, the latest first."""
    row = ListEntry.objects.filter(id=entry).first()
    if row is None:
        return []
    found = ListFinding.objects.filter(entry__in=_same_person(row), day=day, along=None).order_by("-at")
    return list(found.values_list("at", "by__name"))
