"""The spellings of ``data/codes/addresses.csv`` against the doors of ``doors.csv``."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from wangge.places.addresses import Door, Doors, Verdict, parse_address, resolve

CODES = Path(__file__).resolve().parents[2] / "data" / "codes"


def _table(name: str) -> list[dict[str, str]]:
    with (CODES / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def registers() -> dict[str, dict[Door, str]]:
    found: dict[str, dict[Door, str]] = {}
    for row in _table("doors.csv"):
        door = Door(row["lane"], row["group"], "", row["building"], row["unit"], row["room"])
        found.setdefault(row["scope"], {})[door] = row["door"]
    return found


def outcome(scope: str, spelling: str) -> str:
    doors = registers()[scope]
    address = parse_address(spelling, scope=scope, known=tuple(registers()))
    finding = resolve(address, Doors(doors))
    return doors[finding.door] if finding.door else str(finding.verdict)


@pytest.mark.parametrize("row", _table("addresses.csv"), ids=lambda row: row["case"])
def test_every_spelling_comes_to_its_door_or_is_asked(row: dict[str, str]) -> None:
    assert outcome(row["scope"], row["spelling"]) == row["expected"]


def test_no_door_is_ever_given_for_a_spelling_of_another_one() -> None:
    doors = {door for found in registers().values() for door in found.values()}
    for scope in registers():
        for row in _table("addresses.csv"):
            if row["scope"] != scope and row["expected"] in doors and scope not in row["spelling"]:
                given = outcome(scope, row["spelling"])
                assert given not in doors or given in registers()[scope].values()
                if any(place in row["spelling"] for place in registers()):
                    assert given == Verdict.ELSEWHERE, (scope, row["spelling"])


def test_a_line_for_each_verdict_stands_in_the_table() -> None:
    seen = Counter(row["expected"] for row in _table("addresses.csv") if not row["expected"].startswith("H"))
    assert set(seen) == {"ask", "unknown", "elsewhere", "none"}
