"""Doing something with a list: bring it in, hand it out, deal rows anew, close, open again, withdraw."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wangge.flows.handed_down_list.staging import Wanted, stage_list
from wangge.kernel.periods import zone_of
from wangge.kernel.refused import Refused
from wangge.office.frame import zone
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.places.rules import COMMUNITY_RANK, GRID_RANK
from wangge.surveys import commands
from wangge.surveys.queries import lists as queries
from wangge.surveys.rules.lists import BASIS_MOST, MANAGE, NAME_MOST, PERIOD_DAYS, PERIOD_MOST, SOURCE_MOST
from wangge.words import say

BOXES_MOST = 500


class ListForm(forms.Form):
    """A list to be brought in, and what is known of it."""

    file = forms.FileField(
        label=gettext_lazy("The list"),
        help_text=gettext_lazy("An Excel workbook or a text table (.csv), as it came: with titles, in any order."),
        error_messages={
            "required": gettext_lazy("Choose a file."),
            "empty": gettext_lazy("The file is empty. Choose another one."),
        },
        widget=forms.FileInput({"accept": ".xlsx,.xls,.csv,.txt"}),
    )
    name = forms.CharField(
        label=gettext_lazy("What is it called?"),
        max_length=NAME_MOST,
        help_text=gettext_lazy("As it is spoken of, such as 第三批."),
        error_messages={"required": gettext_lazy("Write down what the list is called.")},
    )
    source = forms.CharField(
        label=gettext_lazy("Who sent it?"),
        max_length=SOURCE_MOST,
        error_messages={"required": gettext_lazy("Write down who sent the list.")},
    )
    deadline = forms.DateTimeField(
        label=gettext_lazy("To be answered until"),
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        error_messages={
            "required": gettext_lazy("Write down until when it must be answered."),
            "invalid": gettext_lazy("Write day and hour, such as 2020-02-12 10:00."),
        },
    )
    basis = forms.CharField(
        label=gettext_lazy("Basis"), required=False, max_length=BASIS_MOST,
        help_text=gettext_lazy("The document on which it rests."),
    )  # fmt: skip
    risk_areas = forms.CharField(
        label=gettext_lazy("Risk areas"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Who comes from elsewhere is proposed as not exposed. Several with blanks between."),
    )
    period_days = forms.IntegerField(
        label=gettext_lazy("Days since leaving that count"), min_value=1, max_value=PERIOD_MOST, initial=PERIOD_DAYS
    )
    as_of = forms.DateField(
        label=gettext_lazy("True on"),
        required=False,
        widget=forms.DateInput({"type": "date"}),
        help_text=gettext_lazy("The day on which the list was true. Today, when left empty."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("name", "source", "basis", "risk_areas"):
            self.fields[name].widget.attrs["autocomplete"] = "off"


@page(MANAGE, methods=("GET", "POST"))
def list_add(request: Desk, area_id: int) -> HttpResponse:
    """Take a list, read it and match it with the register, and show what was recognised."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    sent = request.method == "POST"
    form = ListForm(request.POST if sent else None, request.FILES if sent else None)
    if sent and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            handed = stage_list(
                stamp=request.stamp(),
                actor=request.viewer,
                area=area.id,
                file_name=file.name or "",
                content=file.read(),
                wanted=_wanted(form.cleaned_data),
            )
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error(_field_of(refused), say(refused))
        else:
            return go(request, reverse("list_one", args=[handed]))
    return render(request, "office/lists/add.html", {"area": area, "form": form}, status=422 if form.errors else 200)


def _wanted(given: dict[str, Any]) -> Wanted:
    deadline: datetime = given["deadline"]
    return Wanted(
        name=given["name"],
        source=given["source"],
        deadline=deadline.replace(tzinfo=zone_of(zone())).astimezone(UTC),
        basis=given["basis"],
        as_of=given["as_of"],
        risk_areas=tuple(given["risk_areas"].replace("、", " ").replace("，", " ").replace(",", " ").split()),
        period_days=given["period_days"],
    )


def _field_of(refused: Refused) -> str:
    """Return the field beside which a refusal is said."""
    return {"lists.name_taken": "name", "lists.day_in_future": "as_of"}.get(refused.code, "file")


@page(MANAGE, methods=("POST",))
def list_open(request: Desk, list_id: UUID) -> HttpResponse:
    """Hand a list that was read to those to whom its rows are dealt."""
    commands.open_list(stamp=request.stamp(), actor=request.viewer, handed=list_id)
    return go(request, reverse("list_one", args=[list_id]), say="list_opened")


@page(MANAGE, methods=("GET", "POST"))
def list_close(request: Desk, list_id: UUID) -> HttpResponse:
    """Ask, then close a list whose answer has gone back."""
    seen = queries.list_page(viewer=request.viewer, handed=list_id)
    say_ = _("%(open)s of %(all)s rows have no answer yet; they will be asked no more. What is known of the people is"
             " erased in thirty days; until then the list can be opened again.")  # fmt: skip
    words = {"question": _("Close %(name)s?") % {"name": seen.name}, "act": _("Close the list"), "look": "primary",
             "say": say_ % {"open": seen.unanswered, "all": seen.total}}  # fmt: skip
    return _asked(request, list_id, words, commands.close_list, "list_closed")


@page(MANAGE, methods=("GET", "POST"))
def list_withdraw(request: Desk, list_id: UUID) -> HttpResponse:
    """Ask, then withdraw a list that should not have come."""
    seen = queries.list_page(viewer=request.viewer, handed=list_id)
    words = {
        "question": _("Withdraw %(name)s?") % {"name": seen.name},
        "act": _("Withdraw and erase"),
        "look": "grave",
        "say": _("Everything that is known of its people is erased at once. This cannot be undone."),
    }
    return _asked(request, list_id, words, commands.withdraw_list, "list_withdrawn")


def _asked(request: Desk, list_id: UUID, words: dict[str, Any], act: Any, said: str) -> HttpResponse:
    """Ask a question about a list, and do what was asked when it is answered with yes."""
    refusal = ""
    area = places.area(queries.list_head(viewer=request.viewer, handed=list_id).area_id)
    if request.method == "POST":
        try:
            act(stamp=request.stamp(), actor=request.viewer, handed=list_id)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("lists", args=[area.pk if area else 0]), say=said)
    nothing: list[object] = []
    back = reverse("list_one", args=[list_id])
    context = {"area": area, "form": nothing, "refusal": refusal, "back": back, "keep": _("Keep as it is"), **words}
    return render(request, "office/ask.html", context, status=422 if refusal else 200)


@page(MANAGE, methods=("POST",))
def list_reopen(request: Desk, list_id: UUID) -> HttpResponse:
    """Open a closed list again."""
    commands.reopen_list(stamp=request.stamp(), actor=request.viewer, handed=list_id)
    return go(request, reverse("list_one", args=[list_id]), say="list_opened")


@page(MANAGE, methods=("GET", "POST"))
def list_deal(request: Desk, list_id: UUID) -> HttpResponse:
    """Ask to whom the ticked rows are given, then give them there."""
    seen = queries.list_page(viewer=request.viewer, handed=list_id)
    asked = request.POST if request.method == "POST" else request.GET
    ticked = _ticked(asked.getlist("row"))
    goals = _goals(seen.path)
    refusal = "" if ticked else _("Tick the rows first.")
    goal = asked.get("to", "")
    if request.method == "POST" and ticked and goal.isdecimal() and len(goal) < 10:
        try:
            number = commands.deal_entries(stamp=request.stamp(), actor=request.viewer, entries=ticked, area=int(goal))
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            return go(request, reverse("list_one", args=[list_id]), say="list_dealt", number=str(number))
    elif request.method == "POST" and ticked:
        refusal = _("Choose to whom the rows are given.")
    context = {
        "area": places.area(seen.area), "list": seen, "ticked": ticked, "goals": goals, "refusal": refusal,
        "back": reverse("list_one", args=[list_id]),
    }  # fmt: skip
    return render(request, "office/lists/deal.html", context, status=422 if refusal else 200)


def _ticked(texts: list[str]) -> list[UUID]:
    found = []
    for text in texts[:BOXES_MOST]:
        try:
            found.append(UUID(text))
        except ValueError:
            continue
    return found


def _goals(path: str) -> list[Area]:
    """Return the communities and grids to which rows may be given."""
    return [one for rank in (COMMUNITY_RANK, GRID_RANK) for one in places.in_ranks([path], exactly=rank)]
