"""What every desk page shares: who may look, in which area, and what happens when the answer is no."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from urllib.parse import urlsplit

from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode
from django_htmx.middleware import HtmxDetails

from wangge.access.viewing import Viewer, require
from wangge.kernel.refused import Refused
from wangge.kernel.stamps import Stamp
from wangge.office import errors, said
from wangge.places import queries as places
from wangge.places.models import Area

P = ParamSpec("P")


class Desk(HttpRequest):
    """A request of somebody who is signed in, as the middleware leaves it."""

    viewer: Viewer
    htmx: HtmxDetails
    stamp: Callable[[], Stamp]


def page(
    verb: str | None = None, *, methods: tuple[str, ...] = ("GET",)
) -> Callable[[Callable[Concatenate[Desk, P], HttpResponse]], Callable[Concatenate[HttpRequest, P], HttpResponse]]:
    """Make a desk page of a view.

    Signed out: to the sign-in page and back. Without the second factor that ``verb`` needs: to the page that asks for
    it and back. Without ``verb`` anywhere: 403. ``Http404``, and a refusal that would tell whether something exists
    elsewhere, give the same 404. Other refusals give a page that says why. Nothing is stored by browsers or proxies.
    """

    def decorate(
        view: Callable[Concatenate[Desk, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def shown(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            viewer = getattr(request, "viewer", None)
            if viewer is None:
                response = to_sign_in(request)
            elif verb is not None and not viewer.reaches(verb):
                response = to_confirm(request) if viewer.holds(verb) else errors.forbidden(request)
            else:
                response = _answer(cast(Desk, request), lambda desk: view(desk, *args, **kwargs))
            response["Cache-Control"] = "no-store, private"
            return response

        cast(Any, shown).verb = verb
        return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], shown)

    return decorate


def _answer(request: Desk, view: Callable[[Desk], HttpResponse]) -> HttpResponse:
    try:
        response = view(request)
    except Http404:
        return errors.missing(request)
    except Refused as refused:
        if refused.code == "access.second_factor_needed":
            return to_confirm(request)
        if hides_existence(refused):
            return errors.missing(request)
        return errors.refused(request, refused)
    except OperationalError:
        return errors.busy(request)
    if response.status_code == 200 and not request.htmx:
        said.forget(request, response)
    return response


def hides_existence(refused: Refused) -> bool:
    """Tell whether the refusal must look like "there is no such thing": forbidden here, or unknown."""
    return refused.code == "access.forbidden" or refused.code.endswith(("_unknown", ".unknown"))


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Send the browser to the sign-in page, and back here afterwards; a form that was sent is told it was not saved."""
    if request.method not in ("GET", "HEAD"):
        return errors.expired_form(request)
    return _there_and_back(request, "sign_in", "/")


def to_confirm(request: HttpRequest) -> HttpResponse:
    """Send the browser to the page that asks for the second factor, and back to the page with the form afterwards."""
    before = urlsplit(request.META.get("HTTP_REFERER", ""))
    return _there_and_back(request, "confirm", before.path if before.netloc == request.get_host() else "/")


def _there_and_back(request: HttpRequest, name: str, after_a_form: str) -> HttpResponse:
    here = request.get_full_path() if request.method in ("GET", "HEAD") else after_a_form
    there = reverse(name) + "?" + urlencode({"next": here})
    return go(request, there) if getattr(request, "htmx", None) else HttpResponseRedirect(there)


def go(request: HttpRequest, to: str, *, say: str = "", **facts: str) -> HttpResponse:
    """Answer a finished form: load ``to``, and there say the sentence ``say`` of ``said.SENTENCES``."""
    response: HttpResponse
    if getattr(request, "htmx", None):
        response = HttpResponse(status=204, headers={"HX-Redirect": to})
    else:
        response = HttpResponseRedirect(to)
        response.status_code = 303
    if say:
        said.remember(request, response, say, facts)
    return response


def area_or_404(viewer: Viewer, verb: str, area_id: int) -> Area:
    """Return the area when it exists and the viewer may do ``verb`` there; the same 404 otherwise.

    Refused with ``access.second_factor_needed``, which ``page`` answers, where only the second factor is missing.
    """
    area = places.area(area_id)
    if area is None or not viewer.holds_at(verb, area.path):
        raise Http404
    require(viewer, verb, area.path)
    return area


def chosen_area(request: Desk, verb: str) -> Area:
    """Return the area that ``?area=`` names, else the first one in which the viewer may do ``verb``."""
    asked = request.GET.get("area", "")
    if asked:
        if not asked.isdecimal():
            raise Http404
        return area_or_404(request.viewer, verb, int(asked))
    return home_area(request.viewer, verb)


def home_area(viewer: Viewer, verb: str) -> Area:
    """Return the uppermost area in which the viewer may do ``verb``; ``Http404`` when there is none."""
    for path in sorted(viewer.reaches(verb), key=lambda one: (one.count("."), one)):
        area = places.area_by_path(path)
        if area is not None:
            return area
    raise Http404
