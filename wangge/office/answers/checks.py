"""Spot checks of a round: how far they agree, which doors are to be looked at again, and looking at one."""

from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wangge.flows.spot_check import CheckSeen, look_again
from wangge.kernel.paths import contains
from wangge.kernel.refused import Refused
from wangge.office.answers.asked import Asked, ask, asking_of, identity, languages
from wangge.office.listing import PAGE_SIZE, Column, Listing, listing
from wangge.office.lists.looking import Chip, known, order_of
from wangge.office.register.surroundings import link, place_of, saw_list
from wangge.office.rounds.lists import page_of
from wangge.office.rounds.visiting import ORDER
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people.queries import place_names
from wangge.places import queries as places
from wangge.situation.answering import Asking
from wangge.surveys.commands.spotchecks import MANAGE, draw_checks
from wangge.surveys.queries import checks as queries
from wangge.surveys.queries.checks import CheckLine, CheckPage
from wangge.surveys.queries.rounds import RoundHead, round_of
from wangge.surveys.rules import DoorState
from wangge.surveys.rules.answers import RECORD
from wangge.surveys.rules.spotchecks import MOST_AT_ONCE, NOTE_MOST
from wangge.words import label, say

READ = "visit.read"
SHARE = 5


def _by_database(_row: object) -> int:
    """Mark a column that the database sorts."""
    return 0


COLUMNS: tuple[Column[Any], ...] = (
    Column(key="door", label=gettext_lazy("Door"), by=_by_database),
    Column(key="checker", label=gettext_lazy("Looks again"), by=_by_database),
    Column(key="state", label=gettext_lazy("State")),
    Column(key="agrees", label=pgettext_lazy("spot check", "Agrees")),
    Column(key="done", label=pgettext_lazy("spot check", "Done"), by=_by_database),
)


@page(READ)
def checks(request: Desk, round_id: UUID) -> HttpResponse:
    """List the doors of a round that are looked at again, and how far they agree, by community."""
    head, path = _round(request, round_id)
    asked = request.GET
    state = asked.get("state", "") if asked.get("state") in ("open", "done", "mine") else ""
    text, number = asked.get("q", "").strip()[:80], page_of(asked)
    rows, total = queries.check_lines(
        viewer=request.viewer, round=head.id, path=path, text=text, mine=state == "mine",
        done={"open": False, "done": True, "mine": False}.get(state),
        order=order_of(asked, queries.ORDERS, "door"), offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    saw_list(request, "spot_checks", path, [row.household for row in rows], "survey")
    names = place_names([row.path for row in rows])
    heads = listing(asked, (), COLUMNS, sort="door").heads
    words = {"": _("All"), "open": _("To be looked at"), "mine": _("Mine"), "done": pgettext_lazy("spot check", "Done")}
    context = {
        "area": places.area(head.area),
        "round": head,
        "sweep": link("sweep", head.id),
        "numbers": queries.checks_of(viewer=request.viewer, round=head.id, path=path),
        "rows": Listing([_drawn(row, names[row.path]) for row in rows], heads, total, number,
                        max(1, -(-total // PAGE_SIZE)), known(asked)),
        "chips": [
            Chip(str(one), None, "?" + urlencode({"state": code} if code else {}), code == state)
            for code, one in words.items()
        ],
        "text": text,
        "state": state,
        "narrowed": bool(text or state),
        "draws": head.closed_at is None and request.viewer.holds_at(MANAGE, path),
    }  # fmt: skip
    return render(request, "office/answers/checks.html", context)


def _round(request: Desk, round_id: UUID) -> tuple[RoundHead, str]:
    """Return a round, and the part of its area in which the viewer works: all of it where they may."""
    head = round_of(viewer=request.viewer, round=round_id)
    reaches = request.viewer.reaches(READ)
    if any(contains(reach, head.path) for reach in reaches):
        return head, head.path
    return head, next((reach for reach in reaches if contains(head.path, reach)), head.path)


def _drawn(row: CheckLine, place: str) -> tuple[CheckLine, str, str, str]:
    """Return a check with the words of where it is and of both states."""
    before = label("surveys.state", row.state_before)
    return row, place, before, label("surveys.state", row.state) if row.state else ""


class DrawForm(forms.Form):
    """How many doors are to be looked at again."""

    share = forms.IntegerField(
        label=gettext_lazy("Of a hundred done doors, how many"), required=False, min_value=1, max_value=100,
        help_text=gettext_lazy("Those drawn before count along."),
    )  # fmt: skip
    number = forms.IntegerField(
        label=gettext_lazy("Or this many doors more"), required=False, min_value=1, max_value=MOST_AT_ONCE
    )


@page(MANAGE, methods=("GET", "POST"))
def checks_draw(request: Desk, round_id: UUID) -> HttpResponse:
    """Draw done doors by lot, each for somebody who was not there."""
    head, path = _round(request, round_id)
    form = DrawForm(request.POST if request.method == "POST" else None, initial={"share": SHARE})
    back, refusal = reverse("checks", args=[head.id]), ""
    if request.method == "POST" and form.is_valid():
        number = form.cleaned_data["number"]
        share = None if number else form.cleaned_data["share"]
        try:
            drawn = draw_checks(
                stamp=request.stamp(), actor=request.viewer, round=head.id, path=path, share=share, number=number
            )
        except Refused as refused:
            if hides_existence(refused) or refused.code == "access.second_factor_needed":
                raise
            refusal = say(refused)
        else:
            facts = {"number": str(drawn.drawn), "without": str(drawn.without_checker)}
            return go(request, back, say="checks_drawn_some" if drawn.without_checker else "checks_drawn", **facts)
    context = {
        "area": places.area(head.area),
        "form": form,
        "refusal": refusal,
        "back": back,
        "question": _("Draw doors to be looked at again?"),
        "say": _(
            "They are drawn by lot among the doors that are done, each worker's in turn, and given to somebody else."
        ),
        "keep": _("Draw none"),
        "act": _("Draw them"),
    }
    return render(request, "office/ask.html", context, status=422 if form.errors or refusal else 200)


class CheckForm(forms.Form):
    """What the second person found."""

    state = forms.ChoiceField(
        label=gettext_lazy("What did you find?"),
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what you found.")},
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=NOTE_MOST,
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state = self.fields["state"]
        assert isinstance(state, forms.ChoiceField)
        state.choices = [(one.value, label("surveys.state", one.value)) for one in ORDER]


@page(RECORD, methods=("GET", "POST"))
def check(request: Desk, check_id: UUID) -> HttpResponse:
    """Look at a door again: what was found before is not shown, so that it is not repeated."""
    seen = queries.check_page(viewer=request.viewer, check=check_id)
    if request.method == "POST" and seen.line.done_at is not None:
        return _said(request, seen, seen.line.equal, seen.line.compared)
    asking = asking_of(request, seen.round, seen.line.household) if seen.questionnaire else None
    form = CheckForm(request.POST if request.method == "POST" and request.POST.get("do") is None else None)
    asked = ask(request, asking) if asking else None
    refusal, status = "", 422 if form.errors else (asked.status if asked else 200)
    if form.is_bound and form.is_valid():
        home = form.cleaned_data["state"] == DoorState.DONE
        if not home or asked is None or asked.answers is not None:
            try:
                return _done(request, seen, form.cleaned_data, asking, asked if home else None)
            except Refused as refused:
                if hides_existence(refused):
                    raise
                refusal, status = say(refused), 422
    context = {
        "area": place_of(request.viewer, seen.line.path).area,
        "seen": seen,
        "line": seen.line,
        "place": place_names([seen.line.path])[seen.line.path],
        "before": label("surveys.state", seen.line.state_before),
        "found": label("surveys.state", seen.line.state) if seen.line.state else "",
        "form": form if form.is_bound else CheckForm(initial={"state": request.POST.get("state", "")}),
        "filling": asked.drawn if asked else None,
        "languages": languages(request, asking) if asking else (),
        "identity": identity(request, "filling"),
        "refusal": refusal,
        "back": reverse("checks", args=[seen.round]),
    }
    return render(request, "office/answers/check.html", context, status=status)


def _done(
    request: Desk, seen: CheckPage, given: dict[str, Any], asking: Asking | None, asked: Asked | None
) -> HttpResponse:
    id_ = identity(request, "filling")
    found = CheckSeen(
        id=uuid5(id_, "check"),
        state=DoorState(given["state"]),
        at=request.stamp().at,
        note=given["note"],
        questionnaire=asking.questionnaire if asking and asked else None,
        answers=asked.answers if asked else None,
        read_aloud=bool(request.POST.get("read_aloud")),
    )
    done = look_again(stamp=request.stamp(), actor=request.viewer, check=seen.line.id, seen=found)
    return _said(request, seen, done.equal, done.compared)


def _said(request: Desk, seen: CheckPage, equal: int, compared: int) -> HttpResponse:
    """Go back to the checks, and say there how far the answers agree."""
    to = reverse("checks", args=[seen.round])
    return go(request, to, say="check_done", equal=str(equal), compared=str(compared))
