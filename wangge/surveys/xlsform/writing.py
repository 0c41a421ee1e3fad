"""Writing a questionnaire as an XLSForm, with what XLSForms cannot say in columns of our own that others pass over."""

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

import xlsxwriter

from wangge.surveys.rules.questionnaires import CHOOSING, MEMBERS, Definition, Question, label, walk
from wangge.surveys.xlsform.building import NOTICE
from wangge.surveys.xlsform.choices import OF_MEMBER_LIST

NAMES: Mapping[str, str] = {
    "zh-hans": "简体中文 (zh-Hans)",
    "zh-hant": "繁體中文 (zh-Hant)",
    "en": "English (en)",
}
MEMBER_WORDS: Mapping[str, Mapping[str, str]] = {
    "member_name": {"zh-hans": "姓名", "zh-hant": "姓名", "en": "Name"},
    "member_born": {"zh-hans": "出生日期", "zh-hant": "出生日期", "en": "Date of birth"},
    "member_sex": {"zh-hans": "性别", "zh-hant": "性別", "en": "Sex"},
    "M": {"zh-hans": "男", "zh-hant": "男", "en": "Male"},
    "F": {"zh-hans": "女", "zh-hant": "女", "en": "Female"},
}
AGE = "int((today() - ${member_born}) div 365.25)"

Cells = dict[str, str]


def write_form(definition: Definition, *, code: str, version: int) -> bytes:
    """Return a questionnaire as a workbook that other programs for XLSForms read."""
    with_choices = list(_choices(definition))
    sheets = {
        "survey": list(_survey(definition)),
        "choices": with_choices or [{"list_name": "", "name": ""}],
        "settings": [_settings(definition, code, version)],
    }
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True})
    for name, rows in sheets.items():
        columns = list(dict.fromkeys(key for row in rows for key in row))
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column, head)
            sheet.set_column(place, place, 36 if column.startswith(("label", "hint")) else 18)
        for number, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                if text := row.get(column, ""):
                    sheet.write_string(number, place, text)
    book.close()
    return out.getvalue()


def _survey(definition: Definition) -> Iterator[Cells]:
    if definition.notice:
        yield _row("note", NOTICE, definition.notice, definition)
    for one in definition.questions:
        yield from _question(one, definition)


def _row(kind: str, name: str, words: Mapping[str, str], definition: Definition) -> Cells:
    """Return the first cells of a row; they are there in every row, so that the columns come in this order."""
    return {"type": kind, "name": name} | _words("label", words, definition)


def _words(column: str, words: Mapping[str, str], definition: Definition) -> Cells:
    return {f"{column}::{NAMES[language]}": words.get(language, "") for language in definition.languages}


def _question(one: Question, definition: Definition) -> Iterator[Cells]:
    """Yield the rows of a question and of what lies inside."""
    cells = _row(_type(one), one.name, one.label, definition)
    cells |= _words("hint", one.hint, definition) | _words("constraint_message", one.constraint_message, definition)
    cells |= {
        "required": "yes" if one.required else one.required_when,
        "relevant": one.relevant,
        "constraint": one.constraint,
        "calculation": one.calculation,
        "choice_filter": one.choice_filter,
        "default": one.default,
        "readonly": "yes" if one.read_only else "",
        "appearance": one.appearance,
        "repeat_count": one.repeat_count,
        "parameters": " ".join(f"{key}={value}" for key, value in one.parameters.items()),
    }
    cells |= _ours(one)
    yield cells
    if one.type not in ("group", "repeat"):
        return
    if one.repeat == MEMBERS:
        yield from _of_member(definition)
    for inner in one.questions:
        yield from _question(inner, definition)
    yield _row(f"end_{one.type}", "", {}, definition)


def _type(one: Question) -> str:
    if one.type in ("group", "repeat"):
        return f"begin_{one.type}"
    if one.type in CHOOSING:
        return f"{one.type} {one.choices}" + (" or_other" if one.other else "")
    return "dateTime" if one.type == "datetime" else one.type


def _ours(one: Question) -> Cells:
    """Return what XLSForms have no column for."""
    return {
        "wangge::class": one.klass,
        "wangge::purpose": one.purpose,
        "wangge::retention": one.retention,
        "wangge::bind": one.bind,
        "wangge::unknown": "" if one.unknown else "no",
        "wangge::repeat": one.repeat,
    }


def _of_member(definition: Definition) -> Iterator[Cells]:
    """Yield the rows that ask elsewhere what the register knows of a member here."""
    yield _row("text", "member_name", MEMBER_WORDS["member_name"], definition)
    yield _row("date", "member_born", MEMBER_WORDS["member_born"], definition)
    yield _row("calculate", "member_age", {}, definition) | {"calculation": AGE}
    yield _row(f"select_one {OF_MEMBER_LIST}", "member_sex", MEMBER_WORDS["member_sex"], definition)


def _choices(definition: Definition) -> Iterator[Cells]:
    for name, choices in definition.choices.items():
        for one in choices:
            yield {"list_name": name, "name": one.value} | _words("label", one.label, definition) | dict(one.filter)
    if any(one.repeat == MEMBERS for one in walk(definition.questions)):
        for sex in ("M", "F"):
            yield {"list_name": OF_MEMBER_LIST, "name": sex} | _words("label", MEMBER_WORDS[sex], definition)


def _settings(definition: Definition, code: str, version: int) -> Cells:
    language = definition.languages[0]
    found: dict[str, Any] = {
        "form_title": label(definition.title, language) or code,
        "form_id": code,
        "version": str(version),
        "default_language": NAMES[language],
        "wangge::subject": definition.subject,
    }
    found |= {f"wangge::title::{key}": text for key, text in definition.title.items()}
    if any(len({one.value for one in row}) < len(row) for row in definition.choices.values()):
        found["allow_choice_duplicates"] = "yes"
    return found
