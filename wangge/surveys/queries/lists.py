"""Reads of handed-down lists: the lists of an area, one list with its numbers and rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.surveys.contents import Told, told
from wangge.surveys.models import HandedDownList, ListEntry
from wangge.surveys.rules.lists import READ, ListState

LIST_ORDERS = {
    "deadline": ("deadline", "id"), "-deadline": ("-deadline", "-id"), "name": ("name", "id"),
    "-name": ("-name", "-id"), "received": ("received_at", "id"), "-received": ("-received_at", "-id"),
    "rows": ("total", "id"), "-rows": ("-total", "-id"), "left": ("unanswered", "id"), "-left": ("-unanswered", "-id"),
}  # fmt: skip
ENTRY_ORDERS = {
    "row": ("sheet", "row"), "-row": ("-sheet", "-row"), "place": ("path", "row"), "-place": ("-path", "-row"),
    "outcome": ("outcome", "row"), "-outcome": ("-outcome", "-row"), "proposal": ("proposal", "row"),
    "-proposal": ("-proposal", "-row"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLine:
    """A list with how many of its rows are answered and open; ``overdue`` says that open ones are past the deadline."""

    id: UUID
    area: int
    name: str
    source: str
    deadline: datetime
    received_at: datetime
    state: str
    total: int
    answered: int
    overdue: bool

    @property
    def unanswered(self) -> int:
        """How many rows nobody has answered."""
        return self.total - self.answered


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """One list as a whole: its particulars, how many rows have which outcome, match and proposal."""

    id: UUID
    area: int
    path: str
    name: str
    source: str
    basis: str
    deadline: datetime
    as_of: date
    period_days: int
    risk_areas: tuple[str, ...]
    file_name: str
    dropped: tuple[str, ...]
    reports: tuple[tuple[str | None, int | None, str | None, str], ...]
    state: str
    received_at: datetime
    ended_at: datetime | None
    total: int
    erased: bool
    sheets: int
    outcomes: Mapping[str, int]
    matches: Mapping[str, int]
    proposals: Mapping[str, int]

    @property
    def answered(self) -> int:
        """How many rows have an outcome."""
        return sum(number for code, number in self.outcomes.items() if code)

    @property
    def unanswered(self) -> int:
        """How many rows have none."""
        return self.outcomes.get("", 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryLine:
    """A row of a list as a table shows it; ``told`` is None when it was erased."""

    id: UUID
    list: UUID
    sheet: str
    row: int
    told: Told | None
    resident: UUID | None
    match: str
    differs: tuple[str, ...]
    proposal: str
    outcome: str
    found_at: datetime | None
    found_by: str
    path: str
    grid_path: str


def _visible(viewer: Viewer) -> QuerySet[HandedDownList]:
    return scoped(HandedDownList, viewer, READ)


def lists(
    *, viewer: Viewer, path: str, now: datetime, text: str = "", state: str = "", order: str = "deadline",
    offset: int = 0, limit: int = 50,
) -> tuple[list[ListLine], int]:  # fmt: skip
    """Return the lists of an area, and how many there are; two statements.

    ``state`` is one of a list, or "overdue"; ``text`` stands in the name or the source.
    """
    rows = _visible(viewer).filter(path__gte=path, path__lt=upper(path)).exclude(state=ListState.READING)
    if text.strip():
        rows = rows.filter(Q(name__icontains=text.strip()) | Q(source__icontains=text.strip()))
    rows = rows.annotate(answered=_answered()).annotate(unanswered=F("total") - F("answered"))
    if state == "overdue":
        rows = rows.filter(state=ListState.OPEN, deadline__lt=now, unanswered__gt=0)
    elif state:
        rows = rows.filter(state=state)
    part = rows.order_by(*LIST_ORDERS[order])[offset : offset + limit]
    return [list_line(row, now) for row in part], rows.count()


def _answered() -> Any:
    """Return the expression that counts the answered rows of a list."""
    entries = ListEntry.objects.filter(list=OuterRef("id")).exclude(outcome="").order_by().values("list")
    counted = entries.annotate(n=Count("id")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))


def list_line(row: Any, now: datetime) -> ListLine:
    """Return a list, with how many of its rows are answered, as tables show it."""
    return ListLine(
        id=row.id,
        area=row.area_id,
        name=row.name,
        source=row.source,
        deadline=row.deadline,
        received_at=row.received_at,
        state=row.state,
        total=row.total,
        answered=row.answered,
        overdue=row.state == ListState.OPEN and row.deadline < now and row.answered < row.total,
    )


def list_head(*, viewer: Viewer, handed: UUID) -> HandedDownList:
    """Return a list; refused as unknown outside the viewer's areas."""
    row = _visible(viewer).filter(id=handed).first()
    if row is None:
        raise Refused("lists.list_unknown")
    return row


def list_named(*, viewer: Viewer, name: str) -> UUID:
    """Return the list of a name or id; refused as unknown, and as ambiguous where open ones share the name."""
    found = _visible(viewer).exclude(state=ListState.WITHDRAWN)
    try:
        rows = list(found.filter(id=UUID(name)))
    except ValueError:
        rows = list(found.filter(name=" ".join(name.split())).order_by("-received_at"))
    standing = [row for row in rows if row.state == ListState.OPEN] or rows[:1]
    if not standing:
        raise Refused("lists.list_unknown")
    if len(standing) > 1:
        raise Refused("lists.list_ambiguous", name=name)
    return standing[0].id


def list_page(*, viewer: Viewer, handed: UUID) -> ListPage:
    """Return one list with its numbers; five statements. Refused as unknown outside the viewer's areas."""
    row = list_head(viewer=viewer, handed=handed)
    entries = ListEntry.objects.filter(list=row).order_by()

    def by(column: str) -> dict[str, int]:
        return dict(entries.values_list(column).annotate(number=Count("id")))

    return ListPage(
        id=row.id,
        area=row.area_id,
        path=row.path,
        name=row.name,
        source=row.source,
        basis=row.basis,
        deadline=row.deadline,
        as_of=row.as_of,
        period_days=row.period_days,
        risk_areas=tuple(row.risk_areas),
        file_name=row.file_name,
        dropped=tuple(row.dropped),
        reports=tuple((one[0], one[1], one[2], one[3]) for one in row.reports),
        state=row.state,
        received_at=row.received_at,
        ended_at=row.ended_at,
        total=row.total,
        erased=row.layout is None,
        sheets=entries.values("sheet").distinct().count(),
        outcomes=by("outcome"),
        matches=by("match"),
        proposals=by("proposal"),
    )


def outcomes_of(*, viewer: Viewer, handed: UUID) -> dict[str, int]:
    """Return how many rows of a list have which outcome, those without one left out; two statements."""
    row = list_head(viewer=viewer, handed=handed)
    found = ListEntry.objects.filter(list=row).exclude(outcome="").order_by()
    return dict(found.values_list("outcome").annotate(number=Count("id")))


def reports_of(*, viewer: Viewer, handed: UUID) -> list[tuple[str | None, int | None, str | None, str]]:
    """Return everything that had to be said about a sheet: of the file, then row by row; two statements."""
    row = list_head(viewer=viewer, handed=handed)
    found = [(one[0], one[1], one[2], one[3]) for one in row.reports]
    told_rows = ListEntry.objects.filter(list=row).exclude(codes=[]).order_by("sheet", "row")
    for sheet, number, codes in told_rows.values_list("sheet", "row", "codes"):
        found += [(sheet or None, number, column, code) for column, code in codes]
    return found


def entry_lines(
    *, viewer: Viewer, handed: UUID, state: str = "", outcome: str = "", match: str = "", grid: str = "",
    order: str = "row", offset: int = 0, limit: int = 50,
) -> tuple[list[EntryLine], int]:  # fmt: skip
    """Return rows of a list, and how many there are; three statements.

    ``state`` is open, answered or empty for all; ``grid`` narrows them to one tally path.
    """
    row = list_head(viewer=viewer, handed=handed)
    rows = ListEntry.objects.filter(list=row)
    if state == "open":
        rows = rows.filter(outcome="")
    elif state == "answered":
        rows = rows.exclude(outcome="")
    if outcome:
        rows = rows.filter(outcome=outcome)
    if match:
        rows = rows.filter(match=match)
    if grid:
        rows = rows.filter(grid_path=grid)
    part = rows.select_related("found_by").order_by(*ENTRY_ORDERS[order])[offset : offset + limit]
    return [entry_line(one) for one in part], rows.count()


def all_entries(*, viewer: Viewer, handed: UUID) -> list[EntryLine]:
    """Return all rows of a list, in the order of its sheet, for the command line; two statements."""
    row = list_head(viewer=viewer, handed=handed)
    return [entry_line(one) for one in ListEntry.objects.filter(list=row).order_by("sheet", "row")]


def entry_line(row: ListEntry) -> EntryLine:
    """Return a row as tables show it."""
    return EntryLine(
        id=row.id,
        list=row.list_id,
        sheet=row.sheet,
        row=row.row,
        told=told(row),
        resident=row.resident,
        match=row.match,
        differs=tuple(row.differs),
        proposal=row.proposal,
        outcome=row.outcome,
        found_at=row.found_at,
        found_by=row.found_by.name if row.found_by_id and row.found_by else "",
        path=row.path,
        grid_path=row.grid_path,
    )


def grids_of_list(*, viewer: Viewer, handed: UUID) -> dict[str, tuple[int, int]]:
    """Return for each tally path of a list how many rows are open there, and how many there are; two statements."""
    row = list_head(viewer=viewer, handed=handed)
    rows = ListEntry.objects.filter(list=row).order_by().values_list("grid_path")
    counted = rows.annotate(open=Count("id", filter=Q(outcome="")), number=Count("id"))
    return {path: (open_, number) for path, open_, number in counted}
