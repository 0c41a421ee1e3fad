"""Giving the buildings of an area to workers, evenly by the doors that are due in each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wangge.access.commands import Given, deal_areas
from wangge.access.queries import worker_of, workers_in
from wangge.access.viewing import Viewer, require, scoped
from wangge.journal.commanding import command
from wangge.kernel.paths import upper
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, natural
from wangge.planning.deal import Load, deal_evenly

DEAL = "duty.deal"


@dataclass(frozen=True, slots=True)
class Building:
    """A building or villagers' group of an area: its due doors and whose it is today."""

    id: int
    name: str
    kind: str
    path: str
    doors: int
    worker: UUID | None
    worker_name: str


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody to whom buildings can be given."""

    id: UUID
    login: str
    name: str


@dataclass(frozen=True, slots=True)
class Dealing:
    """The buildings of an area in walking order, and who works there."""

    buildings: tuple[Building, ...]
    workers: tuple[Worker, ...]


@dataclass(frozen=True, slots=True)
class Share:
    """What one worker got."""

    worker: UUID
    buildings: tuple[int, ...]
    doors: int


def dealing(*, viewer: Viewer, path: str, on: date) -> Dealing:
    """Return what is to be given in an area and to whom; four statements."""
    require(viewer, DEAL, path)
    rows = scoped(Area, viewer, DEAL).filter(path__gte=path, path__lt=upper(path), rank=BUILDING_RANK, retired_at=None)
    doors = _doors(path, [row.path for row in rows])
    whose = worker_of(on=on, inside=path)
    buildings = []
    for row in sorted(rows, key=lambda one: (one.grid_path, natural(one.name), one.id)):
        worker, _, name = whose(row.path) or (None, "", "")
        buildings.append(Building(row.id, row.name, row.kind, row.path, doors[row.path], worker, name))
    workers = tuple(Worker(*one) for one in workers_in(path=path, on=on))
    return Dealing(tuple(buildings), workers)


def _doors(path: str, buildings: Sequence[str]) -> dict[str, int]:
    """Return the due doors of each building, by its path."""
    rows = Household.objects.filter(path__gte=path, path__lt=upper(path), state=HouseholdState.OPEN)
    homes = rows.filter(dwelling__isnull=False).values_list("path", flat=True)
    depth = {one.count("."): None for one in buildings}
    known = dict.fromkeys(buildings, 0)
    for home in homes:
        parts = home.split(".")
        for deep in depth:
            above = ".".join(parts[:deep]) + "."
            if above in known:
                known[above] += 1
    return known


@command
def deal_duties(*, stamp: Stamp, actor: Viewer, area: int, workers: Sequence[UUID]) -> list[Share]:
    """Give all buildings of an area to these workers, evenly by doors and as neighbours; one answer for each worker.

    Refused without a worker or a building, for somebody who is no grid worker here, or twice the same.
    """
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    found = dealing(viewer=actor, path=home.path, on=stamp.day)
    if not workers:
        raise Refused("duties.worker_missing")
    if len(set(workers)) != len(workers) or not {one.id for one in found.workers}.issuperset(workers):
        raise Refused("access.account_inactive")
    if not found.buildings:
        raise Refused("duties.building_missing")
    loads = [Load(one.id, one.doors) for one in found.buildings]
    shares = deal_evenly(loads, len(workers))
    given = [Given(worker, tuple(share)) for worker, share in zip(workers, shares, strict=True)]
    deal_areas(stamp=stamp, actor=actor, inside=area, given=[one for one in given if one.areas])
    doors = {one.id: one.doors for one in found.buildings}
    return [Share(one.account, one.areas, sum(doors[id_] for id_ in one.areas)) for one in given]


@command
def give_buildings(*, stamp: Stamp, actor: Viewer, area: int, given: Sequence[Given]) -> int:
    """Give single buildings of an area by hand, in place of whoever had them; return how many."""
    return deal_areas(stamp=stamp, actor=actor, inside=area, given=given)
