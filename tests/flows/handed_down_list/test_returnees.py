"""The list of 273 returnees against the register of 591 households: matches, proposals, outcomes, the way back."""

import io
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from openpyxl import load_workbook

from tests.conftest import NOON
from tests.flows.handed_down_list.urban import SHEET, Urban, truth, urban, wanted
from tests.people.world import MAN_1949, fresh, holds, person, settle
from wangge.flows.handed_down_list.answers import answer_list
from wangge.flows.handed_down_list.staging import bring_list
from wangge.journal import tallies
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import NewHousehold
from wangge.situation.lists_given_back import allow_giving_back, answer_sheet
from wangge.surveys.queries.lists import all_entries, list_page, reports_of
from wangge.words import label

pytestmark = pytest.mark.django_db


def test_the_273_rows_are_matched_proposed_answered_and_given_back_as_the_truth_says() -> None:
    there = urban()
    told = truth("returnees_273")
    admin = there.world.house.admin
    handed = bring_list(
        stamp=fresh(), actor=admin, area=there.area.id, file_name="x.xlsx", content=SHEET.read_bytes(), wanted=wanted()
    )
    _check_matches(there, told, handed)
    page = list_page(viewer=admin, handed=handed)
    assert (page.dropped, page.unanswered) == (("手机基站位置",), 273)
    _check_reports(there, told, handed)
    assert _open(there) == 273
    lines = ["row,finding,by,at"]
    lines += [f'{row["row"]},"{row["worker_finding"]}",{admin.login},2020-02-10T11:00' for row in told["rows"]]
    done = answer_list(stamp=fresh(), actor=admin, handed=handed, text="\n".join(lines))
    assert (done.recorded, dict(done.outcomes), done.reported) == (273, told["counts"]["outcomes"], ())
    assert _open(there) == 0
    again = answer_list(stamp=fresh(), actor=admin, handed=handed, text="\n".join(lines))
    assert (again.recorded, again.again) == (0, 273)
    _check_sheet(there, told, handed)
    holds()


def _check_matches(there: Urban, told: Any, handed: UUID) -> None:
    lines = {line.row: line for line in all_entries(viewer=there.world.house.admin, handed=handed)}
    assert len(lines) == told["counts"]["rows"]
    for row in told["rows"]:
        line = lines[row["row"]]
        who = there.residents[row["matched"]] if row["matched"] else None
        found = (line.match, line.resident, sorted(line.differs), line.proposal)
        assert found == (row["match"], who, sorted(row["differs"]), row["proposal"]), row["row"]
    assert Counter(line.proposal for line in lines.values()) == told["counts"]["proposals"]


def _check_reports(there: Urban, told: Any, handed: UUID) -> None:
    said = reports_of(viewer=there.world.house.admin, handed=handed)
    for one in told["reports"]:
        where = [found for found in said if found[3] == one["code"] and found[2] == one["col"]]
        assert any(found[0] == one["sheet"] and one.get("row") in (found[1], None) for found in where), one
    assert Counter(code for *_, code in said) == told["counts"]["reports_by_code"]


def _open(there: Urban) -> int:
    path, day = there.area.path, NOON.date()
    return tallies.totals(path=path, counters=["lists.open"], day=day, today=day)["lists.open"]


def _check_sheet(there: Urban, told: Any, handed: UUID) -> None:
    """Every cell as it came but for the forbidden column; behind them what became of each row."""
    admin, stamp = there.world.house.admin, fresh()
    allow_giving_back(stamp=stamp, actor=admin, handed=handed, purpose="反馈市指挥部")
    content = answer_sheet(stamp=stamp, viewer=admin, handed=handed, purpose="反馈市指挥部", say=label)
    before: Any = load_workbook(SHEET).active
    after: Any = load_workbook(io.BytesIO(content)).active
    assert after.title == before.title
    assert {str(one) for one in after.merged_cells.ranges} == {str(one) for one in before.merged_cells.ranges}
    for row in before.iter_rows():
        for cell in row:
            if cell.column == 8 and 4 < cell.row < 278:
                assert after[cell.coordinate].value is None
                continue
            assert after[cell.coordinate].value == cell.value, cell.coordinate
    for row in told["rows"]:
        assert after.cell(row["row"], 25).value == str(label("lists.outcome", row["outcome"]))
        assert after.cell(row["row"], 26).value == admin.name
        assert after.cell(row["row"], 27).value == (NOON - timedelta(hours=1)).replace(tzinfo=None) + timedelta(hours=8)
    everything = content.decode("latin-1") + "".join(str(cell.value) for row in after.iter_rows() for cell in row)
    assert not [mark for mark in told["forbidden_marks"] if mark in everything]


def test_a_name_with_a_telephone_of_the_register_is_asked_wherever_it_says_they_live() -> None:
    world = settle()
    man = person("王建国", id_number=MAN_1949, phones=("13800001234",))
    world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(man,)))
    sheet = "姓名,电话,现住址\n王建国,13800001234,9-1-101\n王建国,13800009999,9-1-101\n"
    admin = world.house.admin
    handed = bring_list(
        stamp=fresh(), actor=admin, area=world.house.east.id, file_name="l.csv", content=sheet.encode(), wanted=wanted()
    )
    lines = all_entries(viewer=admin, handed=handed)
    assert [(line.match, line.differs) for line in lines] == [("ask", ("address",)), ("none", ())]
