"""The indicators that hold now: those that are shipped, under the versions that this installation made of them."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from wangge.journal.counters import COUNTERS, PERSONS
from wangge.situation.cutoffs.models import IndicatorVersion
from wangge.situation.cutoffs.rules import Indicator, read_indicator

SHIPPED = Path(__file__).parent / "shipped"


@lru_cache(maxsize=1)
def shipped() -> dict[str, Indicator]:
    """Return the indicators that come with Wangge, by code in the order of their files."""
    rows: list[Any] = [row for file in sorted(SHIPPED.glob("*.json")) for row in msgspec.json.decode(file.read_bytes())]
    return {row["code"]: read_indicator(row) for row in rows}


def current() -> dict[str, Indicator]:
    """Return every indicator as it is defined now, by code, those taken out of use left out; one statement."""
    return {code: one for code, one in all_of_them().items() if one.active}


def all_of_them() -> dict[str, Indicator]:
    """Return every indicator as it is defined now, also those that are out of use; one statement."""
    found = dict(shipped())
    for row in IndicatorVersion.objects.order_by("version", "id"):
        found[row.code] = row.terms()
    return found


def versions(code: str) -> list[IndicatorVersion]:
    """Return the versions that this installation made of an indicator, the latest first."""
    return list(IndicatorVersion.objects.filter(code=code).order_by("-version"))


def sets_of(indicators: Iterable[Indicator]) -> dict[str, list[Indicator]]:
    """Return the sets in which indicators are reported together, by code."""
    found: dict[str, list[Indicator]] = {}
    for one in indicators:
        for code in one.sets:
            found.setdefault(code, []).append(one)
    return found


def countable() -> dict[str, str]:
    """Return the counters that an indicator may stand on, and their kind; persons counted once a day add up to none."""
    return {code: counter.kind for code, counter in COUNTERS.items() if counter.kind != PERSONS}
