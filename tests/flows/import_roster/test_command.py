"""The commands ``wangge import roster``, ``answer`` and ``undo``, as they are typed."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.flows.import_roster.support import HEAD, ROSTERS, TWO_NAMES, World
from wangge.cli.importing import import_
from wangge.flows.import_roster.models import Import
from wangge.flows.import_roster.reading import read_sheets
from wangge.people.models import Resident

pytestmark = pytest.mark.django_db(transaction=True)


def typed(*words: object) -> tuple[int, Any]:
    done = CliRunner().invoke(import_, [*map(str, words), "--json"])
    return done.exit_code, json.loads(done.stdout)


def test_a_roster_is_brought_in_and_taken_back(world: World, tmp_path: Path) -> None:
    given = ("roster", ROSTERS / "village_174.csv", "--area", world.village.code, "--as-of", "2020-02-10")
    report = tmp_path / "report.xlsx"
    code, seen = typed(*given, "--report", report)
    assert (code, seen["dropped_columns"], seen["ask"], seen["reported"]) == (0, [], [], [])
    assert seen["counts"] == {
        "rows": 375, "created": 375, "updated": 0, "unchanged": 0, "asked": 0, "rejected": 0, "skipped": 0,
        "households": 174, "residents": 375,
    }  # fmt: skip
    assert seen["mapping"][0] == {"sheet": None, "column": "A", "header": "组", "field": "group", "confidence": 1.0}
    assert len(read_sheets(report.read_bytes())[0].rows) == 376
    assert typed(*given)[1]["counts"]["created"] == 0
    assert typed("undo", seen["import"]) == (0, {"reverted": 375, "kept_changed_since": []})
    assert not Resident.objects.exists()


def test_a_dry_run_leaves_nothing(world: World) -> None:
    code, seen = typed("roster", ROSTERS / "village_174.csv", "--area", world.village.code, "--dry-run")
    assert (code, seen["counts"]["created"]) == (0, 375)
    assert (Resident.objects.count(), Import.objects.count()) == (0, 0)


def test_a_question_is_shown_with_its_rows_and_answered(world: World, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text(TWO_NAMES)
    _, seen = typed("roster", file, "--area", world.village.code)
    (ask,) = seen["ask"]
    assert (ask["kind"], ask["rows"], ask["candidates"]) == ("same_person", [[None, 3], [None, 2]], [[None, 2]])
    assert seen["reported"] == [
        {"sheet": None, "row": 3, "column": "B", "code": "duplicate_suspect", "message": seen["reported"][0]["message"]}
    ]
    code, answered = typed("answer", seen["import"], ask["id"], "same")
    assert (code, answered["rows"], answered["open"]) == (0, [{"sheet": None, "row": 3, "outcome": "updated"}], 0)
    code, refused = typed("answer", seen["import"], ask["id"], "same")
    assert (code, refused["refused"]["code"]) == (1, "imports.ask_answered")


def test_somebody_who_is_registered_already_is_a_candidate_by_id(world: World, tmp_path: Path) -> None:
    first, second = TWO_NAMES.removeprefix(HEAD).splitlines()
    file = tmp_path / "a.csv"
    for line in (first, second):
        file.write_text(HEAD + line)
        _, seen = typed("roster", file, "--area", world.village.code)
    (ask,) = seen["ask"]
    assert (ask["rows"], ask["candidates"]) == ([[None, 2]], [{"resident": str(Resident.objects.get().id)}])


def test_a_file_that_is_no_roster_is_refused(world: World, tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"%PDF-1.7")
    code, seen = typed("roster", file, "--area", world.village.code)
    assert (code, seen["refused"]["code"]) == (1, "imports.not_a_table")
