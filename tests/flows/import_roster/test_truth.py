"""Sheets as offices hand them over, held against what stands in them: every person, household, report and question."""

import json
from typing import Any
from uuid import UUID

import pytest

from tests.flows.import_roster.truth import ROSTERS, TODAY, buildings, differences, planned, truth
from wangge.flows.import_roster.contents import fingerprints_of
from wangge.flows.import_roster.file import read_file
from wangge.flows.import_roster.plan import make_plan
from wangge.flows.import_roster.planned import Picture, Registered
from wangge.flows.import_roster.reading import read_sheets
from wangge.flows.import_roster.states import Action, Outcome
from wangge.kernel.ids import uuid7
from wangge.planning.matching import Door, Subject


@pytest.mark.parametrize("file", ["village_174.csv", "village_358.xls", "urban_591.xlsx"])
def test_a_roster_is_read_and_matched_as_the_truth_about_it_says(file: str) -> None:
    name = file.partition(".")[0]
    picture = buildings(name) if (ROSTERS / f"{name}.buildings.csv").exists() else None
    read, plan = planned(file, picture)
    assert list(differences(truth(name), read, plan)) == []


@pytest.mark.parametrize("file", ["village_358.xls", "urban_591.xlsx"])
def test_nothing_of_a_forbidden_column_is_in_what_was_read(file: str) -> None:
    marks = truth(file.partition(".")[0])["forbidden_marks"]
    read, plan = planned(file)
    everything = repr(read) + repr(plan.rows) + repr(plan.asks)
    assert marks
    assert not [mark for mark in marks if mark in everything]


def test_every_row_below_the_headings_has_become_something() -> None:
    sheets = read_sheets((ROSTERS / "urban_591.xlsx").read_bytes())
    _read, plan = planned("urban_591.xlsx", buildings("urban_591"))
    rows = [row.row for row in plan.rows if row.sheet == "人口信息"]
    assert rows == [row.number for row in sheets[0].rows if row.number > 4]
    assert all(row.outcome in set(Outcome) for row in plan.rows)


def _registered(said: dict[str, Any]) -> list[Registered]:
    homes: dict[str, UUID] = {home["key"]: uuid7() for home in said["households"]}
    heads = {home["head"] for home in said["households"]}
    return [
        Registered(
            uuid7(),
            homes[one["household"]],
            one["household"],
            Subject(name=one["name"], number=one["id_number"] or "", sex=one["sex"], door=one["household"]),
            relation="head" if one["pid"] in heads else "unknown",
            is_head=one["pid"] in heads,
            phones=frozenset(phone.encode() for phone in one["phones"]),
        )
        for one in said["persons"]
    ]


def test_a_list_of_heads_is_held_against_the_register_and_what_differs_is_said() -> None:
    said = truth("village_358_heads")
    people = _registered(truth("village_358"))
    doors = {one.door: [Door(str(one.household), True)] for one in people if one.is_head}
    read = read_file((ROSTERS / "village_358_heads.csv").read_bytes(), TODAY)
    plan = make_plan(read, fingerprints_of([row.person for row in read.rows]), Picture(people=people, doors=doors))
    wanted = {(one["code"], one["row"]) for one in said["reports"]}
    assert {(code, row.row) for row in plan.rows for _, code in row.codes if code != "id_missing"} == wanted
    assert {row.action for row in plan.rows} <= {Action.NONE, Action.FILL}
    assert [row.row for row in plan.rows if row.outcome == Outcome.CREATED] == []
    heads = {one.resident: one.door for one in people if one.is_head}
    assert [heads[row.resident] for row in plan.rows if row.resident] == [row["household"] for row in said["rows"]]


def test_the_truth_files_are_whole_without_which_every_comparison_would_hold() -> None:
    for name, residents in (("village_174", 375), ("village_358", 1474), ("urban_591", 1984)):
        assert len(json.loads((ROSTERS / f"{name}.truth.json").read_text("utf-8"))["persons"]) == residents
