"""Taking a form out: purpose, file, second person; the page of an export; fetching its file, deleting it early."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.access.exporting import ALONE_MOST, VERB, needs_approval
from wangge.kernel.refused import Refused
from wangge.office.forms.lists import EXPORT_LOOKS
from wangge.office.jobs import Job
from wangge.office.purposes import PurposeForm
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.situation.forms import keeping, queries
from wangge.situation.forms.composing import people_of, rows_of
from wangge.situation.forms.keeping import ExportLine
from wangge.situation.forms.making import make_now, request_export
from wangge.situation.forms.queries import ProfileSeen
from wangge.situation.forms.rules.readable import Grain
from wangge.words import label, say

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
}
WORKING = ("waiting", "making")


class TakingForm(PurposeForm):
    """What it is for, as which kind of file, of which day, and whether names and numbers are whole."""

    file = forms.ChoiceField(
        label=gettext_lazy("File"),
        widget=forms.RadioSelect,
        choices=(("xlsx", "Excel (xlsx)"), ("csv", "csv"), ("pdf", "PDF")),
        initial="xlsx",
    )
    on = forms.DateField(label=gettext_lazy("Day"), required=False, widget=forms.DateInput({"type": "date"}))
    masked = forms.BooleanField(label=gettext_lazy("Hide names, numbers and doors"), required=False)
    field_order = ("purpose", "file", "on", "masked", "approval")

    def __init__(self, *args: Any, by_day: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["masked" if by_day else "on"]


@page(VERB, methods=("GET", "POST"))
def form_export(request: Desk, area_id: int, code: str) -> HttpResponse:
    """Ask what a form is for, then make it: at once when it is short, else by the worker."""
    here = area_or_404(request.viewer, VERB, area_id)
    one = queries.profile(viewer=request.viewer, area=here, code=code)
    people = people_of(viewer=request.viewer, area=here, body=one.body)
    asks = needs_approval(request.viewer, people)
    sent = request.POST or None
    form = TakingForm(
        sent, asks_approval=asks, by_day=one.body.grain == Grain.COUNT, initial={"on": request.GET.get("on")}
    )
    if request.method == "POST" and form.is_valid():
        made = _made(request, here, one, form)
        if made is not None:
            return go(request, reverse("export", args=[made]))
    context = {
        "area": here,
        "one": one,
        "form": form,
        "people": people,
        "about_people": one.body.grain != Grain.COUNT,
        "rows": rows_of(viewer=request.viewer, area=here, body=one.body),
        "most": ALONE_MOST,
        "asks": asks,
        "refusal": next(iter(form.non_field_errors()), ""),
    }
    return render(request, "office/forms/take.html", context, status=422 if form.errors else 200)


def _made(request: Desk, here: Area, one: ProfileSeen, form: TakingForm) -> UUID | None:
    """Ask for the export and make a short one; a refusal is noted in the form."""
    given, stamp = form.cleaned_data, request.stamp()
    try:
        made = request_export(
            stamp=stamp,
            actor=request.viewer,
            area=here.pk,
            profile=one.code,
            on=given.get("on"),
            purpose=given["purpose"],
            approval=given.get("approval", ""),
            kind=given["file"],
            masked=given.get("masked", False),
            by_worker=True,
        )
        if keeping.export(viewer=request.viewer, export=made).state == "making":
            make_now(stamp=stamp, actor=request.viewer, export=made)
    except Refused as refused:
        about_approval = refused.code.startswith("access.approval")
        if hides_existence(refused) and not about_approval:
            raise
        form.add_error("approval" if about_approval and "approval" in form.fields else None, say(refused))
        return None
    return made


@page(VERB)
def export(request: Desk, export_id: UUID) -> HttpResponse:
    """Show one export: how far it is, or what it is and until when its maker may fetch it."""
    line = keeping.export(viewer=request.viewer, export=export_id)
    context = {
        "export": line,
        "area": places.area(line.area),
        "look": EXPORT_LOOKS[line.state],
        "state": label("forms.export_state", line.state),
        "failed": say(Refused(line.failed)) if line.failed else "",
        "job": _job(line) if line.state in WORKING else None,
        "fetchable": line.own and line.state == "ready",
    }
    return render(request, "office/forms/export.html", context)


def _job(line: ExportLine) -> Job:
    return Job(
        title=_("Making the form"),
        value=line.done,
        total=line.rows,
        unit=_("rows"),
        address=reverse("export", args=[line.id]),
    )


@page(VERB)
def export_file(request: Desk, export_id: UUID) -> HttpResponse:
    """Hand the file to whoever made it."""
    name, content = keeping.fetch(viewer=request.viewer, export=export_id, now=request.stamp().received_at)
    answer = HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@page(VERB, methods=("GET", "POST"))
def export_drop(request: Desk, export_id: UUID) -> HttpResponse:
    """Ask, then delete the file of one's own export before its day is over."""
    line = keeping.export(viewer=request.viewer, export=export_id)
    back = reverse("export", args=[export_id])
    if request.method == "POST":
        keeping.drop_file(stamp=request.stamp(), actor=request.viewer, export=export_id)
        return go(request, back, say="file_deleted")
    nothing: list[object] = []
    context = {
        "area": places.area(line.area),
        "form": nothing,
        "refusal": "",
        "back": back,
        "question": _("Delete this file now?"),
        "say": _("That it was made stays in the list. It can be made anew."),
        "keep": _("Keep as it is"),
        "act": _("Delete it"),
        "look": "grave",
    }
    return render(request, "office/ask.html", context)
