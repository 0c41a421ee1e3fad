"""Words of questionnaires: refusals, what is wrong with a form or an answer, and what an import says."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

REFUSALS = {
    "questionnaires.unreadable": _("This is no questionnaire that can be read: %(what)s."),
    "questionnaires.unknown": _("There is no such questionnaire in your areas."),
    "questionnaires.code_unfit": _("The code %(code)s cannot be used. Take letters, digits and hyphens, at most 60."),
    "questionnaires.code_taken": _(
        "Another area has a questionnaire with the code %(code)s. Give this one a code of its own."
    ),
    "questionnaires.changed_meanwhile": _(
        "Somebody has changed this questionnaire since you opened it. Open it again, then write your changes."
    ),
    "questionnaires.draft_open": _(
        "Somebody is writing version %(version)s of %(code)s. Publish or discard that draft, then import the form."
    ),
    "questionnaires.no_draft": _("This version is no draft any more. Load the page anew."),
    "questionnaires.not_published": _("Only a published version can be withdrawn."),
    "questionnaires.not_publishable": _(
        "This questionnaire cannot be published yet. Things to mend first: %(number)s."
    ),
    "questionnaires.file_empty": _("The file is empty. Save the form again and send it."),
    "questionnaires.file_too_big": _(
        "The file is larger than %(limit)s MB. A form without pictures is far smaller; take the pictures out."
    ),
    "questionnaires.file_unreadable": _(
        "This is no workbook that can be opened. Save the form as .xlsx and import it again."
    ),
    "questionnaires.file_too_hard": _(
        "The file needs too much memory or time. Copy its sheets into a new workbook and import that."
    ),
    "questionnaires.survey_sheet_missing": _(
        "The workbook has no sheet called survey. An XLSForm has its questions there."
    ),
    "questionnaires.type_column_missing": _(
        "The first row of the sheet survey has no column type. An XLSForm names its columns there."
    ),
    "questionnaires.nothing_asked": _("The form holds no question that can be asked here."),
    "questionnaires.form_too_large": _(
        "The form is too large: at most %(questions)s questions and %(choices)s choices. Divide it."
    ),
}
LABELS = {
    "questionnaires.state": {
        "draft": pgettext_lazy("questionnaire", "Draft"),
        "published": pgettext_lazy("questionnaire", "Published"),
        "withdrawn": pgettext_lazy("questionnaire", "Withdrawn"),
    },
    "questionnaires.origin": {
        "shipped": pgettext_lazy("questionnaire", "comes with Wangge"),
        "xlsform": pgettext_lazy("questionnaire", "imported form"),
        "editor": pgettext_lazy("questionnaire", "written here"),
    },
    "questionnaires.fault": {
        "too_long": _("The expression is too long: at most %(limit)s characters. Put parts of it into calculations."),
        "too_deep": _("The expression has too many brackets inside each other. Put parts of it into calculations."),
        "sign_unknown": _(
            "The sign %(sign)s at place %(at)s means nothing in an expression. Write and, or, not(), div, "
            "mod and names as ${name}."
        ),
        "sign_unexpected": _(
            "%(sign)s at place %(at)s stands where something else is needed. Look for a missing and, comma "
            "or bracket before it."
        ),
        "quote_open": _("A text that begins at place %(at)s does not end. Close it with the same quotation mark."),
        "ends_early": _("The expression ends too early. Look for a missing value or bracket at its end."),
        "function_unknown": _(
            "There is no function %(function)s here. Write the condition with another, such as selected() or if()."
        ),
        "arguments_wrong": _("%(function)s() has too few or too many values between its brackets."),
        "pattern_long": _("The pattern of regex() is too long: at most 200 characters."),
        "pattern_unreadable": _("The pattern of regex() cannot be read."),
        "pattern_reference": _(
            "The pattern of regex() refers back to a part of itself, which is not taken. Write it out."
        ),
        "pattern_group": _("The pattern of regex() has a kind of group that is not taken. Use plain brackets."),
        "pattern_slow": _(
            "The pattern of regex() could take for ever on some texts. Repeat fewer parts, and none inside another."
        ),
        "pattern_made": _("The pattern of regex() must be written between quotation marks, not worked out."),
        "reference_unknown": _("There is no question %(name)s. Correct the name, or ask that question."),
        "member_outside": _("%(name)s can be used only inside a repeat per member."),
        "bare_name": _(
            "%(name)s stands there without its signs. Write a question as ${%(name)s}, a text as '%(name)s'."
        ),
        "column_unknown": _(
            "No choice has a column %(name)s. Add the column to the choices, or write a text as '%(name)s'."
        ),
        "circle": _(
            "Whether this question is asked hangs on its own answer, perhaps by way of others. Break the circle."
        ),
        "subject_unknown": _("A questionnaire asks about a household or a place, not about %(subject)s."),
        "languages_missing": _("The questionnaire has no language."),
        "language_unknown": _("The language %(language)s is none of zh-hans, zh-hant and en."),
        "title_missing": _("The questionnaire has no title."),
        "questions_missing": _("The questionnaire asks nothing. Add a question."),
        "questions_many": _("The questionnaire has more than %(limit)s questions. Divide it."),
        "choices_many": _("The questionnaire has more than %(limit)s choices. Divide it."),
        "name_unfit": _("A name begins with a letter and has letters, digits, hyphens and underscores, at most 60."),
        "name_reserved": _("This name is used by Wangge itself. Choose another."),
        "name_twice": _("Two questions have this name. Give one of them another."),
        "choice_unfit": _(
            "A choice of the list %(list)s has the value “%(value)s”. A value has no blanks and is not empty."
        ),
        "choice_twice": _("The list %(list)s has the value %(value)s twice. Change one of them."),
        "type_unknown": _("There is no question type %(type)s."),
        "label_missing": _("The question has no words. Write what is to be asked."),
        "label_long": _("The words of the question are too long: at most %(limit)s characters."),
        "nothing_inside": _("Only a group or a repeat holds other questions, not a question of type %(type)s."),
        "repeat_inside": _("A repeat cannot stand inside the repeat %(repeat)s. Make it a group, or put it beside."),
        "repeat_unknown": _("A repeat is for members or free, not %(repeat)s, and only a repeat has that setting."),
        "calculation_missing": _("A calculated question has no calculation."),
        "range_unfit": _("A range needs start, end and step as numbers, the start below the end."),
        "list_missing": _("There are no choices in a list %(list)s. Add the list, or correct its name."),
        "other_unfit": _("“Other” can be added only to a choice of one or several without a filter."),
        "other_twice": _("The list %(list)s has a choice other already. Take one away."),
        "bind_unknown": _("Answers cannot go to %(bind)s. Choose one of the fields that are offered."),
        "bind_outside": _("%(bind)s is about a person, so the question must stand in a repeat per member."),
        "bind_type": _("%(bind)s takes answers of these types: %(types)s."),
        "class_unknown": _("There is no class %(given)s. Classes: %(known)s."),
        "retention_unknown": _("There is no retention %(given)s. Retentions: %(known)s."),
        "never_asked": _(
            "“%(word)s” is never asked here: religion, ethnicity, politics, locations of telephones, colour "
            "codes and the like. Take the question out."
        ),
        "purpose_missing": _("Say what the question is for."),
        "purpose_own": _(
            "A question of the class %(class)s needs a purpose of its own, such as care, travel or symptoms."
        ),
        "retention_missing": _("Say how long the answers are kept."),
        "notice_missing": _("There is no notice to be read aloud: who asks, why, how long it is kept."),
        "clinical": _("“%(word)s” needs a doctor to judge. Ask in plain words: fever, cough, yes or no."),
        "unknown_closed": _(
            "This question must be answered and does not take “don't know”. Numbers are invented that way."
        ),
        "translation_missing": _("Words are missing in: %(languages)s."),
        "type_place": _("%(type)s records where somebody is. Places are not collected here."),
        "type_media": _("%(type)s takes pictures, sound or files. These are not collected here."),
        "type_other": _(
            "Questions of type %(type)s cannot be asked here. Ask with text, a number, a date or a choice."
        ),
        "type_file": _("%(type)s takes its choices from another file. Write the choices into the sheet choices."),
        "type_missing": _("The row has no type."),
        "metadata": _(
            "%(type)s is noted by itself or not at all here: every answer carries its time and who wrote it."
        ),
        "column_unused": _("The column %(name)s is not used here."),
        "setting_unused": _("The setting %(name)s is not used here."),
        "sheet_unused": _("The sheet is not used here."),
        "row_disabled": _("The row is switched off in the form."),
        "name_made": _("The question had no name and was given %(name)s."),
        "name_changed": _("The name %(before)s cannot be used or was taken; it is now %(name)s."),
        "label_made": _("The question had no words and is called by its name. Write what is to be asked."),
        "label_reference": _("The words refer to %(name)s, which is not asked. The reference was taken out."),
        "html": _("Marks of layout in the words were taken out."),
        "choice_renamed": _("The value “%(before)s” cannot be used; it is now %(value)s."),
        "choice_again": _("The list %(list)s has %(value)s already."),
        "choice_wordless": _("The choice %(value)s of the list %(list)s has no words and is shown by its value."),
        "choice_nameless": _("The choice has no list or no value."),
        "language_taken": _("The language %(language)s is not known here; its words stand as %(as)s."),
        "language_unused": _(
            "The language %(language)s is not used here: only simplified and traditional Chinese and English."
        ),
        "end_unexpected": _("This end belongs to no group or repeat."),
        "end_missing": _("The group or repeat %(name)s does not end; it ends with the sheet now."),
        "group_empty": _("Nothing is left in the group or repeat %(name)s."),
        "class_guessed": _(
            "The question sounds like %(class)s and is kept so, for the purpose %(purpose)s. Correct it in "
            "the columns wangge::class and wangge::purpose."
        ),
        "value_unread": _("“%(value)s” is neither yes nor no and was not read."),
        "parameter_unused": _("The parameter %(name)s is not used here."),
        "left_out": _("Left out."),
    },
    "questionnaires.answer": {
        "required": _("Please answer this, or say that you do not know."),
        "unknown_not_allowed": _("This question needs an answer."),
        "not_text": _("This is no text."),
        "text_long": _("This is too long."),
        "not_whole": _("Write a whole number."),
        "number_large": _("This number is too large."),
        "not_number": _("Write a number."),
        "not_day": _("Write a day, such as 2020-02-10."),
        "not_time": _("Write a time, such as 09:30."),
        "not_moment": _("Write day and time, such as 2020-02-10 09:30."),
        "not_acknowledged": _("Tick this, or leave it empty."),
        "not_in_range": _("Choose a value of the scale."),
        "not_offered": _("Choose from what is offered."),
        "rank_incomplete": _("Put every choice in an order."),
        "constraint": _("This answer does not fit. Look at it again."),
        "entries_many": _("There are more entries than there may be."),
        "not_entries": _("These entries cannot be read."),
        "resident_unknown": _("This person does not belong to the household."),
        "member_nameless": _("Write the name of the new person."),
        "question_unknown": _("This is not asked here."),
    },
}


def fault_words(code: str, facts: Mapping[str, Any], *, kept: bool = True) -> str:
    """Return the words for a fault of a questionnaire or a report of an import, and whether the place was left out."""
    words = LABELS["questionnaires.fault"]
    text = str(words.get(code, code))
    with suppress(KeyError, TypeError, ValueError):  # better a sentence with a gap than none
        text = text % facts
    return text if kept else f"{text} {words['left_out']}"
