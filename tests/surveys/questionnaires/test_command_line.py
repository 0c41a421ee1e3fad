"""Questionnaires at the command line."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.people.world import World, fresh, holds, settle
from tests.surveys.questionnaires.tables import FOLDER
from tests.surveys.questionnaires.workbooks import workbook
from wangge.cli.main import wangge
from wangge.surveys.commands.questionnaires import keep_shipped
from wangge.surveys.models import Questionnaire

pytestmark = pytest.mark.django_db
FORMS = FOLDER.parent / "xlsforms"
HEAD = ["type", "name", "label"]


@pytest.fixture
def world() -> World:
    return settle()


def call(*words: str) -> tuple[int, Any]:
    done = CliRunner().invoke(wangge, ["questionnaire", *words, "--json"])
    return done.exit_code, json.loads(done.stdout) if done.exit_code < 2 else done.stderr


def brought(folder: Path, *rows: list[str], name: str = "form.xlsx") -> str:
    file = folder / name
    file.write_bytes(workbook(survey=[HEAD, *rows]))
    return str(file)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("none.xlsx", None, "cli.file_missing"),
        ("empty.xlsx", b"", "cli.file_empty"),
        ("huge.xlsx", b"x" * (5 * 1024 * 1024 + 1), "questionnaires.file_too_big"),
        ("words.xlsx", "您好吗".encode(), "questionnaires.file_unreadable"),
        ("other.xlsx", workbook(Sheet1=[["a"]]), "questionnaires.survey_sheet_missing"),
        ("bare.xlsx", workbook(survey=[["a"]]), "questionnaires.type_column_missing"),
        ("mute.xlsx", workbook(survey=[HEAD]), "questionnaires.nothing_asked"),
    ],
)
def test_a_file_that_is_no_form_is_refused_and_leaves_nothing(
    world: World, tmp_path: Path, name: str, content: bytes | None, code: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    done, said = call("import", str(file))
    assert (done, said["refused"]["code"]) == (1, code)
    assert "%(" not in said["refused"]["say"]
    assert not Questionnaire.objects.exists()


def test_a_form_is_imported_published_and_the_same_again_is_the_same_version(world: World, tmp_path: Path) -> None:
    assert call("import", brought(tmp_path, ["text", "a", "A"]), "--as", "nobody")[0] == 1
    code, said = call("import", str(FORMS / "group.xlsx"))
    assert code == 0
    first = dict(said)
    assert (said["questionnaire"], said["version"], said["questions"]) == ("group", 1, 3)
    assert (said["published"], said["reported"], said["area"]) == (True, [], world.house.town.code)
    assert call("import", str(FORMS / "group.xlsx"))[1] == first
    form = brought(tmp_path, ["text", "a", "A"], name="group.xlsx")
    assert call("import", form)[1]["version"] == 2
    east = call("import", form, "--area", world.house.east.code or "", "--code", "own")[1]
    assert (east["questionnaire"], east["version"], east["area"]) == ("own", 1, world.house.east.code)
    assert (
        call("import", form, "--area", world.house.east.code or "")[1]["refused"]["code"] == "questionnaires.code_taken"
    )
    assert call("import", form, "--area", "999")[1]["refused"]["code"] == "places.area_unknown"
    assert call("import", form, "--code", "a b")[1]["refused"]["code"] == "questionnaires.code_unfit"
    holds()


def test_what_was_left_out_and_what_may_not_be_asked_is_said_in_words(world: World, tmp_path: Path) -> None:
    form = brought(tmp_path, ["text", "a", "A"], ["geopoint", "where", "Where"], ["text", "b", "您的民族"])
    code, said = call("import", form)
    assert code == 0
    assert (said["version"], said["questions"], said["published"]) == (1, 2, False)
    reported = [(one["row"], one["column"], one["code"], one["kept"]) for one in said["reported"]]
    assert reported == [(3, "type", "type_place", False), (4, "label", "never_asked", True)]
    assert all(one["message"] and "%(" not in one["message"] for one in said["reported"])
    shown = call("show", "form")[1]
    assert (shown["state"], [one["code"] for one in shown["faults"]]) == ("draft", ["never_asked"])
    assert shown["reported"] == said["reported"]
    again = call("import", brought(tmp_path, ["text", "a", "A"]))[1]
    assert (again["version"], again["published"]) == (1, True), "an imported draft gives way to the mended form"


def test_questionnaires_are_listed_shown_and_exported(world: World, tmp_path: Path) -> None:
    assert call("list")[1] == {"questionnaires": [], "total": 0}
    keep_shipped(stamp=fresh(), actor=world.house.admin, area=world.house.town.id)
    listed = call("list", "--area", world.house.east.code or "")[1]
    assert [one["questionnaire"] for one in listed["questionnaires"]] == [
        "household-survey", "self-declaration", "shop-reopening", "worries-and-needs",
    ]  # fmt: skip
    shown = call("show", "household-survey")[1]
    assert (shown["version"], shown["state"], shown["faults"]) == (1, "published", [])
    out = tmp_path / "out.xlsx"
    for words, code in (
        (("export", "household-surveys", "--out", str(out)), "questionnaires.unknown"),
        (("export", "household-survey", "--version", "2", "--out", str(out)), "questionnaires.unknown"),
        (("export", "household-survey", "--out", str(tmp_path / "no" / "x.xlsx")), "cli.folder_missing"),
        (("show", "gone"), "questionnaires.unknown"),
    ):
        assert call(*words)[1]["refused"]["code"] == code
    assert not out.exists()
    assert call("export", "household-survey")[0] == 2, "where to is asked for"
    assert call("export", "household-survey", "--out", str(out))[1]["questions"] == shown["questions"]
    again = call("import", str(out))[1]
    assert (again["questionnaire"], again["version"], again["reported"]) == ("household-survey", 1, [])
    copy = call("import", str(out), "--code", "copy")[1]
    assert (copy["version"], copy["published"], copy["questions"]) == (1, True, shown["questions"])
