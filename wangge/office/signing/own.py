"""The pages of the own account: name, language, password."""

from uuid import uuid4

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters

from wangge.access import commands, passwords, queries
from wangge.kernel.refused import Refused
from wangge.office.signing.forms import PasswordForm, PreferencesForm
from wangge.office.signing.middleware import renew_session
from wangge.office.signing.onward import after_password, onward
from wangge.office.viewing import Desk, go, page
from wangge.places.queries import installation
from wangge.words import label, say


@page(methods=("GET", "POST"))
def own_account(request: Desk) -> HttpResponse:
    """Show the own account and change its name and language."""
    own = queries.own_account(viewer=request.viewer, on=request.stamp().day)
    form = PreferencesForm(request.POST or None, initial={"name": own.name, "language": own.language})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            commands.set_preferences(
                stamp=request.stamp(), actor=request.viewer, name=given["name"], language=given["language"]
            )
        except Refused as refused:
            form.add_error(None, say(refused))
        else:
            response = go(request, reverse("own_account"), say="saved")
            # What was chosen for this browser would stand before what was chosen for the account.
            response.delete_cookie(settings.LANGUAGE_COOKIE_NAME, samesite="Lax")
            return response
    duties = [(label("access.role", duty.role), duty) for duty in own.duties if not duty.dealt]
    context = {
        "form": form,
        "own": own,
        "duties": duties,
        "buildings": sum(duty.dealt for duty in own.duties),
        "key": _key(request, form.errors),
    }
    return render(request, "office/signing/own_account.html", context, status=422 if form.errors else 200)


@page(methods=("GET", "POST"))
@sensitive_post_parameters("present", "new", "again")
def own_password(request: Desk) -> HttpResponse:
    """Change the own password, or choose the first one; every other session of the account ends."""
    to = onward(request)
    own = queries.own_account(viewer=request.viewer, on=request.stamp().day)
    form = PasswordForm(request.POST or None, has_password=own.has_password)
    if request.method == "POST" and form.is_valid() and _set(request, form):
        renew_session(request, request.viewer, request.stamp().at)
        if to == "/" and own.has_password:
            return go(request, reverse("own_account"), say="saved")
        return go(request, after_password(request.viewer, to), say="saved")
    context = {
        "form": form,
        "own": own,
        "next": to,
        "later": after_password(request.viewer, to),
        "key": _key(request, form.errors),
    }
    return render(request, "office/signing/own_password.html", context, status=422 if form.errors else 200)


def _set(request: Desk, form: PasswordForm) -> bool:
    """Set the password of a form; what is wrong with it stands in the form."""
    given, viewer = form.cleaned_data, request.viewer
    if given["new"] != given["again"]:
        form.add_error("again", say(Refused("access.passwords_differ")))
        return False
    # Wrong tries count as wrong sign-ins do.
    if "present" in given and authenticate(request, username=viewer.login, password=given["present"]) is None:
        form.add_error("present", say(Refused("access.password_wrong")))
        return False
    opened = installation()
    words = [viewer.name, *([opened.area.name, opened.authority] if opened else [])]
    stamp = request.stamp()
    try:
        hashed = passwords.accept(given["new"], login=viewer.login, words=words, key=stamp.key)
        commands.set_password(stamp=stamp, actor=viewer, hashed=hashed)
    except Refused as refused:
        form.add_error("new", say(refused))
        return False
    return True


def _key(request: Desk, errors: object) -> str:
    """Return the form's key; a corrected form is a new wish and gets a new one."""
    return str(uuid4()) if errors or not request.POST.get("key") else request.POST["key"][:64]
