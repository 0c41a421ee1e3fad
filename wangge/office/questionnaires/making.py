"""A new questionnaire: from blank, as a copy, or as the next version of one in use."""

from typing import Any
from uuid import UUID

import msgspec
from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.kernel.refused import Refused
from wangge.office.questionnaires.acting import managed
from wangge.office.questionnaires.listed import drawn
from wangge.office.questionnaires.one import language
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places.models import Area
from wangge.surveys.commands.questionnaires import save_draft
from wangge.surveys.queries.questionnaires import questionnaire_page, questionnaires, versions
from wangge.surveys.rules.questionnaires import LANGUAGES, MANAGE, Definition, stored_definition
from wangge.words import say

CODE = r"^[a-z][a-z0-9-]{2,39}$"
TITLE_MOST = 200


class AddForm(forms.Form):
    """A new questionnaire: what it is called, and from which one it begins."""

    title = forms.CharField(
        label=gettext_lazy("Title of the questionnaire"),
        max_length=TITLE_MOST,
        error_messages={"required": gettext_lazy("Give the questionnaire a title.")},
    )
    code = forms.RegexField(
        CODE,
        label=gettext_lazy("Code"),
        max_length=40,
        help_text=gettext_lazy("3 to 40 small letters, digits and hyphens, such as spring-needs"),
        error_messages={
            "required": gettext_lazy("Give the questionnaire a code."),
            "invalid": gettext_lazy("3 to 40 small letters, digits and hyphens only."),
        },
    )
    begin = forms.ChoiceField(label=gettext_lazy("Begin with"), required=False)


@page(MANAGE, methods=("GET", "POST"))
def questionnaire_add(request: Desk, area_id: int) -> HttpResponse:
    """Begin a questionnaire, empty or as a copy of another, and go on in the editor."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    known = drawn(questionnaires(viewer=request.viewer, path=here.path, every_version=True), {})
    form = AddForm(request.POST or None, initial={"begin": request.GET.get("from", "")})
    copies = [(str(one.id), _("Copy of %(name)s") % {"name": one.title}) for one in known]
    form.fields["begin"].choices = [("", _("Empty")), *copies]  # type: ignore[attr-defined]
    if request.method == "POST" and form.is_valid() and _unused(request, form):
        made = _began(request, here, form)
        if made is not None:
            return go(request, reverse("questionnaire_edit", args=[made]), say="questionnaire_saved")
    context = {"area": here, "form": form, "refusal": next(iter(form.non_field_errors()), "")}
    return render(request, "office/questionnaires/add.html", context, status=422 if form.errors else 200)


def _unused(request: Desk, form: AddForm) -> bool:
    """Tell whether nobody uses the code yet; it is noted in the form otherwise."""
    if not versions(viewer=request.viewer, code=form.cleaned_data["code"]):
        return True
    form.add_error("code", _("There is a questionnaire with this code already. Choose another."))
    return False


def _began(request: Desk, here: Area, form: AddForm) -> UUID | None:
    """Keep the first draft of a new questionnaire; a refusal is noted in the form."""
    given: dict[str, Any] = form.cleaned_data
    definition = Definition(languages=LANGUAGES)
    if given["begin"]:
        definition = questionnaire_page(viewer=request.viewer, questionnaire=UUID(given["begin"])).definition
    titled = msgspec.structs.replace(definition, title={**definition.title, language(): given["title"]})
    try:
        kept = save_draft(
            stamp=request.stamp(), actor=request.viewer, area=here.pk, code=given["code"],
            definition=stored_definition(titled),
        )  # fmt: skip
    except Refused as refused:
        if hides_existence(refused):
            raise
        form.add_error("code" if "code" in refused.code else None, say(refused))
        return None
    return kept.id


@page(MANAGE, methods=("POST",))
def questionnaire_change(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Make a draft of the next version out of one in use."""
    one = managed(request, questionnaire_id, states=("published", "withdrawn"))
    kept = save_draft(
        stamp=request.stamp(), actor=request.viewer, area=one.line.area, code=one.line.code,
        definition=stored_definition(one.definition),
    )  # fmt: skip
    return go(request, reverse("questionnaire_edit", args=[kept.id]), say="questionnaire_begun")
