"""The drawing of a map: outlines and points in units of a sheet that is always a thousand wide."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, radians
from uuid import UUID

from wangge.places.queries import Outline, PlanSheet, Point
from wangge.places.shapes.geometry import Box, Ring, Shape, Spot, box_of, corners

WIDTH, LOWEST, HIGHEST, EDGE = 1000.0, 380.0, 700.0, 24.0
FINE_FROM = 20_000
"""Corners from which on those are left out that lie closer together than a screen shows."""
CLOSE = 1.2
SIGN_WIDTH = 0.62
"""How wide a figure is drawn, as a part of its height."""
WIDE_FROM = 0x2E80


@dataclass(frozen=True, slots=True)
class Sheet:
    """How coordinates become units of the drawing: (value - origin) * factor; and how large the drawing is."""

    width: float
    height: float
    x0: float
    y0: float
    kx: float
    ky: float
    digits: int

    def at(self, spot: Spot) -> Spot:
        """Return where a spot is drawn."""
        return (spot[0] - self.x0) * self.kx, (spot[1] - self.y0) * self.ky


@dataclass(frozen=True, slots=True)
class Drawn:
    """One outline: its path, where its number stands, the largest type in which it fits, alone and below a name."""

    d: str
    x: float
    y: float
    fit: float
    name_fit: float


@dataclass(frozen=True, slots=True)
class Spotted:
    """A point where it is drawn."""

    uid: UUID
    kind: str
    name: str
    note: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Underlay:
    """Where the picture of a plan lies in the drawing."""

    x: float
    y: float
    width: float
    height: float
    picture: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything that is drawn: the sheet, the plan below, outlines by area, the area's own outline, points."""

    sheet: Sheet
    underlay: Underlay | None
    outlines: dict[int, Drawn]
    around: str
    points: tuple[Spotted, ...]


def drawing_of(
    *,
    outlines: Mapping[int, Outline],
    around: Shape,
    points: Sequence[Point],
    plan: PlanSheet | None,
    words: Mapping[int, tuple[str, str]],
) -> Drawing | None:
    """Return the drawing, None where there is nothing to draw on; ``words`` are name and number of each outline."""
    sheet = _of_plan(plan) if plan else _of_ground(outlines.values(), around, points)
    if sheet is None:
        return None
    total = sum(len(ring) for one in outlines.values() for polygon in one.shape for ring in polygon)
    coarse = total > FINE_FROM
    return Drawing(
        sheet=sheet,
        underlay=_underlay(plan, sheet) if plan else None,
        outlines={id_: _drawn(one, sheet, words[id_], coarse) for id_, one in outlines.items()},
        around=path_of(around, sheet, False) if around else "",
        points=tuple(Spotted(one.uid, one.kind, one.name, one.note, *sheet.at((one.x, one.y))) for one in points),
    )


def _of_plan(plan: PlanSheet) -> Sheet:
    scale = min(WIDTH / plan.width, WIDTH / plan.height)
    aside = (WIDTH / scale - plan.width) / 2
    return Sheet(WIDTH, plan.height * scale, -aside, 0.0, scale, scale, 0)


def _of_ground(outlines: Iterable[Outline], around: Shape, points: Iterable[Point]) -> Sheet | None:
    """Return a sheet that holds everything, as large as it goes; a degree of longitude shrinks towards the poles."""
    spots = [spot for one in outlines for spot in ((one.box.west, one.box.south), (one.box.east, one.box.north))]
    spots += [*corners(around), *((one.x, one.y) for one in points)]
    if not spots:
        return None
    box = box_of(spots)
    level = max(0.05, cos(radians((box.south + box.north) / 2)))
    wide, high = max((box.east - box.west) * level, 1e-4), max(box.north - box.south, 1e-4)
    scale = min((WIDTH - 2 * EDGE) / wide, (HIGHEST - 2 * EDGE) / high)
    height = max(LOWEST, high * scale + 2 * EDGE)
    return Sheet(
        width=WIDTH,
        height=height,
        x0=_middle(box)[0] - WIDTH / 2 / (scale * level),
        y0=_middle(box)[1] + height / 2 / scale,
        kx=scale * level,
        ky=-scale,
        digits=6,
    )


def _middle(box: Box) -> Spot:
    return (box.west + box.east) / 2, (box.south + box.north) / 2


def _underlay(plan: PlanSheet, sheet: Sheet) -> Underlay:
    x, y = sheet.at((0.0, 0.0))
    return Underlay(x, y, plan.width * sheet.kx, plan.height * sheet.ky, bool(plan.media))


def _drawn(one: Outline, sheet: Sheet, words: tuple[str, str], coarse: bool) -> Drawn:
    x, y = sheet.at(one.centre)
    width, height = one.room[0] * sheet.kx, one.room[1] * abs(sheet.ky)
    name, number = words
    fit = min(0.86 * width / max(_length(number), SIGN_WIDTH), 0.7 * height)
    name_fit = min(0.9 * width / max(_length(name), SIGN_WIDTH), 0.36 * height, fit)
    return Drawn(path_of(one.shape, sheet, coarse), x, y, fit, name_fit)


def _length(text: str) -> float:
    """Return how long a text is drawn, in heights of its type: a Chinese character is as wide as high."""
    return sum(1.0 if ord(sign) >= WIDE_FROM else SIGN_WIDTH for sign in text)


def path_of(shape: Shape, sheet: Sheet, coarse: bool) -> str:
    """Return the outline of a shape as the path of a drawing; a coarse one without corners that lie close together."""
    x0, y0, kx, ky = sheet.x0, sheet.y0, sheet.kx, sheet.ky
    parts = []
    for polygon in shape:
        for ring in polygon:
            at = [((x - x0) * kx, (y - y0) * ky) for x, y in ring]
            parts.append("M" + "L".join([f"{x:.1f} {y:.1f}" for x, y in (_apart(at) if coarse else at)]) + "Z")
    return "".join(parts)


def _apart(ring: Ring) -> Ring:
    """Return a ring without corners that lie too close to the one before."""
    kept = [ring[0]]
    last_x, last_y = ring[0]
    for x, y in ring[1:]:
        if abs(x - last_x) + abs(y - last_y) >= CLOSE:
            kept.append((x, y))
            last_x, last_y = x, y
    return kept if len(kept) >= 3 else ring[:3]
