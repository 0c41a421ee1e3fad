"""A small room for trials: kinds, counters and commands that only tests know."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from uuid import UUID

from wangge.journal import sealing
from wangge.journal.commanding import command
from wangge.journal.counters import COUNTERS, FLOW, PERSONS, STOCK, Counter, register_counter
from wangge.journal.kinds import KINDS, Kind, register_kind
from wangge.journal.recording import Count, Entry, record
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp

DAY = date(2020, 2, 10)
SUBJECT = UUID(int=5)


class Someone:
    """Whoever acts in a trial."""

    number = 7


def register() -> None:
    """Make the kinds and counters of the trials known."""
    register_kind(Kind("trial.done"))
    register_kind(Kind("trial.secret_done", envelope="trial.health"))
    register_kind(Kind("trial.gate_passed", retention="passage"))
    for code, kind in (("knocks", FLOW), ("heads", STOCK), ("seen", PERSONS)):
        register_counter(Counter(code, kind, "number"))


@contextmanager
def registered() -> Iterator[None]:
    """Let the kinds and counters of the trials be known for a while."""
    counters, kinds = dict(COUNTERS), dict(KINDS)
    register()
    yield
    for registry, before in ((COUNTERS, counters), (KINDS, kinds)):
        registry.clear()
        registry.update(before)  # type: ignore[arg-type]


@command
def knock(*, stamp: Stamp, actor: Someone, times: int) -> int:
    """Knock so many times and return twice that; refused below zero, broken at thirteen."""
    if times < 0:
        note(stamp, 1)
        raise Refused("trial.backwards", times=times)
    if times == 13:
        raise ZeroDivisionError
    note(stamp, times)
    return times * 2


@command
def knock_at(*, stamp: Stamp, actor: Someone, path: str, persons: list[UUID]) -> int:
    """Knock once for each person, who are seen, and return how many they are."""
    counts = [(Count("knocks", path, 1), Count("seen", path, 1, person=person)) for person in persons]
    record(
        stamp=stamp, actor=actor, entries=[Entry("trial.done", path, {"n": n}, both) for n, both in enumerate(counts)]
    )
    return len(persons)


@command
def knock_twice(*, stamp: Stamp, actor: Someone, first: int, second: int) -> list[int]:
    """Knock by another command, twice, as part of this one."""
    return [knock(stamp=stamp, actor=actor, times=first), knock(stamp=stamp, actor=actor, times=second)]


def note(
    stamp: Stamp, times: int, path: str = "1.2.", person: UUID | None = None, subject: UUID | None = SUBJECT
) -> None:
    """Record one line that counts knocks and heads, and one person if there is one."""
    counts = [Count("knocks", path, times), Count("heads", path, times)]
    if person:
        counts.append(Count("seen", path, 1, person=person))
    entry = Entry("trial.done", path, {"times": times}, tuple(counts), subject=subject)
    record(stamp=stamp, actor=Someone(), entries=[entry])


def seal() -> None:
    """Seal whatever waits."""
    while sealing.seal_open_lines():
        pass
