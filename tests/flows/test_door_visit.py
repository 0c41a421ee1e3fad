"""A visit with answers is one act: the register takes what it lacks, and asks where it says otherwise."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.people.world import fresh, holds, person, refused, settle
from tests.surveys.answers.asking import Asking, ask, later, row_about
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.flows.door_visit import DoorRecorded, DoorSeen, record_doors
from wangge.flows.settling import settle as settle_and_write
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.commands.writing import phones_of
from wangge.people.models import Household, PriorityFlag, Resident
from wangge.people.rules.wishes import Correction, NewHousehold
from wangge.surveys.models import Contradiction, DoorVisit, Response
from wangge.surveys.rules import DoorState, VisitSeen
from wangge.surveys.rules.answers import Filling

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking() -> Asking:
    return ask(settle())


def household(asking: Asking, *names: str, **more: Any) -> tuple[UUID, tuple[UUID, ...]]:
    members = tuple(person(name, **(more if not place else {})) for place, name in enumerate(names))
    new = NewHousehold(id=uuid7(), area=asking.world.door("1-1-101"), members=members)
    added = asking.world.add(new)
    return added.household, added.residents


def bring(asking: Asking, filling: Filling, *, actor: Viewer | None = None, minutes: int = 0) -> DoorRecorded:
    visit = VisitSeen(id=uuid7(), household=filling.household, state=DoorState.DONE, at=filling.at)
    stamp = fresh(at=later(minutes), received_at=later(minutes))
    door = DoorSeen(visit=visit, filling=replace(filling, visit=visit.id))
    return record_doors(stamp=stamp, actor=actor or asking.world.clerk, doors=[door])[0]


def test_a_visit_is_kept_also_when_its_answers_do_not_fit(asking: Asking) -> None:
    home, _ = household(asking, "王一")
    done = bring(asking, asking.filling(home, rooms="many"))
    assert done.visit is not None
    assert done.filling is not None
    assert (done.visit.outcome, done.filling.code) == ("applied", "answers.do_not_fit")
    assert (DoorVisit.objects.count(), Response.objects.count()) == (1, 0)
    holds()


def test_the_register_takes_what_it_lacks_with_the_clock_of_the_answer(asking: Asking) -> None:
    home, (first,) = household(asking, "王一", phones=("13800000001",))
    done = bring(asking, asking.filling(home, {first: {"born": "1950-01-02", "phone": "13800000002", "back": "yes"}},
                                        remark="门牌掉了"))  # fmt: skip
    assert (done.written, done.flags, done.left_open) == (3, 1, ())
    row = Resident.objects.get(id=first)
    assert row.birth_on == date(1950, 1, 2)
    assert phones_of([row])[first] == ("13800000002", "13800000001")
    assert Household.objects.get(id=home).note == "门牌掉了"
    flag = PriorityFlag.objects.get()
    assert (flag.reason, flag.from_on, flag.until_on) == ("returnee", date(2020, 2, 10), date(2020, 2, 24))
    assert flag.basis == "第一轮，县指令第3号"
    assert not Contradiction.objects.exists()
    holds()


def test_what_the_register_knows_for_sure_is_asked_and_settled_into_it(asking: Asking) -> None:
    home, (first,) = household(asking, "王一", birth_on=date(1949, 1, 1))
    filling = asking.filling(home, {first: {"born": "1950-01-02"}})
    assert bring(asking, filling).written == 0
    row = Contradiction.objects.get()
    assert (row.first_id, row.question) == (None, "resident.birth_on")
    chosen = row_about(filling.id, first)
    settle_and_write(stamp=fresh(), actor=asking.world.clerk, contradiction=row.id, chosen=chosen, reason="看了身份证")
    assert Resident.objects.get(id=first).birth_on == date(1950, 1, 2)
    holds()


def test_an_edit_made_after_the_answer_is_not_overwritten(asking: Asking) -> None:
    home, (first,) = household(asking, "王一", phones=("13800000001",))
    edited = fresh(at=later(10), received_at=later(10))
    people.correct_residents(
        stamp=edited, actor=asking.world.clerk, corrections=[Correction(first, {"phones": "13800000009"})]
    )
    assert (
        bring(asking, asking.filling(home, {first: {"phone": "13800000002"}}, source="paper"), minutes=30).written == 0
    )
    assert phones_of(list(Resident.objects.all()))[first] == ("13800000009",)
    assert Contradiction.objects.get().question == "resident.phone"
    holds()


def test_somebody_who_is_not_on_the_list_is_registered_and_answered_for(asking: Asking) -> None:
    home, _ = household(asking, "王一")
    filling = asking.filling(home)
    said = [{"resident": None, "name": "王一", "away": "no"}, {"resident": None, "name": "李新", "away": "yes"}]
    done = bring(asking, replace(filling, answers={"people": said}))
    assert len(done.added) == 1
    assert Resident.objects.get(id=done.added[0]).name == "李新"
    asked = dict(
        Response.objects.filter(sheet=filling.id, resident__isnull=False).values_list("resident__name", "answers")
    )
    assert asked == {"王一": {"away": "no"}, "李新": {"away": "yes"}}
    again = record_doors(
        stamp=fresh(), actor=asking.world.clerk, doors=[DoorSeen(filling=replace(filling, answers={"people": said}))]
    )
    assert again[0].filling is not None
    assert again[0].filling.outcome == "again"
    assert Resident.objects.count() == 2
    holds()


def test_nobody_is_registered_for_answers_that_do_not_fit(asking: Asking) -> None:
    home, _ = household(asking, "王一")
    filling = replace(asking.filling(home), answers={"people": [{"name": "李新", "away": "perhaps"}]})
    done = bring(asking, filling)
    assert done.filling is not None
    assert (done.filling.code, done.added) == ("answers.do_not_fit", ())
    assert Resident.objects.count() == 1


def test_who_may_not_write_the_register_still_brings_answers(asking: Asking) -> None:
    home, (first,) = household(asking, "王一")
    volunteer = replace(asking.world.clerk, grants=(Grant(Role.VOLUNTEER, asking.world.house.east.path),))
    said: list[dict[str, Any]] = [{"resident": str(first), "phone": "13800000002"}, {"name": "李新", "away": "no"}]
    done = bring(asking, replace(asking.filling(home), answers={"people": said}), actor=volunteer)
    assert done.filling is not None
    assert done.filling.outcome == "applied"
    assert done.written == 0
    assert "answers.register_not_written" in done.left_open
    assert Resident.objects.count() == 1
    assert Response.objects.get(id=done.filling.id).answers["people"] == [
        {"resident": None, "name": "李新", "away": "no"}
    ]


def test_settling_into_the_register_needs_the_right_to_write_it(asking: Asking) -> None:
    home, (first,) = household(asking, "王一", birth_on=date(1949, 1, 1))
    filling = asking.filling(home, {first: {"born": "1950-01-02"}})
    bring(asking, filling)
    row = Contradiction.objects.get()
    worker = replace(asking.world.clerk, grants=(Grant(Role.VOLUNTEER, row.path),))
    with refused("answers.contradiction_unknown"):
        settle_and_write(stamp=fresh(), actor=worker, contradiction=row.id, chosen=None, reason="x")
    assert Resident.objects.get(id=first).birth_on == date(1949, 1, 1)
