"""Whatever happens, in whatever order: the counts of rounds are those of a direct count, after each step."""

from contextlib import suppress
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from tests.conftest import NOON
from tests.people.world import World, fresh, holds, settle
from tests.surveys.rounds.ground import TODAY, begin
from wangge.flows import areas, register
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.people.models import Household, Joining, Resident
from wangge.people.rules.codes import HouseholdState, ResidentState
from wangge.people.rules.wishes import Departure
from wangge.places.models import Area
from wangge.places.rules import BUILDING_RANK
from wangge.privacy.holdings import erase
from wangge.surveys.commands import close_round, record_visits, reopen_round, void_visit
from wangge.surveys.models import DoorVisit, SurveyRound
from wangge.surveys.queries.rounds import progress
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db(transaction=False)
STATES = st.sampled_from(list(DoorState))
PICK = st.integers(0, 1000)


class Rounds(RuleBasedStateMachine):
    """Two communities, a few families, three rounds, and everything that can happen to them."""

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.atomic()
        self.savepoint.__enter__()

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.savepoint.__exit__(None, None, None)

    @initialize()
    def open(self) -> None:
        self.world: World = settle()
        self.admin = self.world.house.admin
        for number in range(1, 4):
            self.world.family("王一", "王二", door=f"{number}-1-101")
        begin(self.world)
        begin(self.world, area=self.world.house.town.id, name="全镇", from_on=TODAY - timedelta(days=1))
        begin(self.world, area=self.world.west.id, name="西")

    def homes(self) -> list[UUID]:
        return list(Household.objects.order_by("opened_at", "id").values_list("id", flat=True))

    def some(self, rows: list[UUID], pick: int) -> UUID | None:
        return rows[pick % len(rows)] if rows else None

    @rule(pick=PICK, state=STATES, hours=st.integers(-60, 60), lie=st.booleans())
    def visit(self, pick: int, state: DoorState, hours: int, lie: bool) -> None:
        home = self.some(self.homes(), pick)
        at = NOON + timedelta(hours=hours, days=40 if lie else 0)
        if home is not None:
            seen = VisitSeen(id=uuid7(), household=home, state=state, at=at)
            stamp = fresh(received_at=NOON + timedelta(hours=max(hours, 0)))
            record_visits(stamp=stamp, actor=self.admin, visits=[seen])

    @rule(pick=PICK)
    def void(self, pick: int) -> None:
        row = self.some(
            list(DoorVisit.objects.filter(voided_at=None).order_by("id").values_list("id", flat=True)), pick
        )
        if row is not None:
            void_visit(stamp=fresh(), actor=self.admin, visit=row, reason="wrong door")

    @rule(pick=PICK, where=st.integers(0, 2), flat=st.integers(1, 3))
    def move(self, pick: int, where: int, flat: int) -> None:
        goal = (*self.world.grids, self.world.west)[where]
        home = self.some(list(Household.objects.filter(state=HouseholdState.OPEN).values_list("id", flat=True)), pick)
        if home is not None:
            with suppress(Refused):
                door = self.world.door(f"{where + 5}-1-20{flat}", goal)
                register.move_household(stamp=fresh(), actor=self.admin, household=home, area=door)

    @rule(pick=PICK)
    def leave(self, pick: int) -> None:
        rows = Resident.objects.filter(state=ResidentState.LIVING).order_by("id").values_list("id", flat=True)
        one = self.some(list(rows), pick)
        if one is not None:
            gone = [Departure(one, date(2020, 2, 10))]
            register.leave_register(stamp=fresh(), actor=self.admin, departures=gone)

    @rule(pick=PICK)
    def come_back(self, pick: int) -> None:
        rows = Resident.objects.filter(state=ResidentState.MOVED_OUT).order_by("id").values_list("id", flat=True)
        one = self.some(list(rows), pick)
        if one is not None:
            with suppress(Refused):
                register.reinstate_resident(stamp=fresh(), actor=self.admin, resident=one)

    @rule(first=PICK, second=PICK)
    def join(self, first: int, second: int) -> None:
        rows = list(Household.objects.filter(state=HouseholdState.OPEN).order_by("id").values_list("id", flat=True))
        kept, gone = self.some(rows, first), self.some(rows, second)
        if kept is not None and gone is not None and kept != gone:
            register.join_households(stamp=fresh(), actor=self.admin, kept=kept, gone=gone)

    @rule()
    def part(self) -> None:
        row = Joining.objects.filter(undone_at=None).order_by("-id").first()
        if row is not None:
            with suppress(Refused):
                register.undo_joining(stamp=fresh(), actor=self.admin, joining=row.id)

    @rule(pick=PICK)
    def move_building(self, pick: int) -> None:
        rows = list(Area.objects.filter(rank=BUILDING_RANK, retired_at=None).order_by("id"))
        goal = (*self.world.grids, self.world.west)[pick % 3]
        if rows:
            with suppress(Refused):
                block = rows[pick % len(rows)]
                areas.move_area(stamp=fresh(), actor=self.admin, area=block.id, parent=goal.id)

    @rule(pick=PICK)
    def close_or_reopen(self, pick: int) -> None:
        row = list(SurveyRound.objects.order_by("id"))[pick % 3]
        act = close_round if row.closed_at is None else reopen_round
        act(stamp=fresh(), actor=self.admin, round=row.id)

    @rule()
    def arrive(self) -> None:
        number = Household.objects.count()
        self.world.family("李一", door=f"{number + 20}-1-101")

    @rule(pick=PICK)
    def forget(self, pick: int) -> None:
        home = self.some(self.homes(), pick)
        if home is not None:
            for subject in (*Resident.objects.filter(household=home).values_list("id", flat=True), home):
                erase(subject, at=NOON)

    @invariant()
    def counts_agree_with_the_tables(self) -> None:
        if not hasattr(self, "world"):
            return
        holds()
        for row in SurveyRound.objects.filter(closed_at=None):
            found = progress(viewer=self.admin, round=row.id, path=row.path)
            assert 0 <= found.done <= found.due
            assert sum(found.by_state.values()) <= found.due
            assert sum(done for _, done in found.series) == found.done


def test_counts_of_rounds_agree_with_direct_counts_whatever_happens() -> None:
    quiet = settings(
        max_examples=5,
        stateful_step_count=10,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=True,
    )
    run_state_machine_as_test(Rounds, settings=quiet)
