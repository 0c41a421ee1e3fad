"""Doors that a second person looks at again: who, how many, and how far they agree."""

from typing import Any
from uuid import UUID

import pytest

from tests.people.world import fresh, holds, refused, settle
from tests.surveys.answers.asking import Asking, ask, later
from wangge.access.rules import Role
from wangge.access.viewing import Viewer
from wangge.kernel.ids import uuid7
from wangge.people.models import Resident
from wangge.surveys.commands import record_visits
from wangge.surveys.commands.spotchecks import draw_checks, record_check
from wangge.surveys.models import RoundDoor, SpotCheck
from wangge.surveys.queries.checks import check_lines, checks_of
from wangge.surveys.rules import DoorState, VisitSeen
from wangge.surveys.rules.spotchecks import DoneDoor, agreement, draw, give_out, how_many


def door(number: int, worker: int, path: str = "1.2.") -> DoneDoor:
    return DoneDoor(UUID(int=number), UUID(int=100 + number), UUID(int=worker), path)


def test_the_lot_is_the_same_for_the_same_seed_and_every_workers_turn_comes() -> None:
    doors = [door(n, 1 if n < 20 else n % 3 + 1) for n in range(30)]
    drawn = draw(doors, 6, seed="round|2020-02-10")
    assert drawn == draw(list(reversed(doors)), 6, seed="round|2020-02-10")
    assert drawn != draw(doors, 6, seed="round|2020-02-11")
    assert sorted(one.worker.int for one in drawn) == [1, 1, 2, 2, 3, 3]
    assert len(draw(doors, 99, seed="x")) == 30
    assert draw([], 3, seed="x") == []


@pytest.mark.parametrize(("doors", "share", "number"), [(0, 5, 0), (1, 5, 1), (100, 5, 5), (101, 5, 6)])
def test_a_share_is_rounded_up(doors: int, share: int, number: int) -> None:
    assert how_many(doors, share=share) == number


def test_nobody_looks_at_their_own_door_again_and_work_is_shared() -> None:
    given = give_out([door(1, 1), door(2, 1), door(3, 2), door(4, 9, "3.")], {"1.2.": [UUID(int=1), UUID(int=2)]})
    assert given == {UUID(int=1): UUID(int=2), UUID(int=2): UUID(int=2), UUID(int=3): UUID(int=1), UUID(int=4): None}


@pytest.mark.parametrize(
    ("before", "again", "states", "numbers"),
    [
        ({"a": "yes", "b": 2}, {"a": "yes", "b": 3}, ("done", "done"), (2, 1, False)),
        ({"a": "yes", "b": "?"}, {"a": "yes", "b": 3}, ("done", "done"), (1, 1, True)),
        ({}, {}, ("done", "done"), (0, 0, True)),
        ({"a": "yes"}, {}, ("done", "refused"), (0, 0, False)),
        ({"a": "yes"}, {"a": "yes"}, ("done", "vacant"), (1, 1, False)),
    ],
)
def test_a_door_agrees_when_its_state_and_every_answer_do(
    before: dict[str, object], again: dict[str, object], states: tuple[str, str], numbers: tuple[int, int, bool]
) -> None:
    found = agreement(before, again, state_before=states[0], state_again=states[1])
    assert (found.compared, found.equal, found.agrees) == numbers


@pytest.fixture
def asking() -> Asking:
    return ask(settle())


def worker(asking: Asking, login: str) -> Viewer:
    return asking.world.house.add(login, Role.GRID_WORKER, asking.world.house.east)


def done_door(asking: Asking, by: Viewer, number: int, said: str = "no") -> UUID:
    """Let a worker find a family at home, in the round."""
    home = asking.world.family("王一", door=f"1-1-10{number}")
    visit = VisitSeen(id=uuid7(), household=home.household, state=DoorState.DONE, at=later())
    record_visits(stamp=fresh(), actor=by, visits=[visit])
    where = asking.world.grids[0]
    RoundDoor.objects.get_or_create(
        round=asking.round, household_id=home.household,
        defaults={"path": where.path, "grid_path": where.path, "visit_id": visit.id, "state": "done", "at": later()},
    )  # fmt: skip
    asking.record(asking.filling(home.household, {home.residents[0]: {"away": said}}, visit=visit.id), actor=by)
    return home.household


@pytest.mark.django_db
def test_drawing_gives_each_door_once_to_somebody_else(asking: Asking) -> None:
    first, second = worker(asking, "w1"), worker(asking, "w2")
    for number in range(3):
        done_door(asking, first, number)
    where: dict[str, Any] = {"round": asking.round.id, "path": asking.round.path}
    with refused("access.forbidden"):
        draw_checks(stamp=fresh(), actor=first, number=1, **where)
    with refused("answers.how_many_missing"):
        draw_checks(stamp=fresh(), actor=asking.world.house.admin, **where)
    admin = asking.world.house.admin
    assert draw_checks(stamp=fresh(), actor=admin, number=2, **where).drawn == 2
    assert draw_checks(stamp=fresh(), actor=admin, share=100, **where).drawn == 1
    assert draw_checks(stamp=fresh(), actor=admin, number=5, **where).drawn == 0
    assert set(SpotCheck.objects.values_list("checker", flat=True)) == {second.account_id}
    holds()


@pytest.mark.django_db
def test_a_check_leaves_the_door_as_it_was_and_counts_as_agreement(asking: Asking) -> None:
    first, second = worker(asking, "w1"), worker(asking, "w2")
    agreeing, differing = done_door(asking, first, 1), done_door(asking, first, 2)
    admin = asking.world.house.admin
    draw_checks(stamp=fresh(), actor=admin, number=2, round=asking.round.id, path=asking.round.path)
    rows = {row.household_id: row for row in SpotCheck.objects.all()}
    with refused("answers.check_own_door"):
        record_check(stamp=fresh(), actor=first, check=rows[agreeing].id, state="done", at=later(60))
    for home, said in ((agreeing, "no"), (differing, "yes")):
        who = _member(home)
        filling = asking.filling(home, {who: {"away": said}}, source="check", at=later(60))
        asking.record(filling, actor=second)
        record_check(stamp=fresh(), actor=second, check=rows[home].id, state="done", at=later(60), sheet=filling.id)
    with refused("answers.check_done"):
        record_check(stamp=fresh(), actor=second, check=rows[agreeing].id, state="done", at=later(61))
    found = checks_of(viewer=admin, round=asking.round.id, path=asking.round.path)
    whole = found.whole
    assert (whole.drawn, whole.done, whole.agreeing, whole.compared, whole.equal) == (2, 2, 1, 2, 1)
    assert [name for name, _ in found.communities] == [asking.world.house.east.name]
    lines, total = check_lines(viewer=admin, round=asking.round.id, path=asking.round.path)
    assert total == 2
    assert {line.agrees for line in lines} == {True, False}
    assert RoundDoor.objects.filter(round=asking.round, state="done").count() == 2
    holds()


def _member(home: UUID) -> UUID:
    return Resident.objects.get(household=home).id
