"""The questions of an import, one after the other: two records side by side, one key decides."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.flows.import_roster import queue as questions
from wangge.flows.import_roster.answering import answer_ask, take_answer_back
from wangge.flows.import_roster.preview import preview
from wangge.flows.import_roster.queue import Differing, Pair, Person, Question
from wangge.flows.import_roster.states import PERMIT, AskKind
from wangge.kernel.refused import Refused
from wangge.office.imports.looking import place_words, saw_list
from wangge.office.viewing import Desk, go, page
from wangge.places import queries as places
from wangge.words import label, say

ANSWERED_BEFORE = ("imports.ask_answered",)


@dataclass(frozen=True, slots=True)
class Line:
    """One field on both sides, each in pieces with whether they differ; without a name for a screen reader's sake."""

    words: str
    waiting: Differing
    candidate: Differing
    differs: bool


@page(PERMIT)
def import_asks(request: Desk, import_id: UUID) -> HttpResponse:
    """Ask the next question, with the candidate that ``?with=`` names."""
    return _asked(request, import_id)


def _asked(request: Desk, import_id: UUID, refusal: str = "") -> HttpResponse:
    seen = preview(viewer=request.viewer, imported=import_id)
    found = questions.queue(viewer=request.viewer, imported=import_id)
    pair = _chosen(request, found.question)
    if found.question:
        shown = [found.question.waiting.resident, pair.person.resident if pair else None]
        saw_list(request, seen, "import_ask", [one for one in shown if one])
    context = {
        "import": seen,
        "area": places.area(seen.area),
        "queue": found,
        "question": found.question,
        "heading": label("imports.ask", found.question.kind) if found.question else "",
        "reason": label("imports.reason", found.question.reason) if found.question else "",
        "answered": found.asked - found.left,
        "pair": pair,
        "lines": _lines(found.question, pair) if found.question else (),
        "where": _where(found.question.waiting) if found.question else "",
        "there": _where(pair.person) if pair else "",
        "household": bool(found.question and found.question.kind == AskKind.HOUSEHOLD),
        "refusal": refusal,
    }
    return render(request, "office/imports/asks.html", context, status=422 if refusal else 200)


def _chosen(request: Desk, question: Question | None) -> Pair | None:
    """Return the candidate that is looked at, the first when none is named."""
    if question is None or not question.pairs:
        return None
    wanted = request.GET.get("with") or request.POST.get("candidate", "")
    return next((one for one in question.pairs if str(one.at) == wanted), question.pairs[0])


def _where(person: Person) -> str:
    return place_words(person.sheet, person.row)


def _lines(question: Question, pair: Pair | None) -> list[Line]:
    """Return every field of both sides, the number with its differing digits."""
    one, other = question.waiting, pair.person if pair else None
    lines = [
        _line(words, name in pair.differs if pair else False, _text(one, name), _text(other, name))
        for name, words in (
            ("name", _("Name")), ("sex", _("Sex")), ("birth_on", _("Born")), ("phones", _("Telephone")),
            ("door", _("Door")), ("relation", _("Relation to head")), ("members", _("Others in the household")),
            ("remark", _("Note")),
        )
    ]  # fmt: skip
    if pair is not None:
        number = Line(_("Document number"), *pair.numbers, "number" in pair.differs)
        lines.insert(3, number)
    return lines


def _line(words: str, differs: bool, one: str, other: str) -> Line:
    return Line(words, ((one, differs),) if one else (), ((other, differs),) if other else (), differs)


def _text(person: Person | None, name: str) -> str:
    if person is None:
        return ""
    if name == "sex":
        return label("people.sex", person.sex) if person.sex else ""
    if name == "relation":
        return label("people.relation", person.relation) if person.relation else ""
    if name == "birth_on":
        return person.birth_on.isoformat() if person.birth_on else ""
    value = getattr(person, name)
    return "、".join(value) if isinstance(value, tuple) else str(value or "")


@page(PERMIT, methods=("POST",))
def ask_answer(request: Desk, import_id: UUID, ask_id: UUID) -> HttpResponse:
    """Answer one question and show the next; one that somebody else has answered meanwhile is passed over."""
    candidate = request.GET.get("with") or request.POST.get("candidate", "")
    try:
        answer_ask(
            stamp=request.stamp(),
            actor=request.viewer,
            imported=import_id,
            ask=ask_id,
            answer=request.POST.get("answer", ""),
            candidate=int(candidate) if candidate.isdecimal() and len(candidate) < 5 else None,
        )
    except Refused as refused:
        if refused.code in ANSWERED_BEFORE:
            return go(request, reverse("import_asks", args=[import_id]), say="import_answered_before")
        if not refused.code.startswith("imports.candidate"):
            raise
        return _asked(request, import_id, say(refused))
    return go(request, reverse("import_asks", args=[import_id]))


@page(PERMIT, methods=("POST",))
def ask_back(request: Desk, import_id: UUID, ask_id: UUID) -> HttpResponse:
    """Take an answer back and ask the question again."""
    take_answer_back(stamp=request.stamp(), actor=request.viewer, imported=import_id, ask=ask_id)
    return go(request, reverse("import_asks", args=[import_id]), say="import_answer_back")
