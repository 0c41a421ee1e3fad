import csv
import re
from pathlib import Path

import pytest

from wangge.kernel.names import all_initials, given_pinyin, pinyin_of, read_name, surname_readings

TABLE = Path(__file__).parents[1] / "data" / "codes" / "person_names.csv"
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))


def cell(text: str) -> str:
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), text)


def readings(text: str) -> set[str]:
    return set(filter(None, text.split(" | ")))


def test_the_table_is_whole() -> None:
    assert len(ROWS) == 115


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["case"])
def test_a_name_is_read_as_the_table_says(row: dict[str, str]) -> None:
    found = read_name(cell(row["input"]))
    expected = [row[name] for name in ("verdict", "normal_form", "surname", "given")]
    assert [found.verdict, found.normal, found.surname, found.given] == expected
    assert set(surname_readings(found.surname)) == readings(row["surname_readings"])
    if row["given_pinyin"]:
        assert given_pinyin(found.given) == row["given_pinyin"]
    if row["initials"]:
        assert set(all_initials(found.normal)) == readings(row["initials"])
        assert pinyin_of(found.normal)[1] in readings(row["initials"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("张某某", "hidden_part"),
        ("诺布卓玛", "no_surname"),
        ("张三/李四", "several_people"),
        ("张三、", "several_people"),
        ("NONE", "word_for_none"),
        ("张" * 31, "too_long"),
        ("（户主）", "empty"),
        ("@SUM(A1)", "formula"),
    ],
)
def test_a_doubtful_cell_says_why(text: str, reason: str) -> None:
    assert read_name(text).reason == reason


def test_traditional_names_are_split_and_read_like_simplified_ones() -> None:
    assert read_name("歐陽鋒").surname == "歐陽"
    assert pinyin_of("歐陽鋒") == ("ou yang feng", "oyf")
    assert pinyin_of("單國芳")[0] == "shan guo fang"


def test_a_name_without_surname_is_still_found_by_its_initials() -> None:
    assert pinyin_of("阿依古丽·买买提") == ("a yi gu li mai mai ti", "ayglmmt")
    assert pinyin_of("John Smith") == ("John Smith", "JS")


def test_a_remark_whose_bracket_is_never_closed_is_cut_off() -> None:
    assert read_name("赵六（户主").normal == "赵六"
