"""Playing days in an invented town: visits as phones hand them in, mistakes put right, moves, arrivals, departures."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING
from uuid import UUID

from wangge.cli.simulation.answers import answer
from wangge.cli.simulation.clock import Clock
from wangge.cli.simulation.filling import Filler, new_resident
from wangge.cli.simulation.rounds import OUTCOMES, Door, Knocks, Part, Walker
from wangge.surveys.rules import is_closed

if TYPE_CHECKING:
    from wangge.access.viewing import Viewer
    from wangge.surveys.rules import VisitSeen
    from wangge.surveys.rules.answers import Filling

AT_ONCE = 200
KEPT = ("applied", "superseded")
HANDED_IN = {Part.MORNING: 12.1, Part.AFTERNOON: 18.1, Part.EVENING: 21.0}
"""At which hour of the day a phone hands in a part of it."""
LATE = 31.6
"""The hour, counted from the start of the day, at which a phone hands in that had no network all day."""
CARED_FOR = 0.25
"""The share of doors done that are visited again on a later day of the round; at all the others work is left."""
WITHOUT_NETWORK, MISTAKEN = 0.04, 0.004
PUT_RIGHT, TURNOVER, RETURN, MOVE = 13.4, 16.1, 17.2, 21.4
MOVES_A_DAY, TURNOVER_A_DAY, RETURNEES_A_DAY = 0.0005, 0.00005, 0.0002
"""Shares of the households that move, of the residents who leave (as many come), of those found to have come home."""
REASON = "录错门牌"


@dataclass(frozen=True, slots=True)
class Sweep:
    """The survey round of the days: which it is, and what it asks."""

    round: UUID
    questionnaire: UUID


@dataclass(slots=True)
class Days:
    """Plays days one after the other; ``told`` hears of each visit recorded."""

    actor: "Viewer"
    filler: Filler
    root: str
    random: Random
    told: Callable[[int], None]
    sweep: Sweep
    share_asked: float
    visits: int = 0
    answers: int = 0
    _answered: set[UUID] = field(default_factory=set)
    _closed: set[UUID] = field(default_factory=set)
    _members: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    _acts: list[tuple[datetime, int, Callable[[datetime], None]]] = field(default_factory=list)
    _order: "count[int]" = field(default_factory=count)
    _viewers: dict[str, "Viewer"] = field(default_factory=dict)
    _silent: set[str] = field(default_factory=set)

    @property
    def clock(self) -> Clock:
        """The town's clock."""
        return self.filler.clock

    def play(self, day: date) -> None:
        """Play a day: what came in late from the day before, then everything in the order of the clock."""
        from wangge.kernel.periods import day_start

        start = day_start(day, self.clock.zone)
        self.clock.now = start + timedelta(hours=7)
        self._viewers.clear()
        self._silent.clear()
        doors = due_doors(self.actor, self.root, day)
        self._members = {door.household: door.members for door in doors}
        waiting = [door for door in doors if door.household not in self._closed or self.random.random() < CARED_FOR]
        for worker, own in sorted(by_worker(waiting).items()):
            self._work(start, worker, own)
        self._people(start, doors)
        self._carry_out(start + timedelta(days=1))

    def end(self, last: date) -> None:
        """Let the phones that had no network on the last day hand in what they hold, and seal the journal."""
        from wangge.journal.sealing import seal_open_lines
        from wangge.kernel.periods import day_start

        self._carry_out(day_start(last, self.clock.zone) + timedelta(days=2))
        while seal_open_lines():
            pass

    def _carry_out(self, until: datetime) -> None:
        self._acts.sort(key=lambda act: act[:2])
        while self._acts and self._acts[0][0] < until:
            at, _, act = self._acts.pop(0)
            self.clock.now = max(self.clock.now, at)
            act(at)

    def _at(self, start: datetime, hours: float, act: Callable[[datetime], None]) -> None:
        """Let something happen within some minutes of an hour of the day."""
        at = start + timedelta(hours=hours, seconds=self.random.randrange(480))
        self._acts.append((at, next(self._order), act))

    def _work(self, start: datetime, worker: str, doors: Sequence[Door]) -> None:
        """Put a worker's day on the plan: handed in by parts, or all together on the next morning."""
        walker = Walker(start, self.random, self.clock.new_id)
        knocks = walker.walk(doors)
        if self.random.random() < WITHOUT_NETWORK:
            self._silent.add(worker)
            everything = [visit for part in Part for visit in knocks[part]]
            self._at(start, LATE, lambda at: self.record(worker, everything, at))
            return
        self._mistake(walker, start, worker, doors, knocks)
        for part in Part:
            self._hand_in(start, part, worker, knocks[part])

    def _hand_in(self, start: datetime, part: Part, worker: str, visits: Sequence["VisitSeen"]) -> None:
        self._at(start, HANDED_IN[part], lambda at: self.record(worker, visits, at))

    def _mistake(self, walker: Walker, start: datetime, worker: str, doors: Sequence[Door], knocks: Knocks) -> None:
        """Let some of the morning's visits stand at the wrong door: void them after lunch, and go there again."""
        by_home = {door.household: door for door in doors}
        for visit in knocks[Part.MORNING]:
            if self.random.random() < MISTAKEN:
                self._at(start, PUT_RIGHT, lambda at, wrong=visit.id: self._void(worker, wrong, at))  # type: ignore[misc]
                at = start + timedelta(hours=18, seconds=10 + self.random.randrange(200))
                knocks[Part.AFTERNOON].append(walker.knock(by_home[visit.household], at, OUTCOMES))

    def _void(self, worker: str, visit: UUID, at: datetime) -> None:
        from wangge.surveys.commands import void_visit

        void_visit(stamp=self.clock.stamp(at), actor=self._viewer(worker), visit=visit, reason=REASON)

    def record(self, worker: str, visits: Sequence["VisitSeen"], at: datetime) -> None:
        """Record visits, and what was answered, as the worker's phone hands them in."""
        from wangge.flows.door_visit import DoorSeen, record_doors

        doors = [DoorSeen(visit=visit, filling=self._filling(visit)) for visit in visits]
        for first in range(0, len(doors), AT_ONCE):
            done = record_doors(
                stamp=self.clock.stamp(at), actor=self._viewer(worker), doors=doors[first : first + AT_ONCE]
            )
            for visit in visits[first : first + AT_ONCE]:
                (self._closed.add if is_closed(visit.state) else self._closed.discard)(visit.household)
            self.visits += sum(one.visit is not None and one.visit.outcome in KEPT for one in done)
            self.answers += sum(one.filling is not None and one.filling.outcome == "applied" for one in done)
            self.told(self.visits)

    def _filling(self, visit: "VisitSeen") -> "Filling | None":
        """Return what the household answers when its door opens for the first time in the round."""
        from wangge.kernel.periods import local_day
        from wangge.surveys.rules.answers import Filling

        if not visit.seen or visit.household in self._answered:
            return None
        self._answered.add(visit.household)
        if self.random.random() >= self.share_asked:
            return None
        members, on = self._members.get(visit.household, ()), local_day(visit.at, self.clock.zone)
        return Filling(
            id=self.clock.new_id(),
            questionnaire=self.sweep.questionnaire,
            household=visit.household,
            at=visit.at,
            source="door",
            answers=answer(members, self.filler.town.people, len(visit.seen), on, self.random),
            round=self.sweep.round,
            visit=visit.id,
            read_aloud=True,
        )

    def _viewer(self, worker: str) -> "Viewer":
        from wangge.access.queries import viewer_by_login
        from wangge.kernel.periods import local_day

        if worker not in self._viewers:
            found = viewer_by_login(worker, on=local_day(self.clock.now, self.clock.zone))
            assert found is not None
            self._viewers[worker] = found
        return self._viewers[worker]

    def _people(self, start: datetime, doors: Sequence[Door]) -> None:
        """Let some households move, some people leave and as many come, and some returnees be found."""
        # a worker whose phone is silent hands visits in tomorrow, and could not for a household that has moved away
        settled = [door for door in doors if door.worker not in self._silent]
        for door in self._some(settled, MOVES_A_DAY * len(doors)):
            self._at(start, MOVE, lambda at, door=door: self._move(door, at))  # type: ignore[misc]
        residents = sum(len(door.members) for door in doors)
        large = [door for door in doors if len(door.members) > 2]
        for door in self._some(large, TURNOVER_A_DAY * residents):
            other = self.random.choice(doors)
            self._at(start, TURNOVER, lambda at, door=door, other=other: self._turn_over(door, other, at))  # type: ignore[misc]
        for door in self._some(doors, RETURNEES_A_DAY * residents):
            self._at(start, RETURN, lambda at, door=door: self._return(door, at))  # type: ignore[misc]

    def _some(self, doors: Sequence[Door], number: float) -> Iterator[Door]:
        """Draw doors, as many as the number says on average."""
        whole = int(number) + (self.random.random() < number % 1)
        yield from self.random.sample(doors, min(len(doors), whole))

    def _move(self, door: Door, at: datetime) -> None:
        """Let a household move to a free dwelling, mostly in another grid."""
        from wangge.flows.register import move_household

        free = self.filler.town.free
        if free:
            to = free.pop(self.random.randrange(len(free)))
            move_household(stamp=self.clock.stamp(at), actor=self.actor, household=door.household, area=to)

    def _turn_over(self, door: Door, other: Door, at: datetime) -> None:
        """Let a member of one household leave the area, and a child be born in another."""
        from wangge.flows.register import leave_register
        from wangge.kernel.periods import local_day
        from wangge.people.commands import add_residents
        from wangge.people.rules.wishes import Departure, Joiner

        gone = [Departure(door.members[-1], local_day(at, self.clock.zone))]
        leave_register(stamp=self.clock.stamp(at), actor=self.actor, departures=gone)
        born = new_resident(self.clock.new_id(), self.filler.inventor.newborn())
        joiner = Joiner(other.household, born)
        add_residents(stamp=self.clock.stamp(at), actor=self.actor, residents=[joiner])

    def _return(self, door: Door, at: datetime) -> None:
        """Let a worker find at a door that somebody has come home from elsewhere."""
        from wangge.kernel.refused import Refused
        from wangge.people.commands import raise_flags

        flag = self.filler.flag(self.random.choice(door.members), "returnee")
        try:
            raise_flags(stamp=self.clock.stamp(at), actor=self._viewer(door.worker), flags=[flag])
        except Refused as refused:
            if refused.code not in ("people.flag_stands", "people.resident_gone"):
                raise


def due_doors(viewer: "Viewer", path: str, on: date) -> list[Door]:
    """Return every due door of an area that has a worker, in the order in which the households came."""
    from wangge.access.queries import worker_of
    from wangge.people.queries import doors_with_members

    whose = worker_of(on=on, inside=path)
    found = []
    for household, where, members in doors_with_members(viewer=viewer, path=path):
        worker = whose(where)
        if worker is not None:
            found.append(Door(household, where, members, worker[1]))
    return sorted(found, key=lambda door: door.household.bytes)


def by_worker(doors: Sequence[Door]) -> dict[str, list[Door]]:
    """Return doors by the login of their worker."""
    found: dict[str, list[Door]] = defaultdict(list)
    for door in doors:
        found[door.worker].append(door)
    return found
