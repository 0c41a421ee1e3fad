"""Whoever moves, splits or leaves takes today's state of the door along: due = done + open in every grid."""

from datetime import date
from uuid import UUID

import pytest

from tests.conftest import NOON
from tests.people.world import TODAY, World, fresh, holds, new_stay, refused, settle
from wangge.flows import register
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.rules.wishes import Departure, Mover, NewHouseholdSplit
from wangge.situation.board import board
from wangge.surveys.commands import record_visits
from wangge.surveys.rules import DoorState, VisitSeen

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return settle()


def visit(world: World, *households: UUID) -> None:
    for household in households:
        seen = VisitSeen(id=uuid7(), household=household, state=DoorState.DONE, at=NOON)
        (outcome,) = record_visits(stamp=fresh(), actor=world.clerk, visits=[seen])
        assert outcome.outcome == "applied"


def doors(world: World) -> list[tuple[int, int, int]]:
    """Return (due, done, open) of the two grids, from the tallies and counted live alike."""
    holds()
    found = []
    for grid in world.grids:
        shown = board(viewer=world.house.admin, path=grid.path, at=NOON, zone="Asia/Shanghai", on=date(2020, 2, 10))
        counters = shown.counters
        live = [(line.due, line.done) for line in shown.workers]
        assert (sum(due for due, _ in live), sum(done for _, done in live)) == (
            counters["doors_due"],
            counters["doors_done"],
        )
        found.append((counters["doors_due"], counters["doors_done"], counters["doors_open"]))
    return found


def test_a_moved_household_takes_its_done_door_along(world: World) -> None:
    family, other = world.family("张三", door="3-2-501"), world.family("李四", door="3-2-502")
    visit(world, family.household)
    assert doors(world) == [(2, 1, 1), (0, 0, 0)]
    goal = world.door("9-1-101", world.grids[1])
    register.move_household(stamp=fresh(), actor=world.clerk, household=family.household, area=goal)
    assert doors(world) == [(1, 0, 1), (1, 1, 0)]
    register.move_household(
        stamp=fresh(), actor=world.clerk, household=family.household, area=world.grids[1].id, address="船上"
    )
    assert doors(world) == [(1, 0, 1), (0, 0, 0)]
    with refused("people.already_there"):
        register.move_household(stamp=fresh(), actor=world.clerk, household=other.household, area=world.door("3-2-502"))


def test_a_household_left_empty_is_due_no_more_and_a_split_one_is(world: World) -> None:
    family, other = (
        world.family("张三", "张小", door="3-2-501"),
        world.family("李四", door="9-1-1", area=world.grids[1]),
    )
    visit(world, family.household, other.household)
    split = NewHouseholdSplit(uuid7(), (Mover(family.residents[1], is_head=True),))
    register.split_household(stamp=fresh(), actor=world.clerk, household=family.household, into=split)
    assert doors(world) == [(2, 1, 1), (1, 1, 0)]
    register.move_residents(
        stamp=fresh(), actor=world.clerk, movers=[Mover(family.residents[0])], household=other.household
    )
    assert doors(world) == [(1, 0, 1), (1, 1, 0)]
    register.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(other.residents[0], TODAY)])
    assert doors(world) == [(1, 0, 1), (1, 1, 0)]
    register.record_deaths(stamp=fresh(), actor=world.clerk, departures=[Departure(family.residents[0], TODAY)])
    assert doors(world) == [(1, 0, 1), (0, 0, 0)]


def test_joined_doors_count_once_and_parted_ones_twice_again(world: World) -> None:
    first, second = world.family("张三", door="3-2-501"), world.family("张叁", door="9-1-1", area=world.grids[1])
    visit(world, first.household, second.household)
    joined = register.join_households(stamp=fresh(), actor=world.clerk, kept=first.household, gone=second.household)
    assert doors(world) == [(1, 1, 0), (0, 0, 0)]
    register.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert doors(world) == [(1, 1, 0), (1, 0, 1)]
    visit(world, second.household)
    joined = register.join_residents(
        stamp=fresh(), actor=world.clerk, kept=first.residents[0], gone=second.residents[0]
    )
    assert doors(world) == [(1, 1, 0), (0, 0, 0)]
    register.undo_joining(stamp=fresh(), actor=world.clerk, joining=joined.joining)
    assert doors(world) == [(1, 1, 0), (1, 0, 1)]


def test_the_door_of_a_host_who_is_left_empty_is_due_no_more(world: World) -> None:
    host, guest = world.family("李四", door="3-2-501"), world.family("客人", door="9-1-1", area=world.grids[1])
    stay = people.begin_stay(stamp=fresh(), actor=world.clerk, stay=new_stay(guest.residents[0], host.household))
    visit(world, host.household)
    register.leave_register(stamp=fresh(), actor=world.clerk, departures=[Departure(host.residents[0], TODAY)])
    assert doors(world) == [(1, 1, 0), (1, 0, 1)]
    register.end_stay(stamp=fresh(), actor=world.clerk, stay=stay)
    assert doors(world) == [(0, 0, 0), (1, 0, 1)]
    with refused("people.stay_unknown"):
        register.end_stay(stamp=fresh(), actor=world.clerk, stay=uuid7())
    people.reinstate_resident(stamp=fresh(), actor=world.clerk, resident=host.residents[0])
    assert doors(world) == [(1, 0, 1), (1, 0, 1)]
