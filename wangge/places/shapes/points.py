"""Points on a map, and where points and corners may lie."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from wangge.kernel.refused import Refused
from wangge.places.shapes.geometry import Ring, Shape, Spot, area_of

BLANK_WIDTH, BLANK_HEIGHT = 1200, 840
CORNERS_MOST = 2_000
POINTS_MOST = 500
"""Points on the map of one area."""


class PointKind(StrEnum):
    """What a point is."""

    GATE = "gate"
    CLOSED_ROAD = "closed_road"
    OFFICE = "office"


@dataclass(frozen=True, slots=True)
class Extent:
    """Where coordinates may lie: on the ground, or on a plan of so many dots."""

    west: float
    south: float
    east: float
    north: float
    digits: int

    def holds(self, spot: Spot) -> bool:
        """Tell whether a spot lies in it."""
        x, y = spot
        return isfinite(x) and isfinite(y) and self.west <= x <= self.east and self.south <= y <= self.north


GROUND = Extent(-180.0, -90.0, 180.0, 90.0, 7)


def extent_of_plan(width: int, height: int) -> Extent:
    """Return where coordinates on a plan may lie: whole dots."""
    return Extent(0.0, 0.0, float(width), float(height), 0)


def read_rings(text: str) -> list[Ring]:
    """Return the rings that somebody typed: a corner a line, ``x, y``, an empty line before the next ring.

    Refused with the number of the first line that is no pair of numbers.
    """
    rings: list[Ring] = [[]]
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            rings.append([])
            continue
        parts = line.translate(SEPARATORS).split()
        try:
            x, y = (float(part) for part in parts)
        except ValueError:
            raise Refused("places.corner_unreadable", line=number) from None
        rings[-1].append((x, y))
    return [ring for ring in rings if ring]


SEPARATORS = str.maketrans(",;，；、\t", "      ")


def write_rings(shape: Shape, digits: int) -> str:
    """Return a shape as people type it, each outline and each hole a ring."""
    rings = [ring for polygon in shape for ring in polygon]
    return "\n\n".join("\n".join(f"{_number(x, digits)}, {_number(y, digits)}" for x, y in ring) for ring in rings)


def _number(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else str(round(value))


def shape_of(rings: Iterable[Ring], extent: Extent) -> Shape:
    """Return the shape of drawn rings, one inside another being a hole in it; refused when it cannot be drawn."""
    found: Shape = []
    taken = sorted((_checked(ring, extent) for ring in rings), key=lambda ring: -abs(area_of(ring)))
    if not taken:
        raise Refused("places.shape_empty")
    if sum(len(ring) for ring in taken) > CORNERS_MOST:
        raise Refused("places.shape_too_fine", limit=CORNERS_MOST)
    for ring in taken:
        home = next((polygon for polygon in found if _inside(ring[0], polygon[0])), None)
        if home is None:
            found.append([ring])
        else:
            home.append(ring)
    return found


def _checked(ring: Ring, extent: Extent) -> Ring:
    """Return a ring with its numbers rounded and no corner twice in a row."""
    kept: Ring = []
    for x, y in ring:
        if not extent.holds((x, y)):
            raise Refused("places.corner_outside", x=f"{x:g}", y=f"{y:g}")
        at = (round(x, extent.digits), round(y, extent.digits))
        if not kept or kept[-1] != at:
            kept.append(at)
    if len(kept) > 1 and kept[0] == kept[-1]:
        kept.pop()
    if len(set(kept)) < 3 or not area_of(kept):
        raise Refused("places.corners_few")
    return kept


def _inside(spot: Spot, ring: Ring) -> bool:
    x, y = spot
    inside = False
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        if (ay > y) != (by > y) and x < ax + (y - ay) / (by - ay) * (bx - ax):
            inside = not inside
    return inside
