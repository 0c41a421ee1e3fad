"""The campaigns of an area, and starting one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wangge.kernel.refused import Refused
from wangge.office.campaigns.acting import identity
from wangge.office.listing import PAGE_SIZE, Column, Listing, listing
from wangge.office.lists.looking import known, order_of
from wangge.office.rounds.lists import page_of
from wangge.office.viewing import Desk, area_or_404, go, hides_existence, page
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.surveys.commands.campaigns import start_campaign
from wangge.surveys.queries import campaigns as queries
from wangge.surveys.queries.campaigns import CampaignLine, Usable
from wangge.surveys.queries.campaigns.coverage import ORDERS
from wangge.surveys.rules.campaigns import (
    BASIS_MOST,
    MANAGE,
    NAME_MOST,
    PHONE_MOST,
    PURPOSE_MOST,
    READ,
    CampaignHead,
)
from wangge.words import say

USUAL = "self-declaration"
USUAL_DAYS = 7
FILTERS: dict[str, str | Promise] = {
    "": _("All"), "open": pgettext_lazy("campaign", "running"), "closed": pgettext_lazy("campaign", "closed"),
}  # fmt: skip


def _by_database(_row: object) -> int:
    """Mark a column that the database sorts."""
    return 0


COLUMNS: tuple[Column[Any], ...] = (
    Column(key="name", label=pgettext_lazy("campaign", "Campaign"), by=_by_database),
    Column(key="state", label=_("State")),
    Column(key="until", label=_("Last day"), by=_by_database),
    Column(key="due", label=_("Households"), by=_by_database, number=True),
    Column(key="declared", label=pgettext_lazy("column", "Declared"), number=True),
    Column(key="left", label=pgettext_lazy("column", "Not declared"), by=_by_database, number=True),
)


@dataclass(frozen=True, slots=True)
class Line:
    """A campaign as it is drawn."""

    row: CampaignLine
    area: str
    last_on: date
    look: str
    words: str


@page(READ)
def campaigns(request: Desk, area_id: int) -> HttpResponse:
    """List the campaigns that ask the households of an area; ``?q=`` searches, ``?state=`` narrows."""
    area = area_or_404(request.viewer, READ, area_id)
    text, state = request.GET.get("q", "").strip()[:80], request.GET.get("state", "")
    state = state if state in FILTERS else ""
    number = page_of(request.GET)
    rows, total = queries.campaigns(
        viewer=request.viewer, path=area.path, text=text, state=state,
        order=order_of(request.GET, ORDERS, "-until"), offset=(number - 1) * PAGE_SIZE,
    )  # fmt: skip
    names = {id_: one.name for id_, one in places.areas_by_id({row.area for row in rows}).items()}
    drawn = [_drawn(request, row, names.get(row.area, "")) for row in rows]
    heads = listing(request.GET, (), COLUMNS, sort="until", descending=True).heads
    context = {
        "area": area,
        "rows": Listing(drawn, heads, total, number, max(1, -(-total // PAGE_SIZE)), known(request.GET)),
        "text": text,
        "state": state,
        "chips": [
            (words, "?" + urlencode({"state": code} if code else {}), code == state) for code, words in FILTERS.items()
        ],
        "narrowed": bool(text or state),
        "manages": request.viewer.holds_at(MANAGE, area.path),
    }
    return render(request, "office/campaigns/campaigns.html", context)


def _drawn(request: Desk, row: CampaignLine, area: str) -> Line:
    look, words = state_of(row.closed_at is not None, row.from_on, row.until_on, request.stamp().day)
    return Line(row, area, row.until_on - timedelta(days=1), look, words)


def state_of(closed: bool, from_on: date, until_on: date, today: date) -> tuple[str, str]:
    """Return look and words of where a campaign stands on a day."""
    if closed:
        return "done", str(pgettext_lazy("campaign", "closed"))
    if today < from_on:
        return "none", str(pgettext_lazy("campaign", "begins later"))
    if today >= until_on:
        return "stop", str(pgettext_lazy("campaign", "days are over, not closed"))
    return "due", str(pgettext_lazy("campaign", "running"))


class CampaignForm(forms.Form):
    """What a campaign is called, what for, what is asked, until when."""

    name = forms.CharField(
        label=_("What is it called?"),
        max_length=NAME_MOST,
        help_text=_("It stands on every slip and page."),
        error_messages={"required": _("Write down what the campaign is called.")},
    )
    questionnaire = forms.ChoiceField(
        label=_("What is asked?"), error_messages={"required": _("Choose what is asked.")}
    )
    purpose = forms.CharField(
        label=_("What for?"),
        max_length=PURPOSE_MOST,
        error_messages={"required": _("Write down what the answers are for.")},
    )
    basis = forms.CharField(
        label=_("Basis"),
        max_length=BASIS_MOST,
        help_text=_("The document on which it rests."),
        error_messages={"required": _("Write down the document on which it rests.")},
    )
    telephone = forms.CharField(
        label=_("Telephone of the community"),
        max_length=PHONE_MOST,
        help_text=_("For those who would rather call. It stands on every slip and page."),
        widget=forms.TextInput({"inputmode": "tel"}),
        error_messages={"required": _("Write down a telephone number that people can call instead.")},
    )
    from_on = forms.DateField(
        label=_("First day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 2020-02-12.")},
    )
    last_on = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 2020-02-12.")},
    )

    def __init__(self, usable: Sequence[Usable], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [(str(one.id), title_of(one)) for one in usable]
        self.fields["questionnaire"].choices = chosen  # type: ignore[attr-defined]
        for field in self.fields.values():
            field.widget.attrs["autocomplete"] = "off"


def title_of(one: Usable) -> str:
    """Return what a questionnaire is called in the language of the page, with its version."""
    from wangge.surveys.rules.questionnaires import label

    return f"{label(one.title, get_language() or '') or one.code} ({one.version})"


@page(MANAGE, methods=("GET", "POST"))
def campaign_start(request: Desk, area_id: int) -> HttpResponse:
    """Start a campaign for the households of an area."""
    area = area_or_404(request.viewer, MANAGE, area_id)
    usable = queries.usable_questionnaires(viewer=request.viewer, path=area.path)
    form = CampaignForm(usable, request.POST if request.method == "POST" else None, initial=_usual(request, usable))
    if request.method == "POST" and form.is_valid():
        try:
            head = _head(request, area, form.cleaned_data)
            started = start_campaign(stamp=request.stamp(), actor=request.viewer, head=head)
        except Refused as refused:
            if hides_existence(refused):
                raise
            form.add_error(FIELDS.get(refused.code), say(refused))
        else:
            return go(request, reverse("campaign_one", args=[started.campaign]), say="campaign_started")
    context = {"area": area, "form": form, "usable": usable}
    return render(request, "office/campaigns/start.html", context, status=422 if form.errors else 200)


FIELDS = {
    "campaigns.name_taken": "name", "campaigns.days_wrong": "last_on", "campaigns.telephone_missing": "telephone",
    "campaigns.questionnaire_unusable": "questionnaire",
}  # fmt: skip


def _usual(request: Desk, usable: Sequence[Usable]) -> dict[str, object]:
    """Return what a new campaign usually says, to be changed."""
    opened, today = places.installation(), request.stamp().day
    return {
        "questionnaire": next((str(one.id) for one in usable if one.code == USUAL), ""),
        "purpose": opened.response if opened else "",
        "basis": opened.legal_basis if opened else "",
        "from_on": today,
        "last_on": today + timedelta(days=USUAL_DAYS - 1),
    }


def _head(request: Desk, area: Area, given: dict[str, Any]) -> CampaignHead:
    return CampaignHead(
        id=identity(request.stamp().key),
        area=area.id,
        name=given["name"],
        purpose=given["purpose"],
        basis=given["basis"],
        questionnaire=UUID(given["questionnaire"]),
        telephone=given["telephone"],
        from_on=given["from_on"],
        until_on=given["last_on"] + timedelta(days=1),
    )
