"""Moves of a building while others add doors to it: no door is left behind with the old path."""

import time
from collections.abc import Callable
from threading import Event, Thread

import pytest
from django.db import OperationalError, connection, transaction

from tests.places.world import Opener, add, county, fresh, open_county
from wangge.flows import areas as flow
from wangge.journal import sealing
from wangge.journal.verifying import verify
from wangge.places import queries
from wangge.places.checking import tree_faults
from wangge.places.commands import ensure_dwellings
from wangge.places.models import Area
from wangge.places.rules import DoorKey, Level

ROUNDS = 12


def patiently(act: Callable[[], object]) -> None:
    """Carry an act out; SQLite's shared test database says "locked" where a file would let the second one wait."""
    for _ in range(2000):
        try:
            act()
            return
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise
            time.sleep(0.002)
    raise AssertionError("never got a turn")


@pytest.mark.django_db(transaction=True)
def test_no_door_is_left_behind_when_its_building_moves_while_doors_are_added() -> None:
    admin = open_county()
    lake = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    first, second = add(lake, Level.GRID, "第1网格", "第2网格")
    building = add(first, Level.BUILDING, "1")[0]
    problems: list[BaseException] = []

    def in_thread(work: Callable[[int], Callable[[], object]]) -> Thread:
        def run() -> None:
            try:
                for number in range(ROUNDS):
                    patiently(work(number))
            except BaseException as problem:
                problems.append(problem)
            finally:
                connection.close()

        return Thread(target=run)

    def move(number: int) -> Callable[[], object]:
        stamp, parent = fresh(), (second, first)[number % 2]
        return lambda: flow.move_area(stamp=stamp, actor=admin, area=building.id, parent=parent.id)

    def settle(unit: str) -> Callable[[int], Callable[[], object]]:
        def work(number: int) -> Callable[[], object]:
            stamp, keys = fresh(), [DoorKey("1", unit, f"{number + 1}{place:02d}") for place in range(1, 5)]
            return lambda: ensure_dwellings(stamp=stamp, actor=Opener(), area=lake.id, keys=keys)

        return work

    threads = [in_thread(move), in_thread(settle("1")), in_thread(settle("2"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert problems == []
    assert tree_faults() == []
    building.refresh_from_db()
    assert building.parent_id == first.id
    assert len(queries.descend(building.path, "dwelling")) == 2 * 4 * ROUNDS
    assert not Area.objects.exclude(path__startswith=county().path).filter(rank__gt=3).exists()
    while sealing.seal_open_lines():
        pass
    assert verify().holds


@pytest.mark.django_db(transaction=True)
def test_a_move_waits_for_whoever_is_just_writing_paths_and_takes_their_rows_along() -> None:
    admin = open_county()
    lake = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    first, second = add(lake, Level.GRID, "第1网格", "第2网格")
    building = add(first, Level.BUILDING, "1")[0]
    written, problems = Event(), list[BaseException]()

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                keys = [DoorKey("1", "0", "101")]
                ensure_dwellings(stamp=fresh(), actor=Opener(), area=first.id, keys=keys)
                written.set()
                time.sleep(0.5)
        except BaseException as problem:
            problems.append(problem)
        finally:
            connection.close()

    writer = Thread(target=write_slowly)
    writer.start()
    assert written.wait(timeout=30)
    stamp = fresh()
    patiently(lambda: flow.move_area(stamp=stamp, actor=admin, area=building.id, parent=second.id))
    writer.join(timeout=60)
    assert problems == []
    assert [row.door for row in queries.descend(second.path, "dwelling")] == ["1-0-101"]
    assert tree_faults() == []
