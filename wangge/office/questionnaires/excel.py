"""Excel forms (XLSForm): one brought in becomes a draft, any version is taken out as one."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy

from wangge.kernel.refused import Refused
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.surveys.commands.questionnaires import import_form
from wangge.surveys.queries.questionnaires import questionnaire_page
from wangge.surveys.rules.questionnaires import MANAGE, READ
from wangge.surveys.xlsform import write_form
from wangge.words import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportForm(forms.Form):
    """An Excel form to be brought in."""

    file = forms.FileField(
        label=gettext_lazy("The Excel form"),
        help_text=gettext_lazy("A workbook (.xlsx or .xls) with the sheets survey and choices."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
        widget=forms.FileInput({"accept": ".xlsx,.xls"}),
    )
    code = forms.CharField(
        label=gettext_lazy("Code"),
        required=False,
        max_length=60,
        help_text=gettext_lazy("Empty: the form's own. With the code of a questionnaire it becomes its next version."),
    )


@page(MANAGE, methods=("GET", "POST"))
def questionnaire_import(request: Desk, area_id: int) -> HttpResponse:
    """Take an Excel form and make a draft of it; what could not be kept is said with the draft."""
    here = area_or_404(request.viewer, MANAGE, area_id)
    sent = request.method == "POST"
    form = ImportForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            brought = import_form(
                stamp=request.stamp(), actor=request.viewer, area=here.pk, content=file.read(),
                file_name=file.name or "", code=form.cleaned_data["code"].strip(),
            )  # fmt: skip
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error("code" if "code" in refused.code else "file", say(refused))
        else:
            return go(request, reverse("questionnaire", args=[brought.kept.id]), say="questionnaire_imported")
    context = {"area": here, "form": form}
    return render(request, "office/questionnaires/import.html", context, status=422 if form.errors else 200)


@page(READ)
def questionnaire_workbook(request: Desk, questionnaire_id: UUID) -> HttpResponse:
    """Hand out one version as an Excel form that other programs read."""
    one = questionnaire_page(viewer=request.viewer, questionnaire=questionnaire_id)
    line = one.line
    answer = HttpResponse(write_form(one.definition, code=line.code, version=line.version), content_type=XLSX)
    name = f"{line.code}-{line.version}.xlsx"
    answer["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return answer
