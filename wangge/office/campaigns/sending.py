"""Sending teams out: whose names, between which hours, and the doors are dealt by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wangge.access.queries import workers_in
from wangge.flows.campaign_visits import deal_visits, to_visit
from wangge.kernel.periods import zone_of
from wangge.kernel.refused import Refused
from wangge.office.campaigns.acting import identity, number_asked
from wangge.office.frame import zone
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.surveys.queries import campaigns as queries
from wangge.surveys.queries.campaigns import CampaignPage
from wangge.surveys.rules.campaigns import HELPER_MOST, MANAGE, NewTeam, TeamRole
from wangge.words import label, say

TEAMS_MOST = 6
DOORS_MOST, DOORS_USUAL = 80, 40
EVENING = time(19), time(21)


class HoursForm(forms.Form):
    """When the teams go."""

    on = forms.DateField(
        label=_("Day"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Choose a day."), "invalid": _("Write the day as 2020-02-12.")},
    )
    begin = forms.TimeField(
        label=pgettext_lazy("hour", "From"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose an hour."), "invalid": _("Write the hour as 19:00.")},
    )
    most = forms.IntegerField(
        label=_("Doors for one team, at most"),
        min_value=1,
        max_value=DOORS_MOST,
        initial=DOORS_USUAL,
        widget=forms.TextInput({"inputmode": "numeric"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Write a number from 1 to 80.")
        ),
    )
    end = forms.TimeField(
        label=pgettext_lazy("hour", "Until"),
        widget=forms.TimeInput({"type": "time"}, format="%H:%M"),
        error_messages={"required": _("Choose an hour."), "invalid": _("Write the hour as 19:00.")},
    )


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in a team as it is drawn: the role in words, the field, and the name that was typed."""

    role: str
    field: str
    name: str


@dataclass(frozen=True, slots=True)
class TeamDrawn:
    """A team in the form."""

    number: int
    seats: tuple[Seat, ...]
    account: str


@page(MANAGE, methods=("GET", "POST"))
def campaign_send(request: Desk, campaign_id: UUID) -> HttpResponse:
    """Write who goes when, and deal every door that has not declared to them."""
    area = number_asked(request.POST.get("area", "") or request.GET.get("area", ""))
    seen = queries.campaign_page(viewer=request.viewer, campaign=campaign_id, area=area)
    waiting = to_visit(viewer=request.viewer, campaign=campaign_id, area=seen.here.pk, at=request.stamp().at)
    sent = request.method == "POST"
    number, dealing = _number(request), sent and request.POST.get("do") != "teams"
    form = HoursForm(request.POST if dealing else None, initial=_evening(request.stamp().at) | _typed(request))
    refusal = ""
    if dealing and form.is_valid():
        try:
            made = _deal(request, seen, form.cleaned_data, number)
        except Refused as refused:
            if hides_existence(refused):
                raise
            refusal = say(refused)
        else:
            there = reverse("campaign_teams", args=[campaign_id])
            return go(request, there, say="campaign_teams_sent", number=str(len(made)),
                      doors=str(sum(one.doors for one in made)))  # fmt: skip
    drawn = _drawn(request, seen, number)
    context = {**drawn, "area": seen.here, "campaign": seen, "waiting": waiting, "form": form, "refusal": refusal}
    return render(request, "office/campaigns/send.html", context, status=422 if dealing else 200)


def _deal(request: Desk, seen: CampaignPage, hours: Mapping[str, Any], number: int) -> list[Any]:
    stamp = request.stamp()
    from_at, until_at = _hours(hours["on"], hours["begin"], hours["end"])
    return deal_visits(
        stamp=stamp, actor=request.viewer, campaign=seen.id, area=seen.here.pk,
        teams=[_team(request.POST, stamp.key, at) for at in range(1, number + 1)], most=hours["most"],
        from_at=from_at, until_at=until_at,
    )  # fmt: skip


def _hours(on: date, begin: time, end: time) -> tuple[datetime, datetime]:
    """Return two instants of a local day; an end that is not later is one of the next day."""
    local = zone_of(zone())
    from_at, until_at = datetime.combine(on, begin, local), datetime.combine(on, end, local)
    if until_at <= from_at:
        until_at = datetime.combine(on + timedelta(days=1), end, local)
    return from_at.astimezone(UTC), until_at.astimezone(UTC)


def _evening(at: datetime) -> dict[str, object]:
    """Return this evening, or tomorrow's once it has begun."""
    local = at.astimezone(zone_of(zone()))
    on = local.date() if local.time() < EVENING[0] else local.date() + timedelta(days=1)
    return {"on": on, "begin": EVENING[0], "end": EVENING[1]}


def _typed(request: Desk) -> dict[str, object]:
    """Return the hours that were written before the number of teams was changed."""
    return {name: request.POST[name] for name in HoursForm.base_fields if request.POST.get(name)}


def _number(request: Desk) -> int:
    """Return how many teams are written down."""
    wanted = number_asked(request.POST.get("number", "") or request.GET.get("number", "")) or 1
    return min(max(wanted, 1), TEAMS_MOST)


def _team(post: QueryDict, key: str, number: int) -> NewTeam:
    members = tuple((role, post.get(f"{role}-{number}", "").strip()) for role in TeamRole)
    try:
        account = UUID(post.get(f"account-{number}", ""))
    except ValueError:
        account = None
    return NewTeam(identity(key, number), members, account)


def _drawn(request: Desk, seen: CampaignPage, number: int) -> dict[str, object]:
    """Return the teams as they are written down, and who could have a list on the phone."""
    post = request.POST
    teams = []
    for at in range(1, number + 1):
        fields = [(role, f"{role}-{at}") for role in TeamRole]
        seats = tuple(Seat(label("campaigns.role", role), field, post.get(field, "")) for role, field in fields)
        teams.append(TeamDrawn(at, seats, post.get(f"account-{at}", "")))
    workers = workers_in(path=seen.here.path, on=request.stamp().day)
    return {
        "teams": teams,
        "number": number,
        "numbers": range(1, TEAMS_MOST + 1),
        "workers": [(str(id_), name) for id_, _login, name in workers],
        "name_most": HELPER_MOST,
    }
