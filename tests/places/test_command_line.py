"""The tree at the command line: one JSON object, and an exit code that tells what became of it."""

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from tests.places.world import add, county, open_county, worker
from wangge.access.rules import Role
from wangge.cli.areas import area
from wangge.cli.checks import check
from wangge.cli.importing_places import buildings, divisions
from wangge.places.models import Area
from wangge.places.rules import Level

pytestmark = pytest.mark.django_db(transaction=True)


def typed(command: click.Command, *words: str) -> tuple[int, dict[str, Any]]:
    """Return the exit code and the one object that a command prints."""
    done = CliRunner().invoke(command, [*words, "--json"])
    assert done.stdout.count("\n") == 1, done.output
    return done.exit_code, json.loads(done.stdout)


def test_areas_are_added_renamed_shown_and_listed() -> None:
    open_county()
    code, town = typed(
        area, "add", "--parent", "420322", "--level", "township", "--name", "新镇", "--code", "420322199"
    )
    assert (code, town["code"]) == (0, "420322199000")
    code, home = typed(area, "add", "--parent", "420322199", "--level", "community", "--name", "翠湖社区")
    assert (code, home["code"], home["path"].startswith(town["path"])) == (0, "420322199001", True)
    assert typed(area, "rename", home["code"], "--name", "翠湖苑社区") == (
        0,
        {"code": home["code"], "name": "翠湖苑社区"},
    )
    assert typed(area, "list", "--area", "420322199")[1]["areas"][0]["name"] == "翠湖苑社区"
    code, shown = typed(area, "show", home["code"])
    assert (code, shown["level"], [one["name"] for one in shown["above"]][-1]) == (0, "community", "新镇")
    assert shown["history"][0]["new"] == "翠湖苑社区"


def test_areas_are_split_merged_moved_given_up_and_restored() -> None:
    open_county()
    typed(area, "add", "--parent", "420322", "--level", "township", "--name", "新镇", "--code", "420322199")
    home = typed(area, "add", "--parent", "420322199", "--level", "community", "--name", "翠湖社区")[1]["code"]
    grids = [
        typed(area, "add", "--parent", home, "--level", "grid", "--name", f"第{n}网格")[1]["code"] for n in (1, 2, 3)
    ]
    code, split = typed(area, "split", home, "--name", "湖东社区", "--take", f"{grids[1]}, {grids[2]}")
    assert (code, split["code"], split["moved"]) == (0, "420322199002", 2)
    code, moved = typed(area, "move", grids[1], "--parent", home)
    assert (code, moved["code"]) == (0, grids[1])
    assert typed(area, "merge", home, split["code"])[1]["gone"] == split["code"]
    assert len(typed(area, "list", "--area", home)[1]["areas"]) == 3
    assert typed(area, "retire", grids[0]) == (0, {"code": grids[0], "areas": 1})
    assert typed(area, "list", "--area", home, "--retired")[1]["areas"][0]["code"] == grids[0]
    assert typed(area, "restore", grids[0]) == (0, {"code": grids[0], "areas": 1})
    assert typed(check, "areas") == (0, {"checked": Area.objects.count(), "bad": []})


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "--parent", "999999", "--level", "village", "--name", "X"), "places.area_unknown"),
        (("add", "--parent", "420322", "--level", "hamlet", "--name", "X"), "places.level_unknown"),
        (("add", "--parent", "420322", "--level", "province", "--name", "X"), "places.level_order"),
        (("merge", "420322", "420322"), "places.area_is_root"),
        (("retire", "420322"), "places.area_is_root"),
        (("show", "420322", "--as", "nobody"), "access.account_unknown"),
        (("show", "420322", "--as", "he.min"), "places.area_unknown"),
        (("rename", "420322", "--name", "X", "--as", "he.min"), "access.forbidden"),
    ],
)
def test_a_refusal_is_an_object_with_its_code_and_words_and_exits_1(words: tuple[str, ...], code: str) -> None:
    admin = open_county()
    worker(admin, "he.min", Role.COMMUNITY_LEAD, add(county(), Level.COMMUNITY, "翠湖社区")[0])
    exit_code, said = typed(area, *words)
    assert (exit_code, said["refused"]["code"]) == (1, code)
    assert said["refused"]["say"] != code
    assert "(" + code + ")" not in said["refused"]["say"]


def test_a_disagreement_in_the_tree_is_named_and_exits_1() -> None:
    open_county()
    home = add(county(), Level.COMMUNITY, "翠湖社区")[0]
    Area.objects.filter(id=home.id).update(grid_path="9.")
    code, found = typed(check, "areas")
    assert (code, [fault["why"] for fault in found["bad"]]) == (1, ["grid_path_differs"])


def test_places_come_from_sheets_and_rejected_rows_exit_1(tmp_path: Path) -> None:
    open_county()
    sheet = tmp_path / "divisions.csv"
    sheet.write_text("code,name\n420322100000,城关镇\n420322100001,东方居委会\n", encoding="gb18030")
    expected = {"rows": 2, "created": 2, "unchanged": 0, "rejected": 0, "reported": []}
    assert typed(divisions, str(sheet)) == (0, expected)
    sheet.write_text("code,name\n42032210,城关镇\n", encoding="utf-8")
    code, done = typed(divisions, str(sheet))
    assert (code, done["rejected"]) == (1, 1)
    assert done["reported"] == [
        {"row": 2, "column": "A", "code": "code_malformed", "message": "这不是12位区划代码。没有采用。"}
    ]
    houses = tmp_path / "buildings.csv"
    houses.write_text("楼号,单元数,层数,每层户数\n1,2,6,2\n", encoding="utf-8")
    code, done = typed(buildings, str(houses), "--area", "420322100001")
    assert (code, done["created"], done["doors"], done["reported"]) == (0, 1, 24, [])
    assert (
        typed(buildings, str(tmp_path / "none.csv"), "--area", "420322100001")[1]["refused"]["code"]
        == "cli.file_missing"
    )
