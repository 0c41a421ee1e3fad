"""What the register counts: stocks of a set of households before and after a change, and what the change posts."""

from collections import Counter
from collections.abc import Collection
from uuid import UUID

from django.db.models import Count as Number
from django.db.models import OuterRef, Q, Subquery

from wangge.journal.recording import Count
from wangge.journal.rules import correction
from wangge.people.models import Household, PriorityFlag, Resident, Stay
from wangge.people.rules.codes import (
    BIRTHS_MISSING,
    DOORS,
    HOUSEHOLDS,
    RESIDENTS,
    HouseholdState,
    ResidentState,
    flag_counter,
)

Stocks = Counter[tuple[str, str]]


def stocks_of(households: Collection[UUID]) -> Stocks:
    """Return (counter, tally path) > value of what these households hold now, in three statements."""
    found: Stocks = Counter()
    rows = Household.objects.filter(id__in=households, state=HouseholdState.OPEN).order_by().values_list("grid_path")
    for path, number, doors in rows.annotate(number=Number("id"), doors=Number("id", filter=Q(dwelling__isnull=False))):
        found[HOUSEHOLDS, path] += number
        found[DOORS, path] += doors
    living = Resident.objects.filter(household__in=households, state=ResidentState.LIVING).order_by()
    undated = Number("id", filter=Q(birth_on=None))
    for path, number, missing in living.values_list("household__grid_path").annotate(
        number=Number("id"), missing=undated
    ):
        found[RESIDENTS, path] += number
        found[BIRTHS_MISSING, path] += missing
    flags = PriorityFlag.objects.filter(resident__household__in=households, ended_at=None).order_by()
    for path, reason, number in flags.values_list("grid_path", "reason").annotate(number=Number("id")):
        found[flag_counter(reason), path] += number
    return found


def differences(before: Stocks, after: Stocks) -> tuple[Count, ...]:
    """Return what a change from one state to the other posts."""
    keys = {f"{counter} {path}": (counter, path) for counter, path in {*before, *after}}
    old = {key: before[pair] for key, pair in keys.items()}
    new = {key: after[pair] for key, pair in keys.items()}
    return tuple(Count(*keys[key], delta) for key, delta in sorted(correction(old, new).items()))


def carry(households: Collection[UUID]) -> None:
    """Bring the copies of paths on residents, flags and stays into line with their households."""
    home = Household.objects.filter(id=OuterRef("household"))
    Resident.objects.filter(household__in=households).update(path=Subquery(home.values("path")[:1]))
    Stay.objects.filter(household__in=households).update(
        path=Subquery(home.values("path")[:1]), grid_path=Subquery(home.values("grid_path")[:1])
    )
    of_resident = Household.objects.filter(
        id=Subquery(Resident.objects.filter(id=OuterRef(OuterRef("resident"))).values("household")[:1])
    )
    PriorityFlag.objects.filter(resident__household__in=households).update(
        path=Subquery(of_resident.values("path")[:1]), grid_path=Subquery(of_resident.values("grid_path")[:1])
    )


def empty_households(households: Collection[UUID]) -> list[Household]:
    """Return those open households in which nobody lives or stays any more, locked."""
    lived_in = Resident.objects.filter(household=OuterRef("id"), state=ResidentState.LIVING)
    stayed_in = Stay.objects.filter(household=OuterRef("id"), ended_on=None)
    rows = Household.objects.select_for_update().filter(id__in=households, state=HouseholdState.OPEN)
    return list(
        rows.annotate(
            living=Subquery(lived_in.values("household").annotate(n=Number("id")).values("n")[:1]),
            staying=Subquery(stayed_in.values("household").annotate(n=Number("id")).values("n")[:1]),
        )
        .filter(living=None, staying=None)
        .order_by("id")
    )
