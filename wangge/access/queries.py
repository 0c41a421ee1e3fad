"""Reads of accounts and duties, and the viewer that stands for a signed-in account."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.models import AccessEpoch, Account, Duty
from wangge.access.rules import Role, normal_login
from wangge.access.viewing import Grant, Viewer, scoped
from wangge.kernel.paths import ancestors, upper
from wangge.kernel.periods import local_day

EPOCH_LIFE = timedelta(seconds=1)


@dataclass(slots=True)
class _Kept:
    """What a process remembers: viewers by account and day, as of an epoch that was read at most a second ago."""

    viewers: dict[tuple[UUID, date], Viewer | None]
    epoch: int = -1
    read_at: datetime | None = None


_kept = _Kept({})


def forget_viewers() -> None:
    """Read every account again at its next request."""
    _kept.viewers.clear()
    _kept.read_at = None


def viewer_for(account: UUID, *, at: datetime, zone: str) -> Viewer | None:
    """Return the viewer of an active account on the local day of ``at``, None for any other.

    Kept in the process until somebody's access changes; the epoch is reread once a second.
    """
    if _kept.read_at is None or not timedelta() <= at - _kept.read_at < EPOCH_LIFE:
        epoch = AccessEpoch.objects.values_list("number", flat=True).first() or 0
        if epoch != _kept.epoch:
            _kept.viewers.clear()
        _kept.epoch, _kept.read_at = epoch, at
    key = (account, local_day(at, zone))
    if key not in _kept.viewers:
        _kept.viewers[key] = read_viewer(account, on=key[1])
    return _kept.viewers[key]


def read_viewer(account: UUID, *, on: date) -> Viewer | None:
    """Return the viewer of an active account with the duties of that day, straight from the tables."""
    row = Account.objects.filter(id=account, is_active=True).first()
    if row is None:
        return None
    duties = standing_duties(on).filter(account=row).values_list("role", "path")
    return Viewer(
        account_id=row.id,
        number=row.number,
        login=row.login,
        name=row.name,
        language=row.language,
        grants=tuple(Grant(Role(role), path) for role, path in duties.order_by("path", "role")),
        sole_administrator=row.first and not Account.objects.exclude(id=row.id).exists(),
    )


def system_viewer(number: int, name: str, path: str) -> Viewer:
    """Return a viewer without account for work the server does by itself, such as the demonstration."""
    return Viewer(account_id=UUID(int=0), number=number, login="", name=name, grants=(Grant(Role.ADMINISTRATOR, path),))


def first_administrator(*, on: date) -> Viewer | None:
    """Return the viewer of the first account, for commands typed at the server itself."""
    row = Account.objects.filter(first=True, is_active=True).first()
    return read_viewer(row.id, on=on) if row else None


def viewer_by_login(login: str, *, on: date) -> Viewer | None:
    """Return the viewer of an active account by its login."""
    row = Account.objects.filter(login=normal_login(login), is_active=True).first()
    return read_viewer(row.id, on=on) if row else None


def standing_duties(on: date) -> QuerySet[Duty]:
    """Return the duties that hold on a day."""
    return Duty.objects.filter(Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on, ended_at=None)


@dataclass(frozen=True, slots=True)
class DutyLine:
    """A duty as lists show it."""

    id: int
    role: str
    area_id: int
    area_name: str
    path: str
    from_on: date
    to_on: date | None


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account as lists show it."""

    id: UUID
    login: str
    name: str
    is_active: bool
    duties: tuple[DutyLine, ...]


def accounts(
    *, viewer: Viewer, on: date, text: str = "", offset: int = 0, limit: int = 50
) -> tuple[list[AccountLine], int]:
    """Return the accounts with a duty in the viewer's areas, by login, and how many there are."""
    held = scoped(Duty, viewer, "account.manage").filter(ended_at=None).values("account")
    rows = Account.objects.filter(id__in=held)
    if text.strip():
        rows = rows.filter(Q(login__contains=normal_login(text)) | Q(name__contains=text.strip()))
    part = list(rows.order_by("login")[offset : offset + limit])
    duties = scoped(standing_duties(on), viewer, "account.manage").filter(account__in=part).select_related("area")
    lines: dict[UUID, list[DutyLine]] = {row.id: [] for row in part}
    for duty in duties.order_by("path", "role"):
        lines[duty.account_id].append(
            DutyLine(duty.id, duty.role, duty.area_id, duty.area.name, duty.path, duty.from_on, duty.to_on)
        )
    found = [AccountLine(row.id, row.login, row.name, row.is_active, tuple(lines[row.id])) for row in part]
    return found, rows.count()


def worker_of(*, on: date, inside: str) -> Callable[[str], tuple[UUID, str, str] | None]:
    """Return a function from an area path to its grid worker (id, login, name): the one whose duty lies nearest.

    ``inside`` is the area in which paths will be asked; duties on it, above and below are read at once.
    """
    reach = Q(path__gte=inside, path__lt=upper(inside)) | Q(path__in=ancestors(inside))
    rows = standing_duties(on).filter(reach, role=Role.GRID_WORKER, account__is_active=True).select_related("account")
    nearest = {row.path: (row.account_id, row.account.login, row.account.name) for row in rows.order_by("-id")}

    def find(path: str) -> tuple[UUID, str, str] | None:
        return next((nearest[above] for above in reversed(ancestors(path)) if above in nearest), None)

    return find


def workers_in(*, path: str, on: date) -> list[tuple[UUID, str, str]]:
    """Return the active grid workers (id, login, name) with a duty inside an area or above it."""
    reach = Q(path__gte=path, path__lt=upper(path)) | Q(path__in=ancestors(path))
    rows = standing_duties(on).filter(reach, role=Role.GRID_WORKER, account__is_active=True)
    return sorted(set(rows.values_list("account", "account__login", "account__name")), key=lambda worker: worker[1])


def logins(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the logins of accounts."""
    return dict(Account.objects.filter(id__in=list(ids)).values_list("id", "login"))
