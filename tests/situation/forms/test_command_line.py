import csv
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.people.world import MAN_1949
from tests.situation.forms.originals import opened, values
from tests.situation.forms.town import Town, town
from wangge.cli.main import wangge
from wangge.privacy.models import Look
from wangge.situation.forms.models import Export

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Town:
    return town()


def call(*words: str) -> tuple[int, Any]:
    done = CliRunner().invoke(wangge, ["export", *words, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.exit_code < 2 else done.stderr


def test_the_forms_are_listed_with_what_is_left_out_and_why(here: Town) -> None:
    code, said = call("profiles", "--as", "clerk", "--area", here.world.house.east.code or "")
    assert code == 0
    by_code = {one["code"]: one for one in said["profiles"]}
    assert set(by_code) == {
        "building-sheet",
        "grid-platform-buildings",
        "grid-platform-people",
        "liuzhou-01",
        "sanya-01",
    }
    assert {"header": ["基站位置"], "why": "location"} in by_code["sanya-01"]["left_out"]


def test_a_form_is_written_where_it_was_wanted_and_not_kept(here: Town, tmp_path: Path) -> None:
    area, out = here.world.house.east.code or "", tmp_path / "表.xlsx"
    words = ["sanya-01", "--area", area, "--as", "clerk", "--out", str(out)]
    assert call(*words)[0] == 2, "a purpose is asked for"
    assert call(*words, "--purpose", " ")[1]["refused"]["code"] == "access.purpose_missing"
    assert call(*words, "--purpose", "演练", "--on", "2020-02-09")[1]["refused"]["code"] == "forms.day_over"
    other = [*words[:-1], str(tmp_path / "no" / "x.xlsx"), "--purpose", "演练"]
    assert call(*other)[1]["refused"]["code"] == "cli.folder_missing"
    assert not out.exists()
    code, said = call(*words, "--purpose", "演练")
    assert code == 0, said
    assert (said["rows"], said["people"], said["file"]) == (4, 4, str(out))
    sheet = opened(out.read_bytes())
    assert values(sheet, 3, 5)[1:] == ["张三", "男", sheet["D3"].value, MAN_1949]
    made = Export.objects.get(id=said["export"])
    assert (made.state, made.sealed) == ("handed", None)
    assert Look.objects.filter(channel="cli").count() == 4


def test_text_holds_what_the_sheet_holds(here: Town, tmp_path: Path) -> None:
    out = tmp_path / "表.csv"
    code, said = call(
        "grid-platform-people", "--area", here.world.house.east.code or "", "--purpose", "演练", "--out", str(out)
    )
    assert code == 0
    head, *rows = list(csv.reader(out.read_text("utf-8-sig").splitlines()))
    assert len(rows) == said["rows"] == 4
    assert dict(zip(head, rows[1], strict=True))["与户主关系"] == "配偶"
    assert rows[0][-1] == f"{said['mark']}-00001"
