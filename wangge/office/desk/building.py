"""The page that makes buildings with their doors by numbers, with a look at them first."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.flows import areas as flow
from wangge.kernel.refused import Refused
from wangge.office.desk.forms import BuildingsForm
from wangge.office.desk.views import MANAGE, show_form
from wangge.office.viewing import Desk, area_or_404, go, page
from wangge.places import queries as places
from wangge.places import rules
from wangge.places.models import Area
from wangge.places.rules import BuildingPlan
from wangge.words import say


@dataclass(frozen=True, slots=True)
class Sheet:
    """A building as it would be: its stairwells, and its doors by floor from the top, one list a stairwell."""

    name: str
    units: tuple[str, ...]
    across: int
    floors: tuple[tuple[int, tuple[tuple[str, ...], ...]], ...]
    buildings: int
    doors: int
    there: int


@page(MANAGE, methods=("GET", "POST"))
def buildings(request: Desk, area_id: int) -> HttpResponse:
    """Make buildings of the same kind in a community, village or grid; ``act=preview`` only shows them."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    if here.rank not in (rules.COMMUNITY_RANK, rules.GRID_RANK):
        raise Http404
    form = BuildingsForm(request.POST or None, initial=_initial(request, here))
    sheet = None
    if request.method == "POST" and form.is_valid():
        plans = form.plans()
        if request.POST.get("act") == "preview":
            sheet = _sheet(here, plans)
        else:
            try:
                flow.build(stamp=request.stamp(), actor=request.viewer, area=here.id, plans=plans)
            except Refused as refused:
                form.add_error(None, say(refused))
            else:
                return go(request, reverse("area", args=[here.id]), say="saved")
    return show_form(request, here, form, _("Buildings in %(name)s") % {"name": here.name}, "buildings", sheet=sheet)


def _initial(request: Desk, here: Area) -> dict[str, object]:
    """Return the numbers of a building that is to grow, when the address names one."""
    row = places.buildings_of(here.path).get(rules.building_key(request.GET.get("building", "")))
    if row is None:
        return {}
    numbers = {"units": row.units, "floors": row.floors, "doors": row.doors_per_floor}
    return {"names": row.name, **{key: value for key, value in numbers.items() if value is not None}}


def _sheet(here: Area, plans: list[BuildingPlan]) -> Sheet:
    """Return the first building as a sheet, and how many of all of them are there already."""
    first = plans[0]
    units = tuple(str(number) for number in range(1, first.units + 1)) or ("",)
    floors = tuple(
        (
            floor,
            tuple(
                tuple(rules.room_number(floor, place) for place in range(1, first.doors_per_floor + 1)) for _ in units
            ),
        )
        for floor in range(first.floors, 0, -1)
    )
    known = places.buildings_of(here.path)
    there = sum(rules.building_key(plan.name) in known for plan in plans)
    return Sheet(first.name, units, first.doors_per_floor, floors, len(plans), sum(plan.doors for plan in plans), there)
