"""``wangge match``: two lists, or one, compared without an installation."""

import csv
from collections.abc import Iterator, Sequence
from hashlib import sha256
from pathlib import Path

import pytest
from openpyxl import Workbook

from tests.cli.calling import Installation, installation

GOOD, OTHER = "43112619390123997X", "431126193703259064"
HEAD = ("姓名", "身份证号", "出生日期", "住址", "电话", "民族")
ROSTER = [
    ("张伟", GOOD, "1939-01-23", "3栋2单元501", "16347131679", "汉"),
    ("李娜", "", "1980-05-06", "3栋2单元502", "", "汉"),
    ("王一", OTHER, "1937-03-25", "1栋1单元101", "", ""),
]
CHECKED = [
    ("name", "id number", "door", "born"),
    ("張偉", GOOD, "三栋二单元501", ""),
    ("李那", "", "3-2-502", "1980.5.6"),
    ("新人", "", "9-9-901", ""),
]


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Installation]:
    with installation(tmp_path / "data") as found:
        yield found


def sheet(path: Path, rows: Sequence[Sequence[str]]) -> str:
    """Write a table of text, or a workbook by its name, and return its path."""
    if path.suffix == ".xlsx":
        book = Workbook()
        assert book.active is not None
        for row in rows:
            book.active.append(list(row))
        book.save(path)
    else:
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(rows)
    return str(path)


def word(seed: int) -> str:
    """Return a word that is unlike those of other seeds."""
    return sha256(str(seed).encode()).hexdigest()[:9]


def test_what_cannot_be_compared_is_refused(machine: Installation, tmp_path: Path) -> None:
    roster = sheet(tmp_path / "a.csv", [HEAD, *ROSTER])
    goods = sheet(tmp_path / "b.csv", [("货物", "数量"), ("米", "3")])
    assert machine.call("match", roster, str(tmp_path / "none.csv"), "--json").refused == "cli.file_missing"
    assert machine.call("match", roster, "--key-columns", "姓名,血型", "--json").refused == "cli.heading_missing"
    assert machine.call("match", roster, goods, "--json").refused == "cli.headings_unknown"
    assert machine.call("match", roster, goods, "--profile", "plain", "--json").refused == "cli.headings_unknown"
    assert machine.call("match", roster, "--profile", "klingon").code == 2


def test_two_lists_are_matched_by_whatever_they_call_their_columns(machine: Installation, tmp_path: Path) -> None:
    files = sheet(tmp_path / "a.csv", [HEAD, *ROSTER]), sheet(tmp_path / "b.xlsx", CHECKED)
    answer = machine.call("match", *files, "--json")
    assert answer.code == 0
    same, asked = answer.object["pairs"]
    assert same == {"a": 1, "b": 1, "score": 1.0, "verdict": "same", "reason": "duplicate_same_id"}
    assert (asked["a"], asked["b"], asked["verdict"], asked["reason"]) == (2, 2, "ask", "name_sounds_alike")
    assert 0.7 <= asked["score"] < 1
    assert GOOD not in answer.out + answer.err


def test_every_two_rows_of_one_person_within_a_list_are_a_pair_named_by_the_column_that_was_chosen(
    machine: Installation, tmp_path: Path
) -> None:
    rows = [
        ("编号", "姓名", "号码"),
        ("x", "张伟", GOOD),
        ("y", "王一", OTHER),
        ("z", "张 伟", GOOD),
        ("q", "張偉", GOOD),
    ]
    file = sheet(tmp_path / "a.csv", rows)
    answer = machine.call("match", file, "--key-columns", "姓名,号码=number", "--id-column", "编号", "--json").object
    assert [(one["a"], one["b"]) for one in answer["pairs"]] == [("x", "z"), ("x", "q"), ("z", "q")]


def test_doors_of_two_places_are_not_one_door(machine: Installation, tmp_path: Path) -> None:
    head = ("姓名", "住址")
    first = sheet(tmp_path / "a.csv", [head, ("张伟", "翠竹苑3栋2单元501"), ("李娜", "幸福里3栋2单元502")])
    second = sheet(tmp_path / "b.csv", [head, ("张伟", "幸福里3栋2单元501"), ("李娜", "幸福里小区3-2-502")])
    pairs = machine.call("match", first, second, "--json").object["pairs"]
    assert [(one["a"], one["b"], one["verdict"]) for one in pairs] == [(2, 2, "same")]


def test_the_plain_profile_compares_any_columns(machine: Installation, tmp_path: Path) -> None:
    head = ("id", "given", "family", "street", "born")
    people = [
        (str(at), word(at), word(at * 7 + 1), f"{word(at * 11)} long street", f"19{at}0101") for at in range(10, 60)
    ]
    other = [(f"b{row[0]}", row[2], row[1], row[3].replace("long", "lnog"), row[4]) for row in people]
    files = sheet(tmp_path / "a.csv", [head, *people]), sheet(tmp_path / "b.csv", [head, *other])
    pairs = machine.call("match", *files, "--profile", "plain", "--id-column", "id", "--json").object["pairs"]
    same = [(one["a"], one["b"]) for one in pairs if one["verdict"] == "same"]
    assert same == [(row[0], f"b{row[0]}") for row in people]


def test_the_bench_of_matching_prints_one_object(machine: Installation) -> None:
    said = machine.call("bench", "match", "--people", "600", "--json").object
    assert (said["bench"], said["people"], [size for size, _ in said["scaling"]]) == ("match", 600, [60, 200, 600])
    assert said["precision"] >= 0.995
    assert said["recall"] >= 0.95
    assert said["twins"] == 0
    assert {"asked", "found", "reasons", "seconds", "memory_mb", "ours_per_cpu_s", "db", "load"} <= said.keys()
