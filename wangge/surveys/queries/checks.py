"""Reads of spot checks: those to be done and done, and how far they agree."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q, Sum

from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import ancestors, upper
from wangge.kernel.refused import Refused
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK
from wangge.surveys.models import SpotCheck

READ = "visit.read"
ORDERS: Mapping[str, tuple[str, ...]] = {
    "door": ("path", "id"),
    "-door": ("-path", "id"),
    "checker": ("checker__name", "path", "id"),
    "-checker": ("-checker__name", "path", "id"),
    "done": ("done_at", "path", "id"),
    "-done": ("-done_at", "path", "id"),
}


@dataclass(frozen=True, slots=True)
class Agreeing:
    """How checks agree: drawn, done, doors that agree, answers compared and equal."""

    drawn: int
    done: int
    agreeing: int
    compared: int
    equal: int

    @property
    def open(self) -> int:
        """How many doors are still to be looked at."""
        return self.drawn - self.done


@dataclass(frozen=True, slots=True)
class RoundChecks:
    """The checks of a round in an area, and of each community in it; never of single workers."""

    whole: Agreeing
    communities: tuple[tuple[str, Agreeing], ...]


def checks_of(*, viewer: Viewer, round: UUID, path: str) -> RoundChecks:
    """Return how the spot checks of a round stand in an area. Two statements."""
    rows = scoped(SpotCheck, viewer, READ).filter(round=round, path__gte=path, path__lt=upper(path)).order_by()
    by_grid = rows.values_list("grid_path").annotate(
        drawn=Count("id"),
        done=Count("done_at"),
        agreeing=Count("id", filter=Q(agrees=True)),
        answers=Sum("compared"),
        same=Sum("equal"),
    )
    found = {grid: Agreeing(*numbers) for grid, *numbers in by_grid}
    above = {one for grid in found for one in ancestors(grid)}
    named = dict(Area.objects.filter(path__in=above, rank=COMMUNITY_RANK).values_list("path", "name"))
    communities = [
        (name, _sum([numbers for grid, numbers in found.items() if grid.startswith(where)]))
        for where, name in sorted(named.items())
    ]
    return RoundChecks(_sum(list(found.values())), tuple(communities))


def _sum(parts: list[Agreeing]) -> Agreeing:
    return Agreeing(
        sum(one.drawn for one in parts),
        sum(one.done for one in parts),
        sum(one.agreeing for one in parts),
        sum(one.compared for one in parts),
        sum(one.equal for one in parts),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """A door to be looked at again, or looked at."""

    id: UUID
    household: UUID
    door: str
    path: str
    checker: str
    mine: bool
    own_visit: bool
    done_at: datetime | None
    done_by: str
    state: str
    state_before: str
    compared: int
    equal: int
    agrees: bool | None
    note: str


@dataclass(frozen=True, slots=True)
class CheckPage:
    """One door to be looked at again, with the round it belongs to and its questionnaire."""

    line: CheckLine
    round: UUID
    round_name: str
    questionnaire: UUID | None
    grid_path: str


def check_lines(
    *,
    viewer: Viewer,
    round: UUID,
    path: str,
    done: bool | None = None,
    mine: bool = False,
    text: str = "",
    order: str = "door",
    offset: int = 0,
    limit: int = 50,
) -> tuple[list[CheckLine], int]:
    """Return the checks of a round in an area, and how many there are; ``mine`` those given to the viewer."""
    rows = scoped(SpotCheck, viewer, READ).filter(round=round, path__gte=path, path__lt=upper(path))
    if done is not None:
        rows = rows.filter(done_at__isnull=not done)
    if mine:
        rows = rows.filter(checker=viewer.account_id)
    if text:
        rows = rows.filter(Q(household__dwelling__door__contains=text) | Q(checker__name__contains=text))
    part = rows.select_related("household__dwelling", "checker", "done_by", "visit")
    return [_line(viewer, row) for row in part.order_by(*ORDERS[order])[offset : offset + limit]], rows.count()


def _line(viewer: Viewer, row: SpotCheck) -> CheckLine:
    home = row.household
    return CheckLine(
        id=row.id,
        household=home.id,
        door=home.dwelling.door if home.dwelling else home.address,
        path=row.path,
        checker=row.checker.name if row.checker else "",
        mine=row.checker_id == viewer.account_id,
        own_visit=row.visit.worker_id == viewer.account_id,
        done_at=row.done_at,
        done_by=row.done_by.name if row.done_by else "",
        state=row.state,
        state_before=row.visit.state,
        compared=row.compared,
        equal=row.equal,
        agrees=row.agrees,
        note=row.note,
    )


def check_page(*, viewer: Viewer, check: UUID) -> CheckPage:
    """Return one check; refused as unknown outside the viewer's areas."""
    rows = scoped(SpotCheck, viewer, READ).select_related("household__dwelling", "checker", "done_by", "visit", "round")
    row = rows.filter(id=check).first()
    if row is None:
        raise Refused("answers.check_unknown")
    return CheckPage(_line(viewer, row), row.round_id, row.round.name, row.round.questionnaire_id, row.grid_path)
