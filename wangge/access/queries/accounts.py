"""Reads of accounts: those a viewer manages, and the viewer's own."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from wangge.access.judging import MANAGE, judged, manages, standing
from wangge.access.models import Account, Duty, RecoveryCode, SecondFactor, SignInLink
from wangge.access.rules import normal_login
from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper

DEALT = "dealt"


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty as lists show it; ``holds`` says whether it does on the day asked for, ``over`` that it never will."""

    id: int
    role: str
    area_id: int
    area_name: str
    path: str
    from_on: date
    to_on: date | None
    holds: bool = True
    over: bool = False
    dealt: bool = False

    @property
    def last_day(self) -> date | None:
        """The last day on which the duty holds, None for one without end."""
        return self.to_on - timedelta(days=1) if self.to_on else None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as lists show it; ``cards`` says whether the viewer may print sign-in cards for it."""

    id: UUID
    login: str
    name: str
    is_active: bool
    duties: tuple[DutyLine, ...]
    cards: bool = False

    @property
    def roles(self) -> tuple[DutyLine, ...]:
        """The duties given by hand, without the buildings that were dealt."""
        return tuple(duty for duty in self.duties if not duty.dealt)

    @property
    def buildings(self) -> int:
        """How many buildings were dealt to the account."""
        return sum(duty.dealt for duty in self.duties)


@dataclass(frozen=True, slots=True)
class AccountIndex:
    """The little by which a long list of accounts is sorted."""

    id: UUID
    login: str
    name: str
    is_active: bool


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account for whoever manages it: ``elsewhere`` counts duties outside the viewer's areas."""

    id: UUID
    login: str
    name: str
    is_active: bool
    created_at: datetime
    has_password: bool
    factor_at: datetime | None
    link_until: datetime | None
    duties: tuple[DutyLine, ...]
    elsewhere: int
    own: bool
    manageable: bool


@dataclass(frozen=True, slots=True)
class OwnAccount:
    """What the viewer may know about the own account."""

    login: str
    name: str
    language: str
    has_password: bool
    factor_at: datetime | None
    recovery_left: int
    duties: tuple[DutyLine, ...]


def accounts(
    *, viewer: Viewer, on: date, text: str = "", offset: int = 0, limit: int = 50, inside: str = ""
) -> tuple[list[AccountLine], int]:
    """Return the accounts with a duty in the viewer's areas, by login, and how many there are; four statements."""
    rows = _found(viewer, on, text, inside)
    part = list(rows.order_by("login").values_list("id", flat=True)[offset : offset + limit])
    return account_lines(viewer=viewer, on=on, ids=part), rows.count()


def account_index(*, viewer: Viewer, on: date, text: str = "", inside: str = "") -> list[AccountIndex]:
    """Return all accounts with a duty in the viewer's areas, by login; one statement."""
    rows = _found(viewer, on, text, inside).order_by("login").values_list("id", "login", "name", "is_active")
    return [AccountIndex(*row) for row in rows]


def account_lines(*, viewer: Viewer, on: date, ids: Sequence[UUID]) -> list[AccountLine]:
    """Return these accounts in this order, with their duties in the viewer's areas that are not over; two statements.

    Those of which nothing lies in the viewer's areas are left out.
    """
    rows = Account.objects.in_bulk(list(ids))
    every: dict[UUID, list[Duty]] = {id_: [] for id_ in rows}
    for duty in Duty.objects.filter(account__in=rows).select_related("area").order_by("path", "role", "id"):
        every[duty.account_id].append(duty)
    return [line for id_ in ids if id_ in rows and (line := _line(viewer, rows[id_], every[id_], on))]


def _line(viewer: Viewer, row: Account, duties: Sequence[Duty], on: date) -> AccountLine | None:
    by = judged(duties, on)
    if not any(viewer.permits(MANAGE, duty.path) for duty in by):
        return None
    shown = [duty_line(duty, on) for duty in by if standing(duty, on) and viewer.permits(MANAGE, duty.path)]
    manageable = row.id != viewer.account_id and row.is_active and manages(viewer, by)
    return AccountLine(row.id, row.login, row.name, row.is_active, tuple(shown), manageable)


def account_page(*, viewer: Viewer, account: UUID, at: datetime, on: date) -> AccountPage | None:
    """Return one account, None when there is none or nothing of it lies in the viewer's areas; four statements."""
    row = Account.objects.filter(id=account).first()
    if row is None:
        return None
    every = list(Duty.objects.filter(account=account).select_related("area").order_by("-from_on", "-id"))
    by = judged(every, on)
    if not any(viewer.permits(MANAGE, duty.path) for duty in by):
        return None
    seen = [duty_line(duty, on) for duty in every if viewer.permits(MANAGE, duty.path)]
    own = row.id == viewer.account_id
    return AccountPage(
        id=row.id,
        login=row.login,
        name=row.name,
        is_active=row.is_active,
        created_at=row.created_at,
        has_password=row.has_usable_password(),
        factor_at=_factor_at(row.id),
        link_until=_link_until(row.id, at),
        duties=tuple(sorted(seen, key=lambda line: (line.over, line.dealt))),
        elsewhere=sum(not viewer.permits(MANAGE, duty.path) for duty in by),
        own=own,
        manageable=not own and manages(viewer, by),
    )


def own_account(*, viewer: Viewer, on: date) -> OwnAccount:
    """Return what the viewer may know about the own account; four statements."""
    row = Account.objects.get(id=viewer.account_id)
    duties = Duty.objects.filter(_not_over(on), account=row).select_related("area").order_by("path", "role", "id")
    return OwnAccount(
        login=row.login,
        name=row.name,
        language=row.language,
        has_password=row.has_usable_password(),
        factor_at=_factor_at(row.id),
        recovery_left=RecoveryCode.objects.filter(account=row, used_at=None).count(),
        duties=tuple(duty_line(duty, on) for duty in duties),
    )


def account_by_login(login: str) -> UUID | None:
    """Return the account of a login, active or not, None when there is none; what may be done to it is for commands."""
    return Account.objects.filter(login=normal_login(login)).values_list("id", flat=True).first()


def duty_line(duty: Duty, on: date) -> DutyLine:
    """Return the line of a duty whose area has been read."""
    over = not standing(duty, on)
    return DutyLine(
        id=duty.pk,
        role=duty.role,
        area_id=duty.area_id,
        area_name=duty.area.name,
        path=duty.path,
        from_on=duty.from_on,
        to_on=duty.to_on,
        holds=not over and duty.from_on <= on,
        over=over,
        dealt=duty.source == DEALT,
    )


def _found(viewer: Viewer, on: date, text: str, inside: str) -> QuerySet[Account]:
    """Return the accounts judged by a duty in the viewer's areas (and ``inside``) whose login or name has the text."""
    duties = scoped(Duty, viewer, MANAGE)
    if inside:
        duties = duties.filter(path__gte=inside, path__lt=upper(inside))
    still = Duty.objects.filter(_not_over(on), account=OuterRef("id"))
    here = Q(id__in=duties.filter(_not_over(on)).values("account"))
    once = Q(id__in=duties.values("account")) & ~Exists(still)
    rows = Account.objects.filter(here | once)
    if text.strip():
        rows = rows.filter(Q(login__contains=normal_login(text)) | Q(name__contains=text.strip()))
    return rows


def _not_over(on: date) -> Q:
    """Return the condition of duties that hold on the day or will; the same as ``judging.standing``."""
    return Q(ended_at=None) & (Q(to_on=None) | Q(to_on__gt=on))


def _factor_at(account: UUID) -> datetime | None:
    return SecondFactor.objects.filter(account=account).values_list("set_up_at", flat=True).first()


def _link_until(account: UUID, at: datetime) -> datetime | None:
    open_links: Iterable[datetime] = (
        SignInLink.objects.filter(account=account, used_at=None, expires_at__gt=at)
        .order_by("-expires_at")
        .values_list("expires_at", flat=True)[:1]
    )
    return next(iter(open_links), None)
