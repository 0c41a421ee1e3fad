"""The invented days: yesterday's survey, today's so far, and visits that come in while somebody looks."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from wangge.cli import starting

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.surveys.rules import VisitSeen

AT_ONCE = 400
OUTCOMES = (
    ("done", 88), ("nobody_home", 7), ("refused", 1), ("gate_locked", 1), ("vacant", 1), ("revisit", 2),
)  # fmt: skip
YESTERDAY_SHARE, TODAY_SHARE = 0.985, 0.86
# Villages from which nothing has come today, so that the board has somebody to ask.
QUIET_VILLAGES = ("大岭村", "柳林村")


@dataclass(frozen=True, slots=True)
class Door:
    """A due door with the people behind it and the login of its worker."""

    household: UUID
    path: str
    members: tuple[UUID, ...]
    worker: str


def play_days(now: datetime) -> int:
    """Record yesterday's survey unless there is one, and today's as far as the hour has come; return the visits."""
    from wangge.kernel.periods import day_start, local_day

    random = Random(now.toordinal())  # noqa: S311  (nothing secret)
    today = local_day(now, starting.ZONE)
    yesterday = today - timedelta(days=1)
    made = 0
    if not _visited(yesterday):
        begin = day_start(yesterday, starting.ZONE) + timedelta(hours=8)
        made += _survey(_doors(today), YESTERDAY_SHARE, begin, begin + timedelta(hours=10), random)
    if not _visited(today):
        start = day_start(today, starting.ZONE)
        morning, evening = start + timedelta(hours=8), start + timedelta(hours=18)
        begin = morning if now > morning + timedelta(minutes=30) else start
        share = TODAY_SHARE * min(1.0, max(0.3, (now - morning) / (evening - morning)))
        doors = [door for door in _doors(today) if not door.path.startswith(_quiet())]
        made += _survey(doors, share, begin, min(now, evening), random)
    return made


def play_on(now: datetime, random: Random) -> int:
    """Let a few workers knock at doors that are open now; return the visits."""
    from wangge.kernel.periods import local_day

    today = local_day(now, starting.ZONE)
    closed = _visited(today)
    open_doors = [door for door in _doors(today) if door.household not in closed]
    quiet = _quiet()
    lively = [door for door in open_doors if not door.path.startswith(quiet)]
    if len(lively) < 0.05 * (len(closed) + 1):
        return 0
    knocked = random.sample(lively, min(len(lively), random.randint(1, 3)))
    return _record([(door, _visit(door, now, random)) for door in knocked])


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
    from wangge.access.queries import first_administrator, worker_of
    from wangge.people.queries import doors_with_members
    from wangge.places.queries import installation

    opened, viewer = installation(), first_administrator(on=on)
    if opened is None or viewer is None:
        return []
    whose = worker_of(on=on, inside=opened.area.path)
    found = []
    for household, path, members in doors_with_members(viewer=viewer, path=opened.area.path):
        worker = whose(path)
        if worker is not None:
            found.append(Door(household, path, members, worker[1]))
    return found


def _survey(doors: Iterable[Door], share: float, begin: datetime, end: datetime, random: Random) -> int:
    chosen = [door for door in doors if random.random() < share]
    span = (end - begin).total_seconds()
    visits = [(door, _visit(door, begin + timedelta(seconds=random.random() * span), random)) for door in chosen]
    return _record(visits)


def _visit(door: Door, at: datetime, random: Random) -> "VisitSeen":
    from wangge.kernel.ids import uuid7
    from wangge.surveys.rules import DoorState, VisitSeen

    names, weights = zip(*OUTCOMES, strict=True)
    state = DoorState(random.choices(names, weights)[0])
    seen = tuple(one for one in door.members if random.random() < 0.8) if state == DoorState.DONE else ()
    again = at + timedelta(hours=3) if state == DoorState.REVISIT else None
    return VisitSeen(id=uuid7(), household=door.household, state=state, at=at, seen=seen, revisit_at=again)


def _record(visits: "list[tuple[Door, VisitSeen]]") -> int:
    """Record visits, each by the worker of its door."""
    from wangge.access.queries import viewer_by_login
    from wangge.surveys.commands import record_visits

    by_worker: dict[str, list[VisitSeen]] = defaultdict(list)
    for door, visit in visits:
        by_worker[door.worker].append(visit)
    for login, part in by_worker.items():
        stamp = starting.stamp()
        viewer: Viewer | None = viewer_by_login(login, on=stamp.day)
        if viewer is None:
            continue
        for start in range(0, len(part), AT_ONCE):
            record_visits(stamp=starting.stamp(), actor=viewer, visits=part[start : start + AT_ONCE])
    return len(visits)
