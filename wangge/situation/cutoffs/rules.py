"""What an indicator counts, what a cut-off may be, and what an increase is: pure decisions."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any

from wangge.kernel.periods import zone_of

UNITS = ("persons", "households", "doors", "visits", "person_times")
STOCK, FLOW = "stock", "flow"
LATEST = timedelta(hours=24)
ZERO_DAYS = 7
TIMES_MOST = 6
TEXT_MOST = 200
DEFAULT_TIMES = ("16:00", "18:00")
DEFAULT_SET = "liuzhou-01"
CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}\Z")
PREFIX = re.compile(r"(?:\d{2}){1,3}(?:0{6})?\Z")

Numbers = dict[str, int]


class Reported(StrEnum):
    """What is known of a community on a day: something was recorded, it said that there is nothing, or it is silent."""

    REPORTED = "reported"
    ZERO = "zero"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Source:
    """Where an indicator's number comes from: standing flags by reason and origin, or a counter of the journal.

    ``include`` and ``exclude`` are beginnings of division codes; without ``include`` every origin counts, and none.
    """

    flags: tuple[str, ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    counter: str = ""

    def matches(self, reason: str, origin: str) -> bool:
        """Tell whether a standing flag is counted."""
        if reason not in self.flags or origin.startswith(tuple(stem(one) for one in self.exclude)):
            return False
        return not self.include or origin.startswith(tuple(stem(one) for one in self.include))


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """One number that somebody asks for: what it counts, who asks, and what it is used for.

    Without ``source`` it cannot be attained yet: it is not asked, which is not nought.
    """

    code: str
    unit: str
    kind: str
    sets: tuple[str, ...]
    source: Source | None
    use: str
    owner: str
    name: str = ""
    version: int = 0
    active: bool = True


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator of an area on a day; None is not asked, or no cut-off before to compare with."""

    indicator: str
    stock: int | None
    change: int | None


def stem(prefix: str) -> str:
    """Return a division code without the pairs of noughts behind it: 420100 is 4201, 421000 stays 4210."""
    while len(prefix) > 2 and prefix.endswith("00"):
        prefix = prefix[:-2]
    return prefix


def read_indicator(said: Mapping[str, Any], version: int = 0) -> Indicator:
    """Return the indicator that a JSON object describes."""
    source = said.get("source")
    return Indicator(
        code=said["code"],
        unit=said["unit"],
        kind=said["kind"],
        sets=tuple(said["sets"]),
        source=read_source(source) if source else None,
        use=said["use"],
        owner=said["owner"],
        name=said.get("name", ""),
        version=version,
    )


def read_source(said: Mapping[str, Any]) -> Source:
    """Return the source that a JSON object describes."""
    return Source(
        tuple(said.get("flags", ())),
        tuple(said.get("from", ())),
        tuple(said.get("not_from", ())),
        said.get("counter", ""),
    )


def said_source(source: Source | None) -> dict[str, Any] | None:
    """Return a source as a JSON object, None for none."""
    if source is None:
        return None
    if source.counter:
        return {"counter": source.counter}
    return {"flags": list(source.flags), "from": list(source.include), "not_from": list(source.exclude)}


def indicator_fault(
    one: Indicator, reasons: Collection[str], counters: Mapping[str, str]
) -> tuple[str, dict[str, str]]:
    """Return the code and the facts of what is wrong with an indicator, empty when it will do.

    ``counters`` maps the counters that may be a source to their kind.
    """
    if not CODE.match(one.code) or not all(CODE.match(code) for code in one.sets):
        return "cutoffs.code_unreadable", {}
    for field in ("use", "owner"):
        if not getattr(one, field).strip():
            return "cutoffs.text_missing", {"field": field}
    for field, value, known in (("unit", one.unit, UNITS), ("kind", one.kind, (STOCK, FLOW))):
        if value not in known:
            return "cutoffs.choice_unreadable", {"field": field, "value": value}
    return _source_fault(one, reasons, counters) if one.source else ("", {})


def _source_fault(one: Indicator, reasons: Collection[str], counters: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    source = one.source
    assert source is not None
    if bool(source.counter) == bool(source.flags):
        return "cutoffs.source_missing", {}
    for prefix in (*source.include, *source.exclude):
        if not PREFIX.match(prefix):
            return "cutoffs.prefix_unreadable", {"value": prefix}
    for reason in source.flags:
        if reason not in reasons:
            return "cutoffs.choice_unreadable", {"field": "flags", "value": reason}
    if source.counter and source.counter not in counters:
        return "cutoffs.choice_unreadable", {"field": "counter", "value": source.counter}
    counted = counters[source.counter] if source.counter else STOCK
    return ("", {}) if counted == one.kind else ("cutoffs.counted_elsewhere", {})


def read_times(text: str) -> list[str]:
    """Return the hours in a text such as ``16:00, 18:00``, sorted, each once; ``ValueError`` names what is none."""
    found = set()
    for part in re.split(r"[,，、;；\s]+", text.strip()):
        if part:
            found.add(read_time(part).strftime("%H:%M"))
    return sorted(found)


def read_time(text: str) -> time:
    """Return the hour and minute of a text such as 18:00 or 9:30; ``ValueError`` with the text for any other."""
    parts = re.fullmatch(r"(\d{1,2})[:：](\d{2})", text.strip())
    if not parts or int(parts[1]) > 23 or int(parts[2]) > 59:
        raise ValueError(text)
    return time(int(parts[1]), int(parts[2]))


def instant_of(on: date, at: time, zone: str) -> datetime:
    """Return the instant (UTC) of a local day and hour."""
    return datetime.combine(on, at, zone_of(zone)).astimezone(UTC)


def cutoff_fault(cutoff: datetime, now: datetime, taken_after: bool) -> str:
    """Return the code of why a cut-off cannot be taken now, empty when it can: in order, within a day."""
    if cutoff > now:
        return "cutoffs.not_yet"
    if now - cutoff > LATEST:
        return "cutoffs.too_long_ago"
    return "cutoffs.later_taken" if taken_after else ""


def changes(numbers: Mapping[str, int], before: Mapping[str, int] | None) -> Numbers:
    """Return stock minus stock for every indicator that both hold; nothing at the first cut-off."""
    return {code: value - before[code] for code, value in numbers.items() if code in before} if before else {}


def counted(indicators: Sequence[Indicator], reason: str, origin: str, number: int) -> Numbers:
    """Return what so many standing flags of one reason and origin add to each indicator."""
    return {one.code: number for one in indicators if one.source and one.source.matches(reason, origin)}
