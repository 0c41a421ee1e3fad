"""Reads of duties: who works where."""

from collections.abc import Callable, Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from wangge.access.models import Account, Duty
from wangge.access.rules import Role
from wangge.kernel.paths import ancestors, upper


def standing_duties(on: date) -> QuerySet[Duty]:
    """Return the duties that hold on a day."""
    return Duty.objects.filter(Q(to_on=None) | Q(to_on__gt=on), from_on__lte=on, ended_at=None)


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


def workers_at(*, on: date, paths: Iterable[str]) -> Callable[[str], tuple[UUID, str, str] | None]:
    """Return the same function for a few paths, of however large an area they are; one statement."""
    above = {outer for path in paths for outer in ancestors(path)}
    rows = standing_duties(on).filter(path__in=above, role=Role.GRID_WORKER, account__is_active=True)
    found = rows.select_related("account").order_by("-id")
    nearest = {row.path: (row.account_id, row.account.login, row.account.name) for row in found}

    def find(path: str) -> tuple[UUID, str, str] | None:
        return next((nearest[outer] for outer in reversed(ancestors(path)) if outer in nearest), None)

    return find


def workers_in(*, path: str, on: date) -> list[tuple[UUID, str, str]]:
    """Return the active grid workers (id, login, name) with a duty inside an area or above it."""
    reach = Q(path__gte=path, path__lt=upper(path)) | Q(path__in=ancestors(path))
    rows = standing_duties(on).filter(reach, role=Role.GRID_WORKER, account__is_active=True)
    return sorted(set(rows.values_list("account", "account__login", "account__name")), key=lambda worker: worker[1])


def logins(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the logins of accounts."""
    return dict(Account.objects.filter(id__in=list(ids)).values_list("id", "login"))


def homes_of_workers(*, accounts: Iterable[UUID], on: date) -> dict[UUID, list[str]]:
    """Return the areas that grid workers were given by hand, or those dealt to them where there are none."""
    by_hand: dict[UUID, list[str]] = {}
    dealt: dict[UUID, list[str]] = {}
    rows = standing_duties(on).filter(account__in=list(accounts), role=Role.GRID_WORKER).order_by("path")
    for account, path, source in rows.values_list("account", "path", "source"):
        (dealt if source == "dealt" else by_hand).setdefault(account, []).append(path)
    return {account: by_hand.get(account) or dealt[account] for account in by_hand.keys() | dealt.keys()}


def dealt_areas(*, path: str, on: date) -> dict[int, UUID]:
    """Return to which active grid worker each area inside another was dealt."""
    rows = standing_duties(on).filter(path__gte=path, path__lt=upper(path), role=Role.GRID_WORKER, source="dealt")
    return dict(rows.filter(account__is_active=True).order_by("id").values_list("area", "account"))
