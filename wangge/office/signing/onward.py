"""Where the browser goes after signing in, and what is asked on the way."""

from dataclasses import replace
from typing import Any, cast
from urllib.parse import urlsplit
from uuid import uuid4

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from wangge.access import queries
from wangge.access.viewing import Viewer
from wangge.kernel.stamps import Stamp
from wangge.places.queries import installation


def onward(request: HttpRequest) -> str:
    """Return the page of ours to go to afterwards, the first page when the address names none."""
    to = request.POST.get("next") or request.GET.get("next") or "/"
    parts = urlsplit(to)
    safe = to.startswith("/") and not to.startswith("//") and not parts.scheme and not parts.netloc
    return to if safe and "\\" not in to and to.isprintable() else "/"


def by_way_of(name: str, to: str) -> str:
    """Return the address of the page ``name``, with the page to go to afterwards."""
    return reverse(name) + ("?" + urlencode({"next": to}) if to != "/" else "")


def is_demonstration() -> bool:
    """Tell whether this installation only shows itself: it asks for no second factor and no password."""
    opened = installation()
    return bool(opened and opened.demonstration)


def after_link(request: HttpRequest, viewer: Viewer, to: str) -> str:
    """Return the first page after signing in by a link: who has no password yet is offered to choose one."""
    stamp: Stamp = cast(Any, request).stamp()
    if not is_demonstration() and not queries.own_account(viewer=viewer, on=stamp.day).has_password:
        return by_way_of("own_password", to)
    return after_password(viewer, to)


def after_password(viewer: Viewer, to: str) -> str:
    """Return the first page after the password: whoever needs the second factor for part of the work is asked now."""
    if viewer.needs_factor and not viewer.confirmed and not is_demonstration():
        return by_way_of("confirm", to)
    return to


def fresh_stamp(request: HttpRequest) -> Stamp:
    """Return a stamp with a key of its own, for what must never be answered from a receipt."""
    stamp: Stamp = cast(Any, request).stamp()
    return replace(stamp, key=str(uuid4()))
