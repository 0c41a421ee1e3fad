"""Half-open periods and local days."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo


@lru_cache(maxsize=64)
def zone_of(name: str) -> ZoneInfo:
    """Return the time zone of that IANA name; ``ZoneInfoNotFoundError`` when there is none."""
    return ZoneInfo(name)


def local_day(at: datetime, zone: str) -> date:
    """Return the calendar day of the instant ``at`` (aware) in the zone."""
    return at.astimezone(zone_of(zone)).date()


def day_start(day: date, zone: str) -> datetime:
    """Return the instant (UTC) at which the local day begins."""
    return datetime.combine(day, time.min, zone_of(zone)).astimezone(UTC)


def day_bounds(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return the half-open bounds (UTC) of the local day, 23 to 25 hours apart where clocks change."""
    return day_start(day, zone), day_start(day + timedelta(days=1), zone)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` up to but without ``end``; without ``end`` it is open."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"a period cannot end ({self.end}) before it starts ({self.start})")

    def holds(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def meets(self, other: "Period") -> bool:
        """Tell whether the two periods share a day."""
        return (self.end is None or other.start < self.end) and (other.end is None or self.start < other.end)
