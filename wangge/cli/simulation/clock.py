"""The clock of an invented town: its stamps, and ids that are the same for the same seed."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID, uuid4

from wangge.kernel.stamps import Stamp

SOURCE = "simulation"


@dataclass(slots=True)
class Clock:
    """What time it is in the invented town; every command of its building takes a second."""

    zone: str
    now: datetime
    random: Random
    _made: int = field(default=0)

    def tick(self) -> Stamp:
        """Return the stamp of the next command."""
        self.now += timedelta(seconds=1)
        return self.stamp(self.now)

    def stamp(self, received_at: datetime) -> Stamp:
        """Return the stamp of a command that the server gets at an instant."""
        return Stamp(
            key=str(uuid4()), source=SOURCE, at=received_at, received_at=received_at, zone=self.zone, channel="cli"
        )

    def new_id(self) -> UUID:
        """Return an id in the form of a UUID 7; later ones are larger."""
        self._made += 1
        at_ms = int(self.now.timestamp() * 1000)
        # 12 bits beside the time and the first 32 behind it count on, so that ids of one moment stay in order
        count = (self._made >> 32 & 0xFFF) << 64 | 0b10 << 62 | (self._made & 0xFFFFFFFF) << 30
        return UUID(int=(at_ms & 0xFFFFFFFFFFFF) << 80 | 0x7 << 76 | count | self.random.getrandbits(30))
