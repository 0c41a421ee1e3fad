"""Rows of lists: findings that are kept, the one that stands, and that nobody is asked twice."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.conftest import NOON
from tests.flows.handed_down_list.urban import DEADLINE
from tests.people.world import MAN_1949, WOMAN_1977, World, fresh, holds, later, person, refused, settle
from wangge.access.rules import Role
from wangge.access.viewing import Grant, Viewer
from wangge.flows.areas import merge_areas
from wangge.flows.handed_down_list.staging import Wanted, bring_list, stage_list
from wangge.journal import tallies
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import NewHousehold
from wangge.privacy.holdings import erase, held_about
from wangge.situation.list_work import work
from wangge.surveys import commands
from wangge.surveys.models import HandedDownList, ListEntry, ListFinding
from wangge.surveys.queries.entries import Reach, asked_about, asked_on, entry_page, lists_of_people
from wangge.surveys.queries.lists import entry_lines, grids_of_list, list_page, lists, reports_of
from wangge.surveys.rules.lists import FindingOutcome, FindingSeen, Outcome

pytestmark = pytest.mark.django_db
TODAY = date(2020, 2, 10)
HEAD = "姓名,身份证号,现住址\n"
MAN, WOMAN = f"王建国,{MAN_1949},1-1-101\n", f"李梅,{WOMAN_1977},2-1-101\n"


@pytest.fixture
def world() -> World:
    world = settle()
    man = person("王建国", id_number=MAN_1949, is_head=True, relation="head")
    world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(man,)))
    return world


def bring(world: World, rows: str, name: str = "第一批") -> UUID:
    wanted = Wanted(name=name, source="县指挥部", deadline=DEADLINE)
    content = (HEAD + rows).encode()
    admin = world.house.admin
    return bring_list(
        stamp=fresh(), actor=admin, area=world.house.east.id, file_name="l.csv", content=content, wanted=wanted
    )


def row(name: str = "第一批", number: int = 2) -> ListEntry:
    return ListEntry.objects.get(list__name=name, row=number)


def seen(entry: ListEntry, outcome: str = "already_surveyed", minutes: int = 0, **more: object) -> FindingSeen:
    at = NOON + timedelta(minutes=minutes)
    return FindingSeen(uuid7(), entry.id, Outcome(outcome), at, **more)  # type: ignore[arg-type]


def find(world: World, *findings: FindingSeen, actor: Viewer | None = None) -> list[FindingOutcome]:
    return commands.record_findings(stamp=fresh(), actor=actor or world.clerk, findings=findings)


def counted(world: World, path: str = "", day: date = TODAY) -> tuple[int, int]:
    found = tallies.totals(
        path=path or world.house.east.path, counters=["lists.open", "lists.answered"], day=day, today=TODAY
    )
    return found.get("lists.open", 0), found.get("lists.answered", 0)


def test_a_finding_out_of_reach_or_about_nobody_is_turned_away_alone(world: World) -> None:
    bring(world, MAN + WOMAN)
    stranger = replace(world.clerk, grants=(Grant(Role.GRID_WORKER, world.west.path),))
    doctor = replace(world.clerk, grants=(Grant(Role.DOCTOR, world.house.east.path),))
    for actor in (stranger, doctor):
        assert find(world, seen(row()), actor=actor)[0].outcome == "forbidden"
    nobody = replace(seen(row()), entry=uuid7())
    by_nobody = seen(row(), by=uuid7())
    done = find(world, nobody, by_nobody, seen(row(), note="长" * 301), seen(row(number=3), "not_resident"))
    assert [one.code for one in done] == ["lists.entry_unknown", "lists.finder_unknown", "lists.note_too_long", ""]
    assert counted(world) == (1, 1)
    holds()


def test_a_later_finding_stands_whatever_comes_first_and_the_earlier_stays_as_history(world: World) -> None:
    bring(world, MAN)
    late, early = seen(row(), "wrong_info", 10), seen(row(), "not_resident", 5)
    assert find(world, late)[0].outcome == "applied"
    assert find(world, early)[0].outcome == "superseded"
    assert find(world, late, early)[0].outcome == "again"
    assert row().outcome == "wrong_info"
    assert find(world, seen(row(), "newly_found", 20))[0].outcome == "applied"
    page = entry_page(viewer=world.clerk, entry=row().id, now=NOON)
    assert [(one.outcome, one.stands) for one in page.findings] == [
        ("newly_found", True), ("wrong_info", False), ("not_resident", False),
    ]  # fmt: skip
    assert counted(world) == (0, 1)
    holds()


def test_findings_of_one_batch_about_one_row_leave_the_latest(world: World) -> None:
    bring(world, MAN)
    done = find(world, seen(row(), "wrong_info", 10), seen(row(), "not_resident", 5))
    assert [one.outcome for one in done] == ["applied", "applied"]
    assert row().outcome == "wrong_info"
    assert ListFinding.objects.filter(stands=True).count() == 1
    holds()


def test_a_correction_on_another_day_goes_to_both_days(world: World) -> None:
    bring(world, MAN)
    yesterday = replace(seen(row()), at=NOON - timedelta(days=1))
    find(world, yesterday)
    assert counted(world, day=TODAY - timedelta(days=1))[1] == 1
    find(world, seen(row(), "wrong_info"))
    assert (counted(world, day=TODAY - timedelta(days=1))[1], counted(world)[1]) == (0, 1)
    holds()


def test_the_same_person_on_two_lists_is_asked_once(world: World) -> None:
    bring(world, MAN + WOMAN)
    bring(world, WOMAN + MAN, "第二批")
    assert counted(world) == (4, 0)
    done = find(world, seen(row(number=3), "newly_found", by=world.house.admin.account_id))
    assert done[0].along == (row("第二批", 2).id,)
    assert (row("第二批", 2).outcome, row("第二批", 3).outcome) == ("newly_found", "")
    assert counted(world) == (2, 2)
    find(world, seen(row("第二批", 2), "not_resident", 5))
    assert (row(number=3).outcome, row("第二批", 2).outcome) == ("newly_found", "not_resident")
    holds()


def test_a_person_twice_on_one_list_is_a_repetition(world: World) -> None:
    bring(world, MAN + WOMAN + WOMAN)
    assert row(number=4).proposal == "duplicate_in_list"
    find(world, seen(row(number=3), "newly_found"))
    assert row(number=4).outcome == "duplicate_in_list"
    holds()


def test_nobody_is_asked_before_a_list_is_handed_out_and_a_closed_one_still_takes_findings(world: World) -> None:
    admin = world.house.admin
    wanted = Wanted(name="第一批", source="县指挥部", deadline=DEADLINE)
    handed = stage_list(
        stamp=fresh(), actor=admin, area=world.house.east.id, file_name="l.csv", content=(HEAD + MAN).encode(),
        wanted=wanted,
    )  # fmt: skip
    assert counted(world) == (0, 0)
    assert find(world, seen(row()))[0].code == "lists.entry_unknown"
    commands.open_list(stamp=fresh(), actor=admin, handed=handed)
    assert counted(world) == (1, 0)
    commands.close_list(stamp=fresh(), actor=admin, handed=handed)
    assert counted(world) == (0, 0)
    assert find(world, seen(row()))[0].outcome == "applied"
    assert counted(world) == (0, 1)
    holds()


def test_rows_go_to_the_grid_of_the_person_else_of_the_address_else_to_the_community(world: World) -> None:
    world.door("9-1-101", world.grids[1])
    bring(world, MAN + "张三,,9-1-101\n赵六,,9栋\n孙七,,大桥下\n")
    paths = [ListEntry.objects.get(row=number).grid_path for number in (2, 3, 4, 5)]
    assert paths == [world.grids[0].path, world.grids[1].path, world.grids[1].path, world.house.east.path]


def test_giving_rows_away_moves_the_stock_and_never_leaves_the_list_s_area(world: World) -> None:
    bring(world, MAN + WOMAN)
    admin = world.house.admin
    entries = [row().id, row(number=3).id]
    with refused("lists.area_outside"):
        commands.deal_entries(stamp=fresh(), actor=admin, entries=entries, area=world.west.id)
    with refused("lists.entry_unknown"):
        commands.deal_entries(stamp=fresh(), actor=admin, entries=[uuid7()], area=world.grids[1].id)
    assert commands.deal_entries(stamp=fresh(), actor=admin, entries=entries, area=world.grids[1].id) == 2
    assert commands.deal_entries(stamp=fresh(), actor=admin, entries=entries, area=world.grids[1].id) == 0
    assert counted(world, world.grids[1].path)[0] == 2
    holds()


def test_rows_follow_their_grid_when_areas_are_merged(world: World) -> None:
    bring(world, MAN)
    merge_areas(stamp=later(1), actor=world.house.admin, kept=world.grids[1].id, gone=world.grids[0].id)
    assert row().grid_path == world.grids[1].path
    find(world, seen(row(), "already_surveyed", 5))
    holds()


def test_what_is_known_of_people_goes_thirty_days_after_a_list_is_closed_or_at_once_when_it_is_withdrawn(
    world: World,
) -> None:
    handed = bring(world, MAN)
    bring(world, WOMAN, "第二批")
    find(world, seen(row(), note="说明"))
    admin = world.house.admin
    commands.close_list(stamp=fresh(), actor=admin, handed=handed)
    assert commands.erase_old_lists(stamp=fresh(), actor=admin, before=NOON) == 0
    assert commands.erase_old_lists(stamp=fresh(), actor=admin, before=NOON + timedelta(seconds=1)) == 1
    assert commands.erase_old_lists(stamp=fresh(), actor=admin, before=NOON + timedelta(seconds=1)) == 0
    kept = row()
    assert (kept.sealed, kept.original, kept.person, kept.resident, kept.outcome) == (
        None, None, None, None, "already_surveyed",
    )  # fmt: skip
    assert ListFinding.objects.get().note == ""
    with refused("lists.erased"):
        commands.reopen_list(stamp=fresh(), actor=admin, handed=handed)
    second = HandedDownList.objects.get(name="第二批")
    commands.withdraw_list(stamp=fresh(), actor=admin, handed=second.id)
    assert row("第二批").sealed is None
    assert counted(world)[0] == 0
    holds()


def test_a_person_may_read_what_lists_hold_about_them_and_an_erasure_empties_it(world: World) -> None:
    bring(world, MAN)
    find(world, seen(row(), note="电话核实"))
    who = row().resident
    assert who is not None
    held = {one.model: one.rows for one in held_about(who)}
    assert held["surveys.ListEntry"][0]["source"] == "县指挥部"
    assert held["surveys.ListFinding"][0]["note"] == "电话核实"
    erase(who, at=NOON)
    assert (row().sealed, row().resident, ListFinding.objects.get().note) == (None, None, "")


def test_who_asked_is_told_to_list_roles_only(world: World) -> None:
    bring(world, MAN)
    who = row().resident
    assert who is not None
    worker = replace(world.clerk, grants=(Grant(Role.GRID_WORKER, world.house.east.path),))
    assert lists_of_people(viewer=worker, path=world.grids[0].path, residents=[who]) == []
    (line,) = lists_of_people(viewer=world.clerk, path=world.grids[0].path, residents=[who])
    assert (line.name, line.source) == ("第一批", "县指挥部")
    assert asked_on(residents=[who], day=TODAY) == set()
    find(world, seen(row()))
    assert asked_on(residents=[who], day=TODAY) == {who}
    assert asked_on(residents=[who], day=TODAY + timedelta(days=1)) == set()


def test_findings_cost_the_same_for_one_and_for_three(world: World) -> None:
    rows = "".join(f"人{sign},,{number}-1-101\n" for number, sign in enumerate("甲乙丙丁", start=3))
    bring(world, rows)
    costs = []
    for numbers in ((2,), (3, 4, 5)):
        batch = [seen(row(number=number), "not_resident") for number in numbers]
        with CaptureQueriesContext(connection) as caught:
            find(world, *batch)
        costs.append(len(caught))
    assert costs[0] == costs[1]


def test_reads_of_lists_cost_the_same_for_one_row_and_for_three(world: World) -> None:
    costs = []
    for name, rows_ in (("一行", WOMAN), ("三行", MAN + "张三,,9-1-101\n赵六,,8-1-101\n")):
        handed = bring(world, rows_, name)
        entry = ListEntry.objects.filter(list=handed).latest("row")
        reach = Reach((world.house.east.path,))
        with CaptureQueriesContext(connection) as caught:
            lists(viewer=world.clerk, path=world.house.east.path, now=NOON, text=name)
            list_page(viewer=world.clerk, handed=handed)
            entry_lines(viewer=world.clerk, handed=handed)
            grids_of_list(viewer=world.clerk, handed=handed)
            reports_of(viewer=world.clerk, handed=handed)
            work(viewer=world.clerk, reach=reach)
            entry_page(viewer=world.clerk, entry=entry.id, now=NOON)
            asked_about(entry=entry.id, day=TODAY)
        costs.append(len(caught))
    assert costs[0] == costs[1]
