"""The divisions that are shipped: from the provinces down to the townships."""

import csv
import gzip
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parent / "china_to_township.csv.gz"

# Names of the statistical office for "directly below": places on no map, kept in the tree and hidden from view.
FILLERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")
FILLER_ENDING = "直辖村级区划"


@dataclass(frozen=True, slots=True)
class Division:
    """One administrative division; ``parent`` is the code above, empty for a province."""

    code: str
    name: str
    level: str
    parent: str

    @property
    def is_filler(self) -> bool:
        """Whether it only stands for "directly below"."""
        return (self.level == "prefecture" and self.name in FILLERS) or self.name.endswith(FILLER_ENDING)


# Provinces whose townships are not shipped, by their codes of GB/T 2260.
WITHOUT_TOWNSHIPS = {
    "710000000000": "台湾省", "810000000000": "香港特别行政区", "820000000000": "澳门特别行政区",
}  # fmt: skip


@lru_cache(maxsize=1)
def provinces_and_prefectures() -> dict[str, Division]:
    """Return the upper two levels by code, without the rest of the file in memory."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as lines:
        rows = [Division(**row) for row in csv.DictReader(lines) if row["level"] in ("province", "prefecture")]
    rows += [Division(code, name, "province", "") for code, name in WITHOUT_TOWNSHIPS.items()]
    return {row.code: row for row in rows}


@lru_cache(maxsize=1)
def shipped() -> dict[str, Division]:
    """Return the shipped divisions by code."""
    with gzip.open(FILE, "rt", encoding="utf-8", newline="") as lines:
        return {row["code"]: Division(**row) for row in csv.DictReader(lines)}


def chain(code: str) -> list[Division]:
    """Return the division of that code and those above it, the province first; empty when it is not shipped."""
    found = shipped().get(code)
    return [*chain(found.parent), found] if found else []
