"""Reading a form: from the texts of a workbook to a questionnaire, with what was left out and why."""

from collections.abc import Mapping
from dataclasses import dataclass

from wangge.kernel.refused import Refused
from wangge.surveys.rules.questionnaires import (
    LANGUAGES,
    Choice,
    Definition,
    Report,
    definition_faults,
    forbidden,
    questions_asked,
    report_of,
    walk,
)
from wangge.surveys.rules.questionnaires.faults import CHOICES_MOST, QUESTIONS_MOST
from wangge.surveys.xlsform.building import Builder, Sheet, question_of
from wangge.surveys.xlsform.choices import read_lists, without_twins
from wangge.surveys.xlsform.headings import CHOICES, SURVEY, language_of
from wangge.surveys.xlsform.mending import every, mend, rename
from wangge.surveys.xlsform.opening import Row, Workbook
from wangge.surveys.xlsform.rows import Told, read_table, tongues, unused_columns

QUIET = frozenset(
    {
        "form_title", "title", "set_form_title", "form_id", "id_string", "set_form_id", "version", "default_language",
        "allow_choice_duplicates", "style", "name",
    }
)  # fmt: skip
"""Settings that are used, or that say nothing here."""
OTHER_SHEETS = frozenset({"external_choices", "entities", "osm", "cascades", "columns"})


@dataclass(frozen=True, slots=True)
class ReadForm:
    """A form as it was read: the questionnaire, the id that the form gives itself, and what is to be said."""

    definition: Definition
    form_id: str
    reports: tuple[Report, ...]


def read_workbook(workbook: Workbook, *, title: str) -> ReadForm:
    """Return the questionnaire of a form; ``title`` is its title when it gives none.

    Refused when no column says the types, when nothing is left to ask, and above the limits of a questionnaire.
    """
    told = Told()
    survey = read_table(workbook.sheets["survey"], SURVEY)
    if not any(one.field == "type" for one in survey.headings):
        raise Refused("questionnaires.type_column_missing")
    settings = _settings(workbook.sheets.get("settings", []), told)
    choices = read_table(workbook.sheets.get("choices", []), CHOICES)
    unused_columns(survey, told, "survey")
    for name in workbook.others:
        if name.strip().lower() in OTHER_SHEETS:
            told.say("sheet_unused", name)
    spoken = tongues({"survey": survey, "choices": choices}, settings.get("default_language", ""), told)
    lists = read_lists(choices, spoken, told)
    sheet = Builder(spoken, lists, told).build(survey)
    rename(sheet)
    mend(sheet, lists, told)
    kept = without_twins(lists, _filtered(sheet), told)
    definition = _definition(sheet, kept, settings, title=title)
    _refuse_size(definition)
    for fault in (*definition_faults(definition), *forbidden(definition)):
        told.reports.append(report_of(fault, sheet="survey", row=sheet.rows.get(fault.question), kept=True))
    return ReadForm(definition, settings.get("form_id", ""), tuple(sorted(told.reports, key=_place)))


def _place(report: Report) -> tuple[int, int]:
    order = ("settings", "survey", "choices")
    sheet = order.index(report.sheet) if report.sheet in order else len(order)
    return sheet, report.row or 0


def _settings(rows: list[Row], told: Told) -> dict[str, str]:
    """Return the settings by plain name; those that are not used are named."""
    filled = [row for row in rows if any(row)]
    if len(filled) < 2:
        return {}
    found = {name.strip().lower().replace(" ", "_"): value for name, value in zip(filled[0], filled[1], strict=False)}
    for name, value in found.items():
        if name and value and name not in QUIET and not name.startswith("wangge::"):
            told.say("setting_unused", "settings", rows.index(filled[0]) + 1, name, name=name)
    for alias, name in (("title", "form_title"), ("set_form_title", "form_title"), ("id_string", "form_id")):
        found.setdefault(name, found.get(alias, ""))
    return found


def _filtered(sheet: Sheet) -> dict[str, bool]:
    """Return which lists are only ever shown through a filter."""
    users: dict[str, list[bool]] = {}
    for item, _, _ in every(sheet.items):
        if item.said.get("choices"):
            users.setdefault(item.said["choices"], []).append(bool(item.said["choice_filter"]))
    return {name: all(each) for name, each in users.items()}


def _definition(
    sheet: Sheet, lists: dict[str, tuple[Choice, ...]], settings: Mapping[str, str], *, title: str
) -> Definition:
    questions = tuple(question_of(item) for item in sheet.items)
    spoken = {language for one in walk(questions) for language in one.label}
    asked_in = next((one for one in LANGUAGES if one in spoken), "en")
    spoken |= {language for row in lists.values() for choice in row for language in choice.label} | set(sheet.notice)
    languages = tuple(one for one in LANGUAGES if one in spoken) or (asked_in,)
    titles = {one: settings.get(f"wangge::title::{one}", "") for one in LANGUAGES}
    known = {one: text for one, text in titles.items() if text}
    default = language_of(settings.get("default_language", "")) or asked_in
    return Definition(
        subject="place" if settings.get("wangge::subject") == "place" else "household",
        languages=languages,
        title=known or {default: settings.get("form_title") or title},
        notice=sheet.notice,
        choices=lists,
        questions=questions,
    )


def _refuse_size(definition: Definition) -> None:
    """Refuse a form in which nothing is asked, or too much."""
    if not questions_asked(definition):
        raise Refused("questionnaires.nothing_asked")
    most = sum(map(len, definition.choices.values()))
    if sum(1 for _ in walk(definition.questions)) > QUESTIONS_MOST or most > CHOICES_MOST:
        raise Refused("questionnaires.form_too_large", questions=QUESTIONS_MOST, choices=CHOICES_MOST)
