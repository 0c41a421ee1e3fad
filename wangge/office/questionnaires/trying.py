"""Trying a questionnaire on a phone: it works as at a door, and stores nothing. And the form on paper."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from wangge.kernel.periods import local_day, zone_of
from wangge.office.frame import zone
from wangge.office.questionnaires.one import LANGUAGES, about, language
from wangge.office.viewing import Desk, page
from wangge.situation import filling
from wangge.situation.filling import FillingSeen, Sent
from wangge.surveys.queries.questionnaires import questionnaire_page
from wangge.surveys.rules.questionnaires import (
    READ,
    UNKNOWN,
    AnswerFault,
    Context,
    Definition,
    Member,
    Question,
    check_answers,
    walk,
)
from wangge.surveys.rules.questionnaires import label as words_in
from wangge.surveys.rules.questionnaires import said as answer_said

ADULT, CHILD = "adult", "child"
YEARS = {ADULT: 40, CHILD: 8}


@page(READ, methods=("GET", "POST"))
def questionnaire_try(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Show a questionnaire as it looks on a phone, judge what is answered, store nothing."""
    one = questionnaire_page(viewer=request.viewer, questionnaire=questionnaire_id)
    chosen = chosen_language(request, one.definition)
    with override(chosen):
        context = made_up(request)
    kept, sent, faults = None, None, tuple[AnswerFault, ...]()
    answers: Mapping[str, Any] = {}
    if request.method == "POST":
        sent = filling.read_posted(one.definition, request.POST, context)
        checked = check_answers(one.definition, sent.answers, context)
        answers, faults = sent.answers, () if sent.looks else checked.faults
    drawing = drawn(one.definition, answers, context, chosen, faults, sent)
    wrong = sent is not None and not sent.looks and bool(drawing.wrong or drawing.more)
    if sent is not None and not sent.looks and not wrong:
        kept = list(kept_lines(one.definition, checked.answers, chosen))
    page_ = {
        **about(request, one),
        **phone(one.line.id, drawing, one.definition, chosen),
        "kept": kept,
        "of_members": any(row.repeat == "members" for row in walk(one.definition.questions)),
    }
    return render(request, "office/questionnaires/try.html", page_, status=422 if wrong else 200)


def drawn(  # noqa: PLR0917  (the parts of one drawing)
    definition: Definition,
    answers: Mapping[str, Any],
    context: Context,
    chosen: str,
    faults: Sequence[AnswerFault] = (),
    sent: Sent | None = None,
) -> FillingSeen:
    """Return the questionnaire as it looks with these answers for the two people that are made up."""
    names = {member.id: member.name for member in context.members}
    return filling.draw(definition, answers, context, language=chosen, names=names, faults=faults, sent=sent)


def phone(identity: UUID, drawing: FillingSeen, definition: Definition, chosen: str) -> dict[str, Any]:
    """Return what the frame of the phone needs."""
    return {
        "filling": drawing,
        "language": chosen,
        "languages": [(code, LANGUAGES[code]) for code in definition.languages if code in LANGUAGES],
        "try_address": reverse("questionnaire_try", args=[identity]),
    }


def chosen_language(request: Desk, definition: Definition) -> str:
    """Return the language that is asked for, else that of the page, of those the questionnaire speaks."""
    asked = request.GET.get("language", "")
    spoken = [code for code in definition.languages if code in LANGUAGES]
    if asked in spoken:
        return asked
    return language() if language() in spoken or not spoken else spoken[0]


def made_up(request: Desk) -> Context:
    """Return a household of two people that are made up, as of now."""
    now = request.stamp().at.astimezone(zone_of(zone()))
    names = {ADULT: _("An adult (made up)"), CHILD: _("A child (made up)")}
    members = tuple(
        Member(id=key, name=name, birth_on=now.date().replace(year=now.year - YEARS[key], day=1))
        for key, name in names.items()
    )
    return Context(today=local_day(now, zone()), now=now, members=members)


def kept_lines(
    definition: Definition, answers: Mapping[str, Any], chosen: str, who: str = ""
) -> Iterator[tuple[str, str, str]]:
    """Yield whom an answer is about, the question and the answer in words."""
    names = {ADULT: _("An adult (made up)"), CHILD: _("A child (made up)")}
    questions = {one.name: one for one in walk(definition.questions)}
    for name, value in answers.items():
        one = questions.get(name)
        if one is None:
            continue
        if one.type == "repeat":
            for turn, row in enumerate(value, 1):
                about_whom = names.get(str(row.get("resident")), "") or str(row.get("name") or turn)
                yield from kept_lines(definition, row, chosen, about_whom)
        else:
            yield who, words_in(one.label, chosen) or name, _said(definition, one, value, chosen)


def _said(definition: Definition, one: Question, value: Any, chosen: str) -> str:
    return _("Don't know") if value == UNKNOWN else answer_said(definition, one, value, chosen)


@page(READ)
def questionnaire_paper(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Show a questionnaire as a blank form for paper, to be printed."""
    one = questionnaire_page(viewer=request.viewer, questionnaire=questionnaire_id)
    chosen = chosen_language(request, one.definition)
    context = {
        **about(request, one),
        "parts": filling.paper(one.definition, chosen),
        "title": words_in(one.definition.title, chosen) or pgettext("questionnaire", "Without a title"),
        "notice": words_in(one.definition.notice, chosen),
        "language": chosen,
        "languages": [(code, LANGUAGES[code]) for code in one.definition.languages if code in LANGUAGES],
    }
    return render(request, "office/questionnaires/paper.html", context)
