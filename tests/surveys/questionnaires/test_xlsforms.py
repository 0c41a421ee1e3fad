"""The ten forms of others, read; what we write, read by others and by ourselves again."""

import csv
import warnings
from collections import Counter
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from tests.surveys.questionnaires.tables import FOLDER
from wangge.surveys.rules.questionnaires import (
    CHOOSING,
    Definition,
    definition_faults,
    forbidden,
    questions_asked,
    read_definition,
    stored_definition,
    walk,
)
from wangge.surveys.shipped import shipped
from wangge.surveys.xlsform import ReadForm, open_apart, open_workbook, read_workbook, write_form

FORMS = FOLDER.parent / "xlsforms"
ROWS = {row["file"]: row for row in csv.DictReader((FORMS / "expected.csv").read_text("utf-8-sig").splitlines())}
DIFFERENCES = {
    "pull_data.xlsx": {"binds_without_instance_id": 1},  # pulldata() reads another file: the calculation is left out
}
"""What we read otherwise than pyxform converts, with the number that is ours."""
REPORTED = {
    "or_other.xlsx": [("survey", 3, "choice_filter", "column_unknown")],
    "pull_data.xlsx": [
        ("survey", None, "", "questions_missing"),
        ("survey", 2, "calculation", "function_unknown"),
        ("survey", 3, "label", "label_reference"),
    ],
    "repeat_date_test.xls": [
        ("survey", 2, "name", "name_made"),
        ("survey", 8, "name", "name_made"),
        ("choices", 1, "image", "column_unused"),
        ("choices", 20, "label", "choice_wordless"),
        ("choices", 23, "label", "choice_wordless"),
    ],
}


def form(file: str) -> ReadForm:
    return read_workbook(open_workbook((FORMS / file).read_bytes()), title=Path(file).stem)


def counts(definition: Definition) -> dict[str, int]:
    """Return what pyxform counts in the form that it makes: a note is an input, "other" asks for its words."""
    types = Counter(one.type for one in walk(definition.questions))
    others = sum(one.other for one in walk(definition.questions))
    asked = questions_asked(definition)
    return {
        "binds_without_instance_id": asked + types["calculate"],
        "inputs": asked - sum(types[name] for name in CHOOSING),
        "select_one": types["select_one"],
        "select_multiple": types["select_multiple"],
        "repeats": types["repeat"],
        "groups": types["group"] + types["repeat"],
        "others": others,
    }


@pytest.mark.parametrize("file", ROWS)
def test_what_is_read_of_a_form_counts_as_expected(file: str) -> None:
    read = form(file)
    found = counts(read.definition)
    for name in ("binds_without_instance_id", "inputs", "select_one", "select_multiple", "repeats", "groups"):
        assert found[name] == DIFFERENCES.get(file, {}).get(name, int(ROWS[file][name])), name
    assert ROWS[file]["uploads"] == "0"
    assert [(one.sheet, one.row, one.column, one.code) for one in read.reports] == REPORTED.get(file, [])
    faults = [one.code for one in (*definition_faults(read.definition), *forbidden(read.definition))]
    assert faults == (["questions_missing"] if file == "pull_data.xlsx" else [])


@pytest.mark.parametrize("file", ROWS)
def test_a_form_is_opened_apart_as_it_is_here(file: str) -> None:
    content = (FORMS / file).read_bytes()
    assert open_apart(content) == open_workbook(content)


def test_what_the_ten_forms_say_is_kept() -> None:
    filtered = form("choice_filter_test.xlsx").definition
    assert [one.choice_filter for one in filtered.questions] == ["", "${state}=cf", "${county}=cf"]
    assert [(one.value, one.filter) for one in filtered.choices["counties"]] == [
        ("king", {"cf": "washington"}), ("pierce", {"cf": "washington"}),
        ("king", {"cf": "texas"}), ("cameron", {"cf": "texas"}),
    ]  # fmt: skip
    listed = form("field-list.xlsx").definition
    assert listed.choices["yes_no"][0].label == {"zh-hans": "是", "en": "Yes"}
    assert listed.questions[0].questions[0].hint == {"en": "hint"}
    assert form("specify_other.xlsx").definition.questions[0].other
    repeated = form("repeat_date_test.xls").definition
    assert (repeated.questions[0].label, repeated.questions[1].calculation) == ({"en": "2012-12-12"}, "1")
    assert (repeated.questions[2].repeat, repeated.questions[2].repeat_count) == ("free", "${repeat_count}")


def written_again(definition: Definition, tmp_path: Path) -> ReadForm:
    """Write a questionnaire, let pyxform convert it, and read it again."""
    file = tmp_path / "form.xlsx"
    file.write_bytes(write_form(definition, code="form", version=3))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert "<h:html" in convert(str(file)).xform
    return read_workbook(open_workbook(file.read_bytes()), title="other")


@pytest.mark.parametrize("code", shipped())
def test_a_shipped_questionnaire_comes_back_as_it_was(code: str, tmp_path: Path) -> None:
    again = written_again(shipped()[code], tmp_path)
    assert again.reports == ()
    assert again.definition == shipped()[code]
    assert again.form_id == "form"


@pytest.mark.parametrize("file", ROWS)
def test_a_form_of_others_comes_back_as_it_was_read(file: str, tmp_path: Path) -> None:
    read = form(file)
    again = written_again(read.definition, tmp_path)
    assert again.definition == read.definition
    assert {one.code for one in again.reports} <= {"questions_missing", "choice_wordless"}


def test_everything_that_a_questionnaire_can_say_comes_back(tmp_path: Path) -> None:
    definition = read_definition(
        {
            "subject": "place",
            "languages": ["zh-hans", "en"],
            "title": {"zh-hans": "全部", "en": "Everything"},
            "notice": {"zh-hans": "告知", "en": "Notice"},
            "choices": {
                "town": [{"value": "a", "label": {"en": "=A"}}, {"value": "b", "label": {"en": "B"}}],
                "street": [
                    {"value": "1", "label": {"en": "One"}, "filter": {"town": "a"}},
                    {"value": "1", "label": {"en": "First"}, "filter": {"town": "b"}},
                ],
            },
            "questions": [
                {"name": "town", "type": "select_one", "label": {"zh-hans": "镇", "en": "Town"}, "choices": "town"},
                {"name": "street", "type": "select_one", "label": {"en": "Street"}, "choices": "street",
                 "choice_filter": "town = ${town}"},
                {"name": "part", "type": "group", "label": {"en": "Part"}, "relevant": "${town} != ''",
                 "appearance": "field-list", "questions": [
                     {"name": "several", "type": "select_multiple", "label": {"en": "Several"}, "choices": "town",
                      "other": True, "hint": {"en": "Take what fits"}},
                     {"name": "order", "type": "rank", "label": {"en": "Order"}, "choices": "town"}]},
                {"name": "level", "type": "range", "label": {"en": "Level"},
                 "parameters": {"start": "0", "end": "10", "step": "0.5"}},
                {"name": "at", "type": "datetime", "label": {"en": "At"}, "default": "now()", "read_only": True},
                {"name": "clock", "type": "time", "label": {"en": "Clock"}, "required_when": "${town} = 'a'"},
                {"name": "seen", "type": "acknowledge", "label": {"en": "Seen"}, "required": True, "unknown": False},
                {"name": "many", "type": "decimal", "label": {"en": "Many"}, "constraint": ". > 0",
                 "constraint_message": {"en": "More than 0"}, "klass": "money", "purpose": "relief",
                 "retention": "order"},
                {"name": "heading", "type": "note", "label": {"en": "Now ${many}"}},
                {"name": "things", "type": "repeat", "repeat": "free", "repeat_count": "${many}", "questions": [
                    {"name": "thing", "type": "text", "label": {"en": "Thing"}}]},
                {"name": "total", "type": "calculate", "calculation": "count(${things})"},
            ],
        }
    )  # fmt: skip
    assert definition_faults(definition) == []
    again = written_again(definition, tmp_path)
    assert again.reports == ()
    assert stored_definition(again.definition) == stored_definition(definition)
