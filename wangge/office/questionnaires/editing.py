"""The editor of a draft: the order of its questions, its title and notice, taking a question out."""

from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.kernel.refused import Refused
from wangge.office.questionnaires import reported
from wangge.office.questionnaires.acting import managed
from wangge.office.questionnaires.one import LANGUAGES, about, language, worded
from wangge.office.questionnaires.trying import chosen_language, drawn, made_up, phone
from wangge.office.questionnaires.typed import words_of
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.situation.questionnaires import editing as changes
from wangge.situation.questionnaires.differences import differences
from wangge.surveys.commands.questionnaires import save_draft
from wangge.surveys.queries.questionnaires import QuestionnaireSeen
from wangge.surveys.rules.questionnaires import LANGUAGES as SPOKEN
from wangge.surveys.rules.questionnaires import MANAGE, Definition, stored_definition
from wangge.surveys.rules.questionnaires import label as said
from wangge.words import label, say

MOVES = {"up": -1, "down": 1}
SUBJECTS = ("household", "place")


def keep(request: Desk, one: QuestionnaireSeen, definition: Definition) -> None:
    """Save the draft as it now is, made from the wording that was just read."""
    save_draft(
        stamp=request.stamp(),
        actor=request.viewer,
        area=one.line.area,
        code=one.line.code,
        definition=stored_definition(definition),
        seen=one.digest,
    )


@page(MANAGE, methods=("GET", "POST"))
def questionnaire_edit(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Show the questions of a draft with the phone beside them; move one up or down."""
    one = managed(request, questionnaire_id, states=("draft",))
    if request.method == "POST":
        deed, _colon, name = request.POST.get("do", "").partition(":")
        if deed not in MOVES or not changes.has(one.definition, name):
            return go(request, reverse("questionnaire_edit", args=[one.line.id]))
        keep(request, one, changes.moved(one.definition, name, MOVES[deed]))
        return go(request, reverse("questionnaire_edit", args=[one.line.id]) + f"#q-{name}")
    chosen = chosen_language(request, one.definition)
    with override(chosen):
        household = made_up(request)
    address = reverse("question_edit", args=[one.line.id, "NAME"]).replace("NAME", "{name}")
    context = {
        **about(request, one),
        **phone(one.line.id, drawn(one.definition, {}, household, chosen), one.definition, chosen),
        "lines": reported.lines(one.definition, frozenset(fault.question for fault in one.faults)),
        "faults": reported.fault_lines(one.definition, one.faults, address),
        "advice": reported.fault_lines(one.definition, one.advice, address),
    }
    return render(request, "office/questionnaires/edit.html", context)


@page(MANAGE, methods=("GET", "POST"))
def questionnaire_whole(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Change title, notice, languages and whom a draft is for."""
    one = managed(request, questionnaire_id, states=("draft",))
    typed, was, refusal = one.definition, whole_print(one.definition), ""
    if request.method == "POST":
        spoken = tuple(code for code in SPOKEN if code in request.POST.getlist("languages"))
        subject = request.POST.get("subject", "")
        typed = msgspec.structs.replace(
            one.definition,
            title=words_of(request.POST, "title"),
            notice=words_of(request.POST, "notice"),
            languages=spoken,
            subject=subject if subject in SUBJECTS else one.definition.subject,
        )
        if request.POST.get("was") != was:
            refusal = _("Somebody else changed this meanwhile")
        elif not spoken:
            refusal = _("Choose at least one language.")
        else:
            try:
                keep(request, one, typed)
            except Refused as refused:
                if hides_existence(refused):
                    raise
                refusal = say(refused)
            else:
                return go(request, reverse("questionnaire_edit", args=[one.line.id]), say="questionnaire_saved")
    context = {
        **about(request, one),
        "was": was,
        "refusal": refusal,
        "theirs": [worded(line) for line in differences(one.definition, typed, language())] if refusal else [],
        "names": {name: label("asking.what", name) for name in ("title", "notice")},
        "words": {name: texts(getattr(typed, name)) for name in ("title", "notice")},
        "spoken": [(code, LANGUAGES[code], code in typed.languages) for code in SPOKEN],
        "subjects": [(code, label("asking.subject", code), code == typed.subject) for code in SUBJECTS],
    }
    return render(request, "office/questionnaires/whole.html", context, status=422 if refusal else 200)


def whole_print(definition: Definition) -> str:
    """Return the digest of what the page about the whole changes."""
    return changes.print_of([definition.title, definition.notice, definition.languages, definition.subject])


def texts(words: dict[str, str]) -> list[tuple[str, str, str]]:
    """Return a text in every language, with the name of the language."""
    return [(code, LANGUAGES[code], words.get(code, "")) for code in SPOKEN]


@page(MANAGE, methods=("GET", "POST"))
def question_remove(request: Desk, questionnaire_id: UUID, name: str) -> HttpResponse:
    """Ask, then take a question out of a draft; what speaks of it is named."""
    one = managed(request, questionnaire_id, states=("draft",))
    if not changes.has(one.definition, name):
        raise Http404
    refusal = ""
    back = reverse("questionnaire_edit", args=[one.line.id]) + f"#q-{name}"
    if request.method == "POST":
        try:
            keep(request, one, changes.take_out(one.definition, name))
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("questionnaire_edit", args=[one.line.id]), say="question_removed")
    nothing: list[object] = []
    context: dict[str, Any] = {
        **about(request, one),
        "form": nothing,
        "refusal": refusal,
        "back": back,
        "keep": _("Keep as it is"),
        "act": _("Take it out"),
        "look": "grave",
        **_question_words(one.definition, name),
    }
    return render(request, "office/ask.html", context, status=422 if refusal else 200)


def _question_words(definition: Definition, name: str) -> dict[str, str]:
    asked = next(spot.question for spot in changes.listed(definition) if spot.question.name == name)
    words = _("The versions that are in use stay as they are.")
    if speaking := changes.dependents(definition, name):
        listed = _(", ").join(said(row.label, language()) or row.name for row in speaking[:5])
        words = _("These speak of it, and will have to be changed too: %(questions)s") % {"questions": listed}
    elif asked.questions:
        words = _("The questions inside it go with it.") + " " + words
    return {
        "question": _("Take out “%(question)s”?") % {"question": said(asked.label, language()) or name},
        "say": words,
    }
