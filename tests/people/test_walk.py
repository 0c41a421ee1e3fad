"""A random walk through everything the register can do: after every step journal, tallies and tables agree."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import pytest

from tests.people.test_joining import rows
from tests.people.world import TODAY, World, fresh, holds, new_flag, new_stay, person, settle
from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.people import commands as people
from wangge.people.models import Household, Joining, PriorityFlag, Resident, Stay
from wangge.people.rules.codes import FLAG_REASONS, Relation
from wangge.people.rules.wishes import (
    Correction,
    Departure,
    Joiner,
    Mover,
    NewHousehold,
    NewHouseholdSplit,
    NewResident,
)

pytestmark = pytest.mark.django_db
STEPS = 60
NAMES = ["张三", "李四", "王五", "单国芳", "欧阳修", "阿依古丽·买买提", "曾小贤", "赵子龙", "吕布"]


class Walk:
    """One walk: what exists is looked up afresh, and chosen by chance."""

    def __init__(self, world: World, seed: int) -> None:
        self.world = world
        self.chance = random.Random(seed)
        self.areas = [
            *(world.door(f"{n}-1-101", world.grids[n % 2]) for n in range(1, 7)),
            world.grids[0].id, world.house.east.id,
        ]  # fmt: skip

    def act(self, name: str, **given: object) -> object:
        """Carry out a command of the register as the clerk."""
        return getattr(people, name)(stamp=fresh(), actor=self.world.clerk, **given)

    def one(self, table: type, **wanted: object) -> UUID:
        """Return the id of a row chosen by chance; an id of nobody when there is none."""
        ids = sorted(table.objects.filter(**wanted).values_list("id", flat=True))  # type: ignore[attr-defined]
        return self.chance.choice(ids) if ids else uuid7()

    def resident(self) -> UUID:
        """Return somebody, mostly somebody who is counted."""
        return self.one(Resident, **({"state": "living"} if self.chance.random() < 0.9 else {}))

    def household(self) -> UUID:
        """Return a household, mostly an open one."""
        return self.one(Household, **({"state": "open"} if self.chance.random() < 0.9 else {}))

    def mover(self) -> Mover:
        """Return somebody who goes, in some relation."""
        return Mover(self.resident(), self.chance.choice(list(Relation)).value, self.chance.random() < 0.2)

    def day(self) -> date:
        """Return a day not long ago."""
        return TODAY - timedelta(days=self.chance.randrange(5))

    def steps(self) -> dict[str, Callable[[], object]]:
        """Return everything that can be done next."""
        chance = self.chance
        return {
            "add": lambda: self.act("add_households", households=[self._family()]),
            "add member": lambda: self.act("add_residents", residents=[Joiner(self.household(), self._person())]),
            "correct": lambda: self.act(
                "correct_residents",
                corrections=[
                    Correction(
                        self.resident(),
                        chance.choice(
                            [{"is_head": True}, {"name": chance.choice(NAMES)}, {"presence": "away"}, {"phones": ""}]
                        ),
                    )
                ],
            ),
            "move home": lambda: self.act("move_household", household=self.household(), area=chance.choice(self.areas)),
            "move": lambda: self.act("move_residents", movers=[self.mover()], household=self.household()),
            "split": lambda: self.act(
                "split_household",
                household=self.household(),
                into=NewHouseholdSplit(uuid7(), (self.mover(),), chance.choice([None, *self.areas])),
            ),
            "leave": lambda: self.act("leave_register", departures=[Departure(self.resident(), self.day())]),
            "die": lambda: self.act("record_deaths", departures=[Departure(self.resident(), self.day())]),
            "back": lambda: self.act(
                "reinstate_resident", resident=self.one(Resident, state__in=("died", "moved_out"))
            ),
            "flag": lambda: self.act("raise_flags", flags=[new_flag(self.resident(), chance.choice([*FLAG_REASONS]))]),
            "unflag": lambda: self.act("end_flag", flag=self.one(PriorityFlag)),
            "lapse": lambda: self.act("lapse_flags", on=TODAY + timedelta(days=chance.randrange(20))),
            "stay": lambda: self.act("begin_stay", stay=new_stay(self.resident(), self.household())),
            "go": lambda: self.act("end_stay", stay=self.one(Stay)),
            "join": lambda: self.act("join_residents", kept=self.resident(), gone=self.resident()),
            "join homes": lambda: self.act("join_households", kept=self.household(), gone=self.household()),
            "undo": lambda: self.act("undo_joining", joining=self.one(Joining)),
            "withdraw": lambda: self.act("withdraw", households=[self.household()]),
        }

    def _person(self) -> NewResident:
        return person(self.chance.choice(NAMES), phones=(f"1380000{self.chance.randrange(10):04d}",))

    def _family(self) -> NewHousehold:
        members = tuple(self._person() for _ in range(self.chance.randrange(4)))
        return NewHousehold(id=uuid7(), area=self.chance.choice(self.areas), members=members)


@pytest.mark.parametrize("seed", range(3))
def test_after_every_step_of_a_random_walk_all_counts_agree(seed: int) -> None:
    walk = Walk(settle(), seed)
    done: dict[str, int] = {}
    for _ in range(12):
        walk.steps()["add"]()
    for _ in range(STEPS):
        name, act = walk.chance.choice(sorted(walk.steps().items()))
        before = rows()
        try:
            act()
        except Refused:
            assert rows() == before, f"{name} was refused and left something behind"
        else:
            done[name] = done.get(name, 0) + 1
        holds()
    assert len(done) > 12, done


@pytest.mark.parametrize("seed", range(4))
def test_any_joining_is_undone_to_the_byte_whatever_came_before(seed: int) -> None:
    walk = Walk(settle(), 100 + seed)
    for _ in range(8):
        walk.steps()["add"]()
    tried = 0
    for _ in range(60):
        before = rows()
        name = walk.chance.choice(["join", "join homes", *walk.steps()])
        try:
            made = walk.steps()[name]()
        except Refused:
            continue
        if name in ("join", "join homes"):
            people.undo_joining(stamp=fresh(), actor=walk.world.clerk, joining=made.joining)  # type: ignore[attr-defined]
            assert rows() == before
            tried += 1
    assert tried > 3
    holds()
