"""Whatever happens to people, in whatever order: stocks are those of a plain count, and changes add up."""

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import NOON
from tests.people.world import TODAY, World, new_flag, settle
from tests.situation.cutoffs.town import (
    BEEN,
    FROM_HUBEI,
    FROM_WUHAN,
    GUANGZHOU,
    HUANGGANG,
    THERE,
    WUHAN,
    minutes,
    row,
    take,
)
from wangge.kernel.refused import Refused
from wangge.people import commands as people
from wangge.people.models import Household, PriorityFlag, Resident
from wangge.people.rules.wishes import Departure
from wangge.privacy.holdings import erase
from wangge.situation.cutoffs.models import Snapshot
from wangge.situation.cutoffs.queries import figures

pytestmark = pytest.mark.django_db
REASONS, PLACES = ("visitor", "returnee", "still_away"), (WUHAN, HUANGGANG, "420000000000", GUANGZHOU, "")
NAMES = ("add", "flag", "flag", "flag", "late", "end", "move", "leave", "withdraw", "erase", "join", "take")
STEP = st.tuples(st.sampled_from(NAMES), st.integers(0, 30), st.integers(0, 30))


class _Undone(Exception):
    """Ends an example: its rows are rolled back."""


def _one(model: type[Household] | type[Resident], nth: int, **where: object) -> UUID | None:
    ids = list(model._default_manager.filter(**where).order_by("id").values_list("id", flat=True))
    return ids[nth % len(ids)] if ids else None


class Walk:
    """Steps that may be refused, in a town of two grids and a community beside it."""

    def __init__(self, world: World) -> None:
        self.world, self.at = world, 0

    def step(self, name: str, first: int, second: int) -> None:
        """Do one thing, some minutes after the one before."""
        self.at += 2
        try:
            self._steps(first, second)[name]()
        except Refused:
            return

    def _steps(self, first: int, second: int) -> dict[str, Callable[[], object]]:
        world, admin, stamp = self.world, self.world.house.admin, minutes(self.at)
        who = _one(Resident, first, state="living")
        home, areas = _one(Household, first, state="open"), (*world.grids, world.west)
        flag = list(PriorityFlag.objects.filter(ended_at=None).order_by("id").values_list("id", flat=True))
        reason, place = REASONS[first % 3], PLACES[second % 5]
        return {
            "add": lambda: world.family("甲", "乙", area=areas[first % 2]),
            "flag": lambda: self._flag(_one(Resident, second, state="living"), reason, PLACES[first % 5], self.at),
            "late": lambda: self._flag(who, reason, place, self.at - 3),
            "end": lambda: flag and people.end_flag(stamp=stamp, actor=admin, flag=flag[first % len(flag)]),
            "move": lambda: home and people.move_household(
                stamp=stamp, actor=admin, household=home, area=areas[second % 3].id
            ),
            "leave": lambda: who and people.leave_register(
                stamp=stamp, actor=admin, departures=[Departure(who, TODAY)]
            ),
            "withdraw": lambda: who and people.withdraw(stamp=stamp, actor=admin, residents=[who]),
            "erase": lambda: self._erase(who),
            "join": lambda: who and people.join_residents(
                stamp=stamp, actor=admin, kept=who, gone=_one(Resident, second, state="living") or who
            ),
            "take": lambda: take(world, stamp),
        }  # fmt: skip

    def _flag(self, who: UUID | None, reason: str, origin: str, at: int) -> None:
        if who is not None:
            flags = [new_flag(who, reason, origin=origin)]
            people.raise_flags(stamp=minutes(self.at, at=at), actor=self.world.house.admin, flags=flags)

    def _erase(self, who: UUID | None) -> None:
        """Erase somebody as a request does: they leave the register first."""
        if who is not None:
            people.leave_register(
                stamp=minutes(self.at), actor=self.world.house.admin, departures=[Departure(who, TODAY)]
            )
            erase(who, at=NOON)


def counted(path: str) -> list[int]:
    """Count flags one by one, by where their people live."""
    found = dict.fromkeys((FROM_WUHAN, FROM_HUBEI, BEEN, THERE), 0)
    for one in PriorityFlag.objects.filter(ended_at=None).select_related("resident__household"):
        if not one.resident.household.grid_path.startswith(path) or not one.origin.startswith("42"):
            continue
        wuhan = one.origin == WUHAN
        if one.reason == "visitor":
            found[FROM_WUHAN if wuhan else FROM_HUBEI] += 1
        elif one.reason == "returnee" and wuhan:
            found[BEEN] += 1
        elif one.reason == "still_away":
            found[THERE] += 1
    return list(found.values())


def stocks(world: World, path: str) -> list[int | None]:
    codes = (FROM_WUHAN, FROM_HUBEI, BEEN, THERE)
    # before the snapshots of today, so that what stands now is asked for
    found = figures(viewer=world.house.admin, path=path, indicators=codes, on=TODAY.replace(day=9))
    return [found[code].stock for code in codes]


def check(world: World) -> None:
    for area in (world.house.town, world.house.east, *world.grids, world.west):
        assert stocks(world, area.path) == counted(area.path), area.name
    for shot in Snapshot.objects.exclude(previous=None).select_related("previous"):
        assert shot.previous is not None
        now, before = row(shot), row(shot.previous)
        assert {code: before.numbers[code] + change for code, change in now.changes.items()} == now.numbers
        below = [row(shot, area.id).numbers for area in (world.house.east, world.west)]
        assert {code: sum(part[code] for part in below) for code in now.numbers} == now.numbers


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(steps=st.lists(STEP, min_size=8, max_size=24))
def test_stocks_are_those_of_a_plain_count_and_changes_add_up(world: World, steps: list[tuple[str, int, int]]) -> None:
    try:
        with transaction.atomic():
            walk = Walk(world)
            walk.step("add", 0, 0)
            walk.step("add", 1, 0)
            for step in steps:
                walk.step(*step)
            walk.step("take", 0, 0)
            check(world)
            raise _Undone
    except _Undone:
        pass


@pytest.fixture
def world() -> World:
    return settle()
