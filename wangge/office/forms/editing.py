"""Changing a form: the editor, a new form, throwing a draft away, giving an own version up."""

from dataclasses import replace
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wangge.kernel.refused import Refused
from wangge.office.forms import typed
from wangge.office.forms.typed import Editor
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places.models import Area
from wangge.situation.forms import queries
from wangge.situation.forms.commands import discard_draft, faults_of, publish_profile, retire_profile, save_draft
from wangge.situation.forms.queries import MANAGE, ProfileSeen
from wangge.situation.forms.rules.profiles import CODE, NAME_MOST, Fault, read_body, stored_body
from wangge.words import label, say

DEEDS = ("up", "down", "remove", "add")


@page(MANAGE, methods=("GET", "POST"))
def form_edit(request: Desk, area_id: int, code: str) -> HttpResponse:
    """Change a form of an area: what is typed is kept as its draft, and published when it will do."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    base = _base(request, here, code)
    if request.method != "POST":
        return _drawn(request, here, code, typed.opened(base), base)
    editor = typed.sent(request.POST, base.body)
    deed, _sep, place = request.POST.get("do", "save").partition("-")
    if deed in DEEDS:
        editor.turned(deed, int(place) if place.isdecimal() and len(place) < 4 else len(editor.columns) - 1)
        return _drawn(request, here, code, editor, base)
    stamp = request.stamp()
    try:
        save_draft(
            stamp=stamp, actor=request.viewer, area=here.pk, code=code, name=editor.texts["name"], body=editor.body(),
            revision=editor.revision,
        )  # fmt: skip
    except Refused as refused:
        if hides_existence(refused):
            raise
        return _drawn(request, here, code, editor, base, refusal=say(refused))
    if deed == "publish":
        return _publish(request, here, code)
    return go(request, reverse("form_edit", args=[here.pk, code]), say="form_saved")


def _publish(request: Desk, here: Area, code: str) -> HttpResponse:
    """Publish the draft that was just saved; what keeps it from that is said beside it."""
    base = _base(request, here, code)
    faults = faults_of(base.body)
    if faults:
        return _drawn(request, here, code, typed.opened(base), base, faults=faults)
    stamp = request.stamp()
    publish_profile(stamp=replace(stamp, key=f"{stamp.key} publish"), actor=request.viewer, area=here.pk, code=code)
    return go(request, reverse("form", args=[here.pk, code]), say="form_published")


def _base(request: Desk, here: Area, code: str) -> ProfileSeen:
    """Return the draft that is being written, else the version in use."""
    draft = queries.draft(viewer=request.viewer, area=here, code=code)
    if draft is not None:
        return draft
    return queries.profile(viewer=request.viewer, area=here, code=code)


def _drawn(
    request: Desk,
    here: Area,
    code: str,
    editor: Editor,
    base: ProfileSeen,
    *,
    refusal: str = "",
    faults: list[Fault] | None = None,
) -> HttpResponse:
    wrong = {fault.column for fault in faults or ()}
    context = {
        "area": here,
        "code": code,
        "base": base,
        "editor": editor,
        "rows": [(place, one, indicators, place + 1 in wrong) for place, one, indicators in editor.numbered],
        "choices": typed.choices(base.body.grain),
        "grain": label("forms.grain", base.body.grain),
        "of_people": base.body.grain == "person",
        "draft": base.state == "draft",
        "refusal": refusal,
        "faults": [
            (fault.column, say(Refused(fault.code, column=fault.column, heading=fault.heading, what=fault.what)))
            for fault in faults or ()
        ],
    }
    return render(request, "office/forms/edit.html", context, status=422 if refusal or faults else 200)


class AddForm(forms.Form):
    """A new form: what it is called, and from which one it begins."""

    name = forms.CharField(
        label=gettext_lazy("Name of the form"),
        max_length=NAME_MOST,
        error_messages={"required": gettext_lazy("Give the form a name.")},
    )
    code = forms.RegexField(
        CODE,
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("3 to 40 small letters, digits and hyphens, such as returnees-weekly"),
        error_messages={
            "required": gettext_lazy("Give the form a code."),
            "invalid": gettext_lazy("3 to 40 small letters, digits and hyphens only."),
        },
    )
    begin = forms.ChoiceField(label=pgettext_lazy("form", "Begin with"))


@page(MANAGE, methods=("GET", "POST"))
def form_add(request: Desk, area_id: int) -> HttpResponse:
    """Begin a form of an area's own, empty or as a copy of another, and go on in the editor."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    known = {one.code: one for one in queries.profiles(viewer=request.viewer, area=here)}
    form = AddForm(request.POST or None, initial={"begin": request.GET.get("from", "")})
    form.fields["begin"].choices = _beginnings(known)  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _began(request, here, form, known):
        return go(request, reverse("form_edit", args=[here.pk, form.cleaned_data["code"]]), say="form_saved")
    context = {"area": here, "form": form, "refusal": next(iter(form.non_field_errors()), "")}
    return render(request, "office/forms/add.html", context, status=422 if form.errors else 200)


def _beginnings(known: dict[str, ProfileSeen]) -> list[tuple[str, str]]:
    empty = [
        (f"empty:{grain}", _("Empty, rows about %(grain)s") % {"grain": label("forms.grain", grain)})
        for grain in ("person", "household", "building", "count")
    ]
    return [*empty, *((code, _("Copy of %(name)s") % {"name": one.name}) for code, one in known.items())]


def _began(request: Desk, here: Area, form: AddForm, known: dict[str, ProfileSeen]) -> bool:
    """Keep the first draft of a new form; a refusal is noted in the form."""
    given = form.cleaned_data
    begin = given["begin"]
    if given["code"] in known:
        form.add_error("code", say(Refused("forms.code_taken", profile=given["code"])))
        return False
    body: dict[str, Any] = {"grain": begin.partition(":")[2], "title": given["name"]}
    if begin in known:
        body = stored_body(known[begin].body)
    try:
        save_draft(
            stamp=request.stamp(), actor=request.viewer, area=here.pk, code=given["code"], name=given["name"],
            body=stored_body(read_body(body)),
        )  # fmt: skip
    except Refused as refused:
        if hides_existence(refused):
            raise
        form.add_error(None, say(refused))
        return False
    return True


@page(MANAGE, methods=("GET", "POST"))
def form_discard(request: Desk, area_id: int, code: str) -> HttpResponse:
    """Ask, then throw the draft of a form away."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    words = {
        "question": _("Throw away what was changed?"),
        "say": _("The version in use stays as it is."),
        "act": _("Throw away"),
    }
    return _asked(request, here, code, words, discard_draft, "form_discarded")


@page(MANAGE, methods=("GET", "POST"))
def form_retire(request: Desk, area_id: int, code: str) -> HttpResponse:
    """Ask, then give up the area's own version of a form."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    words = {
        "question": _("Give up the version of %(area)s?") % {"area": here.name},
        "say": _("The version of the area above holds again, or the one that comes with Wangge. Exports made stay."),
        "act": _("Give it up"),
    }
    return _asked(request, here, code, words, retire_profile, "form_retired")


def _asked(request: Desk, here: Area, code: str, words: dict[str, str], act: Any, sentence: str) -> HttpResponse:  # noqa: PLR0917  (one question)
    """Ask a question about a form, and do it."""
    if not queries.versions(viewer=request.viewer, area=here, code=code):
        raise Http404
    refusal = ""
    if request.method == "POST":
        try:
            act(stamp=request.stamp(), actor=request.viewer, area=here.pk, code=code)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("forms", args=[here.pk]), say=sentence)
    nothing: list[object] = []
    context = {
        "area": here,
        "form": nothing,
        "refusal": refusal,
        "back": reverse("form", args=[here.pk, code]),
        "keep": _("Keep as it is"),
        "look": "grave",
        **words,
    }
    return render(request, "office/ask.html", context, status=422 if refusal else 200)
