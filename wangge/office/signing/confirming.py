"""The pages of the second factor: showing it, setting it up, keeping the recovery codes."""

from typing import Any, cast

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wangge.access import commands, queries, tokens, totp
from wangge.kernel.refused import Refused
from wangge.office.signing.drawing import qr
from wangge.office.signing.forms import CodeForm, FirstCodeForm
from wangge.office.signing.middleware import confirm_session, renew_session
from wangge.office.signing.onward import by_way_of, fresh_stamp, onward
from wangge.office.viewing import Desk, go, page
from wangge.words import say

# What the session keeps sealed: a secret not yet confirmed, codes to be shown, codes to be made when asked for.
SETUP, CODES, RENEWAL = "setup", "codes", "renewal"


@page(methods=("GET", "POST"))
def confirm(request: Desk) -> HttpResponse:
    """Ask for a one-time code, and go on; five wrong ones lock for a quarter of an hour."""
    to = onward(request)
    if request.viewer.confirmed:
        return HttpResponseRedirect(to)
    if queries.own_account(viewer=request.viewer, on=request.stamp().day).factor_at is None:
        return HttpResponseRedirect(by_way_of("factor_set_up", to))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _right(request, form):
        confirm_session(request)
        return go(request, to)
    return _asked(request, "confirm", {"form": form, "next": to})


def _right(request: Desk, form: CodeForm) -> bool:
    """Check the code of a form; what is wrong with it stands in the form."""
    code = form.cleaned_data["code"]
    try:
        checked = commands.confirm_factor(stamp=fresh_stamp(request), actor=request.viewer, code=code)
    except Refused as refused:
        form.add_error(None, say(refused))
        return False
    if checked.passed:
        return True
    if checked.left > 0:
        told = ngettext(
            "This code is not right. %(left)s try is left.", "This code is not right. %(left)s tries are left.",
            checked.left,
        )  # fmt: skip
        form.add_error("code", told % {"left": checked.left})
    else:
        form.add_error(None, say(Refused("access.factor_locked", minutes=15)))
    return False


@page(methods=("GET", "POST"))
def set_up(request: Desk) -> HttpResponse:
    """Show a new secret as QR code and letters, and take the first code of the app.

    Who has a second factor must have shown it before another one can take its place.
    """
    to = onward(request)
    own = queries.own_account(viewer=request.viewer, on=request.stamp().day)
    if own.factor_at is not None and not request.viewer.confirmed:
        return HttpResponseRedirect(by_way_of("confirm", request.get_full_path()))
    setup: str = request.session.get(SETUP) or tokens.new_setup()
    request.session[SETUP] = setup
    form = FirstCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        code = form.cleaned_data["code"]
        try:
            commands.set_up_factor(stamp=fresh_stamp(request), actor=request.viewer, setup=setup, code=code)
        except Refused as refused:
            form.add_error("code", say(refused))
        else:
            request.session[CODES] = request.session.pop(SETUP)
            renew_session(request, request.viewer, request.stamp().at)
            confirm_session(request)
            return go(request, by_way_of("recovery_codes", to))
    secret = tokens.open_setup(setup)[0]
    drawn = qr(totp.address(secret, request.viewer.login), _("QR code for the app"), size=200)
    return _asked(
        request, "set_up", {"form": form, "next": to, "own": own, "qr": drawn, "letters": totp.letters(secret)}
    )


@page(methods=("GET", "POST"))
def recovery_codes(request: Desk) -> HttpResponse:
    """Show new recovery codes until they are said to be kept; else how many are left, and offer new ones."""
    to = onward(request)
    own = queries.own_account(viewer=request.viewer, on=request.stamp().day)
    if own.factor_at is None:
        return HttpResponseRedirect(by_way_of("factor_set_up", to))
    if not request.viewer.confirmed:
        return HttpResponseRedirect(by_way_of("confirm", request.get_full_path()))
    if request.method == "POST":
        request.session.pop(CODES, None)
        return go(request, to)
    context: dict[str, Any] = {"next": to, "left": own.recovery_left}
    if CODES in request.session:
        codes = tokens.open_setup(request.session[CODES])[1]
        context["codes"] = [f"{code[:5]}-{code[5:]}" for code in codes]
    else:
        request.session.setdefault(RENEWAL, tokens.new_setup())
    return render(request, "office/signing/recovery_codes.html", context)


@page(methods=("POST",))
def renew_codes(request: Desk) -> HttpResponse:
    """Replace the recovery codes and show the new ones."""
    setup = request.session.pop(RENEWAL, None)
    if setup:
        commands.renew_recovery_codes(stamp=fresh_stamp(request), actor=request.viewer, setup=cast(str, setup))
        request.session[CODES] = setup
    return go(request, reverse("recovery_codes"))


def _asked(request: Desk, template: str, context: dict[str, Any]) -> HttpResponse:
    form: forms.Form = context["form"]
    return render(request, f"office/signing/{template}.html", context, status=422 if form.errors else 200)
