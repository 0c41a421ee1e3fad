"""The one who looks or acts: what they may do where, and the part of each table they may see."""

from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from wangge.access.rules import VERBS, Role
from wangge.kernel.paths import contains, outermost, upper
from wangge.kernel.refused import Refused

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in an area that holds today."""

    role: Role
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewer:
    """An account as commands and queries see it; without grants it may do nothing anywhere."""

    account_id: UUID
    number: int
    login: str
    name: str
    language: str = ""
    grants: tuple[Grant, ...] = ()
    sole_administrator: bool = False
    _reach: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def reaches(self, verb: str) -> tuple[str, ...]:
        """Return the outermost area paths in which the viewer may do this, empty when nowhere."""
        if verb not in self._reach:
            self._reach[verb] = outermost(grant.path for grant in self.grants if verb in VERBS[grant.role])
        return self._reach[verb]

    def permits(self, verb: str, path: str) -> bool:
        """Tell whether the viewer may do this in the area of ``path``."""
        return any(contains(outer, path) for outer in self.reaches(verb))

    def verbs_at(self, path: str) -> frozenset[str]:
        """Return everything the viewer may do in the area of ``path``."""
        return frozenset().union(*(VERBS[grant.role] for grant in self.grants if contains(grant.path, path)))

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the viewer has somewhere."""
        return frozenset(grant.role for grant in self.grants)


def require(viewer: Viewer, verb: str, path: str) -> None:
    """Refuse with ``access.forbidden`` unless the viewer may do this in the area of ``path``."""
    if not viewer.permits(verb, path):
        raise Refused("access.forbidden")


def scoped(rows: type[M] | QuerySet[M], viewer: Viewer, verb: str, *, path_field: str = "path") -> QuerySet[M]:
    """Return the rows in the viewer's areas for this verb: none at all unless something grants them."""
    query: QuerySet[M] = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    ranges = Q()
    for path in viewer.reaches(verb):
        bounds: dict[str, Any] = {f"{path_field}__gte": path, f"{path_field}__lt": upper(path)}
        ranges |= Q(**bounds)
    return query.filter(ranges) if ranges else query.none()
