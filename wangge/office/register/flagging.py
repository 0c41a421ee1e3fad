"""Raising a flag, always with a reason and an end, and ending it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid4

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from wangge.kernel.ids import uuid7
from wangge.kernel.refused import Refused
from wangge.office.register.family import read_day
from wangge.office.register.household import title_of
from wangge.office.register.surroundings import FLAG, place_of
from wangge.office.viewing import Desk, go, hides_existence, page
from wangge.people import queries as people
from wangge.people.commands import end_flag, raise_flags
from wangge.people.queries import HouseholdPage, Member
from wangge.people.rules.codes import FLAG_REASONS
from wangge.people.rules.origins import origins, read_origin
from wangge.people.rules.wishes import NewFlag
from wangge.words import label, say

DAYS = ("from_on", "until_on", "review_on", "came_on")
TEXTS = ("reason", "note", "basis", "origin")
END_REASONS = {
    "done": gettext_lazy("It is settled"),
    "mistake": gettext_lazy("It was raised by mistake"),
    "elsewhere": gettext_lazy("Somebody else looks after it now"),
}
FIELD_OF = {
    "people.flag_reason_unknown": "reason", "people.flag_stands": "reason", "people.flag_note_missing": "note",
    "people.flag_end_before_start": "until_on", "people.flag_review_outside": "review_on",
    "people.text_too_long": "note", "people.origin_not_asked": "origin", "people.origin_too_fine": "origin",
    "people.origin_unclear": "origin", "people.not_come_yet": "came_on",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason as the form offers it, with the days it proposes."""

    code: str
    words: str
    usual: str
    until_on: date
    review_on: date


def _reasons(on: date, standing: frozenset[str]) -> list[Reason]:
    """Return the reasons that somebody does not carry yet."""
    return [
        Reason(
            one.code,
            label("people.flag", one.code),
            ngettext("usually %(days)d day", "usually %(days)d days", one.days) % {"days": one.days},
            on + timedelta(days=one.days),
            on + timedelta(days=one.review_days),
        )
        for one in FLAG_REASONS.values()
        if one.code == "other" or one.code not in standing
    ]


def _member(request: Desk, resident_id: UUID) -> tuple[HouseholdPage, Member]:
    viewer = request.viewer
    household = people.household_of(viewer=viewer, resident=resident_id)
    home = people.household_page(viewer=viewer, household=household, on=request.stamp().day)
    one = next((member for member in home.members if member.id == resident_id), None)
    if one is None or not viewer.permits(FLAG, home.path):
        raise Http404
    return home, one


@page(FLAG, methods=("GET", "POST"))
def flag_add(request: Desk, resident_id: UUID) -> HttpResponse:
    """Flag a resident; the reason proposes an end and a day of review, a person decides."""
    home, one = _member(request, resident_id)
    today = request.stamp().day
    values = {"reason": request.GET.get("reason", ""), "from_on": today.isoformat()}
    usual = FLAG_REASONS.get(values["reason"])
    if usual is not None:
        values["until_on"] = (today + timedelta(days=usual.days)).isoformat()
        values["review_on"] = (today + timedelta(days=usual.review_days)).isoformat()
    faults: dict[str, str] = {}
    if request.method == "POST":
        values = {name: request.POST.get(name, "").strip()[:400] for name in (*DAYS, *TEXTS)}
        faults = _raise(request, one, values)
        if not faults:
            return go(request, reverse("household", args=[home.id]), say="flag_raised")
    place = place_of(request.viewer, home.path)
    context = {
        "area": place.area,
        "crumbs": place.crumbs,
        "title": title_of(home),
        "heading": _("Raise a flag: %(name)s") % {"name": one.name or _("name not known")},
        "reasons": _reasons(today, frozenset(flag.reason for flag in one.flags)),
        "values": values,
        "origins": origins().values(),
        "faults": faults,
        "id": request.POST.get("id") or str(uuid7()),
        "key": str(uuid4()),
        "back": reverse("household", args=[home.id]),
    }
    return render(request, "office/register/flag_add.html", context, status=422 if faults else 200)


def _raise(request: Desk, one: Member, values: Mapping[str, str]) -> dict[str, str]:
    """Raise the flag, or return what is wrong by field; an empty field's name is the whole form."""
    days = {name: read_day(values[name]) for name in DAYS}
    faults = {name: _("Write the day as 2020-02-14.") for name in DAYS if values[name] and days[name] is None}
    if not values["reason"]:
        faults["reason"] = _("Choose a reason.")
    if not values["until_on"]:
        faults["until_on"] = _("A flag always has an end.")
    from_on, until_on = days["from_on"] or request.stamp().day, days["until_on"]
    if faults or until_on is None:
        return faults
    try:
        flag = NewFlag(
            id=UUID(request.POST.get("id", "")),
            resident=one.id,
            reason=values["reason"],
            from_on=from_on,
            until_on=until_on,
            review_on=days["review_on"],
            note=values["note"],
            basis=values["basis"],
            origin=read_origin(values["origin"]),
            came_on=days["came_on"],
        )
        raise_flags(stamp=request.stamp(), actor=request.viewer, flags=[flag])
    except ValueError:
        return {"": _("Open the page anew.")}
    except Refused as refused:
        if hides_existence(refused) and refused.code not in FIELD_OF:
            raise
        return {FIELD_OF.get(refused.code, ""): say(refused)}
    return {}


@page(FLAG, methods=("GET", "POST"))
def flag_end(request: Desk, household_id: UUID, flag_id: UUID) -> HttpResponse:
    """End a flag before its last day."""
    home = people.household_page(viewer=request.viewer, household=household_id, on=request.stamp().day)
    found = [(one, flag) for one in home.members for flag in one.flags if flag.id == flag_id]
    if not found or not request.viewer.permits(FLAG, home.path):
        raise Http404
    one, flag = found[0]
    refusal = ""
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        if reason not in END_REASONS:
            refusal = _("Choose a reason.")
        else:
            end_flag(stamp=request.stamp(), actor=request.viewer, flag=flag.id, reason=reason)
            return go(request, reverse("household", args=[home.id]), say="flag_ended")
    context = {
        "area": place_of(request.viewer, home.path).area,
        "question": _("End the flag “%(flag)s” of %(name)s?")
        % {"flag": label("people.flag", flag.reason), "name": one.name or _("name not known")},
        "say": _("It stays in the history. A new one can be raised at any time."),
        "choices": [(code, words, code == "done") for code, words in END_REASONS.items()],
        "refusal": refusal,
        "key": str(uuid4()),
        "back": reverse("household", args=[home.id]),
    }
    return render(request, "office/register/flag_end.html", context, status=422 if refusal else 200)
