"""The invented days: yesterday's survey, today's so far, and visits that come in while somebody looks."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from wangge.cli import starting
from wangge.cli.demonstration.places import TOWNSHIP
from wangge.cli.demonstration.sweep import order_sweep
from wangge.cli.simulation.days import by_worker, due_doors
from wangge.cli.simulation.rounds import MORNING, OUTCOMES, Door, Part, Walker
from wangge.kernel.ids import uuid7

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.surveys.rules import VisitSeen

AT_ONCE = 400
EARLY = timedelta(minutes=30)
"""Until so long after the morning begins the round of today is played as if it had begun at midnight."""
# Villages from which nothing has come today, so that the board has somebody to ask.
QUIET_VILLAGES = ("大岭村", "柳林村")


def play_days(now: datetime) -> int:
    """Record yesterday's survey unless there is one, and today's as far as the hour has come; return the visits.

    Where yesterday's had to be recorded, both days are ordered as a survey round.
    """
    from wangge.kernel.periods import day_start, local_day

    if not _is_the_township():
        return 0
    random = Random(now.toordinal())  # noqa: S311  (nothing secret)
    today = local_day(now, starting.ZONE)
    yesterday = today - timedelta(days=1)
    made = 0
    before: list[tuple[str, VisitSeen]] = []
    if not _visited(yesterday):
        before = _walked(_doors(today), day_start(yesterday, starting.ZONE), random)
        made += _record(before)
    if not _visited(today):
        start = day_start(today, starting.ZONE)
        if now < start + MORNING + EARLY:
            start -= MORNING
        doors = [door for door in _doors(today) if not door.path.startswith(_quiet())]
        made += _record((worker, visit) for worker, visit in _walked(doors, start, random) if visit.at <= now)
    if before:
        order_sweep(today, before)
    return made


def play_on(now: datetime, random: Random) -> int:
    """Let a few workers knock at doors that are open now; return the visits."""
    from wangge.kernel.periods import day_start, local_day

    if not _is_the_township():
        return 0
    today = local_day(now, starting.ZONE)
    closed = _visited(today)
    open_doors = [door for door in _doors(today) if door.household not in closed]
    quiet = _quiet()
    lively = [door for door in open_doors if not door.path.startswith(quiet)]
    if len(lively) < 0.05 * (len(closed) + 1):
        return 0
    walker = Walker(day_start(today, starting.ZONE), random, uuid7)
    knocked = random.sample(lively, min(len(lively), random.randint(1, 3)))
    return _record((door.worker, walker.knock(door, now, OUTCOMES)) for door in knocked)


def _is_the_township() -> bool:
    """Tell whether this is the demonstration's own township; in any other invented place nobody goes on by himself."""
    from wangge.places.queries import installation

    opened = installation()
    return opened is not None and (opened.area.code or "").startswith(TOWNSHIP)


def _quiet() -> tuple[str, ...]:
    from wangge.places.queries import installation
    from wangge.situation.areas import paths_named

    opened = installation()
    return paths_named(opened.area.path, QUIET_VILLAGES) if opened else ()


def _visited(day: date) -> set[UUID]:
    from wangge.surveys.queries import households_visited

    return households_visited(day=day)


def _doors(on: date) -> list[Door]:
    """Return every due door that has a worker."""
    from wangge.access.queries import first_administrator
    from wangge.places.queries import installation

    opened, viewer = installation(), first_administrator(on=on)
    return due_doors(viewer, opened.area.path, on) if opened and viewer else []


def _walked(doors: Sequence[Door], start: datetime, random: Random) -> "list[tuple[str, VisitSeen]]":
    """Return the visits of a day that begins at ``start``, each with its worker."""
    walker = Walker(start, random, uuid7)
    days = [(worker, walker.walk(own)) for worker, own in by_worker(doors).items()]
    found = ((worker, visit) for worker, knocks in days for part in Part for visit in knocks[part])
    # a phone with a wrong clock would count on the day that looks
    return [(worker, visit) for worker, visit in found if start <= visit.at < start + timedelta(days=1)]


def _record(visits: "Iterable[tuple[str, VisitSeen]]") -> int:
    """Record visits, each by its worker, and return how many."""
    from wangge.access.queries import viewer_by_login
    from wangge.surveys.commands import record_visits

    of_worker: dict[str, list[VisitSeen]] = defaultdict(list)
    for login, visit in visits:
        of_worker[login].append(visit)
    for login, part in of_worker.items():
        viewer: Viewer | None = viewer_by_login(login, on=starting.stamp().day)
        if viewer is None:
            continue
        for start in range(0, len(part), AT_ONCE):
            record_visits(stamp=starting.stamp(), actor=viewer, visits=part[start : start + AT_ONCE])
    return sum(map(len, of_worker.values()))
