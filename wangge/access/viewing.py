"""The one who looks or acts: what they may do where, and the part of each table they may see."""

from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

from wangge.access.rules import SECOND_FACTOR_VERBS, VERBS, Role, needs_second_factor
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
    """An account as commands and queries see it; without grants it may do nothing anywhere.

    ``confirmed`` says that the second factor was shown in this session; until then verbs of command, export and
    administration are held but not permitted. ``session_epoch`` is that of the account: older sessions are over.
    """

    account_id: UUID
    number: int
    login: str
    name: str
    language: str = ""
    grants: tuple[Grant, ...] = ()
    sole_administrator: bool = False
    confirmed: bool = True
    has_factor: bool = False
    session_epoch: int = 0
    _reach: dict[str, tuple[str, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def reaches(self, verb: str) -> tuple[str, ...]:
        """Return the outermost area paths in which the viewer may do this now, empty when nowhere."""
        return () if self.must_confirm(verb) else self.holds(verb)

    def must_confirm(self, verb: str) -> bool:
        """Tell whether the second factor has to be shown before this verb."""
        return not self.confirmed and verb in SECOND_FACTOR_VERBS

    def holds(self, verb: str) -> tuple[str, ...]:
        """Return the outermost area paths of the verb, also when the second factor has to be shown first."""
        if verb not in self._reach:
            self._reach[verb] = outermost(grant.path for grant in self.grants if verb in VERBS[grant.role])
        return self._reach[verb]

    def permits(self, verb: str, path: str) -> bool:
        """Tell whether the viewer may do this in the area of ``path`` now."""
        return any(contains(outer, path) for outer in self.reaches(verb))

    def holds_at(self, verb: str, path: str) -> bool:
        """Tell whether the viewer may do this there once the second factor has been shown."""
        return any(contains(outer, path) for outer in self.holds(verb))

    def verbs_at(self, path: str) -> frozenset[str]:
        """Return everything the viewer may do in the area of ``path`` now."""
        held: frozenset[str] = frozenset().union(
            *(VERBS[grant.role] for grant in self.grants if contains(grant.path, path))
        )
        return held if self.confirmed else held - SECOND_FACTOR_VERBS

    @property
    def needs_factor(self) -> bool:
        """Whether something this viewer may do needs the second factor."""
        return needs_second_factor(verb for grant in self.grants for verb in VERBS[grant.role])

    @property
    def roles(self) -> frozenset[Role]:
        """The roles the viewer has somewhere."""
        return frozenset(grant.role for grant in self.grants)


def require(viewer: Viewer, verb: str, path: str) -> None:
    """Refuse unless the viewer may do this in the area of ``path``.

    ``access.second_factor_needed`` when only the second factor is missing, ``access.forbidden`` otherwise.
    """
    if not viewer.permits(verb, path):
        if viewer.holds_at(verb, path):
            raise Refused("access.second_factor_needed")
        raise Refused("access.forbidden")


def scoped(rows: type[M] | QuerySet[M], viewer: Viewer, verb: str, *, path_field: str = "path") -> QuerySet[M]:
    """Return the rows in the viewer's areas for this verb: none at all unless something grants them."""
    query: QuerySet[M] = rows if isinstance(rows, QuerySet) else rows._default_manager.all()
    ranges = Q()
    for path in viewer.reaches(verb):
        bounds: dict[str, Any] = {f"{path_field}__gte": path, f"{path_field}__lt": upper(path)}
        ranges |= Q(**bounds)
    return query.filter(ranges) if ranges else query.none()
