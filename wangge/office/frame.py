"""What stands around every page: menu, current area, authority, language, size of type."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language

from wangge.access.viewing import Viewer
from wangge.office import menu, said
from wangge.office.menu import Item
from wangge.places import queries as places
from wangge.places.models import Area
from wangge.words import label

SIZE_COOKIE = "wangge_size"
ZONE_BEFORE_OPENING = "Asia/Shanghai"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The frame of one page; without ``viewer`` (signed out) it has no menu and no area."""

    viewer: Viewer | None
    roles: tuple[str, ...]
    menu: menu.Menu | None
    area: Area | None
    above: Area | None
    authority: str
    legal_basis: str
    language: str
    languages: tuple[tuple[str, str], ...]
    large: bool
    said: str
    here: str
    page_name: str
    demonstration: bool
    searches: bool
    account: tuple[Item, ...]


def zone() -> str:
    """Return the installation's zone, of which all hours on pages are."""
    installed = places.installation()
    return installed.zone if installed else ZONE_BEFORE_OPENING


def frame_of(request: HttpRequest, area: Area | None) -> Frame:
    """Return the frame for this request, made once; ``area`` is the one the page is about."""
    made: Frame | None = getattr(request, "_wangge_frame", None)
    if made is None:
        made = _frame(request, area)
        request._wangge_frame = made  # type: ignore[attr-defined]
    return made


def _frame(request: HttpRequest, area: Area | None) -> Frame:
    viewer: Viewer | None = getattr(request, "viewer", None)
    installed = places.installation()
    match = request.resolver_match
    name = match.url_name or "" if match else ""
    if viewer and area is None:
        area = _first_area(viewer)
    drawn = menu.menu_for(viewer, area.pk if area else None, area.path if area else "", name) if viewer else None
    return Frame(
        viewer=viewer,
        roles=tuple(label("access.role", role) for role in sorted(viewer.roles)) if viewer else (),
        menu=drawn,
        area=area,
        above=places.area(area.parent_id) if area and area.parent_id else None,
        authority=installed.authority if installed else "",
        legal_basis=installed.legal_basis if installed else "",
        language=get_language() or settings.LANGUAGE_CODE,
        languages=tuple(settings.LANGUAGES),
        large=is_large(request),
        said=said.sentence(request),
        here=request.get_full_path() if request.method == "GET" else "/",
        page_name=name,
        demonstration=bool(installed and installed.demonstration),
        searches=bool(viewer and viewer.reaches("register.read") and _has_search()),
        account=drawn.account if drawn else (),
    )


def _has_search() -> bool:
    """Tell whether there is a register to search."""
    try:
        reverse("search")
    except NoReverseMatch:
        return False
    return True


def is_large(request: HttpRequest) -> bool:
    """Tell whether this browser shows large type."""
    return request.COOKIES.get(SIZE_COOKIE) == "large"


def _first_area(viewer: Viewer) -> Area | None:
    for verb in ("board.read", "register.read"):
        for path in viewer.reaches(verb):
            return places.area_by_path(path)
    return None
