"""Giving the buildings of an area to workers, evenly by the doors that are left in each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wangge.access.commands import Given, deal_areas
from wangge.access.queries import dealt_areas, homes_of_workers, worker_of, workers_in
from wangge.access.viewing import Viewer, require, scoped
from wangge.journal.commanding import command
from wangge.kernel.paths import contains, parent, upper
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people.models import Household
from wangge.people.rules.codes import HouseholdState
from wangge.places.models import Area
from wangge.places.queries import centres
from wangge.places.rules import BUILDING_RANK, COMMUNITY_RANK, natural
from wangge.planning.deal import Carrier, Load, deal_evenly, hand_on
from wangge.surveys.queries.round_doors import open_by_path
from wangge.surveys.queries.rounds import round_of

DEAL = "duty.deal"


@dataclass(frozen=True, slots=True)
class Building:
    """A building or villagers' group of an area: its due doors, those where work is left, and whose it is today.

    ``dealt`` is to whom the building itself was given; ``worker`` may have it as part of a larger area.
    """

    id: int
    name: str
    kind: str
    path: str
    doors: int
    worker: UUID | None
    worker_name: str
    open: int
    dealt: UUID | None = None


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


@dataclass(frozen=True, slots=True)
class RoundDealt:
    """What each worker got of a round, and how many open doors lie in communities where none of them works."""

    shares: list[Share]
    left: int


def dealing(*, viewer: Viewer, path: str, on: date, round: UUID | None = None) -> Dealing:
    """Return what is to be given in an area and to whom; seven statements at most.

    Work is left at the open doors of a round, if one is given, else at every due door.
    """
    require(viewer, DEAL, path)
    rows = list(
        scoped(Area, viewer, DEAL).filter(path__gte=path, path__lt=upper(path), rank=BUILDING_RANK, retired_at=None)
    )
    known = [row.path for row in rows]
    doors = _by_building(_homes(path), known)
    left = _by_building(open_by_path(viewer=viewer, round=round, path=path), known) if round else doors
    whose = worker_of(on=on, inside=path)
    dealt = dealt_areas(path=path, on=on)
    buildings = []
    for row in sorted(rows, key=lambda one: (one.grid_path, natural(one.name), one.id)):
        worker, _, name = whose(row.path) or (None, "", "")
        buildings.append(
            Building(
                row.id, row.name, row.kind, row.path, doors[row.path], worker, name, left[row.path], dealt.get(row.id)
            )
        )
    workers = tuple(Worker(*one) for one in workers_in(path=path, on=on))
    return Dealing(tuple(buildings), workers)


def _homes(path: str) -> Iterable[str]:
    """Return the paths of the due doors of an area."""
    rows = Household.objects.filter(path__gte=path, path__lt=upper(path), state=HouseholdState.OPEN)
    return rows.filter(dwelling__isnull=False).values_list("path", flat=True)


def _by_building(homes: Iterable[str], buildings: Sequence[str]) -> dict[str, int]:
    """Count doors by the building they lie in."""
    depths = {one.count(".") for one in buildings}
    known = dict.fromkeys(buildings, 0)
    for home in homes:
        parts = home.split(".")
        for deep in depths:
            above = ".".join(parts[:deep]) + "."
            if above in known:
                known[above] += 1
    return known


@command
def deal_duties(*, stamp: Stamp, actor: Viewer, area: int, workers: Sequence[UUID]) -> list[Share]:
    """Give all buildings of an area to these workers, evenly by doors and as neighbours; one answer for each worker.

    Refused without a worker or a building, for somebody who is no grid worker here, or twice the same.
    """
    found = _found(stamp, actor, area)
    _refuse_strangers(found, workers)
    if not found.buildings:
        raise Refused("duties.building_missing")
    lie = centres([one.path for one in found.buildings])
    loads = [Load(one.id, one.doors, lie.get(one.path)) for one in found.buildings]
    shares = deal_evenly(loads, len(workers))
    given = [Given(worker, tuple(share)) for worker, share in zip(workers, shares, strict=True)]
    deal_areas(stamp=stamp, actor=actor, inside=area, given=[one for one in given if one.areas])
    return _shares(given, {one.id: one.doors for one in found.buildings})


def _found(stamp: Stamp, actor: Viewer, area: int, round_id: UUID | None = None) -> Dealing:
    home = Area.objects.filter(id=area, retired_at=None).first()
    if home is None:
        raise Refused("access.forbidden")
    return dealing(viewer=actor, path=home.path, on=stamp.day, round=round_id)


def _refuse_strangers(found: Dealing, workers: Sequence[UUID]) -> None:
    if not workers:
        raise Refused("duties.worker_missing")
    if len(set(workers)) != len(workers) or not {one.id for one in found.workers}.issuperset(workers):
        raise Refused("access.account_inactive")


def _shares(given: Iterable[Given], doors: Mapping[int, int]) -> list[Share]:
    return [Share(one.account, one.areas, sum(doors[id_] for id_ in one.areas)) for one in given]


@command
def deal_round(*, stamp: Stamp, actor: Viewer, round: UUID, workers: Sequence[UUID]) -> RoundDealt:
    """Give the buildings of a round to these workers, in each community to those who work there, by open doors.

    Buildings in which nothing is left stay with whoever has them. Refused where the actor deals no duties, without a
    worker or a building, and for somebody who is no grid worker there.
    """
    head = round_of(viewer=actor, round=round)
    found = dealing(viewer=actor, path=head.path, on=stamp.day, round=round)
    _refuse_strangers(found, workers)
    if not found.buildings:
        raise Refused("duties.building_missing")
    by_community = _by_community(head.path, found.buildings)
    homes = homes_of_workers(accounts=workers, on=stamp.day)
    open_doors = {community: sum(one.open for one in rows) for community, rows in by_community.items()}
    staff = staff_of(open_doors, {worker: homes.get(worker, ()) for worker in workers})
    lie = centres([one.path for one in found.buildings])
    given: list[Given] = []
    for community, buildings in by_community.items():
        if staff[community]:
            loads = [Load(one.id, one.open, lie.get(one.path)) for one in buildings if one.open or one.dealt is None]
            shares = deal_evenly(loads, len(staff[community]))
            given += [Given(worker, tuple(share)) for worker, share in zip(staff[community], shares, strict=True)]
    _give(stamp, actor, head.area, found, given)
    left = sum(number for community, number in open_doors.items() if not staff[community])
    return RoundDealt(_shares(given, {one.id: one.open for one in found.buildings}), left)


def _give(stamp: Stamp, actor: Viewer, area: int, found: Dealing, given: Sequence[Given]) -> None:
    """Write the duties of the buildings that change hands."""
    now = {one.id: one.dealt for one in found.buildings}
    anew = [Given(one.account, tuple(id_ for id_ in one.areas if now[id_] != one.account)) for one in given]
    if changed := [one for one in anew if one.areas]:
        deal_areas(stamp=stamp, actor=actor, inside=area, given=changed)


def _by_community(path: str, buildings: Sequence[Building]) -> dict[str, list[Building]]:
    """Return the buildings of an area by the path of their community; all under the area's own inside of one."""
    rows = Area.objects.filter(path__gte=path, path__lt=upper(path), rank=COMMUNITY_RANK, retired_at=None)
    known = set(rows.values_list("path", flat=True))
    found: dict[str, list[Building]] = defaultdict(list)
    for building in buildings:
        above = building.path
        while above and above not in known:
            above = parent(above)
        found[above or path].append(building)
    return dict(found)


def staff_of(open_doors: Mapping[str, int], homes: Mapping[UUID, Sequence[str]]) -> dict[str, list[UUID]]:
    """Return who works in each community: whoever has a duty in it, and those of larger areas where most is left."""
    staff: dict[str, list[UUID]] = {community: [] for community in open_doors}
    free: list[tuple[UUID, list[str]]] = []
    for worker, paths in homes.items():
        own = [one for one in staff if any(contains(one, path) for path in paths)]
        around = [one for one in staff if any(contains(path, one) for path in paths)]
        if own:
            staff[own[0]].append(worker)
        elif around:
            free.append((worker, around))
    for worker, around in free:
        most = max(around, key=lambda one: (open_doors[one] / (len(staff[one]) + 1), one))
        staff[most].append(worker)
    return staff


@command
def hand_over(
    *, stamp: Stamp, actor: Viewer, area: int, worker: UUID, others: Sequence[UUID], round: UUID | None = None
) -> list[Share]:
    """Give the buildings of a worker who falls out to others, evenly; everybody keeps what they have.

    Only buildings in which work is left change hands. Refused without others, for somebody who is no grid worker
    here, and when the worker has nothing to hand over.
    """
    found = _found(stamp, actor, area, round)
    takers = [one for one in others if one != worker]
    _refuse_strangers(found, takers)
    places = _places(found.buildings)
    loads = [Load(one.id, one.open, places[one.id]) for one in found.buildings if one.worker == worker and one.open]
    if not loads:
        raise Refused("duties.nothing_left")
    carried: Counter[UUID | None] = Counter()
    spots: dict[UUID | None, list[tuple[float, float]]] = defaultdict(list)
    for one in found.buildings:
        carried[one.worker] += one.open
        spots[one.worker].append(places[one.id])
    shares = hand_on(loads, [Carrier(carried[one], tuple(spots[one])) for one in takers])
    given = [Given(taker, tuple(share)) for taker, share in zip(takers, shares, strict=True)]
    _give(stamp, actor, area, found, given)
    return _shares(given, {one.id: one.open for one in found.buildings})


def _places(buildings: Sequence[Building]) -> dict[int, tuple[float, float]]:
    """Return where buildings lie: on the map when all of them are drawn, else one behind the other as people walk."""
    lie = centres([one.path for one in buildings])
    if len(lie) == len(buildings):
        return {one.id: lie[one.path] for one in buildings}
    return {one.id: (float(n), 0.0) for n, one in enumerate(buildings)}


@command
def give_buildings(*, stamp: Stamp, actor: Viewer, area: int, given: Sequence[Given]) -> int:
    """Give single buildings of an area by hand, in place of whoever had them; return how many."""
    return deal_areas(stamp=stamp, actor=actor, inside=area, given=given)
