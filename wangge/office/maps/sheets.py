"""On which sheet a page draws: a plan, or the ground; asked for by ``?sheet=``."""

from django.http import Http404
from django.urls import reverse

from wangge.office.viewing import Desk
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.queries import PlanSheet

READ, MANAGE = "board.read", "map.manage"
GROUND = "ground"


def plan_near(request: Desk, area: Area) -> PlanSheet | None:
    """Return the plan of an area, or the nearest one above that the viewer may see."""
    near = places.plans_around(area.path)
    return next((one for one in near if request.viewer.permits(READ, one.path)), None)


def chosen_sheet(request: Desk, area: Area) -> PlanSheet | None:
    """Return the plan that the page is asked to draw on, None for the ground.

    Without a wish it is the plan where there is one. ``Http404`` for a plan that is not there.
    """
    asked = request.GET.get("sheet", "")
    if asked == GROUND:
        return None
    near = plan_near(request, area)
    if asked and (near is None or asked != str(near.uid)):
        raise Http404
    return near


def sheet_query(plan: PlanSheet | None) -> str:
    """Return what asks for the same sheet again."""
    return f"?sheet={plan.uid if plan else GROUND}"


def map_address(area: Area, plan: PlanSheet | None) -> str:
    """Return the address of an area's map on the same sheet."""
    return reverse("map", args=[area.id]) + sheet_query(plan)


def home_of(request: Desk, area: Area, plan: PlanSheet | None) -> Area:
    """Return the area on whose map an area is drawn: the plan's, or the one above it; itself where neither is seen."""
    if plan is not None:
        return places.areas([plan.path])[plan.path]
    above = places.crumbs(area)[-2:-1]
    return above[0] if above and request.viewer.permits(READ, above[0].path) else area
