"""The pages for signing in by password or by a link that works once."""

import hashlib
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access import commands, rules
from wangge.kernel.refused import Refused
from wangge.office.signing.middleware import begin_session
from wangge.places.queries import installation
from wangge.words import say


class SignInForm(forms.Form):
    """Login and password."""

    login = forms.CharField(
        label=gettext_lazy("Login"),
        max_length=40,
        widget=forms.TextInput({"class": "input", "autocomplete": "username"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        max_length=rules.PASSWORD_MOST,
        strip=False,
        widget=forms.PasswordInput({"class": "input", "autocomplete": "current-password"}),
    )


class _Nobody:
    """Whoever holds a sign-in link is nobody until it has been taken."""

    number = 0


def _onward(request: HttpRequest) -> str:
    """Return the page of ours to go to after signing in."""
    to = request.POST.get("next") or request.GET.get("next") or "/"
    parts = urlsplit(to)
    return to if to.startswith("/") and not to.startswith("//") and not parts.netloc and "\\" not in to else "/"


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by login and password; several wrong tries in a row lock the login out for a while."""
    if getattr(request, "viewer", None) and request.method != "POST":
        return HttpResponseRedirect(_onward(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = authenticate(request, username=form.cleaned_data["login"], password=form.cleaned_data["password"])
        if found is not None:
            begin_session(request, found.id, cast(Any, request).stamp().at)
            return HttpResponseRedirect(_onward(request))
        form.add_error(None, _("Login and password do not match. Ask whoever made your account for a new link."))
    context = {"form": form, "next": _onward(request), "opened": installation() is not None}
    return render(request, "office/signing/sign_in.html", context, status=200 if not form.errors else 422)


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link that works once; opening it only asks, so that a preview by a chat program does not use it."""
    if request.method != "POST":
        return render(request, "office/signing/link.html", {"token": token})
    asked = cast(Any, request)
    try:
        account = commands.use_link(stamp=asked.stamp(), actor=_Nobody(), digest=digest_of(token))
    except Refused as refused:
        return render(request, "office/signing/link.html", {"token": token, "said": say(refused)}, status=410)
    begin_session(request, account, asked.stamp().at)
    return HttpResponseRedirect("/")


def digest_of(token: str) -> bytes:
    """Return the hash under which a token is kept; it has full entropy, so plain SHA-256 will do."""
    return hashlib.sha256(token.encode()).digest()


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    request.session.flush()
    return HttpResponseRedirect("/sign-in")
