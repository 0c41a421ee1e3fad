"""Reading addresses at the command line: one object with a row for every line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from wangge.cli.addresses import address

pytestmark = pytest.mark.django_db
CODES = Path(__file__).resolve().parents[1] / "data" / "codes"


def typed(*words: str, given: bytes = b"") -> tuple[int, dict[str, Any]]:
    done = CliRunner().invoke(address, ["parse", *words, "--json"], input=given)
    assert done.stdout.count("\n") == 1, done.output
    return done.exit_code, json.loads(done.stdout)


@pytest.mark.parametrize(
    ("content", "code"), [(None, "file_missing"), (b"", "file_empty"), (b"\x00\x01", "file_unreadable")]
)
def test_a_file_that_is_no_text_is_refused(tmp_path: Path, content: bytes | None, code: str) -> None:
    file = tmp_path / "addresses.txt"
    if content is not None:
        file.write_bytes(content)
    exit_code, answer = typed(str(file))
    assert (exit_code, answer["refused"]["code"]) == (1, f"cli.{code}")


def test_every_line_is_a_row_with_all_parts_and_null_where_there_is_none(tmp_path: Path) -> None:
    file = tmp_path / "addresses.txt"
    file.write_text("阳光花园3栋2单元5楼501\n\n王家屯12号\n同上\n", encoding="utf-8")
    code, answer = typed(str(file), "--scope", "阳光花园")
    assert code == 0
    first, empty, hamlet, above = answer["rows"]
    assert first == {
        "text": "阳光花园3栋2单元5楼501", "lane": None, "group": None, "quarter": None, "building": "3",
        "stairwell": "2",
        "floor": "5", "room": "501", "place": None, "rest": None, "confidence": 0.99, "ask": False, "doubts": [],
    }  # fmt: skip
    assert (empty["text"], empty["building"], empty["confidence"], empty["doubts"]) == ("", None, 0.0, ["no_address"])
    assert (hamlet["group"], hamlet["building"], hamlet["room"]) == ("王家屯", "12", None)
    assert (above["ask"], above["doubts"]) == (True, ["as_above"])


def test_a_table_is_read_by_its_headings_in_either_encoding_or_by_its_first_column(tmp_path: Path) -> None:
    table = "编号\t小区\t住址\n1\t翠湖苑\t翠湖苑3#2-501\n2\t金桂园\t翠湖苑3#2-502\n"
    code, answer = typed("-", given=table.encode("gb18030"))
    assert code == 0
    ours, theirs = answer["rows"]
    assert (ours["text"], ours["building"], ours["room"], ours["place"]) == ("翠湖苑3#2-501", "3", "501", None)
    assert (theirs["room"], theirs["place"]) == ("502", "翠湖苑"), "the row stands in another estate's list"
    plain = tmp_path / "plain.csv"
    plain.write_text("3-2-501,张\n3-2-502,王\n", encoding="utf-8-sig")
    assert [row["room"] for row in typed(str(plain))[1]["rows"]] == ["501", "502"]


def test_the_table_of_spellings_is_read_whole() -> None:
    code, answer = typed(str(CODES / "addresses.csv"))
    assert (code, len(answer["rows"])) == (0, 300)
    assert all(0 <= row["confidence"] <= 1 for row in answer["rows"])
    assert [row["building"] for row in answer["rows"][:16]] == ["3"] * 16
