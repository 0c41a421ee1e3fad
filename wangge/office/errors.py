"""Pages for when it did not work: what happened, what is safe, what to do now."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from wangge.kernel.refused import Refused
from wangge.words import say


def _page(request: HttpRequest, template: str, status: int, **context: object) -> HttpResponse:
    html = render_to_string(f"errors/{template}.html", {"status": status, **context}, request)
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = "no-store, private"
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 403: this account has no such task anywhere."""
    return _page(request, "403", 403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Answer 404, the same for what does not exist and for what lies outside the viewer's areas."""
    return _page(request, "404", 404)


def refused(request: HttpRequest, reason: Refused) -> HttpResponse:
    """Answer 409: a wish that cannot be granted, with its reason in words and its code."""
    return _page(request, "409", 409, words=say(reason), code=reason.code)


def too_many(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Answer 429: too many attempts from here, wait a while."""
    response = _page(request, "429", 429)
    response["Retry-After"] = "300"
    return response


def busy(request: HttpRequest) -> HttpResponse:
    """Answer 503: the database does not answer just now; nothing was saved."""
    response = _page(request, "503", 503)
    response["Retry-After"] = "10"
    return response


def broken(request: HttpRequest) -> HttpResponse:
    """Answer 500: a fault of Wangge; nothing was saved."""
    return _page(request, "500", 500)


def expired_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer 403 to a form without a valid token: the page was open too long."""
    return _page(request, "expired", 403)
