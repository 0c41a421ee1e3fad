"""Forms never seen: what is not asked here is reported by row and column, and nothing else is lost."""

import time
import zipfile
from datetime import date
from io import BytesIO
from typing import Any

import pytest

from tests.people.world import refused
from tests.surveys.questionnaires.workbooks import read, told, workbook
from wangge.surveys.rules.questionnaires import definition_faults, forbidden, walk
from wangge.surveys.xlsform import open_apart, open_workbook

HEAD = ["type", "name", "label"]


def names(form: Any) -> list[str]:
    return [one.name for one in walk(form.definition.questions)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("geopoint", "type_place"), ("geotrace", "type_place"), ("start-geopoint", "type_place"),
        ("image", "type_media"), ("audio", "type_media"), ("barcode", "type_media"), ("file", "type_media"),
        ("start", "metadata"), ("end", "metadata"), ("today", "metadata"), ("deviceid", "metadata"),
        ("username", "metadata"), ("audit", "metadata"), ("hidden", "metadata"),
        ("select_one_from_file towns.csv", "type_file"), ("select_one_external towns", "type_file"),
        ("select_one ${people}", "type_other"), ("csv-external", "type_other"), ("xyz", "type_other"),
        ("select_one nowhere", "list_missing"), ("", "type_missing"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_asked_here_is_named_and_the_others_are_kept(text: str, code: str) -> None:
    form = read(survey=[HEAD, ["text", "before", "Before"], [text, "odd", "Odd"], ["text", "after", "After"]])
    assert told(form) == [("survey", 3, "type", code)]
    assert not form.reports[0].kept
    assert names(form) == ["before", "after"]


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("relevant", "${gone} = 1", "reference_unknown"),
        ("relevant", "${before} = ", "ends_early"),
        ("constraint", "pulldata('a','b','c',.) = 1", "function_unknown"),
        ("constraint", "regex(., '(a+)+')", "pattern_slow"),
        ("calculation", "indexed-repeat(${before}, ${before}, 1)", "function_unknown"),
        ("required", "${gone} = 1", "reference_unknown"),
        ("default", "uuid()", "function_unknown"),
        ("relevant", "before = 1", "bare_name"),
    ],
)
def test_an_expression_that_cannot_be_used_is_left_out_and_the_question_is_kept(
    column: str, text: str, code: str
) -> None:
    rows = [[*HEAD, column], ["text", "before", "Before", ""], ["text", "odd", "Odd", text]]
    form = read(survey=rows)
    assert told(form) == [("survey", 3, column, code)]
    assert names(form) == ["before", "odd"]
    assert definition_faults(form.definition) == []


def test_what_hangs_on_a_row_that_is_left_out_is_left_out_too() -> None:
    form = read(
        survey=[
            [*HEAD, "calculation", "relevant"],
            ["image", "photo", "Photo", "", ""],
            ["calculate", "seen", "", "${photo}", ""],
            ["calculate", "twice", "", "concat(${seen}, ${seen})", ""],
            ["begin group", "part", "Part", "", "${twice} = ''"],
            ["geopoint", "where", "Where", "", ""],
            ["end group", "", "", "", ""],
            ["text", "left", "Left of ${twice} and ${left}", "", ""],
        ]
    )
    assert told(form) == [
        ("survey", 2, "type", "type_media"),
        ("survey", 3, "calculation", "reference_unknown"),
        ("survey", 4, "calculation", "reference_unknown"),
        ("survey", 5, "type", "group_empty"),
        ("survey", 6, "type", "type_place"),
        ("survey", 8, "label", "label_reference"),
    ]
    assert form.definition.questions[0].label == {"en": "Left of and ${left}"}


def test_columns_of_many_spellings_are_understood() -> None:
    form = read(
        survey=[
            ["Type", "name", "label::English (en)", "label::简体中文 (zh-Hans)", "Hint:English", "relevance",
             "Read Only", "bind:jr:constraintMsg", "bind::constraint", "required", "jr:count"],
            ["Select One yes_no", "a", "A", "甲", "Look", "", "TRUE", "Wrong", ". != ''", "TRUE()", ""],
            ["begin repeat", "r", "R", "重复", "", "${a}='yes'", "", "", "", "", 3],
            ["add text prompt", "b", "B", "乙", "", "", "no", "", "", "NO", ""],
            ["end repeat", "", "", "", "", "", "", "", "", "", ""],
        ],
        choices=[["List Name", "Value", "Label::English (en)"], ["yes_no", "yes", "Yes"], ["yes_no", "no", "No"]],
        settings=[["form_title", "form_id", "version", "default_language"], ["Form", "f1", 7, "English (en)"]],
    )  # fmt: skip
    assert told(form) == []
    first, repeat = form.definition.questions
    assert (first.label, first.hint) == ({"zh-hans": "甲", "en": "A"}, {"en": "Look"})
    assert (first.required, first.read_only, first.constraint) == (True, True, ". != ''")
    assert first.constraint_message == {"en": "Wrong"}
    assert (repeat.relevant, repeat.repeat_count, repeat.questions[0].required) == ("${a}='yes'", "3", False)
    assert (form.definition.title, form.form_id) == ({"en": "Form"}, "f1")
    assert form.definition.languages == ("zh-hans", "en")


@pytest.mark.parametrize(
    ("heading", "words", "label", "codes"),
    [
        ("label", "您好吗", {"zh-hans": "您好吗"}, []),
        ("label", "您好嗎", {"zh-hant": "您好嗎"}, []),
        ("label", "Ça va", {"en": "Ça va"}, []),
        ("label::Français (fr)", "Ça va", {"en": "Ça va"}, ["language_taken"]),
        ("label::繁體中文", "您好嗎", {"zh-hant": "您好嗎"}, []),
    ],
)
def test_words_are_kept_in_the_language_they_are_in(
    heading: str, words: str, label: dict[str, str], codes: list[str]
) -> None:
    form = read(survey=[["type", "name", heading], ["text", "a", words]])
    assert form.definition.questions[0].label == label
    assert [one.code for one in form.reports] == codes


def test_a_strange_language_beside_one_of_ours_is_reported_and_left_out() -> None:
    form = read(survey=[[*HEAD, "label::Français (fr)"], ["text", "a", "How are you", "Ça va"]])
    assert told(form) == [("survey", 1, "Français (fr)", "language_unused")]
    assert form.definition.questions[0].label == {"en": "How are you"}


def test_names_that_cannot_be_used_are_changed_everywhere() -> None:
    form = read(
        survey=[
            [*HEAD, "relevant"],
            ["text", "姓名", "Name", ""],
            ["text", "resident", "Resident", "${姓名} != ''"],
            ["text", "a", "A ${resident}", ""],
            ["begin group", "", "", ""],
            ["text", "a", "Another a", "${姓名} != ''"],
            ["end group", "", "", ""],
        ]
    )
    assert names(form) == ["question_2", "resident_", "a", "group_5", "a_2"]
    assert [one.code for one in form.reports] == ["name_changed", "name_changed", "name_made", "name_changed"]
    assert [one.relevant for one in walk(form.definition.questions) if one.relevant] == ["${question_2} != ''"] * 2
    assert form.definition.questions[2].label == {"en": "A ${resident_}"}


def test_groups_that_do_not_end_and_ends_that_belong_to_none() -> None:
    rows = [HEAD, ["end group", "", ""], ["begin_group", "g", "G"], ["text", "a", "A"]]
    assert told(read(survey=rows)) == [("survey", 2, "type", "end_unexpected"), ("survey", 3, "type", "end_missing")]


def test_a_repeat_inside_a_repeat_is_asked_once() -> None:
    form = read(
        survey=[
            HEAD,
            ["begin repeat", "outer", "Outer"],
            ["begin repeat", "inner", "Inner"],
            ["text", "a", "A"],
            ["end repeat", "", ""],
            ["end repeat", "", ""],
        ]
    )
    assert told(form) == [("survey", 3, "type", "repeat_inside")]
    assert [one.type for one in walk(form.definition.questions)] == ["repeat", "group", "text"]


def test_rows_that_are_switched_off_take_along_what_is_inside() -> None:
    form = read(
        survey=[
            [*HEAD, "disabled"],
            ["text", "a", "A", "yes"],
            ["begin group", "g", "G", "yes"],
            ["text", "b", "B", ""],
            ["begin group", "h", "H", ""],
            ["text", "c", "C", ""],
            ["end group", "", "", ""],
            ["end group", "", "", ""],
            ["text", "d", "D", "no"],
        ]
    )
    assert told(form) == [("survey", 2, "disabled", "row_disabled"), ("survey", 3, "disabled", "row_disabled")]
    assert names(form) == ["d"]


def test_choices_with_blanks_twins_and_without_a_list() -> None:
    form = read(
        survey=[HEAD, ["select_one x", "a", "A"]],
        choices=[
            ["list_name", "name", "label", "media::image"],
            ["x", "very good", "Very <b>good</b>", "a.png"],
            ["x", "bad", "Bad", ""],
            ["x", "bad", "Bad again", ""],
            ["", "lost", "Lost", ""],
            ["x", 1, "One", ""],
        ],
    )
    assert [(one.value, one.label["en"]) for one in form.definition.choices["x"]] == [
        ("very_good", "Very good"), ("bad", "Bad"), ("1", "One"),
    ]  # fmt: skip
    assert [one.code for one in form.reports] == ["choice_again", "column_unused", "choice_renamed", "choice_nameless"]


def test_what_is_said_in_other_columns_settings_and_sheets_is_named() -> None:
    form = read(
        survey=[
            [*HEAD, "trigger", "media::image", "guidance_hint", "parameters"],
            ["text", "a", "A <i>b</i>", "${a}", "a.png", "Look", ""],
            ["range", "level", "Level", "", "", "", "start=0 end=4 step=2 tick=1"],
        ],
        settings=[["form_title", "submission_url", "style"], ["F", "https://example.org", "pages"]],
        external_choices=[["list_name", "name"], ["x", "y"]],
        entities=[["dataset"], ["x"]],
        notes=[["anything"]],
    )
    assert [(one.sheet, one.column, one.code) for one in form.reports] == [
        ("settings", "submission_url", "setting_unused"),
        ("survey", "trigger", "column_unused"), ("survey", "media::image", "column_unused"),
        ("survey", "guidance_hint", "column_unused"), ("survey", "label", "html"),
        ("survey", "parameters", "parameter_unused"),
        ("external_choices", "", "sheet_unused"), ("entities", "", "sheet_unused"),
    ]  # fmt: skip
    assert form.definition.questions[0].label == {"en": "A b"}
    assert form.definition.questions[1].parameters == {"start": "0", "end": "4", "step": "2"}


def test_other_where_it_cannot_be_is_reported_and_the_choice_is_kept() -> None:
    form = read(
        survey=[
            [*HEAD, "choice_filter"],
            ["select_one x or_other", "a", "A", ""],
            ["select_multiple y or_other", "b", "B", "town = 'n'"],
            ["select_one nowhere or_other", "c", "C", ""],
        ],
        choices=[["list_name", "name", "label", "town"], ["x", "other", "Other", ""], ["y", "1", "One", "n"]],
    )
    assert told(form) == [("survey", 2, "type", "other_twice"), ("survey", 3, "type", "other_unfit")]
    assert [(one.name, one.other) for one in form.definition.questions] == [("a", False), ("b", False), ("c", True)]


def test_class_purpose_and_the_like_are_read_and_what_is_none_of_them_is_named() -> None:
    form = read(
        survey=[
            [*HEAD, "wangge::class", "wangge::purpose", "wangge::retention", "wangge::bind", "wangge::unknown",
             "wangge::repeat"],
            ["begin repeat", "people", "People", "", "", "", "", "", "members"],
            ["text", "member_name", "Name", "", "", "", "", "", ""],
            ["text", "phone", "Phone", "contact", "register", "", "resident.phone", "no", ""],
            ["text", "odd", "Odd", "gold", "", "ever", "resident.gold", "", ""],
            ["end repeat", "", "", "", "", "", "", "", ""],
            ["text", "fever", "Fever?", "", "", "", "", "", ""],
        ]
    )  # fmt: skip
    assert told(form) == [
        ("survey", 5, "klass", "class_unknown"), ("survey", 5, "retention", "retention_unknown"),
        ("survey", 5, "bind", "bind_unknown"), ("survey", 7, "wangge::class", "class_guessed"),
    ]  # fmt: skip
    people, fever = form.definition.questions
    phone, odd = people.questions
    assert (people.repeat, phone.klass, phone.purpose, phone.bind, phone.unknown) == (
        "members", "contact", "register", "resident.phone", False,
    )  # fmt: skip
    assert (odd.klass, odd.retention, odd.bind) == ("survey", "response", "")
    assert (fever.klass, fever.purpose) == ("health", "symptoms")


def test_what_may_not_be_asked_is_kept_in_the_draft_and_named_with_its_row() -> None:
    form = read(survey=[HEAD, ["text", "well", "How are you"], ["text", "faith", "您的宗教信仰"]])
    assert told(form) == [("survey", 3, "label", "never_asked")]
    assert form.reports[0].kept
    assert [one.question for one in forbidden(form.definition)] == ["faith"]


def test_cells_of_other_kinds_blank_rows_and_a_late_heading_are_read() -> None:
    form = read(
        survey=[
            [],
            ["type", "name", "label", "default"],
            [],
            ["date", "on", "On", date(2020, 2, 10)],
            ["integer", "many", 5, 3.0],
            ["text", "so", True, ""],
        ]
    )
    assert told(form) == []
    assert [(one.default, one.label["en"]) for one in form.definition.questions] == [
        ("2020-02-10", "On"), ("3", "5"), ("", "true"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"x" * (5 * 1024 * 1024 + 1), "file_too_big"),
        (b"type,name,label\ntext,a,A\n", "file_unreadable"),
        (b"PK\x03\x04 no workbook", "file_unreadable"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4_000, "file_unreadable"),
        (workbook(Sheet1=[HEAD]), "survey_sheet_missing"),
    ],
)
def test_a_file_that_is_no_form_is_refused(content: bytes, code: str) -> None:
    for opening in (open_workbook, open_apart):
        with refused(f"questionnaires.{code}"):
            opening(content)


def test_a_file_that_would_unpack_to_far_more_is_refused() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"\0" * (90 * 1024 * 1024))
    with refused("questionnaires.file_too_hard"):
        open_apart(out.getvalue())


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([], "type_column_missing"),
        ([["name", "label"], ["a", "A"]], "type_column_missing"),
        ([HEAD], "nothing_asked"),
        ([HEAD, ["geopoint", "a", "A"]], "nothing_asked"),
        ([HEAD, *([["text", f"q{n}", "Q"] for n in range(2_001)])], "form_too_large"),
        ([HEAD, *([["text", f"q{n}", "Q"] for n in range(6_100)])], "form_too_large"),
    ],
)
def test_a_form_that_asks_nothing_or_too_much_is_refused(rows: list[list[str]], code: str) -> None:
    with refused(f"questionnaires.{code}"):
        read(survey=rows)


def test_the_largest_form_that_is_taken_is_read_in_seconds() -> None:
    asked = [["select_one x", f"q{n}", f"Q ${{q{n - 1}}}", f"${{q{n - 1}}} = 'v1'"] for n in range(1, 1_990)]
    offered = [["x", f"v{n}", f"Choice {n}"] for n in range(19_000)]
    begun = time.process_time()
    form = read(
        survey=[[*HEAD, "relevant"], ["select_one x", "q0", "Q", ""], *asked],
        choices=[["list_name", "name", "label"], *offered],
    )
    assert (len(names(form)), form.reports) == (1_990, ())
    assert time.process_time() - begun < 15
