"""Contradictions of an area, and settling one: both answers side by side, chosen with a reason."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from wangge.flows.bound_answers import FIELDS
from wangge.flows.settling import settle
from wangge.kernel.refused import Refused
from wangge.office.listing import PAGE_SIZE, Column, Listing, listing
from wangge.office.lists.looking import Chip, known, order_of
from wangge.office.register.surroundings import place_of, saw, saw_list
from wangge.office.rounds.lists import page_of
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.people.queries import place_names
from wangge.situation.answering import register_says
from wangge.surveys.queries import contradictions as queries
from wangge.surveys.queries.contradictions import ContradictionPage, Said
from wangge.surveys.rules.answers import READ, REASON_MOST, SETTLE
from wangge.words import label, say

BOTH, REGISTER = "both", "register"
STATES: dict[str, str | Promise] = {"": gettext_lazy("To be settled"), "settled": gettext_lazy("Settled")}
KEYS = "123456789"


def _by_database(_row: object) -> int:
    """Mark a column that the database sorts."""
    return 0


COLUMNS: tuple[Column[Any], ...] = (
    Column(key="door", label=gettext_lazy("Door"), by=_by_database),
    Column(key="who", label=pgettext_lazy("person", "Name")),
    Column(key="question", label=gettext_lazy("Question"), by=_by_database),
    Column(key="first", label=gettext_lazy("One answer")),
    Column(key="second", label=gettext_lazy("Another answer")),
    Column(key="found", label=pgettext_lazy("contradiction", "Found"), by=_by_database),
)


@page(READ)
def contradictions(request: Desk, area_id: int) -> HttpResponse:
    """List the contradictions of an area, those found first on top; ``?round=`` narrows them to a round."""
    area = area_or_404(request.viewer, READ, area_id)
    asked = request.GET
    text, state = asked.get("q", "").strip()[:80], asked.get("state", "")
    state = state if state in STATES else ""
    round_id = _round(asked.get("round", ""))
    number = page_of(asked)
    rows, total = queries.contradictions_in(
        viewer=request.viewer, path=area.path, language=get_language() or "", settled=state == "settled",
        round=round_id, text=text, order=order_of(asked, queries.ORDERS, "found"), offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    saw_list(request, "contradictions", area.path, [row.subject for row in rows], "survey")
    names = place_names([row.path for row in rows])
    heads = listing(asked, (), COLUMNS, sort="found").heads
    lines = [(row, names[row.path], _short(row.first), _short(row.second)) for row in rows]
    chips = [
        Chip(str(words), None, "?" + urlencode({"state": code} if code else {}), code == state)
        for code, words in STATES.items()
    ]
    context = {
        "area": area,
        "rows": Listing(lines, heads, total, number, max(1, -(-total // PAGE_SIZE)), known(asked)),
        "chips": chips,
        "text": text,
        "state": state,
        "round": round_id,
        "narrowed": bool(text or round_id or state),
    }
    return render(request, "office/answers/contradictions.html", context)


def _round(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _short(said: Said) -> tuple[str, str]:
    """Return an answer and how it came, in words."""
    return said.words, label("answers.source", said.source)


class SettleForm(forms.Form):
    """Which answer holds, and why."""

    chosen = forms.CharField(required=True, error_messages={"required": gettext_lazy("Choose which answer holds.")})
    reason = forms.CharField(
        label=gettext_lazy("How do you know?"),
        max_length=REASON_MOST,
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write down how you know, in a few words.")},
        help_text=gettext_lazy("Such as: rang up, saw the document."),
    )


@page(READ, methods=("GET", "POST"))
def contradiction(request: Desk, contradiction_id: UUID) -> HttpResponse:
    """Show what was said to one question, and settle it; then go on with the next."""
    language = get_language() or ""
    seen = queries.contradiction_page(viewer=request.viewer, contradiction=contradiction_id, language=language)
    form = SettleForm(request.POST if request.method == "POST" else None)
    refusal = ""
    if request.method == "POST" and form.is_valid():
        try:
            _settle(request, seen, form.cleaned_data)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, _onward(request, seen), say="contradiction_settled")
    saw(request, [seen.line.subject], ["name", "answers"], "survey")
    context = _context(request, seen, form, refusal)
    status = 422 if form.errors or refusal else 200
    return render(request, "office/answers/contradiction.html", context, status=status)


def _settle(request: Desk, seen: ContradictionPage, given: dict[str, str]) -> None:
    chosen = None if given["chosen"] in (BOTH, REGISTER) else _round(given["chosen"])
    if chosen is None and given["chosen"] not in (BOTH, REGISTER):
        raise Refused("answers.response_unknown")
    settle(
        stamp=request.stamp(), actor=request.viewer, contradiction=seen.line.id, chosen=chosen, reason=given["reason"]
    )


def _onward(request: Desk, seen: ContradictionPage) -> str:
    """Return the next open contradiction of the community, else the list."""
    area = place_of(request.viewer, seen.line.path).area
    following = queries.next_open(viewer=request.viewer, path=area.path, after=seen.line.id)
    if following is not None:
        return reverse("contradiction", args=[following])
    return reverse("contradictions", args=[area.pk])


def _context(request: Desk, seen: ContradictionPage, form: SettleForm, refusal: str) -> dict[str, Any]:
    sides = [
        (KEYS[place] if place < len(KEYS) else "", one, label("answers.source", one.source), str(one.response))
        for place, one in enumerate(seen.sides)
    ]
    chosen = form.data.get("chosen", "") if form.is_bound else ""
    settles = seen.settles or (seen.line.settled_at is None and request.viewer.holds_at(SETTLE, seen.line.path))
    return {
        "area": place_of(request.viewer, seen.line.path).area,
        "seen": seen,
        "line": seen.line,
        "place": place_names([seen.line.path])[seen.line.path],
        "sides": sides,
        "against_register": seen.line.first.source == REGISTER,
        "register": register_says(seen.line.subject, seen.bind) if seen.bind else "",
        "bound": label("people.field", FIELDS.get(seen.bind, "")) if seen.bind else "",
        "form": form,
        "chosen": chosen,
        "refusal": refusal,
        "settles": settles,
        "question": _("Which answer holds?"),
    }
