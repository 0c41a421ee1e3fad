"""A household declares by itself: its code opens a form that only takes, and never shows what is held."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from wangge.flows.declarations import Declaration, nobody_signed_in
from wangge.flows.declarations import declare as keep
from wangge.kernel.periods import local_day
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.places.queries import installation
from wangge.resident.clients import client_of
from wangge.resident.frame import Face, face_of, now, plain, public
from wangge.resident.tokens import form_token, once_of, sheet_of
from wangge.situation import filling
from wangge.surveys.codes import client_index
from wangge.surveys.commands.campaigns import note_wrong_code
from wangge.surveys.queries.campaigns import DoorOpened, open_door, wrong_codes
from wangge.surveys.rules.campaigns import (
    HELPER_MOST,
    RECEIPT_SIGNS,
    TRY_WINDOW,
    Source,
    is_barred,
    plain_code,
    says_nothing,
    spaced,
)
from wangge.surveys.rules.questionnaires import (
    Context,
    Definition,
    Question,
    check_answers,
    label,
    read_definition,
    walk,
)
from wangge.words import say

PEOPLE_MOST = 20
PEOPLE_SHOWN = range(1, 9)
TYPED_MOST = 40
CODE_FORM = "code"


@dataclass(frozen=True, slots=True)
class _Asking:
    """One request at the door of a household: when, how it is drawn, and what the code opened."""

    request: HttpRequest
    face: Face
    at: datetime
    zone: str
    code: str
    door: DoorOpened
    definition: Definition

    @property
    def context(self) -> Context:
        """Return what the questions may know: the day and the hour, and nobody of the register."""
        return Context(today=local_day(self.at, self.zone), now=self.at, members=())


@public("GET", "POST")
def declare_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the slip; ten wrong ones an hour from one address, and none is looked at any more."""
    typed = request.POST.get("code", "")[:TYPED_MOST]
    if request.method != "POST":
        return _ask(request, "", "", 200)
    if not once_of(request.POST.get("form", ""), CODE_FORM):
        return _ask(request, typed, _("The page was open for long. What you typed is still here: send it now."), 403)
    if not typed.strip():
        return _ask(request, "", _("Type the ten letters of your slip."), 422)
    found = _open(request, typed)
    if isinstance(found, HttpResponse):
        return found
    there = HttpResponseRedirect(reverse("declare", args=[found.code]) + found.face.kept)
    there.status_code = 303
    return there


def _ask(request: HttpRequest, typed: str, wrong: str, status: int) -> HttpResponse:
    context = {"face": face_of(request), "typed": typed, "wrong": wrong, "token": form_token(CODE_FORM)}
    return render(request, "resident/code.html", context, status=status)


def _open(request: HttpRequest, typed: str) -> _Asking | HttpResponse:
    """Return what a code opens; else one and the same answer, or that there were too many tries.

    Wrong codes are counted before they are told, and the eleventh is not looked at, right or wrong.
    """
    opened, at = installation(), now()
    assert opened is not None
    client = client_index(client_of(request))
    if is_barred(*wrong_codes(client=client, at=at)):
        response = plain(request, "many", 429)
        response["Retry-After"] = str(int(TRY_WINDOW.total_seconds()))
        return response
    code = plain_code(typed)
    door = open_door(code=code, today=local_day(at, opened.zone)) if code else None
    if door is None:
        note_wrong_code(client=client, at=at)
        return _ask(request, typed, _("This code opens nothing. Look at your slip once more, or call its number."), 404)
    return _Asking(request, face_of(request), at, opened.zone, code, door, read_definition(door.definition))


@public("GET", "POST")
def declare(request: HttpRequest, code: str) -> HttpResponse:
    """Take what a household declares: first how many they are, then the questions, then thanks with a receipt."""
    asking = _open(request, code[:TYPED_MOST])
    if isinstance(asking, HttpResponse):
        return asking
    if request.method == "POST":
        return _take(asking)
    people, repeats = _people(request), _member_repeats(asking.definition)
    if repeats and not people:
        return _page(asking, "resident/people.html", {"numbers": PEOPLE_SHOWN}, 200)
    rows: list[dict[str, Any]] = [{"resident": None} for _row in range(people)]
    drawn = filling.draw(
        asking.definition, {one.name: rows for one in repeats}, asking.context, language=asking.face.language, names={}
    )
    return _form(asking, drawn, 200)


def _people(request: HttpRequest) -> int:
    text = request.GET.get("people", "")
    return min(int(text), PEOPLE_MOST) if text.isdecimal() and len(text) < 4 else 0


def _member_repeats(definition: Definition) -> list[Question]:
    return [one for one in walk(definition.questions) if one.type == "repeat" and one.repeat == "members"]


def _take(asking: _Asking) -> HttpResponse:
    """Look at what was sent: draw it again with what is wrong, or keep it and say thanks."""
    request = asking.request
    sent = filling.read_posted(asking.definition, request.POST, asking.context)
    checked = check_answers(asking.definition, sent.answers, asking.context)
    drawn = filling.draw(
        asking.definition, _all_rows(asking, sent), asking.context, language=asking.face.language, names={},
        faults=() if sent.looks else checked.faults, sent=sent,
    )  # fmt: skip
    if sent.looks:
        return _form(asking, drawn, 200)
    once = once_of(request.POST.get("form", ""), asking.code)
    if not once:
        return _form(asking, drawn, 403, _("The page was open for long. What you typed is still here: send it now."))
    if checked.faults or drawn.more:
        return _form(asking, drawn, 422)
    if says_nothing(checked.answers):
        return _form(asking, drawn, 422, _("Nothing is filled in yet."))
    return _keep(asking, drawn, once, checked.answers)


def _all_rows(asking: _Asking, sent: filling.Sent) -> dict[str, Any]:
    """Return what was sent with the rows of people of whom nothing is typed yet: they stay on the page."""
    answers = dict(sent.answers)
    dropped = str(asking.request.POST.get("do", "")).startswith("drop:")
    for one in _member_repeats(asking.definition):
        rows = list(answers.get(one.name) or ())
        drawn = len(str(asking.request.POST.get(f"a:{one.name}:~rows", "")).split()[:PEOPLE_MOST]) - dropped
        answers[one.name] = rows + [{"resident": None} for _row in range(drawn - len(rows))]
    return answers


def _keep(asking: _Asking, drawn: filling.FillingSeen, once: str, answers: dict[str, Any]) -> HttpResponse:
    """Keep what was sent, once however often it comes, and go on to a page that a reload does not send again."""
    request = asking.request
    helper = " ".join(request.POST.get("helper", "").split())[:HELPER_MOST]
    sheet = sheet_of(once, asking.code, [answers, helper])
    stamp = Stamp(key=str(sheet), source="self", at=asking.at, received_at=asking.at, zone=asking.zone, channel="desk")
    declaration = Declaration(
        sheet=sheet, campaign=asking.door.campaign, household=asking.door.household, answers=answers,
        source=Source.SELF, helper=helper, read_aloud=bool(request.POST.get("aloud")),
    )  # fmt: skip
    try:
        receipt = keep(stamp=stamp, actor=nobody_signed_in(), declaration=declaration)
    except Refused as refused:
        return _form(asking, drawn, 422, say(refused))
    there = HttpResponseRedirect(reverse("declare_sent", args=[asking.code, receipt]) + asking.face.kept)
    there.status_code = 303
    return there


@public("GET")
def declare_sent(request: HttpRequest, code: str, receipt: str) -> HttpResponse:
    """Say thanks, with the receipt number; nothing of what was sent is shown."""
    asking = _open(request, code[:TYPED_MOST])
    if isinstance(asking, HttpResponse):
        return asking
    number = plain_code(receipt[:TYPED_MOST], RECEIPT_SIGNS)
    if not number:
        return _page(asking, "resident/people.html", {"numbers": PEOPLE_SHOWN}, 404)
    return _page(asking, "resident/sent.html", {"receipt": spaced(number)}, 200)


def _form(asking: _Asking, drawn: filling.FillingSeen, status: int, wrong: str = "") -> HttpResponse:
    post = asking.request.POST
    more = {
        "filling": drawn, "token": post.get("form") if _still_good(asking) else form_token(asking.code), "wrong": wrong,
        "helper": post.get("helper", "")[:HELPER_MOST], "helper_most": HELPER_MOST, "own": True,
    }  # fmt: skip
    return _page(asking, "resident/form.html", more, status)


def _still_good(asking: _Asking) -> bool:
    """Tell whether the form that came back may be sent with the token it has: it is one form while it is mended."""
    return bool(once_of(asking.request.POST.get("form", ""), asking.code))


def _page(asking: _Asking, template: str, more: dict[str, Any], status: int) -> HttpResponse:
    context = {
        "face": asking.face,
        "door": asking.door,
        "code": asking.code,
        "last_on": asking.door.until_on - timedelta(days=1),
        "title": label(asking.definition.title, asking.face.language),
        "notice": label(asking.definition.notice, asking.face.language),
        "dial": "".join(sign for sign in asking.door.telephone if sign.isdigit() or sign == "+"),
        **more,
    }
    return render(asking.request, template, context, status=status)
