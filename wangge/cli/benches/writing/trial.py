"""What the writers of ``bench journal`` write: invented visits at doors, as a worker's phone sends them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from uuid import UUID

from wangge.cli.benches.writing.shape import RESIDENTS_A_GRID
from wangge.journal.commanding import command
from wangge.journal.counters import FLOW, PERSONS, Counter, register_counter
from wangge.journal.kinds import Kind, register_kind
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.ids import uuid7
from wangge.kernel.stamps import Stamp

KIND = "bench.door_visited"
VISITS, DONE, SEEN = "bench_visits", "bench_doors_done", "bench_persons_seen"
Visit = tuple[UUID, UUID]
"""A visit's household and the one person met."""


class Worker:
    """Whoever sends the visits."""

    def __init__(self, number: int) -> None:
        self.number = number


def register() -> None:
    """Make the kind and the counters of the bench known in this process."""
    register_kind(Kind(KIND))
    register_counter(Counter(VISITS, FLOW, "number"))
    register_counter(Counter(DONE, FLOW, "number"))
    register_counter(Counter(SEEN, PERSONS, "number"))


@command
def send_visits(*, stamp: Stamp, actor: Worker, path: str, visits: Sequence[Visit]) -> int:
    """Record visits in one grid and return how many."""
    record(stamp=stamp, actor=actor, entries=entries(path, visits))
    return len(visits)


def entries(path: str, visits: Sequence[Visit]) -> list[Entry]:
    """Return the line of each visit."""
    return [
        Entry(
            KIND,
            path,
            {"household": str(household), "state": "done", "seen": 1},
            (Count(VISITS, path, 1), Count(DONE, path, 1), Count(SEEN, path, 1, person=person)),
            subject=household,
        )
        for household, person in visits
    ]


def invent(random: Random, residents: int, size: int) -> tuple[str, list[Visit]]:
    """Return a grid's path, of as many grids as the residents fill, and visits in it to people not met before."""
    grid = random.randrange(max(1, residents // RESIDENTS_A_GRID))
    return f"1.{1 + grid // 25}.{100_000 + grid}.", [(uuid7(), uuid7()) for _ in range(size)]


def stamp(source: str) -> Stamp:
    """Return a stamp of now with a key of its own."""
    now = datetime.now(UTC)
    return Stamp(key=str(uuid7()), source=source, at=now, received_at=now, zone="Asia/Shanghai", channel="phone")
