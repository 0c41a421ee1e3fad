"""The day on one page."""

import json
import re
from dataclasses import asdict, replace
from datetime import timedelta

import pytest
import typst
from django.utils import translation

from tests.conftest import NOON
from tests.people.world import World, settle
from tests.situation.test_board import look
from tests.surveys.test_visits import seen, visit
from wangge.kernel.ids import uuid7
from wangge.situation import day_report
from wangge.situation.board import Board, OverdueList
from wangge.situation.day_report import DayReport, pdf
from wangge.situation.forms.sheets.paper import fonts
from wangge.words.day_report import day_report as worded

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> Board:
    world: World = settle()
    homes = [world.family("王春花", door=f"{n}-1-101").household for n in range(1, 5)]
    world.family("李秋实", door="9-1-101", area=world.grids[1])
    visit(world, seen(homes[0]), seen(homes[1], "refused"), seen(homes[2], at=NOON - timedelta(days=1)))
    return look(world)


def pages(report: DayReport) -> int:
    drawn = typst.compile(
        day_report.SOURCE.encode(), format="svg", font_paths=fonts(), sys_inputs={"report": json.dumps(asdict(report))}
    )
    return len(drawn) if isinstance(drawn, list) else 1


def test_the_page_tells_the_numbers_of_the_board_and_names_nobody(board: Board) -> None:
    with translation.override("en"):
        report = worded(board, zone="Asia/Shanghai")
    assert (report.lead.number, [one.number for one in report.figures][:4]) == ("4", ["5", "1", "0", "1"])
    assert [row[2][0] for row in report.rows] == [child.area.name for child in board.children]
    assert report.under == f"As of 2020-02-10 12:00, up to line {board.seq:,} of the journal"
    assert not re.search("王春花|李秋实", repr(report))
    assert pdf(report).startswith(b"%PDF")


def test_a_past_day_has_the_numbers_of_that_day_and_no_gaps(board: Board) -> None:
    report = worded(replace(board, gaps=None, changed=None), zone="Asia/Shanghai")
    assert report.gaps == ()


@pytest.mark.parametrize("language", ["en", "zh-hans", "zh-hant"])
def test_it_stays_one_page_however_much_there_is(board: Board, language: str) -> None:
    many = tuple(
        replace(board.children[0], area=replace(board.children[0].area, name=f"某某社区{n}")) for n in range(60)
    )
    silent = tuple(replace(board.area, name=f"某某社区第{n}网格") for n in range(40))
    assert board.gaps is not None
    late = tuple(OverdueList(uuid7(), 1, "1.", "重点地区返回人员（第三批）", "县指挥部", NOON, 3) for _ in range(20))
    crowded = replace(
        board, children=many, silent=silent, silent_count=900, gaps=replace(board.gaps, overdue=late),
    )  # fmt: skip
    with translation.override(language):
        report = worded(crowded, zone="Asia/Shanghai")
    assert len(report.rows) == day_report.ROWS_MOST + 1
    assert sum(int(row[2][1]) for row in report.rows) == 60 * board.children[0].counters["doors_due"]
    assert pages(report) == 1
