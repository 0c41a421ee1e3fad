"""The list of accounts: on the page, as a file, and adding to it."""

import csv
from dataclasses import replace
from io import StringIO
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from wangge.access import commands, queries
from wangge.access.queries import AccountIndex, AccountLine
from wangge.access.rules import Role
from wangge.kernel.refused import Refused
from wangge.office.accounts.forms import AccountForm
from wangge.office.listing import Column, listing
from wangge.office.viewing import Desk, chosen_area, go, page
from wangge.places.models import Area
from wangge.privacy.looks import list_digest, log_list
from wangge.words import label, say

MANAGE = "account.manage"
COLUMNS: tuple[Column[AccountIndex], ...] = (
    Column(key="login", label=gettext_lazy("Login"), by=lambda row: row.login),
    Column(key="name", label=pgettext_lazy("person", "Name"), by=lambda row: row.name),
    Column(key="duties", label=gettext_lazy("Duties")),
    Column(key="state", label=gettext_lazy("State"), by=lambda row: (not row.is_active, row.login)),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@page(MANAGE)
def accounts(request: Desk) -> HttpResponse:
    """Show the accounts of an area: searched, sorted, paged."""
    return show(request)


def show(request: Desk, *, refused: str = "", ticked: frozenset[UUID] = frozenset()) -> HttpResponse:
    """Show the list; ``refused`` says why the cards for those ticked were not made."""
    here = chosen_area(request, MANAGE)
    text, on = request.GET.get("q", "")[:60], request.stamp().day
    found = queries.account_index(viewer=request.viewer, on=on, text=text, inside=here.path)
    cut = listing(request.GET, found, COLUMNS, sort="login")
    lines = queries.account_lines(viewer=request.viewer, on=on, ids=[row.id for row in cut.rows])
    context = {
        "area": here,
        "text": text,
        "list": replace(cut, rows=found[:0]),
        "lines": [(line, _roles(line), line.id in ticked) for line in lines],
        "query": request.GET.urlencode(),
        "refused": refused,
        "key": str(uuid4()),
        "cards": any(line.cards for line in lines),
    }
    return render(request, "office/accounts/accounts.html", context, status=422 if refused else 200)


def _roles(line: AccountLine) -> list[str]:
    return [f"{label('access.role', duty.role)} · {duty.area_name}" for duty in line.roles]


@page(MANAGE)
def accounts_csv(request: Desk) -> HttpResponse:
    """Return the list as a file: one row for each duty that was given by hand."""
    here = chosen_area(request, MANAGE)
    stamp, text = request.stamp(), request.GET.get("q", "")[:60]
    found = queries.account_index(viewer=request.viewer, on=stamp.day, text=text, inside=here.path)
    lines = queries.account_lines(viewer=request.viewer, on=stamp.day, ids=[row.id for row in found])
    log_list(
        at=stamp.received_at, viewer_number=request.viewer.number, what="accounts", path=here.path, count=len(lines),
        digest=list_digest(line.id for line in lines), purpose="account.manage", channel="desk",
    )  # fmt: skip
    response = HttpResponse(_sheet(lines), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="accounts-{stamp.day:%Y%m%d}.csv"'
    return response


def _sheet(lines: list[AccountLine]) -> str:
    """Return the rows as text that Excel opens: a byte order mark first, and no cell that is taken for a formula."""
    out = StringIO()
    writer = csv.writer(out)
    heads = (_("Login"), pgettext("person", "Name"), _("State"), _("Role"), _("Area"), _("First day"), _("Last day"))
    writer.writerow(heads)
    for line in lines:
        state = _("active") if line.is_active else _("shut")
        for duty in line.roles or (None,):
            given = (
                (label("access.role", duty.role), duty.area_name, duty.from_on, duty.last_day or "")
                if duty
                else ("", "", "", "")
            )
            writer.writerow([_cell(value) for value in (line.login, line.name, state, *given)])
    return "\ufeff" + out.getvalue()


def _cell(value: Any) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


@page(MANAGE, methods=("GET", "POST"))
def add(request: Desk) -> HttpResponse:
    """Add an account with its first duty."""
    here = chosen_area(request, MANAGE)
    first = {"from_on": request.stamp().day, "area": here.pk, "role": Role.GRID_WORKER.value}
    form = AccountForm(request.POST or None, viewer=request.viewer, here=here, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = commands.add_account(
                stamp=request.stamp(),
                actor=request.viewer,
                login=given["login"],
                name=given["name"],
                role=Role(given["role"]),
                area=int(given["area"]),
                from_on=given["from_on"],
                to_on=form.to_on(),
            )
        except Refused as refused:
            form.add_error("login" if "login" in refused.code else None, say(refused))
        else:
            return go(request, reverse("account_one", args=[made]), say="saved")
    return form_page(request, here, form, _("Add an account"), reverse("accounts") + f"?area={here.pk}")


def form_page(request: Desk, here: Area, form: Any, heading: str, back: str) -> HttpResponse:
    """Show a form of one column; a corrected form is a new wish and gets a new key."""
    key = str(uuid4()) if form.errors or not request.POST.get("key") else request.POST["key"][:64]
    context = {"area": here, "form": form, "heading": heading, "back": back, "key": key}
    return render(request, "office/accounts/form.html", context, status=422 if form.errors else 200)
