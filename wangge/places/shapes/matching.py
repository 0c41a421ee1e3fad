"""Finding whose shape a feature is: by code, by name, by name and the name above."""

import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from wangge.places.shapes.geojson import Feature

CODE_LEAST = 6
MATCHED, UNKNOWN, SEVERAL = "matched", "unknown", "several"


@dataclass(frozen=True, slots=True)
class Candidate:
    """An area that may get a shape: what people call it, and the names above it, the nearest first."""

    id: int
    name: str
    code: str
    external_code: str
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """What was found for a feature: the one area, several that may be meant, or none."""

    feature: Feature
    state: str
    areas: tuple[Candidate, ...]


def match(features: Sequence[Feature], candidates: Sequence[Candidate]) -> list[Match]:
    """Return for each feature which area it is the shape of.

    A code of the area decides, whatever property it stands in; a short one only in a property of codes. Else the name
    does; where several areas have it, those whose area above is named by another property of the feature are meant.
    What is not certain is left to people.
    """
    by_code: dict[str, list[Candidate]] = defaultdict(list)
    by_name: dict[str, list[Candidate]] = defaultdict(list)
    for one in candidates:
        for code in {one.code, one.external_code} - {""}:
            by_code[plain(code)].append(one)
        by_name[plain(one.name)].append(one)
    return [_of(feature, by_code, by_name) for feature in features]


def _of(feature: Feature, by_code: dict[str, list[Candidate]], by_name: dict[str, list[Candidate]]) -> Match:
    for word in [feature.code, *(word for word in feature.words if len(word) >= CODE_LEAST)]:
        found = _coded(plain(word), by_code)
        if found:
            return Match(feature, MATCHED if len(found) == 1 else SEVERAL, tuple(found))
    said = {plain(word) for word in feature.words}
    for word in (feature.name, *feature.words):
        found = by_name.get(plain(word), []) if word else []
        if len(found) > 1:
            found = [one for one in found if said.intersection(plain(name) for name in one.above)] or found
        if found:
            return Match(feature, MATCHED if len(found) == 1 else SEVERAL, tuple(found))
    return Match(feature, UNKNOWN, ())


def _coded(word: str, by_code: dict[str, list[Candidate]]) -> list[Candidate]:
    """Return the areas of a code; national lists leave out the zeros behind it."""
    if word in by_code:
        return by_code[word]
    return by_code.get(word.ljust(12, "0"), []) if word.isdecimal() and len(word) in (6, 9) else []


def plain(text: str) -> str:
    """Return a name as it is compared: width, case, blanks and a closing 栋 make no difference."""
    short = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    for ending in ("号楼", "栋", "幢", "座"):
        if short.endswith(ending) and len(short) > len(ending):
            return short.removesuffix(ending)
    return short
