"""What stands around every page for residents: the language and the size of type, carried in the address alone."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import translation
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt

from wangge.places.queries import installation

P = ParamSpec("P")
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "en": "en"}
MOST_BYTES = 64 * 1024
RETRY_SECONDS = "10"


@dataclass(frozen=True, slots=True)
class Face:
    """How a page is drawn: its language, whether in large type, and the addresses of its other ways."""

    language: str
    tag: str
    large: bool
    kept: str
    languages: tuple[tuple[str, str, str, bool], ...]
    other_size: str
    authority: str
    basis: str


def face_of(request: HttpRequest) -> Face:
    """Return how the page is drawn; nothing is kept in the browser, so all of it stands in the address."""
    language = _language(request)
    large = request.GET.get("size") == "large"
    opened = installation()
    others = {name: str(request.GET[name]) for name in ("people",) if request.GET.get(name, "").isdecimal()}
    return Face(
        language=language,
        tag=TAGS[language],
        large=large,
        kept=address_of(language, large=large),
        languages=tuple(
            (code, name, address_of(code, large=large, **others), code == language) for code, name in settings.LANGUAGES
        ),
        other_size=address_of(language, large=not large, **others),
        authority=opened.authority if opened else "",
        basis=opened.legal_basis if opened else "",
    )


def address_of(language: str, *, large: bool, **more: str) -> str:
    """Return the part of an address that carries language and size, and what else is asked for."""
    return "?" + urlencode({"lang": language, **({"size": "large"} if large else {}), **more})


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("lang", "")
    if wanted in TAGS:
        return wanted
    read = translation.get_language_from_request(request)
    return read if read in TAGS else settings.LANGUAGE_CODE


def now() -> datetime:
    """Return this instant."""
    return datetime.now(UTC)


def public(
    *methods: str,
) -> Callable[
    [Callable[Concatenate[HttpRequest, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]
]:
    """Make a page that anybody may open, by these methods.

    Forms carry a signed token of their own instead of a cookie, since nothing may stay in the browser; no browser,
    proxy or search engine keeps the page; what is far too long to be an answer is turned away unread.
    """

    def decorate(
        view: Callable[Concatenate[HttpRequest, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            with translation.override(_language(request)):
                response = _answer(request, lambda: view(request, *args, **kwargs))
            response["Cache-Control"] = "no-store, private"
            response["X-Robots-Tag"] = "noindex, nofollow"
            return response

        return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], csrf_exempt(shown))

    return decorate


def _answer(request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if length.isdecimal() and int(length) > MOST_BYTES:
        return plain(request, "long", 413)
    if installation() is None:
        return plain(request, "closed", 503)
    try:
        return view()
    except OperationalError:
        response = plain(request, "busy", 503)
        response["Retry-After"] = RETRY_SECONDS
        return response


def plain(request: HttpRequest, what: str, status: int) -> HttpResponse:
    """Answer with a page that only says what happened and what to do now."""
    return render(request, "resident/plain.html", {"face": face_of(request), "what": what}, status=status)
