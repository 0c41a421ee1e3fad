"""Taking the register of an area out as a sheet, with a purpose, and above 500 people with a second person's yes."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wangge.access.exporting import ALONE_MOST, VERB, needs_approval
from wangge.kernel.refused import Refused
from wangge.office import wording
from wangge.office.frame import zone
from wangge.office.purposes import PurposeForm
from wangge.office.rights.sheets import CSV, TYPES, XLSX, csv_lines, xlsx_of
from wangge.office.viewing import Desk, area_or_404, hides_existence, page
from wangge.people.queries.listing import ExportedHousehold
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.situation.exporting import allow_export, exported, people_in
from wangge.words import label, say

HEAD = (
    gettext_lazy("Door"), pgettext_lazy("person", "Name"), gettext_lazy("Sex"), gettext_lazy("Date of birth"),
    gettext_lazy("Document number"), gettext_lazy("Telephone"), gettext_lazy("Head of household"),
)  # fmt: skip


class ExportForm(PurposeForm):
    """What it is for, as which kind of file, and whether numbers are whole."""

    file = forms.ChoiceField(
        label=gettext_lazy("File"),
        widget=forms.RadioSelect,
        choices=((XLSX, "Excel (xlsx)"), (CSV, "csv")),
        initial=XLSX,
    )
    unmasked = forms.BooleanField(label=gettext_lazy("Whole document numbers and telephones"), required=False)
    field_order = ("purpose", "file", "unmasked", "approval")


@page(VERB, methods=("GET", "POST"))
def register_export(request: Desk, area_id: int) -> HttpResponse:
    """Ask what the sheet is for, then hand it out; everybody in it gets a line in the access log first."""
    here = area_or_404(request.viewer, VERB, area_id)
    number = people_in(viewer=request.viewer, path=here.path)
    asks = needs_approval(request.viewer, number)
    form = ExportForm(request.POST or None, asks_approval=asks)
    if request.method == "POST" and form.is_valid() and _allowed(request, here, form):
        return _sheet(request, here, form.cleaned_data)
    context = {
        "area": here,
        "form": form,
        "people": number,
        "most": ALONE_MOST,
        "asks": asks,
        "refusal": next(iter(form.non_field_errors()), ""),
    }
    return render(request, "office/rights/export.html", context, status=422 if form.errors else 200)


def _allowed(request: Desk, here: Area, form: ExportForm) -> bool:
    """Use up what the export needs; a refusal is noted in the form."""
    given = form.cleaned_data
    try:
        allow_export(
            stamp=request.stamp(),
            actor=request.viewer,
            area=here.pk,
            purpose=given["purpose"],
            approval=given.get("approval", ""),
            unmasked=given["unmasked"],
        )
    except Refused as refused:
        about_approval = refused.code.startswith("access.approval")
        if hides_existence(refused) and not about_approval:
            raise
        form.add_error("approval" if about_approval and "approval" in form.fields else None, say(refused))
        return False
    return True


def _sheet(request: Desk, here: Area, given: dict[str, Any]) -> HttpResponse:
    """Return the file; its rows are read after the looks at them are written."""
    stamp = request.stamp()
    homes = exported(
        stamp=stamp, viewer=request.viewer, path=here.path, purpose=given["purpose"], unmasked=given["unmasked"]
    )
    head = [str(words) for words in HEAD]
    kind = given["file"]
    if kind == CSV:
        content = "".join(csv_lines(head, _rows(homes))).encode()
    else:
        titles = (_("The register"), _("About this sheet"))
        content = xlsx_of(titles, head, _rows(homes), _about(request, here, given))
    answer = HttpResponse(content, content_type=TYPES[kind])
    name = f"wangge-{here.code or here.pk}-{stamp.day.isoformat()}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _rows(homes: Iterator[ExportedHousehold]) -> Iterator[tuple[str, ...]]:
    for home in homes:
        for one in home.members:
            yield (
                home.door or "",
                one.name or "",
                label("people.sex", one.sex) if one.sex else "",
                one.birth or "",
                one.id_number or "",
                ";".join(one.phones),
                _("yes") if one.head else "",
            )


def _about(request: Desk, here: Area, given: dict[str, Any]) -> list[tuple[str, str]]:
    """Return what the sheet is, for whoever opens it later."""
    stamp, opened = request.stamp(), places.installation()
    return [
        (_("Area"), here.name),
        (_("Authority"), opened.authority if opened else ""),
        (_("What for"), given["purpose"]),
        (_("Handed out to"), request.viewer.name),
        (_("Day"), f"{stamp.day.isoformat()} {wording.hour(stamp.at, zone())}"),
        (_("Numbers"), _("whole") if given["unmasked"] else _("masked")),
    ]
