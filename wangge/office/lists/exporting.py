"""Giving a list back as the same sheet: with a purpose, and above 500 people with a second person's yes."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from wangge.access.exporting import ALONE_MOST, needs_approval
from wangge.kernel.refused import Refused
from wangge.office.purposes import PurposeForm
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


@page(EXPORT, methods=("GET", "POST"))
def list_export(request: Desk, list_id: UUID) -> HttpResponse:
    """Ask what the sheet is for, then hand it out; everybody in it gets a line in the access log first."""
    seen = queries.list_page(viewer=request.viewer, handed=list_id)
    asks = needs_approval(request.viewer, seen.total)
    form = PurposeForm(request.POST if request.method == "POST" else None, asks_approval=asks)
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
