"""Putting a map together: which areas, which numbers, on which sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wangge.access.viewing import Viewer, require
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.queries import PlanSheet
from wangge.places.rules import BUILDING_RANK
from wangge.situation.maps.counting import BUILDINGS, READ, Patch, Reached, areas_shown, counted
from wangge.situation.maps.drawing import Drawing, drawing_of
from wangge.situation.maps.steps import Step, step_of, steps_of


@dataclass(frozen=True, slots=True)
class AreaMap:
    """The map of an area on a day: its parts with their numbers, the legend, and the drawing where one can be made.

    ``whole`` adds the parts up. ``plan`` is the plan it is drawn on, None for the ground.
    """

    day: date
    counter: str
    whole: int
    patches: tuple[Patch, ...]
    steps: tuple[Step, ...]
    plan: PlanSheet | None
    drawing: Drawing | None

    @property
    def unplaced(self) -> int:
        """How many parts have no outline on this sheet."""
        drawn = self.drawing.outlines if self.drawing else {}
        return sum(patch.id not in drawn for patch in self.patches)


def area_map(
    *,
    viewer: Viewer,
    area: Area,
    level: str,
    counter: str,
    day: date,
    today: date,
    plan: PlanSheet | None,
    round: UUID | None = None,
) -> AreaMap:
    """Return the map of an area; refused where its board may not be read. ``round`` is for the counters of one."""
    require(viewer, READ, area.path)
    shown = areas_shown(area, level)
    numbers = counted(viewer=viewer, area=area, shown=shown, counter=counter, day=day, today=today, round=round)
    steps = steps_of(reached.value or 0 for reached in numbers.values())
    patches = tuple(_patch(row, numbers[row.path], steps) for row in shown)
    return AreaMap(
        day=day,
        counter=counter,
        whole=sum(patch.value or 0 for patch in patches),
        patches=patches,
        steps=steps,
        plan=plan,
        drawing=_drawing(area, patches, plan, level),
    )


def neighbours(*, home: Area, area: Area, plan: PlanSheet | None) -> tuple[Drawing | None, dict[int, str]]:
    """Return what one sees while an area is drawn, and names by id: the areas beside it, or all that is on the plan."""
    if plan and home.path == plan.path:
        drawn = list(places.areas_by_id(places.areas_on_plan(plan)).values())
    else:
        drawn = places.children(home)
    beside = [row for row in drawn if row.rank <= BUILDING_RANK and row.retired_at is None]
    named = {row.id: row.name for row in (*beside, area)}
    on = plan.id if plan else None
    drawing = drawing_of(
        outlines=places.outlines(named, on),
        around=[],
        points=places.points_inside(home.path, on),
        plan=plan,
        words={id_: (name, name) for id_, name in named.items()},
    )
    return drawing, named


def _drawing(area: Area, patches: Sequence[Patch], plan: PlanSheet | None, level: str) -> Drawing | None:
    """Draw the parts, and around them the area itself and, around buildings, their grids."""
    on = plan.id if plan else None
    parts = {patch.id for patch in patches}
    between = [row.id for row in places.children(area)] if level == BUILDINGS else []
    found = places.outlines([area.id, *between, *parts], on)
    around = [polygon for id_ in found.keys() - parts for polygon in found.pop(id_).shape]
    return drawing_of(
        outlines=found,
        around=around,
        points=places.points_inside(area.path, on),
        plan=plan,
        words={patch.id: (patch.name, f"{patch.value:,}" if patch.value is not None else "") for patch in patches},
    )


def _patch(row: Area, reached: Reached, steps: tuple[Step, ...]) -> Patch:
    return Patch(
        id=row.id,
        code=row.code,
        name=row.name,
        path=row.path,
        level=row.level,
        kind=row.kind,
        value=reached.value,
        step=step_of(reached.value or 0, steps),
        silent=reached.silent,
    )
