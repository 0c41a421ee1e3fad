"""The pages for signing in by password or by a link that works once."""

from typing import Any, cast

from django.contrib.auth import authenticate
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from wangge.access import commands
from wangge.access.tokens import token_digest
from wangge.kernel.refused import Refused
from wangge.office.signing.forms import SignInForm
from wangge.office.signing.middleware import begin_session
from wangge.office.signing.onward import after_link, after_password, fresh_stamp, onward
from wangge.places.queries import installation
from wangge.words import say


class _Nobody:
    """Whoever holds a sign-in link is nobody until it has been taken."""

    number = 0


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by login and password; five wrong tries in a row lock the login for a while."""
    if getattr(request, "viewer", None) and request.method != "POST":
        return HttpResponseRedirect(onward(request))
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        found = authenticate(request, username=form.cleaned_data["login"], password=form.cleaned_data["password"])
        if found is not None:
            viewer = begin_session(request, found.id, cast(Any, request).stamp().at, by="password")
            # Who counts wrong passwords listens to this signal and starts again from none.
            user_logged_in.send(sender=type(found), request=request, user=found)
            return _private(HttpResponseRedirect(after_password(viewer, onward(request))))
        form.add_error(None, _("Login and password do not match. Ask whoever made your account for a new link."))
    context = {"form": form, "next": onward(request), "opened": installation() is not None}
    return _private(render(request, "office/signing/sign_in.html", context, status=200 if not form.errors else 422))


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in by a link that works once; opening it only asks, so that a preview by a chat program does not use it."""
    if request.method != "POST":
        return _private(render(request, "office/signing/link.html", {"token": token}))
    stamp = fresh_stamp(request)
    try:
        account = commands.use_link(stamp=stamp, actor=_Nobody(), digest=token_digest(token))
    except Refused as refused:
        dead = {"token": token, "said": say(refused)}
        return _private(render(request, "office/signing/link.html", dead, status=410))
    viewer = begin_session(request, account, stamp.at, by="link")
    return _private(HttpResponseRedirect(after_link(request, viewer, "/")))


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    request.session.flush()
    return _private(HttpResponseRedirect("/sign-in"))


def _private(response: HttpResponse) -> HttpResponse:
    """Let no browser or proxy keep the answer."""
    response["Cache-Control"] = "no-store, private"
    return response
