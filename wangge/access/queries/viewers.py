"""Viewers, kept in each process until somebody's access changes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from wangge.access.models import AccessEpoch, Account, SecondFactor
from wangge.access.queries.duties import standing_duties
from wangge.access.rules import Role, normal_login
from wangge.access.viewing import Grant, Viewer
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
        has_factor=SecondFactor.objects.filter(account=row).exists(),
        session_epoch=row.session_epoch,
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
