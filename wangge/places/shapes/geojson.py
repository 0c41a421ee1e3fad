"""Reading a GeoJSON FeatureCollection (RFC 7946): what can be drawn, and what is wrong with the rest, by feature."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any

import msgspec

from wangge.kernel.refused import Refused
from wangge.places.shapes.geometry import Polygon, Ring, Shape

LARGEST = 16 * 1024 * 1024
MOST_FEATURES = 5_000
MOST_CORNERS = 300_000
WORDS_MOST = 100
DIGITS = 7
"""Decimals of a degree that are kept: a centimetre on the ground."""
NAME_KEYS = (
    "name", "mc", "名称", "网格名称", "区域名称", "社区名称", "村名", "楼栋", "楼号", "xzqmc", "title", "label", "grid",
    "building", "community", "village",
)  # fmt: skip
CODE_KEYS = (
    "code",
    "编码",
    "代码",
    "网格编码",
    "区划代码",
    "行政区划代码",
    "adcode",
    "xzqdm",
    "dm",
    "external_code",
    "id",
)
IN_DEGREES = ("4326", "crs84", "4490", "4979", "wgs84", "wgs 84", "cgcs2000")


@dataclass(frozen=True, slots=True)
class Feature:
    """One shape of a file: its place in it from 1, its words, and where it lies."""

    number: int
    name: str
    code: str
    words: tuple[str, ...]
    shape: Shape


@dataclass(frozen=True, slots=True)
class FeatureFault:
    """A feature that cannot be drawn, and why (a code of ``maps.fault``)."""

    number: int
    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a file holds."""

    features: tuple[Feature, ...]
    faults: tuple[FeatureFault, ...]


class _Faulty(Exception):
    """A feature that cannot be drawn; its argument says why."""


def read_features(content: bytes) -> Reading:
    """Return the shapes of a file; refused when it is none, holds none, or holds too many or too fine ones."""
    if len(content) > LARGEST:
        raise Refused("places.shapes_too_big", limit=LARGEST // 1024 // 1024)
    data = _collection(content)
    if len(data) > MOST_FEATURES:
        raise Refused("places.shapes_too_many", limit=MOST_FEATURES)
    features: list[Feature] = []
    faults: list[FeatureFault] = []
    left = MOST_CORNERS
    for number, raw in enumerate(data, start=1):
        properties = raw.get("properties") if isinstance(raw, Mapping) else None
        words = dict(_words(properties if isinstance(properties, Mapping) else {}))
        name, code = _first(words, NAME_KEYS), _first(words, CODE_KEYS)
        try:
            shape = _shape(raw.get("geometry") if isinstance(raw, Mapping) else None)
        except _Faulty as fault:
            faults.append(FeatureFault(number, name or code, str(fault)))
            continue
        left -= sum(len(ring) for polygon in shape for ring in polygon)
        if left < 0:
            raise Refused("places.shapes_too_fine", limit=MOST_CORNERS)
        features.append(Feature(number, name, code, tuple(dict.fromkeys(words.values())), shape))
    if not features and not faults:
        raise Refused("places.shapes_none")
    return Reading(tuple(features), tuple(faults))


def _collection(content: bytes) -> list[Any]:
    """Return the features of a file; a single feature stands for a collection of one."""
    try:
        data = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"))
    except (msgspec.DecodeError, RecursionError):
        raise Refused("places.shapes_unreadable") from None
    if not isinstance(data, dict):
        raise Refused("places.shapes_no_collection")
    crs = data.get("crs")
    named = str(crs.get("properties", {}).get("name", "")).casefold() if isinstance(crs, dict) else ""
    if named and not any(known in named for known in IN_DEGREES):
        raise Refused("places.shapes_projected")
    if data.get("type") == "Feature":
        return [data]
    features = data.get("features")
    if data.get("type") != "FeatureCollection" or not isinstance(features, list):
        raise Refused("places.shapes_no_collection")
    return features


def _words(properties: Mapping[Any, Any]) -> Iterator[tuple[str, str]]:
    """Yield the properties that may name an area, cut to what a name can be."""
    for key, value in properties.items():
        if isinstance(value, str | int) and not isinstance(value, bool) and str(value).strip():
            yield str(key).strip().casefold(), str(value).strip()[:WORDS_MOST]


def _first(words: Mapping[str, str], keys: tuple[str, ...]) -> str:
    return next((words[key] for key in keys if key in words), "")


def _shape(geometry: object) -> Shape:
    if not isinstance(geometry, Mapping):
        raise _Faulty("no_geometry")
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    if kind not in ("Polygon", "MultiPolygon"):
        raise _Faulty("not_polygon")
    polygons = [coordinates] if kind == "Polygon" else coordinates
    if not isinstance(polygons, list) or not polygons:
        raise _Faulty("no_geometry")
    return [_polygon(polygon) for polygon in polygons]


def _polygon(rings: object) -> Polygon:
    if not isinstance(rings, list) or not rings:
        raise _Faulty("no_geometry")
    return [_ring(ring) for ring in rings]


def _ring(spots: object) -> Ring:
    if not isinstance(spots, list):
        raise _Faulty("bad_coordinate")
    ring: Ring = []
    for spot in spots:
        if not isinstance(spot, list) or len(spot) < 2:
            raise _Faulty("bad_coordinate")
        x, y = spot[0], spot[1]
        if (
            isinstance(x, bool)
            or isinstance(y, bool)
            or not isinstance(x, int | float)
            or not isinstance(y, int | float)
        ):
            raise _Faulty("bad_coordinate")
        if not isfinite(x) or not isfinite(y):
            raise _Faulty("bad_coordinate")
        if abs(x) > 180 or abs(y) > 90:
            raise _Faulty("not_degrees")
        at = (round(float(x), DIGITS), round(float(y), DIGITS))
        if not ring or ring[-1] != at:
            ring.append(at)
    if len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    if len(set(ring)) < 3:
        raise _Faulty("too_few_corners")
    return ring
