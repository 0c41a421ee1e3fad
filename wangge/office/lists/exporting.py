"""Giving a list back as the same sheet: with a purpose, and above 500 people with a second person's yes."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from wangge.access.exporting import ALONE_MOST, needs_approval
from wangge.access.rules import PURPOSE_MOST
from wangge.kernel.refused import Refused
from wangge.office.rights.sheets import TYPES, XLSX
from wangge.office.viewing import Desk, hides_existence, page
from wangge.places import queries as places
from wangge.situation.lists_given_back import (
    EXPORT,
    allow_giving_back,
    answer_sheet,
)
from wangge.surveys.queries import lists as queries
from wangge.words import label, say


class GiveBackForm(forms.Form):
    """What the sheet is for, and a second person's yes."""

    purpose = forms.CharField(
        label=gettext_lazy("What is it for?"),
        max_length=PURPOSE_MOST,
        help_text=gettext_lazy("To whom, for what. It is written down for everybody in the sheet."),
        error_messages={"required": gettext_lazy("Say what it is for.")},
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    approval = forms.CharField(
        label=gettext_lazy("Approval code of a second person"),
        required=False,
        max_length=20,
        help_text=gettext_lazy("Somebody who leads this area makes it on their own desk, for the same purpose."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, asks_approval: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asks_approval:
            del self.fields["approval"]


@page(EXPORT, methods=("GET", "POST"))
def list_export(request: Desk, list_id: UUID) -> HttpResponse:
    """Ask what the sheet is for, then hand it out; everybody in it gets a line in the access log first."""
    seen = queries.list_page(viewer=request.viewer, handed=list_id)
    asks = needs_approval(request.viewer, seen.total)
    form = GiveBackForm(request.POST if request.method == "POST" else None, asks_approval=asks)
    if request.method == "POST" and form.is_valid():
        try:
            allow_giving_back(
                stamp=request.stamp(), actor=request.viewer, handed=list_id,
                purpose=form.cleaned_data["purpose"], approval=form.cleaned_data.get("approval", ""),
            )  # fmt: skip
        except Refused as refused:
            about_approval = refused.code.startswith("access.approval")
            if hides_existence(refused) and not about_approval:
                raise
            form.add_error("approval" if about_approval and "approval" in form.fields else None, say(refused))
        else:
            return _sheet(request, list_id, form.cleaned_data["purpose"])
    context = {
        "area": places.area(seen.area),
        "list": seen,
        "form": form,
        "asks": asks,
        "most": ALONE_MOST,
        "refusal": next(iter(form.non_field_errors()), ""),
    }
    return render(request, "office/lists/export.html", context, status=422 if form.errors else 200)


def _sheet(request: Desk, list_id: UUID, purpose: str) -> HttpResponse:
    stamp = request.stamp()
    content = answer_sheet(stamp=stamp, viewer=request.viewer, handed=list_id, purpose=purpose, say=label)
    answer = HttpResponse(content, content_type=TYPES[XLSX])
    answer["Content-Disposition"] = f'attachment; filename="wangge-list-{stamp.day.isoformat()}.xlsx"'
    return answer
