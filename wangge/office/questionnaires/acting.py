"""Publishing, withdrawing and throwing away, each after a question."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.kernel.refused import Refused
from wangge.office.questionnaires import reported
from wangge.office.questionnaires.one import about
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.surveys.commands.questionnaires import (
    discard_draft,
    publish_questionnaire,
    withdraw_questionnaire,
)
from wangge.surveys.queries.questionnaires import QuestionnaireSeen, questionnaire_page
from wangge.surveys.rules.questionnaires import MANAGE
from wangge.words import say


def managed(request: Desk, questionnaire_id: UUID, *, states: tuple[str, ...]) -> QuestionnaireSeen:
    """Return a version that the viewer may change and that is in one of these states; 404 otherwise."""
    one = questionnaire_page(viewer=request.viewer, questionnaire=questionnaire_id)
    if not one.line.mine or one.line.state not in states:
        raise Http404
    return one


@page(MANAGE, methods=("GET", "POST"))
def questionnaire_publish(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Ask, then publish a draft; what keeps it from that is named by question."""
    one = managed(request, questionnaire_id, states=("draft",))
    refusal = ""
    if request.method == "POST":
        try:
            publish_questionnaire(stamp=request.stamp(), actor=request.viewer, questionnaire=one.line.id)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("questionnaire", args=[one.line.id]), say="questionnaire_published")
    address = reverse("question_edit", args=[one.line.id, "NAME"]).replace("NAME", "{name}")
    context = {
        **about(request, one),
        "faults": reported.fault_lines(one.definition, one.faults, address),
        "advice": reported.fault_lines(one.definition, one.advice, address),
        "refusal": refusal,
        "refused": bool(refusal),
    }
    return render(request, "office/questionnaires/publish.html", context, status=422 if refusal else 200)


@page(MANAGE, methods=("GET", "POST"))
def questionnaire_withdraw(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Ask, then withdraw a version: nobody is asked by it any more, what was answered stays."""
    one = managed(request, questionnaire_id, states=("published",))
    words = {
        "question": _("Withdraw version %(version)s?") % {"version": one.line.version},
        "say": _("No new round can use it. Rounds that run go on with it, and what was answered stays."),
        "act": _("Withdraw it"),
        "look": "grave",
    }
    return _asked(request, one, words, withdraw_questionnaire, "questionnaire_withdrawn")


@page(MANAGE, methods=("GET", "POST"))
def questionnaire_discard(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Ask, then throw a draft away."""
    one = managed(request, questionnaire_id, states=("draft",))
    words = {
        "question": _("Throw the draft of version %(version)s away?") % {"version": one.line.version},
        "say": _("The version in use stays as it is."),
        "act": _("Throw away"),
        "look": "grave",
    }
    return _asked(request, one, words, discard_draft, "questionnaire_discarded")


def _asked(request: Desk, one: QuestionnaireSeen, words: dict[str, str], act: Any, sentence: str) -> HttpResponse:
    """Ask a question about a version, and do it."""
    refusal = ""
    if request.method == "POST":
        try:
            act(stamp=request.stamp(), actor=request.viewer, questionnaire=one.line.id)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("questionnaires", args=[one.line.area]), say=sentence)
    nothing: list[object] = []
    context = {
        **about(request, one),
        "form": nothing,
        "refusal": refusal,
        "back": reverse("questionnaire", args=[one.line.id]),
        "keep": _("Keep as it is"),
        **words,
    }
    return render(request, "office/ask.html", context, status=422 if refusal else 200)
