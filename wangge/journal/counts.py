"""What a line adds to which counter."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Count:
    """What a line adds to a counter at a tally path; without ``day`` on the day its stamp counts on.

    Under a counter of persons it counts only when (person, day, counter) is new; -1 takes that back.
    """

    counter: str
    path: str
    delta: int
    day: date | None = None
    person: UUID | None = None
