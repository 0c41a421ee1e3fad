"""The editor of one question: typed, looked at beside a phone, checked at once, saved without losing another's work."""

from typing import Any
from uuid import UUID

import msgspec
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import override

from wangge.kernel.refused import Refused
from wangge.office.questionnaires import typed as typing
from wangge.office.questionnaires.acting import managed
from wangge.office.questionnaires.asking import page_of
from wangge.office.questionnaires.editing import keep
from wangge.office.questionnaires.one import about, language, worded
from wangge.office.questionnaires.trying import chosen_language, drawn, made_up
from wangge.office.questionnaires.typed import Typed
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.situation.questionnaires import editing as changes
from wangge.situation.questionnaires.differences import Difference, differences
from wangge.surveys.queries.questionnaires import QuestionnaireSeen
from wangge.surveys.rules.questionnaires import CHOOSING, MANAGE, TYPES, Definition, Question
from wangge.surveys.rules.questionnaires import question as question_of
from wangge.words import say

NESTING = ("group", "repeat")
WORDLESS = (*NESTING, "calculate")


@page(MANAGE, methods=("GET", "POST"))
def question_edit(request: Desk, questionnaire_id: UUID, name: str) -> HttpResponse:
    """Change one question of a draft."""
    one = managed(request, questionnaire_id, states=("draft",))
    if not changes.has(one.definition, name):
        raise Http404
    was = changes.question_print(one.definition, name)
    base = question_of(one.definition, name)
    if request.method != "POST":
        within = next(spot.within for spot in changes.listed(one.definition) if spot.question.name == name)
        return _drawn(request, one, typing.opened(one.definition, base, within), name=name, was=was)
    typed = typing.sent(request.POST, base)
    if _turned(request, one.definition, typed):
        return _drawn(request, one, typed, name=name, was=request.POST.get("was", ""))
    there = _with(one.definition, typed, name)
    if request.POST.get("was") != was:
        theirs = [
            line for line in differences(one.definition, there, language()) if line.name in (name, typed.texts["name"])
        ]
        if theirs:
            return _drawn(request, one, typed, name=name, was=was, theirs=theirs)
    return _saved(request, one, typed, there, name=name, was=was)


@page(MANAGE, methods=("GET", "POST"))
def question_add(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Put a new question into a draft: after another, inside a group, or as the last."""
    one = managed(request, questionnaire_id, states=("draft",))
    asked = request.POST if request.method == "POST" else request.GET
    within, after = (_known(one.definition, asked.get(key, "")) for key in ("within", "after"))
    kind = asked.get("type", "")
    kind = kind if kind in TYPES else "select_one"
    base = _new(one.definition, kind)
    if request.method != "POST":
        return _drawn(request, one, typing.opened(one.definition, base, within), name="", was="", after=after)
    typed = typing.sent(request.POST, base)
    if not typed.texts["name"]:
        typed.texts["name"] = base.name
    if typed.chooses:
        typed.texts["list"] = changes.free_list(one.definition, typed.texts["name"])
    if _turned(request, one.definition, typed):
        return _drawn(request, one, typed, name="", was="", after=after)
    typed.texts["name"] = changes.free_name(one.definition, typed.texts["name"])
    new = typed.question(one.definition)
    lists = {new.choices: typed.rows(())} if new.choices else {}
    there = changes.put_in(one.definition, new, within=within, after=after)
    there = changes.replaced(there, new.name, new, lists)
    return _saved(request, one, typed, there, name="", was="", after=after)


def _known(definition: Definition, name: str) -> str:
    return name if name and changes.has(definition, name) else ""


def _new(definition: Definition, kind: str) -> Question:
    name = changes.free_name(definition, {"group": "group", "repeat": "persons"}.get(kind, "question"))
    choices = changes.free_list(definition, name) if kind in CHOOSING else ""
    return Question(name=name, type=kind, repeat="members" if kind == "repeat" else "", choices=choices)


def _turned(request: Desk, definition: Definition, typed: Typed) -> bool:
    """Do what is only a look or a change to the table of choices; tell whether it was that."""
    deed, _colon, place = request.POST.get("do", "save").partition(":")
    if deed.startswith("choice-"):
        typed.turned(deed.removeprefix("choice-"), int(place) if place.isdecimal() and len(place) < 4 else 0)
        return True
    if deed == "look" and typed.chooses and not typed.texts["list"]:
        typed.texts["list"] = typed.base.choices or changes.free_list(
            definition, typed.texts["name"] or typed.base.name
        )
    return deed == "look"


def _with(definition: Definition, typed: Typed, name: str) -> Definition:
    """Return the questionnaire with the question as it was typed."""
    if typed.chooses and not typed.texts["list"]:
        typed.texts["list"] = changes.free_list(definition, typed.texts["name"] or name)
    new = typed.question(definition)
    if not new.name:
        new = msgspec.structs.replace(new, name=name)
    lists = {new.choices: typed.rows(definition.choices.get(new.choices, ()))} if new.choices else {}
    there = changes.replaced(definition, name, new, lists)
    within = _known(there, typed.texts["within"])
    spot = next((spot for spot in changes.listed(there) if spot.question.name == new.name), None)
    return there if spot is None or spot.within == within else changes.placed(there, new.name, within)


def _saved(
    request: Desk, one: QuestionnaireSeen, typed: Typed, there: Definition, *, name: str, was: str, after: str = ""
) -> HttpResponse:
    """Keep the draft and go back to its list, or on to the next question."""
    new_name = typed.texts["name"] or name
    if typed.texts["type"] not in WORDLESS and not any(typed.words["label"].values()):
        return _drawn(request, one, typed, name=name, was=was, after=after, refusal=_("Write the question first."))
    if new_name != name and sum(spot.question.name == new_name for spot in changes.listed(there)) > 1:
        words = _("Another question is called %(name)s. Choose another short name.") % {"name": new_name}
        return _drawn(request, one, typed, name=name, was=was, after=after, refusal=words)
    try:
        keep(request, one, there)
    except Refused as refused:
        if hides_existence(refused):
            raise
        return _drawn(request, one, typed, name=name, was=was, after=after, refusal=say(refused))
    if request.POST.get("do") == "next":
        query = urlencode({"after": new_name} if typed.texts["type"] not in NESTING else {"within": new_name})
        return go(request, f"{reverse('question_add', args=[one.line.id])}?{query}", say="questionnaire_saved")
    return go(request, reverse("questionnaire_edit", args=[one.line.id]) + f"#q-{new_name}", say="questionnaire_saved")


def _drawn(
    request: Desk,
    one: QuestionnaireSeen,
    typed: Typed,
    *,
    name: str,
    was: str,
    after: str = "",
    refusal: str = "",
    theirs: list[Difference] | None = None,
) -> HttpResponse:
    if typed.chooses and not typed.choices and not typed.long:
        typed.choices = [typing.ChoiceTyped(), typing.ChoiceTyped()]
    new = typed.question(one.definition)
    lists = {new.choices: typed.rows(one.definition.choices.get(new.choices, ()))} if new.choices else {}
    there = one.definition
    if not name:
        there = changes.put_in(there, new, within=typed.texts["within"], after=after)
    there = changes.replaced(there, name or new.name, new, lists)
    context: dict[str, Any] = {
        **about(request, one),
        **page_of(one.definition, there, new, typed),
        "adding": not name,
        "after": after,
        "was": was,
        "refusal": refusal,
        "theirs": [worded(line) for line in theirs or ()],
        "heading": _("Change a question") if name else _("New question"),
        "filling": _still(request, there, new),
    }
    failed = bool(refusal or theirs)
    return render(request, "office/questionnaires/question.html", context, status=422 if failed else 200)


def _still(request: Desk, definition: Definition, new: Question) -> Any:
    """Return the question as it looks, whatever it hangs on; nothing for what nobody sees."""
    if new.type == "calculate" or new.type not in TYPES or (new.type in NESTING and not new.questions):
        return None
    chosen = chosen_language(request, definition)
    with override(chosen):
        household = made_up(request)
    alone = msgspec.structs.replace(new, relevant="")
    return drawn(msgspec.structs.replace(definition, questions=(alone,)), {}, household, chosen)
