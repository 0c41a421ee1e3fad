"""Reads of printed pages: what stands in each row, and what of it is recorded already."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import ancestors, contains
from wangge.kernel.refused import Refused
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import ResidentState
from wangge.places.copies import within
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK
from wangge.surveys.models import PaperSheet, Response, RoundDoor
from wangge.surveys.rules.answers import RECORD
from wangge.surveys.rules.paper import read_code


def printable_areas(*, viewer: Viewer, path: str, most: int = 600) -> list[Area]:
    """Return the areas inside a round's that the viewer may print, down to buildings, in their order."""
    reaches = viewer.reaches(RECORD)
    tops = [path] if any(contains(one, path) for one in reaches) else [one for one in reaches if contains(path, one)]
    rows = Area.objects.filter(within("path", tops), retired_at=None, rank__lte=BUILDING_RANK, hidden=False)
    found = {row.path: row for row in rows.order_by("rank", "order", "id")[:most]}
    walked = {where: (row.order, row.id) for where, row in found.items()}
    return sorted(found.values(), key=lambda row: [walked.get(one, (0, 0)) for one in ancestors(row.path)])


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """One row of a page: its number, the door, who heads the household, how many live there.

    ``state`` and ``at`` are what stands in the round, ``answered`` whether a questionnaire of it is there. A household
    that is out of the viewer's reach now has no id.
    """

    number: int
    household: UUID | None
    door: str
    path: str
    head: str
    members: int
    state: str
    at: datetime | None
    answered: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One printed page of a round."""

    id: UUID
    batch: UUID
    code: str
    title: str
    path: str
    page: int
    pages: int
    forms: bool
    printed_at: datetime
    round: UUID
    round_name: str
    basis: str
    from_on: date
    until_on: date
    questionnaire: UUID | None
    rows: tuple[SheetRow, ...]

    @property
    def keyed(self) -> int:
        """How many rows are recorded."""
        return sum(bool(row.state) for row in self.rows)


def sheet_of_code(*, viewer: Viewer, code: str) -> Sheet:
    """Return the page of a code as it was typed or scanned; refused as unknown out of reach. Five statements."""
    rows = scoped(PaperSheet, viewer, RECORD).select_related("round").filter(code=read_code(code)[:20])
    drawn = _drawn(viewer, list(rows))
    if not drawn:
        raise Refused("answers.sheet_unknown")
    return drawn[0]


def row_of(sheet: Sheet, number: int) -> SheetRow:
    """Return a row of a page; refused as unknown when it has none of that number, or the household is out of reach."""
    row = next((one for one in sheet.rows if one.number == number), None)
    if row is None or row.household is None:
        raise Refused("answers.row_unknown")
    return row


def sheets_of_batch(*, viewer: Viewer, batch: UUID) -> list[Sheet]:
    """Return the pages that were printed at once, in their order; refused as unknown out of reach."""
    rows = scoped(PaperSheet, viewer, RECORD).select_related("round").filter(batch=batch).order_by("page")
    drawn = _drawn(viewer, list(rows))
    if not drawn:
        raise Refused("answers.sheet_unknown")
    return drawn


def last_sheets(*, viewer: Viewer, limit: int = 30) -> list[Sheet]:
    """Return the pages that were printed last in the viewer's areas, with how far each is keyed."""
    rows = scoped(PaperSheet, viewer, RECORD).order_by("-printed_at", "page")[:limit]
    return _drawn(viewer, list(rows.select_related("round")))


def _drawn(viewer: Viewer, sheets: list[PaperSheet]) -> list[Sheet]:
    ids = {UUID(id_) for sheet in sheets for id_ in sheet.rows}
    homes = scoped(Household, viewer, RECORD).select_related("dwelling").in_bulk(ids)
    living = Resident.objects.filter(household__in=homes, state=ResidentState.LIVING).order_by("-is_head", "added_at")
    names: dict[UUID, list[str]] = {}
    for home, name in living.values_list("household", "name"):
        names.setdefault(home, []).append(name)
    rounds = {sheet.round_id for sheet in sheets}
    stands = {
        (row.round_id, row.household_id): row for row in RoundDoor.objects.filter(round__in=rounds, household__in=homes)
    }
    said = Response.objects.filter(round__in=rounds, household__in=homes, resident=None, voided_at=None).order_by()
    answered = {(one, home) for one, home, _ in said.values_list("round", "household").annotate(n=Count("id"))}
    known = _Known(homes, names, stands, answered)
    return [
        _page(sheet, [known.row(sheet, number, UUID(id_)) for number, id_ in enumerate(sheet.rows, start=1)])
        for sheet in sheets
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of the households of some pages."""

    homes: Mapping[UUID, Household]
    names: Mapping[UUID, list[str]]
    stands: Mapping[tuple[UUID, UUID], RoundDoor]
    answered: set[tuple[UUID, UUID]]

    def row(self, sheet: PaperSheet, number: int, id_: UUID) -> SheetRow:
        """Return a row of a page as it stands now."""
        home = self.homes.get(id_)
        stand = self.stands.get((sheet.round_id, id_))
        people = self.names.get(id_, [])
        return SheetRow(
            number=number,
            household=home.id if home else None,
            door=(home.dwelling.door if home.dwelling else home.address) if home else "",
            path=home.path if home else "",
            head=people[0] if people else "",
            members=len(people),
            state=stand.state if stand else "",
            at=stand.at if stand else None,
            answered=(sheet.round_id, id_) in self.answered,
        )


def _page(sheet: PaperSheet, rows: list[SheetRow]) -> Sheet:
    head = sheet.round
    return Sheet(
        id=sheet.id,
        batch=sheet.batch,
        code=sheet.code,
        title=sheet.title,
        path=sheet.path,
        page=sheet.page,
        pages=sheet.pages,
        forms=sheet.forms,
        printed_at=sheet.printed_at,
        round=head.id,
        round_name=head.name,
        basis=head.basis,
        from_on=head.from_on,
        until_on=head.until_on,
        questionnaire=head.questionnaire_id,
        rows=tuple(rows),
    )
