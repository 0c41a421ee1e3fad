"""What the register counts, and how the stocks are counted from its tables."""

from collections.abc import Callable, Mapping

from django.db.models import Count as Number
from django.db.models import Q

from wangge.journal.counters import STOCK, Counter, register_counter, register_stock_recount
from wangge.people.rules.codes import (
    BIRTHS_MISSING,
    DOORS,
    FLAG_REASONS,
    HOUSEHOLDS,
    RESIDENTS,
    HouseholdState,
    ResidentState,
    flag_counter,
)


def register() -> None:
    """Tell the journal this room's counters and recounts."""
    register_counter(Counter(RESIDENTS, STOCK, "persons"))
    register_counter(Counter(HOUSEHOLDS, STOCK, "households"))
    register_counter(Counter(DOORS, STOCK, "doors"))
    register_stock_recount(RESIDENTS, residents)
    register_stock_recount(HOUSEHOLDS, households)
    register_stock_recount(DOORS, doors)
    register_counter(Counter(BIRTHS_MISSING, STOCK, "persons"))
    register_stock_recount(BIRTHS_MISSING, births_missing)
    for reason in FLAG_REASONS:
        register_counter(Counter(flag_counter(reason), STOCK, "persons"))
        register_stock_recount(flag_counter(reason), _flags(reason))


def _inside(path: str, column: str) -> Q:
    from wangge.kernel.paths import upper

    return Q(**{f"{column}__gte": path, f"{column}__lt": upper(path)}) if path else Q()


def residents(path: str = "") -> Mapping[str, int]:
    """Return the living residents by tally path, inside an area if one is given."""
    from wangge.people.models import Resident

    rows = Resident.objects.filter(_inside(path, "path"), state=ResidentState.LIVING).order_by()
    return dict(rows.values_list("household__grid_path").annotate(number=Number("id")))


def births_missing(path: str = "") -> Mapping[str, int]:
    """Return the living residents whose day of birth is not known, by tally path."""
    from wangge.people.models import Resident

    rows = Resident.objects.filter(_inside(path, "path"), state=ResidentState.LIVING, birth_on=None).order_by()
    return dict(rows.values_list("household__grid_path").annotate(number=Number("id")))


def households(path: str = "") -> Mapping[str, int]:
    """Return the open households by tally path."""
    from wangge.people.models import Household

    rows = Household.objects.filter(_inside(path, "path"), state=HouseholdState.OPEN).order_by()
    return dict(rows.values_list("grid_path").annotate(number=Number("id")))


def doors(path: str = "") -> Mapping[str, int]:
    """Return the open households with a dwelling by tally path: the doors that are due every day."""
    from wangge.people.models import Household

    rows = Household.objects.filter(_inside(path, "path"), state=HouseholdState.OPEN, dwelling__isnull=False)
    return dict(rows.order_by().values_list("grid_path").annotate(number=Number("id")))


def _flags(reason: str) -> Callable[..., Mapping[str, int]]:
    def standing(path: str = "") -> Mapping[str, int]:
        from wangge.people.models import PriorityFlag

        rows = PriorityFlag.objects.filter(_inside(path, "path"), reason=reason, ended_at=None).order_by()
        return dict(rows.values_list("grid_path").annotate(number=Number("id")))

    return standing
