"""Lists at the command line."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.people.world import MAN_1949, WOMAN_1977, World, holds, person, settle
from wangge.cli.main import wangge
from wangge.kernel.ids import uuid7
from wangge.people.rules.wishes import NewHousehold

pytestmark = pytest.mark.django_db
SHEET = (
    "姓名,身份证号,手机,住址,来自地区,离开时间,基站位置,备注\n"
    f"王建国,{MAN_1949},13800001234,1-1-101,湖北武汉,2020-02-03,LAC1,=1+1\n"
    f"李梅,{WOMAN_1977},,2-1-101,湖北黄冈,2020年1月2日,LAC2,\n"
    "张三,,,,湖南长沙,2月5日,LAC3,\n"
    "合计,3人,,,,,,\n"
)


@pytest.fixture
def world() -> World:
    world = settle()
    man = person("王建国", id_number=MAN_1949, is_head=True, relation="head")
    world.add(NewHousehold(id=uuid7(), area=world.door("1-1-101"), members=(man,)))
    return world


def call(*words: str) -> tuple[int, Any]:
    done = CliRunner().invoke(wangge, [*words, "--json"])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.output
    return done.exit_code, json.loads(done.stdout)


def bring(world: World, folder: Path, text: str = SHEET, *more: str, batch: str = "第一批") -> tuple[int, Any]:
    file = folder / "list.csv"
    file.write_text(text, "utf-8")
    about = ["--source", "县指挥部", "--deadline", "2020-02-12", "--as-of", "2020-02-10", "--risk-area", "湖北"]
    return call("import", "list", str(file), "--area", str(world.house.east.code), "--batch", batch, *about, *more)


def test_a_list_without_people_or_with_a_deadline_nobody_can_read_is_refused(world: World, tmp_path: Path) -> None:
    assert bring(world, tmp_path, "日期,地点\n2020-02-01,x\n")[1]["refused"]["code"] == "lists.headings_missing"
    assert bring(world, tmp_path, "姓名,身份证号\n,,\n合计,0\n")[1]["refused"]["code"] == "lists.nobody"
    assert bring(world, tmp_path, SHEET, "--deadline", "soon")[1]["refused"]["code"] == "lists.deadline_unreadable"
    assert bring(world, tmp_path, SHEET, "--period-days", "0")[1]["refused"]["code"] == "lists.period_wrong"
    assert call("list", "show", "第一批")[1]["refused"]["code"] == "lists.list_unknown"


def test_a_list_is_brought_answered_and_given_back(world: World, tmp_path: Path) -> None:
    code, made = bring(world, tmp_path)
    assert code == 0
    assert [(one["row"], one["match"], one["proposal"]) for one in made["rows"]] == [
        (2, "exact", "already_surveyed"), (3, "none", "period_over"), (4, "none", "not_exposed"),
    ]  # fmt: skip
    assert {one["code"] for one in made["reported"]} == {"forbidden_column", "total_row_skipped", "id_missing"}
    assert bring(world, tmp_path)[1]["list"] == made["list"], "the same file again is the same list"
    other = bring(world, tmp_path, SHEET.replace("张三", "张四"))
    assert other[1]["refused"]["code"] == "lists.name_taken"
    findings = tmp_path / "findings.csv"
    by = world.house.admin.login
    findings.write_text(
        f"row,finding,by,at\n2,属实，已登记,{by},2020-02-10 10:00\n3,查无此人,{by},2020-02-10T10:05\n"
        f"9,查无此人,{by},2020-02-10T10:05\n4,嗯,{by},2020-02-10T10:05\n4,查无此人,nobody,2020-02-10T10:05\n",
        "utf-8",
    )
    code, done = call("list", "answer", "第一批", str(findings))
    assert (code, done["recorded"], done["rejected"]) == (1, 3, 2)
    assert done["outcomes"] == {"already_surveyed": 1, "not_resident": 2}
    assert [one["code"] for one in done["reported"]] == ["row_unknown", "finding_unclear", "finder_unknown"]
    assert call("list", "answer", made["list"], str(findings))[1]["again"] == 3
    shown = call("list", "show", "第一批")[1]
    assert (shown["answered"], shown["open"]) == (3, [])
    out = tmp_path / "back.xlsx"
    assert call("list", "export", "第一批", "--out", str(out))[1]["open"] == 0
    sheet = load_workbook(io.BytesIO(out.read_bytes())).active
    assert sheet is not None
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert rows[0][:8] == SHEET.splitlines()[0].split(",")
    assert rows[1][6] is None
    assert rows[1][7] == "=1+1"
    assert sheet["H2"].data_type == "s"
    assert rows[2][9] == world.house.admin.name
    holds()


def test_a_list_is_closed_opened_again_and_withdrawn(world: World, tmp_path: Path) -> None:
    bring(world, tmp_path)
    assert call("list", "close", "第一批")[1]["state"] == "closed"
    assert call("list", "close", "第一批")[1]["refused"]["code"] == "lists.wrong_state"
    assert call("list", "reopen", "第一批")[1]["state"] == "open"
    assert call("list", "all")[1]["total"] == 1
    assert call("list", "withdraw", "第一批", "--yes")[1]["state"] == "withdrawn"
    assert call("list", "show", "第一批")[1]["refused"]["code"] == "lists.list_unknown"
    holds()
