"""What the page of one question shows: its words, options, faults beside the fields, and conditions one can build."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wangge.office.questionnaires.editing import texts
from wangge.office.questionnaires.one import LANGUAGES, language
from wangge.office.questionnaires.reported import bindings, hindrances, remarks
from wangge.office.questionnaires.typed import Typed
from wangge.situation.filling.conditions import OPERATORS
from wangge.situation.questionnaires.editing import users_of
from wangge.surveys.rules.questionnaires import ASKING, CHOOSING, Definition, Question, walk
from wangge.surveys.rules.questionnaires import LANGUAGES as SPOKEN
from wangge.surveys.rules.questionnaires import label as said
from wangge.words import label
from wangge.words.questionnaires import fault_words

KLASSES = (
    "survey", "health", "whereabouts", "care", "contact", "family", "identity", "address", "work", "money", "note",
)  # fmt: skip
PURPOSES = ("survey", "register", "symptoms", "travel", "care", "contact", "supplies", "access", "reopening")
RETENTIONS = ("response", "reading", "contact_file", "order", "visitor")
TYPES = (
    "select_one", "select_multiple", "text", "integer", "decimal", "date", "time", "datetime", "range", "rank",
    "acknowledge", "note", "calculate", "group", "repeat",
)  # fmt: skip
COMPARES = ("", "never", "day", "round", "always")
NESTING = ("group", "repeat")
WHENS = ("always", "built", "written")
FIELDS = (
    "label", "type", "name", "repeat", "repeat_count", "choices", "other", "parameters", "calculation", "relevant",
    "hint", "constraint", "constraint_message", "default", "bind", "klass", "purpose", "retention",
)  # fmt: skip
MORE = ("hint", "constraint", "constraint_message", "default", "bind", "klass", "purpose", "retention")


def page_of(before: Definition, there: Definition, new: Question, typed: Typed) -> dict[str, Any]:
    """Return what the page of a question shows, with what is wrong beside the fields it is about."""
    faults = _faults(there, new)
    return {
        "typed": typed,
        "asks": typed.texts["type"] in ASKING,
        "names": {name: label("asking.what", name) for name in ("label", "hint", "constraint_message")},
        "words": {name: texts(typed.words[name]) for name in ("label", "hint", "constraint_message")},
        "choices": [{"value": row.value, "texts": texts(row.labels)} for row in typed.choices],
        "choices_kept": len(before.choices.get(typed.texts["list"], ())) if typed.long else 0,
        "shared": users_of(before, typed.texts["list"], typed.base.name),
        "languages": [(code, LANGUAGES[code]) for code in SPOKEN],
        "scale": _scale(typed),
        "terms": _terms(before, typed),
        "options": _options(before, typed),
        "declared": _declared(typed, faults),
        "kept": [
            (name, typed.texts[name])
            for name in ("default", "appearance", "bind", "compare", "klass", "purpose", "retention")
        ],
        "faults": faults,
        "other_faults": [words for column, rows in faults.items() if column not in FIELDS for words in rows],
        "open_more": any(column in faults for column in MORE) or bool(typed.texts["constraint"] or typed.texts["bind"]),
    }


def _faults(there: Definition, new: Question) -> dict[str, list[str]]:
    """Return what is wrong with the question, by the field it is about."""
    found: dict[str, list[str]] = {}
    for fault in (*hindrances(there), *remarks(there)):
        of_list = not fault.question and fault.facts.get("list") == new.choices and new.choices
        if fault.question == new.name or of_list:
            found.setdefault(fault.column, []).append(fault_words(fault.code, fault.facts))
    return found


def _scale(typed: Typed) -> list[tuple[str, str, str]]:
    return [
        ("start", pgettext("scale", "From"), typed.texts["start"]),
        ("end", pgettext("scale", "To"), typed.texts["end"]),
        ("step", pgettext("scale", "In steps of"), typed.texts["step"]),
    ]


def _terms(before: Definition, typed: Typed) -> list[dict[str, Any]]:
    """Return the comparisons that are being built; a question with choices offers them as values."""
    questions = {one.name: one for one in walk(before.questions)}
    drawn = []
    for term in typed.terms:
        asked = questions.get(term.name)
        drawn.append(
            {
                "name": term.name,
                "operator": term.operator,
                "value": term.value,
                "values": _values(before, asked, term.value),
                "operators": [(code, label("asking.operator", code)) for code in _operators(asked)],
            }
        )
    return drawn


def _operators(asked: Question | None) -> tuple[str, ...]:
    """Return the comparisons that make sense for a question."""
    if asked is None:
        return OPERATORS
    if asked.type in ("select_multiple", "rank"):
        return ("has", "lacks", "answered", "blank")
    if asked.type in ("select_one", "text", "acknowledge"):
        return ("is", "not", "answered", "blank")
    return ("is", "not", "less", "most", "more", "least", "answered", "blank")


def _values(before: Definition, asked: Question | None, value: str) -> list[tuple[str, str]]:
    if asked is None or asked.type not in CHOOSING:
        return [("OK", label("asking.yes", "yes"))] if asked is not None and asked.type == "acknowledge" else []
    rows = before.choices.get(asked.choices, ())
    offered = [(row.value, said(row.label, language()) or row.value) for row in rows]
    if asked.other:
        offered.append(("other", _("Something else")))
    return offered if not value or value in dict(offered) else [*offered, (value, value)]


def _options(before: Definition, typed: Typed) -> dict[str, Any]:
    kind = typed.texts["type"]
    nests = typed.base.type in NESTING and typed.base.questions
    types = NESTING if nests else TYPES
    askable = [
        (one.name, said(one.label, language()) or one.name)
        for one in walk(before.questions)
        if one.type in (*ASKING, "calculate") and one.name != typed.base.name
    ]
    whens = {"always": _("Always"), "built": _("Only if …"), "written": _("By an expression")}
    joiners = {"and": _("all of them must hold"), "or": _("one of them is enough")}
    inside = {typed.base.name, *(one.name for one in walk(typed.base.questions))}
    homes = [
        (one.name, said(one.label, language()) or one.name)
        for one in walk(before.questions)
        if one.type in NESTING and one.name not in inside
    ]
    return {
        "homes": [("", _("the questionnaire itself")), *homes] if homes else [],
        "types": [(code, label("asking.type", code)) for code in types],
        "repeats": [(code, label("asking.repeat", code)) for code in ("members", "free")],
        "whens": [(code, whens[code]) for code in WHENS],
        "joiners": list(joiners.items()),
        "askable": askable,
        "appearances": _appearances(kind, typed.texts["appearance"]),
    }


def _appearances(kind: str, given: str) -> list[tuple[str, str]]:
    known = {
        "text": [("", _("on one line")), ("multiline", _("on several lines"))],
        "select_one": [("", _("as buttons")), ("minimal", _("as a list to open"))],
    }.get(kind, [])
    return known if not known or given in dict(known) else [*known, (given, given)]


def _declared(
    typed: Typed, faults: Mapping[str, list[str]]
) -> list[tuple[str, str, list[tuple[str, str]], str, list[str]]]:
    """Return what a question declares: where its answer goes, its class, its purpose, how long it is kept."""
    offered: dict[str, list[tuple[str, str]]] = {
        "purpose": [(code, label("asking.purpose", code)) for code in PURPOSES],
        "klass": [(code, label("asking.klass", code)) for code in KLASSES],
        "retention": [(code, label("asking.retention", code)) for code in RETENTIONS],
        "bind": [("", _("the answers only")), *bindings()],
        "compare": [(code, label("asking.compare", code or "usual")) for code in COMPARES],
    }
    found = []
    for name, values in offered.items():
        given = typed.texts[name]
        shown = values if given in dict(values) else [*values, (given, label(f"asking.{name}", given))]
        found.append((name, label("asking.what", name), shown, given, faults.get(name, [])))
    return found
