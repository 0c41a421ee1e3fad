"""The plan of an area: the office's own picture, or a blank sheet, to draw on."""

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.flows import maps as flow
from wangge.kernel.refused import Refused
from wangge.office.maps.sheets import MANAGE, READ, map_address
from wangge.office.viewing import Desk, area_or_404, go, page
from wangge.places import queries as places
from wangge.places.shapes.pictures import LARGEST
from wangge.words import say


class PlanForm(forms.Form):
    """A picture of the estate."""

    file = forms.FileField(
        label=gettext_lazy("Picture of the plan"),
        required=False,
        help_text=gettext_lazy("PNG or JPEG, up to 8 MB: a scan, a photograph of the board at the gate, a drawing."),
        error_messages={"empty": gettext_lazy("The file is empty. Choose another one.")},
        widget=forms.FileInput({"accept": "image/png,image/jpeg"}),
    )


@page(MANAGE, methods=("GET", "POST"))
def plan(request: Desk, area_id: int) -> HttpResponse:
    """Give an area a plan to draw on."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    sent = request.method == "POST"
    form = PlanForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        if file is None and not request.POST.get("blank"):
            form.add_error("file", _("Choose a picture, or take a blank sheet."))
        elif file is not None and (file.size or 0) > LARGEST:
            form.add_error("file", say(Refused("places.picture_too_big", limit=LARGEST // 1024 // 1024)))
        else:
            content = b"" if request.POST.get("blank") else file.read()
            try:
                flow.set_plan(stamp=request.stamp(), actor=request.viewer, area=area.id, content=content)
            except Refused as refused:
                form.add_error("file", say(refused))
            else:
                return go(request, map_address(area, places.plan_of(area.id)), say="plan_set")
    context = {"area": area, "form": form, "there": places.plan_of(area.id)}
    return render(request, "office/maps/plan.html", context, status=422 if form.errors else 200)


@page(MANAGE, methods=("GET", "POST"))
def remove(request: Desk, area_id: int) -> HttpResponse:
    """Ask, then take the plan of an area away with what is drawn on it; only the one that the page asked about."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    there = places.plan_of(area.id)
    if request.method == "POST":
        if there is None or request.GET.get("sheet") != str(there.uid):
            return go(request, map_address(area, there))
        flow.remove_plan(stamp=request.stamp(), actor=request.viewer, area=area.id)
        return go(request, map_address(area, None), say="plan_removed")
    nothing: list[object] = []
    context = {
        "area": area,
        "form": nothing,
        "back": map_address(area, there),
        "question": _("Take the plan of %(name)s away?") % {"name": area.name},
        "say": _("The picture goes, and with it every outline and point that is drawn on it. This cannot be undone."),
        "keep": _("Keep as it is"),
        "act": _("Take the plan away"),
        "look": "grave",
    }
    return render(request, "office/ask.html", context)


@page(READ)
def picture(request: Desk, area_id: int) -> HttpResponse:
    """Send the picture of an area's plan; browsers may not guess what it is, nor run anything in it."""
    area = area_or_404(request.viewer, READ, area_id)
    sheet = places.plan_of(area.id)
    content = places.picture_of(sheet) if sheet else b""
    if sheet is None or not content:
        raise Http404
    response = HttpResponse(content, content_type=f"image/{sheet.media}")
    response["Content-Disposition"] = f'inline; filename="plan.{sheet.media}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response
