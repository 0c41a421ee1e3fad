"""The access log across the house: who looked at whom, for those who watch over it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.models import Account
from wangge.access.viewing import Viewer, require
from wangge.kernel.paths import upper
from wangge.kernel.periods import day_bounds
from wangge.people.models import Household, Resident
from wangge.people.queries.searching import door_of
from wangge.places.models import Area, Installation
from wangge.privacy.masks import mask_name
from wangge.privacy.models import ListLook, Look

READ = "looks.read"
NAMES = "register.read"
ORDERS = {"at": ("at", "id"), "-at": ("-at", "-id"), "who": ("viewer_number", "-at"), "-who": ("-viewer_number", "-at")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What part of the log is asked for: an area, and where given an account's name or login, a subject, a day."""

    path: str
    zone: str
    who: str = ""
    subject: UUID | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LookRow:
    """One look: ``about`` is a masked name or a door, ``household`` leads there for those who read the register."""

    at: datetime
    login: str
    name: str
    subject: UUID
    about: str
    household: UUID | None
    fields: tuple[str, ...]
    purpose: str
    channel: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListRow:
    """One masked list that somebody was shown."""

    at: datetime
    login: str
    name: str
    what: str
    area: str
    count: int
    purpose: str
    channel: str


def looks(
    *, viewer: Viewer, asked: Asked, order: str = "-at", offset: int = 0, limit: int = 50
) -> tuple[list[LookRow], int]:
    """Return the looks at people and households of an area, and how many there are; refused where not permitted.

    Whoever was erased is nobody's subject any more: their looks are shown only for the whole response's area. Seven
    statements at most.
    """
    require(viewer, READ, asked.path)
    rows = _narrowed(Look.objects.all(), asked)
    if asked.subject is not None:
        rows = rows.filter(subject=asked.subject)
    if not _is_whole(asked.path):
        rows = rows.filter(Q(subject__in=_inside(Resident, asked.path)) | Q(subject__in=_inside(Household, asked.path)))
    total = rows.count()
    part = list(rows.order_by(*ORDERS[order])[offset : offset + limit])
    return _look_rows(viewer, part), total


def lists(
    *, viewer: Viewer, asked: Asked, order: str = "-at", offset: int = 0, limit: int = 50
) -> tuple[list[ListRow], int]:
    """Return the masked lists of an area that were shown, and how many; refused where not permitted."""
    require(viewer, READ, asked.path)
    rows = _narrowed(ListLook.objects.all(), asked)
    if not _is_whole(asked.path):
        rows = rows.filter(path__gte=asked.path, path__lt=upper(asked.path))
    total = rows.count()
    part = list(rows.order_by(*ORDERS[order])[offset : offset + limit])
    who = _accounts(row.viewer_number for row in part)
    names = dict(Area.objects.filter(path__in={row.path for row in part}).values_list("path", "name"))
    return [
        ListRow(
            at=row.at,
            login=who.get(row.viewer_number, ("", ""))[0],
            name=who.get(row.viewer_number, ("", ""))[1],
            what=row.what,
            area=names.get(row.path, ""),
            count=row.count,
            purpose=row.purpose,
            channel=row.channel,
        )
        for row in part
    ], total


def _is_whole(path: str) -> bool:
    """Tell whether a path is the whole response's area or lies above it."""
    whole = Installation.objects.values_list("area__path", flat=True).first()
    return whole is not None and whole.startswith(path)


def _inside(model: type[Resident] | type[Household], path: str) -> QuerySet[Any, Any]:
    return model._default_manager.filter(path__gte=path, path__lt=upper(path)).values("id")


def _narrowed(rows: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """Return the rows of one account and of one day where these are asked for."""
    if asked.who.strip():
        text = asked.who.strip()
        who = Account.objects.filter(Q(login__startswith=text.lower()) | Q(name__contains=text))
        rows = rows.filter(viewer_number__in=who.values("number"))
    if asked.day is not None:
        start, end = day_bounds(asked.day, asked.zone)
        rows = rows.filter(at__gte=start, at__lt=end)
    return rows


def _accounts(numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    rows = Account.objects.filter(number__in=set(numbers)).values_list("number", "login", "name")
    return {number: (login, name) for number, login, name in rows}


def _look_rows(viewer: Viewer, part: Sequence[Look]) -> list[LookRow]:
    subjects = {row.subject for row in part}
    people = {row.id: row for row in Resident.objects.filter(id__in=subjects)}
    homes = {row.id: row for row in Household.objects.filter(id__in=subjects).select_related("dwelling")}
    who = _accounts(row.viewer_number for row in part)
    return [_look_row(viewer, row, people, homes, who.get(row.viewer_number, ("", ""))) for row in part]


def _look_row(
    viewer: Viewer, row: Look, people: dict[UUID, Resident], homes: dict[UUID, Household], who: tuple[str, str]
) -> LookRow:
    person, home = people.get(row.subject), homes.get(row.subject)
    subject: Resident | Household | None = person or home
    reads = subject is not None and viewer.permits(NAMES, subject.path)
    about = door_of(home) if home else ""
    if person is not None:
        about = person.name if reads else mask_name(person.name)
    return LookRow(
        at=row.at,
        login=who[0],
        name=who[1],
        subject=row.subject,
        about=about,
        household=(person.household_id if person else row.subject) if reads else None,
        fields=tuple(row.fields.split(",")) if row.fields else (),
        purpose=row.purpose,
        channel=row.channel,
    )
