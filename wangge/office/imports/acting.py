"""Doing something with an import: upload, bring in, discard, answer, take back."""

from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.flows.import_roster.preview import preview
from wangge.flows.import_roster.reading import LARGEST
from wangge.flows.import_roster.requesting import request_applying
from wangge.flows.import_roster.staging import stage_file
from wangge.flows.import_roster.states import PERMIT, SMALL
from wangge.flows.import_roster.undoing import begin_undoing
from wangge.flows.import_roster.uploading import Sent, discard_import, take_upload
from wangge.kernel.refused import Refused
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.words import say


class RosterForm(forms.Form):
    """A roster to be brought in."""

    file = forms.FileField(
        label=gettext_lazy("Roster"),
        help_text=gettext_lazy("A workbook (.xlsx, .xls) or a text table (.csv), up to 20 MB, one row a person."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    as_of = forms.DateField(
        label=gettext_lazy("True on"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("The day on which the roster was true. Today, when left empty."),
    )


@page(PERMIT, methods=("GET", "POST"))
def import_add(request: Desk, area_id: int) -> HttpResponse:
    """Take a file, read it outside the register, and show what it would do."""
    area = area_or_404(request.viewer, PERMIT, area_id)
    sent = request.method == "POST"
    form = RosterForm(request.POST if sent else None, request.FILES if sent else None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            imported = _take(request, area.id, file, form.cleaned_data["as_of"])
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error("file", say(refused))
        else:
            return go(request, reverse("import", args=[imported]))
    status = 422 if form.errors else 200
    return render(request, "office/imports/add.html", {"area": area, "form": form}, status=status)


def _take(request: Desk, area: int, file: "UploadedFile[Any]", as_of: date | None) -> UUID:
    """Keep a file and, when it is small, read it at once; the worker reads large ones while their sender looks on."""
    stamp, actor, name = request.stamp(), request.viewer, file.name or ""
    if (file.size or 0) <= SMALL:
        return stage_file(stamp=stamp, actor=actor, area=area, name=name, content=file.read(), as_of=as_of)
    if (file.size or 0) > LARGEST:
        raise Refused("imports.file_too_big", limit=LARGEST // 1024 // 1024)
    return take_upload(stamp=stamp, actor=actor, sent=Sent(area=area, name=name, content=file.read(), as_of=as_of))


@page(PERMIT, methods=("POST",))
def import_apply(request: Desk, import_id: UUID) -> HttpResponse:
    """Let the worker bring a staged import in."""
    request_applying(stamp=request.stamp(), actor=request.viewer, imported=import_id)
    return go(request, reverse("import", args=[import_id]))


@page(PERMIT, methods=("POST",))
def import_discard(request: Desk, import_id: UUID) -> HttpResponse:
    """Throw away a file that was only looked at."""
    area = preview(viewer=request.viewer, imported=import_id).area
    discard_import(stamp=request.stamp(), actor=request.viewer, imported=import_id)
    return go(request, reverse("imports", args=[area]), say="import_discarded")


@page(PERMIT, methods=("GET", "POST"))
def import_undo(request: Desk, import_id: UUID) -> HttpResponse:
    """Ask, then let the worker take an import back."""
    seen = preview(viewer=request.viewer, imported=import_id)
    back = reverse("import", args=[import_id])
    refusal = ""
    if request.method == "POST":
        try:
            begin_undoing(stamp=request.stamp(), actor=request.viewer, imported=import_id)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, back)
    nothing: list[object] = []
    context = {
        "area": places.area(seen.area),
        "form": nothing,
        "refusal": refusal,
        "back": back,
        "question": _("Take this import back?"),
        "say": _(
            "What %(file)s brought in is taken out again. Households and persons that somebody changed since, or where"
            " somebody visited, stay and are named."
        )
        % {"file": seen.file_name},
        "keep": _("Keep as it is"),
        "act": _("Take it back"),
        "look": "grave",
    }
    return render(request, "office/ask.html", context, status=422 if refusal else 200)
