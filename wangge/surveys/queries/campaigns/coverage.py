"""Campaigns of an area, and how far one is: declared and due, as a whole and by the areas below."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, Length, Substr

from wangge.access.viewing import Viewer, require
from wangge.kernel.paths import ancestors, contains, outermost
from wangge.kernel.refused import Refused
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.places.copies import within
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, GRID_RANK, natural
from wangge.surveys.models import Campaign, CampaignDoor, Questionnaire
from wangge.surveys.rules.campaigns import MANAGE, READ

ORDERS = {
    "until": ("until_on", "id"), "-until": ("-until_on", "-id"), "name": ("name", "id"), "-name": ("-name", "-id"),
    "due": ("due", "id"), "-due": ("-due", "-id"), "left": ("left", "id"), "-left": ("-left", "-id"),
}  # fmt: skip
STATES = ("", "open", "closed")


@dataclass(frozen=True, slots=True)
class Counted:
    """How many households are asked, and how many have declared by which way."""

    due: int
    by_source: Mapping[str, int]

    @property
    def declared(self) -> int:
        """How many households have declared."""
        return sum(self.by_source.values())

    @property
    def left(self) -> int:
        """How many have not."""
        return self.due - self.declared


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignLine:
    """A campaign in a list, with the numbers of the part that the viewer may see."""

    id: UUID
    name: str
    area: int
    from_on: date
    until_on: date
    closed_at: datetime | None
    due: int
    declared: int

    @property
    def left(self) -> int:
        """How many households have not declared."""
        return self.due - self.declared


@dataclass(frozen=True, slots=True)
class Part:
    """An area below the one that is looked at: how many households are asked and have declared there."""

    area: int
    name: str
    is_building: bool
    kind: str
    due: int
    declared: int

    @property
    def left(self) -> int:
        """How many households have not declared."""
        return self.due - self.declared


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignPage:
    """One campaign: its head, its numbers in the area that is looked at, and the parts of that area."""

    id: UUID
    area: int
    area_name: str
    path: str
    name: str
    purpose: str
    basis: str
    telephone: str
    questionnaire: UUID
    questionnaire_code: str
    questionnaire_version: int
    title: Mapping[str, str]
    from_on: date
    until_on: date
    started_at: datetime
    closed_at: datetime | None
    final: Mapping[str, int] | None
    manages: bool
    here: Area
    counted: Counted
    parts: tuple[Part, ...]


def visible(viewer: Viewer, verb: str = READ) -> QuerySet[Campaign]:
    """Return the campaigns whose area the viewer may see in whole or in part: none at all unless something grants it.

    A campaign of a township is seen from each of its communities; ``seen_paths`` says how much of it.
    """
    paths = viewer.reaches(verb)
    if not paths:
        return Campaign.objects.none()
    above = {one for path in paths for one in ancestors(path)}
    return Campaign.objects.filter(within("path", paths) | Q(path__in=above))


def seen_paths(viewer: Viewer, path: str, verb: str = READ) -> list[str]:
    """Return the part of an area that the viewer may see for a verb."""
    found = [max(path, one, key=len) for one in viewer.reaches(verb) if contains(one, path) or contains(path, one)]
    return list(outermost(found))


def campaign_head(viewer: Viewer, campaign: UUID, verb: str = READ) -> Campaign:
    """Return a campaign; refused as unknown where the viewer sees no part of it."""
    row = visible(viewer, verb).select_related("area", "questionnaire").filter(id=campaign).first()
    if row is None:
        raise Refused("campaigns.campaign_unknown")
    return row


def campaign_named(*, viewer: Viewer, name: str) -> UUID:
    """Return the campaign of an id or a name; refused as unknown, and as ambiguous where several have the name."""
    try:
        rows = list(visible(viewer).filter(id=UUID(name)))
    except ValueError:
        rows = list(visible(viewer).filter(name=" ".join(name.split())).order_by("-started_at"))
    standing = [row for row in rows if row.closed_at is None] or rows[:1]
    if not standing:
        raise Refused("campaigns.campaign_unknown")
    if len(standing) > 1:
        raise Refused("campaigns.campaign_ambiguous", name=name)
    return standing[0].id


def counted(row: Campaign, paths: Sequence[str]) -> Counted:
    """Count the households of a campaign in some areas; two statements."""
    due = Household.objects.filter(within("path", paths), state=HouseholdState.OPEN).count()
    by_source = _declared(row, paths).order_by().values_list("source").annotate(n=Count("id"))
    return Counted(due, dict(by_source))


def _declared(row: Campaign, paths: Sequence[str]) -> QuerySet[CampaignDoor]:
    """Return the doors of open households that have declared."""
    doors = CampaignDoor.objects.filter(campaign=row, declared_at__isnull=False)
    return doors.filter(within("household__path", paths), household__state=HouseholdState.OPEN)


def campaigns(
    *, viewer: Viewer, path: str, text: str = "", state: str = "", order: str = "until", offset: int = 0,
    limit: int = 50,
) -> tuple[list[CampaignLine], int]:  # fmt: skip
    """Return the campaigns that ask households of an area, and how many there are; two statements.

    The numbers are those of the area that is looked at, or of the campaign where that is smaller.
    """
    rows = visible(viewer).filter(within("path", [path]) | Q(path__in=ancestors(path)))
    if text.strip():
        rows = rows.filter(Q(name__icontains=text.strip()) | Q(purpose__icontains=text.strip()))
    if state:
        rows = rows.filter(closed_at__isnull=state == "open")
    asked = Household.objects.filter(within("path", [path]), state=HouseholdState.OPEN, **_inside("path"))
    done = CampaignDoor.objects.filter(
        within("household__path", [path]), campaign=OuterRef("id"), declared_at__isnull=False,
        household__state=HouseholdState.OPEN,
    )  # fmt: skip
    rows = rows.annotate(due=_number(asked), declared=_number(done)).annotate(left=F("due") - F("declared"))
    part: list[Any] = list(rows.order_by(*ORDERS[order])[offset : offset + limit])
    return [_line(row) for row in part], rows.count()


def _inside(column: str) -> dict[str, Any]:
    """Return the condition that a path lies in the area of the row around it."""
    path = OuterRef("path")
    return {
        f"{column}__gte": path,
        f"{column}__lt": Concat(Substr(path, 1, Length(path) - 1), Value("/")),
    }


def _number(rows: QuerySet[Any]) -> Any:
    """Return the expression that counts rows of another table."""
    one = rows.order_by().annotate(all=Value(1)).values("all").annotate(n=Count("id")).values("n")
    return Coalesce(Subquery(one, output_field=IntegerField()), Value(0))


def _line(row: Any) -> CampaignLine:
    return CampaignLine(
        id=row.id,
        name=row.name,
        area=row.area_id,
        from_on=row.from_on,
        until_on=row.until_on,
        closed_at=row.closed_at,
        due=row.due,
        declared=row.declared,
    )


def campaign_page(*, viewer: Viewer, campaign: UUID, area: int | None = None) -> CampaignPage:
    """Return one campaign as seen from an area, the whole of what the viewer may see unless one is given.

    Six statements. Refused as unknown where the viewer sees no part of it, and for an area outside it.
    """
    row = campaign_head(viewer, campaign)
    paths = seen_paths(viewer, row.path)
    here = Area.objects.filter(id=area).first() if area else Area.objects.filter(path=paths[0]).first()
    if here is None or not contains(row.path, here.path) or not any(contains(one, here.path) for one in paths):
        raise Refused("campaigns.campaign_unknown")
    return CampaignPage(
        id=row.id,
        area=row.area_id,
        area_name=row.area.name,
        path=row.path,
        name=row.name,
        purpose=row.purpose,
        basis=row.basis,
        telephone=row.telephone,
        questionnaire=row.questionnaire_id,
        questionnaire_code=row.questionnaire.code,
        questionnaire_version=row.questionnaire.version,
        title=row.questionnaire.title,
        from_on=row.from_on,
        until_on=row.until_on,
        started_at=row.started_at,
        closed_at=row.closed_at,
        final=row.final,
        manages=viewer.holds_at(MANAGE, row.path),
        here=here,
        counted=counted(row, [here.path]),
        parts=_parts(row, here),
    )


def _parts(row: Campaign, here: Area) -> tuple[Part, ...]:
    """Return the areas right below one with their numbers, those with most left to do first; three statements."""
    below = list(Area.objects.filter(parent=here, retired_at=None))
    # Down to the grids a number for each grid is enough; buildings need the doors of one grid.
    column = "grid_path" if all(one.rank <= GRID_RANK for one in below) else "path"
    asked = Household.objects.filter(within("path", [here.path]), state=HouseholdState.OPEN).order_by()
    due = Counter(dict(asked.values_list(column).annotate(n=Count("id"))))
    done = _declared(row, [here.path]).order_by().values_list(f"household__{column}").annotate(n=Count("id"))
    declared = Counter(dict(done))
    numbers = [(one, _sum(due, one.path), _sum(declared, one.path)) for one in below]
    parts = [
        Part(one.id, one.name, one.rank == BUILDING_RANK, one.kind, asked_, had)
        for one, asked_, had in numbers
        if one.rank <= BUILDING_RANK and asked_
    ]
    return tuple(sorted(parts, key=lambda part: (-part.left, natural(part.name))))


def _sum(numbers: Mapping[str, int], path: str) -> int:
    return sum(number for one, number in numbers.items() if one.startswith(path))


@dataclass(frozen=True, slots=True)
class Usable:
    """A questionnaire that a campaign here may ask: published, about households."""

    id: UUID
    code: str
    version: int
    title: Mapping[str, str]


def usable_questionnaires(*, viewer: Viewer, path: str) -> list[Usable]:
    """Return the latest published version of each questionnaire for households that is in use in an area."""
    require(viewer, MANAGE, path)
    rows = Questionnaire.objects.filter(state="published", path__in=ancestors(path)).order_by("code", "-version")
    latest: dict[str, Usable] = {}
    for row in rows:
        if row.definition.get("subject") != "place":
            latest.setdefault(row.code, Usable(row.id, row.code, row.version, row.title))
    return list(latest.values())
