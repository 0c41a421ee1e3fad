"""A small town to which anything may happen, and a comparison of what is kept with a count by hand."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.conftest import NOON, stamp
from tests.journal.counting import (
    flows_by_hand,
    flows_kept,
    met_by_hand,
    persons_by_hand,
    persons_kept,
    rounds_by_hand,
    rounds_kept,
    stocks_by_hand,
    stocks_kept,
)
from tests.people.world import new_flag, person, settle
from wangge.flows import areas, register
from wangge.journal.counters import COUNTERS, STOCK
from wangge.journal.models import Tally
from wangge.journal.verifying import verify
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.people import commands as people
from wangge.people.models import Household, Joining, PriorityFlag, Resident
from wangge.people.rules.codes import FLAG_REASONS
from wangge.people.rules.wishes import Departure, Joiner, Mover, NewHousehold, NewHouseholdSplit
from wangge.places.models import Area
from wangge.privacy.holdings import erase
from wangge.surveys import commands as surveys
from wangge.surveys.models import DoorVisit, SurveyRound
from wangge.surveys.rules import DoorState, VisitSeen

N = st.integers(0, 40)
STATE = st.sampled_from([state.value for state in DoorState])
# Minutes from now to when somebody says it happened: just now, late, on another day, and what cannot be.
CLAIM = st.sampled_from([0, 0, 0, -1, -40, -600, -1500, -4000, -43_000, -43_300, -60_000, 5, 11, 600_000, -26_000_000])
REASONS = tuple(FLAG_REASONS)[:4]
SOME_STOCKS = {"residents", "households", "doors", *(f"flags.{reason}" for reason in FLAG_REASONS)}
_keys = count(1)


@dataclass
class Erased:
    """What was counted before its rows were erased: flows, the people themselves, and all who had been met.

    Whoever was met by a household that was erased may be met again: that is no second person.
    """

    flows: Counter[Any] = field(default_factory=Counter)
    people: set[tuple[UUID, date]] = field(default_factory=set)
    met: set[tuple[UUID, date]] = field(default_factory=set)


class Walk(RuleBasedStateMachine):
    """A small town to which things happen; each step may be refused, and is undone with the example."""

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.now = NOON
        self.world = settle()
        self.admin = self.world.house.admin
        self.erased = Erased()
        for door in ("1-1-101", "1-1-102", "2-1-101"):
            self.world.family("王一", "王二", "王三", door=door)
        self.world.family("李一", "李二", door="3-1-101", area=self.world.grids[1])
        self.world.door("3-1-102", self.world.grids[1])

    def teardown(self) -> None:
        found = verify()
        assert found.holds, (found.bad, found.wrong)
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def stamp(self) -> Stamp:
        self.now += timedelta(minutes=3)
        return replace(stamp(f"walk {next(_keys)}", at=self.now))

    def do(self, act: Callable[[Stamp], object]) -> None:
        """Carry something out, unless it is refused: then nothing has changed."""
        try:
            with transaction.atomic():
                act(self.stamp())
        except Refused:
            pass

    def pick(self, model: Any, nth: int, **where: object) -> Any:
        """Return the id of one of the rows, none when there are none."""
        ids = list(model.objects.filter(**where).order_by("id").values_list("id", flat=True))
        return ids[nth % len(ids)] if ids else None

    def home(self, nth: int) -> Any:
        return self.pick(Household, nth, state="open")

    def someone(self, nth: int) -> Any:
        return self.pick(Resident, nth, state="living")

    def place(self, nth: int) -> Any:
        return self.pick(Area, nth, rank__gte=5, retired_at=None)

    def seen(self, home: UUID, number: int, nth: int) -> tuple[UUID, ...]:
        """Return whom a worker met: members of the household, and now and then somebody who visits."""
        met = list(Resident.objects.filter(household=home).order_by("id").values_list("id", flat=True))[:number]
        guest = self.someone(nth % 4) if nth % 2 == 0 else None
        return tuple(met) + ((guest,) if guest and guest not in met else ())

    @rule(nth=N, state=STATE, met=st.integers(0, 3), claim=CLAIM)
    def visit(self, nth: int, state: str, met: int, claim: int) -> None:
        self.visits([(nth, state, met, claim)])

    @rule(several=st.lists(st.tuples(N, STATE, st.integers(0, 3), CLAIM), min_size=2, max_size=4))
    def visits(self, several: list[tuple[int, str, int, int]]) -> None:
        now = self.now
        seen: list[VisitSeen] = []
        for nth, state, met, claim in several:
            home = self.home(nth)
            if home:
                who = self.seen(home, met, nth + met)
                at = now + timedelta(minutes=claim, seconds=len(seen))
                seen.append(VisitSeen(id=uuid7(), household=home, state=DoorState(state), at=at, seen=who))
        self.do(lambda stamp: surveys.record_visits(stamp=stamp, actor=self.admin, visits=seen))

    @rule(first=N, number=st.integers(2, 5), state=STATE, claim=CLAIM)
    def a_walk_from_door_to_door(self, first: int, number: int, state: str, claim: int) -> None:
        self.visits([(first + at, state if at else "done", 2, claim) for at in range(number)])

    @rule(one=N, other=N)
    def somebody_is_met_at_two_doors(self, one: int, other: int) -> None:
        self.visits([(one, "done", 0, -9), (other, "done", 3, -4)])

    @rule(nth=N, number=st.integers(1, 3))
    def visits_are_voided(self, nth: int, number: int) -> None:
        for at in range(number):
            self.void(nth + at)

    def void(self, nth: int) -> None:
        if visit := self.pick(DoorVisit, nth, voided_at=None):
            self.do(lambda stamp: surveys.void_visit(stamp=stamp, actor=self.admin, visit=visit, reason="录错"))

    @rule(hours=st.sampled_from([1, 5, 24, 24, 24 * 12]))
    def time_goes_by(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(nth=N, names=st.integers(1, 3))
    def a_family_comes(self, nth: int, names: int) -> None:
        members = tuple(person(f"张{'一二三'[at]}") for at in range(names))
        new = NewHousehold(id=uuid7(), area=self.place(nth), members=members)
        self.do(lambda stamp: people.add_households(stamp=stamp, actor=self.admin, households=[new]))

    @rule(nth=N)
    def a_member_comes(self, nth: int) -> None:
        if home := self.home(nth):
            joiner = Joiner(home, person("赵新"))
            self.do(lambda stamp: people.add_residents(stamp=stamp, actor=self.admin, residents=[joiner]))

    @rule(nth=N, to=N)
    def a_household_moves(self, nth: int, to: int) -> None:
        if home := self.home(nth):
            place = self.place(to)
            self.do(lambda stamp: register.move_household(stamp=stamp, actor=self.admin, household=home, area=place))

    @rule(nth=N, to=N)
    def somebody_moves_to_others(self, nth: int, to: int) -> None:
        who, home = self.someone(nth), self.home(to)
        if who and home:
            movers = [Mover(who)]
            self.do(lambda stamp: register.move_residents(stamp=stamp, actor=self.admin, movers=movers, household=home))

    @rule(nth=N, to=N)
    def a_household_splits(self, nth: int, to: int) -> None:
        who = self.someone(nth)
        if who:
            home = Resident.objects.get(id=who).household_id
            into = NewHouseholdSplit(uuid7(), (Mover(who),), area=self.place(to) if to % 2 else None)
            self.do(lambda stamp: register.split_household(stamp=stamp, actor=self.admin, household=home, into=into))

    @rule(one=N, other=N)
    def two_households_are_one(self, one: int, other: int) -> None:
        kept, gone = self.home(one), self.home(other)
        if kept:
            self.do(lambda stamp: register.join_households(stamp=stamp, actor=self.admin, kept=kept, gone=gone))

    @rule(one=N, other=N)
    def two_people_are_one(self, one: int, other: int) -> None:
        kept, gone = self.someone(one), self.someone(other)
        if kept:
            self.do(lambda stamp: register.join_residents(stamp=stamp, actor=self.admin, kept=kept, gone=gone))

    @rule(nth=N)
    def a_joining_is_undone(self, nth: int) -> None:
        if joining := self.pick(Joining, nth, undone_at=None):
            self.do(lambda stamp: register.undo_joining(stamp=stamp, actor=self.admin, joining=joining))

    @rule(nth=N, dies=st.booleans())
    def somebody_goes(self, nth: int, dies: bool) -> None:
        if who := self.someone(nth):
            act = register.record_deaths if dies else register.leave_register
            self.do(lambda stamp: act(stamp=stamp, actor=self.admin, departures=[Departure(who, stamp.day)]))

    @rule(nth=N)
    def somebody_is_back(self, nth: int) -> None:
        if who := self.pick(Resident, nth, state="moved_out"):
            self.do(lambda stamp: people.reinstate_resident(stamp=stamp, actor=self.admin, resident=who))

    @rule(nth=N, reason=st.sampled_from(REASONS))
    def a_flag_is_raised(self, nth: int, reason: str) -> None:
        if who := self.someone(nth):
            flags = [new_flag(who, reason)]
            self.do(lambda stamp: people.raise_flags(stamp=stamp, actor=self.admin, flags=flags))

    @rule(nth=N)
    def a_flag_ends(self, nth: int) -> None:
        if flag := self.pick(PriorityFlag, nth, ended_at=None):
            self.do(lambda stamp: people.end_flag(stamp=stamp, actor=self.admin, flag=flag))

    @rule(nth=N)
    def somebody_is_erased(self, nth: int) -> None:
        """They leave the register first, as a request does; what was counted stays counted."""
        if who := self.someone(nth):
            self.do(
                lambda stamp: register.leave_register(
                    stamp=stamp, actor=self.admin, departures=[Departure(who, stamp.day)]
                )
            )
            self.erase(who)

    @rule(nth=N)
    def a_household_is_erased(self, nth: int) -> None:
        if home := self.pick(Household, nth):
            self.erase(home)

    def erase(self, subject: UUID) -> None:
        before, met = flows_by_hand(), met_by_hand()
        with transaction.atomic():
            erase(subject, at=self.now)
        before.subtract(flows_by_hand())
        self.erased.flows.update(before)
        lost = met - met_by_hand()
        self.erased.people |= {one for one in lost if one[0] == subject}
        self.erased.met |= lost

    @rule(nth=N, days=st.integers(1, 3))
    def a_round_begins(self, nth: int, days: int) -> None:
        area = self.pick(Area, nth, rank__in=(4, 5, 6), retired_at=None)
        self.do(
            lambda stamp: surveys.start_round(
                stamp=stamp,
                actor=self.admin,
                area=area,
                name=f"第{next(_keys)}轮",
                purpose="逐户排查",
                basis="防指〔2020〕1号",
                from_on=stamp.day,
                until_on=stamp.day + timedelta(days=days),
            )
        )

    @rule(nth=N)
    def a_round_is_closed(self, nth: int) -> None:
        if one := self.pick(SurveyRound, nth, closed_at=None):
            self.do(lambda stamp: surveys.close_round(stamp=stamp, actor=self.admin, round=one))

    @rule(nth=N)
    def a_round_is_opened_again(self, nth: int) -> None:
        if one := self.pick(SurveyRound, nth, closed_at__isnull=False):
            self.do(lambda stamp: surveys.reopen_round(stamp=stamp, actor=self.admin, round=one))

    @rule(nth=N, under=N)
    def an_area_moves(self, nth: int, under: int) -> None:
        area, parent = self.pick(Area, nth, rank__in=(6, 7), retired_at=None), self.place(under)
        self.do(lambda stamp: areas.move_area(stamp=stamp, actor=self.admin, area=area, parent=parent))

    @rule(nth=N, child=N)
    def an_area_splits(self, nth: int, child: int) -> None:
        area = self.pick(Area, nth, rank__in=(5, 6, 7), retired_at=None)
        below = self.pick(Area, child, parent=area, retired_at=None)
        name = f"新{next(_keys)}"
        self.do(lambda stamp: areas.split_area(stamp=stamp, actor=self.admin, area=area, name=name, children=[below]))

    @rule(rank=st.sampled_from([5, 6, 6, 7]), one=N, other=N)
    def two_areas_are_one(self, rank: int, one: int, other: int) -> None:
        kept, gone = (self.pick(Area, nth, rank=rank, retired_at=None) for nth in (one, other))
        self.do(lambda stamp: areas.merge_areas(stamp=stamp, actor=self.admin, kept=kept, gone=gone))

    @invariant()
    def what_is_kept_is_what_is_there(self) -> None:
        compare(self.erased)


def compare(erased: Erased | None = None) -> None:
    """Compare everything that is kept with a count by hand."""
    erased = erased or Erased()
    assert {c.code for c in COUNTERS.values() if c.kind == STOCK} >= SOME_STOCKS
    assert stocks_kept(SOME_STOCKS) == stocks_by_hand()
    flows = flows_by_hand()
    flows.update(erased.flows)
    assert flows_kept() == Counter({key: value for key, value in flows.items() if value})
    compare_persons(erased)
    assert rounds_kept() == rounds_by_hand()
    assert not Tally.objects.filter(value__lt=0, counter__in=[*{key[0] for key in flows}, "persons_seen"]).exists()


def compare_persons(erased: Erased) -> None:
    """Each person counts once a day, in a grid where they were met; who was erased goes on counting."""
    kept = persons_kept()
    days: Counter[date] = Counter()
    for (day, _), number in kept.items():
        days[day] += number
    least = Counter(day for _, day in met_by_hand() | erased.people)
    most = Counter(day for _, day in met_by_hand() | erased.met)
    assert all(least[day] <= days[day] <= most[day] for day in least.keys() | most.keys() | days.keys())
    if not erased.met:
        there, only = persons_by_hand()
        assert all(only.get(key, 0) <= kept.get(key, 0) <= there.get(key, 0) for key in there.keys() | kept.keys())
