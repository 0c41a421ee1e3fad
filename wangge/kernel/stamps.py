"""What accompanies every command: who sent it once, when it happened, when it came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Literal

from wangge.kernel.periods import local_day

Channel = Literal["desk", "phone", "import", "cli", "worker"]

MOST_AHEAD = timedelta(minutes=10)
OLDEST = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """The circumstances of one command.

    ``source`` and ``key`` together are sent once: the same pair with the same bytes gets the first answer again.
    ``at`` is when it happened as claimed, ``received_at`` when the server got it, both aware UTC.
    ``zone`` is the installation's IANA zone; ``clock`` the hybrid clock of the edit; ``base`` maps a field to the
    clock of the value that the writer saw.
    """

    key: str
    source: str
    at: datetime
    received_at: datetime
    zone: str
    channel: Channel
    clock: str = ""
    base: Mapping[str, str] = field(default_factory=dict)

    def counted_at(self, at: datetime | None = None) -> datetime:
        """Return the instant on whose local day a fact counts.

        A claim over ten minutes ahead or over thirty days old counts when it was received.
        """
        claimed = self.at if at is None else at
        if claimed > self.received_at + MOST_AHEAD or claimed < self.received_at - OLDEST:
            return self.received_at
        return claimed

    @property
    def day(self) -> date:
        """The local day of ``at`` as claimed."""
        return local_day(self.at, self.zone)

    @property
    def counted_day(self) -> date:
        """The local day on which facts of this command count."""
        return local_day(self.counted_at(), self.zone)
