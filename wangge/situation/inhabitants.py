"""Who lives where inside one community or grid: counts by building, and the names of those who act and look."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from wangge.access.models import Account
from wangge.access.queries import worker_of
from wangge.access.viewing import Viewer, scoped
from wangge.kernel.paths import upper
from wangge.people.models import Household, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK, GROUP, natural
from wangge.surveys.models import DoorDay
from wangge.surveys.rules import CLOSED_STATES

READ = "register.read"


@dataclass(frozen=True, slots=True)
class BuildingCount:
    """A building or villagers' group: who is registered there, doors due and done today, and whose it is."""

    id: int
    name: str
    is_group: bool
    households: int
    residents: int
    due: int
    done: int
    worker: str

    @property
    def open(self) -> int:
        """How many doors are left today."""
        return self.due - self.done

    @property
    def order(self) -> tuple[int, str]:
        """What sorts building 2 before building 10."""
        return natural(self.name)


def building_counts(*, viewer: Viewer, path: str, on: date) -> list[BuildingCount]:
    """Return the buildings of a community or grid with their counts, in walking order; five statements."""
    rows = scoped(Area, viewer, READ).filter(path__gte=path, path__lt=upper(path), rank=BUILDING_RANK, retired_at=None)
    buildings = sorted(rows, key=lambda row: row.path)
    prefixes = [row.path for row in buildings]
    homes = scoped(Household, viewer, READ).filter(path__gte=path, path__lt=upper(path), state=HouseholdState.OPEN)
    has_door = Q(dwelling__isnull=False)
    counted = list(homes.order_by().values_list("path").annotate(all=Count("id"), due=Count("id", filter=has_door)))
    households = _by_prefix([(at, number) for at, number, _ in counted], prefixes)
    due = _by_prefix([(at, number) for at, _, number in counted], prefixes)
    people = scoped(Resident, viewer, READ).filter(path__gte=path, path__lt=upper(path), state=ResidentState.LIVING)
    residents = _by_prefix(list(people.order_by().values_list("path").annotate(number=Count("id"))), prefixes)
    closed = DoorDay.objects.filter(day=on, state__in=CLOSED_STATES, household__in=homes, household__dwelling__gt=0)
    done = _by_prefix([(at, 1) for at in closed.values_list("household__path", flat=True)], prefixes)
    whose = worker_of(on=on, inside=path)
    return sorted(
        (
            BuildingCount(
                id=row.id,
                name=row.name,
                is_group=row.kind == GROUP,
                households=households.get(row.path, 0),
                residents=residents.get(row.path, 0),
                due=due.get(row.path, 0),
                done=done.get(row.path, 0),
                worker=(whose(row.path) or (None, "", ""))[2],
            )
            for row in buildings
        ),
        key=lambda line: (line.order, line.id),
    )


def _by_prefix(numbers: Iterable[tuple[str, int]], prefixes: Sequence[str]) -> Mapping[str, int]:
    """Add up numbers by the area that their path lies in; the prefixes are sorted and none lies in another."""
    sums: dict[str, int] = {}
    for path, number in numbers:
        at = bisect_right(prefixes, path) - 1
        if at >= 0 and path.startswith(prefixes[at]):
            sums[prefixes[at]] = sums.get(prefixes[at], 0) + number
    return sums


def names_by_number(numbers: Iterable[int]) -> dict[int, str]:
    """Return what the accounts behind journal numbers are called; one statement."""
    return dict(Account.objects.filter(number__in=set(numbers)).values_list("number", "name"))
