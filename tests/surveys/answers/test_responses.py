"""Answers are kept as they were given, once each, and what contradicts is found."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from tests.conftest import NOON
from tests.people.world import World, fresh, holds, refused, settle
from tests.surveys.answers.asking import Asking, ask, begin_round, later, row_about
from wangge.access.rules import Role
from wangge.access.viewing import Grant
from wangge.flows import register
from wangge.journal import tallies
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import Mover
from wangge.privacy.holdings import erase, held_about
from wangge.surveys.answered import answers_of
from wangge.surveys.commands import record_responses, settle_contradiction, void_response
from wangge.surveys.models import Contradiction, Response
from wangge.surveys.queries.answers import household_answers, last_said
from wangge.surveys.queries.contradictions import contradiction_page, contradictions_in
from wangge.surveys.rules.answers import WrongAnswer

pytestmark = pytest.mark.django_db
TODAY = date(2020, 2, 10)


@pytest.fixture
def asking() -> Asking:
    return ask(settle())


def counted(world: World, path: str) -> dict[str, int]:
    found = tallies.totals(path=path, counters=["responses", "contradictions_open"], day=TODAY, today=TODAY)
    return {code: value for code, value in found.items() if value}


def two(asking: Asking) -> tuple[UUID, tuple[UUID, ...]]:
    home = asking.world.family("王一", "王二", door="1-1-101")
    return home.household, home.residents


def test_a_filling_is_one_row_for_the_household_and_one_for_each_resident(asking: Asking) -> None:
    home, (first, second) = two(asking)
    one = asking.filling(home, {first: {"away": "no", "fever": "yes"}, second: {"away": "?"}}, rooms=3)
    assert asking.record(one)[0].outcome == "applied"
    rows = {row.resident_id: row for row in Response.objects.filter(sheet=one.id)}
    assert answers_of(rows[None]) == {"rooms": 3}
    assert answers_of(rows[first]) == {"away": "no", "fever": "yes"}
    assert "fever" not in rows[first].answers, "health is sealed"
    assert answers_of(rows[second]) == {"away": "?"}
    assert counted(asking.world, asking.world.house.east.path) == {"responses": 1}
    holds()


def test_the_same_filling_twice_is_kept_once(asking: Asking) -> None:
    home, (first, _) = two(asking)
    one = asking.filling(home, {first: {"away": "no"}})
    assert [out.outcome for out in asking.record(one, one)] == ["applied", "applied"]
    assert asking.record(one)[0].outcome == "again"
    assert Response.objects.count() == 2
    holds()


def test_what_cannot_be_kept_is_turned_away_alone(asking: Asking) -> None:
    home, (first, _) = two(asking)
    good = asking.filling(home, rooms=2)
    bad = [
        asking.filling(uuid7()),
        asking.filling(home, questionnaire=uuid7()),
        asking.filling(home, {uuid7(): {"away": "no"}}),
        asking.filling(home, helper="x" * 61),
        asking.filling(home, {first: {"away": "perhaps"}}, rooms="many"),
    ]
    outcomes = asking.record(*bad, good)
    assert [out.code for out in outcomes] == [
        "surveys.household_unknown",
        "answers.questionnaire_unknown",
        "answers.resident_elsewhere",
        "answers.helper_too_long",
        "answers.do_not_fit",
        "",
    ]
    assert {(one.name, one.index) for one in outcomes[4].faults} == {("rooms", None), ("away", 0)}
    assert Response.objects.count() == 1
    holds()


def test_out_of_reach_nothing_is_recorded(asking: Asking) -> None:
    home, _ = two(asking)
    stranger = replace(asking.world.clerk, grants=(Grant(Role.CLERK, asking.world.west.path),))
    assert asking.record(asking.filling(home), actor=stranger)[0].outcome == "forbidden"
    with refused("surveys.household_unknown"):
        household_answers(viewer=stranger, household=home, language="en")


def test_from_paper_a_broken_wish_is_kept_and_reported_at_the_door_it_is_asked_again(asking: Asking) -> None:
    home, _ = two(asking)
    assert asking.record(asking.filling(home, rooms=40))[0].outcome == "rejected"
    late = asking.filling(home, rooms=40, source="paper")
    outcome = asking.record(late)[0]
    assert (outcome.outcome, outcome.faults) == ("applied", (WrongAnswer("rooms", None, "constraint"),))
    assert answers_of(Response.objects.get(id=late.id)) == {"rooms": 40}


def test_two_answers_that_cannot_both_be_open_one_contradiction(asking: Asking) -> None:
    home, (first, _) = two(asking)
    asking.record(asking.filling(home, {first: {"away": "no"}}))
    outcome = asking.record(asking.filling(home, {first: {"away": "yes"}}, at=later(30)))[0]
    assert outcome.contradictions == 1
    asking.record(asking.filling(home, {first: {"away": "no"}}, at=later(60)))
    row = Contradiction.objects.get()
    assert (row.subject, row.question) == (first, "door/away")
    assert counted(asking.world, row.grid_path)["contradictions_open"] == 1
    page = contradiction_page(viewer=asking.world.clerk, contradiction=row.id, language="en")
    assert [side.words for side in page.sides] == ["No", "Yes", "No"]
    assert page.settles
    holds()


@pytest.mark.parametrize(
    ("one", "other"), [({"away": "?"}, {"away": "yes"}), ({"fever": "no"}, {}), ({"away": "no"}, {"away": "no"})]
)
def test_not_knowing_is_no_contradiction(asking: Asking, one: dict[str, str], other: dict[str, str]) -> None:
    home, (first, _) = two(asking)
    asking.record(asking.filling(home, {first: one}))
    assert asking.record(asking.filling(home, {first: other}, at=later(30)))[0].contradictions == 0


def test_a_later_round_tells_what_changed_and_does_not_contradict(asking: Asking) -> None:
    home, (first, _) = two(asking)
    asking.record(asking.filling(home, {first: {"away": "no", "fever": "no", "born": "1950-01-02"}}))
    again = begin_round(asking.world, asking.paper, name="第二轮", from_on=date(2020, 2, 12))
    said = {"away": "yes", "fever": "yes", "born": "1951-01-02"}
    late = asking.filling(home, {first: said}, round=again.id, at=later(days=3))
    record_responses(
        stamp=fresh(at=later(days=3), received_at=later(days=3)), actor=asking.world.clerk, fillings=[late]
    )
    assert list(Contradiction.objects.values_list("question", flat=True)) == ["resident.birth_on"]


def test_settling_needs_a_reason_and_ends_it_until_something_new_is_said(asking: Asking) -> None:
    home, (first, _) = two(asking)
    one, other = (asking.filling(home, {first: {"away": said}}) for said in ("no", "yes"))
    asking.record(one)
    asking.record(other)
    row = Contradiction.objects.get()
    chosen = row_about(one.id, first)
    actor = asking.world.clerk
    with refused("answers.reason_missing"):
        settle_contradiction(stamp=fresh(), actor=actor, contradiction=row.id, chosen=chosen, reason=" ")
    with refused("answers.response_unknown"):
        settle_contradiction(stamp=fresh(), actor=actor, contradiction=row.id, chosen=one.id, reason="电话")
    settle_contradiction(stamp=fresh(at=later(5), received_at=later(5)), actor=actor, contradiction=row.id,
                         chosen=chosen, reason="电话核实")  # fmt: skip
    with refused("answers.already_settled"):
        settle_contradiction(stamp=fresh(), actor=actor, contradiction=row.id, chosen=None, reason="电话")
    again = asking.filling(home, {first: {"away": "no"}}, at=later(30))
    late = fresh(at=later(30), received_at=later(30))
    assert record_responses(stamp=late, actor=actor, fillings=[again])[0].contradictions == 0
    changed = asking.filling(home, {first: {"away": "yes"}}, at=later(40))
    late = fresh(at=later(40), received_at=later(40))
    assert record_responses(stamp=late, actor=actor, fillings=[changed])[0].contradictions == 1
    holds()


def test_a_worker_may_read_what_only_a_leader_settles(asking: Asking) -> None:
    home, (first, _) = two(asking)
    asking.record(asking.filling(home, {first: {"away": "no"}}))
    asking.record(asking.filling(home, {first: {"away": "yes"}}))
    row = Contradiction.objects.get()
    worker = replace(asking.world.clerk, grants=(Grant(Role.GRID_WORKER, row.path),))
    assert not contradiction_page(viewer=worker, contradiction=row.id, language="en").settles
    with refused("access.forbidden"):
        settle_contradiction(stamp=fresh(), actor=worker, contradiction=row.id, chosen=None, reason="x")
    stranger = replace(asking.world.clerk, grants=(Grant(Role.CLERK, asking.world.west.path),))
    with refused("answers.contradiction_unknown"):
        settle_contradiction(stamp=fresh(), actor=stranger, contradiction=row.id, chosen=None, reason="x")


def test_voiding_a_filling_takes_its_contradictions_along(asking: Asking) -> None:
    home, (first, _) = two(asking)
    one, other = (asking.filling(home, {first: {"away": said}}) for said in ("no", "yes"))
    asking.record(one)
    asking.record(other)
    with refused("answers.reason_missing"):
        void_response(stamp=fresh(), actor=asking.world.clerk, response=other.id, reason="")
    gone = void_response(stamp=fresh(), actor=asking.world.clerk, response=other.id, reason="记错人")
    assert set(gone) == {other.id, row_about(other.id, first)}
    with refused("answers.already_voided"):
        void_response(stamp=fresh(), actor=asking.world.clerk, response=other.id, reason="again")
    assert not Contradiction.objects.filter(settled_at=None).exists()
    assert counted(asking.world, asking.world.house.east.path) == {"responses": 1}
    holds()


def test_what_is_open_follows_people_who_move(asking: Asking) -> None:
    home, (first, second) = two(asking)
    for said in ("no", "yes"):
        asking.record(asking.filling(home, {first: {"away": said}, second: {"away": said}}, rooms=2))
    goal = asking.world.family("李四", door="2-1-101", area=asking.world.grids[1]).household
    register.move_residents(stamp=fresh(), actor=asking.world.clerk, movers=[Mover(first)], household=goal)
    moved = Contradiction.objects.get(subject=first)
    assert (moved.household_id, moved.grid_path) == (goal, asking.world.grids[1].path)
    assert Contradiction.objects.get(subject=second).household_id == home
    holds()


def test_what_is_open_follows_a_household_that_is_joined_and_parted_again(asking: Asking) -> None:
    home, (first, _) = two(asking)
    for said in (2, 3):
        asking.record(asking.filling(home, {first: {"away": "no"}}, rooms=said))
    goal = asking.world.family("李四", door="2-1-101", area=asking.world.grids[1]).household
    joined = register.join_households(stamp=fresh(), actor=asking.world.clerk, kept=goal, gone=home)
    assert Contradiction.objects.get().grid_path == asking.world.grids[1].path
    holds()
    assert len(household_answers(viewer=asking.world.clerk, household=goal, language="en").sheets) == 2
    register.undo_joining(stamp=fresh(), actor=asking.world.clerk, joining=joined.joining)
    assert Contradiction.objects.get().grid_path == asking.world.grids[0].path
    holds()


def test_the_answers_of_a_household_stand_side_by_side(asking: Asking) -> None:
    home, (first, second) = two(asking)
    asking.record(asking.filling(home, {first: {"away": "no"}, second: {"away": "no"}}, rooms=2))
    asking.record(asking.filling(home, {first: {"away": "yes"}}, rooms=2, at=later(20), source="call"))
    seen = household_answers(viewer=asking.world.clerk, household=home, language="en")
    assert [sheet.source for sheet in seen.sheets] == ["call", "door"]
    cells = {(line.who, line.question): (line.cells, line.differs) for line in seen.lines}
    assert cells == {
        ("", "Rooms"): (("2", "2"), False),
        ("王一", "Away"): (("Yes", "No"), True),
        ("王二", "Away"): (("", "No"), False),
    }
    assert len(seen.open) == 1


def test_what_was_said_last_comes_back_as_it_was_filled_in(asking: Asking) -> None:
    home, (first, _) = two(asking)
    asking.record(asking.filling(home, {first: {"away": "no", "fever": "no"}}, rooms=2))
    said = last_said(viewer=asking.world.clerk, household=home, code="door")
    assert said is not None
    assert said.round_name == "第一轮"
    assert said.answers == {"rooms": 2, "people": [{"resident": str(first), "away": "no", "fever": "no"}]}


@pytest.mark.parametrize("homes", [1, 3])
def test_recording_and_listing_cost_the_same_for_one_and_for_three(
    asking: Asking, homes: int, django_assert_max_num_queries: object
) -> None:
    fillings = []
    for number in range(homes):
        home = asking.world.family("王一", door=f"1-1-10{number + 1}")
        fillings += [asking.filling(home.household, {home.residents[0]: {"away": said}}) for said in ("no", "yes")]
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        asking.record(*fillings)
    with django_assert_max_num_queries(4):  # type: ignore[operator]
        lines, total = contradictions_in(viewer=asking.world.clerk, path=asking.world.house.east.path, language="en")
    assert (len(lines), total) == (homes, homes)


def test_what_is_held_about_somebody_is_told_in_words_the_sealed_answers_too(asking: Asking) -> None:
    home, (first, second) = two(asking)
    asking.record(asking.filling(home, {first: {"away": "no", "fever": "yes"}, second: {"away": "no"}}, rooms=2))
    told = {held.model: held.rows for held in held_about(first)}["surveys.Response"]
    assert told[0]["answers"] == ["Away: No", "Fever: 是"]
    assert erase(first, at=NOON).erased["surveys.Response"] == 1
    assert Response.objects.filter(resident=second).exists()
