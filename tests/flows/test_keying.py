"""A printed page is keyed row by row: by three clerks at once, nothing is lost and nothing is there twice."""

import time
from collections.abc import Callable, Sequence
from threading import Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection

from tests.people.world import fresh, holds, person, refused, settle
from tests.surveys.answers.asking import Asking, ask, later
from wangge.access.rules import Role
from wangge.flows.keying import KeyedRow, key_row
from wangge.journal import sealing
from wangge.journal.verifying import verify
from wangge.kernel.ids import uuid7
from wangge.people import commands as people
from wangge.people.models import Resident
from wangge.people.rules.wishes import NewHousehold
from wangge.places import commands as places
from wangge.places.rules import DoorKey
from wangge.surveys.answered import answers_of
from wangge.surveys.commands.paper import print_sheets
from wangge.surveys.models import Contradiction, DoorVisit, PaperSheet, Response, RoundDoor
from wangge.surveys.queries.paper import sheet_of_code, sheets_of_batch
from wangge.surveys.rules import DoorState
from wangge.surveys.rules.paper import ROWS_A_PAGE, read_code, sheet_code

HOMES, PEOPLE, SHARED = 248, 1984, 12


@pytest.mark.parametrize("text", ["WG1:{0}", " {0} ", "{0}", "wg1:{0}"])
def test_a_code_is_read_as_it_is_typed_or_scanned(text: str) -> None:
    code = sheet_code(UUID(int=7))
    assert len(code) == 8
    assert read_code(text.format(f"{code[:4]}-{code[4:].lower()}")) == code


def settled(homes: int, members: Callable[[int], int]) -> Asking:
    """Return a round with so many families in one building, several hundred to a transaction."""
    asking = ask(settle())
    keys = [DoorKey(str(n // 60 + 1), str(n // 20 % 3 + 1), f"{n % 20 + 1:02d}01") for n in range(homes)]
    made: dict[str, int] = {}
    for start in range(0, homes, 400):
        made |= places.ensure_dwellings(
            stamp=fresh(), actor=asking.world.house.admin, area=asking.world.grids[0].id, keys=keys[start : start + 400]
        )
    for start in range(0, homes, 60):
        part = [
            NewHousehold(
                id=uuid7(),
                area=made[str(keys[n])],
                members=tuple(
                    person(f"王{chr(0x4E00 + n)}{chr(0x4E00 + place)}", is_head=not place)
                    for place in range(members(n))
                ),
            )
            for n in range(start, min(start + 60, homes))
        ]
        people.add_households(stamp=fresh(), actor=asking.world.clerk, households=part)
    return asking


def printed(asking: Asking) -> list[PaperSheet]:
    batch = print_sheets(stamp=fresh(), actor=asking.world.clerk, round=asking.round.id, area=asking.round.area_id)
    return list(PaperSheet.objects.filter(batch=batch).order_by("page"))


@pytest.mark.django_db
def test_pages_hold_every_door_once_and_no_page_two_stairwells() -> None:
    asking = settled(65, lambda _: 1)
    sheets = printed(asking)
    assert [len(sheet.rows) for sheet in sheets] == [20, 20, 20, 5]
    assert max(len(sheet.rows) for sheet in sheets) <= ROWS_A_PAGE
    assert len({row for sheet in sheets for row in sheet.rows}) == 65
    assert {(sheet.page, sheet.pages) for sheet in sheets} == {(n, 4) for n in range(1, 5)}
    with refused("access.forbidden"):
        print_sheets(
            stamp=fresh(),
            actor=asking.world.house.add("far", Role.GRID_WORKER, asking.world.west),
            round=asking.round.id,
            area=asking.round.area_id,
        )
    holds()


@pytest.mark.django_db
def test_a_row_is_keyed_with_its_own_time_and_shows_as_keyed() -> None:
    asking = settled(2, lambda _: 1)
    (page,) = printed(asking)
    clerk = asking.world.clerk
    row = KeyedRow(state=DoorState.DONE, at=later(-90), answers={"rooms": 30})
    with refused("answers.row_unknown"):
        key_row(stamp=fresh(), actor=clerk, sheet=page.id, row=3, keyed=row)
    with refused("surveys.visit_ahead"):
        key_row(stamp=fresh(), actor=clerk, sheet=page.id, row=1, keyed=KeyedRow(state=DoorState.DONE, at=later(5)))
    with refused("answers.do_not_fit"):
        wrong = KeyedRow(state=DoorState.DONE, at=later(-90), answers={"rooms": "many"})
        key_row(stamp=fresh(), actor=clerk, sheet=page.id, row=1, keyed=wrong)
    assert not DoorVisit.objects.exists(), "visit and answers together, or neither"
    done = key_row(stamp=fresh(), actor=clerk, sheet=page.id, row=2, keyed=row)
    assert done.filling is not None
    assert [fault.code for fault in done.filling.faults] == ["constraint"], "paper is kept as it stands"
    assert DoorVisit.objects.get().at == later(-90)
    seen = sheet_of_code(viewer=clerk, code=f"WG1:{page.code}")
    assert [(one.number, one.state, one.answered) for one in seen.rows] == [(1, "", False), (2, "done", True)]
    stranger = asking.world.house.add("far", Role.GRID_WORKER, asking.world.west)
    with refused("answers.sheet_unknown"):
        sheet_of_code(viewer=stranger, code=page.code)
    with refused("answers.sheet_unknown"):
        sheets_of_batch(viewer=stranger, batch=page.batch)
    holds()


@pytest.mark.django_db
@pytest.mark.parametrize("homes", [1, 3])
def test_a_page_costs_the_same_for_one_row_and_for_three(homes: int, django_assert_num_queries: Any) -> None:
    asking = settled(homes, lambda _: 2)
    (page,) = printed(asking)
    with django_assert_num_queries(5):
        assert len(sheet_of_code(viewer=asking.world.clerk, code=page.code).rows) == homes


def patiently(act: Callable[[], object]) -> None:
    """Carry an act out; SQLite's shared test database says "locked" where a file would let the second one wait."""
    for _ in range(5000):
        try:
            act()
            return
        except OperationalError as busy:
            if "locked" not in str(busy):
                raise
            time.sleep(0.002)
    raise AssertionError("never got a turn")


@pytest.mark.django_db(transaction=True)
def test_three_clerks_at_once_lose_nothing_and_double_nothing() -> None:
    asking = settled(HOMES, lambda _: PEOPLE // HOMES)
    assert Resident.objects.count() == PEOPLE
    worker = asking.world.house.add("worker", Role.GRID_WORKER, asking.world.house.east)
    rows = [(sheet.id, number, UUID(home)) for sheet in printed(asking) for number, home in enumerate(sheet.rows, 1)]
    living: dict[UUID, list[str]] = {}
    for home, who in Resident.objects.order_by("id").values_list("household", "id"):
        living.setdefault(home, []).append(str(who))

    def keyed(home: UUID) -> KeyedRow:
        said = [{"resident": who, "away": "no"} for who in living[home]]
        answers = {"rooms": 2, "people": said}
        return KeyedRow(state=DoorState.DONE, at=later(-60), worker=worker.account_id, answers=answers)

    problems: list[BaseException] = []

    def clerk(mine: Sequence[tuple[UUID, int, UUID]], name: str) -> Thread:
        viewer = asking.world.house.add(name, Role.CLERK, asking.world.house.east)

        def run() -> None:
            try:
                for sheet, number, home in mine:
                    stamp = fresh()
                    patiently(lambda s=stamp, p=sheet, n=number, h=home: key_row(  # type: ignore[misc]
                        stamp=s, actor=viewer, sheet=p, row=n, keyed=keyed(h)
                    ))  # fmt: skip
            except BaseException as problem:
                problems.append(problem)
            finally:
                connection.close()

        return Thread(target=run)

    shared, rest = rows[:SHARED], rows[SHARED:]
    threads = [clerk([*shared, *rest[n::3]], f"clerk{n}") for n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=600)
    assert problems == []
    assert DoorVisit.objects.count() == RoundDoor.objects.filter(state="done").count() == HOMES
    about = Response.objects.filter(resident__isnull=False)
    assert about.count() == about.values("resident").distinct().count() == PEOPLE
    assert Response.objects.filter(resident=None).count() == HOMES
    assert all(answers_of(row) == {"away": "no"} for row in about)
    assert not Contradiction.objects.exists()
    while sealing.seal_open_lines():
        pass
    assert verify().holds
