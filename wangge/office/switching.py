"""Choices that every page offers: another area, another language, larger type, the map of the keyboard."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from wangge.access.viewing import Viewer
from wangge.office import menu
from wangge.office.frame import SIZE_COOKIE
from wangge.office.viewing import Desk, chosen_area, page
from wangge.places import queries as places
from wangge.places.models import Area

YEAR = 365 * 24 * 3600
MOST_CHILDREN = 200
# The page of an area for whoever may read its register, and for whoever sees numbers only.
OWN_PAGES = {"register.read": "register", "board.read": "board"}
KEYS = (
    ("/", _("Search")),
    ("G", _("Choose another area")),
    ("J", _("Next row")),
    ("K", _("Previous row")),
    ("Enter", _("Open the row")),
    ("E", _("Correct what is shown")),
    ("N", _("Register a household")),
    ("?", _("This map")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the area switcher; without ``href`` the viewer may not go there."""

    name: str
    href: str
    depth: int
    current: bool


@page()
def areas(request: Desk) -> HttpResponse:
    """Show the tree around the current area, as far as the viewer may see."""
    verb = "register.read" if request.viewer.reaches("register.read") else "board.read"
    here = chosen_area(request, verb)
    target = request.GET.get("for", "")
    above = places.crumbs(here)
    inner = places.children(here)
    if not inner and len(above) > 1:
        above = above[:-1]
        inner = places.children(above[-1])
    choices = [_choice(request.viewer, verb, area, target, here, inner=False) for area in above]
    choices += [
        _choice(request.viewer, verb, area, target, here, inner=True)
        for area in inner[:MOST_CHILDREN]
        if request.viewer.permits(verb, area.path)
    ]
    return render(request, "office/switch.html", {"area": here, "choices": choices})


def _choice(viewer: Viewer, verb: str, area: Area, target: str, here: Area, *, inner: bool) -> Choice:
    href = address_in(area.pk, target, otherwise=OWN_PAGES[verb]) if viewer.permits(verb, area.path) else ""
    return Choice(area.name, href, int(inner), area.pk == here.pk)


def address_in(area_id: int, page_name: str, *, otherwise: str = "area") -> str:
    """Return the address of the same page in another area; pages about one thing lead to the page ``otherwise``."""
    for entry in menu.entries():
        if entry.name == page_name:
            return reverse(entry.name, args=[area_id]) if entry.by_area else reverse(entry.name) + f"?area={area_id}"
    return reverse(otherwise, args=[area_id])


def _back(request: HttpRequest) -> HttpResponseRedirect:
    there = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(there, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return HttpResponseRedirect(there if safe else "/")


def language(request: HttpRequest) -> HttpResponse:
    """Keep the language of this browser in a cookie and go back to where it was asked for."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    code = request.POST.get("language", "")
    response = _back(request)
    if code in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, code, max_age=YEAR, samesite="Lax", secure=request.is_secure()
        )
    return response


def large_type(request: HttpRequest) -> HttpResponse:
    """Keep the size of type of this browser in a cookie and go back to where it was asked for."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    response = _back(request)
    if request.POST.get("size") == "large":
        response.set_cookie(SIZE_COOKIE, "large", max_age=YEAR, samesite="Lax", secure=request.is_secure())
    else:
        response.delete_cookie(SIZE_COOKIE, samesite="Lax")
    return response


@page()
def keys(request: Desk) -> HttpResponse:
    """Show what the keys do."""
    return render(request, "office/keys.html", {"map": KEYS})
