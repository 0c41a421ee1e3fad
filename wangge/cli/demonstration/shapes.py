"""The map of the invented township: outlines that fit together, a sheet with the estate's buildings, gates."""

from collections.abc import Iterator, Sequence
from random import Random
from typing import TYPE_CHECKING

from wangge.cli import starting

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer

Spot = tuple[float, float]
SEED = 4
WEST, SOUTH, WIDE, HIGH = 118.62, 35.79, 0.030, 0.021
"""Where the mesh of villages begins, and how large one of them is, in degrees."""
COLUMNS, SIDES = 5, 5
SHEET_EDGE, GAP = 60, 40
POINTS = (
    ("gate", "东门", "7:00-22:00", 1165.0, 420.0),
    ("closed_road", "西门", "走东门", 35.0, 420.0),
    ("office", "社区办公室", "7:30-20:00", 600.0, 795.0),
)
HOUSE_WIDE, HOUSE_HIGH = 118.0, 66.0


def draw_township(actor: "Viewer", community: int, villages: Sequence[int], grids: Sequence[int]) -> None:
    """Draw the outlines of the community and the villages, and the community's grids and buildings on a blank sheet."""
    from wangge.flows import maps
    from wangge.places.commands import WantedPoint
    from wangge.places.shapes.points import PointKind

    places = list(villages)
    places.insert(len(places) // 2, community)
    for area, ring in zip(places, _mesh(len(places)), strict=True):
        maps.set_shape(stamp=starting.stamp(), actor=actor, area=area, plan=None, rings=[ring])
    plan = maps.set_plan(stamp=starting.stamp(), actor=actor, area=community, content=b"")
    _estate(actor, plan, grids)
    for kind, name, note, x, y in POINTS:
        point = WantedPoint(uid=None, area=community, plan=plan, kind=PointKind(kind), name=name, note=note, x=x, y=y)
        maps.set_point(stamp=starting.stamp(), actor=actor, point=point)


def _mesh(count: int) -> Iterator[list[Spot]]:
    """Yield outlines in rows whose sides are shared, as borders are."""
    chance = Random(SEED)  # noqa: S311  (nothing secret)
    rows = -(-count // COLUMNS)
    corners = {
        (column, row): (
            WEST + (column + chance.uniform(-0.27, 0.27)) * WIDE,
            SOUTH + (row + chance.uniform(-0.27, 0.27)) * HIGH,
        )
        for row in range(rows + 1)
        for column in range(COLUMNS + 1)
    }

    def side(start: tuple[int, int], end: tuple[int, int]) -> list[Spot]:
        first, last = sorted((start, end))
        bends = Random(f"{first}{last}")  # noqa: S311  (nothing secret)
        (x, y), (nx, ny) = corners[first], corners[last]
        line = [
            (
                x + (nx - x) * step / SIDES + (bends.uniform(-0.05, 0.05) * WIDE if 0 < step < SIDES else 0),
                y + (ny - y) * step / SIDES + (bends.uniform(-0.05, 0.05) * HIGH if 0 < step < SIDES else 0),
            )
            for step in range(SIDES + 1)
        ]
        return (line if first == start else line[::-1])[:-1]

    for number in range(count):
        at = (number % COLUMNS, number // COLUMNS)
        around = [at, (at[0] + 1, at[1]), (at[0] + 1, at[1] + 1), (at[0], at[1] + 1)]
        yield [spot for start, end in zip(around, [*around[1:], at], strict=True) for spot in side(start, end)]


def _estate(actor: "Viewer", plan: int, grids: Sequence[int]) -> None:
    """Draw grids as blocks beside each other, each as wide as its rows of buildings need."""
    from wangge.flows import maps
    from wangge.places import queries
    from wangge.places.rules import natural

    found = {area.id: area for area in queries.areas_by_id(grids).values()}
    houses = [
        sorted(queries.descend(found[grid].path, "building"), key=lambda one: natural(one.name)) for grid in grids
    ]
    rows = 6
    columns = [-(-len(inside) // rows) for inside in houses]
    unit = (1200 - 2 * SHEET_EDGE - GAP * (len(grids) - 1)) / sum(columns)
    left = float(SHEET_EDGE)
    for grid, inside, wide in zip(grids, houses, columns, strict=True):
        right = left + unit * wide
        block = [(left, 90.0), (right, 90.0), (right, 750.0), (left, 750.0)]
        maps.set_shape(stamp=starting.stamp(), actor=actor, area=grid, plan=plan, rings=[block])
        for number, house in enumerate(inside):
            x = left + unit * (number % wide + 0.5)
            y = 90 + 110 * (number // wide + 0.5)
            ring = [
                (x - HOUSE_WIDE / 2, y - HOUSE_HIGH / 2), (x + HOUSE_WIDE / 2, y - HOUSE_HIGH / 2),
                (x + HOUSE_WIDE / 2, y + HOUSE_HIGH / 2), (x - HOUSE_WIDE / 2, y + HOUSE_HIGH / 2),
            ]  # fmt: skip
            maps.set_shape(stamp=starting.stamp(), actor=actor, area=house.id, plan=plan, rings=[ring])
        left = right + GAP
