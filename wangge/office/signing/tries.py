"""What happens after several wrong passwords in a row: the login is locked for a while."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from wangge.access.rules import normal_login


def login_tried(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """Return the login that was tried, as logins are compared: one lock for every way of writing it."""
    given = (credentials or {}).get("username") or request.POST.get("login") or ""
    return normal_login(str(given))[:40]


def locked_out(request: HttpRequest, *answers: object, **credentials: object) -> HttpResponse:
    """Answer 429: too many wrong passwords for this login."""
    wait = settings.AXES_COOLOFF_TIME
    response = render(request, "office/signing/locked.html", {"minutes": int(wait.total_seconds() // 60)}, status=429)
    response["Retry-After"] = str(int(wait.total_seconds()))
    response["Cache-Control"] = "no-store, private"
    return response
