"""Polygons as nested lists: a shape is a list of polygons, a polygon an outer ring and its holes, a ring its corners.

Rings are kept open: the last corner is not the first one again. Coordinates are pairs (x, y) in degrees of longitude
and latitude, or in dots of a plan with y growing downwards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import hypot

Spot = tuple[float, float]
Ring = list[Spot]
Polygon = list[Ring]
Shape = list[Polygon]

DETAIL = 800
"""How many steps of detail the diagonal of a thinned shape has: what a screen shows of it."""


@dataclass(frozen=True, slots=True)
class Box:
    """The smallest upright rectangle around something."""

    west: float
    south: float
    east: float
    north: float

    @property
    def diagonal(self) -> float:
        """How far it is from corner to corner."""
        return hypot(self.east - self.west, self.north - self.south)


def box_of(spots: Iterable[Spot]) -> Box:
    """Return the box around some spots; ``ValueError`` without any."""
    xs, ys = zip(*spots, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def corners(shape: Shape) -> Iterable[Spot]:
    """Yield every corner of a shape."""
    return (spot for polygon in shape for ring in polygon for spot in ring)


def area_of(ring: Sequence[Spot]) -> float:
    """Return the area inside a ring, negative where it runs clockwise (shoelace formula)."""
    total = 0.0
    for (x, y), (nx, ny) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        total += x * ny - nx * y
    return total / 2


def centre_of(shape: Shape) -> Spot:
    """Return a spot inside the largest part of a shape: its centre of gravity, or the middle of a wide stretch."""
    largest = max(shape, key=lambda polygon: abs(area_of(polygon[0])))
    x, y = _gravity(largest[0])
    inside = [pair for pair in stretches(largest, y) if pair[0] <= x <= pair[1]]
    if inside:
        return x, y
    box = box_of(largest[0])
    rows = [y, *(box.south + (box.north - box.south) * share for share in (0.5, 0.3, 0.7, 0.15, 0.85))]
    wide = [(right - left, (left + right) / 2, row) for row in rows for left, right in stretches(largest, row)]
    if not wide:
        return x, y
    _, x, y = max(wide)
    return x, y


def _gravity(ring: Sequence[Spot]) -> Spot:
    """Return the centre of gravity of a ring; of a flat one the mean of its corners."""
    area = area_of(ring)
    if not area:
        return sum(x for x, _ in ring) / len(ring), sum(y for _, y in ring) / len(ring)
    # From its first corner, so that far-away coordinates lose no digits.
    ox, oy = ring[0]
    cx = cy = 0.0
    for (x, y), (nx, ny) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
        cross = (x - ox) * (ny - oy) - (nx - ox) * (y - oy)
        cx += (x + nx - 2 * ox) * cross
        cy += (y + ny - 2 * oy) * cross
    return ox + cx / (6 * area), oy + cy / (6 * area)


def stretches(polygon: Polygon, y: float) -> list[tuple[float, float]]:
    """Return the stretches of a level line that lie inside a polygon, from left to right."""
    cuts: list[float] = []
    for ring in polygon:
        for (x, at), (nx, nat) in zip(ring, (*ring[1:], *ring[:1]), strict=True):
            if (at > y) != (nat > y):
                cuts.append(x + (y - at) / (nat - at) * (nx - x))
    cuts.sort()
    return list(zip(cuts[::2], cuts[1::2], strict=False))


def room_at(shape: Shape, spot: Spot) -> tuple[float, float]:
    """Return how wide and how high a shape is through a spot inside it, 0 where it is not inside."""
    x, y = spot
    turned: Shape = [[[(b, a) for a, b in ring] for ring in polygon] for polygon in shape]
    width = height = 0.0
    for polygon, other in zip(shape, turned, strict=True):
        width = max([width, *(right - left for left, right in stretches(polygon, y) if left <= x <= right)])
        height = max([height, *(right - left for left, right in stretches(other, x) if left <= y <= right)])
    return width, height


def thinned(shape: Shape) -> Shape:
    """Return a shape without the corners that nobody sees at the size of a screen; holes that vanish go."""
    tolerance = box_of(corners(shape)).diagonal / DETAIL
    found: Shape = []
    for polygon in shape:
        outer = thin_ring(polygon[0], tolerance)
        holes = [thin_ring(hole, tolerance) for hole in polygon[1:] if box_of(hole).diagonal > 4 * tolerance]
        found.append([outer, *holes])
    return found


def thin_ring(ring: Ring, tolerance: float) -> Ring:
    """Return a ring without the corners that lie closer than ``tolerance`` to the line without them.

    Douglas and Peucker 1973, with a stack. At least three corners stay.
    """
    if len(ring) < 5:
        return ring
    # An open ring is cut where it is widest, so that neither end is thinned away.
    far = max(range(len(ring)), key=lambda n: hypot(ring[n][0] - ring[0][0], ring[n][1] - ring[0][1]))
    keep = {0, far}
    line = [*ring, ring[0]]
    waiting = [(0, far), (far, len(ring))]
    while waiting:
        first, last = waiting.pop()
        most, at = 0.0, 0
        for n in range(first + 1, last):
            away = _from_side(line[n], line[first], line[last])
            if away > most:
                most, at = away, n
        if most > tolerance:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    kept = [ring[n] for n in sorted(keep)]
    return kept if len(kept) >= 3 else ring[:: max(1, len(ring) // 4)]


def _from_side(spot: Spot, start: Spot, end: Spot) -> float:
    (x, y), (ax, ay), (bx, by) = spot, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = min(1.0, max(0.0, ((x - ax) * dx + (y - ay) * dy) / length)) if length else 0.0
    return hypot(x - ax - share * dx, y - ay - share * dy)
