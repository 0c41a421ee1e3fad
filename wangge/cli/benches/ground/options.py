"""What a bench is told."""

import time
from dataclasses import dataclass, field
from typing import Literal

Database = Literal["sqlite", "postgres"]
LONGEST_SECONDS = 400.0


@dataclass(frozen=True, slots=True)
class Options:
    """The database to measure, how many residents to invent, how many people a sheet holds (None: the
    bench's own default), and when it began."""

    db: Database = "sqlite"
    residents: int | None = None
    people: int | None = None
    began: float = field(default_factory=time.monotonic)

    @property
    def seconds_left(self) -> float:
        """How long the bench may go on, so that it ends within eight minutes with start and clean-up."""
        return LONGEST_SECONDS - (time.monotonic() - self.began)
